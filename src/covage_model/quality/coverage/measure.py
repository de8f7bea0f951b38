"""Coverage: a record compared with everything that can be exercised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain

from covage_model.documents.judge.verdict import Judge
from covage_model.ground.classes import dataclass
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.coverage import walks
from covage_model.quality.coverage.items import KINDS, CoverageItem, items_of
from covage_model.quality.coverage.record import Record
from covage_model.quality.coverage.unreachable import unreachable


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    covered: int
    total: int

    @property
    def percent(self) -> float | None:
        """From 0 to 100, rounded down to a tenth, so that only all is 100; None if there is nothing to cover."""
        return None if self.total == 0 else (1000 * self.covered // self.total) / 10

    def under(self, percent: float) -> bool:
        """Whether this is less than so many percent, exactly. Nothing of nothing is less than any."""
        return self.total == 0 or 100 * self.covered < percent * self.total


@dataclass(frozen=True, slots=True)
class Coverage:
    """
    The coverage of a pack. `items` are in spec order; `counts` has how often each was exercised, by id.

    `out_of_reach` has the reason, by id, why an item cannot be exercised. `cited` has the statements and pages
    that items cite, by name in spec order; `uncited` the statements that no item cites; `statements` all statements.
    """

    items: tuple[CoverageItem, ...]
    counts: Mapping[str, int]
    out_of_reach: Mapping[str, str]
    cited: tuple[str, ...]
    uncited: tuple[str, ...]
    statements: frozenset[str]

    @property
    def reachable(self) -> tuple[CoverageItem, ...]:
        """The items that count: those that can be exercised, and any that was."""
        return tuple(item for item in self.items if item.id not in self.out_of_reach)

    @property
    def missed(self) -> tuple[CoverageItem, ...]:
        """The items that count and were never exercised."""
        return tuple(item for item in self.reachable if not self.counts.get(item.id))

    @property
    def total(self) -> Share:
        """The share of all kinds together."""
        return self.share(self.reachable)

    def share(self, items: Iterable[CoverageItem]) -> Share:
        """The share of these items that was exercised."""
        every = list(items)
        return Share(sum(bool(self.counts.get(item.id)) for item in every), len(every))

    @property
    def by_kind(self) -> dict[str, Share]:
        """The share of each kind that has items."""
        grouped = self._grouped(lambda item: (item.kind,))
        return {kind: self.share(grouped[kind]) for kind in KINDS if kind in grouped}

    @property
    def by_file(self) -> dict[str, Share]:
        """The share of each spec file, in the order of the pack."""
        return {file: self.share(items) for file, items in self.of_files.items()}

    @property
    def of_files(self) -> dict[str, list[CoverageItem]]:
        """The items that count, by spec file."""
        return self._grouped(lambda item: (item.origin.location.file,))

    @property
    def by_statement(self) -> dict[str, Share]:
        """The share of each statement or page that items cite, directly or through the definition around them."""
        grouped = self._grouped(lambda item: item.origin.source)
        return {name: self.share(grouped[name]) for name in self.cited if name in grouped}

    @property
    def touched(self) -> Share:
        """The share of cited statements (not pages) with at least one exercised item."""
        shares = [share for name, share in self.by_statement.items() if name in self.statements]
        return Share(sum(share.covered > 0 for share in shares), len(shares))

    def _grouped(self, names: Callable[[CoverageItem], Iterable[str]]) -> dict[str, list[CoverageItem]]:
        groups: dict[str, list[CoverageItem]] = {}
        for item in self.reachable:
            for name in names(item):
                groups.setdefault(name, []).append(item)
        return groups


def measure(judge: Judge, record: Record, *, kinds: Iterable[str] = ()) -> Coverage:
    """The coverage of the judge's pack by a record; only of these kinds, if any are given."""
    every = items_of(judge.pack)
    wanted = frozenset(kinds) or frozenset(KINDS)
    items = tuple(item for item in every.items.values() if item.kind in wanted)
    hits = {item.id: record.hits[item.id] for item in items if record.hits.get(item.id)}
    reasons = {name: why for name, why in unreachable(judge, every).items() if name not in record.hits}
    sources = judge.pack.sources
    names = tuple(
        chain.from_iterable((source.name, *(statement.name for statement in source.statements)) for source in sources)
    )
    cited = {name for item in every.items.values() for name in item.origin.source}
    statements = {statement.name for source in sources for statement in source.statements}
    return Coverage(
        items=items,
        counts=hits,
        out_of_reach={item.id: reasons[item.id] for item in items if item.id in reasons},
        cited=tuple(name for name in names if name in cited),
        uncited=tuple(name for name in names if name in statements and name not in cited),
        statements=frozenset(statements),
    )


def gone(record: Record, pack: SpecPack) -> list[str]:
    """The ids in the record that this version of the pack does not have."""
    items = items_of(pack).items
    known = {variant.name: pack.lifecycle(variant.order.follows) for variant in pack.variants}
    return [
        name
        for name in sorted(record.hits)
        if name not in items
        and not any(step.variant in known and walks.known(step, known[step.variant]) for step in walks.read(name))
    ]
