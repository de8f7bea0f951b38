"""The explored table and the single step, on models whose counts are published or worked out by hand."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from random import Random
from typing import Any

import networkx as nx
import pytest
from effort import examples

from covage_model.behaviour.space import exclusion, interpreter
from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.explore import EDIT, Move, StateSpace, explore
from covage_model.behaviour.space.one_place import PlaceTests
from covage_model.behaviour.space.reasons import Obstacles, Reason
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Location, Origin
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Atom,
    Compare,
    Condition,
    Count,
    DocumentReady,
    Every,
    Holds,
    Implies,
    In,
    Literal,
    Matches,
    Not,
    Present,
    Range,
    Ref,
    Scalar,
    Starts,
    Test,
)
from covage_model.pack.model.lifecycle import Case, Lifecycle, NamedCondition, Property, State, Transition, Variable
from covage_model.pack.model.matches import Match
from covage_model.pack.model.orders import Order, Variant, VariantSpec
from covage_model.pack.model.values import Value


def line(number: int) -> Origin:
    """A line of the spec."""
    return Origin(Location("lifecycle.yaml", number, 1))


NOWHERE = line(1)


def is_(name: str, value: Scalar, at: int = 1) -> Holds:
    """The variable has the value."""
    return Holds(Ref("variable", (name,)), Literal(value), line(at))


def of_order(path: str, test: Test) -> Holds:
    """A test of the document."""
    return Holds(Ref("order", tuple(path.split("."))), test, NOWHERE)


def state(name: str, **more: Any) -> State:
    """A state whose status is its own name; `steps` are full names."""
    said = {"steps": (), "initial": False, "final": None, "editable": None, "status": name, "title": None, **more}
    return State(name=name, parent=name.rpartition(".")[0] or None, origin=NOWHERE, **said)


def case(source: str, target: str | None = None, guard: Condition = TRUE, /, at: Any = 1, **effects: Any) -> Case:
    """One case; `source` is the names of resting states, separated by blanks."""
    return Case(tuple(source.split()), target, guard, tuple(effects.items()), (), None, line(at))


def on(name: str, *cases: Case, by: str = "someone", at: int = 1) -> Transition:
    """A trigger."""
    return Transition(name, (by,), cases, None, line(at))


def variable(name: str, *values: Scalar) -> Variable:
    """A finite variable."""
    return Variable(name, values, None, NOWHERE)


def lifecycle(
    states: tuple[State, ...],
    transitions: tuple[Transition, ...] = (),
    variables: tuple[Variable, ...] = (),
    named: dict[str, Condition] | None = None,
    never: tuple[Condition, ...] = (),
) -> Lifecycle:
    """The whole statechart."""
    conditions = tuple(NamedCondition(name, when, None, NOWHERE) for name, when in (named or {}).items())
    properties = tuple(Property(f"p{n}", "never", (each,), (), None, NOWHERE) for n, each in enumerate(never))
    return Lifecycle("l", None, None, states, variables, conditions, transitions, properties, None, NOWHERE)


def variant(*match: tuple[str, Any], variant: str | None = None, written_by: str | None = None) -> Variant:
    """An order type, or a variant of it."""
    entries = tuple(Match(tuple(path.split(".")), test, NOWHERE) for path, test in match)
    chosen = VariantSpec(variant, entries, Value(NOWHERE)) if variant else None
    order = Order("thing", "l", () if chosen else entries, Value(NOWHERE), (), written_by, None, NOWHERE)
    return Variant(order, chosen)


def shape(space: StateSpace) -> tuple[int, int, int]:
    """The numbers of initial configurations, configurations and moves."""
    assert space.count_moves == sum(len(space.moves(number)) for number in range(len(space)))
    return len(space.initial), len(space), space.count_moves


def moved(space: StateSpace, number: int) -> list[tuple[str, str]]:
    """The triggers enabled there, each with the state that it leads to."""
    return [(move.trigger, space.state(move.target)) for move in space.moves(number)]


def nobody(_: Atom) -> None:
    """Knows the truth of no atom."""


LIGHT = lifecycle(
    (state("red", initial=True), state("green"), state("amber")),
    (on("go", case("red", "green")), on("slow", case("green", "amber")), on("stop", case("amber", "red"))),
)


def test_a_traffic_light_goes_round() -> None:
    space = explore(LIGHT, variant())
    assert shape(space) == (1, 3, 3)
    assert [space.state(number) for number in range(3)] == ["red", "green", "amber"]
    assert [move.trigger for move in space.trace(2)] == ["go", "slow"]
    assert space.trace(0) == ()
    assert (space.complete, space.expanded, space.ambiguous) == (True, 3, ())
    assert space.atoms == ()


# -- counts from the literature ------------------------------------------------------------------


def transaction_commit(managers: int) -> Lifecycle:
    """Lamport's TCommit (Consensus on Transaction Commit, 2004); one resource manager decides at a time."""
    names = [f"rm{number}" for number in range(managers)]
    can_commit = All(tuple(Holds(Ref("variable", (name,)), In(("prepared", "committed"))) for name in names))
    none_committed = All(tuple(Not(is_(name, "committed")) for name in names))
    transitions = []
    for name in names:
        abort = All((Holds(Ref("variable", (name,)), In(("working", "prepared"))), none_committed))
        commit = All((is_(name, "prepared"), can_commit))
        transitions += [
            on(f"prepare-{name}", case("run", None, is_(name, "working"), **{name: "prepared"})),
            on(f"commit-{name}", case("run", None, commit, **{name: "committed"})),
            on(f"abort-{name}", case("run", None, abort, **{name: "aborted"})),
        ]
    variables = tuple(variable(name, "working", "prepared", "committed", "aborted") for name in names)
    return lifecycle((state("run", initial=True),), tuple(transitions), variables)


