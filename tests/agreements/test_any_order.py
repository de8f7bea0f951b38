"""The schema of any order accepts what one of the flat schemas accepts, of the variant that a document matches."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from agreement import Record
from documents import Documents
from effort import examples
from jsonschema import Draft202012Validator
from random_packs import Packs
from test_schema_equals_interpreter import choices, compiled, loaded

from covage_model.api.schemas import any_order, order_schema
from covage_model.api.workspace import Workspace
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.verdict import judge_of
from covage_model.documents.presence.role import Role
from covage_model.documents.schema.validator import format_checker
from covage_model.pack.model.pack import SpecPack

ROOT = Path(__file__).parents[2]
PACKS = {"covage": ROOT / "specs" / "covage", "library": ROOT / "tests" / "packs" / "library"}


def compare(pack: SpecPack, number: int, seed: int = 0) -> Counter[str]:
    workspace, checker = Workspace(judge_of(pack)), format_checker()
    judge, random = workspace.judge, Random(seed)
    whole = Draft202012Validator(any_order(workspace), format_checker=checker)
    sheets = {name: judge.sheet(name) for name in workspace.names}
    flat = {
        name: Draft202012Validator(order_schema(workspace, name), format_checker=checker)
        for name, sheet in sheets.items()
        if sheet.written_by is None
    }
    counts: Counter[str] = Counter()
    for each in range(number):
        sheet = sheets[random.choice(workspace.names)]
        documents = Documents(sheet, random, choices(pack))
        document = documents.spoiled(documents.draw(sheet.requests, Role.REQUEST), each % 3)
        choice = choose(judge.prepared.alternatives, document, "")
        known = flat.get(choice.variant or "") if not choice.findings else None
        expected = known is not None and known.is_valid(document)
        errors = [(error.json_path, error.message[:200]) for error in whole.iter_errors(document)]
        assert (not errors) == expected, (document, choice, errors)
        counts.update({"documents": 1, "of them refused": not expected, "matching nothing": bool(choice.findings)})
    return counts


@pytest.mark.parametrize("name", PACKS)
def test_the_schema_of_any_order_is_that_of_the_variant_that_matches(name: str, record: Record) -> None:
    counts = compare(loaded(PACKS[name]), examples(100))
    record("schema of any order = flat schemas", counts)
    assert counts["documents"] > counts["of them refused"] > counts["matching nothing"] > 0


def test_it_is_so_in_random_packs(record: Record) -> None:
    counts: Counter[str] = Counter()
    for seed in range(examples(15)):
        counts += compare(compiled(Packs(Random(seed)).pack()), 15, seed)
    record("schema of any order = flat schemas", counts)
    assert counts["matching nothing"] > 0
