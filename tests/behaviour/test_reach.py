"""Walks over the explored table of a small lifecycle of rooms. `agreements/` tests them on random lifecycles."""

from __future__ import annotations

from test_space import All, DocumentReady, case, lifecycle, of_order, on, state, variant

from covage_model.behaviour.space import reach
from covage_model.behaviour.space.explore import Move, StateSpace, explore
from covage_model.pack.model.conditions import Literal

HALL = lifecycle(
    (state("hall", initial=True), state("left"), state("right"), state("cellar"), state("garden", final="out")),
    (
        on("turn-left", case("hall", "left")),
        on("turn-right", case("hall", "right")),
        on("go-down", case("left", "cellar")),
        on("go-out", case("left right", "garden")),
        on("go-back", case("left right", "hall")),
    ),
)
SPACE = explore(HALL, variant())


def at(*states: str) -> bytearray:
    """The mask of the configurations in these states."""
    return bytearray(SPACE.state(number) in states for number in range(len(SPACE)))


def names(mask: reach.Mask) -> list[str]:
    """The states of a mask."""
    return [SPACE.state(number) for number in reach.numbers(mask)]


def triggers(moves: tuple[Move, ...] | None) -> list[str] | None:
    """The triggers of a path."""
    return None if moves is None else [move.trigger for move in moves]


def test_backward_is_all_that_leads_to_a_goal() -> None:
    assert names(reach.backward(SPACE, at("garden"))) == ["hall", "left", "right", "garden"]
    assert names(reach.backward(SPACE, at("cellar"))) == ["hall", "left", "right", "cellar"]
    assert names(reach.backward(SPACE, at())) == []


def test_forward_goes_round_what_is_avoided_and_does_not_start_there() -> None:
    assert all(reach.forward(SPACE, SPACE.initial))
    assert names(reach.forward(SPACE, SPACE.initial, avoiding=at("left"))) == ["hall", "right", "garden"]
    assert names(reach.forward(SPACE, SPACE.initial, avoiding=at("hall"))) == []
    assert names(reach.forward(SPACE, reach.numbers(at("cellar")))) == ["cellar"]


def test_the_shortest_way_is_the_first_in_spec_order() -> None:
    assert triggers(reach.shortest(SPACE, SPACE.initial, at("garden"))) == ["turn-left", "go-out"]
    way = reach.shortest(SPACE, SPACE.initial, at("garden"), avoiding=at("left"))
    assert triggers(way) == ["turn-right", "go-out"]
    assert way is not None
    assert [(SPACE.state(move.source), SPACE.state(move.target)) for move in way] == [
        ("hall", "right"),
        ("right", "garden"),
    ]


def test_no_way_is_none_and_a_start_that_is_a_goal_needs_none() -> None:
    assert reach.shortest(SPACE, SPACE.initial, at("hall", "left")) == ()
    assert reach.shortest(SPACE, SPACE.initial, at("garden"), avoiding=at("left", "right")) is None
    assert reach.shortest(SPACE, SPACE.initial, at("hall"), avoiding=at("hall")) is None
    assert reach.shortest(SPACE, (), at("hall")) is None
    assert reach.shortest(SPACE, reach.numbers(at("cellar")), at("garden")) is None


def drafts(atoms: int) -> StateSpace:
    """A lifecycle with an editable draft: `send` needs all of the given number of independent atoms."""
    asked = tuple(of_order(f"f{number}", Literal("x")) for number in range(atoms))
    return explore(
        lifecycle(
            (state("draft", initial=True, editable="someone"), state("sent")),
            (on("send", case("draft", "sent", All((*asked, DocumentReady("sent"))))),),
        ),
        variant(),
    )


def test_an_edit_is_one_step_and_is_written_as_one() -> None:
    space = drafts(1)
    sent = reach.mask(space, [len(space) - 1])
    assert all(reach.backward(space, sent))
    assert all(reach.forward(space, [0]))
    assert triggers(reach.shortest(space, [0], sent)) == ["edit", "send"]
    full = bytes(number == 3 for number in range(len(space)))
    assert triggers(reach.shortest(space, [0], sent, avoiding=full)) is None


def test_peers_are_looked_at_once_for_all_of_them() -> None:
    space = drafts(13)  # 16,384 drafts: 268 million edits, were they told apart
    sent = reach.mask(space, [len(space) - 1])
    assert all(reach.backward(space, sent))
    assert triggers(reach.shortest(space, [0], sent)) == ["edit", "send"]
