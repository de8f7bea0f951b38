"""The findings about one document: each once, and no more than anybody reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Any

from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.findings import location_at
from covage_model.ground import pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.ground.files.limits import Limits

_WEIGHTS = {severity: number for number, severity in enumerate(Severity)}


@dataclass(slots=True)
class FindingCollector:
    """
    Keeps one finding for each place and cause: the heaviest, where several definitions ask the same.

    Beyond `most` findings it only counts, so that its memory and its output stay bounded.
    """

    context: JudgeContext
    most: int = field(default_factory=lambda: Limits().findings)
    _kept: dict[tuple[Any, ...], Diagnostic] = field(default_factory=dict)
    _beyond: dict[int, str] = field(default_factory=dict)  # hash of a key: the pointer of a missing key, else ""
    _heaviest: Severity = Severity.NOTE
    _missing: set[str] = field(default_factory=set)

    def add(self, findings: Iterable[Diagnostic]) -> None:
        """Take each finding, or count it."""
        for finding in findings:
            where = finding.location.pointer
            key = (where, finding.code, finding.form, _line_of(finding))
            if finding.code == "CM403":
                self._missing.add(where)
            known = self._kept.get(key)
            if known is None and len(self._kept) >= self.most:
                self._beyond[hash(key)] = where if finding.code == "CM403" else ""
                self._heaviest = min(self._heaviest, finding.severity, key=_WEIGHTS.__getitem__)
            elif known is None or _WEIGHTS[finding.severity] < _WEIGHTS[known.severity]:
                self._kept[key] = finding

    def findings(self) -> Iterator[Diagnostic]:
        """The findings in the order they came; the last says how many more there are."""
        around = set(_around(self._missing))  # a missing key says that what holds it is missing
        for finding in self._kept.values():
            if finding.code == "CM403" and finding.location.pointer in around:
                continue
            yield finding
        more = sum(where not in around for where in self._beyond.values())
        if more:
            place = location_at(self.context, "")
            yield Diagnostic("CM414", "more", {"count": more}, place, severity=self._heaviest)


def _around(missing: Iterable[str]) -> Iterator[str]:
    """The pointers of all that holds a missing key."""
    for where in missing:
        above = pointer.parent(where)
        while above:
            yield above
            above = pointer.parent(above)


def _line_of(finding: Diagnostic) -> Location | None:
    """One missing key is one finding, however many demands it; rules and keywords are told apart by their line."""
    return None if finding.code in ("CM403", "CM409") or finding.because is None else finding.because.location
