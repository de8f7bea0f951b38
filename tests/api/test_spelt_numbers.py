"""A number is quoted as its file spells it, in messages and in hints; in JSON it is the same number."""

from __future__ import annotations

import copy
import io
import json
import pickle
from pathlib import Path

import pytest

from covage_model.cli.main import main
from covage_model.ground.spelt import SpeltNumber

PACK = """\
pack: small
format: 1
actors: {clerk: Clerk}
"""
LIFE = """\
lifecycle: life
states: {draft: {initial: true, editable: clerk}, placed: {final: success}}
transitions: {place: {by: clerk, from: draft, to: placed}}
"""
ORDER = """\
order: parcel
follows: life
match: {kind: parcel}
fields: {kind: string, note: string, code: {type: string, pattern: "^[0-9][.][0-9]$"}, size: number, count: integer}
"""


def judged(folder: Path, text: str, *options: str, ending: str = "json") -> str:
    for name, content in (("pack", PACK), ("life", LIFE), ("order", ORDER)):
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    (folder / f"order.{ending}").write_text(text, encoding="utf-8")
    out = io.StringIO()
    main(["validate", "--pack", str(folder), str(folder / f"order.{ending}"), "--lang", "en", *options], out, out)
    return out.getvalue()


@pytest.mark.parametrize("ending", ["json", "ndjson"])
@pytest.mark.parametrize("number", ["1.50", "1e3", "1E+2", "-0.0", "0.1e-5", "1.0", "1234567890123456789012.0"])
def test_a_number_keeps_its_spelling(tmp_path: Path, number: str, ending: str) -> None:
    out = judged(tmp_path, f'{{"kind": "parcel", "note": {number}}}', ending=ending)
    assert f"{number} is not of type string\n" in out
    assert f'hint: write it in quotes: "{number}"\n' in out
    report = json.loads(judged(tmp_path, f'{{"kind": "parcel", "note": {number}}}', "--format", "json", ending=ending))
    (finding,) = report["documents"][0]["findings"]
    assert finding["arguments"]["found"] == float(number)


@pytest.mark.parametrize(("value", "hint"), [
    ('"size": "1.50"', "write it without quotes: 1.50"),
    ('"size": "1E+2"', "write it without quotes: 1E+2"),
    ('"size": "12,50"', "write 12.50"),
    ('"size": "1 000,0"', "write 1000.0"),
    ('"count": "1 000"', "write 1000"),
    ('"count": "0 012"', "write 12"),
])  # fmt: skip
def test_a_text_that_is_meant_as_a_number_keeps_its_spelling(tmp_path: Path, value: str, hint: str) -> None:
    assert f"hint: {hint}\n" in judged(tmp_path, f'{{"kind": "parcel", {value}}}')


def test_no_spelling_is_offered_that_the_place_refuses(tmp_path: Path) -> None:
    out = judged(tmp_path, '{"kind": "parcel", "code": 1.50}')
    assert "1.50 is not of type string\n" in out
    assert 'hint: write it in quotes: "1.5"\n' in out


def test_a_spelt_number_is_that_number() -> None:
    number = SpeltNumber("1.50")
    assert (number, repr(number), json.dumps(number)) == (1.5, "1.50", "1.5")
    assert [repr(pickle.loads(pickle.dumps(number))), repr(copy.deepcopy(number))] == ["1.50", "1.50"]
