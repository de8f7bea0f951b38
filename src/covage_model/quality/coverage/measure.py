"""A record held against everything that can be exercised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from covage_model.documents.judge.verdict import Judge
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.coverage import walks
from covage_model.quality.coverage.items import KINDS, CoverageItem, items_of
from covage_model.quality.coverage.record import Record
from covage_model.quality.coverage.unreachable import unreachable


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. Nothing of nothing is all of it."""

    covered: int
    total: int

    @property
    def percent(self) -> float:
        """From 0 to 100; rounded down to a tenth, so that only all is 100."""
        return 100.0 if self.total == 0 else (1000 * self.covered // self.total) / 10

    def under(self, percent: float) -> bool:
        """Whether this is less than so many percent, exactly."""
        return 100 * self.covered < percent * self.total


@dataclass(frozen=True, slots=True)
class Coverage:
    """
    What was exercised, item by item, in spec order. `out_of_reach` has the reason by id.

    `cited` are the names of statements and pages that items cite, in spec order; `uncited` those of
    statements that nothing to be exercised cites; `statements` are those of all statements.
    """

    items: tuple[CoverageItem, ...]
    counts: Mapping[str, int]
    out_of_reach: Mapping[str, str]
    cited: tuple[str, ...]
    uncited: tuple[str, ...]
    statements: frozenset[str]

    @property
    def reachable(self) -> tuple[CoverageItem, ...]:
        """What counts. An item that was exercised counts, whatever was thought of it."""
        return tuple(item for item in self.items if item.id not in self.out_of_reach)

    @property
    def missed(self) -> tuple[CoverageItem, ...]:
        """What counts, and was never exercised."""
        return tuple(item for item in self.reachable if not self.counts.get(item.id))

    @property
    def total(self) -> Share:
        """All kinds together."""
        return self.share(self.reachable)

    def share(self, items: Iterable[CoverageItem]) -> Share:
        """How many of these were exercised."""
        found = list(items)
        return Share(sum(bool(self.counts.get(item.id)) for item in found), len(found))

    @property
    def by_kind(self) -> dict[str, Share]:
        """Each kind that there is something of."""
        grouped = self._grouped(lambda item: (item.kind,))
        return {kind: self.share(grouped[kind]) for kind in KINDS if kind in grouped}

    @property
    def by_file(self) -> dict[str, Share]:
        """Each spec file, in the order of the pack."""
        return {file: self.share(items) for file, items in self.of_files.items()}

    @property
    def of_files(self) -> dict[str, list[CoverageItem]]:
        """What counts, by spec file."""
        return self._grouped(lambda item: (item.origin.location.file,))

    @property
    def by_statement(self) -> dict[str, Share]:
        """Each statement or page that something to be exercised cites, itself or by what is around it."""
        grouped = self._grouped(lambda item: item.origin.source)
        return {name: self.share(grouped[name]) for name in self.cited if name in grouped}

    @property
    def touched(self) -> Share:
        """The statements (no pages) of which something was exercised, of those that can be."""
        found = [share for name, share in self.by_statement.items() if name in self.statements]
        return Share(sum(share.covered > 0 for share in found), len(found))

    def _grouped(self, names: Callable[[CoverageItem], Iterable[str]]) -> dict[str, list[CoverageItem]]:
        found: dict[str, list[CoverageItem]] = {}
        for item in self.reachable:
            for name in names(item):
                found.setdefault(name, []).append(item)
        return found


def measure(judge: Judge, record: Record, *, kinds: Iterable[str] = ()) -> Coverage:
    """The coverage of the judge's pack by a record; of some kinds alone, where any are given."""
    every = items_of(judge.pack)
    wanted = frozenset(kinds) or frozenset(KINDS)
    items = tuple(item for item in every.items.values() if item.kind in wanted)
    hits = {item.id: record.hits[item.id] for item in items if record.hits.get(item.id)}
    reasons = {name: why for name, why in unreachable(judge, every).items() if name not in record.hits}
    sources = judge.pack.sources
    names = tuple(chain.from_iterable((one.name, *(said.name for said in one.statements)) for one in sources))
    cited = {name for item in every.items.values() for name in item.origin.source}
    statements = {said.name for one in sources for said in one.statements}
    return Coverage(
        items=items,
        counts=hits,
        out_of_reach={item.id: reasons[item.id] for item in items if item.id in reasons},
        cited=tuple(name for name in names if name in cited),
        uncited=tuple(name for name in names if name in statements and name not in cited),
        statements=frozenset(statements),
    )


def gone(record: Record, pack: SpecPack) -> list[str]:
    """The ids in the record that the pack does not have: another version of it had them."""
    items = items_of(pack).items
    known = {variant.name: pack.lifecycle(variant.order.follows) for variant in pack.variants}
    return [
        name
        for name in sorted(record.hits)
        if name not in items
        and not any(step.variant in known and walks.known(step, known[step.variant]) for step in walks.read(name))
    ]
