"""Findings and outcomes as JSON; `schemas/report-1.json` says what it looks like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from covage_model import version
from covage_model.api.orders import JudgedDocument
from covage_model.api.packs import Loaded
from covage_model.api.scenarios import Played
from covage_model.behaviour.run.step import Step, StepOutcome
from covage_model.behaviour.run.trace import Trace
from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.space import StateSpace
from covage_model.documents.judge.verdict import Judge
from covage_model.ground import codes
from covage_model.ground.diagnostics import Diagnostic, Location, Origin
from covage_model.pack.model.text import say

FORMAT = 1


def judged(all_judged: Sequence[JudgedDocument], judge: Judge, language: str) -> dict[str, Any]:
    """What `validate` found, one entry per document or unreadable file."""
    schemas: dict[Any, Any] = {}  # a document of many findings, or many alike, are printed one schema
    return {
        **head("validate"),
        "documents": [
            {
                "file": one.file,
                "line": one.document.first_line if one.document is not None else None,
                "order": one.verdict.variant if one.verdict is not None else None,
                "role": one.verdict.role.value if one.verdict is not None else None,
                "status": one.verdict.status if one.verdict is not None else None,
                "findings": [finding(f, language, _schema_place(f, one, judge, schemas)) for f in one.findings],
            }
            for one in all_judged
        ],
    }


def _schema_place(found: Diagnostic, one: JudgedDocument, judge: Judge, schemas: dict[Any, Any]) -> str | None:
    """The pointer, in the generated schema, of what the document broke there; rules over accounts are in none."""
    from covage_model.documents.schema import flat

    verdict = one.verdict
    if verdict is None or verdict.variant is None or found.because is None:
        return None
    sheet = judge.sheet(verdict.variant)
    asked = (verdict.variant, verdict.status, verdict.role)
    if asked not in schemas:
        schemas[asked] = flat.print_schema(
            sheet, pack=judge.prepared.name, status=verdict.status, role=verdict.role.value, language="en"
        )
    return flat.schema_pointer(schemas[asked], sheet, found.location.pointer, found.because)


def checked(loaded: Loaded, language: str) -> dict[str, Any]:
    """What `check` found, and the size of each state space."""
    return {
        **head("check"),
        "pack": loaded.pack.name if loaded.pack is not None else None,
        "findings": [finding(one, language) for one in loaded.findings],
        "state_spaces": {name: size(space) for name, space in loaded.spaces.items()},
    }


def generated(
    findings: Iterable[Diagnostic], language: str, orders: Sequence[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """What `generate` could not make; `orders` are invalid ones, with what must be found in each."""
    said = {} if orders is None else {"orders": list(orders)}
    return {**head("generate"), **said, "findings": [finding(one, language) for one in findings]}


def size(space: StateSpace) -> dict[str, Any]:
    """How large a state space is."""
    return {"configurations": len(space), "moves": space.count_moves, "complete": space.complete}


def played(all_played: Sequence[Played], language: str) -> dict[str, Any]:
    """What `run` played."""
    return {
        **head("run"),
        "scenarios": [
            {
                "file": one.file,
                "title": say(one.outcome.scenario.title, language) if one.outcome is not None else None,
                "order": one.outcome.variant if one.outcome is not None else None,
                "passed": one.outcome is not None and not one.findings,
                "trace": trace(one.outcome.trace) if one.outcome is not None else [],
                "findings": [finding(found, language) for found in one.findings],
            }
            for one in all_played
        ],
    }


def trace(life: Trace | None) -> list[dict[str, Any]]:
    """The start and each step of a life; steps that nobody could decide are told by a finding."""
    if life is None:
        return []
    decided = [step for step in life.steps if step.outcome is not StepOutcome.UNDECIDED]
    return [_moment("start", "", None, life.start), *map(_step, decided)]


def _step(step: Step) -> dict[str, Any]:
    kind = "refused" if not step.moved else "filled" if step.is_edit else "fired"
    return _moment(kind, "fill" if step.is_edit else step.trigger, step.actor, step.after) | {
        "emitted": list(step.emitted),
        "reasons": list(step.blockers),
    }


def _moment(kind: str, what: str, actor: str | None, here: Configuration) -> dict[str, Any]:
    return {
        "kind": kind,
        "what": what,
        "actor": actor,
        "state": here.state,
        "variables": dict(here.variables),
        "emitted": [],
        "reasons": [],
    }


def head(command: str) -> dict[str, Any]:
    """What every report begins with."""
    return {"format": FORMAT, "tool": {"name": "covage-model", "version": version.VERSION}, "command": command}


def finding(found: Diagnostic, language: str, schema: str | None = None) -> dict[str, Any]:
    """One finding; `message` is the sentence, `arguments` what it is made of."""
    return {
        "code": found.code,
        "form": found.form,
        "severity": found.severity.value,
        "message": codes.message(found),
        "arguments": _plain(found.arguments),
        "location": _location(found.location),
        "hint": found.hint,
        "notes": [say(text, language) for text in found.messages],
        "because": origin(found.because) if found.because is not None else None,
        "schema": schema,
    }


def origin(said: Origin) -> dict[str, Any]:
    """A spec line with its sources and standing."""
    return {**_location(said.location), "source": list(said.source), "standing": said.standing.value}


def _location(at: Location) -> dict[str, Any]:
    return {"file": at.file, "line": at.line, "column": at.column, "pointer": at.pointer}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value
