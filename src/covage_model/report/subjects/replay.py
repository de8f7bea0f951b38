"""The report of `replay`: which orders of a log could not have happened, and what the others took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Protocol

from covage_model.behaviour.logs.durations import DurationCounts
from covage_model.behaviour.logs.follow import OrderFault
from covage_model.behaviour.logs.log_finding import LogFinding
from covage_model.behaviour.logs.possible import named
from covage_model.behaviour.logs.totals import LogTotals, ReplayVerdict
from covage_model.ground.classes import dataclass
from covage_model.ground.language import tell
from covage_model.report import finding as findings
from covage_model.report.blocks import Blank, Block, Columns, FindingBlock, Heading, TextLine
from covage_model.report.counting import duration
from covage_model.report.fingerprints import digest
from covage_model.report.report import Foot, JudgedCase, Report, ReportEntry, Tally
from covage_model.report.subjects.finding_log import FindingLog

_QUANTILES = {"median": 0.5, "p90": 0.9, "p95": 0.95}


class LogOfOrders(Protocol):
    """A log while it is replayed: its findings as they come, and what they add up to at the end."""

    file: str
    names: tuple[str, ...]
    known: int

    def __iter__(self) -> Iterator[LogFinding]:
        """The findings as they come."""

    @property
    def totals(self) -> LogTotals:
        """What the orders add up to."""

    @property
    def left_out(self) -> Counter[str]:
        """Records of no order, by reason."""


def report(log: LogOfOrders, pack: str, language: str, *, most: int | None) -> Report:
    """The findings as they come, then the sums; at most `most` are told in full in the text (None: a usual number)."""
    subject = _ReplayedLog(log, language, FindingLog(language=language) if most is None else FindingLog(most, language))
    members = {"pack": pack, "log": log.file, "replayed_as": list(log.names), "known_orders": log.known}
    return Report("replay", subject.entries(), members, ("findings", "faults"), subject.foot, language=language)


def identity_of(found: LogFinding) -> str:
    """What the finding is about, the same in the next run; "" where nothing could be read."""
    return "" if found.about is None else digest(found.about)


@dataclass(frozen=True, slots=True)
class _ReplayedLog:
    log: LogOfOrders
    language: str
    told: FindingLog

    def entries(self) -> Iterator[ReportEntry]:
        faults = []
        for found in self.log:
            yield self._finding(found)
            if found.fault is not None:
                faults.append(found.fault)
        for fault in faults:
            yield ReportEntry(member="faults", data=partial(_fault_data, fault))
        good = sum(self.log.totals.last_sets.values())
        if good:
            name = tell("{count:n} orders that could have happened", self.language, count=good)
            yield ReportEntry(case=lambda: JudgedCase(name, self.log.file))

    def _finding(self, found: LogFinding) -> ReportEntry:
        finding, fault = found.finding, found.fault

        def blocks() -> Iterable[Block]:
            return (FindingBlock(finding, self.language),) if self.told.tells(finding) else ()

        return ReportEntry(
            blocks,
            (finding,),
            member="findings",
            data=lambda: findings.data(finding, self.language),
            case=None if fault is None else lambda: JudgedCase(fault.order, self.log.file, passed=False),
            identity=partial(identity_of, found),
        )

    def foot(self, _: Tally) -> Foot:
        totals = self.log.totals
        members = {
            "orders": {verdict.value: totals.orders.get(verdict, 0) for verdict in ReplayVerdict},
            "cut": totals.cut,
            "fitness": totals.fitness,
            "records": totals.records,
            "missing": totals.missing,
            "duplicates": totals.duplicates,
            "late": totals.late,
            "left_out": {reason: self.log.left_out[reason] for reason in ("unjoined", "foreign")},
            "lead_time": _times(totals.lives) if len(totals.lives) else None,
            "steps": [{"from": first, "to": last, **_times(counts)} for first, last, counts in _steps(totals)],
        }
        return Foot(self._sums(totals), members)

    def _sums(self, totals: LogTotals) -> Iterator[Block]:
        yield from self.told.rest()
        counts = totals.orders
        if not counts:
            return
        lines = [
            tell(
                "{orders:n} {orders:order|orders}: {good:n} {good:conforms|conform}, {open:n} unfinished, "
                "{bad:n} could not have happened",
                self.language,
                orders=sum(counts.values()),
                good=counts[ReplayVerdict.CONFORMS],
                open=counts[ReplayVerdict.UNFINISHED],
                bad=counts[ReplayVerdict.IMPOSSIBLE],
            ),
            tell("fitness {share} %", self.language, share=f"{100 * totals.fitness:.6g}"),
        ]
        about = (
            (
                "{count:n} {count:order|orders} not decided, since a record was left out",
                counts[ReplayVerdict.UNDECIDED],
            ),
            ("{count:n} {count:record|records} sent twice, left out", totals.duplicates),
            ("{count:n} {count:record|records} came late, followed in the order of their times", totals.late),
            ("{count:n} {count:order|orders} began before the log", totals.cut),
            (
                "{count:n} {count:record|records} about other objects, left out: --orders says whose they are",
                self.log.left_out["unjoined"],
            ),
            ("{count:n} {count:record|records} of events that no order emits, left out", self.log.left_out["foreign"]),
        )
        lines += [tell(template, self.language, count=count) for template, count in about if count]
        yield from map(TextLine, lines)
        yield from self._times(totals)

    def _times(self, totals: LogTotals) -> Iterator[Block]:
        rows = [(first, last, _times(counts)) for first, last, counts in _steps(totals)]
        rows.sort(key=lambda row: -row[2]["count"])
        if len(totals.lives):
            rows.append((tell("first", self.language), tell("last", self.language), _times(totals.lives)))
        if not rows:
            return
        heads = tuple(tell(word, self.language) for word in ("from", "to", "times", "mean", *_QUANTILES))
        lines = [
            (first, second, f"{times['count']:,}", *(duration(times[name]) for name in ("mean", *_QUANTILES)))
            for first, second, times in rows
        ]
        yield from (Blank(), Heading(tell("How long it took", self.language)))
        yield Columns(lines, 2, frozenset(range(2, 7)), heads, headed=True)


def _steps(totals: LogTotals) -> Iterator[tuple[str, str, DurationCounts]]:
    """The counted durations from one record to the next, by what both show."""
    steps = ((named(first), named(last), counts) for first, by in totals.steps.items() for last, counts in by.items())
    yield from sorted(steps, key=lambda step: step[:2])


def _times(counts: DurationCounts) -> dict[str, Any]:
    """What counted durations add up to, in seconds."""
    shares = {name: counts.quantile(share) for name, share in _QUANTILES.items()}
    return {"count": len(counts), "mean": counts.mean, **shares}


def _fault_data(fault: OrderFault) -> dict[str, Any]:
    repair = fault.repair
    return {
        "order": fault.order,
        "records": [_record(each) for each in fault.records],
        "first_impossible": fault.first,
        "repair": None
        if repair is None
        else {
            "cost": repair.cost,
            "swapped": None if repair.swapped is None else list(repair.swapped),
            "changes": [{"kind": change.kind, "at": change.at, "event": change.event} for change in repair.changes],
        },
    }


def _record(record: Sequence[Any]) -> dict[str, Any]:
    moment, seen, line = record
    return {"line": line, "time": moment.isoformat(), "shows": named(seen)}