def two_phase_commit(managers: int) -> Lifecycle:
    """Lamport's TwoPhase, with messages as flags that are never cleared."""
    every = range(managers)
    variables = [
        *(variable(f"rm{n}", "working", "prepared", "committed", "aborted") for n in every),
        variable("tm", "init", "committed", "aborted"),
        *(variable(f"heard{n}", False, True) for n in every),
        *(variable(f"sent{n}", False, True) for n in every),
        *(variable(name, False, True) for name in ("commit", "abort")),
    ]
    start, all_heard = is_("tm", "init"), tuple(is_(f"heard{n}", value=True) for n in every)
    transitions = [
        on("decide", case("run", None, All((start, *all_heard)), tm="committed", commit=True)),
        on("give-up", case("run", None, start, tm="aborted", abort=True)),
    ]
    for n in every:
        rm, working = f"rm{n}", is_(f"rm{n}", "working")
        transitions += [
            on(f"hear{n}", case("run", None, All((start, is_(f"sent{n}", value=True))), **{f"heard{n}": True})),
            on(f"prepare{n}", case("run", None, working, **{rm: "prepared", f"sent{n}": True})),
            on(f"choose-abort{n}", case("run", None, working, **{rm: "aborted"})),
            on(f"commit{n}", case("run", None, is_("commit", value=True), **{rm: "committed"})),
            on(f"abort{n}", case("run", None, is_("abort", value=True), **{rm: "aborted"})),
        ]
    return lifecycle((state("run", initial=True),), tuple(transitions), tuple(variables))


@pytest.mark.parametrize(("managers", "configurations"), [(2, 12), (3, 34)])
def test_transaction_commit_has_the_states_that_its_checker_finds(managers: int, configurations: int) -> None:
    space = explore(transaction_commit(managers), variant())
    assert len(space) == configurations == 3**managers + 2**managers - 1  # nobody committed, or nobody otherwise
    consistent = Not(All((is_("rm0", "aborted"), is_("rm1", "committed"))))
    assert all(space.where(consistent))


@pytest.mark.parametrize(("managers", "configurations"), [(2, 56), (3, 288), (5, 8832)])
def test_two_phase_commit_has_the_states_that_its_checker_finds(managers: int, configurations: int) -> None:
    # 288 and 8,832 are printed in the examples of TLA+ and of stateright
    space = explore(two_phase_commit(managers), variant())
    assert len(space) == configurations
    assert all(space.where(Not(All((is_("rm0", "aborted"), is_("rm1", "committed"))))))


def test_missionaries_and_cannibals_cross_in_eleven_boats_through_sixteen_states() -> None:
    """Three of each; missionaries may not be outnumbered. The variables count who is on the left bank."""
    safe = {(m, c) for m in range(4) for c in range(4) if m in (0, 3) or m == c}
    cases: dict[tuple[int, int], list[Case]] = {boat: [] for boat in ((1, 0), (2, 0), (0, 1), (0, 2), (1, 1))}
    for (m, c), boat in itertools.product(sorted(safe), cases):
        for side, there, sign in (("left", "right", -1), ("right", "left", 1)):
            after = (m + sign * boat[0], c + sign * boat[1])
            if after in safe:
                guard = All((is_("m", m), is_("c", c)))
                cases[boat].append(case(side, there, guard, m=after[0], c=after[1]))
    river = lifecycle(
        (state("left", initial=True), state("right")),
        tuple(on(f"row-{m}-{c}", *each) for (m, c), each in cases.items()),
        (variable("m", 3, 2, 1, 0), variable("c", 3, 2, 1, 0)),
    )
    space = explore(river, variant())
    assert len(space) == 16  # the initial 15, and (0,0); the four others of 20 cannot be reached
    across = space.find(Configuration("right", (("m", 0), ("c", 0)), ()))
    assert across is not None
    assert len(space.trace(across)) == 11
    assert space.ambiguous == ()


def test_a_lock_of_wide_guards_is_the_same_without_tables() -> None:
    """Each guard reads every variable: more bits than one guard table can have."""
    names = [f"v{number}" for number in range(8)]
    transitions = []
    for name in names:
        others = tuple(is_(other, 0) for other in names if other != name)
        guard = Implies(is_(name, 0), Not(All((is_(name, 0), Not(AnyOf(others))))))
        transitions.append(on(f"turn-{name}", case("s", None, All((guard, is_("free", value=True))), **{name: 1})))
    lock = lifecycle(
        (state("s", initial=True),),
        tuple(transitions),
        tuple(variable(name, 0, 1, 2) for name in names),
        named={"free": AnyOf(tuple(Not(is_(name, 2)) for name in names))},
    )
    space = explore(lock, variant())
    assert len(space) == 2**8 - 1  # the last 0 cannot turn
    points = [point for point in itertools.product((0, 1), repeat=8) if 0 in point]
    assert space.count_moves == sum(point.count(1) + (point.count(0) if point.count(0) > 1 else 0) for point in points)


