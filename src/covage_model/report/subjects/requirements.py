"""What `simulate --require` asked for: a finding for each requirement that is missed or not decided, and those met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from covage_model.behaviour.population.requirement import Decided, RequirementOutcome
from covage_model.behaviour.population.simulation import Simulation
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.language import tell
from covage_model.report.blocks import TextLine
from covage_model.report.report import JudgedCase, ReportEntry, constant, no_blocks
from covage_model.report.simulated import cell_texts, data
from covage_model.report.subjects.check import finding_entry

_OPTION = "--require"


def requirement_findings(simulation: Simulation) -> list[Diagnostic]:
    """A finding for each requirement that is missed or not decided."""
    return [_finding(each) for each in simulation.requirements if each.outcome is not RequirementOutcome.MET]


def identity_of(finding: Diagnostic) -> str:
    """What such a finding is about, the same in the next run: the requirement, whatever was sampled."""
    return str(finding.arguments["requirement"])


def requirement_entries(simulation: Simulation, found: Sequence[Diagnostic], language: str) -> Iterator[ReportEntry]:
    """The findings that are told, then each requirement. One that is met, or a finding, is a test."""
    for finding in found:
        name = identity_of(finding)
        case = JudgedCase(name, _OPTION, passed=False)
        yield replace(finding_entry(finding, language, constant(name)), case=constant(case))
    for decided in simulation.requirements:
        name, met = decided.requirement.text, decided.outcome is RequirementOutcome.MET
        line = tell("met: {requirement} ({value})", language, requirement=name, value=_value_of(decided, language))
        yield ReportEntry(
            constant((TextLine(line),)) if met else no_blocks,
            member="requirements",
            data=partial(data.decided_data, decided),
            case=constant(JudgedCase(name, _OPTION)) if met else None,
        )


def _finding(decided: Decided) -> Diagnostic:
    arguments = {"requirement": decided.requirement.text, "value": _value_of(decided)}
    here = Location(_OPTION, 0, 0)
    if decided.outcome is RequirementOutcome.MISSED:
        return Diagnostic("CM541", "missed", arguments, here)
    known = decided.orders
    hint = f"about {known:,} orders would decide it: --count" if known else "simulate more orders"
    form = "open"
    if decided.figure is None or decided.figure.low is None:
        form, hint = "too-few", f"about {known:,} orders would give an interval: --count" if known else hint
    return Diagnostic("CM542", form, arguments, here, hint)


def _value_of(decided: Decided, language: str = "en") -> str:
    unit = "share" if decided.requirement.measure.figure == "share" else "seconds"
    return cell_texts.shown(decided.figure, unit, language)
