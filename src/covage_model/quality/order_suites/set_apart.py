"""Files of one suite that would clash in one run: they get values of their own, and show what they showed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.defects.defect import Expected
from covage_model.quality.order_suites.missed import heavy
from covage_model.quality.order_suites.parts import parts_of
from covage_model.quality.order_suites.pool import File
from covage_model.quality.order_suites.shows import SuiteItem, of_valid
from covage_model.quality.suites.own_values import OwnValues


def set_apart(judge: Judge, files: list[File], numbers: Iterable[int]) -> None:
    """Gives files of these numbers values of their own where they share one that `unique` lets only one order have."""
    own = OwnValues(judge)
    for number in sorted(numbers, key=lambda number: (not _noticed(files[number]), bool(files[number].expected))):
        file = files[number]
        (document,) = own.given(file.target.variant, (file.document,), partial(_says_the_same, judge, file))
        files[number] = replace(file, document=document)


def _noticed(file: File) -> set[SuiteItem]:
    """What only this document was seen to notice: it must not change."""
    return {item for item in file.shows if item.kind == "vanishes"}


def _says_the_same(judge: Judge, file: File, documents: Sequence[Any]) -> bool:
    """Whether a file with another document has the same findings and shows the same."""
    (document,) = documents
    findings = heavy(judge, replace(file, document=document))
    expected = tuple(sorted({Expected(f.location.pointer, f.code, f.severity.value) for f in findings}))
    if expected != file.expected or _noticed(file):
        return False
    sheet = judge.sheet(file.target.variant)
    return bool(expected) or file.shows <= of_valid(sheet, file.target, document, file.account, tuple(parts_of(sheet)))