def test_a_state_and_a_variable_of_more_values_than_a_table_holds() -> None:
    many, few = 1100, 40
    here = Not(All((Holds(Ref("state"), In(("s3", "s5"))),)))
    long = lifecycle(
        tuple(state(f"s{number}", initial=number == 0) for number in range(many)),
        (
            *(
                on(f"go{n}", case(f"s{n}", f"s{n + 1}", All((here, is_("v", n), is_("w", 0))), v=n + 1))
                for n in range(few)
            ),
            on("leap", case("s3", "s9", Not(here), w=1)),
        ),
        (variable("v", *range(many)), variable("w", 0, 1)),
    )
    space = explore(long, variant())
    assert [space.state(number) for number in range(len(space))] == ["s0", "s1", "s2", "s3", "s9"]
    assert space.where(here) == bytes([1, 1, 1, 0, 1])
    assert space.where(AnyOf((Not(here), is_("w", 1)))) == bytes([0, 0, 0, 1, 1])


# -- states and steps ----------------------------------------------------------------------------

NESTED = lifecycle(
    (
        state("draft", initial=True),
        state("running", steps=("running.sent", "running.done")),
        state("running.sent", initial=True),
        state("running.done"),
        state("completed", final="success"),
    ),
    (
        on("send", case("draft", "running.sent")),
        on("work", case("running.sent", "running.done")),
        on("cancel", case("running.sent running.done", "draft")),
        on("close", case("draft running.sent running.done", "completed", Holds(Ref("state"), Literal("running")))),
        on("reopen", case("completed", "draft", Holds(Ref("final"), Literal("any")))),
    ),
)


def test_a_parent_is_never_rested_in_and_its_name_holds_in_its_steps() -> None:
    space = explore(NESTED, variant())
    assert shape(space) == (1, 4, 7)
    assert moved(space, 0) == [("send", "running.sent")]
    assert moved(space, 1) == [("work", "running.done"), ("cancel", "draft"), ("close", "completed")]
    running = Holds(Ref("state"), Literal("running"))
    inside = [space.state(number).startswith("running.") for number in range(4)]
    assert [space.holds(number, running) for number in range(4)] == inside
    assert space.where(running) == bytes(inside)


@pytest.mark.parametrize(
    ("test", "ends"),
    [
        (Literal("success"), True),
        (Literal("any"), True),
        (In(("failure", "any")), True),
        (Literal("failure"), False),
        (Starts(("succ",)), True),
        (Starts(("a",)), False),
        (Present(present=True), True),
    ],
)
def test_the_final_word_is_tested_and_a_state_without_one_fails(test: Test, ends: bool) -> None:
    space = explore(NESTED, variant())
    (completed,) = (number for number in range(4) if space.state(number) == "completed")
    condition = Holds(Ref("final"), test)
    assert space.holds(completed, condition) is ends
    assert not space.holds(0, condition)
    assert space.holds(0, Holds(Ref("final"), Present(present=False)))


def test_a_case_without_target_stays_and_still_sets_variables() -> None:
    counter = lifecycle(
        (state("on", initial=True),),
        (on("up", *(case("on", None, is_("n", n), n=n + 1) for n in range(3))), on("reset", case("on", "on", n=0))),
        (variable("n", 0, 1, 2, 3),),
    )
    space = explore(counter, variant())
    assert shape(space) == (1, 4, 7)
    assert space.configuration(3) == Configuration("on", (("n", 3),), ())


def test_true_and_one_are_two_values_and_one_is_one_point_zero() -> None:
    flip = lifecycle(
        (state("s", initial=True),),
        (on("flip", case("s", None, is_("v", 1.0), v=True)),),
        (variable("v", 1, True, "1"),),
    )
    space = explore(flip, variant())
    assert [space.configuration(number).variables[0][1] is True for number in range(len(space))] == [False, True]
    assert space.find(Configuration("s", (("v", True),), ())) == 1
    assert space.find(Configuration("s", (("v", 1),), ())) == 0
    assert space.find(Configuration("s", (("v", "1"),), ())) is None  # never reached
    assert space.find(Configuration("s", (("v", 2),), ())) is None  # no value of it
    assert space.find(Configuration("t", (("v", 1),), ())) is None  # no state


def test_a_variant_is_explored_by_its_own_name() -> None:
    guard = Holds(Ref("variant"), Literal("thing/small"))
    either = lifecycle((state("a", initial=True), state("b")), (on("go", case("a", "b", guard)),))
    assert len(explore(either, variant(variant="small"))) == 2
    assert len(explore(either, variant(variant="large"))) == 1
    assert len(explore(either, variant())) == 1


def test_named_conditions_are_read_like_variables_and_may_use_each_other() -> None:
    many: dict[str, Condition] = {
        "c0": is_("v", 1),
        **{f"c{n}": All((is_(f"c{n - 1}", True), is_(f"c{n - 1}", True))) for n in range(1, 40)},
    }
    chain = lifecycle(
        (state("s", initial=True), state("t")),
        (
            on("up", case("s", None, is_("c39", value=False), v=1)),
            on("go", case("s", "t", is_("c39", value=True))),
        ),
        (variable("v", 0, 1),),
        named=many,
    )
    space = explore(chain, variant())  # 2**40 leaves, were they not evaluated once
    assert [move.trigger for move in space.trace(2)] == ["up", "go"]
    refused = interpreter.fire(chain, variant(), "s", {"v": 0}, "go", nobody)
    assert isinstance(refused, interpreter.Refused)
    assert len(refused.reasons) <= 80


# -- atoms and edits -----------------------------------------------------------------------------


def editable(*atoms: Atom, editor: str | None = "someone") -> Lifecycle:
    """A draft that may be edited, and submitted if every atom holds."""
    return lifecycle(
        (state("draft", initial=True, editable=editor), state("submitted")),
        (on("submit", case("draft", "submitted", All(atoms))),),
    )


