"""The report of `simulate`: how orders end, how long they take, where time goes, and what the numbers rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from covage_model.behaviour.population.rows import LEADS, ResultRow, orders_of, stuck_states, unfinished
from covage_model.behaviour.population.simulation import Simulation
from covage_model.ground import places
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.language import tell, translated
from covage_model.pack.definitions.profile_inputs import GivenInput, inputs
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.text import say
from covage_model.report.blocks import Blank, Block, Columns, Heading, TextLine
from covage_model.report.report import Report, ReportEntry
from covage_model.report.simulated import cell_texts, data
from covage_model.report.subjects.requirements import requirement_entries

_COLUMNS = (
    *("section", "variant", "name", "figure", "unit", "value", "low", "high"),
    *("exact_low", "exact_high", "difference", "difference_low", "difference_high"),
)
_TABLES = (  # the title of each, its section, its figures and what its lines are
    ("Where time goes (per order)", "state", ("entries", "time", "waiting", "remaining"), "state"),
    ("What happens (per order)", "trigger", ("happened", "refused"), "transition"),
    ("Hands", "crew", ("works", "utilisation", "mean wait", "p95 wait"), "actor"),
)
_DAYS_SHOWN = 12  # of the orders in progress, on a terminal


def report(
    simulation: Simulation,
    pack: SpecPack,
    found: Sequence[Diagnostic],
    language: str,
    *,
    show_inputs: bool,
    page: Callable[[], Iterable[str]] | None = None,
) -> Report:
    """
    What was found (see `requirement_findings`), then the figures, section by section.

    `show_inputs` lists every number of the profile in the text too.

    `page` is the page of HTML, where that is printed.
    """
    sampled = simulation.sampled
    members: dict[str, Any] = {
        "pack": pack.name,
        "profile": simulation.profile.name,
        **({"settings": dict(simulation.settings)} if simulation.settings else {}),
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
        **({"exact_error": simulation.exact_error} if simulation.lives else {}),
        **_against(simulation),
        **_beginnings(simulation),
    }
    subject = _Simulated(simulation, pack, found, language, show_inputs)
    lists = ("findings", "requirements", "figures", "inputs")
    return Report("simulate", subject.entries(), members, lists, columns=_COLUMNS, language=language, page=page)


def _against(simulation: Simulation) -> dict[str, Any]:
    if simulation.other is None:
        return {}
    return {"against": simulation.other.plan.profile.name, "difference": "against - profile with settings"}


def _beginnings(simulation: Simulation) -> dict[str, Any]:
    given = simulation.beginnings
    return {} if given is None else {"beginnings": {"orders": given.used, "documents": given.read}}


@dataclass(frozen=True, slots=True)
class _Simulated:
    simulation: Simulation
    pack: SpecPack
    found: Sequence[Diagnostic]
    language: str
    show_inputs: bool

    def entries(self) -> Iterator[ReportEntry]:
        yield ReportEntry(self._head)
        yield from requirement_entries(self.simulation, self.found, self.language)
        yield ReportEntry(self._tables)
        for row in self.simulation.rows:
            yield ReportEntry(member="figures", data=partial(data.data, row), rows=partial(data.cells, row))
        given = list(inputs(self.simulation.profile))
        yield ReportEntry(lambda: self._inputs(given))
        for each in given:
            yield ReportEntry(member="inputs", data=partial(data.input_data, each))

    def _head(self) -> Iterator[Block]:
        simulation, sampled = self.simulation, self.simulation.sampled
        title = say(simulation.profile.title, self.language, otherwise=simulation.profile.name)
        yield Heading(
            self._told("{title}: {orders:n} orders, seed {seed}", title=title, orders=sampled.orders, seed=sampled.seed)
        )
        if sampled.plan.crews:
            actors = ", ".join(sampled.plan.crews)
            yield self._line("sampled; orders share the hands and the open hours of {actors}", actors=actors)
        else:
            yield self._line("sampled; every order by itself")
        yield self._line("in brackets: 95 % intervals. An order does one thing at a time")
        if simulation.settings:
            changed = ", ".join(f"{path} = {value}" for path, value in simulation.settings.items())
            yield self._line("changed in the profile: {changed}", changed=changed)
        if simulation.other is not None:
            profile = simulation.profile.name
            if simulation.settings:
                profile = self._told("{profile} with --set", profile=profile)
            told = "differences are {other} minus {profile}: + is more with {other}"
            yield self._line(told, other=simulation.other.plan.profile.name, profile=profile)
        if simulation.beginnings is not None:
            given = simulation.beginnings
            told = "documents at the start as in {used:n} real orders, of {read:n} documents"
            yield self._line(told, used=given.used, read=given.read)
        if unfinished(sampled):
            yield self._line("{count:n} orders have not ended", count=unfinished(sampled))
        for state, orders in stuck_states(sampled).items():
            yield self._line(
                "{count:n} orders stay in {state}: nothing is ever chosen there", count=orders, state=state
            )
        if sampled.tally.given_up:
            yield self._line("{count:n} orders were given up after 20,000 steps", count=sampled.tally.given_up)
        for reason, variants in _by_reason(simulation.inexact).items():
            yield self._line("no exact answer for {names}: {reason:words}", names=", ".join(variants), reason=reason)

        if simulation.exact_error:
            told = "exact values where deadlines or timers run: summed up numerically, to within {error} of each"
            yield self._line(told, error=f"{simulation.exact_error:.0e}")

    def _told(self, template: str, **values: Any) -> str:
        return tell(template, self.language, **values)

    def _line(self, template: str, **values: Any) -> TextLine:
        return TextLine(self._told(template, **values))

    def _tables(self) -> Iterator[Block]:
        rows, language = self.simulation.rows, self.language
        ends, between = ([row for row in rows if row.section == section] for section in ("end", "between"))
        yield from _pivoted("How orders end", ends, ("share", *LEADS), "end", language)
        yield from _pivoted("Between two moments", between, LEADS, "stretch", language)
        for title, section, names, what in _TABLES:
            yield from _plain_table(title, [row for row in rows if row.section == section], names, what, language)
        yield from self._progress([row for row in rows if row.section == "progress"])

    def _progress(self, rows: Sequence[ResultRow]) -> Iterator[Block]:
        if not rows:
            return
        total, *days = rows
        values = {
            "count": cell_texts.shown(total.sampled, total.unit, self.language),
            "steady": cell_texts.bounds(total, self.language),
        }
        told = "In progress: {count} orders on average"
        told += " (exact, in the long run: {steady})" if total.exact else ""
        yield from (Blank(), Heading(self._told(told, **values)))
        every = -(-len(days) // _DAYS_SHOWN)
        shown = [
            (self._told("day {number}", number=row.name), cell_texts.shown(row.sampled, row.unit, self.language))
            for row in days[::every]
        ]
        yield Columns(shown, 2, frozenset({1}), _heads(("day", "orders"), self.language))

    def _inputs(self, given: Sequence[GivenInput]) -> Iterator[Block]:
        counts = Counter(each.origin.standing.value for each in given)
        said = ", ".join(self._told(f"{{count:n}} {each}", count=counts[each]) for each in counts)
        yield from (Blank(), self._line("the profile gives {count:n} numbers: {said}", count=len(given), said=said))
        if self.show_inputs:
            rows = [
                (
                    each.about,
                    each.words,
                    translated(each.origin.standing.value, self.language),
                    ", ".join(each.origin.source),
                    _place(each),
                )
                for each in given
            ]
            heads = _heads(("number", "given as", "standing", "source", "place"), self.language)
            yield Columns(rows, 2, heads=heads)


def _by_reason(inexact: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for variant, reason in inexact.items():
        found.setdefault(reason, []).append(variant)
    return found


def _place(given: GivenInput) -> str:
    at = given.origin.location
    return f"{places.shown(at.file)}:{at.line}"


def _pivoted(title: str, rows: Sequence[ResultRow], words: Sequence[str], what: str, language: str) -> Iterator[Block]:
    """A table with a line for each thing, and lines below it for its exact values and for the differences."""
    if not rows:
        return
    things: dict[tuple[str, str], dict[str, ResultRow]] = {}
    for row in rows:
        things.setdefault((row.variant, row.name), {})[row.figure] = row
    lines: list[tuple[str, ...]] = []
    for (variant, name), cells in things.items():
        of = partial(_cells, cells, words, language)
        lines.append(
            (
                variant or _overall("All orders", language),
                name or _overall("Any end", language),
                *of(cell_texts.of_sample),
            )
        )
        if any(row.exact for row in cells.values()):
            lines.append(("", tell("exact", language), *of(cell_texts.bounds)))
        if any(row.difference for row in cells.values()):
            lines.append(("", tell("difference", language), *of(cell_texts.more)))
    yield from (Blank(), Heading(tell(title, language)))
    right = frozenset(range(2, 2 + len(words)))
    yield Columns(lines, 2, right, _heads(("order", what, *words), language), headed=True)


def _plain_table(
    title: str, rows: Sequence[ResultRow], words: Sequence[str], what: str, language: str
) -> Iterator[Block]:
    things: dict[str, dict[str, ResultRow]] = {}
    for row in rows:
        things.setdefault(row.name, {})[row.figure] = row
    if not things:
        return
    words = [word for word in words if any(word in cells for cells in things.values())]
    lines: list[tuple[str, ...]] = []
    for name, cells in things.items():
        of = partial(_cells, cells, words, language)
        lines.append((name, *of(cell_texts.of_sample)))
        if any(row.exact for row in cells.values()):
            lines.append((f"  {tell('exact', language)}", *of(cell_texts.bounds)))
    yield from (Blank(), Heading(tell(title, language)))
    yield Columns(lines, 2, frozenset(range(1, 1 + len(words))), _heads((what, *words), language), headed=True)


def _cells(
    cells: Mapping[str, ResultRow], words: Sequence[str], language: str, text: Callable[[ResultRow, str], str]
) -> list[str]:
    return [text(cells[word], language) if word in cells else "" for word in words]


def _heads(words: Sequence[str], language: str) -> list[str]:
    """The heads of columns: the catalogue has them with a capital, as a page shows them."""
    known = ("median" if word == "p50" else word for word in words)
    return [tell(f"{word[:1].upper()}{word[1:]}", language).lower() for word in known]


def _overall(phrase: str, language: str) -> str:
    """What stands for all orders, or for any end: in English its first word, in French the phrase."""
    return (tell(phrase, language) if language == "fr" else phrase.split()[0]).lower()
