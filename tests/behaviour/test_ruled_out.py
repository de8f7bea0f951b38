"""What the rules of an order exclude from its table: configurations of no document, and targets of no suite."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_coverage import LIFE, TINY, made

from covage_model.api import packs, scenarios
from covage_model.behaviour.space.atoms import atoms_of
from covage_model.behaviour.space.explore import explore
from covage_model.behaviour.space.ruled_out import excluding_rules, ruled_out
from covage_model.behaviour.space.tables import Tables, TableUse
from covage_model.documents.judge.verdict import judge_of
from covage_model.quality.coverage.items import items_of
from covage_model.quality.coverage.unreachable import unreachable

LIBRARY = Path(__file__).parent.parent / "packs" / "library"
RULE = "  calm-has-text: {when: {tone: calm}, then: {text: {present: true}}}\n"
READ = 'guard: {seen: "no"}, set'


def never(folder: Path, rule: str) -> set[str]:
    """The truths that the test `tone: loud` never has in a guard after sending, given this rule."""
    orders = TINY["orders.yaml"].replace(RULE, rule)
    life = TINY["life.yaml"].replace(READ, "guard: {order.tone: loud}, set")
    judge = made(folder, orders=orders, life=life)
    found = unreachable(judge, items_of(judge.pack))
    return {name.rpartition("/")[2] for name in found if name.startswith(f"{LIFE}/transition/read/guard/")}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("  r: {then: {tone: calm}}\n", {"true"}),
        ("  r: {then: {tone: {in: [calm, low]}}}\n", {"true"}),
        ("  r: {then: {tone: {present: false}}}\n", {"true"}),
        ("  r: {then: {all: [{text: {present: true}}, {not: {tone: loud}}]}}\n", {"true"}),
        ("  r: {then: {tone: loud}}\n", {"false"}),
        ("  r: {then: {tone: {present: true}}}\n", set()),
        ("  r: {then: {text: {present: true}}}\n", set()),
        ("  r: {then: {any: [{text: {present: true}}, {tone: calm}]}}\n", set()),
        ("  r: {then: {tone: calm}, standing: assumed}\n", set()),
        ("  r: {then: {tone: calm}, from: done}\n", set()),
        ("  r: {when: {kind: memo}, then: {tone: calm}}\n", set()),
        ("  r: {when: {tone: {in: [loud, shrill]}}, then: {tone: calm}}\n", {"true"}),
        ("  r: {when: {not: {tone: loud}}, then: {tone: calm}}\n", set()),
    ],
)
def test_a_rule_excludes_what_no_ready_document_can_have(rule: str, expected: set[str], tmp_path: Path) -> None:
    assert never(tmp_path / "tiny", rule) == expected


def test_a_rule_of_an_optional_object_excludes_nothing_elsewhere(tmp_path: Path) -> None:
    part = "  part: {fields: {tone: {type: string}}, rules: {r: {then: {tone: calm}}}}\nrules:\n"
    orders = TINY["orders.yaml"].replace("rules:\n", part)
    life = TINY["life.yaml"].replace(READ, "guard: {order.part.tone: calm}, set")
    judge = made(tmp_path / "tiny", orders=orders, life=life)
    assert judge.readiness("note", {"kind": "memo", "text": "a"}, None)(atoms_of(judge.pack.lifecycle("life"))[0])
    found = unreachable(judge, items_of(judge.pack))
    assert not [name for name in found if name.startswith(f"{LIFE}/transition/read/")]


def test_rules_exclude_nothing_before_a_document_is_ready(tmp_path: Path) -> None:
    life = TINY["life.yaml"].replace("from: sent, guard: {seen", "from: draft, guard: {order.tone: loud, seen")
    judge = made(tmp_path / "tiny", orders=TINY["orders.yaml"].replace(RULE, "  r: {then: {tone: calm}}\n"), life=life)
    found = unreachable(judge, items_of(judge.pack))
    assert not [name for name in found if name.startswith(f"{LIFE}/transition/read/")]
    whole = explore(judge.pack.lifecycle("life"), judge.pack.variant("note"))
    assert len(Tables(judge).table("note", TableUse.SUITES).valuations) == len(whole.valuations) - 1  # ready and loud


def test_nothing_that_a_document_shows_is_excluded() -> None:
    loaded = packs.load([str(LIBRARY)])
    assert loaded.pack is not None
    judge = judge_of(loaded.pack)
    asked = 0
    for one in scenarios.play_pack(judge, loaded.folders):
        if one.outcome is None or one.outcome.variant is None:
            continue
        variant = loaded.pack.variant(one.outcome.variant)
        lifecycle = loaded.pack.lifecycle(variant.order.follows)
        for document in one.outcome.documents:
            ready = judge.readiness(variant.name, document, one.outcome.account)
            known = [(atom, ready(atom)) for atom in atoms_of(lifecycle)]
            valued = [(atom, holds) for atom, holds in known if holds is not None]
            rules = excluding_rules(judge.sheet(variant.name), lifecycle)
            assert not ruled_out(rules, valued)
            asked += len(rules) if valued else 0
    assert asked > 10
