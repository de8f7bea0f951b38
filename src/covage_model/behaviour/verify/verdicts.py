"""Verdicts on properties, and the runs that show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from enum import Enum

from covage_model.behaviour.space.reach import Mask
from covage_model.behaviour.space.space import StateSpace
from covage_model.behaviour.verify.fairness import FairMoves
from covage_model.behaviour.verify.paths import TablePath
from covage_model.ground.classes import dataclass
from covage_model.pack.model.lifecycle import Property


class PropertyOutcome(Enum):
    """The verdict on a property: it holds, is broken, or is not decided."""

    HOLDS = "holds"
    BROKEN = "broken"
    OPEN = "not decided"


@dataclass(frozen=True, slots=True)
class EvidenceRun:
    """
    A run that shows a verdict. Each mark says that after so many moves the run must be in a set.

    `read` has the bits that the sets depend on. Other truths of the documents do
    not matter. `loop` is the number of moves at the end that are made again and again, 0 if the run stops; None if
    what must hold for ever after is plain without.
    """

    run: TablePath
    marks: tuple[tuple[int, Mask], ...] = field(repr=False, compare=False)
    read: int = field(repr=False, compare=False)
    loop: int | None = None


@dataclass(frozen=True, slots=True)
class Possibility:
    """The claim EF `goals` from each of `sources`, by `fair` moves if given, which some properties depend on."""

    sources: Mask
    goals: Mask
    fair: FairMoves | None = None


@dataclass(frozen=True, slots=True)
class PropertyVerdict:
    """
    The verdict on one property over one table.

    `shown()` yields the runs that show it, the shortest first: counterexamples if it is broken,
    witnesses if a `sometimes` holds, else none. `possibility` is given if the property holds
    because goals stay reachable; it then has to be checked with documents that exist.
    """

    prop: Property
    outcome: PropertyOutcome
    shown: Callable[[], Iterator[EvidenceRun]] = field(repr=False, compare=False)
    possibility: Callable[[], Possibility] | None = field(default=None, repr=False, compare=False)


def decided(
    space: StateSpace, prop: Property, *, broken: bool, shown: Callable[[], Iterator[EvidenceRun]]
) -> PropertyVerdict:
    """Broken, else that it holds, or is open in a table that is not complete."""
    if broken:
        return PropertyVerdict(prop, PropertyOutcome.BROKEN, shown)
    return PropertyVerdict(prop, PropertyOutcome.HOLDS if space.complete else PropertyOutcome.OPEN, nothing_shown)


def nothing_shown() -> Iterator[EvidenceRun]:
    """No run."""
    return iter(())
