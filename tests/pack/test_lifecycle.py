"""The statechart: its states by name, and its initial state."""

from __future__ import annotations

import pytest

from covage_model.ground.diagnostics import Location, Origin
from covage_model.pack.model.lifecycle import Lifecycle, State

HERE = Origin(Location("life.yaml", 1, 1))


class Counted(str):
    """A name that counts how often it is compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return str(self) == str(other)

    def __hash__(self) -> int:
        return str.__hash__(self)


def nested(depth: int) -> Lifecycle:
    """States nested that deep."""
    names = [Counted(".".join(["s"] * (level + 1))) for level in range(depth)]
    states = [
        State(
            name=name,
            parent=Counted(names[level - 1]) if level else None,
            steps=(Counted(names[level + 1]),) if level + 1 < depth else (),
            initial=True,
            final=None,
            editable=None,
            status="s",
            title=None,
            origin=HERE,
        )
        for level, name in enumerate(names)
    ]
    return Lifecycle("life", None, None, tuple(states), (), (), (), (), None, HERE)


def test_a_state_is_found_by_its_full_name() -> None:
    life = nested(3)
    assert life.state("s.s").parent == "s"
    assert life.initial.name == "s.s.s"
    with pytest.raises(KeyError):
        life.state("x")


def test_the_start_is_found_in_time_linear_in_nested_states() -> None:
    compared = []
    for depth in (40, 80):
        life = nested(depth)
        Counted.compared = 0
        assert life.initial is life.states[-1]
        compared.append(Counted.compared)
    assert compared[1] <= 2.5 * compared[0]
