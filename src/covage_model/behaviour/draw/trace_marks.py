"""A trace painted on its lifecycle's picture: the states passed, and the moves taken, numbered in their order."""

from __future__ import annotations

from covage_model.behaviour.draw.marks import Level, MoveKey, Paint, PaintMark, key_of
from covage_model.behaviour.draw.texts import text
from covage_model.behaviour.run.trace import Trace
from covage_model.pack.model.lifecycle import Lifecycle

_PASSED, _ELSEWHERE = PaintMark(Level.STRONG), PaintMark(Level.FADED)


def trace_marks(lifecycle: Lifecycle, trace: Trace, language: str, *, title: str = "") -> Paint:
    """What is on the way stands out, steps are numbered from 1, and all else is pale."""
    steps: dict[MoveKey, tuple[int, ...]] = {}
    for number, step in enumerate(trace.moves, 1):
        key = key_of(lifecycle, step.before.state, step.trigger, step.case)
        steps[key] = (*steps.get(key, ()), number)
    return Paint(
        title or text("route", language),
        {here.state: _PASSED for here in trace.configurations},
        {key: PaintMark(Level.STRONG, steps=numbers) for key, numbers in steps.items()},
        rest=_ELSEWHERE,
        legend=(
            (PaintMark(Level.STRONG, steps=(1,)), text("step", language)),
            (_PASSED, text("passed", language)),
            (_ELSEWHERE, text("untaken", language)),
        ),
    )
