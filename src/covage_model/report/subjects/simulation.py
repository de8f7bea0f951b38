"""The report of `simulate`: how orders end, how long they take, where time goes, and what the numbers rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from covage_model.behaviour.population.figures import Figure
from covage_model.behaviour.population.requirement import Decided, RequirementOutcome
from covage_model.behaviour.population.rows import LEADS, ResultRow, orders_of, stuck_states, unfinished
from covage_model.behaviour.population.simulation import GivenInput, Simulation, inputs
from covage_model.ground import places
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.text import say
from covage_model.report import finding as findings
from covage_model.report.blocks import Blank, Block, Columns, FindingBlock, Heading, TextLine
from covage_model.report.quantities import quantity
from covage_model.report.report import Report, ReportEntry
from covage_model.report.simulated import data

_COLUMNS = (
    *("section", "variant", "name", "figure", "unit", "value", "low", "high"),
    *("exact_low", "exact_high", "difference", "difference_low", "difference_high"),
)
_DAYS_SHOWN = 12  # of the orders in progress, on a terminal
_REQUIRE = "--require"


def report(
    simulation: Simulation,
    pack: SpecPack,
    language: str,
    *,
    show_inputs: bool,
    page: Callable[[], Iterable[str]] | None = None,
) -> Report:
    """
    The figures, section by section; `show_inputs` lists every number of the profile in the text too.

    `page` is the page of HTML, where that is printed.
    """
    sampled = simulation.sampled
    members: dict[str, Any] = {
        "pack": pack.name,
        "profile": simulation.profile.name,
        "seed": sampled.seed,
        "orders": sampled.orders,
        "orders_by_variant": orders_of(sampled),
        "unfinished": unfinished(sampled),
        "given_up": sampled.tally.given_up,
        "stuck": stuck_states(sampled),
        "until": sampled.until,
        "path": sampled.plan.path,
        "crews": list(sampled.plan.crews),
        "not_exact": dict(simulation.inexact),
        **_beginnings(simulation),
    }
    subject = _Simulated(simulation, pack, language, show_inputs)
    lists = ("findings", "requirements", "figures", "inputs")
    return Report("simulate", subject.entries(), members, lists, columns=_COLUMNS, language=language, page=page)


def _beginnings(simulation: Simulation) -> dict[str, Any]:
    given = simulation.beginnings
    return {} if given is None else {"beginnings": {"orders": given.used, "documents": given.read}}


def requirement_findings(simulation: Simulation) -> list[Diagnostic]:
    """A finding for each requirement that is missed or not decided."""
    found = []
    for decided in simulation.requirements:
        if decided.outcome is RequirementOutcome.MET:
            continue
        arguments = {"requirement": decided.requirement.text, "value": _value_of(decided)}
        here = Location(_REQUIRE, 0, 0)
        if decided.outcome is RequirementOutcome.MISSED:
            found.append(Diagnostic("CM541", "missed", arguments, here))
        else:
            form = "too-few" if decided.figure is None or decided.figure.low is None else "open"
            hint = (
                f"about {decided.orders:,} orders would decide it: --count"
                if decided.orders
                else "simulate more orders"
            )
            found.append(Diagnostic("CM542", form, arguments, here, hint))
    return found


@dataclass(frozen=True, slots=True)
class _Simulated:
    simulation: Simulation
    pack: SpecPack
    language: str
    show_inputs: bool

    def entries(self) -> Iterator[ReportEntry]:
        yield ReportEntry(self._head)
        for finding in requirement_findings(self.simulation):
            yield self._finding(finding)
        for decided in self.simulation.requirements:
            blocks = partial(self._decided, decided)
            yield ReportEntry(blocks, member="requirements", data=partial(data.decided_data, decided))
        yield ReportEntry(self._tables)
        for row in self.simulation.rows:
            yield ReportEntry(member="figures", data=partial(data.data, row), rows=partial(data.cells, row))
        given = list(inputs(self.simulation.profile))
        yield ReportEntry(lambda: self._inputs(given))
        for each in given:
            yield ReportEntry(member="inputs", data=partial(data.input_data, each))

    def _finding(self, finding: Diagnostic) -> ReportEntry:
        return ReportEntry(
            lambda: (FindingBlock(finding, self.language),),
            (finding,),
            member="findings",
            data=lambda: findings.data(finding, self.language),
        )

    def _head(self) -> Iterator[Block]:
        simulation, sampled = self.simulation, self.simulation.sampled
        title = say(simulation.profile.title, self.language, otherwise=simulation.profile.name)
        yield Heading(f"{title}: {sampled.orders:,} orders, seed {sampled.seed}")
        if sampled.plan.crews:
            yield TextLine(f"sampled; orders share the hands and the open hours of {', '.join(sampled.plan.crews)}")
        else:
            yield TextLine("sampled; every order by itself")
        yield TextLine("in brackets: 95 % intervals. An order does one thing at a time")
        if simulation.other is not None:
            yield TextLine(f"differences: how much more with {simulation.other.plan.profile.name}")
        if simulation.beginnings is not None:
            given = simulation.beginnings
            yield TextLine(f"documents at the start as in {given.used:,} real orders, of {given.read:,} documents")
        if unfinished(sampled):
            yield TextLine(f"{unfinished(sampled):,} orders have not ended")
        for state, orders in stuck_states(sampled).items():
            yield TextLine(f"{orders:,} orders stay in {state}: nothing is ever chosen there")
        if sampled.tally.given_up:
            yield TextLine(f"{sampled.tally.given_up:,} orders were given up after 20,000 steps")
        for reason, variants in _by_reason(simulation.inexact).items():
            yield TextLine(f"no exact answer for {', '.join(variants)}: {reason}")

    def _decided(self, decided: Decided) -> Iterator[Block]:
        if decided.outcome is RequirementOutcome.MET:
            yield TextLine(f"met: {decided.requirement.text} ({_value_of(decided)})")

    def _tables(self) -> Iterator[Block]:
        rows = self.simulation.rows
        yield from _pivoted("How orders end", [row for row in rows if row.section == "end"], ("share", *LEADS), "end")
        yield from _pivoted("Between two moments", [row for row in rows if row.section == "between"], LEADS, "stretch")
        yield from _plain_table("Where time goes (per order)", rows, "state", ("entries", "time", "waiting"), "state")
        yield from _plain_table("What happens (per order)", rows, "trigger", ("happened", "refused"), "transition")
        yield from _plain_table("Hands", rows, "crew", ("works", "utilisation", "mean wait", "p95 wait"), "actor")
        yield from self._progress([row for row in rows if row.section == "progress"])

    def _progress(self, rows: Sequence[ResultRow]) -> Iterator[Block]:
        if not rows:
            return
        total, *days = rows
        steady = f" (exact, in the long run: {_bounds(total)})" if total.exact else ""
        yield from (Blank(), Heading(f"In progress: {_shown(total.sampled, total.unit)} orders on average{steady}"))
        every = -(-len(days) // _DAYS_SHOWN)
        shown = [(f"day {row.name}", _shown(row.sampled, row.unit)) for row in days[::every]]
        yield Columns(shown, 2, frozenset({1}), ("day", "orders"))

    def _inputs(self, given: Sequence[GivenInput]) -> Iterator[Block]:
        counts = Counter(each.origin.standing.value for each in given)
        words = ", ".join(f"{count} {standing}" for standing, count in counts.items())
        yield from (Blank(), TextLine(f"the profile gives {len(given)} numbers: {words}"))
        if self.show_inputs:
            rows = [
                (each.about, each.words, each.origin.standing.value, ", ".join(each.origin.source), _place(each))
                for each in given
            ]
            yield Columns(rows, 2, heads=("number", "given as", "standing", "source", "place"))


def _by_reason(inexact: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for variant, reason in inexact.items():
        found.setdefault(reason, []).append(variant)
    return found


def _place(given: GivenInput) -> str:
    at = given.origin.location
    return f"{places.shown(at.file)}:{at.line}"


def _pivoted(title: str, rows: Sequence[ResultRow], words: Sequence[str], what: str) -> Iterator[Block]:
    """A table with a line for each thing, and lines below it for its exact values and for the differences."""
    if not rows:
        return
    things: dict[tuple[str, str], dict[str, ResultRow]] = {}
    for row in rows:
        things.setdefault((row.variant, row.name), {})[row.figure] = row
    lines: list[tuple[str, ...]] = []
    for (variant, name), cells in things.items():
        shown = [_shown(cells[word].sampled, cells[word].unit) if word in cells else "" for word in words]
        lines.append((variant or "all", name or "any", *shown))
        if any(row.exact for row in cells.values()):
            lines.append(("", "exact", *(_bounds(cells[word]) if word in cells else "" for word in words)))
        if any(row.difference for row in cells.values()):
            lines.append(("", "difference", *(_more(cells[word]) if word in cells else "" for word in words)))
    yield from (Blank(), Heading(title))
    right = frozenset(range(2, 2 + len(words)))
    yield Columns(lines, 2, right, ("order", what, *(_head_of(word) for word in words)), headed=True)


def _head_of(word: str) -> str:
    return "median" if word == "p50" else word


def _plain_table(
    title: str, rows: Sequence[ResultRow], section: str, words: Sequence[str], what: str
) -> Iterator[Block]:
    things: dict[str, dict[str, ResultRow]] = {}
    for row in rows:
        if row.section == section:
            things.setdefault(row.name, {})[row.figure] = row
    if not things:
        return
    words = [word for word in words if any(word in cells for cells in things.values())]
    lines: list[tuple[str, ...]] = []
    for name, cells in things.items():
        lines.append((name, *(_shown(cells[w].sampled, cells[w].unit) if w in cells else "" for w in words)))
        if any(row.exact for row in cells.values()):
            lines.append(("  exact", *(_bounds(cells[w]) if w in cells else "" for w in words)))
    yield from (Blank(), Heading(title))
    yield Columns(lines, 2, frozenset(range(1, 1 + len(words))), (what, *words), headed=True)


def _shown(figure: Figure | None, unit: str) -> str:
    """A figure with its interval."""
    if figure is None:
        return "-"
    text = quantity(figure.value, unit)
    if figure.low is None or figure.high is None:
        return text
    low, high = (quantity(end, unit, figure.value) for end in (figure.low, figure.high))
    return f"{text} [{low.rsplit(' ', 1)[0]}, {high.rsplit(' ', 1)[0]}]"


def _bounds(row: ResultRow) -> str:
    if row.exact is None:
        return ""
    low, high = row.exact
    if low == high:
        return quantity(low, row.unit)
    return f"{quantity(low, row.unit, high).rsplit(' ', 1)[0]} to {quantity(high, row.unit)}"


def _more(row: ResultRow) -> str:
    if row.difference is None:
        return ""
    size = abs(row.sampled.value) if row.sampled is not None else None
    low, high = row.difference.low, row.difference.high
    value = quantity(row.difference.value, row.unit, size)
    if low is None or high is None:
        return value
    return f"{value} [{', '.join(quantity(each, row.unit, size).rsplit(' ', 1)[0] for each in (low, high))}]"


def _value_of(decided: Decided) -> str:
    return _shown(decided.figure, "share" if decided.requirement.measure.figure == "share" else "seconds")