def test_edits_lead_from_each_valuation_to_each_other() -> None:
    space = explore(editable(DocumentReady("submitted"), of_order("a", Literal("x"))), variant())
    assert shape(space) == (4, 5, 4 * 3 + 1)
    here = space.initial[0]
    edits = [move for move in space.moves(here) if move.is_edit]
    assert edits == [Move(here, EDIT, ("someone",), None, other) for other in space.initial if other != here]
    assert space.trace(4) == (Move(3, "submit", ("someone",), space.moves(3)[0].case, 4),)
    assert (space.peers(4), space.editor(4)) == ((4,), None)
    assert space.peers(0) == (0, 1, 2, 3)


def test_without_edits_atoms_keep_their_truth_and_all_valuations_are_initial() -> None:
    space = explore(editable(DocumentReady("submitted"), editor=None), variant())
    assert shape(space) == (2, 3, 1)
    atoms = [space.configuration(number).truth(DocumentReady("submitted")) for number in range(3)]
    assert atoms == [False, True, True]
    with pytest.raises(KeyError):
        space.configuration(0).truth(DocumentReady("draft"))


def test_an_edit_reaches_what_no_trigger_does_and_traces_say_so() -> None:
    back = lifecycle(
        (state("new", initial=True), state("draft", editable="a"), state("sent")),
        (
            on("open", case("new", "draft", Not(DocumentReady("sent")))),
            on("edit", case("draft", "sent", DocumentReady("sent"))),
        ),
    )
    space = explore(back, variant())
    assert shape(space) == (2, 5, 1 + 2 + 1)
    (sent,) = (number for number in range(5) if space.state(number) == "sent")
    trace = space.trace(sent)
    assert [(move.trigger, move.is_edit) for move in trace] == [("open", False), ("edit", True), ("edit", False)]


def test_an_order_with_written_by_has_only_that_actor() -> None:
    space = explore(editable(DocumentReady("submitted")), variant(written_by="keeper"))
    assert {move.actors for number in range(len(space)) for move in space.moves(number)} == {("keeper",)}
    assert len(explore(editable(DocumentReady("x"), editor=None), variant(written_by="keeper")).moves(0)) == 0


def test_atoms_come_from_guards_named_conditions_and_properties_once_each() -> None:
    atoms = [of_order("a", Literal(value)) for value in (1, True, "1", None)]
    account = Holds(Ref("account", ("a",)), Literal(1))
    spec = lifecycle(
        (state("s", initial=True),),
        (on("go", case("s", None, All((atoms[0], Not(atoms[1]))))),),
        named={"ready": AnyOf((atoms[2], atoms[0]))},
        never=(Implies(atoms[3], account), of_order("a", Literal(1.0))),
    )
    space = explore(spec, variant())
    assert [repr(atom) for atom in space.atoms] == [repr(atom) for atom in (*atoms, account)]
    assert len(space.initial) == 5 * 2  # at most one of the four literals
    with pytest.raises(KeyError):
        space.holds(0, of_order("b", Literal(1)))


TESTS: tuple[Test, ...] = (
    *(Literal("ab"), Literal(1), Literal(True), Literal(None), In(("ab", 1)), In(("x", "abc")), In((1.0,))),
    *(Starts(("a",)), Starts(("ab", "x")), Starts(("b",)), Present(present=True), Present(present=False)),
)


@pytest.mark.parametrize(("first", "second"), list(itertools.product(TESTS, repeat=2)))
def test_two_tests_exclude_each_other_exactly_where_no_value_gives_both_truths(first: Test, second: Test) -> None:
    values = ["ab", "abc", "abcd", "x", "xy", "a", "b", "zz", 1, 2, True, False, None, [], json_value.ABSENT]
    seen = {(truth.satisfies(first, value), truth.satisfies(second, value)) for value in values}
    for truths in itertools.product((False, True), repeat=2):
        assert exclusion.excludes(first, truths[0], second, truths[1]) is (truths not in seen)


@pytest.mark.parametrize("test", [Matches("^a$"), Range(1, None)])
def test_a_range_or_a_pattern_needs_a_value(test: Test) -> None:
    assert exclusion.excludes(test, True, Present(present=True), False)
    assert exclusion.excludes(Present(present=False), True, test, True)
    assert not exclusion.excludes(test, True, Present(present=True), True)
    assert not exclusion.excludes(test, False, Present(present=False), False)
    for other in (Literal("b"), Literal(0), In(("b", None))):  # what is no such number, or has no such form
        truths = itertools.product((True, False), repeat=2)
        assert [pair for pair in truths if exclusion.excludes(test, pair[0], other, pair[1])] == [(True, True)]
    prefix = Starts(("b",))  # of a form, nothing is decided but for texts that are named
    assert exclusion.excludes(test, True, prefix, True) is isinstance(test, Range)


def test_a_count_is_of_a_list_or_of_nothing() -> None:
    count, truths = Count(2, 2), list(itertools.product((True, False), repeat=2))
    excluded = {
        name: [pair for pair in truths if exclusion.excludes(count, pair[0], other, pair[1])]
        for name, other in (("absent", Present(present=False)), ("text", Literal("a")), ("others", Every(All(()))))
    }
    assert excluded == {"absent": [(True, True)], "text": [(True, True)], "others": []}


DATES = ("2024-02-01", "2024-02-02", "2024-02-03")
INSTANTS = ("2024-02-01T12:00:00Z", "2024-02-01T13:00:00.000+01:00", "2024-02-01T12:00:00.5Z")
DECIDED: tuple[Test, ...] = (
    *(Range(0, 1), Range(1, None), Range(None, 1), Range(2.5, 4), Literal(1), In((0, 3)), Present(present=True)),
    *(Compare(word, bound) for word in ("above", "below", "min") for bound in (0, 1, 1.5)),
    *(Compare("is", value) for value in ("ab", DATES[0], INSTANTS[0])),
    *(Compare(word, bound) for word in ("above", "below", "max") for bound in (*DATES[:2], *INSTANTS)),
    *(Literal(DATES[1]), Starts(("a",)), Starts(("ab", "2")), In(("ab", INSTANTS[2])), Literal(True), Count(0, 1)),
)


