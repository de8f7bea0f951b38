"""The report of `sources`: the definitions that cite each statement, and whether scenarios exercise them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.model.pack import Source
from covage_model.pack.model.text import say
from covage_model.quality.citations.cited_definitions import CitedDefinition
from covage_model.quality.citations.statement_outcomes import Citation, Cited, StatementOutcome, StatementOutcomes
from covage_model.report import finding as findings
from covage_model.report.blocks import Blank, Block, Columns, TableBlock, TextLine
from covage_model.report.report import Report, ReportEntry, constant
from covage_model.report.subjects.check import finding_entries

_LISTS = ("statements", "pages", "unsourced", "findings")
_COLUMNS = ("source", "statement", "became", "cited by")
_DEFINITION_COLUMNS = ("kind", "definition", "source", "where")

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "statements": "statements",
        StatementOutcome.EXERCISED.value: "exercised",
        StatementOutcome.UNEXERCISED.value: "not exercised",
        StatementOutcome.UNCITED.value: "not cited",
        StatementOutcome.NOT_MODELLED.value: "not modelled",
        "partly": "partly",
        "because": "because",
        "unsourced": "Stated, and without a source",
        "definitions": "definitions",
        "kind": "kind",
        "definition": "definition",
        "where": "where",
        "sources": "source",
        "became": "became",
        "statement": "statement",
        "cited": "cited by",
    },
    "fr": {
        "statements": "énoncés",
        StatementOutcome.EXERCISED.value: "exercé",
        StatementOutcome.UNEXERCISED.value: "non exercé",
        StatementOutcome.UNCITED.value: "non cité",
        StatementOutcome.NOT_MODELLED.value: "non modélisé",
        "partly": "en partie",
        "because": "motif",
        "unsourced": "Tenu pour écrit, et sans source",
        "definitions": "définitions",
        "kind": "nature",
        "definition": "définition",
        "where": "où",
        "sources": "source",
        "became": "devenu",
        "statement": "énoncé",
        "cited": "cité par",
    },
}


def report(outcomes: StatementOutcomes, found: Sequence[Diagnostic], language: str, *, brief: bool) -> Report:
    """Every source and statement with its citations; with `brief`, text has only the findings and the counts."""
    subject = _Sources(outcomes, language)
    entries = subject.brief(found) if brief else subject.entries()
    return Report("sources", entries, lists=_LISTS, columns=_COLUMNS, language=language)


def definitions(found: Sequence[CitedDefinition], language: str) -> Report:
    """A list of definitions, those of one standing."""
    words = _WORDS[language]
    rows = [_definition(one) for one in found]
    heads = [words[name] for name in ("kind", "definition", "sources", "where")]
    outline: Sequence[Block] = [
        Columns([(kind, label, cited or "-", where) for kind, label, cited, where in rows]),
        TextLine(f"{len(found)} {words['definitions']}"),
    ]

    def entries() -> Iterator[ReportEntry]:
        yield ReportEntry(lambda: (TableBlock(heads, rows, outline=outline),), rows=lambda: rows)
        for one in found:
            yield ReportEntry(member="definitions", data=constant(_element(one)))

    return Report("sources", entries(), lists=("definitions",), columns=_DEFINITION_COLUMNS, language=language)


def _definition(one: CitedDefinition) -> tuple[str, str, str, str]:
    return one.kind, one.label, ", ".join(one.origin.source), findings.line_of(one.origin)


@dataclass(frozen=True, slots=True)
class _Sources:
    outcomes: StatementOutcomes
    language: str

    def brief(self, found: Sequence[Diagnostic]) -> Iterator[ReportEntry]:
        yield from self._statements()
        yield from finding_entries(found, self.language)
        yield ReportEntry(lambda: self._blocks(brief=True))

    def entries(self) -> Iterator[ReportEntry]:
        yield ReportEntry(lambda: self._blocks(brief=False))
        yield from self._statements()

    def _statements(self) -> Iterator[ReportEntry]:
        pages = [one for one in self.outcomes.cited if one.statement is None]
        for member, cited in (("statements", self.outcomes.statements), ("pages", pages)):
            for one in cited:
                shown = member == "statements" or one.citations
                yield ReportEntry(
                    member=member,
                    data=partial(self._data, one),
                    rows=partial(self._rows, one, shown=bool(shown)),
                )
        for element in self.outcomes.unsourced:
            yield ReportEntry(member="unsourced", data=constant(_element(element)))

    def _rows(self, one: Cited, *, shown: bool) -> Sequence[Sequence[str]]:
        return [self._row(one)] if shown else []

    def _data(self, one: Cited) -> dict[str, Any]:
        return {
            "name": one.name,
            "source": one.source.name,
            "text": say(one.text, self.language),
            "url": one.source.url,
            "became": one.outcome.value,
            "partly": one.partly,
            "reason": say(one.reason, self.language) if one.reason is not None else None,
            "cited_by": [{**_element(citation.element), "exercised": citation.exercised} for citation in one.citations],
        }

    def _blocks(self, *, brief: bool) -> Iterator[Block]:
        """The summary, and tables of statements and of definitions without a source; `brief` text has no tables."""
        words = _WORDS[self.language]
        yield TextLine(self._summary())
        heads = [words[name] for name in ("sources", "statement", "became", "cited")]
        cited = [one for one in self.outcomes.cited if one.statement is not None or one.citations]
        yield TableBlock(heads, [self._row(one) for one in cited], outline=() if brief else tuple(self._outline()))
        if self.outcomes.unsourced:
            yield self._unsourced(brief=brief)

    def _unsourced(self, *, brief: bool) -> TableBlock:
        words, unsourced = _WORDS[self.language], self.outcomes.unsourced
        heads = [words[name] for name in ("kind", "definition", "sources", "where")]
        rows = [(one.kind, one.label, findings.line_of(one.origin)) for one in unsourced]
        title = TextLine(f"{words['unsourced']} ({len(unsourced)}):")
        outline: Sequence[Block] = () if brief else (Blank(), title, Columns(rows, 2))
        return TableBlock(heads, [_definition(one) for one in unsourced], title=title.text, outline=outline)

    def _summary(self) -> str:
        """The number of statements, in total and by outcome."""
        words = _WORDS[self.language]
        counts = Counter(one.outcome for one in self.outcomes.statements)
        parts = ", ".join(f"{counts[outcome]} {words[outcome.value]}" for outcome in StatementOutcome)
        return f"{len(self.outcomes.statements)} {words['statements']}: {parts}"

    def _row(self, one: Cited) -> list[str]:
        words = _WORDS[self.language]
        note = f" ({words['because']}: {say(one.reason, self.language)})" if one.reason is not None else ""
        cited = [
            f"{citation.element.kind} {citation.element.label} [{_mark(citation, words)}]" for citation in one.citations
        ]
        return [one.name, say(one.text, self.language) + note, _outcome(one, words), "\n".join(cited)]

    def _outline(self) -> Iterator[Block]:
        """Each source and its statements, with the citations and whether scenarios exercise them."""
        words = _WORDS[self.language]
        for source, (whole, *statements) in _by_source(self.outcomes):
            yield Blank()
            yield TextLine("  ".join(filter(None, (source.name, say(source.title, self.language), source.url))))
            yield _citations(whole.citations, words, 2)
            for one in statements:
                yield TextLine(f"{one.name}  {_outcome(one, words)}: {say(one.text, self.language)}", 2)
                if one.reason is not None:
                    yield TextLine(f"{words['because']}: {say(one.reason, self.language)}", 6)
                yield _citations(one.citations, words, 6)


def _by_source(outcomes: StatementOutcomes) -> list[tuple[Source, list[Cited]]]:
    found: list[tuple[Source, list[Cited]]] = []
    for one in outcomes.cited:
        if one.statement is None:
            found.append((one.source, []))
        found[-1][1].append(one)
    return found


def _outcome(one: Cited, words: Mapping[str, str]) -> str:
    return words[one.outcome.value] + (f" ({words['partly']})" if one.partly else "")


def _citations(citations: Sequence[Citation], words: Mapping[str, str], indent: int) -> Columns:
    rows = [
        (_mark(one, words), one.element.kind, one.element.label, findings.line_of(one.element.origin))
        for one in citations
    ]
    return Columns(rows, indent)


def _mark(one: Citation, words: Mapping[str, str]) -> str:
    return words[(StatementOutcome.EXERCISED if one.exercised else StatementOutcome.UNEXERCISED).value]


def _element(one: CitedDefinition) -> dict[str, Any]:
    because = findings.origin_data(one.origin)
    return {"kind": one.kind, "owners": list(one.owners), "definition": one.name, "because": because}
