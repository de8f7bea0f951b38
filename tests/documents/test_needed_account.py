"""Accounts made of orders: all of the orders pass, nothing is too much, and nobody is invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from effort import examples

from covage_model import Pack, account_for, generate_orders, load_pack
from covage_model.api.account_examples import example_account
from covage_model.api.examples import best, clean_examples
from covage_model.documents.make.valid.needed_account import scalars
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Severity

ROOT = Path(__file__).parents[2]
PACKS = {"covage": "covage", "library": str(ROOT / "tests" / "packs" / "library")}


@pytest.fixture(scope="module", params=PACKS)
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(PACKS[request.param])


def passing(pack: Pack, documents: list[Any], account: Any) -> list[bool]:
    """Whether each order passes with nothing that was not checked."""
    judged = pack.judge.account(account, "account")
    assert not judged.findings
    found = (pack.judge.verdict(document, "", account=judged).findings for document in documents)
    return [all(finding.severity is Severity.NOTE for finding in each) for each in found]


def personal(slot: Slot, value: Any, *, within: bool = False) -> Iterator[tuple[Slot, Any]]:
    """The personal values in an account, with their slots."""
    if isinstance(value, dict):
        for name, inner in value.items():
            below = (slot.properties or {})[name]
            yield from personal(below, inner, within=within or below.personal)
    elif isinstance(value, list) and slot.items is not None:
        for item in value:
            yield from personal(slot.items, item, within=within or slot.items.personal)
    elif within or slot.personal:
        yield slot, value


def test_generated_orders_pass_with_the_account_that_is_made_of_them(pack: Pack) -> None:
    for seed, fill in enumerate(("minimal", "full", "random")):
        orders = list(generate_orders(pack, count=examples(9), seed=seed, fill=fill))
        made = account_for(pack, orders)
        assert all(passing(pack, orders, made.data))
        assert (made.orders, made.left_out, made.failing) == (len(orders), 0, 0)


def test_an_order_needs_all_that_its_account_has(pack: Pack) -> None:
    tried = 0
    for order in generate_orders(pack, count=9, seed=8):
        account = account_for(pack, [order]).data
        for path in json_value.paths(account):
            judged = pack.judge.account(json_value.without(account, path), "account")
            assert judged.findings or pack.judge.verdict(order, "", account=judged).findings, path
            tried += 1
    assert tried > 9


def test_the_order_of_the_orders_decides_nothing_but_the_order_of_items(pack: Pack) -> None:
    orders = list(generate_orders(pack, count=12, seed=5))
    shuffled = Random(1).sample(orders, len(orders))
    one, other = (sorted(map(repr, scalars(account_for(pack, given).data))) for given in (orders, shuffled))
    assert one == other


def test_twice_the_same_orders_need_the_same_account(pack: Pack) -> None:
    orders = list(generate_orders(pack, count=8, seed=2))
    assert account_for(pack, [*orders, *orders]).data == account_for(pack, orders).data


def test_no_personal_value_is_invented_that_could_be_real() -> None:
    pack = load_pack()
    orders = list(generate_orders(pack, count=24, seed=4, fill="full"))
    own = {json_value.canonical(value) for order in orders for _, value in scalars(order)}
    account = account_for(pack, orders).data
    values = list(personal(pack.account_sheet.root, account))
    assert values
    for slot, value in values:
        assert json_value.canonical(value) in own or str(value).startswith("<") or value in slot.examples


def test_what_no_order_says_is_marked_and_told() -> None:
    pack = load_pack(PACKS["covage"])
    order = {
        "type": "terminate",
        "service_ref": "S310421_00007",
        "operator_info": {"contact_uuid": "c0ntact1"},
    }
    made = account_for(pack, [order])
    assert made.data["contacts"] == [{"contact_uuid": "c0ntact1"}]
    assert [service["reference"] for service in made.data["services"]] == ["S310421_00007"]
    assert made.assumed == {"services[].product.code": 1, "services[].status": 1}


def test_an_order_with_errors_of_its_own_is_left_out(pack: Pack) -> None:
    (order,) = generate_orders(pack, count=1, seed=1)
    made = account_for(pack, [order, {**order, "nothing_of_the_kind": 1}, {"type": "nothing"}])
    assert (made.orders, made.left_out) == (1, 2)
    assert made.data == account_for(pack, [order]).data


def test_every_example_order_passes_with_the_example_account(pack: Pack) -> None:
    found = clean_examples(pack.judge, pack.folders)
    chosen = [one for name in pack.names if (one := best(found, name)) is not None and one.role is Role.REQUEST]
    assert chosen
    assert all(passing(pack, [one.data for one in chosen], example_account(pack)))
