"""Strategies and machines for people's own test suites."""

from __future__ import annotations

import traceback
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from effort import examples, share
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from covage_model import build_machine, judge, load_pack
from covage_model.behaviour.space import reach
from covage_model.behaviour.space.explore import explore
from covage_model.behaviour.space.interpreter import Accepted
from covage_model.documents.make.valid.order_source import OrderSource
from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.presence.role import Role
from covage_model.testing import (
    Adapter,
    Life,
    NearMiss,
    NoOrder,
    fewest,
    lifecycle_machine,
    near_misses,
    orders,
    traces,
)  # fmt: skip
from covage_model.testing.drive import Disagreement

PHASES = [phase for phase in Phase if phase is not Phase.explain]  # it runs a failing test many times more
QUIET = settings(derandomize=True, database=None, deadline=None, max_examples=25, phases=PHASES)
FINDING = settings(derandomize=True, database=None, deadline=None, max_examples=120, phases=PHASES)


@cache
def packs(name: str) -> Any:
    return load_pack(*({"covage": (), "library": ("tests/packs/library",)}[name]))


@pytest.mark.parametrize(
    ("name", "role", "status"),
    [("covage", "request", None), ("library", "request", "draft"), ("library", "record", None)],
)
def test_every_order_drawn_is_clean(name: str, role: str, status: str | None) -> None:
    pack = packs(name)

    @QUIET
    @given(orders(pack, role=role, status=status, account="with"))
    def clean(pair: tuple[Any, Any]) -> None:
        document, account = pair
        assert judge(pack, document, role=role, status=status, account=account).findings == ()

    clean()


def test_a_failing_order_shrinks_to_the_minimal_one_and_what_makes_it_fail() -> None:
    strategy = orders(packs("covage"), "terminate-copper")
    least = OrderSource(packs("covage").judge, OrderTarget("terminate-copper", "submitted", Role.REQUEST)).document
    long = find(strategy, lambda order: len(order.get("comment", "")) > 3, settings=FINDING)
    assert long == {**least, "comment": "0000"}


class System(Adapter):
    """A system that does what the spec says: a live machine."""

    pack: Any
    variant: str

    def create(self, document: Any, account: Any) -> object:
        self.account = account
        self.machine = build_machine(self.pack, self.variant, document=document, account=account)
        self.edit(document)
        return True

    def fire(self, trigger: str, actor: str) -> object:  # noqa: ARG002  nobody else may fire it here
        result = self.machine.fire(trigger)
        return True if isinstance(result, Accepted) else "refused"

    def edit(self, document: Any) -> object:
        account = None if self.account is None else self.pack.judge.account(self.account, "account")
        ready = self.pack.judge.readiness(self.variant, document, account)
        known: dict[int, Any] = {}
        self.machine._truth = lambda atom: (
            known.setdefault(id(atom), ready(atom)) if id(atom) not in known else known[id(atom)]
        )
        return True

    def shown(self) -> Any:
        return self.machine.lifecycle.state(self.machine.state).status

    def events(self) -> Any:
        return self.machine.emitted

    def possible(self) -> Any:
        return {name for name in self.machine.events if self.machine.may(name)}


def system(pack_: Any, leaf_: str, **more: Any) -> type[System]:
    return type("Sut", (System,), {"pack": pack_, "variant": leaf_, **more})


def driven(machine: Any, runs: int = 10) -> None:
    given_ = settings(machine.TestCase.settings, derandomize=True, database=None, max_examples=runs)
    run_state_machine_as_test(machine, settings=settings(given_, stateful_step_count=30))


@pytest.mark.parametrize(
    ("name", "variant"),
    share(
        [
            ("covage", "activate-copper/create"),
            ("covage", "activate-enni"),
            ("library", "loan/home"),
            ("library", "card"),
        ]
    ),
)
def test_a_live_machine_agrees_with_its_spec(name: str, variant: str) -> None:
    driven(lifecycle_machine(packs(name), variant, adapter=system(packs(name), variant)), runs=examples(5))


def test_a_trigger_that_the_system_wrongly_takes_is_found_in_as_few_steps_as_can_be() -> None:
    pack, variant = packs("covage"), "activate-copper/create"

    def fire(self: Any, trigger: str, actor: str) -> object:
        return System.fire(self, trigger, actor) is True or trigger == "submit" or "refused"

    with pytest.raises(AssertionError) as caught:
        driven(lifecycle_machine(pack, variant, adapter=system(pack, variant, fire=fire)))
    assert "after 1 step\n" in str(caught.value)
    assert "1. submit by Operator must be refused" in str(caught.value)
    assert "lifecycles/skeleton.yaml:" in str(caught.value)


