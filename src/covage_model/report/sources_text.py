"""What the statements of the sources became, as text and as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from covage_model.pack.model.pack import Source
from covage_model.pack.model.text import say
from covage_model.quality.citations.became import Became, Citation, Cited, StatementFate
from covage_model.quality.citations.elements import Element
from covage_model.report.table import markdown_table
from covage_model.report.text import escaped

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "statements": "statements",
        StatementFate.EXERCISED.value: "exercised",
        StatementFate.UNEXERCISED.value: "not exercised",
        StatementFate.UNCITED.value: "not cited",
        StatementFate.NOT_MODELLED.value: "not modelled",
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
        StatementFate.EXERCISED.value: "exercé",
        StatementFate.UNEXERCISED.value: "non exercé",
        StatementFate.UNCITED.value: "non cité",
        StatementFate.NOT_MODELLED.value: "non modélisé",
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


def text(told: Became, language: str) -> str:
    """Each source, each statement of it, what cites it and whether that was exercised; then what has no source."""
    words = _WORDS[language]
    lines = [summary(told, language)]
    for source, cited in _by_source(told):
        whole, *statements = cited
        lines += ["", "  ".join(filter(None, (source.name, escaped(say(source.title, language)), source.url)))]
        lines += _cited(whole.citations, words, "  ")
        for one in statements:
            lines += _statement(one, language)
    if told.unsourced:
        lines += ["", f"{words['unsourced']} ({len(told.unsourced)}):"]
        lines += _aligned(((one.kind, escaped(one.label), place(one)) for one in told.unsourced), "  ")
    return "".join(f"{line}\n" for line in lines)


def summary(told: Became, language: str) -> str:
    """One line: how many statements there are, and what became of them."""
    words = _WORDS[language]
    counts = Counter(one.fate for one in told.statements)
    parts = ", ".join(f"{counts[fate]} {words[fate.value]}" for fate in StatementFate)
    return f"{len(told.statements)} {words['statements']}: {parts}"


def _by_source(told: Became) -> list[tuple[Source, list[Cited]]]:
    found: list[tuple[Source, list[Cited]]] = []
    for one in told.cited:
        if one.statement is None:
            found.append((one.source, []))
        found[-1][1].append(one)
    return found


def _statement(one: Cited, language: str) -> list[str]:
    words = _WORDS[language]
    lines = [f"  {one.name}  {_fate(one, words)}: {escaped(say(one.text, language))}"]
    if one.reason is not None:
        lines.append(f"      {words['because']}: {escaped(say(one.reason, language))}")
    return lines + _cited(one.citations, words, "      ")


def _fate(one: Cited, words: Mapping[str, str]) -> str:
    return words[one.fate.value] + (f" ({words['partly']})" if one.partly else "")


def _cited(citations: Sequence[Citation], words: Mapping[str, str], indent: str) -> list[str]:
    rows = [(_mark(one, words), one.element.kind, escaped(one.element.label), place(one.element)) for one in citations]
    return _aligned(rows, indent)


def _mark(one: Citation, words: Mapping[str, str]) -> str:
    return words[(StatementFate.EXERCISED if one.exercised else StatementFate.UNEXERCISED).value]


def _aligned(rows: Iterable[Sequence[str]], indent: str) -> list[str]:
    kept = list(rows)
    widths = [max(map(len, column)) for column in zip(*kept, strict=True)]
    return [
        indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in kept
    ]


def place(one: Element) -> str:
    """`file:line` of a definition."""
    return f"{escaped(one.origin.location.file)}:{one.origin.location.line}"


def listed(found: Sequence[Element], language: str) -> str:
    """Definitions, one to a line: kind, name, where it is written, its sources; then how many there are."""
    rows = [(one.kind, escaped(one.label), ", ".join(one.origin.source) or "-", place(one)) for one in found]
    return "".join(f"{line}\n" for line in (*_aligned(rows, ""), f"{len(found)} {_WORDS[language]['definitions']}"))


def markdown(told: Became, language: str) -> str:
    """One table of statements, what became of each and what cites it; one of sources; one of what has none."""
    words = _WORDS[language]
    heads = [words[name] for name in ("sources", "statement", "became", "cited")]
    rows = [_row(one, language) for one in told.cited if one.statement is not None or one.citations]
    parts = [f"{summary(told, language)}\n", markdown_table(heads, rows)]
    if told.unsourced:
        parts += [f"{words['unsourced']}:\n", markdown_listed(told.unsourced, language)]
    return "\n".join(parts)


def _row(one: Cited, language: str) -> list[str]:
    words = _WORDS[language]
    note = f" ({words['because']}: {say(one.reason, language)})" if one.reason is not None else ""
    cited = [
        f"{citation.element.kind} {citation.element.label} [{_mark(citation, words)}]" for citation in one.citations
    ]
    return [one.name, say(one.text, language) + note, _fate(one, words), "\n".join(cited)]


def markdown_listed(found: Sequence[Element], language: str) -> str:
    """Definitions as a Markdown table."""
    words = _WORDS[language]
    heads = [words[name] for name in ("kind", "definition", "sources", "where")]
    return markdown_table(heads, [[one.kind, one.label, ", ".join(one.origin.source), place(one)] for one in found])
