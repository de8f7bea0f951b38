"""What was decided of properties, as JSON; `schemas/report-1.json` says what it looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from covage_model.behaviour.space import atoms
from covage_model.behaviour.verify.evidence import Evidence
from covage_model.behaviour.verify.verify import Decision, Examined, Verified
from covage_model.ground import json_value
from covage_model.pack.model.text import say
from covage_model.report import data


def verified(found: Verified, pack: str, language: str, written: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Each property with what was decided for each order and variant, and the findings."""
    return {
        **data.head("verify"),
        "pack": pack,
        "findings": [data.finding(one, language) for one in found.findings],
        "properties": [_examined(one, language, written) for one in found.examined],
        "state_spaces": {name: data.size(space) for name, space in found.spaces.items() if name in found.variants},
    }


def _examined(one: Examined, language: str, written: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    shown = one.counterexample
    return {
        "lifecycle": one.lifecycle.name,
        "property": one.prop.name,
        "kind": one.prop.kind,
        "title": say(one.prop.title, language) if one.prop.title is not None else None,
        "outcome": one.outcome.value,
        "because": data.origin(one.prop.origin),
        "decisions": [_decision(decision) for decision in one.decisions],
        "counterexample": _evidence(shown) if shown is not None else None,
        "files": list(written.get(f"{one.lifecycle.name}.{one.prop.name}", ())),
    }


def _decision(one: Decision) -> dict[str, Any]:
    return {
        "order": one.variant,
        "outcome": one.outcome.value,
        "why": one.why or None,
        "trace": [step.trigger for step in one.evidence.trace.moves] if one.evidence is not None else None,
    }


def _evidence(shown: Evidence) -> dict[str, Any]:
    """A life: the documents are that of the start, and one more for each time it was changed."""
    return {
        "order": shown.trace.variant,
        "trace": data.trace(shown.trace),
        "asked": [[atoms.told(atom, holds=holds) for atom, holds in valuation] for valuation in shown.wanted],
        "documents": list(shown.documents),
        "account": None if shown.account is json_value.ABSENT else shown.account,
    }
