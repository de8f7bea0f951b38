"""Which values of variables the records of a status may show: those of a configuration that an order reaches."""

from __future__ import annotations

from covage_model.behaviour.space.space import StateSpace
from covage_model.pack.conditions.tree import identity

Showing = tuple[bool, ...]  # for each entry of `Lifecycle.shown`, whether the variable has the value


def reached(space: StateSpace) -> dict[str, tuple[Showing, ...]]:
    """
    By status that an order reaches, each combination of shown values in which one does, in the order of states.

    Statuses that no order of the variant reaches are not in it. Of an incomplete table only what is known is said.
    """
    layout, shown = space.layout, space.lifecycle.shown
    mask = layout.state_mask
    for variable, _ in shown:
        mask |= layout.digits[variable.name].mask
    found: dict[str, dict[Showing, None]] = {}
    for code in sorted({code & mask for code in space.codes}):
        status = layout.state(code).status
        if status is not None:
            values = {variable.name: layout.digits[variable.name].value(code) for variable, _ in shown}
            showing = tuple(identity(values[variable.name]) == identity(one.value) for variable, one in shown)
            found.setdefault(status, {})[showing] = None
    return {status: tuple(each) for status, each in found.items()}
