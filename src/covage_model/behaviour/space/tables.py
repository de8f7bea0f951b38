"""
The one entry to exploration: the tables of a pack's variants, each explored once.

Two kinds of table exist. The whole table has every truth of the atoms that tests alone allow. The table of
suites and coverage leaves out the valuations that an order's own rules exclude (see `ruled_out`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from functools import partial

from covage_model.behaviour.space.explore import LIMIT, Progress, StateSpace, explore
from covage_model.behaviour.space.ruled_out import excluding_rules, ruled_out
from covage_model.documents.judge.verdict import Judge
from covage_model.ground.classes import dataclass

_KEPT = 2_000_000  # configurations of all tables kept; beyond, the oldest tables are dropped


class TableUse(Enum):
    """
    What a table is for. This decides its kind and the most configurations that are explored.

    The limits are what each use can afford: seconds of work, and at most half a gigabyte.
    """

    PROPERTIES = (LIMIT, False)  # check, verify, draw: some seconds, less than 200 MB
    WAYS = (500_000, False)  # why: searches the table once for each answer
    SUITES = (250_000, True)  # half a gigabyte for pairs of transitions
    COMPARISON = (200_000, False)  # mutate: one table for each mutant
    COVERAGE = (50_000, True)  # every part of every guard is evaluated in every configuration
    RUNS = (20_000, False)  # strategies and machines of `testing`: explored before each test

    @property
    def limit(self) -> int:
        """How many configurations are explored at most."""
        return self.value[0]

    @property
    def obeys_rules(self) -> bool:
        """Whether the valuations that the order's rules exclude are left out."""
        return self.value[1]


@dataclass(slots=True, eq=False)
class Tables:
    """The explored tables of a pack. A complete table is used again wherever it is within the limit."""

    judge: Judge
    _known: dict[tuple[str, bool], StateSpace] = field(default_factory=dict)

    def table(
        self,
        variant: str,
        use: TableUse = TableUse.PROPERTIES,
        *,
        limit: int | None = None,
        progress: Progress | None = None,
    ) -> StateSpace:
        """
        The table of a variant; at most `limit` configurations (default: the limit of `use`).

        `progress` is called from time to time with the number of configurations while a large table grows.
        Raises KeyError for an unknown variant.
        """
        most = use.limit if limit is None else limit
        explorable = self.judge.pack.explorable_named(variant)
        lifecycle = self.judge.pack.lifecycle(explorable.order.follows)
        rules = (
            excluding_rules(self.judge.sheet(variant), lifecycle) if use.obeys_rules and not explorable.stand_in else ()
        )
        known = self._known.get((variant, bool(rules)))
        if known is not None and known.complete and len(known) <= most:
            return known
        never = partial(ruled_out, rules) if rules else None
        space = explore(lifecycle, explorable, limit=most, progress=progress, never=never)
        if space.complete:
            self._keep(variant, space, obeys_rules=bool(rules))
        return space

    def add(self, spaces: Mapping[str, StateSpace]) -> None:
        """Adds whole tables that were explored elsewhere, by variant; incomplete tables are ignored."""
        for variant, space in spaces.items():
            if space.complete:
                self._keep(variant, space, obeys_rules=False)

    def _keep(self, variant: str, space: StateSpace, *, obeys_rules: bool) -> None:
        self._known[variant, obeys_rules] = space
        while len(self._known) > 1 and sum(map(len, self._known.values())) > _KEPT:
            del self._known[next(iter(self._known))]
