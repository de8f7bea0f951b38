"""Many orders in one file go through the compiled judge first; the results are the same."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from covage_model import generate_defects, generate_orders, load_pack
from covage_model.api import orders

LIBRARY = str(Path(__file__).resolve().parents[1] / "packs" / "library")


def lines(documents: list[Any]) -> bytes:
    return b"".join(json.dumps(document).encode() + b"\n" for document in documents)


@pytest.mark.hard
@pytest.mark.parametrize("with_account", [True, False])
def test_good_and_bad_orders_get_the_same_verdicts_either_way(with_account: bool) -> None:
    pack = load_pack(LIBRARY)
    made = generate_orders(pack, count=30, seed=5)
    wrong = [one.document for one in generate_defects(pack, count=30, seed=5)]
    documents = [each for pair in zip(list(made), wrong, strict=False) for each in pair]
    account = pack.judge.account(made.account, "account") if with_account and made.account is not None else None
    fast = list(orders.judge_bytes(lines(documents), "it.ndjson", pack.judge, orders.Request(account=account)))
    closely = orders.Request(account=account, exercised=True)
    slow = list(orders.judge_bytes(lines(documents), "it.ndjson", pack.judge, closely))
    assert len(fast) == len(slow) == len(documents) > orders.FEW
    for one, other in zip(fast, slow, strict=True):
        assert one.findings == other.findings
        assert replace(one.verdict, exercised=()) == replace(other.verdict, exercised=())


def test_the_compiled_judge_is_asked_in_long_files(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = load_pack()
    documents = list(generate_orders(pack, "terminate-copper", count=orders.FEW + 8, seed=5))
    monkeypatch.setattr(type(pack.judge), "verdict", None)  # the interpreter cannot be asked
    content = lines(documents)
    with pytest.raises(TypeError):
        list(orders.judge_bytes(content, "it.ndjson", pack.judge, orders.Request()))
    monkeypatch.setattr(orders, "FEW", 0)
    assert len(list(orders.judge_bytes(content, "it.ndjson", pack.judge, orders.Request()))) == len(documents)


def test_lists_within_lists_deeper_than_python_nests_loops_are_judged(tmp_path: Path) -> None:
    levels = 27
    for name, content in {
        "pack.yaml": "pack: deep\nformat: 1\nlanguages: [en]\nactors: {me: Me}\n",
        "life.yaml": "lifecycle: life\nstates: {open: {initial: true}}\ntransitions: {touch: {by: me, from: open}}\n",
        "note.yaml": "order: note\nfollows: life\nmatch: {kind: note}\nfields: {deep: t0, kind: {type: string}}\n",
        "types.yaml": "types:\n"
        + "".join(f"  t{n}: {{fields: {{a: {{type: array, items: t{n + 1}}}}}}}\n" for n in range(levels))
        + f"  t{levels}: {{fields: {{a: {{type: string}}}}}}\n",
    }.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    good: Any = {"a": "x"}
    wrong: Any = {"a": 1}
    for _ in range(levels):
        good, wrong = {"a": [good]}, {"a": [wrong]}
    judge = load_pack(str(tmp_path)).judge
    content = lines([{"kind": "note", "deep": good}] * (orders.FEW + 1) + [{"kind": "note", "deep": wrong}])
    codes = [
        [each.code for each in one.findings]
        for one in orders.judge_bytes(content, "it.ndjson", judge, orders.Request())
    ]
    assert codes == [[]] * (orders.FEW + 1) + [["CM404"]]
