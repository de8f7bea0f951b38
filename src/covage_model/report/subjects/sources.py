"""The report of `sources`: the definitions that cite each statement, and whether scenarios exercise them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from covage_model.ground.classes import dataclass
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
        "colon": ": ",
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
        "colon": "\u00a0: ",
        "pack": "modèle",
        "order": "commande",
        "variant": "variante",
        "field": "champ",
        "rule": "règle",
        "lifecycle": "cycle",
        "state": "état",
        "case": "cas",
        "property": "propriété",
        "event": "événement",
        "scenario": "scénario",
        "number": "nombre",
    },
}


def report(outcomes: StatementOutcomes, found: Sequence[Diagnostic], language: str, *, brief: bool) -> Report:
    """Every source and statement with its citations; with `brief`, text has only the findings and the counts."""
    subject = _Sources(outcomes, language)
    entries = subject.brief(found) if brief else subject.entries()
    return Report("sources", entries, lists=_LISTS, columns=_COLUMNS, language=language)


def definitions(listed: Sequence[CitedDefinition], language: str) -> Report:
    """A list of definitions, those of one standing."""
    words = _WORDS[language]
    rows = [_definition(definition, words) for definition in listed]
    heads = [words[name] for name in ("kind", "definition", "sources", "where")]
    outline: Sequence[Block] = [
        Columns([(kind, label, cited or "-", where) for kind, label, cited, where in rows]),
        TextLine(f"{len(listed)} {words['definitions']}"),
    ]

    def entries() -> Iterator[ReportEntry]:
        yield ReportEntry(lambda: (TableBlock(heads, rows, outline=outline),), rows=lambda: rows)
        for definition in listed:
            yield ReportEntry(member="definitions", data=constant(_element(definition)))

    return Report("sources", entries(), lists=("definitions",), columns=_DEFINITION_COLUMNS, language=language)


def _definition(definition: CitedDefinition, words: Mapping[str, str]) -> tuple[str, str, str, str]:
    return (
        _kind(definition, words),
        definition.label,
        ", ".join(definition.origin.source),
        findings.line_of(definition.origin),
    )


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
        pages = [cited for cited in self.outcomes.cited if cited.statement is None]
        for member, group in (("statements", self.outcomes.statements), ("pages", pages)):
            for cited in group:
                shown = member == "statements" or cited.citations
                yield ReportEntry(
                    member=member,
                    data=partial(self._data, cited),
                    rows=partial(self._rows, cited, shown=bool(shown)),
                )
        for element in self.outcomes.unsourced:
            yield ReportEntry(member="unsourced", data=constant(_element(element)))

    def _rows(self, cited: Cited, *, shown: bool) -> Sequence[Sequence[str]]:
        return [self._row(cited)] if shown else []

    def _data(self, cited: Cited) -> dict[str, Any]:
        return {
            "name": cited.name,
            "source": cited.source.name,
            "text": say(cited.text, self.language),
            "url": cited.source.url,
            "became": cited.outcome.value,
            "partly": cited.partly,
            "reason": say(cited.reason, self.language) if cited.reason is not None else None,
            "cited_by": [
                {**_element(citation.element), "exercised": citation.exercised} for citation in cited.citations
            ],
        }

    def _blocks(self, *, brief: bool) -> Iterator[Block]:
        """The summary, and tables of statements and of definitions without a source; `brief` text has no tables."""
        words = _WORDS[self.language]
        yield TextLine(self._summary())
        heads = [words[name] for name in ("sources", "statement", "became", "cited")]
        cited = [each for each in self.outcomes.cited if each.statement is not None or each.citations]
        yield TableBlock(heads, [self._row(each) for each in cited], outline=() if brief else tuple(self._outline()))
        if self.outcomes.unsourced:
            yield self._unsourced(brief=brief)

    def _unsourced(self, *, brief: bool) -> TableBlock:
        words, unsourced = _WORDS[self.language], self.outcomes.unsourced
        heads = [words[name] for name in ("kind", "definition", "sources", "where")]
        rows = [(_kind(each, words), each.label, findings.line_of(each.origin)) for each in unsourced]
        title = TextLine(f"{words['unsourced']} ({len(unsourced)}){words['colon'].rstrip(' ')}")
        outline: Sequence[Block] = () if brief else (Blank(), title, Columns(rows, 2))
        return TableBlock(
            heads, [_definition(definition, words) for definition in unsourced], title=title.text, outline=outline
        )

    def _summary(self) -> str:
        """The number of statements, in total and by outcome."""
        words = _WORDS[self.language]
        counts = Counter(statement.outcome for statement in self.outcomes.statements)
        plural = "s" if self.language == "fr" else ""
        parts = ", ".join(
            f"{counts[outcome]} {words[outcome.value]}{plural if counts[outcome] > 1 else ''}"
            for outcome in StatementOutcome
        )
        return f"{len(self.outcomes.statements)} {words['statements']}{words['colon']}{parts}"

    def _row(self, cited: Cited) -> list[str]:
        words = _WORDS[self.language]
        note = (
            f" ({words['because']}{words['colon']}{say(cited.reason, self.language)})"
            if cited.reason is not None
            else ""
        )
        citations = [
            f"{_kind(citation.element, words)} {citation.element.label} [{_mark(citation, words)}]"
            for citation in cited.citations
        ]
        return [cited.name, say(cited.text, self.language) + note, _outcome(cited, words), "\n".join(citations)]

    def _outline(self) -> Iterator[Block]:
        """Each source and its statements, with the citations and whether scenarios exercise them."""
        words = _WORDS[self.language]
        for source, (whole, *statements) in _by_source(self.outcomes):
            yield Blank()
            yield TextLine("  ".join(filter(None, (source.name, say(source.title, self.language), source.url))))
            yield _citations(whole.citations, words, 2)
            for statement in statements:
                head = f"{statement.name}  {_outcome(statement, words)}"
                yield TextLine(f"{head}{words['colon']}{say(statement.text, self.language)}", 2)
                if statement.reason is not None:
                    yield TextLine(f"{words['because']}{words['colon']}{say(statement.reason, self.language)}", 6)
                yield _citations(statement.citations, words, 6)


def _by_source(outcomes: StatementOutcomes) -> list[tuple[Source, list[Cited]]]:
    sources: list[tuple[Source, list[Cited]]] = []
    for cited in outcomes.cited:
        if cited.statement is None:
            sources.append((cited.source, []))
        sources[-1][1].append(cited)
    return sources


def _outcome(cited: Cited, words: Mapping[str, str]) -> str:
    return words[cited.outcome.value] + (f" ({words['partly']})" if cited.partly else "")


def _citations(citations: Sequence[Citation], words: Mapping[str, str], indent: int) -> Columns:
    rows = [
        (
            _mark(citation, words),
            _kind(citation.element, words),
            citation.element.label,
            findings.line_of(citation.element.origin),
        )
        for citation in citations
    ]
    return Columns(rows, indent)


def _kind(definition: CitedDefinition, words: Mapping[str, str]) -> str:
    """What people call the kind of a definition."""
    return words.get(definition.kind, definition.kind)


def _mark(citation: Citation, words: Mapping[str, str]) -> str:
    return words[(StatementOutcome.EXERCISED if citation.exercised else StatementOutcome.UNEXERCISED).value]


def _element(definition: CitedDefinition) -> dict[str, Any]:
    because = findings.origin_data(definition.origin)
    return {
        "kind": definition.kind,
        "owners": list(definition.owners),
        "definition": definition.name,
        "because": because,
    }
