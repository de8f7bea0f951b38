"""The live machine: a real `transitions` machine that does only what the spec says."""

from __future__ import annotations

import copy
import logging
import pickle
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import transitions
from transitions.extensions.nesting import HierarchicalMachine, NestedState

from covage_model.behaviour.run.machine import LiveMachine, build_machine
from covage_model.behaviour.space import interpreter
from covage_model.ground.diagnostics import Location, Origin
from covage_model.pack.model.conditions import (
    TRUE,
    All,
    AnyOf,
    Atom,
    Condition,
    DocumentReady,
    Holds,
    In,
    Literal,
    Not,
    Present,
    Ref,
    Scalar,
    Test,
)
from covage_model.pack.model.lifecycle import Case, Lifecycle, NamedCondition, State, Transition, Variable
from covage_model.pack.model.orders import Order, Variant
from covage_model.pack.model.values import Value

NOWHERE = Origin(Location("lifecycle.yaml", 1, 1))
THING = Variant(Order("thing", "l", (), Value(NOWHERE), (), None, None, NOWHERE), None)
RESERVED = (
    *("state", "trigger", "is_a", "to_b", "model", "events", "may_go", "add_state", "initial", "edit", "fire"),
    *("variables", "emitted", "taken", "machine", "to", "on_enter_a", "to_a_b", "send_event", "name", "may_trigger"),
)


def state(name: str, **more: Any) -> State:
    """A state whose status is its own name; `steps` are full names."""
    said = {"steps": (), "initial": False, "final": None, "editable": None, "status": name, "title": None, **more}
    return State(name=name, parent=name.rpartition(".")[0] or None, origin=NOWHERE, **said)


def on(
    name: str,
    source: str,
    target: str | None = None,
    guard: Condition = TRUE,
    /,
    *,
    emits: tuple[str, ...] = (),
    **effects: Scalar,
) -> Transition:
    """A trigger with one case; `source` is the names of resting states, separated by blanks."""
    case = Case(tuple(source.split()), target, guard, tuple(effects.items()), emits, None, NOWHERE)
    return Transition(name, ("someone",), (case,), None, NOWHERE)


def lifecycle(
    states: tuple[State, ...],
    transitions: tuple[Transition, ...],
    variables: dict[str, tuple[Scalar, ...]] | None = None,
    named: dict[str, Condition] | None = None,
) -> Lifecycle:
    """The whole statechart."""
    every = tuple(Variable(name, values, None, NOWHERE) for name, values in (variables or {}).items())
    conditions = tuple(NamedCondition(name, when, None, NOWHERE) for name, when in (named or {}).items())
    return Lifecycle("l", None, None, states, every, conditions, transitions, (), None, NOWHERE)


def is_(name: str, value: Scalar) -> Holds:
    """The variable has the value."""
    return Holds(Ref("variable", (name,)), Literal(value))


def knows(answer: bool | None) -> Callable[[Atom], bool | None]:
    """Gives every atom the same truth."""
    return lambda _: answer


SHOP = lifecycle(
    (
        state("draft", initial=True, editable="someone"),
        state("running", steps=("running.sent", "running.work")),
        state("running.sent", initial=True),
        state("running.work", steps=("running.work.first", "running.work.second")),
        state("running.work.first", initial=True),
        state("running.work.second"),
        state("done", final="success"),
    ),
    (
        on("send", "draft", "running.sent", DocumentReady("running"), emits=("sent", "seen"), bill="on"),
        on("start", "running.sent", "running.work.first"),
        on("next", "running.work.first", "running.work.second"),
        on("again", "running.work.second", "running.work.second", emits=("again",)),
        on("note", "draft running.sent running.work.first", None, is_("bill", "on"), emits=("noted",)),
        on("stop", "running.sent running.work.first running.work.second", "done", emits=("over",), bill="off"),
    ),
    {"bill": ("off", "on")},
)