@pytest.mark.hard
@pytest.mark.parametrize(("state", "trigger"), [("lent.overdue", "close"), ("lent.out.renewed", "withdraw")])
def test_what_is_wrongly_taken_in_one_state_is_found_in_a_few_runs(state: str, trigger: str) -> None:
    pack, variant = packs("library"), "loan/reading_room"

    def fire(self: Any, name: str, actor: str) -> object:
        before = self.machine.state
        return System.fire(self, name, actor) is True or (before, name) == (state, trigger) or "refused"

    machine = lifecycle_machine(pack, variant, adapter=system(pack, variant, fire=fire))
    given_ = settings(machine.TestCase.settings, derandomize=True, database=None, max_examples=3)
    with pytest.raises(Disagreement, match=f"the spec refuses {trigger} by .*, in {state} "):
        run_state_machine_as_test(machine, settings=given_)


@pytest.mark.long
@pytest.mark.hard
def test_what_is_taken_in_a_state_that_it_is_not_written_for_is_found_though_a_guard_hides_it_at_first() -> None:
    pack, variant = packs("covage"), "activate-copper/create"

    def fire(self: Any, name: str, actor: str) -> object:
        here = self.machine.state, self.machine.variables["appointment"]
        return System.fire(self, name, actor) is True or (name, *here) == ("hold_appointment", "draft", "booked")

    machine = lifecycle_machine(pack, variant, adapter=system(pack, variant, fire=fire))
    given_ = settings(machine.TestCase.settings, derandomize=True, database=None, max_examples=2)
    with pytest.raises(Disagreement, match="after 2 steps"):
        run_state_machine_as_test(machine, settings=given_)


def test_what_an_adapter_raises_is_told_with_the_fewest_steps_that_lead_there() -> None:
    pack, variant = packs("library"), "reservation/copy"

    def fire(self: Any, trigger: str, actor: str) -> object:
        if trigger == "withdraw" and self.machine.state != "draft":
            raise TimeoutError("no answer\nfor 5 s")
        return System.fire(self, trigger, actor)

    with pytest.raises(Disagreement) as caught:
        driven(lifecycle_machine(pack, variant, adapter=system(pack, variant, fire=fire)))
    assert "after 2 steps" in str(caught.value)
    assert "the adapter's fire raised TimeoutError: no answer\\nfor 5 s" in str(caught.value)
    assert isinstance(caught.value.__cause__, TimeoutError)


def test_a_difference_that_a_fresh_order_does_not_show_is_told_as_it_was_met() -> None:
    pack, variant, orders_ = packs("library"), "reservation/copy", []

    def create(self: Any, document: Any, account: Any) -> object:
        orders_.append(document)
        return System.create(self, document, account) if len(orders_) != 2 else "too busy"

    with pytest.raises(Exception) as caught:  # noqa: PT011  Hypothesis adds that the runs differ
        driven(lifecycle_machine(pack, variant, adapter=system(pack, variant, create=create)))
    text = "".join(traceback.format_exception(caught.value))
    assert "the system refused: 'too busy'" in text
    assert "played again on a fresh order, these steps agree" in text


def test_a_guard_of_which_one_part_is_forgotten_is_found(tmp_path: Path) -> None:
    """The forgotten part alone must say no: what else a walk meets is refused by the other parts."""
    (tmp_path / "pack.yaml").write_text("pack: tiny\nformat: 1\nlanguages: [en]\nactors: {walker: Walker}\n")
    (tmp_path / "order.yaml").write_text("order: tiny\nfollows: walk\nmatch: {kind: tiny}\n")
    names = "abcdefghi"
    variables = "".join(f"  {name}: [none, done]\n" for name in names)
    tasks = "".join(f"  do_{name}: {{by: walker, set: {{{name}: done}}}}\n" for name in names)
    guard = ", ".join(f"{name}: done" for name in names)
    end = f"  end: {{by: walker, guard: {{{guard}}}, to: e}}\n"
    states = "states: {s: {initial: true}, e: {final: success}}\n"
    (tmp_path / "walk.yaml").write_text(f"lifecycle: walk\nvariables:\n{variables}{states}transitions:\n{tasks}{end}")
    pack = load_pack(str(tmp_path))

    def fire(self: Any, trigger: str, actor: str) -> object:
        done = [name for name in names if self.machine.variables[name] == "done"]
        return System.fire(self, trigger, actor) is True or (trigger == "end" and done == list("abcefghi")) or "refused"

    with pytest.raises(Disagreement) as caught:
        driven(lifecycle_machine(pack, "tiny", adapter=system(pack, "tiny", fire=fire)))
    assert "after 9 steps" in str(caught.value)
    assert "- d is none; the guard asks: d = done" in str(caught.value)


