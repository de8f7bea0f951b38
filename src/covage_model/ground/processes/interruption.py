"""Ends a run at Ctrl-C between two of its results, so that what was done can still be reported."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Any, Generic, TypeVar

from covage_model.ground.classes import dataclass

Item = TypeVar("Item")


@dataclass(slots=True)
class Interruptible(Generic[Item]):
    """
    The items of a source up to the first SIGINT; `interrupted` says that there was one.

    A source at work is interrupted at once. Whoever works with an item finishes that; at a second SIGINT it is
    interrupted too. Outside the main thread nothing changes.
    """

    source: Iterable[Item]
    interrupted: bool = False
    _at_work: bool = field(default=False, init=False)

    def __iter__(self) -> Iterator[Item]:
        mine = threading.current_thread() is threading.main_thread()
        before = signal.signal(signal.SIGINT, self._interrupt) if mine else None
        try:
            items = iter(self.source)
            while True:
                try:
                    self._at_work = True
                    if self.interrupted:
                        return
                    item = next(items)
                except StopIteration:
                    return
                except KeyboardInterrupt:
                    self.interrupted = True
                    return
                finally:
                    self._at_work = False
                yield item
        finally:
            if mine:
                signal.signal(signal.SIGINT, before)

    def _interrupt(self, *_: Any) -> None:
        again, self.interrupted = self.interrupted, True
        if self._at_work or again:
            raise KeyboardInterrupt