def test_it_is_a_machine_of_transitions_that_knows_states_and_triggers() -> None:
    machine = build_machine(SHOP, THING)
    assert isinstance(machine, transitions.Machine)
    assert isinstance(machine, HierarchicalMachine)
    assert machine.get_nested_state_names() == [each.name for each in SHOP.states]
    assert machine.get_triggers("draft") == ["send", "note"]
    assert machine.get_state("running.work").initial == "first"
    assert [machine.get_state(name).final for name in ("done", "draft")] == [True, False]
    assert {(each.source, each.dest) for each in machine.get_transitions("stop")} == {
        (source, "done") for source in ("running.sent", "running.work.first", "running.work.second")
    }
    assert list(machine.events) == [each.name for each in SHOP.transitions]  # none of its own
    assert machine.models == []


def test_an_order_lives() -> None:
    machine = build_machine(SHOP, THING, knows(True))
    assert (machine.state, dict(machine.variables), machine.emitted) == ("draft", {"bill": "off"}, ())
    result = machine.fire("send")
    assert isinstance(result, interpreter.Accepted)
    assert (result.state, result.variables, result.emits) == ("running.sent", {"bill": "on"}, ("sent", "seen"))
    assert result.case == SHOP.transitions[0].cases[0]
    for trigger in ("note", "start", "next", "again", "stop"):
        assert machine.may(trigger)
        assert isinstance(machine.fire(trigger), interpreter.Accepted), trigger
    assert machine.state == "done"
    assert machine.emitted == ("sent", "seen", "noted", "again", "over")
    assert result.variables == {"bill": "on"}  # what was returned does not change
    with pytest.raises(TypeError):
        machine.variables["bill"] = "on"  # type: ignore[index]


def test_states_are_really_left_and_entered_and_an_internal_transition_does_neither() -> None:
    machine = build_machine(SHOP, THING, knows(True))
    seen: list[str] = []
    for each in SHOP.states:
        machine.on_enter(each.name, lambda _, name=each.name: seen.append(f"+{name}"))
        machine.on_exit(each.name, lambda _, name=each.name: seen.append(f"-{name}"))
    for trigger in ("send", "note", "start", "again", "next", "again", "stop"):
        machine.fire(trigger)
        seen.append(trigger)
    assert seen == [
        *("-draft", "+running", "+running.sent", "send", "note"),
        *("-running.sent", "+running.work", "+running.work.first", "start", "again"),
        *("-running.work.first", "+running.work.second", "next"),
        *("-running.work.second", "+running.work.second", "again"),
        *("-running.work.second", "-running.work", "-running", "+done", "stop"),
    ]


def test_a_refusal_is_a_value_with_reasons_and_nothing_moves() -> None:
    machine = build_machine(SHOP, THING, knows(False))
    for trigger, kind in (("send", "document"), ("start", "state"), ("note", "variable")):
        assert not machine.may(trigger)
        result = machine.fire(trigger)
        assert isinstance(result, interpreter.Refused)
        assert [reason.kind for reason in result.reasons] == [kind]
    assert (machine.state, machine.variables["bill"], machine.emitted) == ("draft", "off", ())


def test_an_undecided_guard_does_not_move() -> None:
    machine = build_machine(SHOP, THING)
    assert not machine.may("send")
    result = machine.fire("send")
    assert isinstance(result, interpreter.Undecided)
    assert [(reason.kind, reason.name) for reason in result.reasons] == [("document", "running")]
    assert machine.state == "draft"


def test_the_truths_of_atoms_are_read_once_per_fire() -> None:
    answers = iter([False, True])
    machine = build_machine(SHOP, THING, lambda _: next(answers))
    assert isinstance(machine.fire("send"), interpreter.Refused)
    assert isinstance(machine.fire("send"), interpreter.Accepted)


def test_a_trigger_that_is_not_there_is_a_callers_mistake() -> None:
    machine = build_machine(SHOP, THING)
    for pull in (machine.fire, machine.may):
        with pytest.raises(KeyError):
            pull("fly")


