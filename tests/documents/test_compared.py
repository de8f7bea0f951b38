"""Documents in which values are compared: judged both ways, made, spoilt, repaired, mutated."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from covage_model import (
    Pack,
    build_machine,
    generate_defects,
    generate_orders,
    judge,
    load_pack,
    mutate_pack,
    order_schema,
    why,
)
from covage_model.behaviour.space.interpreter import Accepted
from covage_model.documents.judge.compiled.plain import PlainJudge
from covage_model.documents.make.defects.defect import Invalid

FILES = {
    "pack.yaml": "pack: hire\nformat: 1\nactors: {sender: Sender, keeper: Keeper}\naccount: customer\n",
    "types.yaml": "types: {customer: {fields: {limit: number}}}\n",
    "order.yaml": """
        order: hire
        follows: life
        match: {kind: hire}
        fields:
          start: {type: string, format: date-time, required: sent}
          end: {type: string, format: date-time}
          price: {type: number, required: sent}
          most: number
          fee: {type: number, examples: [1, 2]}
          days: {items: {fields: {low: {type: number, required: true}, high: {type: number, required: true}}}}
        rules:
          dates: {when: {end: {present: true}}, then: {end: {above: {at: start}}}}
          price: {when: {most: {present: true}}, then: {price: {max: {at: most}}}}
          days: {then: {days: {every: {high: {above: {at: low}, below: {at: order.price}}}}}}
          fee: {when: {fee: {present: true}}, then: {fee: {above: 0, below: 100}}}
          known: {when: {fee: {present: true}}, then: {fee: {among: days.low}}, standing: assumed}
          limit: {then: {price: {max: {at: account.limit}}}}
        """,
    "life.yaml": """
        lifecycle: life
        requests: sent
        states: {draft: {initial: true, editable: sender}, sent: {}, done: {final: success}}
        transitions:
          send: {by: sender, from: draft, to: sent, guard: {document: sent, order.price: {below: {at: order.most}}}}
          close: {by: keeper, from: sent, to: done, guard: {order.price: {below: {at: order.most}}}}
        properties:
          closable: {leads_to: [{state: sent}, {final: any}]}
        """,
}
START, END = "2031-01-01T12:00:00+02:00", "2031-01-01T11:00:00Z"
GOOD: dict[str, Any] = {
    "kind": "hire",
    "start": START,
    "end": END,
    "price": 9,
    "most": 10,
    "fee": 1.5,
    "days": [{"low": 1.5, "high": 8}],
}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder: Path = tmp_path_factory.mktemp("hire")
    for name, text in FILES.items():
        (folder / name).write_text(dedent(text), encoding="utf-8")
    return load_pack(str(folder))


def broken(pack: Pack, order: dict[str, Any], account: Any) -> list[str]:
    return sorted(
        str(each.arguments["rule"]) for each in judge(pack, order, account=account).findings if each.code == "CM407"
    )


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({}, []),
        ({"end": "2031-01-01T10:00:00Z"}, ["dates"]),
        ({"end": "2031-01-01T12:00:01+02:00"}, []),
        ({"price": 11}, ["limit", "price"]),
        ({"most": 9}, []),
        ({"days": [{"low": 1.5, "high": 1.5}]}, ["days"]),
        ({"days": [{"low": 1.5, "high": 9}]}, ["days"]),
        ({"fee": 0, "days": [{"low": 0, "high": 1}]}, ["fee"]),
        ({"fee": 2}, ["known"]),
    ],
)
def test_each_comparison_is_judged(pack: Pack, change: dict[str, Any], rules: list[str]) -> None:
    assert broken(pack, {**GOOD, **change}, {"limit": 10}) == rules


def test_an_absent_side_fails(pack: Pack) -> None:
    assert broken(pack, GOOD, {}) == ["limit"]


def test_the_schema_says_what_it_can_and_names_the_rest(pack: Pack) -> None:
    schema = order_schema(pack, "hire")
    assert schema["$comment"] == "JSON Schema cannot say these rules: dates, price, days, known, limit"
    assert "exclusiveMinimum" in str(schema["allOf"])


def test_what_is_made_is_valid_and_what_is_spoilt_breaks_the_rule_alone(pack: Pack) -> None:
    made = generate_orders(pack, count=12, seed=5)
    documents = list(made)
    assert len(documents) == 12
    assert [broken(pack, document, made.account) for document in documents] == [[]] * 12
    spoilt = [each for each in generate_defects(pack, seed=5) if isinstance(each, Invalid)]
    rules = {each.defect.detail for each in spoilt if each.defect.kind in ("rule", "account-rule")}
    assert rules == {"dates", "price", "days", "fee", "known", "limit"}
    for each in spoilt:
        if each.defect.kind in ("rule", "account-rule"):
            assert broken(pack, each.document, each.account) == [each.defect.detail]


def test_the_compiled_judge_accepts_exactly_what_the_interpreter_does(pack: Pack) -> None:
    account = pack.judge.account({"limit": 10}, "account")
    compiled = PlainJudge(pack.judge, account=account)
    ends, prices, lows = (END, START, "2031-01-01T10:00:01Z"), (9, 10, 11, 9.5), (1.5, 0, 8)
    accepted = 0
    for end, price, most, low, fee in product(ends, prices, prices, lows, (1.5, 0)):
        document = {**GOOD, "end": end, "price": price, "most": most, "fee": fee, "days": [{"low": low, "high": 8}]}
        clean = not pack.judge.verdict(document, "it", account=account).findings
        assert (compiled.verdict(document, "it") is not None) is clean, document
        accepted += clean
    assert accepted == 18  # 9 prices and bounds, 2 ends


def test_the_nearest_way_makes_a_comparison_true(pack: Pack) -> None:
    answer = why(pack, "send", "hire", document={**GOOD, "most": 9}, account={"limit": 10})
    assert not isinstance(answer.step, Accepted)
    assert answer.ways
    assert answer.ways[0].played


def test_the_table_has_no_valuation_that_no_two_values_give(pack: Pack) -> None:
    machine = build_machine(pack, "hire", document=GOOD, account={"limit": 10})
    assert machine.fire("send")


def test_the_value_on_the_other_side_of_a_bound_is_a_mutant(pack: Pack) -> None:
    tried = mutate_pack(pack, operators=["guard-bound-relax"]).tried
    assert [(each.mutant.old, each.mutant.new) for each in tried] == [("below", "max")] * 2
