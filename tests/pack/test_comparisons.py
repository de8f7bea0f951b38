"""Comparisons of two values: their truth, their words, where they may stand, and which truths go together."""

from __future__ import annotations

from itertools import product
from textwrap import dedent
from typing import Any

import pytest

from covage_model.behaviour.space import atoms as space_atoms
from covage_model.ground import ordering
from covage_model.ground.files.read import read_spec
from covage_model.ground.json_value import ABSENT
from covage_model.pack.compile.compile import compile_pack
from covage_model.pack.conditions import indexed, truth, words
from covage_model.pack.definitions import texts
from covage_model.pack.model.conditions import All, Compare, Holds, Literal, Not, Present, Range, Ref
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.checks.check import check

RELATIONS = ("min", "max", "above", "below", "is")
FIRST, SECOND = Ref("order", ("a",)), Ref("order", ("b",))
VALUES: tuple[Any, ...] = (
    ABSENT,
    None,
    True,
    1,
    1.0,
    2,
    "1",
    "x",
    "2024-02-28",
    "2024-02-29",
    "2024-02-30",
    "2024-02-29T23:30:00Z",
    "2024-03-01T00:30:00+01:00",
    "2024-02-29T23:30:00.50Z",
    "2024-02-29t23:30:00.5z",
)

PACK = "pack: tiny\nformat: 1\nactors: {sender: Sender}\naccount: customer"
TYPES = "types: {customer: {fields: {since: {type: string, format: date}}}}"
LIFE = """
    lifecycle: life
    states: {draft: {initial: true}, done: {final: success}}
    variables: {tries: [0, 1, 2], last: [0, 1, 2], late: {when: {order.end: {below: {at: order.start}}}}}
    transitions:
      finish: {by: sender, from: draft, to: done, guard: GUARD}
"""
ORDER = """
    order: rent
    follows: life
    match: {kind: rent}
    fields:
      start: {type: string, format: date}
      end: {type: string, format: date}
      price: number
      cap: number
      least: string
      days: {items: {fields: {low: number, high: number}}}
    rules:
      r: {then: THEN}
"""


def compiled(then: str = "{price: 1}", guard: str = "{tries: 0}") -> tuple[SpecPack | None, list[str]]:
    files = {"pack": PACK, "types": TYPES, "life": LIFE.replace("GUARD", guard), "order": ORDER.replace("THEN", then)}
    nodes = [read_spec(dedent(text).encode(), name)[0] for name, text in files.items()]
    assert None not in nodes
    pack, found = compile_pack([("p", [node for node in nodes if node is not None])])
    return pack, [
        f"{one.code} {one.form} {one.location.file}:{one.location.line}:{one.location.column}" for one in found
    ]


def then(text: str) -> Any:
    pack, found = compiled(text)
    assert pack is not None
    assert found == []
    return pack.orders[0].value.rules[0].then


# --- truth


def test_instants_are_in_the_order_of_time_whatever_their_zone() -> None:
    in_order = [
        "0000-01-01T00:00:00+23:59",
        "0000-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "2024-02-29T12:00:00+02:00",
        "2024-02-29T10:00:00.05Z",
        "2024-02-29T10:00:00.5Z",
        "2024-02-29T06:30:01-03:30",
        "2024-06-30T23:59:59.9Z",
        "2024-06-30T23:59:60Z",
        "2024-07-01T00:00:00Z",
        "9999-12-31T23:59:59-23:59",
    ]
    for (first, left), (second, right) in product(enumerate(in_order), repeat=2):
        assert ordering.compared(left, right) == (first > second) - (first < second), (left, right)


def test_what_has_no_order_or_another_kind_is_not_compared() -> None:
    for left, right in product(VALUES[1:], repeat=2):
        kinds = ordering.kind_of(left), ordering.kind_of(right)
        assert (ordering.compared(left, right) is None) == (None in kinds or kinds[0] != kinds[1]), (left, right)


def test_an_absent_side_fails_and_each_relation_is_what_it_says() -> None:
    for left, right in product(VALUES, repeat=2):
        holding = {name for name in RELATIONS if truth.stands(left, name, right)}
        if left is ABSENT or right is ABSENT:
            assert holding == set()
        order = None if ABSENT in (left, right) else ordering.compared(left, right)
        expected = {-1: {"max", "below"}, 0: {"min", "max"}, 1: {"min", "above"}, None: set()}[order]
        assert holding - {"is"} == expected
    assert truth.stands(1, "is", 1.0)
    assert not truth.stands(1, "is", True)
    assert not truth.stands(VALUES[-1], "is", VALUES[-2])
    assert truth.stands(VALUES[-1], "min", VALUES[-2])


def test_a_condition_over_the_document_and_the_account_says_what_its_relation_says() -> None:
    for relation, root in product(RELATIONS, ("scope", "account")):
        condition = Holds(Ref("scope", ("a",)), Compare(relation, Ref(root, ("b",))))
        for left, right in product(VALUES, repeat=2):
            document = {} if left is ABSENT else {"a": left}
            other = {} if right is ABSENT else {"b": right}
            scopes = ({**document, **other} if root == "scope" else document,)
            account = other if root == "account" else ABSENT
            expected = truth.stands(left, relation, right)
            assert truth.holds(condition, scopes, account) is expected
            assert indexed.judgement(condition, account)(scopes) is expected


# --- how they are written


