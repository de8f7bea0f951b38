"""An event of a simulated order as a log has it, and who listens."""

from __future__ import annotations

from typing import Any, Protocol

from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """
    An event as it was polled: its document in the pack's own shape, and what logs of other shapes ask for.

    `about` is the kind of the object that the event is about, "" where the pack does not say; `object` its identifier.
    """

    document: dict[str, Any]
    identifier: str
    name: str
    time: str
    order: str
    about: str
    object: str


class LogListener(Protocol):
    """Hears the events in the order of time, and of each order that no more come."""

    def event(self, event: LoggedEvent) -> None:
        """The next event."""

    def ended(self, order: str) -> None:
        """No more events of that order come."""


class DocumentsAlone:
    """A listener that hands on the documents alone."""

    def __init__(self, write: Any) -> None:
        self._write = write

    def event(self, event: LoggedEvent) -> None:
        """The document of the next event."""
        self._write(event.document)

    def ended(self, order: str) -> None:
        """Nothing is kept of an order."""
