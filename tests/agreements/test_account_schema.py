"""The printed schema of an account refuses what the reader of accounts finds, in two engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import jsonschema_rs
import pytest
from agreement import Record
from documents import Documents
from effort import examples
from random_packs import Packs
from test_schema_equals_interpreter import carried, carried_by_schema, compiled, loaded, unsaid_rules

from covage_model import FORMATS, account_schema
from covage_model.api.workspace import Workspace
from covage_model.documents.judge.compiled.plain import is_sound_account
from covage_model.documents.judge.verdict import judge_of
from covage_model.documents.presence.role import Role
from covage_model.documents.schema.validator import validator_of
from covage_model.pack.model.pack import SpecPack

ROOT = Path(__file__).parents[2]
PACKS = {"covage": ROOT / "specs" / "covage", "library": ROOT / "tests" / "packs" / "library"}


def random_accounts(number: int) -> Iterator[SpecPack]:
    """Random packs, each with one of its types of objects as the type of the account."""
    for seed in range(number):
        pack = compiled(Packs(Random(seed)).pack())
        objects = [named.name for named in pack.types if named.value.fields or named.value.include]
        if objects:
            yield replace(pack, account=Random(seed).choice(objects))


def compare(pack: SpecPack, number: int, seed: int = 0) -> Counter[str]:
    judge = judge_of(pack)
    workspace = Workspace(judge)
    sheet = workspace.account_sheet
    schema = account_schema(workspace)
    stock = validator_of(schema)
    fast = jsonschema_rs.Draft202012Validator(schema, formats=dict(FORMATS), validate_formats=True)
    documents = Documents(sheet, Random(seed))
    unsaid = unsaid_rules(sheet)
    counts: Counter[str] = Counter()
    for each in range(number):
        account: Any = documents.draw(sheet.initial, Role.REQUEST)
        account = documents.spoiled(account, each % 4)
        if not carried(account):
            continue
        findings = judge.account(account, "account").findings
        refused = any(carried_by_schema(finding, unsaid) for finding in findings)
        verdicts = (not refused, bool(stock.is_valid(account)), bool(fast.is_valid(account)))
        assert len(set(verdicts)) == 1, (verdicts, account, findings, schema)
        assert not (is_sound_account(judge, account) and findings), account
        counts.update({"accounts": 1, "of them refused": refused})
    return counts


@pytest.mark.parametrize("name", PACKS)
def test_the_schema_of_an_account_refuses_what_its_reader_finds(name: str, record: Record) -> None:
    counts = compare(loaded(PACKS[name]), examples(300))
    record("reader of accounts = jsonschema = jsonschema-rs", counts)
    assert 0.3 < counts["of them refused"] / counts["accounts"] < 0.9


def test_they_agree_on_random_types_of_accounts(record: Record) -> None:
    counts: Counter[str] = Counter()
    for seed, pack in enumerate(random_accounts(examples(30))):
        counts += compare(pack, 20, seed)
    record("reader of accounts = jsonschema = jsonschema-rs", counts)
    assert counts["of them refused"] > 0.2 * counts["accounts"] > 0