def test_bounds_of_numbers_stay_a_range_and_other_comparisons_are_tests_of_their_own() -> None:
    ref = Ref("here", ("price",))
    assert then("{price: {min: 1, max: 2}}") == Holds(ref, Range(1, 2))
    assert then("{price: {is: 2}}") == Holds(ref, Literal(2))
    assert then("{price: {above: 1, max: 2, below: {at: cap}}}") == All(
        (
            Holds(ref, Range(None, 2)),
            Holds(ref, Compare("above", 1)),
            Holds(ref, Compare("below", Ref("here", ("cap",)))),
        )
    )
    assert then('{end: {min: "2024-02-29"}}') == Holds(Ref("here", ("end",)), Compare("min", "2024-02-29"))


def test_a_path_starts_where_the_comparison_is_written() -> None:
    inner = then("{days: {every: {high: {above: {at: low}}, low: {min: {at: order.cap}}}}}").test.condition
    assert inner.parts[0] == Holds(Ref("item", ("high",)), Compare("above", Ref("item", ("low",))))
    assert inner.parts[1] == Holds(Ref("item", ("low",)), Compare("min", Ref("order", ("cap",))))


@pytest.mark.parametrize(
    ("rule", "guard", "finding"),
    [
        ('{end: {min: "2024-02-30"}}', "{tries: 0}", "CM106 value order:13:20"),
        ("{end: {min: {to: start}}}", "{tries: 0}", "CM102 missing order:13:20"),
        ("{price: 1}", "{tries: {below: {at: lost}}}", "CM202 variable life:6:71"),
        ("{price: 1}", "{tries: {below: {at: late}}}", "CM209 sides life:6:71"),
        ("{price: 1}", "{tries: {below: {at: order.price}}}", "CM209 sides life:6:71"),
        ("{price: 1}", "{tries: {below: {at: state}}}", "CM209 sides life:6:71"),
        ("{price: 1}", "{order.price: {below: {at: tries}}}", "CM209 sides life:6:77"),
    ],
)
def test_what_cannot_be_compared_is_refused_where_it_is_written(rule: str, guard: str, finding: str) -> None:
    assert finding in compiled(rule, guard)[1]


def test_variables_are_compared_with_variables() -> None:
    pack, found = compiled(guard="{tries: {below: {at: last}}, order.end: {min: {at: account.since}}}")
    assert found == []
    assert pack is not None
    guard = pack.lifecycles[0].transitions[0].cases[0].guard
    assert isinstance(guard, All)
    assert guard.parts[0] == Holds(Ref("variable", ("tries",)), Compare("below", Ref("variable", ("last",))))


# --- words


def test_words() -> None:
    condition = Holds(Ref("order", ("end",)), Compare("min", Ref("account", ("since",))))
    assert words.describe(condition, "en") == "end ≥ account.since"
    assert words.describe(Not(condition), "fr") == "non (end ≥ account.since)"
    same = Holds(FIRST, Compare("is", SECOND))
    assert [words.describe(same, language) for language in ("en", "fr")] == ["a is equal to b", "a est égal à b"]
    assert words.describe(Holds(FIRST, Compare("above", "2024-02-29")), "en") == 'a > "2024-02-29"'
    assert texts.condition(condition) == '{"order.end":{"min":{"at":"account.since"}}}'


# --- which truths go together


def written(turned: int, relation: str) -> Holds:
    """A comparison of the two places, from the first or from the second."""
    first, second = (SECOND, FIRST) if turned else (FIRST, SECOND)
    return Holds(first, Compare(relation, second))


def test_exactly_the_truths_that_two_values_can_give_are_kept() -> None:
    pairs = [(left, right) for left, right in product(VALUES, repeat=2)]
    atoms = [written(turned, relation) for turned in (0, 1) for relation in RELATIONS]
    atoms += [Holds(FIRST, Present(present=True)), Holds(SECOND, Present(present=False))]
    documents = [
        {name: value for name, value in (("a", left), ("b", right)) if value is not ABSENT} for left, right in pairs
    ]
    truths = [[truth.holds(atom, (document,)) for atom in atoms] for document in documents]
    for chosen in ([0, 3], [4, 8, 2], [0, 1, 4], [5, 1, 9], [3, 10], [11, 7], [2, 10, 11], list(range(12))):
        known = {tuple(each[number] for number in chosen) for each in truths}
        kept = space_atoms.valuations([atoms[number] for number in chosen], (), limit=10_000)
        assert {tuple(bool(code >> place & 1) for place in reversed(range(len(chosen)))) for code in kept} == known


# --- what `check` says


@pytest.mark.parametrize(
    ("rule", "finding"),
    [
        ("{end: {min: {at: start}}}", []),
        ("{price: {below: {at: cap}, min: 3}}", []),
        ('{end: {above: "2024-02-29"}}', []),
        ("{end: {min: {at: account.since}}}", []),
        ("{days: {every: {high: {above: {at: low}}}}}", []),
        ("{end: {min: {at: price}}}", ["unordered"]),
        ("{end: {above: 3}}", ["unordered"]),
        ("{least: {min: {at: start}}}", ["unordered"]),
        ('{end: {above: "2024-02-29T00:00:00Z"}}', ["unordered"]),
        ("{days: {every: {high: {above: {at: order.end}}}}}", ["unordered"]),
        ("{least: {is: {at: start}}}", []),
        ("{least: {is: {at: price}}}", ["unequal"]),
        ("{price: {max: {at: order.price}}}", ["itself"]),
        ("{price: {max: {at: cap}, above: {at: cap}}}", ["together"]),
        ("{all: [{price: {max: {at: cap}}}, {price: {min: {at: cap}}}]}", []),
    ],
)
def test_what_has_no_order_is_found(rule: str, finding: list[str]) -> None:
    pack, found = compiled(rule)
    assert found == []
    assert pack is not None
    assert [one.form for one in check(pack).findings if one.code == "CM308"] == finding