def test_several_tests_exclude_each_other_exactly_where_no_value_gives_all_truths() -> None:
    values: list[object] = [json_value.ABSENT, True, False, None, [], [1, 2], {}, "", "a", "abc", "2", "x", "2024"]
    values += [*DATES, *INSTANTS, "2023-12-31", "2025-01-01", "2023-12-31T00:00:00Z", "2025-01-01T00:00:00Z", "ab"]
    values += ["2024-02-01T12:00:00.0Z", "2024-02-01T12:00:00.4Z", "2024-02-01T12:00:00.50Z", "2024-02-01T12:00:00.7Z"]
    values += [-1, 0, 0.5, 1, 1.2, 1.5, 2, 2.5, 2.7, 3, 4, 5]
    rolled = Random("several")
    for _ in range(examples(150)):
        tests = rolled.sample(DECIDED, rolled.randint(2, 5))
        seen = {tuple(truth.satisfies(test, value) for test in tests) for value in values}
        place = PlaceTests(tests)
        for truths in itertools.product((False, True), repeat=len(tests)):
            # what a text may be and its beginning are looked at apart: some that no text has are kept
            apart = any(isinstance(test, Starts) for test in tests) and truths not in seen
            assert place.possible(truths) is (truths in seen) or apart, (tests, truths)


def test_what_only_three_tests_exclude_together_is_left_out() -> None:
    bounds = [of_order("n", test) for test in (Range(None, 2), Compare("below", 3), Compare("above", 2), Literal(3))]
    life = lifecycle(
        (state("s", initial=True),),
        (on("go", case("s", None, All(tuple(bounds)))),),
    )
    # up to 2, between, 3, above 3, and no number at all
    assert len(explore(life, variant()).initial) == 5


@pytest.mark.parametrize(
    ("test", "count"),
    [
        (Literal("copper"), 1),  # true
        (Literal("fibre"), 1),  # false
        (In(("copper", "x")), 1),
        (Starts(("cop",)), 1),
        (Present(present=True), 1),
        (Present(present=False), 1),
        (Matches("^c.*$"), 1),  # decided for a text that a test names
    ],
)
def test_what_the_match_excludes_is_left_out(test: Test, count: int) -> None:
    atom = of_order("product.kind", test)
    assert len(explore(editable(atom), variant(("product.kind", Literal("copper")))).initial) == count
    assert len(explore(editable(atom), variant(("product.kind", Literal("copper")), variant="v")).initial) == count
    assert len(explore(editable(atom), variant(("product", Literal("copper")))).initial) == 2


# -- limits and ambiguity ------------------------------------------------------------------------


def test_a_limit_cuts_the_table_and_says_so() -> None:
    whole = explore(two_phase_commit(2), variant())
    for limit in (1, 7, 55, 56):
        space = explore(two_phase_commit(2), variant(), limit=limit)
        assert len(space) == limit
        assert space.complete is (limit == 56)
        for number in range(space.expanded):
            assert space.moves(number) == whole.moves(number)
        for number in range(len(space)):
            assert space.trace(number) == whole.trace(number)
        assert space.count_moves == sum(len(space.moves(number)) for number in range(len(space)))


def test_a_limit_cuts_valuations_and_edits_too() -> None:
    spec = editable(*(of_order(name, Literal("x")) for name in "abcd"))
    space = explore(spec, variant(), limit=10)
    assert (len(space.initial), len(space), space.complete) == (10, 10, False)
    assert space.count_moves == 90
    late = lifecycle(
        (state("new", initial=True), state("draft", editable="a")),
        (on("open", case("new", "draft", DocumentReady("draft"))),),
    )
    space = explore(late, variant(), limit=3)
    assert (len(space), space.complete, space.expanded) == (3, False, 2)


def test_progress_is_reported_only_for_large_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    explore(two_phase_commit(5), variant(), progress=told.append)
    assert told == []  # 8,832 configurations are no wait
    monkeypatch.setattr("covage_model.behaviour.space.explore.STRIDE", 1000)
    explore(two_phase_commit(5), variant(), progress=told.append)
    assert 4 < len(told) < 9
    assert all(later - earlier >= 1000 for earlier, later in itertools.pairwise((0, *told, 8832 + 1000)))


# -- how the table is kept -----------------------------------------------------------------------


def test_codes_wider_than_a_machine_word_are_kept_and_found() -> None:
    names = [f"v{number}" for number in range(35)]
    chain = lifecycle(
        (state("s", initial=True, editable="someone"),),
        (
            on("begin", case("s", None, All((of_order("a", Literal("x")), is_("v0", 0))), v0=1)),
            *(on(f"on{n}", case("s", None, is_(f"v{n - 1}", 1), **{f"v{n - 1}": 2, f"v{n}": 1})) for n in range(1, 35)),
        ),
        tuple(variable(name, 0, 1, 2) for name in names),
    )
    space = explore(chain, variant())
    assert max(space.codes).bit_length() > 64
    assert shape(space) == (2, 72, 36 * 2 + 1 + 34 * 2)
    for number in range(len(space)):
        assert space.find(space.configuration(number)) == number
        assert number in space.peers(number)
    last = [space.configuration(number).variables[-1] == ("v34", 1) for number in range(72)]
    assert space.where(is_("v34", 1)) == bytes(last)
    assert sum(last) == 2


