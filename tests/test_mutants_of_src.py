"""Each mutant of `src/` can still be made: `make mutants` takes minutes, and code that moves takes its text along."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "covage_model"


def test_each_has_its_text_and_its_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import mutants

    monkeypatch.delitem(sys.modules, "mutants")
    assert len(mutants.MUTANTS) >= 30
    gone = [one for one in mutants.MUTANTS if one.old not in (SRC / one.file).read_text(encoding="utf-8")]
    assert not gone
    tests = {word.split("::")[0] for one in mutants.MUTANTS for word in one.tests.split() if word.startswith("tests")}
    assert not [test for test in tests if not (ROOT / test).exists()]
