"""Ends a run at Ctrl-C between two of its results, so that what was done can still be reported."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import Any, Generic, TypeVar

from covage_model.ground.classes import dataclass

Item = TypeVar("Item")
_rounding_off: list[RoundingOff] = []


@dataclass(slots=True)
class RoundingOff:
    """A source that still has something to give after an interrupt; `asked` says that there was one."""

    asked: bool = False


@contextmanager
def rounding_off() -> Iterator[RoundingOff]:
    """While this lasts, an interrupted source is asked on for what was done. It ends with KeyboardInterrupt."""
    source = RoundingOff()
    _rounding_off.append(source)
    try:
        yield source
    finally:
        _rounding_off.remove(source)


@dataclass(slots=True)
class Interruptible(Generic[Item]):
    """
    The items of a source up to the first SIGINT; `interrupted` says that there was one.

    A source at work is interrupted at once. Whoever works with an item finishes that; at a second SIGINT it is
    interrupted too. A source that is `rounding_off` gives what it has first. Outside the main thread nothing changes.
    """

    source: Iterable[Item]
    interrupted: bool = False
    _at_work: bool = field(default=False, init=False)

    def __iter__(self) -> Iterator[Item]:
        try:
            before = signal.signal(signal.SIGINT, self._interrupt)
            mine = True
        except ValueError:  # outside the main thread
            mine = False
        try:
            items = iter(self.source)
            while True:
                try:
                    self._at_work = True
                    if self.interrupted and not _rounding_off:
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
        for source in _rounding_off:
            source.asked = True
        if self._at_work or again:
            raise KeyboardInterrupt
