"""What the orders of a log add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from enum import Enum
from itertools import pairwise

from covage_model.behaviour.logs.durations import DurationCounts
from covage_model.behaviour.logs.possible import PossibleSets, Seen
from covage_model.ground.classes import dataclass


class ReplayVerdict(Enum):
    """What the log says of an order."""

    CONFORMS = "conforms"
    UNFINISHED = "unfinished"
    IMPOSSIBLE = "could not have happened"
    UNDECIDED = "not decided"


@dataclass(slots=True)
class LogTotals:
    """What a log adds up to."""

    impossible: int = 0  # orders that could not have happened
    undecided: int = 0  # orders that seem impossible, but of which a record was left out
    cut: int = 0  # orders whose beginning is not in the log
    records: int = 0  # of orders, without those left out
    duplicates: int = 0  # records with the identifier of an earlier one of their order
    late: int = 0  # records that came after a later one of their order
    explained: int = 0  # records that repairs leave in
    missing: int = 0  # records that repairs put in
    steps: dict[Seen, dict[Seen, DurationCounts]] = field(default_factory=dict)  # from one record to the next
    lives: DurationCounts = field(default_factory=DurationCounts)  # from the first event to the last, of ended orders
    # how many orders could have happened, by the set of places after their last record
    last_sets: dict[tuple[PossibleSets, int], int] = field(default_factory=dict)

    @property
    def orders(self) -> dict[ReplayVerdict, int]:
        """How many orders have each verdict; {} where there is no order."""
        ended = sum(count for (sets, number), count in self.last_sets.items() if sets.ended[number])
        counts = {
            ReplayVerdict.CONFORMS: ended,
            ReplayVerdict.UNFINISHED: sum(self.last_sets.values()) - ended,
            ReplayVerdict.IMPOSSIBLE: self.impossible,
            ReplayVerdict.UNDECIDED: self.undecided,
        }
        return counts if any(counts.values()) else {}

    @property
    def fitness(self) -> float:
        """Records that repairs leave in, as a share of all records and those that repairs put in; 1 of nothing."""
        whole = self.records + self.missing
        return self.explained / whole if whole else 1.0

    def add(
        self, sets: PossibleSets, number: int, seen: Sequence[Seen], moments: Sequence[datetime], *, whole: bool = True
    ) -> None:
        """
        Add orders that could have happened, and showed the same: `seen`. `number` is their set after the last record.

        `moments` are those of the records of all these orders, one order after the other. Without `whole`, their
        beginning is missing.
        """
        size, last = len(seen), (sets, number)
        self.records += len(moments)
        self.explained += len(moments)
        self.last_sets[last] = self.last_sets.get(last, 0) + len(moments) // size
        for n, (before, after) in enumerate(pairwise(seen)):
            counts = self.steps.setdefault(before, {}).setdefault(after, DurationCounts())
            counts.add(moments[n::size], moments[n + 1 :: size])
        if whole and sets.ended[number]:
            self.lives.add(moments[::size], moments[size - 1 :: size])
