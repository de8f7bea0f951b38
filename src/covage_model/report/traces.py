"""The trace of an order as data: its start, then each step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from covage_model.behaviour.run.step import Step, StepOutcome
from covage_model.behaviour.run.trace import Trace
from covage_model.behaviour.space.configuration import Configuration


def trace_data(trace: Trace | None) -> list[dict[str, Any]]:
    """The start and each step, without undecided steps: a finding reports these."""
    if trace is None:
        return []
    decided = [step for step in trace.steps if step.outcome is not StepOutcome.UNDECIDED]
    return [_moment("start", "", (), trace.start), *map(_step, decided)]


def _step(step: Step) -> dict[str, Any]:
    kind = "refused" if not step.moved else "filled" if step.is_edit else "fired"
    return _moment(kind, "fill" if step.is_edit else step.trigger, step.actors, step.after) | {
        "emitted": list(step.emitted),
        "reasons": list(step.blockers),
    }


def _moment(kind: str, what: str, actors: tuple[str, ...], here: Configuration) -> dict[str, Any]:
    return {
        "kind": kind,
        "what": what,
        "actor": acting(actors),
        "state": here.state,
        "variables": dict(here.variables),
        "emitted": [],
        "reasons": [],
    }


def acting(actors: Sequence[str]) -> str | list[str] | None:
    """Who acts: a name, the names of those of whom any may, or None for nobody."""
    return list(actors) if len(actors) > 1 else next(iter(actors), None)