@pytest.mark.parametrize("name", RESERVED)
def test_no_name_is_reserved(name: str) -> None:
    there = f"{name}.{name}"
    spec = lifecycle(
        (
            state("a", initial=True),
            state(name, steps=(there, f"{name}.a_b")),
            state(there, initial=True),
            state(f"{name}.a_b"),
            state("a_b", final="end"),
        ),
        (
            on(name, "a", there, is_(name, 0), emits=(name,), **{name: 1}),
            on("go", there, f"{name}.a_b"),
            on(f"to_{name}", f"{name}.a_b", "a_b"),
        ),
        {name: (0, 1)},
    )
    machine = build_machine(spec, THING)
    for trigger, where in ((name, there), ("go", f"{name}.a_b"), (f"to_{name}", "a_b")):
        assert isinstance(machine.fire(trigger), interpreter.Accepted)
        assert machine.state == where
    assert machine.emitted == (name,)
    assert machine.variables == {name: 1}
    assert isinstance(machine.fire(name), interpreter.Refused)


def test_two_machines_do_not_know_each_other() -> None:
    one, other = build_machine(SHOP, THING, knows(True)), build_machine(SHOP, THING, knows(True))
    one.fire("send")
    assert (one.state, other.state, other.emitted) == ("running.sent", "draft", ())


def test_the_separator_of_transitions_stays_as_it_is() -> None:
    build_machine(SHOP, THING)
    assert NestedState.separator == "_"


@pytest.mark.parametrize(
    ("ref", "test", "holds"),
    [
        (Ref("state"), Literal("box"), True),
        (Ref("state"), Literal("box.one"), True),
        (Ref("state"), Literal("one"), False),
        (Ref("variant"), Literal("thing"), True),
        (Ref("variant"), Literal("other"), False),
        (Ref("final"), Literal("any"), False),
        (Ref("final"), Present(present=False), True),
        (Ref("variable", ("v",)), Literal(1.0), True),
        (Ref("variable", ("v",)), Literal(True), False),
        (Ref("variable", ("yes",)), Literal(True), True),
        (Ref("variable", ("yes",)), Literal(False), False),
        (Ref("variable", ("maybe",)), Literal(True), None),
        (Ref("variable", ("maybe",)), In((True, False)), True),
    ],
)
def test_every_kind_of_variant_guards(ref: Ref, test: Test, holds: bool | None) -> None:
    spec = lifecycle(
        (state("box", initial=True, steps=("box.one",)), state("box.one", initial=True)),
        (on("go", "box.one", None, Holds(ref, test)), on("not", "box.one", None, Not(Holds(ref, test)))),
        {"v": (1, True)},
        named={
            "yes": is_("v", 1),
            "maybe": AnyOf((DocumentReady("box"), is_("no", value=True))),
            "no": Not(is_("v", 1)),
        },
    )
    machine = build_machine(spec, THING)
    expected = {True: interpreter.Accepted, False: interpreter.Refused, None: interpreter.Undecided}
    assert isinstance(machine.fire("go"), expected[holds])
    assert isinstance(machine.fire("not"), expected[None if holds is None else not holds])


@pytest.mark.parametrize(("word", "holds"), [("good", True), ("any", True), ("bad", False)])
def test_an_end_has_its_word_and_is_any(word: str, holds: bool) -> None:
    spec = lifecycle(
        (state("a", initial=True), state("b", final="good")),
        (on("end", "a", "b"), on("back", "b", "a", All((Holds(Ref("final"), Literal(word)),)))),
    )
    machine = build_machine(spec, THING)
    machine.fire("end")
    assert isinstance(machine.fire("back"), interpreter.Accepted) is holds


def test_the_log_of_transitions_is_quiet_by_default() -> None:
    logger = logging.getLogger("transitions")
    before, root = logger.level, logging.getLogger().level
    try:
        for level, after in ((logging.NOTSET, logging.WARNING), (logging.DEBUG, logging.DEBUG)):
            logger.setLevel(level)
            build_machine(SHOP, THING)
            assert logger.level == after
    finally:
        logger.setLevel(before)
    assert logging.getLogger().level == root


def test_a_refusal_that_the_spec_does_not_know_is_our_bug() -> None:
    machine = build_machine(SHOP, THING, knows(True))
    assert isinstance(machine, LiveMachine)
    machine.remove_transition("send")
    machine.add_transition("send", "done", "draft")
    with pytest.raises(RuntimeError, match="our bug"):
        machine.fire("send")


# --- copies, threads and callbacks