@settings(QUIET, max_examples=examples(60))
@given(st.lists(st.integers(0, 9), max_size=12), st.frozensets(st.integers(0, 9), min_size=1, max_size=4))
def test_the_fewest_steps_still_differ_and_none_can_be_left_out(steps: list[int], needed: frozenset[int]) -> None:
    def differs(some: tuple[int, ...]) -> bool:
        return needed <= set(some)

    found = fewest(tuple(steps), differs)
    assert found == (tuple(steps) if not differs(tuple(steps)) else found)
    assert not differs(tuple(steps)) or (sorted(found) == sorted(needed))


@pytest.mark.hard
@pytest.mark.parametrize("role", ["request", "record"])
def test_every_near_miss_gets_exactly_the_findings_that_it_says(role: str) -> None:
    pack = packs("library")

    @settings(QUIET, max_examples=40)
    @given(near_misses(pack, role=role))
    def refused(miss: NearMiss) -> None:
        verdict = judge(pack, miss.document, status=miss.status, account=miss.account)
        heavy = [one for one in verdict.findings if one.severity.value in ("error", "warning")]
        assert miss.findings == {(one.code, one.location.pointer) for one in heavy} != set()
        assert verdict.role.value == role

    refused()


def test_a_near_miss_shrinks_to_the_minimal_order_with_one_thing_wrong(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("pack: tiny\nformat: 1\nlanguages: [en]\nactors: {walker: Walker}\n")
    (tmp_path / "walk.yaml").write_text("lifecycle: walk\nstates: {s: {initial: true}}\n")
    fields = "{a: {type: string, required: true}, b: {type: integer, maximum: 9}, c: {type: string}}"
    (tmp_path / "order.yaml").write_text(f"order: tiny\nfollows: walk\nmatch: {{kind: tiny}}\nfields: {fields}\n")
    strategy = near_misses(load_pack(str(tmp_path)), "tiny")
    miss = find(strategy, lambda one: ("CM404", "/b") in one.findings, settings=FINDING)
    assert (miss.document, miss.findings) == ({"kind": "tiny", "a": "", "b": miss.document["b"]}, {("CM404", "/b")})
    miss = find(strategy, lambda one: one.what == "missing a", settings=FINDING)
    assert (miss.document, miss.findings) == ({"kind": "tiny"}, {("CM403", "/a")})
    assert miss.line.endswith("order.yaml:4")


@pytest.mark.parametrize(("name", "variant"), [("covage", "activate-fiber/create"), ("library", "loan/remote")])
def test_every_life_is_lived_by_the_machine(name: str, variant: str) -> None:
    pack = packs(name)

    @settings(QUIET, max_examples=30)
    @given(traces(pack, variant))
    def lived(life: Life) -> None:
        order = system(pack, variant)()
        order.create(life.documents[0], life.account)
        for (trigger, actor, document), after in zip(life.steps, life.trace.configurations[1:], strict=True):
            assert (order.fire(trigger, actor) if document is None else order.edit(document)) is True
            assert (order.machine.state, tuple(order.machine.variables.items())) == (after.state, after.variables)
        assert order.events() == life.trace.emitted

    lived()


def test_a_failing_life_shrinks_to_a_shortest_one() -> None:
    pack, variant = packs("library"), packs("library").spec.variant("loan/remote")
    space = explore(pack.spec.lifecycle(variant.order.follows), variant)
    ends = bytes(space.state(number) == "closed" for number in range(len(space)))
    shortest = reach.shortest(space, space.initial, ends)
    assert shortest is not None
    life = find(traces(pack, "loan", "remote"), lambda one: one.trace.end.state == "closed", settings=FINDING)
    assert len(life.trace.moves) == len(shortest)


@pytest.mark.hard
def test_a_steered_machine_covers_far_more_of_a_deep_lifecycle_than_a_random_one(tmp_path: Path) -> None:
    length = 14
    rows = "".join(f"      - {{from: s{n}, to: s{n + 1}}}\n" for n in range(length - 1))
    states = "".join(f"  s{n}: {{{'initial: true' if n == 0 else ''}}}\n" for n in range(length))
    (tmp_path / "pack.yaml").write_text("pack: deep\nformat: 1\nlanguages: [en]\nactors: {walker: Walker}\n")
    (tmp_path / "order.yaml").write_text("order: deep\nfollows: walk\nmatch: {kind: deep}\n")
    walk = (
        f"lifecycle: walk\nstates:\n{states}transitions:\n  back: {{by: walker, to: s0}}\n  onward:\n    by: walker\n"
    )
    (tmp_path / "walk.yaml").write_text(f"{walk}    cases:\n{rows}")
    pack, covered = load_pack(str(tmp_path)), {}
    for steering in (True, False):
        seen: set[Any] = set()
        steps = [0]

        def fire(self: Any, trigger: str, actor: str, seen: Any = seen, steps: Any = steps) -> object:
            before, taken = self.machine.state, System.fire(self, trigger, actor)
            steps[0] += 1
            if taken is True and steps[0] <= 200:
                seen.add((before, trigger))
            return taken

        driven(lifecycle_machine(pack, "deep", adapter=system(pack, "deep", fire=fire), steering=steering))
        assert steps[0] >= 200
        covered[steering] = len(seen)
    assert covered[True] == 2 * length - 1
    assert covered[False] * 2 < covered[True]


def answered(pack: Any, variant: str, name: str, answer: Any) -> str:
    """What the machine says of a system of which one answer is changed."""

    def changed(self: Any, *args: Any) -> Any:
        return answer(getattr(System, name)(self, *args))

    with pytest.raises(AssertionError) as caught:
        driven(lifecycle_machine(pack, variant, adapter=system(pack, variant, **{name: changed})))
    return str(caught.value)


@pytest.mark.long
def test_whatever_the_system_tells_is_held_against_the_spec() -> None:
    pack, variant = packs("library"), "reservation/copy"
    text = answered(pack, variant, "events", lambda found: [one for one in found if one != "asked"])
    assert "after 1 step\n" in text
    assert "the spec has emitted: asked" in text
    assert "the system has emitted: nothing" in text
    text = answered(pack, variant, "shown", lambda found: found or "draft")
    assert "the spec shows no status: the state is withdrawn" in text
    assert "the system shows 'draft'" in text
    text = answered(pack, variant, "shown", lambda found: {"status": found})
    assert "is no record of this order" in text
    assert "CM401 not an order: it has none of the fields that decide the order type" in text
    text = answered(pack, variant, "possible", lambda found: found - {"withdraw"})
    assert "the system says that withdraw is not possible" in text
    text = answered(pack, variant, "possible", lambda found: {*found, "fly"})
    assert "the spec knows no trigger 'fly'" in text
    text = answered(pack, variant, "edit", lambda _: "422")
    assert "the spec lets the document be changed in Draft" in text
    text = answered(pack, variant, "create", lambda _: "422")
    assert "after 0 steps" in text
    assert "the system refused: '422'" in text


@pytest.mark.long
@pytest.mark.hard
def test_orders_can_live_on_documents_of_ones_own_and_some_triggers_be_left_alone() -> None:
    pack, fired, documents = packs("library"), set(), []

    def fire(self: Any, trigger: str, actor: str) -> object:
        fired.add(trigger)
        return System.fire(self, trigger, actor)

    def create(self: Any, document: Any, account: Any) -> object:
        documents.append(document)
        return System.create(self, document, account)

    source = OrderSource(pack.judge, OrderTarget("renewal", "submitted", Role.REQUEST))
    sut = system(pack, "renewal", fire=fire, create=create)
    given_ = {"documents": [source.document], "account": source.account}
    driven(lifecycle_machine(pack, "renewal", adapter=sut, undriven={"look"}, **given_))
    assert fired == {"submit", "withdraw", "grant", "refuse"}
    assert all(one == source.document for one in documents)


def test_what_cannot_be_asked_for_is_an_error_at_once() -> None:
    pack = packs("library")
    with pytest.raises(KeyError, match="did you mean 'renewal'"):
        orders(pack, "renewl")
    with pytest.raises(ValueError, match="no order has the status 'lost property'"):
        orders(pack, status="lost property")
    with pytest.raises(NoOrder, match="card is written by librarian"):
        orders(pack, "card")
    with pytest.raises(KeyError):
        lifecycle_machine(pack, "loan", "moon", adapter=System)
    with pytest.raises(KeyError, match="fly"):
        lifecycle_machine(pack, "renewal", adapter=System, undriven=["fly"])
    with pytest.raises(ValueError, match="no renewal"):
        lifecycle_machine(pack, "renewal", adapter=System, documents=[{"request": "loan"}])
    with pytest.raises(ValueError, match="without an account"):
        lifecycle_machine(pack, "renewal", adapter=System, documents=[{"request": "renewal"}])
    with pytest.raises(TypeError, match="adapter"):
        lifecycle_machine(pack, "renewal")


def test_a_given_account_is_suited_and_stays_as_it_is() -> None:
    pack = packs("library")
    account = OrderSource(pack.judge, OrderTarget("loan/home", "submitted", Role.REQUEST)).account
    before = repr(account)

    @QUIET
    @given(orders(pack, "loan/home", account=account))
    def clean(document: Any) -> None:
        assert judge(pack, document, account=account).findings == ()

    clean()
    assert repr(account) == before
