"""Which values of documents are personal: they are looked for in what a finding quotes of another place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.documents.presence.sheet import Slot
from covage_model.report.masked_document import holds_more

_WHOLE = 4  # characters of a personal text that is looked for within other texts


class SecretValues:
    """The personal values of documents, and those of their unknown fields; each is given with its root slot."""

    def __init__(self, *given: tuple[Slot | None, Any]) -> None:
        self._values = {value for root, data in given for value in _scalars(root, data, hide=False)}

    def has(self, value: Any) -> bool:
        """Whether it is one of them, and long enough not to be one by chance."""
        return isinstance(value, str) and len(value) >= _WHOLE and value in self._values

    def are_in(self, text: str) -> bool:
        """Whether one of them stands in a text."""
        return any(len(value) >= _WHOLE and value in text for value in self._values)


def _scalars(slot: Slot | None, value: Any, *, hide: bool) -> Iterator[str]:
    hide = hide or slot is None or slot.personal
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _scalars((slot.properties or {}).get(name) if slot else None, item, hide=hide)
    elif isinstance(value, list):
        for item in value:
            yield from _scalars(slot.items if slot else None, item, hide=hide)
    elif (hide or holds_more(slot)) and value is not None and not isinstance(value, bool):
        yield str(value)