@pytest.mark.hard
@pytest.mark.parametrize("cases", [200, 256, 257, 300])
def test_more_than_256_cases_stay_distinct(cases: int) -> None:
    counter = lifecycle(
        (state("s", initial=True),),
        tuple(on(f"t{n}", case("s", None, is_("v", n), v=n + 1)) for n in range(cases)),
        (variable("v", *range(cases + 1)),),
    )
    space = explore(counter, variant())
    assert [move.trigger for move in space.trace(cases)] == [f"t{n}" for n in range(cases)]


def test_the_memory_of_the_finished_table_is_a_few_machine_words_for_each_configuration() -> None:
    space = explore(two_phase_commit(5), variant())
    tables = (space.codes, space.parents, space.offsets, space.cases, space.targets)
    assert sum(map(sys.getsizeof, tables)) / len(space) < 80  # seven moves on from each


def test_two_enabled_cases_are_two_moves_and_are_recorded_as_ambiguous() -> None:
    both = lifecycle(
        (state("a", initial=True), state("b"), state("c")),
        (
            on("go", case("a", "b"), case("a", "c", is_("v", 0))),
            on("set", case("a", None, v=1)),
        ),
        (variable("v", 0, 1),),
    )
    space = explore(both, variant())
    assert moved(space, 0) == [("go", "b"), ("go", "c"), ("set", "a")]
    assert space.ambiguous == ((0, "go"),)


def test_the_table_is_the_same_graph_to_networkx() -> None:
    space = explore(two_phase_commit(3), variant())
    graph = nx.MultiDiGraph()
    for number in range(len(space)):
        graph.add_edges_from((move.source, move.target) for move in space.moves(number))
    assert graph.number_of_edges() == space.count_moves
    depth = nx.single_source_shortest_path_length(graph, 0)
    assert [depth[number] for number in range(len(space))] == [len(space.trace(n)) for n in range(len(space))]


# -- one step ------------------------------------------------------------------------------------

BOOKING = lifecycle(
    (state("draft", initial=True, editable="a"), state("sent"), state("end", final="done")),
    (
        on("book", case("draft", None, All((is_("visit", "none", 11), is_("far", value=True, at=12))), visit="booked")),
        on("send", case("draft", "sent", All((DocumentReady("sent", line(13)), is_("visit", "booked", 14))), at=15)),
        on(
            "close",
            case("sent", "end", of_order("paid", Literal(True)), at=16),
            case("sent", "draft", Not(of_order("paid", Literal(True))), at=17, visit="none"),
            at=18,
        ),
        on("stuck", case("draft", None, FALSE, at=19)),
    ),
    (variable("visit", "none", "booked"), variable("bill", "off", "on")),
    named={"far": AnyOf((Holds(Ref("account", ("zone", "name")), Starts(("x",)), line(20)), is_("bill", "on", 21)))},
)


def tell(*true: str) -> Callable[[Atom], bool]:
    """Answers that these atoms hold and the others do not; named by status or dotted path."""
    return lambda atom: (atom.status if isinstance(atom, DocumentReady) else ".".join(atom.ref.names)) in true


def fired(
    where: str, trigger: str, knows: Callable[[Atom], bool | None], **variables: Scalar
) -> interpreter.Accepted | interpreter.Refused | interpreter.Undecided:
    """One step of the booking."""
    return interpreter.fire(BOOKING, variant(), where, {"visit": "none", "bill": "off", **variables}, trigger, knows)


def reasons_of(result: object) -> list[tuple[str, str, int, bool | None]]:
    """Each reason: its kind, its name, its line, and its atom."""
    assert isinstance(result, interpreter.Refused | interpreter.Undecided)
    return [(r.kind, r.name, r.origin.location.line if r.origin else 0, r.holds) for r in result.reasons]


def test_an_accepted_step_says_where_it_leads() -> None:
    result = fired("draft", "book", tell("zone.name"))
    assert isinstance(result, interpreter.Accepted)
    assert (result.state, dict(result.variables), result.emits) == ("draft", {"visit": "booked", "bill": "off"}, ())
    assert list(result.variables) == ["visit", "bill"]
    back = fired("sent", "close", tell(), visit="booked")
    assert isinstance(back, interpreter.Accepted)
    assert (back.state, back.variables["visit"]) == ("draft", "none")


def test_a_refusal_names_each_part_that_fails_and_where_it_is_written() -> None:
    assert reasons_of(fired("draft", "send", tell())) == [
        ("document", "sent", 13, False),
        ("variable", "visit", 14, False),
    ]
    assert reasons_of(fired("draft", "send", tell("sent"))) == [("variable", "visit", 14, False)]


def test_a_named_condition_is_a_reason_with_what_fails_inside_it_after_it() -> None:
    assert reasons_of(fired("draft", "book", tell())) == [
        ("condition", "far", 12, False),
        ("account", "zone.name", 20, False),
        ("variable", "bill", 21, False),
    ]


def test_a_state_that_no_case_leaves_is_the_first_reason_and_failing_guards_come_after_it() -> None:
    assert reasons_of(fired("end", "send", tell()))[:2] == [
        ("state", "end", 15, False),
        ("document", "sent", 13, False),
    ]
    assert reasons_of(fired("draft", "close", tell()))[0] == ("state", "draft", 18, False)


def test_a_guard_that_nothing_satisfies_still_has_a_reason() -> None:
    assert reasons_of(fired("draft", "stuck", tell())) == [("condition", "guard", 19, False)]


