"""Which values of documents are personal: they are looked for in what a finding quotes of another place."""

from __future__ import annotations

from typing import Any

from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import with_each_scalar
from covage_model.report.masked_document import is_secret

_WHOLE = 4  # characters of a personal text that is looked for within other texts


class SecretValues:
    """The personal values of documents, and those of their unknown fields; each is given with its root slot."""

    def __init__(self, *given: tuple[Slot | None, Any]) -> None:
        self._values = set[str]()
        for root, data in given:
            with_each_scalar(root, data, self._look)

    def _look(self, value: Any, slot: Slot | None, personal: bool) -> None:  # noqa: FBT001  as it is called
        if value is not None and not isinstance(value, bool) and is_secret(slot, personal=personal):
            self._values.add(str(value))

    def has(self, value: Any) -> bool:
        """Whether it is one of them, and long enough not to be one by chance."""
        return isinstance(value, str) and len(value) >= _WHOLE and value in self._values

    def are_in(self, text: str) -> bool:
        """Whether one of them stands in a text."""
        return any(len(value) >= _WHOLE and value in text for value in self._values)
