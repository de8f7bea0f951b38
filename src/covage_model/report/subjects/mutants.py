"""The report of `mutate`: the surviving mutants by spec line, then the counts and the score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from covage_model.ground import places
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.language import tell
from covage_model.quality.mutants.mutation import Mutation
from covage_model.quality.mutants.operators import sentence
from covage_model.quality.mutants.trial import MutantFate, Tried
from covage_model.report import finding as findings
from covage_model.report.blocks import Block, Columns, TextLine
from covage_model.report.counting import number
from covage_model.report.fingerprints import identity_of_part
from covage_model.report.report import Foot, JudgedCase, Report, ReportEntry, constant
from covage_model.report.subjects.check import finding_entry

_FATES = {
    MutantFate.KILLED: "killed",
    MutantFate.SURVIVED: "survived",
    MutantFate.EQUIVALENT: "equivalent",
    MutantFate.REFUSED: "refused by check",
    MutantFate.UNTRIED: "not tried",
}
_FINDINGS = {MutantFate.SURVIVED: ("CM524", "survived"), MutantFate.UNTRIED: ("CM525", "lost")}
_CODES = frozenset(code for code, _ in _FINDINGS.values())
_COUNT = (MutantFate.KILLED, *_FINDINGS)  # each is a test; a mutant that is refused or equivalent is none
_HEADS = [fate.value for fate in _FATES if fate is not MutantFate.UNTRIED]  # of the table of operators
_COLUMNS = ("id", "operator", "says", "file", "line", "fate", "by")
_WIDTHS = (22, 9, 9, 9, 9)  # of the columns of the table of operators


def mutant_findings(mutation: Mutation, language: str) -> list[Diagnostic]:
    """A finding for each mutant that survived, and for each that was not tried."""
    return [_finding(tried, language) for tried in mutation.tried if tried.fate in _FINDINGS]


def _finding(tried: Tried, language: str) -> Diagnostic:
    (code, form), origin = _FINDINGS[tried.fate], tried.mutant.origin
    arguments = {"change": sentence(tried.mutant, language), "id": tried.mutant.id, "why": tried.by or ""}
    severity = Severity.WARNING if tried.fate is MutantFate.SURVIVED else Severity.ERROR
    return Diagnostic(code, form, arguments, origin.location, severity=severity, because=origin)


def report(mutation: Mutation, found: Sequence[Diagnostic], pack: str, notice: str, language: str) -> Report:
    """
    Every mutant with its fate, the counts, and the score (null if no mutant counts).

    `found` has the findings of `mutant_findings` that count, and others.
    """
    members = {
        "pack": pack,
        "notice": notice,
        "items": mutation.items,
        "idle": [*map(places.shown, mutation.idle)],
        "score": mutation.score,
        "counts": _counts(mutation.tried),
        "operators": {name: _counts(tried) for name, tried in _by_operator(mutation.tried).items()},
    }
    entries = _entries(mutation, found, language)
    return Report(
        "mutate",
        entries,
        members,
        ("findings", "mutants"),
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


def _entries(mutation: Mutation, found: Sequence[Diagnostic], language: str) -> Iterator[ReportEntry]:
    named = {str(finding.arguments["id"]): finding for finding in found if finding.code in _CODES}
    for finding in found:
        if finding.code in _CODES:  # it counts with its mutant
            yield ReportEntry(member="findings", data=partial(findings.data, finding, language))
        else:
            yield finding_entry(finding, language, partial(identity_of_part, finding))
    yield ReportEntry(lambda: _survivors(mutation, named, language))
    for tried in mutation.tried:
        yield _entry(tried, named.get(tried.mutant.id), language)


def _entry(tried: Tried, finding: Diagnostic | None, language: str) -> ReportEntry:
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
        findings=() if finding is None else (finding,),
        member="mutants",
        data=lambda: _data(tried, language),
        rows=lambda: ((*cells, places.in_text(tried.by or "")),),
        case=constant(JudgedCase(mutant.id, places.shown(at.file))) if tried.fate in _COUNT else None,
        identity=constant(mutant.id),
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


def _survivors(mutation: Mutation, named: Mapping[str, Diagnostic], language: str) -> Iterator[Block]:
    yield from (
        TextLine(tell("{name}: fails without a mutation, so it kills no mutant", language, name=places.shown(name)))
        for name in mutation.idle
    )
    survivors, untried = (
        [tried for tried in mutants if tried.mutant.id in named] for mutants in (mutation.survivors, mutation.untried)
    )
    yield from _listed("these rules could vanish unnoticed:", survivors, language)
    yield from _listed("these mutants were not tried:", untried, language)


def _listed(head: str, mutants: Sequence[Tried], language: str) -> Iterator[Block]:
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
