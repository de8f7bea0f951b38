"""Paths to a configuration in which a trigger is enabled, as text and as JSON."""

from __future__ import annotations

import json
from typing import Any

from covage_model.behaviour.run import session as sessions
from covage_model.behaviour.run.step import AtomTruths, DocumentEdit, Step
from covage_model.behaviour.why.answer import Answer, Way
from covage_model.ground import json_value
from covage_model.pack.conditions import words
from covage_model.pack.model.conditions import Scalar
from covage_model.report.blocks import TextLine
from covage_model.report.names import PackNames
from covage_model.report.traces import acting

_HEADS = {
    "onward": "The nearest way from here:",
    "turn": "No way leads there from here. The nearest after another turn:",
    "restart": "The shortest from the start:",
    "account": "No way leads there with this account. With another, the shortest from the start:",
}


def indented(line: str) -> TextLine:
    """A line whose leading blanks are its indent."""
    text = line.lstrip(" ")
    return TextLine(text, len(line) - len(text))


def way_lines(answer: Answer, way: Way, names: PackNames) -> list[str]:
    """A path, step by step."""
    own = way.steps[way.kept :]
    if not own:
        lines = [_at_once(answer, way, names)]
    else:
        as_before = names.tell(" (as before up to {name})", name=way.steps[way.kept - 1].trigger) if way.kept else ""
        lines = [names.tell(_HEADS[way.kind]) + as_before]
        before = way.steps[way.kept - 1].after.variables if way.kept else _variables_at_start(answer, way)
        for number, step in enumerate(own, way.kept + 1):
            lines += _way_step(answer, number, step, before, names)
            before = step.after.variables
        lines.append("  " + names.tell("then {name} is possible", name=answer.trigger.name))
    return [
        *lines,
        *(["  " + names.tell("provided that: {line}", line=names.atoms(way.assumed))] if way.assumed else []),
    ]


def _at_once(answer: Answer, way: Way, names: PackNames) -> str:
    """The sentence that the trigger is possible without a further step."""
    name, before = answer.trigger.name, way.steps[-1].trigger if way.steps else ""
    if way.kind == "onward":
        return names.tell("Here {name} is possible at once", name=name)
    if way.kind == "account":
        return names.tell("With another account, at the start, {name} is possible at once", name=name)
    if not before:
        return names.tell("At the start, before anything else, {name} is possible at once", name=name)
    return names.tell("After {before}, before the rest, {name} is possible at once", before=before, name=name)


def _variables_at_start(answer: Answer, way: Way) -> tuple[tuple[str, Scalar], ...]:
    if way.kind == "onward":
        return answer.session.variables
    return sessions.first_values(answer.session.lifecycle)


def _way_step(
    answer: Answer, number: int, step: Step, before: tuple[tuple[str, Scalar], ...], names: PackNames
) -> list[str]:
    """A step, its target state, and the variables that it changes."""
    if step.edit is not None:
        return _edit(answer, number, step, step.edit, names)
    after = step.after
    changed = tuple(
        one for one, old in zip(after.variables, before, strict=True) if not json_value.equal(one[1], old[1])
    )
    leads = names.where(after.state, changed) + names.emitted(step)
    return [f"  {number}. {step.trigger}{names.by(step.actors)} -> {leads}"]


def _edit(answer: Answer, number: int, step: Step, edit: DocumentEdit, names: PackNames) -> list[str]:
    what = (
        names.tell("edit the document{by} in {state}", by=names.by(step.actors), state=names.state(step.after.state))
        if step.actors
        else names.tell("begin with another document")
    )
    wanted = names.tell(", so that: {line}", line=names.atoms(edit.wanted)) if edit.wanted else ""
    lines = [f"  {number}. {what}{wanted}"]
    if edit.patch is not json_value.ABSENT:
        lines.append(f"     merge patch: {json_of(edit.patch)}")
    elif answer.session.document is not json_value.ABSENT:
        lines.append("     " + names.tell("no such change was found: not decided"))
    return lines


def json_of(value: Any) -> str:
    """A value of a document as JSON in a sentence."""
    return json.dumps(value, ensure_ascii=False)


def step_data(step: Step, trigger: str) -> dict[str, Any]:
    """A step that moved, as JSON."""
    return {
        "trigger": trigger,
        "actor": acting(step.actors),
        "state": step.after.state,
        "variables": dict(step.after.variables),
        "emitted": list(step.emitted),
    }


def way_data(way: Way, language: str) -> dict[str, Any]:
    """A path as JSON."""
    return {
        "kind": way.kind,
        "kept": way.kept,
        "moves": [_way_step_data(step, language) for step in way.steps],
        "granted": atoms_data(way.assumed, language),
        "played": way.played,
    }


def _way_step_data(step: Step, language: str) -> dict[str, Any]:
    edit = step.edit
    found = edit is not None and edit.patch is not json_value.ABSENT
    return step_data(step, step.trigger) | {
        "edit": None
        if edit is None
        else {"wanted": atoms_data(edit.wanted, language), "found": found, "patch": edit.patch if found else None},
    }


def atoms_data(atoms: AtomTruths, language: str) -> list[dict[str, Any]]:
    """Atoms with their truths."""
    return [{"condition": words.describe(variant, language), "holds": holds} for variant, holds in atoms]