ONCE = lifecycle(
    (state("a", initial=True), state("b"), state("c", final="good")),
    (
        on("wait", "a", None, is_("n", 0), emits=("waited",), n=1),
        on("go", "a", "b", DocumentReady("a"), emits=("went",), n=2),
        on("note", "a b", None, emits=("noted",)),
        on("close", "b", "c"),
    ),
    {"n": (0, 1, 2)},
)


def yes(_: Atom) -> bool:
    return True


@pytest.mark.parametrize(
    "copied", [copy.deepcopy, copy.copy, lambda machine: pickle.loads(pickle.dumps(machine))], ids=lambda f: f.__name__
)
def test_a_copy_goes_its_own_way(copied: Callable[[LiveMachine], LiveMachine]) -> None:
    machine = build_machine(ONCE, THING, yes)
    machine.fire("wait")
    other = copied(machine)
    assert isinstance(other.fire("go"), interpreter.Accepted)
    assert (machine.state, dict(machine.variables), machine.emitted) == ("a", {"n": 1}, ("waited",))
    assert (other.state, dict(other.variables), other.emitted) == ("b", {"n": 2}, ("waited", "went"))
    assert isinstance(machine.fire("go"), interpreter.Accepted)
    assert isinstance(other.fire("go"), interpreter.Refused)
    assert machine.may("wait") is other.may("wait") is False


def test_a_copy_keeps_the_callbacks_that_somebody_added() -> None:
    machine, entered = build_machine(ONCE, THING, yes), []
    machine.get_state("b").add_callback("enter", lambda event: entered.append(event.model))
    other = copy.deepcopy(machine)
    other.fire("go")
    machine.fire("go")
    assert len({id(model) for model in entered}) == 2


def test_a_once_only_trigger_is_accepted_once_by_many_threads() -> None:
    for _ in range(20):
        together = Barrier(4)

        def slow(atom: Atom) -> bool:
            time.sleep(0.001)  # other threads run while a guard is asked
            return yes(atom)

        machine = build_machine(ONCE, THING, slow)

        def pull(_: int, machine: LiveMachine = machine, together: Barrier = together) -> object:
            together.wait()
            return machine.fire("go")

        with ThreadPoolExecutor(4) as pool:
            results = [type(result) for result in pool.map(pull, range(4))]
        assert sorted(results, key=str) == [interpreter.Accepted, *[interpreter.Refused] * 3]
        assert machine.emitted == ("went",)


@pytest.mark.parametrize("moment", ["enter", "exit"])
def test_a_trigger_pulled_by_a_callback_is_answered_by_its_own_case(moment: str) -> None:
    machine, inner = build_machine(ONCE, THING, yes), []
    where = "b" if moment == "enter" else "a"
    machine.get_state(where).add_callback(moment, lambda _: inner.append(machine.fire("close" if inner else "note")))
    outer = machine.fire("go")
    assert isinstance(outer, interpreter.Accepted)
    assert (outer.case.effects, outer.state, outer.emits) == ((("n", 2),), "b", ("went",))
    (noted,) = inner
    assert isinstance(noted, interpreter.Accepted)
    assert (noted.emits, noted.variables) == (("noted",), {"n": 2})
    assert machine.emitted == ("went", "noted")


def test_a_refused_trigger_of_a_callback_does_not_refuse_the_outer_one() -> None:
    machine, inner = build_machine(ONCE, THING, yes), []
    machine.get_state("b").add_callback("enter", lambda _: inner.append((machine.fire("go"), machine.may("go"))))
    assert isinstance(machine.fire("go"), interpreter.Accepted)
    assert isinstance(inner[0][0], interpreter.Refused)
    assert inner[0][1] is False


@pytest.mark.parametrize("error", [ValueError, transitions.MachineError])
@pytest.mark.parametrize("moment", ["enter", "exit"])
def test_a_callback_that_raises_moves_nothing(error: type[Exception], moment: str) -> None:
    machine = build_machine(ONCE, THING, yes)

    def fails(_: object) -> None:
        raise error("no")

    machine.get_state("b" if moment == "enter" else "a").add_callback(moment, fails)
    with pytest.raises(error):
        machine.fire("go")
    assert (machine.state, dict(machine.variables), machine.emitted) == ("a", {"n": 0}, ())
