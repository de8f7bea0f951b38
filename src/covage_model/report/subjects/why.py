"""The report of `why`, also shown by `step`: why a trigger is refused, and paths that enable it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import Step, StepOutcome
from covage_model.behaviour.space.reasons import Obstacles, Reason
from covage_model.behaviour.why.answer import Answer, Blame, FailedAccountRule
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
            shown += (
                [TextLine(f"- {names.tell(line)}", 2 * level)]
                if isinstance(line, str)
                else _blame(answer, line, names, level)
            )
    shown += [TextLine(names.tell("note: {text}", text=say(one, names.language)), 2) for one in answer.messages]
    for way in answer.ways:
        shown += map(indented, way_lines(answer, way, names))
    if answer.verdict is not StepOutcome.MOVED and not answer.ways:
        shown.append(TextLine(_never(answer, names)))
    return shown


def _head(answer: Answer, names: PackNames) -> list[Block]:
    session, transition = answer.session, answer.trigger
    trace = ", ".join("fill" if step.is_edit else step.trigger for step in session.steps)
    stopped = names.tell(", where the trace stops") if answer.stopped else ""
    lines = [
        f"{transition.name}{names.by(session.actors(transition))} {names.tell(_VERDICTS[answer.verdict])}{stopped}",
        _line(
            names,
            "order: {line}",
            f"{session.variant.name}, {names.tell('in')} {names.where(session.state, session.variables)}",
        ),
        *([_line(names, "after: {line}", trace)] if trace else []),
    ]
    taken = tuple(one for step in session.steps for one in step.assumed)
    lines += [_line(names, "assumed: {line}", names.atoms(taken))] if taken else []
    step = answer.step
    if step.case is not None:
        leads = names.where(step.after.state, step.after.variables) + names.emitted(step)
        lines.append(_line(names, "leads to: {line}", leads))
        lines.append(_line(names, "because: {line}", findings.because(step.case.origin, names.language)))
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
        yield TextLine(names.tell("because: {line}", line=findings.because(reason.origin, names.language)), further)
    for finding in blame.findings:
        if finding.severity is not Severity.UNCHECKED:
            yield FindingBlock(finding, names.language, names.document, indent=further)
    unchecked = ", ".join(str(one.arguments["rule"]) for one in blame.findings if one.severity is Severity.UNCHECKED)
    if unchecked:
        yield TextLine(names.tell("not checked without a valid account: {rules}", rules=unchecked), further)
    for missed in blame.missed:
        yield from (replace(line, indent=line.indent + 2 * level) for line in map(indented, _missed(missed, names)))


def in_one_line(session: Session, obstacles: Obstacles, names: PackNames, told: Callable[[Reason], str]) -> str:
    """All obstacles in one line; `told` is what is told of a reason, after its sentence."""
    joined = _joined(session, obstacles, names, told)
    return names.tell("either {parts}", parts=joined) if obstacles.either and obstacles.named is None else joined


def _joined(session: Session, obstacles: Obstacles, names: PackNames, told: Callable[[Reason], str]) -> str:
    parts = []
    for part in obstacles.parts:
        if isinstance(part, Reason):
            parts.append(sentence(session, part, names) + told(part))
        elif part.named is not None:
            parts.append(_joined(session, part, names, told))
        else:
            parts.append(f"({in_one_line(session, part, names, told)})")
    inside = names.tell(", or " if obstacles.either else "; ").join(parts)
    if obstacles.named is None:
        return inside
    inside = names.tell("either {parts}", parts=inside) if obstacles.either else inside
    return f"{sentence(session, obstacles.named, names)} ({inside})"


def sentence(session: Session, reason: Reason, names: PackNames) -> str:
    """One reason of a refusal in one line."""
    if reason.atom is None and reason.kind == "state":
        states = ", ".join(map(names.state, reason.states))
        return names.tell(
            "the state is {state}; it is possible in {states}", state=names.state(reason.name), states=states
        )
    if reason.kind == "outcome":
        return names.tell("the outcome {name} is possible", name=reason.name)
    if reason.atom is None:
        return names.tell("nothing satisfies the guard here")
    if reason.holds is None:
        return names.tell("not decided: {line}", line=names.atom(reason.atom, holds=True))
    asked = names.atom(reason.atom, holds=not reason.holds)
    if reason.kind == "variable":
        value = names.value(reason.name, dict(session.variables)[reason.name])
        return names.tell(
            "{name} is {value}; the guard asks: {asked}", name=names.variable(reason.name), value=value, asked=asked
        )
    if reason.kind in ("state", "variant", "final"):
        here = reason.name if reason.kind == "variant" else names.state(reason.name)
        return names.tell(f"the {reason.kind} is {{value}}; the guard asks: {{asked}}", value=here, asked=asked)
    return names.tell("the guard asks: {asked}", asked=asked)


def _missed(missed: FailedAccountRule, names: PackNames) -> list[str]:
    """The condition of a rule that reads the account, and the values of the document that it compares."""
    rule = missed.rule
    lines = ["    " + names.tell("{rule} looks for: {condition}", rule=rule.name, condition=names.condition(rule.then))]
    return lines + [
        "      " + names.tell("and the document says {path}: {value}", path=path, value=json_of(value))
        for path, value in missed.read
    ]


def _never(answer: Answer, names: PackNames) -> str:
    name, variant = answer.trigger.name, answer.session.variant.name
    if answer.decided:
        template = (
            "{name} is never possible for {variant}: in none of its {count} configurations, "
            "whatever the document and the account"
        )
    else:
        template = "Whether {name} is ever possible is not decided: only {count} configurations were explored"
    return names.tell(template, name=name, variant=variant, count=answer.configurations)


def _line(names: PackNames, template: str, line: str) -> str:
    return "  " + names.tell(template, line=line)


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
