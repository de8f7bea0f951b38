"""Why a trigger does what it does, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from covage_model.behaviour.run.step import AtomTruths, Step
from covage_model.behaviour.why.answer import Answer, Blame, Way
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.conditions import words
from covage_model.pack.model.text import say
from covage_model.report import data


def answered(answer: Answer | None, findings: Sequence[Diagnostic], language: str) -> dict[str, Any]:
    """The answer, null where what the question gives cannot be used, and the findings about that."""
    return {
        **data.head("why"),
        "findings": [data.finding(one, language) for one in findings],
        "answer": None if answer is None else _answer(answer, language),
    }


def _answer(answer: Answer, language: str) -> dict[str, Any]:
    session, step = answer.session, answer.step
    return {
        "order": session.variant.name,
        "trigger": answer.trigger.name,
        "actor": session.actor(answer.trigger),
        "verdict": "possible" if step.moved else step.outcome.value,
        "stopped": answer.stopped,
        "state": session.state,
        "variables": dict(session.variables),
        "trace": [_done(done, language) for done in session.steps],
        "leads_to": None
        if not step.moved
        else {"state": step.after.state, "variables": dict(step.after.variables), "emitted": list(step.emitted)},
        "reasons": [_blame(blame, language) for blame in answer.blames],
        "notes": [say(one, language) for one in answer.messages],
        "ways": [_way(way, language) for way in answer.ways],
        "configurations": answer.configurations,
        "decided": answer.decided,
    }


def _done(step: Step, language: str) -> dict[str, Any]:
    return _moved(step, "fill" if step.is_edit else step.trigger) | {"granted": _atoms(step.assumed, language)}


def _moved(step: Step, trigger: str) -> dict[str, Any]:
    return {
        "trigger": trigger,
        "actor": step.actor,
        "state": step.after.state,
        "variables": dict(step.after.variables),
        "emitted": list(step.emitted),
    }


def _blame(blame: Blame, language: str) -> dict[str, Any]:
    reason = blame.reason
    return {
        "kind": reason.kind,
        "name": reason.name,
        "condition": words.describe(reason.variant, language) if reason.variant is not None else None,
        "holds": reason.holds,
        "because": data.origin(reason.origin) if reason.origin is not None else None,
        "findings": [data.finding(one, language) for one in blame.findings],
        "account": [
            {
                "rule": missed.rule.name,
                "condition": words.describe(missed.rule.then, language),
                "document": dict(missed.read),
            }
            for missed in blame.missed
        ],
    }


def _way(way: Way, language: str) -> dict[str, Any]:
    return {
        "kind": way.kind,
        "kept": way.kept,
        "moves": [_way_step(step, language) for step in way.steps],
        "granted": _atoms(way.assumed, language),
        "played": way.played,
    }


def _way_step(step: Step, language: str) -> dict[str, Any]:
    edit = step.edit
    found = edit is not None and edit.patch is not json_value.ABSENT
    return _moved(step, step.trigger) | {
        "edit": None
        if edit is None
        else {"wanted": _atoms(edit.wanted, language), "found": found, "patch": edit.patch if found else None},
    }


def _atoms(atoms: AtomTruths, language: str) -> list[dict[str, Any]]:
    return [{"condition": words.describe(variant, language), "holds": holds} for variant, holds in atoms]
