"""The report of `conform`: the verdicts of another validator on a suite of order files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.language import tell, words
from covage_model.report import blocks
from covage_model.report import finding as about
from covage_model.report.blocks import Block, TextLine
from covage_model.report.report import Foot, JudgedCase, Report, ReportEntry, Tally, constant
from covage_model.report.subjects.check import finding_entries

_COLUMNS = ("file", "verdict", "said", "agrees", "why")
_LONGEST = 400  # characters of a line with text from a manifest


class AnsweredFile(Protocol):
    """A file of the suite and the verdict of the command on it."""

    @property
    def entry(self) -> Mapping[str, Any]:
        """The entry of the file in the manifest."""

    @property
    def outcome(self) -> str | None:
        """valid, invalid, or how else the command ended; None if it was not run on the file."""

    @property
    def agrees(self) -> bool:
        """Whether the verdict is the expected one."""

    @property
    def why(self) -> str:
        """Why the command was not run, or how its verdict differs."""

    @property
    def findings(self) -> Sequence[Diagnostic]:
        """That the verdict differs; nothing where that is known from before."""

    @property
    def identity(self) -> str:
        """What the file is known by in the next run."""


def report(answers: Iterable[AnsweredFile], found: Sequence[Diagnostic], lang: str = "en") -> Report:
    """The findings about the suite, then each file with an unexpected verdict, then the counts."""
    seen: list[tuple[bool, bool, str]] = []  # was the command run, agrees, why

    def entries() -> Iterator[ReportEntry]:
        yield from finding_entries(found, lang)
        for answer in answers:
            seen.append((answer.outcome is not None, answer.agrees, answer.why))
            yield _entry(answer, lang)

    def foot(_: Tally) -> Foot:
        return Foot([*_totals(seen, lang)])

    return Report("conform", entries(), lists=("findings", "files"), foot=foot, columns=_COLUMNS, language=lang)


def _totals(seen: Sequence[tuple[bool, bool, str]], lang: str) -> Iterator[Block]:
    asked = sum(was_asked for was_asked, _, _ in seen)
    wrong = sum(was_asked and not agrees for was_asked, agrees, _ in seen)
    altered = sum(not was_asked and not agrees for was_asked, agrees, _ in seen)
    yield TextLine(
        tell("{count} files tested, {right} as expected", lang, count=asked, right=asked - wrong)
        + (tell(", {count} not", lang, count=wrong) if wrong else "")
    )
    if altered:
        yield TextLine(tell("{count} not tested: they were changed or are missing", lang, count=altered))
    for why, count in Counter(why for was_asked, agrees, why in seen if not was_asked and agrees).items():
        yield TextLine(tell("{count} not tested: {why:words}", lang, count=count, why=why))
    if not asked:
        yield TextLine(tell("the command was run on no file, so nothing is known of it", lang))


def _entry(answer: AnsweredFile, lang: str) -> ReportEntry:
    data = {
        "file": answer.entry["file"],
        "verdict": answer.entry["verdict"],
        "said": answer.outcome,
        "agrees": answer.agrees,
        "why": answer.why,
    }
    row = [str(value if value is not None else "") for value in data.values()]
    data["findings"] = [about.data(finding, lang) for finding in answer.findings]
    fails = bool(answer.findings) if answer.outcome is not None else not answer.agrees
    case = JudgedCase(str(data["file"]), "conform", not fails, answer.why if fails else "")
    return ReportEntry(
        lambda: _blocks(answer, lang),
        answer.findings,
        member="files",
        data=lambda: data,
        rows=lambda: (row,),
        case=constant(case),
        identity=lambda: answer.identity,
    )


def _blocks(answer: AnsweredFile, lang: str) -> Iterator[Block]:
    if not answer.findings:
        return
    yield from blocks.findings(answer.findings, lang)
    findings = [f"{finding['code']} {finding['pointer']}" for finding in answer.entry.get("findings", ())]
    expected = ", ".join(findings) or tell("nothing", lang)
    yield TextLine(_short(tell("expected: {findings}", lang, findings=expected)), 4)
    shows = [_shown(shown, lang) for shown in answer.entry.get("own", ())[:2] if isinstance(shown, dict)]
    if shows:
        yield TextLine(_short(tell("only this file shows {things}", lang, things="; ".join(shows))), 4)


def _shown(shown: Mapping[str, Any], lang: str) -> str:
    said = " ".join(words(str(part), lang) for part in (shown.get("kind"), shown.get("detail")) if part)
    return f"{said} ({shown.get('file')}:{shown.get('line')})"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
