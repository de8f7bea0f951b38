"""Minimises a failing sequence by delta debugging (ddmin: Zeller and Hildebrandt, TSE 28(2), 2002), then by pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TypeVar

_PAIRS = 40  # pairs are tried only for sequences up to this length
T = TypeVar("T")


def fewest(steps: tuple[T, ...], differs: Callable[[tuple[T, ...]], bool]) -> tuple[T, ...]:
    """
    A minimal subsequence for which `differs` is true: no step can be removed, and in short sequences no two steps.

    `differs` is called with shorter and shorter sequences. It must be true for `steps`.
    """
    length = len(steps)
    while length:
        tried = _without(steps, length) if length > 1 else (*_without(steps, 1), *_without_two(steps))
        fewer = next((shorter for shorter in tried if differs(shorter)), None)
        steps, length = (steps, length // 2) if fewer is None else (fewer, min(length, len(fewer)))
    return steps


def _without(steps: tuple[T, ...], length: int) -> Iterator[tuple[T, ...]]:
    """The sequences without `length` consecutive steps, the last ones removed first."""
    starts = (max(at, 0) for at in range(len(steps) - length, -length, -length))
    return (steps[:at] + steps[at + length :] for at in starts)


def _without_two(steps: tuple[T, ...]) -> Iterator[tuple[T, ...]]:
    for two in combinations(range(len(steps)), 2) if len(steps) <= _PAIRS else ():
        yield tuple(step for place, step in enumerate(steps) if place not in two)
