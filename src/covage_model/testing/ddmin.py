"""A sequence without whatever a difference can do without: ddmin (Zeller, TSE 28(2), 2002), then pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TypeVar

_PAIRS = 40  # beyond so many steps pairs of them are not tried
T = TypeVar("T")


def fewest(steps: tuple[T, ...], differs: Callable[[tuple[T, ...]], bool]) -> tuple[T, ...]:
    """
    Steps that still differ, and no longer do without any one of them, or any two that are few enough to try.

    `differs` is called with shorter and shorter sequences; the last one for which it holds is the result.
    """
    length = len(steps)
    while length:
        tried = _without(steps, length) if length > 1 else (*_without(steps, 1), *_without_two(steps))
        fewer = next((one for one in tried if differs(one)), None)
        steps, length = (steps, length // 2) if fewer is None else (fewer, min(length, len(fewer)))
    return steps


def _without(steps: tuple[T, ...], length: int) -> Iterator[tuple[T, ...]]:
    """So many in a row left out, the last ones first."""
    starts = (max(at, 0) for at in range(len(steps) - length, -length, -length))
    return (steps[:at] + steps[at + length :] for at in starts)


def _without_two(steps: tuple[T, ...]) -> Iterator[tuple[T, ...]]:
    for two in combinations(range(len(steps)), 2) if len(steps) <= _PAIRS else ():
        yield tuple(one for place, one in enumerate(steps) if place not in two)
