"""CM325: a deadline that never decides, because a shorter one is always first."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.pack.definitions import texts
from covage_model.pack.model.conditions import TRUE, Condition
from covage_model.pack.model.lifecycle import Case, Deadline, Lifecycle, Transition
from covage_model.quality.checks.ground import Ground


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """
    Deadlines before which another, shorter one always ends the wait, whatever the document.

    The explored table ignores time, so this is read from what is written: the shorter one runs from a state that
    is entered no later, asks for nothing more, and leaves the state from which the longer one runs.
    """
    for lifecycle in ground.lifecycles:
        timed = [(each, each.deadline) for each in lifecycle.transitions if each.deadline is not None]
        for late, longer in timed:
            for early, shorter in timed:
                if shorter.seconds < longer.seconds and _is_first(lifecycle, (early, shorter), (late, longer)):
                    yield _finding(late, longer, early, shorter)
                    break


_Timed = tuple[Transition, Deadline]


def _is_first(lifecycle: Lifecycle, early: _Timed, late: _Timed) -> bool:
    """Whether `early` ends the wait for `late` wherever that could happen."""
    return all(
        any(
            _runs_no_later(source, early[1], late[1]) and _ends(lifecycle, case, source, late[1], other.guard)
            for case in early[0].cases
            if source in case.source
        )
        for other in late[0].cases
        for source in other.source
    )


def _runs_no_later(source: str, early: Deadline, late: Deadline) -> bool:
    """Whether the time of `early` runs at least as long as that of `late` when an order rests in `source`."""
    starts = [state for state in early.states if _is_in(source, state)]
    others = [state for state in late.states if _is_in(source, state)]
    return any(_is_in(other, start) for start in starts for other in others)


def _ends(lifecycle: Lifecycle, case: Case, source: str, late: Deadline, guard: Condition) -> bool:
    """Whether the case is possible there whenever `guard` holds, and leads out of the state whose time it ends."""
    if texts.condition(case.guard) not in (texts.condition(TRUE), texts.condition(guard)) or case.target is None:
        return False
    waited = [state for state in late.states if _is_in(source, state)]
    leaves = not any(_is_in(case.target, state) for state in waited)
    return leaves or lifecycle.state(case.target).final is not None


def _is_in(state: str, outer: str) -> bool:
    return f"{state}.".startswith(f"{outer}.")


def _finding(late: Transition, longer: Deadline, early: Transition, shorter: Deadline) -> Diagnostic:
    arguments = {"name": late.name, "after": longer.words, "early": early.name, "first": shorter.words}
    return Diagnostic("CM325", "later", arguments, late.origin.location, severity=Severity.WARNING)
