"""The report of `run`: scenarios, their traces and their failures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from covage_model.behaviour.run.played import Played
from covage_model.behaviour.run.trace import Trace
from covage_model.ground import places
from covage_model.ground.classes import dataclass
from covage_model.ground.language import tell
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.text import say
from covage_model.report import blocks
from covage_model.report import finding as findings
from covage_model.report.blocks import Block, TextLine
from covage_model.report.names import pack_names
from covage_model.report.report import Foot, JudgedCase, Report, ReportEntry, Tally
from covage_model.report.traces import trace_data

_TOTAL = "{count:n} {count:scenario|scenarios}, {failed:n} {failed:failed|failed}"
_INDENT = 7  # of a step below its scenario


def report(played: Iterable[Played], pack: SpecPack, language: str, *, trace: bool) -> Report:
    """Each scenario: whether it passed, its trace if `trace`, and its findings."""
    subject = _Scenarios(pack, language, trace)
    return Report("run", subject.entries(played), lists=("scenarios",), foot=subject.foot, language=language)


@dataclass(slots=True)
class _Scenarios:
    pack: SpecPack
    language: str
    trace: bool
    scenarios: int = 0
    failed: int = 0

    def entries(self, played: Iterable[Played]) -> Iterator[ReportEntry]:
        for result in played:
            self.scenarios += not result.nothing
            self.failed += not result.nothing and (bool(result.findings) or result.outcome is None)
            yield self._entry(result)

    def _entry(self, result: Played) -> ReportEntry:
        return ReportEntry(
            lambda: self._blocks(result),
            result.findings,
            member="scenarios",
            data=lambda: self._data(result),
            case=None if result.nothing else lambda: self._case(result),
        )

    def foot(self, _: Tally) -> Foot:
        return Foot([TextLine(tell(_TOTAL, self.language, count=self.scenarios, failed=self.failed))])

    def _blocks(self, result: Played) -> Iterator[Block]:
        file = places.shown(result.file)
        if not result.nothing:
            title = say(result.outcome.scenario.title, self.language) if result.outcome is not None else file
            verdict = "FAIL" if result.findings or result.outcome is None else "ok  "
            yield TextLine(f"{tell(verdict, self.language)} {title} ({file})")
            if self.trace and result.outcome is not None and result.outcome.trace is not None:
                yield from (TextLine(line, _INDENT) for line in self._steps(result.outcome.trace))
        yield from blocks.findings(result.findings, self.language)

    def _case(self, result: Played) -> JudgedCase:
        file, outcome = places.shown(result.file), result.outcome
        name = say(outcome.scenario.title, self.language) if outcome is not None else ""
        return JudgedCase(name or file, file, outcome is not None, "" if outcome is not None else "it was not played")

    def _steps(self, trace: Trace) -> Iterator[str]:
        """A line for the start, and one for each step."""
        lifecycle = self.pack.lifecycle(self.pack.explorable_named(trace.variant).order.follows)
        names = pack_names(self.pack, lifecycle, self.language)
        yield f"{names.tell('start')} -> {names.where(trace.start.state, trace.start.variables)}"
        for step in trace.steps:
            what = ("fill" if step.is_edit else step.trigger) + names.by(step.actors)
            if step.moved:
                yield f"{what} -> {names.where(step.after.state, step.after.variables)}{names.emitted(step)}"
            else:
                refused = step.outcome.value == "refused"
                template = "{what}: refused by {reasons}" if refused else "{what}: undecided without {reasons}"
                yield names.tell(template, what=what, reasons=", ".join(step.blockers))

    def _data(self, result: Played) -> dict[str, Any]:
        outcome = result.outcome
        return {
            "file": places.shown(result.file),
            "title": say(outcome.scenario.title, self.language) if outcome is not None else None,
            "order": outcome.variant if outcome is not None else None,
            "passed": outcome is not None and not result.findings,
            "trace": trace_data(outcome.trace) if outcome is not None else [],
            "findings": [findings.data(finding, self.language) for finding in result.findings],
        }
