"""A finding as text and as data: its place, its message, and the spec line behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from covage_model.ground import codes, escape, places
from covage_model.ground.diagnostics import Diagnostic, Location, Origin
from covage_model.ground.files.text import Text
from covage_model.ground.language import tell, translated
from covage_model.pack.model.text import say
from covage_model.report import citing
from covage_model.report.citing import ShownSource

if TYPE_CHECKING:
    from covage_model.ground.files.document import Document

_WIDE = 160  # of a line of the file that is shown; the column stays visible


def place(finding: Diagnostic) -> str:
    """`file:line:column`, or only the file if the finding is about the whole file."""
    at = finding.location
    name = places.shown(at.file)
    file = f"./{name}" if name.startswith("::") else name  # no file's name is a command to the CI
    return f"{file}:{at.line}:{at.column}" if at.line else file


def because(origin: Origin, language: str = "en") -> str:
    """The spec line of a definition, its sources and its standing."""
    cited = ", ".join((*origin.source, tell(origin.standing.value, language)))
    return f"{line_of(origin)} ({cited})"


def line_of(origin: Origin) -> str:
    """`file:line` of a definition."""
    return f"{places.shown(origin.location.file)}:{origin.location.line}"


def sentence(finding: Diagnostic, language: str = "en") -> str:
    """Severity, code and message."""
    return f"{tell(finding.severity.value, language)} {finding.code} {codes.message(finding, language)}"


def on_one_line(finding: Diagnostic, language: str) -> str:
    """The message, and the hint in brackets."""
    message = codes.message(finding, language)
    return message if not finding.hint else f"{message} ({tell('hint: {hint:words}', language, hint=finding.hint)})"


def remarks(finding: Diagnostic, language: str, order: str = "", *, pages: bool = True) -> Iterator[str]:
    """
    The lines below a message: what names the order, the hint, the notes of the pack's author, the spec line, its pages.

    Without `pages`, those are left out, for a format that shows them itself.
    """
    if order:
        yield tell("order: {name}", language, name=order)
    if finding.hint:
        yield tell("hint: {hint:words}", language, hint=finding.hint)
    yield from (say(text, language) for text in finding.messages)
    if finding.because is not None:
        yield tell("because: {line}", language, line=because(finding.because, language))
        for citation in citations(finding) if pages else ():
            yield tell("source: {page}", language, page=citation)


def citations(finding: Diagnostic) -> list[ShownSource]:
    """The pages that the spec line behind a finding cites, as far as they are known."""
    return citing.citations(finding.because.source) if finding.because is not None else []


def excerpt(
    finding: Diagnostic, document: Document | Text | None, language: str = "en", *, wide: int = _WIDE
) -> list[str]:
    """
    The line of the file and a caret under the column; a line of more than `wide` characters is cut around it.

    Of a table without lines, the row and the column.
    """
    if document is None or not finding.location.line:
        return []
    number = finding.location.line
    if (masked := getattr(document, "excerpt", None)) is not None:  # see `masking`
        line, column = masked(finding.location)
    else:
        line, column = document.line(number), finding.location.column - document.unknown(number)
    start = max(0, column - 1 - wide // 2) if len(line) > wide else 0
    shown = escape.terminal(line[start : start + wide].replace("\t", " "))
    before = escape.terminal(line[start : column - 1].replace("\t", " "))
    margin = f"{number:>5} | "
    remark = escape.terminal(translated(document.remark(finding.location), language))
    if remark and not line:  # a table that is no text
        return [f"    {remark}"]
    caret = " " * (len(margin) + sum(map(_cells, before))) + "^"
    return [f"{margin}{shown}", f"{caret} {remark}" if remark else caret]


def _cells(char: str) -> int:
    """The width of a character in terminal cells."""
    if char.isascii():
        return 1
    import unicodedata  # slow to load, and most lines are plain

    return 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1


def data(
    found: Diagnostic, language: str, schema: str | None = None, document: Document | Text | None = None
) -> dict[str, Any]:
    """
    A finding as JSON; `arguments` are the fields of its `message`, `schema` is a JSON Pointer into the schema.

    With `document`, the place within a table also has its row and the name of its column.
    """
    return {
        "code": found.code,
        "form": found.form,
        "severity": found.severity.value,
        "message": codes.message(found, language),
        "arguments": _plain(found.arguments),
        "location": {**_location(found.location), **_cell(found.location, document)},
        "hint": None if found.hint is None else translated(found.hint, language),
        "notes": [say(text, language) for text in found.messages],
        "because": origin_data(found.because) if found.because is not None else None,
        "schema": schema,
    }


def origin_data(origin: Origin) -> dict[str, Any]:
    """A spec line with its sources and standing, and with the `pages` of the sources that are known."""
    return {
        **_location(origin.location),
        "source": list(origin.source),
        "standing": origin.standing.value,
        "pages": citing.data(origin.source),
    }


def _location(at: Location) -> dict[str, Any]:
    return {"file": places.shown(at.file), "line": at.line, "column": at.column, "pointer": at.pointer}


def _cell(at: Location, document: Document | Text | None) -> dict[str, Any]:
    """The row and the name of the column, in tables alone; the name is None where the finding is about the row."""
    if document is None or not at.line:
        return {}
    cell = document.cell(None) if isinstance(document, Text) else document.cell(at)
    return {} if cell is None else {"row": cell.row, "column_name": cell.column_name}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return places.shown(value) if isinstance(value, str) else value
