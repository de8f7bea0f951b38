"""What a system under test is to a lifecycle machine."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum
from typing import Any, Protocol


class Untold(Enum):
    """The one value for what a system does not tell."""

    UNTOLD = "untold"


UNTOLD = Untold.UNTOLD


class Adapter(Protocol):
    """
    One order in a system under test, a client's or a back office's.

    Subclass it and write `create` and `fire`, and as many of the others as the system can tell: what is
    UNTOLD is not compared. A fresh adapter is made for each order; it is closed at the end.
    """

    def create(self, document: Any, account: Any) -> object:
        """Creates the order for the account (None where the pack has none); True if the system took it."""
        ...

    def fire(self, trigger: str, actor: str) -> object:
        """Does what the trigger stands for; True if the system did it, anything else is its way to refuse."""
        ...

    def edit(self, document: Any) -> object:  # noqa: ARG002  by default it does nothing with it
        """Changes the order to this document; True if the system did. UNTOLD: documents are never changed."""
        return UNTOLD

    def shown(self) -> Any:
        """The status that the system shows, None where it shows none; or the whole document that it gives back."""
        return UNTOLD

    def events(self) -> Sequence[str] | Untold:
        """The names of all events of the order so far, in order."""
        return UNTOLD

    def possible(self) -> Collection[str] | Untold:
        """The triggers that the system says are possible now."""
        return UNTOLD

    def close(self) -> None:
        """Lets go of what the adapter holds."""
        return


def takes_edits(adapter: Adapter) -> bool:
    """Whether the adapter can change a document: its class writes `edit`."""
    return getattr(type(adapter), "edit", Adapter.edit) is not Adapter.edit
