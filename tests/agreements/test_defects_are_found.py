"""Orders with one defect: the interpreter finds it, and two schema engines refuse the order."""

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from agreement import Record
from effort import LONG, examples
from random_packs import Packs
from test_schema_equals_interpreter import Engines, carried_by_schema, compiled, unsaid_rules

from covage_model import load_pack
from covage_model.documents.judge.verdict import Judge, judge_of
from covage_model.documents.make.defects.defect import Invalid, Unmade
from covage_model.documents.make.defects.every_defect import defects_of
from covage_model.documents.make.defects.maker import DefectMaker, targets_of
from covage_model.ground.diagnostics import Severity

ROOT = Path(__file__).resolve().parent.parent.parent
LIBRARY = str(ROOT / "tests" / "packs" / "library")
SHARE = {"covage": ("terminate-copper",), LIBRARY: ("renewal",)}


def looked_at(judge: Judge, engines: Engines, maker: DefectMaker, one: Invalid) -> None:
    """
    The interpreter finds what is expected and nothing else. The schema refuses, unless only the account is at fault.
    """
    account = judge.account(one.account, "account") if one.account is not None else None
    assert account is None or not account.findings
    target = one.target
    role = target.role if judge.prepared.record is None else None
    verdict = judge.verdict(one.document, "", role=role, status=target.status or None, account=account)
    found = {
        (f.code, f.location.pointer, f.severity.value)
        for f in verdict.findings
        if f.severity in (Severity.ERROR, Severity.WARNING)
    }
    assert found == {(e.code, e.pointer, e.severity) for e in one.expected}, one
    if {e.code for e in one.expected} <= {"CM410"} or verdict.variant is None:
        return
    key = (target.variant, target.status, target.role)
    unsaid = unsaid_rules(judge.sheet(verdict.variant))
    errors = [finding for finding in verdict.findings if finding.severity in (Severity.ERROR, Severity.WARNING)]
    if errors and not any(carried_by_schema(finding, unsaid) for finding in errors):
        return  # such as a rule that compares dates
    if not (one.needs_account and {e.code for e in one.expected} == {"CM407"}):
        assert not engines.accepts(key, one.document), one
        assert engines.accepts_fast(key, one.document) in (False, None), one


def made(judge: Judge, variants: tuple[str, ...], tally: Counter[str], *, sample: Any = None) -> None:
    engines, maker = Engines(judge), DefectMaker(judge)
    for variant in variants:
        defects = list(defects_of(judge.sheet(variant)))
        for defect in defects if sample is None else sample.sample(defects, min(len(defects), 8)):
            one = maker.made(defect, targets_of(judge, variant))
            if isinstance(one, Unmade):
                tally[f"none ({one.why})"] += 1
            else:
                tally["orders with a defect"] += 1
                tally["of them alone"] += one.alone
                looked_at(judge, engines, maker, one)
    assert not maker.surprises, maker.surprises[0]


@pytest.mark.parametrize("name", SHARE)
def test_a_defect_is_refused_for_the_expected_reason(name: str, record: Record) -> None:
    tally: Counter[str] = Counter()
    pack = load_pack(name)
    made(pack.judge, pack.names if LONG else SHARE[name], tally)
    record(f"defects of {Path(name).name}", tally)
    assert tally["of them alone"] > 0.9 * tally["orders with a defect"] > 30


def test_defects_of_random_packs_have_exactly_the_expected_findings(record: Record) -> None:
    tally: Counter[str] = Counter()
    for seed in range(examples(4)):
        pack = compiled(Packs(Random(seed)).pack())
        made(judge_of(pack), tuple(variant.name for variant in pack.variants), tally, sample=Random(seed))
    record("defects of random packs", tally)
    assert tally["orders with a defect"] > 8
