"""Conditions are keys of tables; Python takes true for 1, and JSON does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from covage_model import load_pack
from covage_model.documents.judge.compiled.plain import PlainJudge
from covage_model.pack.model.conditions import Compare, Holds, In, Literal, Ref, Test

PAIRS = [
    (Literal(True), Literal(1)),
    (Literal(False), Literal(0)),
    (In((1, "a")), In((True, "a"))),
    (Compare("is", True), Compare("is", 1)),
]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_true_is_not_1(first: Test, second: Test) -> None:
    here = Ref("order", ("a",))
    assert first != second
    assert Holds(here, first) != Holds(here, second)
    assert len({Holds(here, first), Holds(here, second)}) == 2


def test_1_is_1_however_it_is_written() -> None:
    assert Literal(1) == Literal(1.0)
    assert hash(Literal(1)) == hash(Literal(1.0))
    assert In((1, "a")) == In((1.0, "a"))
    assert Literal(1) != In((1,))


@pytest.mark.parametrize("value", [True, 1, False, 0, "1"])
def test_rules_about_true_and_about_1_are_compiled_apart(value: object, tmp_path: Path) -> None:
    files = {
        "pack.yaml": "pack: p\nformat: 1\nactors: {me: Me}\n",
        "a.yaml": "order: a\nfollows: life\nmatch: {kind: a}\nfields: {kind: string, l: {items: {fields: {truthy: {}, said: {}}}}}\n"
        "rules:\n  one: {when: {l: {some: {said: one}}}, then: {l: {every: {truthy: 1}}}}\n"
        "  truth: {when: {l: {some: {said: truth}}}, then: {l: {every: {truthy: true}}}}\n",
        "life.yaml": "lifecycle: life\nstates: {draft: {initial: true}, done: {final: success}}\n"
        "transitions: {finish: {by: me, from: draft, to: done}}\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    judge = load_pack(str(tmp_path)).judge
    for said, right in (("one", 1), ("truth", True)):
        document = {"kind": "a", "l": [{"truthy": value, "said": said}]}
        is_right = json.dumps(value) == json.dumps(right)
        assert (not judge.verdict(document, "f").findings) == is_right
        assert (PlainJudge(judge).plain(document) is not None) == is_right
