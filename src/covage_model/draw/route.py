"""A trace painted on its lifecycle's picture: the states passed, and the moves taken, numbered in their order."""

from __future__ import annotations

from covage_model.draw.paint import Level, Mark, MoveKey, Paint, key_of
from covage_model.draw.texts import text
from covage_model.model.lifecycle import Lifecycle
from covage_model.traces.trace import Trace

_PASSED, _ELSEWHERE = Mark(Level.STRONG), Mark(Level.FADED)


def route(lifecycle: Lifecycle, trace: Trace, language: str, *, title: str = "") -> Paint:
    """What is on the way stands out, steps are numbered from 1, and all else is pale."""
    steps: dict[MoveKey, tuple[int, ...]] = {}
    for number, (taken, before) in enumerate(zip(trace.moves, trace.configurations, strict=False), 1):
        key = key_of(lifecycle, before.state, taken.trigger, taken.case)
        steps[key] = (*steps.get(key, ()), number)
    return Paint(
        title or text("route", language),
        {here.state: _PASSED for here in trace.configurations},
        {key: Mark(Level.STRONG, steps=numbers) for key, numbers in steps.items()},
        rest=_ELSEWHERE,
        legend=(
            (Mark(Level.STRONG, steps=(1,)), text("step", language)),
            (_PASSED, text("passed", language)),
            (_ELSEWHERE, text("untaken", language)),
        ),
    )
