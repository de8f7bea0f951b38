"""What somebody's validator answered about a suite of order files. What `conform` reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from covage_model.ground.diagnostics import Diagnostic
from covage_model.report.blocks import Block, TextLine
from covage_model.report.report import Foot, Report, ReportEntry, Tally
from covage_model.report.subjects.check import finding_entries

_COLUMNS = ("file", "verdict", "said", "agrees", "why")
_LONGEST = 400  # characters of what a manifest says in one line


class AnsweredFile(Protocol):
    """A file of the suite by its manifest entry, and what the command answered: None where it was not asked."""

    @property
    def entry(self) -> Mapping[str, Any]:
        """What the manifest lists."""

    @property
    def said(self) -> str | None:
        """valid, invalid, or another end; None where it was not asked."""

    @property
    def agrees(self) -> bool:
        """Whether that is right."""

    @property
    def why(self) -> str:
        """Why it was not asked, or how it disagrees."""


def report(answers: Iterable[AnsweredFile], found: Sequence[Diagnostic]) -> Report:
    """What is wrong with the suite, then each file on which the command disagrees, then how many there are."""
    seen: list[tuple[bool, bool, str]] = []  # asked, agrees, why

    def entries() -> Iterator[ReportEntry]:
        yield from finding_entries(found, "en")
        for one in answers:
            seen.append((one.said is not None, one.agrees, one.why))
            yield _entry(one)

    def foot(_: Tally) -> Foot:
        return Foot([*_totals(seen)])

    return Report("conform", entries(), lists=("findings", "files"), foot=foot, columns=_COLUMNS)


def _totals(seen: Sequence[tuple[bool, bool, str]]) -> Iterator[Block]:
    asked = sum(was_asked for was_asked, _, _ in seen)
    wrong = sum(was_asked and not agrees for was_asked, agrees, _ in seen)
    altered = sum(not was_asked and not agrees for was_asked, agrees, _ in seen)
    yield TextLine(f"{asked} files asked about, {asked - wrong} as expected" + (f", {wrong} not" if wrong else ""))
    if altered:
        yield TextLine(f"{altered} not asked about: they are not what was written")
    for why, count in Counter(why for was_asked, agrees, why in seen if not was_asked and agrees).items():
        yield TextLine(f"{count} not asked about: {why}")
    if not asked:
        yield TextLine("nothing is known of the command: it was asked about no file")


def _entry(one: AnsweredFile) -> ReportEntry:
    data = {
        "file": one.entry["file"],
        "verdict": one.entry["verdict"],
        "said": one.said,
        "agrees": one.agrees,
        "why": one.why,
    }
    row = [str(value if value is not None else "") for value in data.values()]
    return ReportEntry(lambda: _blocks(one), member="files", data=lambda: data, rows=lambda: (row,))


def _blocks(one: AnsweredFile) -> Iterator[Block]:
    if one.agrees or one.said is None:
        return
    findings = [f"{found['code']} {found['pointer']}" for found in one.entry.get("findings", ())]
    yield TextLine(_short(f"{one.entry['file']}: {one.why}; expected: {', '.join(findings) or 'nothing'}"))
    shows = [_shown(shown) for shown in one.entry.get("own", ())[:2] if isinstance(shown, dict)]
    if shows:
        yield TextLine(_short(f"it alone shows {'; '.join(shows)}"), 4)


def _shown(shown: Mapping[str, Any]) -> str:
    return f"{shown.get('kind')} {shown.get('detail')} ({shown.get('file')}:{shown.get('line')})"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