def test_an_unknown_atom_is_undecided_and_named() -> None:
    assert reasons_of(fired("draft", "send", nobody, visit="booked")) == [("document", "sent", 13, None)]
    assert isinstance(
        fired("draft", "send", nobody), interpreter.Refused
    )  # the variable says no whatever the document is
    undecided = fired("draft", "book", nobody)
    assert isinstance(undecided, interpreter.Undecided)
    assert reasons_of(undecided) == [("condition", "far", 12, None), ("account", "zone.name", 20, None)]
    assert isinstance(fired("draft", "book", nobody, bill="on"), interpreter.Accepted)
    assert reasons_of(fired("sent", "close", nobody)) == [("order", "paid", 1, None)]


@pytest.mark.parametrize(
    ("guard", "reasons"),
    [
        (Not(is_("v", 0, 2)), [("variable", "v", 2, True)]),
        (Not(All((is_("v", 0, 2), TRUE))), [("variable", "v", 2, True)]),
        (Implies(is_("v", 0, 2), is_("w", 1, 3)), [("variable", "v", 2, True), ("variable", "w", 3, False)]),
        (AnyOf((is_("v", 1, 2), is_("w", 1, 3))), [("variable", "v", 2, False), ("variable", "w", 3, False)]),
        (Not(AnyOf((is_("v", 1, 2), is_("w", 0, 3)))), [("variable", "w", 3, True)]),
        (Not(Implies(is_("v", 1, 2), is_("w", 1, 3))), [("variable", "v", 2, False)]),
        (Holds(Ref("variant"), Literal("x"), line(4)), [("variant", "thing", 4, False)]),
        (Holds(Ref("state"), Literal("t"), line(4)), [("state", "s", 4, False)]),
        (Holds(Ref("final"), Literal("any"), line(4)), [("final", "s", 4, False)]),
        (
            Holds(Ref("variable", ("n",)), Literal(False), line(4)),
            [("condition", "n", 4, False), ("variable", "v", 5, True)],
        ),
    ],
)
def test_reasons_are_the_leaves_that_make_a_guard_false(
    guard: Condition, reasons: list[tuple[str, str, int, bool]]
) -> None:
    spec = lifecycle(
        (state("s", initial=True),),
        (on("go", case("s", None, guard)),),
        (variable("v", 0, 1), variable("w", 0, 1)),
        named={"n": is_("v", 0, 5)},
    )
    assert reasons_of(interpreter.fire(spec, variant(), "s", {"v": 0, "w": 0}, "go", nobody)) == reasons


def met(obstacles: Obstacles | Reason, gone: frozenset[str]) -> bool:
    """Whether the obstacles are gone once these variables no longer block."""
    if isinstance(obstacles, Reason):
        return obstacles.name in gone
    return (any if obstacles.either else all)(met(part, gone) for part in obstacles.parts)


def guards(random: Random, names: list[str], depth: int) -> Condition:
    """A condition over these variables, each read once."""
    if len(names) == 1 and (depth == 0 or random.random() < 0.5):
        return is_(names[0], random.random() < 0.5, 1)
    match random.randrange(4):
        case 0:
            return Not(guards(random, names, depth - 1)) if depth > 0 else is_(names[0], True, 1)
        case 1 if len(names) > 1:
            cut = random.randrange(1, len(names))
            return Implies(guards(random, names[:cut], depth - 1), guards(random, names[cut:], depth - 1))
        case _:
            cuts = sorted(random.sample(range(1, len(names)), min(len(names) - 1, random.randrange(3))))
            parts = [names[start:end] for start, end in zip([0, *cuts], [*cuts, len(names)], strict=True)]
            join = All if random.random() < 0.5 else AnyOf
            return join(tuple(guards(random, part, depth - 1) for part in parts))


@pytest.mark.parametrize("seed", range(150))
def test_the_obstacles_of_a_refusal_are_exactly_what_enables_it(seed: int) -> None:
    """For each subset of the blocking variables: flipping it enables the trigger exactly if the obstacles say so."""
    random = Random(seed)
    names = [f"v{number}" for number in range(random.randrange(1, 7))]
    cases = [case("s", None, guards(random, names, 3)) for _ in range(1 + (seed % 3 == 0))]
    if seed % 3 == 0 and len(names) > 1:
        cases = [case("s", None, guards(random, part, 3)) for part in (names[:1], names[1:])]
    spec = lifecycle((state("s", initial=True),), (on("go", *cases),), tuple(variable(n, False, True) for n in names))
    values = {name: random.random() < 0.5 for name in names}
    result = interpreter.fire(spec, variant(), "s", values, "go", nobody)
    if isinstance(result, interpreter.Accepted):
        return
    blamed = [reason.name for reason in result.reasons if reason.atom is not None]
    for number in range(2 ** len(blamed)):
        gone = frozenset(name for bit, name in enumerate(blamed) if number >> bit & 1)
        turned = {name: value != (name in gone) for name, value in values.items()}
        possible = isinstance(interpreter.fire(spec, variant(), "s", turned, "go", nobody), interpreter.Accepted)
        assert met(result.obstacles, gone) is possible, (cases, values, gone)


def needed(obstacles: Obstacles | Reason) -> Any:
    """Obstacles as nested lists. A list of alternatives begins with "or"."""
    if isinstance(obstacles, Reason):
        return obstacles.name
    parts = [needed(part) for part in obstacles.parts]
    head = [] if obstacles.named is None else [f"{obstacles.named.name}:"]
    return [*head, *(["or"] if obstacles.either else []), *parts]


V, W, U = is_("v", 0, 2), is_("w", 0, 3), is_("u", 0, 4)


