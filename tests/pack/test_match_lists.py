"""`match` where a list is "one of these", and absence may be one of them."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path
from random import Random
from textwrap import dedent
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from covage_model import Pack, generate_defects, generate_orders, judge, load_pack, mutate_pack, order_schema
from covage_model.behaviour.space import exclusion
from covage_model.documents.judge.compiled.plain import PlainJudge
from covage_model.documents.make.defects.defect import Invalid
from covage_model.ground.diagnostics import Location, Origin, Standing
from covage_model.ground.json_value import ABSENT, placed
from covage_model.pack.conditions import truth, words
from covage_model.pack.definitions import texts
from covage_model.pack.model.conditions import Holds, In, Literal, Present, Ref, Starts
from covage_model.pack.model.matches import Match
from covage_model.quality.checks import overlaps
from covage_model.quality.checks.matches import _witness as witness

HERE = Origin(Location("spec.yaml", 1, 1), (), Standing.STATED)
FILES = {
    "pack.yaml": "pack: pay\nformat: 1\nactors: {shop: Shop}\n",
    "life.yaml": "lifecycle: life\nstates: {open: {initial: true}}\ntransitions: {touch: {by: shop, from: open}}\n",
    "order.yaml": """
        order: payment
        follows: life
        match: {kind: [payment, pay]}
        fields: {amount: {type: integer, required: true}, note: string, capture: {fields: {delay: integer}}}
        variants:
          automatic: {match: {capture.method: [automatic, {present: false}]}}
          manual: {match: {capture.method: [manual, 1, null]}, fields: {note: {required: true}}}
        """,
}
VALUES: tuple[Any, ...] = (ABSENT, "automatic", "automatik", "manual", 1, True, None, [], {})
TESTS = (
    *(Literal("a"), Literal("b"), Literal(1), Starts(("a",)), Starts(("ab", "b"))),
    *(In(("a", "b")), In(("ab", 1)), In(("a",), absent=True), In((), absent=True), In(("b", 1, None), absent=True)),
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder: Path = tmp_path_factory.mktemp("pay")
    for name, text in FILES.items():
        (folder / name).write_text(dedent(text), encoding="utf-8")
    return load_pack(str(folder))


def document(method: Any, **more: Any) -> dict[str, Any]:
    whole = {"kind": "payment", "amount": 1, **more}
    return whole if method is ABSENT else {**whole, "capture": {"method": method}}


def test_each_value_and_its_absence_chooses_a_variant(pack: Pack) -> None:
    for method in VALUES:
        verdict = judge(pack, document(method, note="n"))
        found = [(each.code, each.form) for each in verdict.findings]
        if method in ("manual", 1, None) and method is not True:
            assert (verdict.variant, found) == ("payment/manual", [])
        elif method is ABSENT or method == "automatic":
            assert (verdict.variant, found) == ("payment/automatic", [])
        else:
            assert found == [("CM402", "value")]
    assert judge(pack, {**document(ABSENT), "capture": {"delay": 3}}).findings == ()
    assert [each.code for each in judge(pack, document("manual")).findings] == ["CM403"]


def test_a_misspelt_value_is_near_its_variant_though_absence_is_legal(pack: Pack) -> None:
    (found,) = judge(pack, document("automatik")).findings
    assert (found.arguments["nearest"], found.hint) == ("payment/automatic", "did you mean 'automatic'?")


def test_the_schema_and_the_compiled_judge_say_the_same(pack: Pack) -> None:
    schemas = {name: Draft202012Validator(order_schema(pack, f"payment/{name}")) for name in ("automatic", "manual")}
    assert "capture" not in schemas["automatic"].schema["required"]
    assert "capture" in schemas["manual"].schema["required"]
    compiled = PlainJudge(pack.judge)
    for method, note in product(VALUES, (True, False)):
        data = document(method, **({"note": "n"} if note else {}))
        verdict = judge(pack, data)
        clean = not verdict.findings
        accepting = [f"payment/{name}" for name, schema in schemas.items() if schema.is_valid(data)]
        assert accepting == ([verdict.variant] if clean else []), data
        accepted = compiled.verdict(data, "it") is not None
        assert clean or not accepted, data
        assert accepted is clean or method in (1, None), data  # of those it is in doubt


def test_orders_are_made_with_and_without_it_and_spoilt(pack: Pack) -> None:
    made = list(generate_orders(pack, count=30, seed=3))
    assert all(not judge(pack, each).findings for each in made)
    methods = [each.get("capture", {}).get("method", ABSENT) for each in made]
    assert {"automatic", "manual", ABSENT} <= {method for method in methods if not isinstance(method, int)}
    spoilt = [each for each in generate_defects(pack, seed=3) if isinstance(each, Invalid)]
    choices = {(each.defect.variant, each.defect.path) for each in spoilt if each.defect.kind == "choice"}
    assert ("payment/automatic", ("capture", "method")) in choices
    for each in spoilt:
        assert judge(pack, each.document).findings


def test_each_of_the_list_is_a_mutant_and_a_thing_to_cover(pack: Pack) -> None:
    tried = mutate_pack(pack, operators=["match-value-drop"]).tried
    names = [each.mutant.old for each in tried]
    assert names == ["payment", "pay", "automatic", None, "manual", 1, None]


def test_words() -> None:
    said = Holds(Ref("order", ("x",)), In(("a", "b"), absent=True))
    assert words.describe(said, "en") == "(x = a or b) or x absent"
    assert words.describe(Holds(Ref("order", ("x",)), In((), absent=True)), "fr") == "x absent"
    assert texts.condition(said) == '{"order.x":["a","b",{"present":false}]}'


# --- overlaps and exclusions are exact


def test_two_matches_overlap_exactly_where_a_document_satisfies_both() -> None:
    random = Random(7)
    paths = (("x",), ("x", "y"), ("z",))
    values = (ABSENT, "a", "ab", "b", "bb", 1, None, {})
    documents: list[Any] = []
    for x, y, z in product(values, values, values):
        data: Any = {} if x is ABSENT else {"x": x}
        if y is not ABSENT:
            if x != {}:
                continue
            data = placed(data, ("x", "y"), y)
        documents.append(data if z is ABSENT else {**data, "z": z})
    several = 0
    for _ in range(60):
        matches = [
            tuple(Match(path, random.choice(TESTS), HERE) for path in random.sample(paths, random.randint(1, 3)))
            for _ in range(5)
        ]
        truths = [
            {number for number, data in enumerate(documents) if all(_passes(entry, data) for entry in match)}
            for match in matches
        ]
        found = set()
        for group in overlaps.groups(matches):
            for first, other in overlaps.meeting(matches, group):
                if witness((*matches[first], *matches[other])) is not None:
                    found.add((min(first, other), max(first, other)))
        expected = {pair for pair in combinations(range(5), 2) if truths[pair[0]] & truths[pair[1]]}
        assert found == expected, matches
        several += len(expected)
    assert several > 60


def _passes(entry: Match, data: Any) -> bool:
    for name in entry.path:
        data = data.get(name, ABSENT) if isinstance(data, dict) else ABSENT
    return truth.satisfies(entry.test, data)


def test_what_excludes_each_other_has_no_value_in_common() -> None:
    tests = (*TESTS, Present(present=True), Present(present=False))
    values = (ABSENT, "a", "ab", "abc", "b", "c", 1, 2, None, True)
    for first, second in product(tests, repeat=2):
        for truths in product((True, False), repeat=2):
            common = any((truth.satisfies(first, value), truth.satisfies(second, value)) == truths for value in values)
            excluded = exclusion.excludes(first, truths[0], second, truths[1])
            assert not (excluded and common), (first, second, truths)
            if truths[0] and not isinstance(first, Present):
                assert excluded is not common, (first, second, truths)
