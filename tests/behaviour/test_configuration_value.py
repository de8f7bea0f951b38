"""Going on from where an order is: the configuration of a machine as a value, and a machine made from one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from covage_model import WrongConfiguration, build_machine, load_pack
from covage_model.api.workspace import Pack
from covage_model.behaviour.run import configuration_value, machine
from covage_model.behaviour.space import interpreter
from covage_model.ground.diagnostics import Location, Origin
from covage_model.pack.model.conditions import Holds, Literal, Ref
from covage_model.pack.model.lifecycle import Action, Deadline, Lifecycle

PACK = load_pack()
VARIANT = "activate-copper/activate"
LIFE = PACK.spec.lifecycle("activate")


def stored(value: Any) -> Any:
    """The value, written to a file and read again."""
    return json.loads(json.dumps(value))


def on_the_way(pack: Pack = PACK, name: str = VARIANT) -> machine.LiveMachine:
    """An order on its way, whose guards all hold."""
    made = machine.build_machine(pack.spec.lifecycle("activate"), pack.spec.variant(name), lambda _: True)
    for trigger in ("submit", "acknowledge", "send"):
        assert isinstance(made.fire(trigger), interpreter.Accepted)
    return made


def test_a_machine_goes_on_from_a_stored_configuration() -> None:
    first = on_the_way()
    second = build_machine(PACK, VARIANT, at=stored(first.configuration))
    assert (second.state, dict(second.variables), second.emitted) == ("running.sent", dict(first.variables), ())
    assert second.configuration == first.configuration
    for trigger in ("start_work", "finalise", "create_service"):
        assert type(first.fire(trigger)) is type(second.fire(trigger)) is interpreter.Accepted
    assert second.configuration == first.configuration
    assert second.variables["service"] == "created"


def test_the_value_says_where_the_order_is() -> None:
    value = on_the_way().configuration
    assert (value["order"], value["state"], value["variables"]["service"]) == (VARIANT, "running.sent", "none")
    assert "transition submit" in value["parts"]


def test_what_is_remembered_of_a_state_goes_with_it() -> None:
    pack = load_pack("tests/packs/task")
    (name,) = (each.name for each in pack.spec.explorable)
    made = build_machine(pack, name)
    for trigger in ("request", "accept", "prepare", "start", "hold"):
        made.fire(trigger)
    again = build_machine(pack, name, at=stored(made.configuration))
    again.fire("resume")
    assert again.state == "active.in-progress"


def changed_life(**parts: Any) -> Lifecycle:
    """The lifecycle with other parts."""
    return replace(LIFE, **parts)


def with_submit(**more: Any) -> Lifecycle:
    """The lifecycle with another `submit`."""
    return changed_life(
        transitions=tuple(replace(each, **more) if each.name == "submit" else each for each in LIFE.transitions)
    )


def with_draft(**more: Any) -> Lifecycle:
    """The lifecycle with another `draft`."""
    return changed_life(states=tuple(replace(each, **more) if each.name == "draft" else each for each in LIFE.states))


ELSEWHERE = Origin(Location("elsewhere.yaml", 7, 1))
GUARDED = Holds(Ref("variable", ("service",)), Literal("active"))
SUBMIT = next(each for each in LIFE.transitions if each.name == "submit").cases[0]


@pytest.mark.parametrize(
    "same",
    [
        with_submit(title="Send it", origin=ELSEWHERE),
        with_submit(cases=(replace(SUBMIT, message="Not yet", origin=ELSEWHERE),)),
        with_draft(title="Sketch", origin=ELSEWHERE),
        changed_life(properties=(), title="Another"),
        changed_life(variables=tuple(replace(each, title=None, origin=ELSEWHERE) for each in LIFE.variables)),
    ],
)
def test_titles_sources_and_claims_change_nothing(same: Lifecycle) -> None:
    value = stored(on_the_way().configuration)
    assert configuration_value.read(same, PACK.spec.variant(VARIANT), value)[0] == "running.sent"


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (with_submit(by=("covage",)), "the transition submit has changed"),
        (with_submit(cases=(replace(SUBMIT, guard=GUARDED),)), "the transition submit has changed"),
        (with_submit(cases=(replace(SUBMIT, target="acknowledged"),)), "the transition submit has changed"),
        (with_submit(cases=(replace(SUBMIT, effects=(("service", "active"),)),)), "the transition submit has changed"),
        (with_submit(cases=(replace(SUBMIT, emits=()),)), "the transition submit has changed"),
        (with_submit(deadline=Deadline(9.0, ("draft",), "9 s")), "the transition submit has changed"),
        (with_draft(editable=None), "the state draft has changed"),
        (with_draft(exit=Action((("service", "active"),), (), ELSEWHERE)), "the state draft has changed"),
        (changed_life(transitions=LIFE.transitions[1:]), f"the transition {LIFE.transitions[0].name} is gone"),
        (changed_life(conditions=LIFE.conditions[1:]), f"the condition {LIFE.conditions[0].name} is gone"),
        (
            changed_life(variables=tuple(replace(each, values=each.values[::-1]) for each in LIFE.variables)),
            "the variable appointment has changed",
        ),
    ],
)
def test_a_lifecycle_that_behaves_otherwise_refuses_it_and_says_what_changed(other: Lifecycle, told: str) -> None:
    value = stored(on_the_way().configuration)
    with pytest.raises(WrongConfiguration, match=told):
        configuration_value.read(other, PACK.spec.variant(VARIANT), value)


def test_what_is_new_is_told_too() -> None:
    value = configuration_value.written(
        changed_life(transitions=LIFE.transitions[1:]), PACK.spec.variant(VARIANT), "draft", {}
    )
    with pytest.raises(WrongConfiguration, match=f"the transition {LIFE.transitions[0].name} is new"):
        build_machine(PACK, VARIANT, at=value)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ({"order": "terminate-copper"}, "is of 'terminate-copper', and this is"),
        ({"state": "running"}, "no state 'running'"),
        ({"variables": on_the_way().configuration["variables"] | {"service": "lost"}}, "service is never 'lost'"),
        ({"variables": {}}, "does not say what"),
        ({"digest": "00"}, "its digest is another"),
    ],
)
def test_a_value_that_is_none_is_refused(damage: dict[str, Any], told: str) -> None:
    value = stored(on_the_way().configuration)
    with pytest.raises(WrongConfiguration, match=told):
        build_machine(PACK, VARIANT, at={**value, **damage})


@pytest.mark.parametrize("nothing", [{}, [], "draft", 7, {"state": "draft"}])
def test_what_is_no_configuration_is_refused(nothing: Any) -> None:
    with pytest.raises(WrongConfiguration, match="no configuration"):
        build_machine(PACK, VARIANT, at=nothing)


def test_a_number_that_json_spells_otherwise_is_the_same_value() -> None:
    pack = load_pack("tests/packs/payment")
    name = pack.names[0]
    value = stored(build_machine(pack, name).configuration)
    numbers = {key: float(said) for key, said in value["variables"].items() if type(said) is int}
    assert numbers, "a payment counts"
    again = build_machine(pack, name, at=value | {"variables": value["variables"] | numbers})
    assert all(type(again.variables[key]) is int for key in numbers)
