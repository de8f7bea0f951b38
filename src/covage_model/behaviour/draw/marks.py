"""
What is painted onto a lifecycle's picture: how often, or when, something happened there.

In the lifecycle's own terms: state names, and moves by trigger, source and case. A picture joins what
says the same, so marks can be joined too. Never by colour alone: every mark is said in characters.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from enum import Enum

from covage_model.ground.classes import dataclass
from covage_model.pack.model.lifecycle import Case, Lifecycle

STEPS = 5  # colours from nothing to the most
_SLIGHT = 50  # the part of the most below which an amount has no colour


class Level(Enum):
    """How much something is to be seen, the most first."""

    STRONG = "strong"
    PLAIN = "plain"
    MISSED = "missed"  # should have been seen, and was not
    FADED = "faded"


@dataclass(frozen=True, slots=True)
class MoveKey:
    """One way on: a trigger fired in the resting state `source`. `case` counts from 0; None is an edit."""

    trigger: str
    source: str
    case: int | None


@dataclass(frozen=True, slots=True)
class PaintMark:
    """
    How one state or move is drawn: how often it was seen, at which steps of a path; None and () say neither.

    `share` is (seen, all) where one drawn thing stands for several, and not all of them were seen. `amount` is a
    quantity, which `shown` writes in characters.
    """

    level: Level
    count: int | None = None
    steps: tuple[int, ...] = ()
    share: tuple[int, int] | None = None
    amount: float | None = None
    shown: Callable[[float], str] | None = None

    @property
    def label(self) -> str:
        """
        The mark in characters, "" where there is nothing to say.

        >>> PaintMark(Level.STRONG, steps=(2, 5)).label, PaintMark(Level.PLAIN, 12, share=(2, 4)).label
        ('2. 5.', '×12 (2/4)')
        >>> PaintMark(Level.MISSED, 0).label
        '✗ ×0'
        """
        said = [f"{step}." for step in self.steps]
        said += ["✗"] if self.level is Level.MISSED else []
        said += [f"×{self.count}"] if self.count is not None else []
        said += [f"({self.share[0]}/{self.share[1]})"] if self.share is not None else []
        said += [self.shown(self.amount)] if self.amount and self.shown is not None else []
        return " ".join(said)


@dataclass(frozen=True, slots=True)
class Scale:
    """
    How amounts are coloured: from nothing to `most` in equal steps, told by `shown`.

    With `both`, amounts below zero have colours of their own.
    """

    most: float
    shown: Callable[[float], str]
    both: bool = False

    def step(self, amount: float) -> int:
        """
        The step of an amount: 0 for nothing, or less than a fiftieth of the most; 1 to STEPS, negative below zero.

        >>> scale = Scale(10, str)
        >>> [scale.step(amount) for amount in (0, 0.1, 0.2, 2, 2.1, 10, 11, -3)]
        [0, 0, 1, 1, 2, 5, 5, -2]
        """
        if abs(amount) * _SLIGHT < self.most or not self.most:
            return 0
        size = min(max(1, math.ceil(STEPS * abs(amount) / self.most - 1e-9)), STEPS)
        return size if amount > 0 else -size


@dataclass(frozen=True, slots=True)
class Paint:
    """
    Marks for one picture, with what they mean: a heading, and a text for each example of a mark.

    States and moves without a mark get `rest`, where there is one. A state with steps gets none but its own. With a
    `scale`, the marks are amounts.
    """

    title: str
    states: Mapping[str, PaintMark] = field(default_factory=dict)
    moves: Mapping[MoveKey, PaintMark] = field(default_factory=dict)
    rest: PaintMark | None = None
    legend: tuple[tuple[PaintMark, str], ...] = ()
    scale: Scale | None = None

    def state(self, name: str) -> PaintMark | None:
        """The mark of a resting state."""
        return self.states.get(name, self.rest)

    def move(self, keys: Sequence[MoveKey]) -> PaintMark | None:
        """The mark of what stands for all these moves."""
        found = [self.moves.get(key, self.rest) for key in keys]
        return joined([mark for mark in found if mark is not None])


def joined(marks: Sequence[PaintMark]) -> PaintMark | None:
    """One mark for all: the strongest level, the counts and amounts added up, every step; None for none."""
    if not marks:
        return None
    levels = list(Level)
    counts = [mark.count for mark in marks if mark.count is not None]
    amounts = [mark.amount for mark in marks if mark.amount is not None]
    seen = sum(mark.level in (Level.STRONG, Level.PLAIN) for mark in marks)
    missed = sum(mark.level is Level.MISSED for mark in marks)
    return PaintMark(
        min((mark.level for mark in marks), key=levels.index),
        sum(counts) if counts else None,
        tuple(sorted({step for mark in marks for step in mark.steps})),
        (seen, seen + missed) if seen and missed else None,
        sum(amounts) if amounts else None,
        next((mark.shown for mark in marks if mark.shown is not None), None),
    )


def key_of(lifecycle: Lifecycle, source: str, trigger: str, case: Case | None) -> MoveKey:
    """The key of a move from the state `source`; `case` is one of the trigger's, None for an edit."""
    if case is None:
        return MoveKey("", source, None)
    transition = lifecycle.transition(trigger)
    return MoveKey(trigger, source, next(number for number, one in enumerate(transition.cases) if one is case))
