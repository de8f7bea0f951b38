"""Strategies and machines for people's own test suites."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis.stateful import run_state_machine_as_test

from covage_model import build_machine, judge, load_pack
from covage_model.statespace.step import Accepted
from covage_model.testing import Adapter, lifecycle_machine, orders

QUIET = settings(derandomize=True, database=None, deadline=None, max_examples=25)
FINDING = settings(derandomize=True, database=None, deadline=None, max_examples=120)


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
    least = find(strategy, lambda _: True, settings=FINDING)
    long = find(strategy, lambda order: len(order.get("comment", "")) > 3, settings=FINDING)
    assert long == {**least, "comment": "0000"}


class System(Adapter):
    """A system that does what the spec says: a live machine."""

    pack: Any
    leaf: str

    def create(self, document: Any, account: Any) -> object:
        self.account = account
        self.machine = build_machine(self.pack, self.leaf, document=document, account=account)
        self.edit(document)
        return True

    def fire(self, trigger: str, actor: str) -> object:  # noqa: ARG002  nobody else may pull it here
        result = self.machine.fire(trigger)
        return True if isinstance(result, Accepted) else "refused"

    def edit(self, document: Any) -> object:
        account = None if self.account is None else self.pack.judge.account(self.account, "account")
        ready = self.pack.judge.readiness(self.leaf, document, account)
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
    return type("Sut", (System,), {"pack": pack_, "leaf": leaf_, **more})


def driven(machine: Any, **more: Any) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            QUIET, max_examples=10, stateful_step_count=30, phases=[Phase.generate, Phase.shrink], **more
        ),
    )


@pytest.mark.parametrize(
    ("name", "leaf"),
    [("covage", "activate-copper/create"), ("covage", "activate-enni"), ("library", "loan/home"), ("library", "card")],
)
def test_a_live_machine_agrees_with_its_spec(name: str, leaf: str) -> None:
    driven(lifecycle_machine(packs(name), leaf, adapter=system(packs(name), leaf)))


def test_a_trigger_that_the_system_wrongly_takes_is_found_in_as_few_steps_as_can_be() -> None:
    pack, leaf = packs("covage"), "activate-copper/create"

    def fire(self: Any, trigger: str, actor: str) -> object:
        return System.fire(self, trigger, actor) is True or trigger == "submit" or "refused"

    with pytest.raises(AssertionError) as caught:
        driven(lifecycle_machine(pack, leaf, adapter=system(pack, leaf, fire=fire)))
    assert "after 1 steps" in str(caught.value)
    assert "1. submit by Operator must be refused" in str(caught.value)
    assert "lifecycles/skeleton.yaml:" in str(caught.value)
