"""The report of `mutate`: the surviving mutants by spec line, then the counts and the score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from covage_model.ground import places
from covage_model.ground.language import tell
from covage_model.quality.mutants.mutation import Mutation
from covage_model.quality.mutants.operators import sentence
from covage_model.quality.mutants.trial import MutantFate, Tried
from covage_model.report import finding as findings
from covage_model.report.blocks import Block, Columns, TextLine
from covage_model.report.counting import number
from covage_model.report.report import Foot, Report, ReportEntry
from covage_model.report.subjects.check import finding_entries

_FATES = {
    MutantFate.KILLED: "killed",
    MutantFate.SURVIVED: "survived",
    MutantFate.EQUIVALENT: "equivalent",
    MutantFate.REFUSED: "refused by check",
    MutantFate.UNTRIED: "not tried",
}
_HEADS = [fate.value for fate in _FATES if fate is not MutantFate.UNTRIED]  # of the table of operators
_COLUMNS = ("id", "operator", "says", "file", "line", "fate", "by")
_WIDTHS = (22, 9, 9, 9, 9)  # of the columns of the table of operators


def report(mutation: Mutation, pack: str, notice: str, language: str) -> Report:
    """Every mutant with its fate, the counts, and the score (null if no mutant counts)."""
    members = {
        "pack": pack,
        "notice": notice,
        "items": mutation.items,
        "idle": [*map(places.shown, mutation.idle)],
        "findings": [findings.data(finding, language) for finding in mutation.findings],
        "score": mutation.score,
        "counts": _counts(mutation.tried),
        "operators": {name: _counts(tried) for name, tried in _by_operator(mutation.tried).items()},
    }
    entries = _entries(mutation, language)
    return Report(
        "mutate",
        entries,
        members,
        ("mutants",),
        lambda _: _foot(mutation, language),
        columns=_COLUMNS,
        language=language,
    )


def _by_operator(tried: tuple[Tried, ...]) -> dict[str, tuple[Tried, ...]]:
    """The mutants of each operator, in the order of names."""
    names = sorted({each.mutant.operator for each in tried})
    return {name: tuple(each for each in tried if each.mutant.operator == name) for name in names}


def _counts(tried: tuple[Tried, ...]) -> dict[str, int]:
    """The number of mutants by fate."""
    fates = [each.fate for each in tried]
    return {fate.value: fates.count(fate) for fate in MutantFate}


def _entries(mutation: Mutation, language: str) -> Iterator[ReportEntry]:
    for entry in finding_entries(mutation.findings, language):
        yield ReportEntry(entry.blocks, entry.findings)
    yield ReportEntry(lambda: _survivors(mutation, language))
    for tried in mutation.tried:
        yield _entry(tried, language)


def _entry(tried: Tried, language: str) -> ReportEntry:
    mutant = tried.mutant
    at = mutant.origin.location
    cells = (
        mutant.id,
        mutant.operator,
        sentence(mutant, language),
        places.shown(at.file),
        str(at.line),
        tried.fate.value,
    )
    return ReportEntry(
        member="mutants", data=lambda: _data(tried, language), rows=lambda: ((*cells, places.in_text(tried.by or "")),)
    )


def _data(tried: Tried, language: str) -> dict[str, Any]:
    return {
        "id": tried.mutant.id,
        "operator": tried.mutant.operator,
        "says": sentence(tried.mutant, language),
        "origin": findings.origin_data(tried.mutant.origin),
        "fate": tried.fate.value,
        "by": places.in_text(tried.by) if tried.by is not None else None,
    }


def _survivors(mutation: Mutation, language: str) -> Iterator[Block]:
    yield from (
        TextLine(tell("{name}: fails without a mutation, so it kills no mutant", language, name=places.shown(name)))
        for name in mutation.idle
    )
    yield from _listed("these rules could vanish unnoticed:", mutation.survivors, language)
    yield from _listed("these mutants were not tried:", mutation.untried, language)


def _listed(head: str, mutants: tuple[Tried, ...], language: str) -> Iterator[Block]:
    """These mutants by file and line."""
    by_file: dict[str, list[Tried]] = {}
    for tried in mutants:
        by_file.setdefault(tried.mutant.origin.location.file, []).append(tried)
    if by_file:
        yield TextLine(tell(head, language))
    for file, own in by_file.items():
        yield TextLine(places.shown(file), 2)
        for tried in own:
            text = sentence(tried.mutant, language)
            why = f" ({places.in_text(tried.by)})" if tried.by else ""
            yield TextLine(f"{tried.mutant.origin.location.line}: {tried.mutant.operator}: {text}{why}", 4)


def _foot(mutation: Mutation, lang: str) -> Foot:
    return Foot([*_table(mutation.tried, lang), *_sum(mutation, lang)])


def _table(tried: tuple[Tried, ...], lang: str) -> Iterator[Block]:
    if not tried:
        return
    rows: list[Sequence[str]] = [[tell("operator", lang), *(tell(head, lang) for head in _HEADS)]]
    for name, own in _by_operator(tried).items():
        numbers = _counts(own)
        rows.append([name, *(str(numbers[fate] or "") for fate in _HEADS)])
    yield Columns(rows[1:], right=frozenset(range(1, 5)), heads=rows[0], least=_WIDTHS, headed=True)


def _sum(mutation: Mutation, lang: str) -> Iterator[Block]:
    numbers = _counts(mutation.tried)
    fates = ", ".join(
        f"{numbers[fate.value]} {tell(name, lang)}" for fate, name in _FATES.items() if numbers[fate.value]
    )
    mutants = number(len(mutation.tried), "mutant", lang=lang)
    yield TextLine(f"{mutants}{tell(': ', lang)}{fates}" if fates else mutants)
    if mutation.score is not None:
        yield TextLine(tell("mutation score: {score:.1f} %", lang, score=mutation.score))
    if mutation.untried:
        killed = number(len(mutation.untried), "mutant", lang=lang)
        yield TextLine(
            tell(
                "the result is not complete: {count} not tried. Run again, with fewer --jobs if memory is short",
                lang,
                count=killed,
            )
        )
