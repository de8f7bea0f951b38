"""Statuses: what "from X on" and "before X" mean."""

from __future__ import annotations

from covage_model.documents.presence.state_graph import closure, edges
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.values import Span

UNSHOWN = ""  # the status of a state without status, and of an account


def from_status(lifecycle: Lifecycle, status: str) -> frozenset[str]:
    """`status`, and every status that is reached only through it in the state graph (guards ignored)."""
    reached = _reached(lifecycle, without=None)
    around = _reached(lifecycle, without=status)
    later = {shown for shown in lifecycle.statuses if shown in reached and shown not in around}
    return frozenset({status, *later})


def request_status(lifecycle: Lifecycle) -> str:
    """The status that requests are judged for: the one that the lifecycle names, else the initial one."""
    return lifecycle.requests or lifecycle.initial.status or UNSHOWN


def request_statuses(lifecycle: Lifecycle) -> tuple[str, ...]:
    """The statuses for which a request can be judged: the editable ones and `request_status`."""
    editable = [state.status for state in lifecycle.resting if state.editable is not None]
    statuses = dict.fromkeys([*editable, request_status(lifecycle)])
    return tuple(status for status in statuses if status is not None)


def statuses_of(span: Span, lifecycle: Lifecycle) -> frozenset[str]:
    """The statuses in which a span applies; none for an unknown status."""
    every = frozenset((*lifecycle.statuses, UNSHOWN))
    found = every
    if span.start is not None:
        found = found & from_status(lifecycle, span.start) if span.start in every else frozenset()
    if span.before is not None:
        found = found - from_status(lifecycle, span.before) if span.before in every else frozenset()
    return found


def _reached(lifecycle: Lifecycle, *, without: str | None) -> set[str | None]:
    """The statuses of the states that the graph reaches without entering one shown as `without`."""
    shown = {state.name: state.status for state in lifecycle.resting}
    closed = {name for name, status in shown.items() if without is not None and status == without}
    nexts = {source: targets - closed for source, targets in edges(lifecycle).items()}
    return {shown[name] for name in closure({lifecycle.initial.name} - closed, nexts)}
