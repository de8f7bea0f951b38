"""`key` and `unique` of an order, a variant or a type."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from covage_model import load_pack
from covage_model.api.workspace import Pack
from covage_model.cli.main import main
from covage_model.documents.presence.outline import sheet_of
from covage_model.ground.diagnostics import Standing
from covage_model.pack.definitions.walk import definitions
from covage_model.quality.citations.cited_definitions import cited_definitions

PACK = """
pack: tiny
format: 1
actors: {me: Me}
sources: {S: {title: A page, statements: {S1: Every parcel has a number, S2: A seal is used once}}}
"""
SPEC = """
order: parcel
follows: life
include: [numbered]
match: {kind: parcel}
source: S1
fields: {reference: string, seal: string, info.number: integer}
key: [reference]
variants:
  sealed: {match: {sealed: true}, source: S2, standing: assumed, key: [seal], unique: [seal]}
  open: {match: {sealed: false}}
"""
TYPES = """
types:
  numbered: {fields: {inner: inner}, key: [inner.code]}
  inner: {fields: {code: string, "number.text": string}, unique: [number.text], source: S, standing: inferred}
"""
LIFE = """
lifecycle: life
states: {draft: {initial: true}, done: {final: success}}
transitions: {finish: {by: me, from: draft, to: done}}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, text in {"pack": PACK, "spec": SPEC, "types": TYPES, "life": LIFE}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_pack(str(folder))


def paths(pack: Pack, variant: str) -> tuple[list[str], list[str]]:
    sheet, findings = sheet_of(pack.spec, pack.spec.variant(variant))
    assert findings == ()
    key, unique = ([".".join(said.path) for said in each] for each in (sheet.key, sheet.unique))
    return key, unique


def test_what_is_included_comes_first_then_the_order_then_its_variant(pack: Pack) -> None:
    assert paths(pack, "parcel/open") == (["inner.code", "reference"], ["inner.number.text"])
    assert paths(pack, "parcel/sealed") == (["inner.code", "reference", "seal"], ["inner.number.text", "seal"])


def test_each_path_inherits_source_and_standing(pack: Pack) -> None:
    sheet, _ = sheet_of(pack.spec, pack.spec.variant("parcel/sealed"))
    found = {".".join(said.path): (said.origin.source, said.origin.standing) for said in sheet.unique}
    assert found == {
        "inner.number.text": (("S",), Standing.INFERRED),
        "seal": (("S2",), Standing.ASSUMED),
    }


def test_each_path_is_a_definition_with_its_path(pack: Pack) -> None:
    found = {one.id: ".".join(one.path) for one in definitions(pack.spec) if one.kind in ("key", "unique")}
    assert found == {
        "/type/numbered/key/inner.code": "inner.code",
        "/type/inner/unique/number.text": "number.text",
        "/order/parcel/key/reference": "reference",
        "/order/parcel/variant/sealed/key/seal": "seal",
        "/order/parcel/variant/sealed/unique/seal": "seal",
    }


def test_the_paths_are_parts_of_the_definition_that_cites(pack: Pack) -> None:
    inner = next(one for one in cited_definitions(pack.spec) if one.kind == "type" and one.name == "inner")
    assert inner.cites == ("S",)
    assert any(part.location.pointer == "/types/inner/unique/0" for part in inner.parts)


def test_a_pack_laid_over_may_add_the_words(pack: Pack, tmp_path: Path) -> None:
    over = tmp_path / "over"
    over.mkdir()
    (over / "pack.yaml").write_text("pack: ours\nformat: 1\n", encoding="utf-8")
    (over / "order.yaml").write_text("order: parcel\nunique: [info.number]\n", encoding="utf-8")
    both = load_pack(*pack.folders, str(over))
    assert paths(both, "parcel/open")[1] == ["inner.number.text", "info.number"]


def test_describe_says_what_names_an_order(pack: Pack) -> None:
    def described(*argv: str) -> str:
        out = io.StringIO()
        assert main(["describe", "parcel/sealed", "--pack", pack.folders[0], *argv], out, out) == 0
        return out.getvalue()

    assert "reports name the order by: inner.code, reference, seal\n" in described()
    assert "une fois au plus par passage : inner.number.text, seal\n" in described("--lang", "fr")
    leaf = json.loads(described("--format", "json"))["leaves"][0]
    assert [said["path"] for said in leaf["key"]] == ["inner.code", "reference", "seal"]
    assert leaf["unique"][1]["because"]["standing"] == "assumed"
    rows = [row for row in csv.DictReader(io.StringIO(described("--format", "csv"))) if row["what"] == "unique"]
    assert [(row["field"], row["source"]) for row in rows] == [("inner.number.text", "S"), ("seal", "S2")]
