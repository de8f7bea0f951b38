"""The interface between a lifecycle machine and a system under test."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum
from typing import Any, Protocol


class Untold(Enum):
    """The type of `UNTOLD`, the value for what a system does not report."""

    UNTOLD = "untold"


UNTOLD = Untold.UNTOLD


class Adapter(Protocol):
    """
    One order in a system under test, such as a client or a back office.

    Subclass it and write `create` and `fire`, and those of the other methods that the system supports. A method that
    returns UNTOLD is not compared. Each order gets a new adapter, which is closed at the end.
    """

    def create(self, document: Any, account: Any) -> object:
        """Creates the order for the account (None if the pack has no account type). Returns True if accepted."""
        ...

    def fire(self, trigger: str, actor: str) -> object:
        """
        Pulls the trigger. Returns True if the system accepted it; any other value is a refusal and is printed.

        An outcome is a trigger of its own, such as `confirm.declined`: make it happen. A deadline is fired by `clock`:
        set the clock forward. `actor` is the first of those who may fire it.
        """
        ...

    def edit(self, document: Any) -> object:  # noqa: ARG002  the default ignores it
        """Changes the document of the order. Returns True if accepted. If not overridden, no run has edits."""
        return UNTOLD

    def shown(self) -> Any:
        """The status that the system shows (None: no status), or the whole document as a dict."""
        return UNTOLD

    def events(self) -> Sequence[str] | Untold:
        """The names of all events that the order has emitted so far, in order."""
        return UNTOLD

    def possible(self) -> Collection[str] | Untold:
        """The triggers that the system reports as possible now."""
        return UNTOLD

    def close(self) -> None:
        """Releases the resources of the adapter."""
        return


def takes_edits(adapter: Adapter) -> bool:
    """Whether the adapter supports edits: its class overrides `edit`."""
    return getattr(type(adapter), "edit", Adapter.edit) is not Adapter.edit
