"""The report of `why`, also shown by `step`: why a trigger is refused, and paths that enable it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import Step, StepOutcome
from covage_model.behaviour.space.reasons import Obstacles, Reason
from covage_model.behaviour.why.answer import Answer, Blame, FailedAccountRule
from covage_model.ground import codes
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.files.document import Document
from covage_model.pack.conditions import words
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.text import say
from covage_model.report import finding as findings
from covage_model.report.blocks import Block, FindingBlock, TextLine
from covage_model.report.names import PackNames, pack_names
from covage_model.report.report import Foot, Report, ReportEntry
from covage_model.report.subjects.check import finding_entry
from covage_model.report.subjects.ways import (
    atoms_data,
    indented,
    json_of,
    step_data,
    way_data,
    way_lines,
)
from covage_model.report.traces import acting

_VERDICTS = {
    StepOutcome.MOVED: "is possible",
    StepOutcome.REFUSED: "is refused",
    StepOutcome.UNDECIDED: "is not decided",
}


def report(
    answer: Answer | None,
    found: Sequence[Diagnostic],
    pack: SpecPack,
    language: str,
    document: Document | None,
) -> Report:
    """The answer, or null if the inputs cannot be used, and the findings about the inputs."""
    data = None if answer is None else _answer(answer, language)

    def entries() -> Iterator[ReportEntry]:
        for finding in found:
            yield replace_blocks(finding_entry(finding, language), FindingBlock(finding, language, document))

    shown = [] if answer is None else blocks(answer, pack_names(pack, answer.session.lifecycle, language, document))
    return Report(
        "why", entries(), lists=("findings",), foot=lambda _: Foot(shown, {"answer": data}), language=language
    )


def replace_blocks(entry: ReportEntry, *shown: Block) -> ReportEntry:
    """The entry with other blocks."""
    return replace(entry, blocks=lambda: shown)


def blocks(answer: Answer, names: PackNames) -> list[Block]:
    """The whole answer: the verdict, the reasons of a refusal, and the paths that enable the trigger."""
    shown: list[Block] = [*_head(answer, names)]
    if answer.step.obstacles is not None:
        for level, line in outline(answer.step.obstacles):
            shown += [TextLine(f"- {line}", 2 * level)] if isinstance(line, str) else _blame(answer, line, names, level)
    shown += [TextLine(f"note: {say(one, names.language)}", 2) for one in answer.messages]
    for way in answer.ways:
        shown += map(indented, way_lines(answer, way, names))
    if answer.verdict is not StepOutcome.MOVED and not answer.ways:
        shown.append(TextLine(_never(answer)))
    return shown


def _head(answer: Answer, names: PackNames) -> list[Block]:
    session, transition = answer.session, answer.trigger
    trace = ", ".join("fill" if step.is_edit else step.trigger for step in session.steps)
    stopped = ", where the trace stops" if answer.stopped else ""
    lines = [
        f"{transition.name}{names.by(session.actors(transition))} {_VERDICTS[answer.verdict]}{stopped}",
        f"  order: {session.variant.name}, in {names.where(session.state, session.variables)}",
        *([f"  after: {trace}"] if trace else []),
    ]
    taken = tuple(one for step in session.steps for one in step.assumed)
    lines += [f"  assumed: {names.atoms(taken)}"] if taken else []
    step = answer.step
    if step.case is not None:
        lines.append(f"  leads to: {names.where(step.after.state, step.after.variables)}{names.emitted(step)}")
        lines.append(f"  because: {findings.because(step.case.origin)}")
    return [*map(indented, lines)]


def outline(obstacles: Obstacles, level: int = 0) -> Iterator[tuple[int, Reason | str]]:
    """Each reason, and a line above those of which one is enough or all are needed; with how far in it stands."""
    if obstacles.named is not None:
        yield level, obstacles.named
        level += 1
    if obstacles.either:
        yield level, "one of these is enough:"
        level += 1
    for part in obstacles.parts:
        if isinstance(part, Reason):
            yield level, part
        elif part.either or part.named is not None:
            yield from outline(part, level)
        else:
            yield level, "all of these:"
            yield from outline(part, level + 1)


def _blame(answer: Answer, reason: Reason, names: PackNames, level: int) -> Iterator[Block]:
    blame = next(one for one in answer.blames if one.reason == reason)
    further = 2 * level + 4
    yield TextLine(f"- {sentence(answer.session, reason, names)}", 2 * level)
    if reason.origin is not None:
        yield TextLine(f"because: {findings.because(reason.origin)}", further)
    for finding in blame.findings:
        if finding.severity is not Severity.UNCHECKED:
            yield FindingBlock(finding, names.language, names.document, indent=further)
    unchecked = ", ".join(str(one.arguments["rule"]) for one in blame.findings if one.severity is Severity.UNCHECKED)
    if unchecked:
        yield TextLine(f"not checked without a valid account: {unchecked}", further)
    for missed in blame.missed:
        yield from (replace(line, indent=line.indent + 2 * level) for line in map(indented, _missed(missed, names)))


def in_one_line(session: Session, obstacles: Obstacles, names: PackNames, told: Callable[[Reason], str]) -> str:
    """All obstacles in one line; `told` is what is told of a reason, after its sentence."""
    joined = _joined(session, obstacles, names, told)
    return f"either {joined}" if obstacles.either and obstacles.named is None else joined


def _joined(session: Session, obstacles: Obstacles, names: PackNames, told: Callable[[Reason], str]) -> str:
    parts = []
    for part in obstacles.parts:
        if isinstance(part, Reason):
            parts.append(sentence(session, part, names) + told(part))
        elif part.named is not None:
            parts.append(_joined(session, part, names, told))
        else:
            parts.append(f"({in_one_line(session, part, names, told)})")
    inside = (", or " if obstacles.either else "; ").join(parts)
    if obstacles.named is None:
        return inside
    return f"{sentence(session, obstacles.named, names)} ({'either ' if obstacles.either else ''}{inside})"


def sentence(session: Session, reason: Reason, names: PackNames) -> str:
    """One reason of a refusal in one line."""
    if reason.atom is None and reason.kind == "state":
        states = ", ".join(map(names.state, reason.states))
        return f"the state is {names.state(reason.name)}; it is possible in {states}"
    if reason.kind == "outcome":
        return f"the outcome {reason.name} is possible"
    if reason.atom is None:
        return "nothing satisfies the guard here"
    if reason.holds is None:
        return f"not decided: {names.atom(reason.atom, holds=True)}"
    asked = names.atom(reason.atom, holds=not reason.holds)
    if reason.kind == "variable":
        value = dict(session.variables)[reason.name]
        return f"{names.variable(reason.name)} is {codes.spelled(value, bare=True)}; the guard asks: {asked}"
    if reason.kind in ("state", "variant", "final"):
        here = reason.name if reason.kind == "variant" else names.state(reason.name)
        return f"the {reason.kind} is {here}; the guard asks: {asked}"
    return f"the guard asks: {asked}"


def _missed(missed: FailedAccountRule, names: PackNames) -> list[str]:
    """The condition of a rule that reads the account, and the values of the document that it compares."""
    rule = missed.rule
    lines = [f"    {rule.name} looks for: {names.condition(rule.then)}"]
    return lines + [f"      and the document says {path}: {json_of(value)}" for path, value in missed.read]


def _never(answer: Answer) -> str:
    name, variant = answer.trigger.name, answer.session.variant.name
    if answer.decided:
        return (
            f"{name} is never possible for {variant}: in none of its {answer.configurations} configurations, "
            "whatever the document and the account"
        )
    return f"Whether {name} is ever possible is not decided: only {answer.configurations} configurations were explored"


def _answer(answer: Answer, language: str) -> dict[str, Any]:
    session, step = answer.session, answer.step
    return {
        "order": session.variant.name,
        "trigger": answer.trigger.name,
        "actor": acting(session.actors(answer.trigger)),
        "verdict": "possible" if step.moved else step.outcome.value,
        "stopped": answer.stopped,
        "state": session.state,
        "variables": dict(session.variables),
        "trace": [_done(done, language) for done in session.steps],
        "leads_to": None
        if not step.moved
        else {"state": step.after.state, "variables": dict(step.after.variables), "emitted": list(step.emitted)},
        "reasons": [_blame_data(blame, language) for blame in answer.blames],
        "obstacles": None if step.obstacles is None else _obstacles_data(step.obstacles, step.reasons),
        "notes": [say(one, language) for one in answer.messages],
        "ways": [way_data(way, language) for way in answer.ways],
        "configurations": answer.configurations,
        "decided": answer.decided,
    }


def _done(step: Step, language: str) -> dict[str, Any]:
    return step_data(step, "fill" if step.is_edit else step.trigger) | {"granted": atoms_data(step.assumed, language)}


def _obstacles_data(obstacles: Obstacles, reasons: Sequence[Reason]) -> dict[str, Any]:
    """Which reasons belong together, each by its number in `reasons`."""
    return {
        "either": obstacles.either,
        "named": None if obstacles.named is None else reasons.index(obstacles.named),
        "parts": [
            reasons.index(part) if isinstance(part, Reason) else _obstacles_data(part, reasons)
            for part in obstacles.parts
        ],
    }


def _blame_data(blame: Blame, language: str) -> dict[str, Any]:
    reason = blame.reason
    return {
        "kind": reason.kind,
        "name": reason.name,
        "condition": words.describe(reason.atom, language) if reason.atom is not None else None,
        "holds": reason.holds,
        "because": findings.origin_data(reason.origin) if reason.origin is not None else None,
        "findings": [findings.data(one, language) for one in blame.findings],
        "account": [
            {
                "rule": missed.rule.name,
                "condition": words.describe(missed.rule.then, language),
                "document": dict(missed.read),
            }
            for missed in blame.missed
        ],
    }
