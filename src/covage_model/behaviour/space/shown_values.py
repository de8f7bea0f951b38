"""Which values of variables the records of a status may show: those of a configuration that an order reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from covage_model.behaviour.space.space import StateSpace
from covage_model.pack.conditions import truth
from covage_model.pack.conditions.tree import identity
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.pack import VariantHistories

Showing = tuple[bool, ...]  # for each entry of `Lifecycle.shown`, whether the variable has the value


def shown_in(lifecycle: Lifecycle, record: Any) -> Showing:
    """What a record shows."""
    return tuple(
        bool(truth.evaluate(shown.when, lambda atom: truth.holds(atom, (record,)))) for _, shown in lifecycle.shown
    )


def reached(space: StateSpace) -> dict[str, tuple[Showing, ...]]:
    """
    By status that an order reaches, each combination of shown values in which one does, in the order of states.

    Statuses that no order of the variant reaches are not in it. Of an incomplete table only what is known is said.
    """
    layout, shows, mask = space.layout, showing_bits(space), _mask(space)
    found: dict[str, dict[Showing, None]] = {}
    for code in sorted({code & mask for code in space.codes}):
        status = layout.state(code).status
        if status is not None:
            found.setdefault(status, {})[shows(code)] = None
    return {status: tuple(each) for status, each in found.items()}


def histories_of(spaces: Iterable[StateSpace]) -> tuple[VariantHistories, ...]:
    """What is known of the records of each variant; nothing of those without a status, or with an incomplete table."""
    return tuple(
        VariantHistories(space.variant.name, reached(space))
        for space in spaces
        if space.complete and space.lifecycle.status is not None and not space.variant.stand_in
    )


def showing_bits(space: StateSpace) -> Callable[[int], Showing]:
    """What the records of a configuration show, by its code; computed once for each combination of values."""
    layout, shown, mask = space.layout, space.lifecycle.shown, _mask(space) & ~space.layout.state_mask
    known: dict[int, Showing] = {}

    def showing(code: int) -> Showing:
        key = code & mask
        if key not in known:
            values = {variable.name: layout.digits[variable.name].value(code) for variable, _ in shown}
            known[key] = tuple(identity(values[variable.name]) == identity(one.value) for variable, one in shown)
        return known[key]

    return showing


def _mask(space: StateSpace) -> int:
    """The bits of the state and of the variables that records show."""
    mask = space.layout.state_mask
    for variable, _ in space.lifecycle.shown:
        mask |= space.layout.digits[variable.name].mask
    return mask
