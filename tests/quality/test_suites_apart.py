"""The orders of one suite can be judged in one run: what `unique` forbids is in none of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from covage_model import build_order_suite, build_suites, load_pack
from covage_model.api.workspace import Pack

FILES = {
    "pack": "pack: bakery\nformat: 1\nactors: {baker: Baker}\n",
    "life": """
lifecycle: baking
status: state
requests: asked
states: {asked: {initial: true}, baked: {}, sold: {final: success}}
transitions:
  bake: {by: baker, from: asked, to: baked, guard: {document: asked}}
  sell: {by: baker, from: baked, to: sold}
  drop: {by: baker, from: baked, to: sold}
""",
    "order": """
order: batch
follows: baking
match: {kind: batch}
unique: [number]
fields:
  number: {type: string, pattern: "^B[0-9]$", required: true}
  flour: {type: string, enum: [wheat, rye, spelt], required: true}
  seeds: {type: string, enum: [sesame, poppy]}
variants:
  white: {match: {way: white}}
  dark: {match: {way: dark}}
""",
}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("pack")
    for name, text in FILES.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_pack(str(folder))


def numbers(texts: dict[str, str], part: str) -> list[str]:
    found = (json.loads(text) for name, text in texts.items() if part in name)
    return [document["number"] for document in found if "number" in document]


def test_runs_of_all_variants_have_orders_of_their_own(pack: Pack) -> None:
    found = numbers(build_suites(pack).files(), ".order")
    assert len(found) >= 6
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("seed", range(4))
def test_valid_files_have_orders_of_their_own(pack: Pack, seed: int) -> None:
    texts = build_order_suite(pack, seed=seed).texts()
    found = numbers({name: text for name, text in texts.items() if name.startswith("valid/")}, "")
    assert len(found) >= 3
    assert len(set(found)) == len(found)


def test_files_that_cannot_be_told_apart_stay_as_they_are(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / f"{name}.yaml").write_text(text.replace("^B[0-9]$", "^B$"), encoding="utf-8")
    few = load_pack(str(tmp_path))
    assert set(numbers(build_suites(few).files(), ".order")) == {"B"}