@pytest.mark.parametrize(
    ("guards", "expected"),
    [
        ([Not(All((V, W)))], [["or", "v", "w"]]),
        ([Not(AnyOf((V, W)))], ["v", "w"]),
        ([AnyOf((Not(V), Not(W)))], [["or", "v", "w"]]),
        ([All((Not(V), Not(W)))], ["v", "w"]),
        ([Not(All((V, AnyOf((W, U)))))], [["or", "v", ["w", "u"]]]),
        ([All((Not(V), Not(All((W, U)))))], ["v", ["or", "w", "u"]]),
        ([Implies(V, Not(W))], [["or", "v", "w"]]),
        ([Not(Implies(V, W))], ["w"]),
        ([Not(All((V, FALSE)))], None),
        ([AnyOf((FALSE, Not(V)))], ["v"]),
        ([All((FALSE, Not(V)))], ["guard", "v"]),
        ([Not(V), Not(W)], ["or", "v", "w"]),
        ([All((Not(V), Not(W))), All((Not(V), Not(U)))], ["v", ["or", "w", "u"]]),
        ([Not(V), All((Not(V), Not(U)))], ["v"]),
        ([is_("n", True, 6)], [["n:", "or", "v", "w"]]),
        ([AnyOf((is_("n", True, 6), Not(U)))], [["or", ["n:", "or", "v", "w"], "u"]]),
        ([is_("m", False, 6)], [["m:", "v", "w"]]),
    ],
)
def test_a_refusal_tells_alternatives_from_joint_obstacles(guards: list[Condition], expected: Any) -> None:
    spec = lifecycle(
        (state("s", initial=True),),
        (on("go", *(case("s", None, guard) for guard in guards)),),
        tuple(variable(name, 0, 1) for name in "vwu"),
        named={"n": Not(All((V, W))), "m": AnyOf((V, W))},
    )
    result = interpreter.fire(spec, variant(), "s", {"v": 0, "w": 0, "u": 0}, "go", nobody)
    if expected is None:
        assert isinstance(result, interpreter.Accepted)
    else:
        assert needed(result.obstacles) == expected


def test_a_state_that_only_another_case_leaves_is_an_obstacle_of_its_own() -> None:
    spec = lifecycle(
        tuple(state(name, initial=name == "s") for name in "stu"),
        (on("go", case("t", None, TRUE), case("u", None, Not(V))),),
        (variable("v", 0, 1),),
    )
    result = interpreter.fire(spec, variant(), "s", {"v": 0}, "go", nobody)
    assert needed(result.obstacles) == ["or", "s", ["s", "v"]]
    assert [reason.states for reason in result.reasons] == [("t",), ("u",), ()]


def test_a_part_that_every_case_shares_is_named_once() -> None:
    beside = is_("v", 1, 2)
    spec = lifecycle(
        (state("s", initial=True),),
        (on("go", case("s", None, All((beside, is_("v", 2, 3)))), case("s", None, All((beside, is_("v", 3, 4))))),),
        (variable("v", 0, 1, 2, 3),),
    )
    result = interpreter.fire(spec, variant(), "s", {"v": 0}, "go", nobody)
    assert reasons_of(result) == [("variable", "v", number, False) for number in (2, 3, 4)]


def test_the_first_of_two_enabled_cases_is_taken_and_a_certain_one_before_an_undecided() -> None:
    spec = lifecycle(
        (state("s", initial=True), state("t"), state("u")),
        (on("go", case("s", "t", DocumentReady("t")), case("s", "u"), case("s", "s")),),
    )
    for knows, where in ((nobody, "u"), (tell("t"), "t"), (tell(), "u")):
        result = interpreter.fire(spec, variant(), "s", {}, "go", knows)
        assert isinstance(result, interpreter.Accepted)
        assert result.state == where


def test_a_variable_without_value_is_undecided() -> None:
    assert isinstance(interpreter.fire(BOOKING, variant(), "draft", {}, "send", tell("sent")), interpreter.Undecided)


def test_possible_triggers_are_listed_in_spec_order() -> None:
    everything = {"visit": "none", "bill": "on"}
    assert interpreter.enabled(BOOKING, variant(), "draft", everything, nobody) == ("book",)
    assert interpreter.enabled(BOOKING, variant(), "draft", {**everything, "visit": "booked"}, tell("sent")) == (
        "send",
    )
    assert interpreter.enabled(BOOKING, variant(), "sent", everything, tell()) == ("close",)
    assert interpreter.enabled(BOOKING, variant(), "sent", everything, nobody) == ()


def test_a_trigger_or_a_state_that_is_not_there_is_a_callers_mistake() -> None:
    with pytest.raises(KeyError):
        fired("draft", "fly", nobody)
    with pytest.raises(KeyError):
        fired("nowhere", "send", nobody)


def test_an_edit_changes_no_account() -> None:
    """A blocked account stays blocked: edits change no atom that reads only the account."""
    blocked = Holds(Ref("account", ("blocked",)), Literal(value=True), NOWHERE)
    urgent = of_order("urgent", Literal(value=True))
    chart = lifecycle(
        (state("a", initial=True, editable="me"), state("b"), state("c")),
        (on("go", case("a", "b", Not(blocked))), on("rush", case("a", "c", urgent))),
    )
    space = explore(chart, variant())
    edits = [move for number in range(len(space)) for move in space.moves(number) if move.is_edit]
    assert len(edits) == space.count_moves - len(space.targets) == 4
    for move in edits:
        before, after = space.configuration(move.source), space.configuration(move.target)
        assert before.truth(blocked) is after.truth(blocked)
        assert before.truth(urgent) is not after.truth(urgent)
