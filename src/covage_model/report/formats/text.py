"""Reports as lines of a terminal or a log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from covage_model.ground import escape
from covage_model.ground.diagnostics import Severity
from covage_model.ground.language import tell
from covage_model.report import finding as about
from covage_model.report.blocks import Blank, Block, Columns, FindingBlock, Heading, Picture, TableBlock, TextLine
from covage_model.report.report import Foot, Report, ReportEntry

if TYPE_CHECKING:
    from covage_model.ground.diagnostics import Diagnostic
    from covage_model.ground.files.document import Document

WIDTH = 140  # without a terminal


_COLORS = {Severity.ERROR: 31, Severity.WARNING: 33, Severity.UNCHECKED: 36, Severity.NOTE: 36}


def printer(report: Report, width: int) -> _TextPrinter:
    """Blocks as they come: nothing is held back."""
    return _TextPrinter(width, colors=report.colors, verbose=report.verbose)


class _TextPrinter:
    def __init__(self, width: int, *, colors: bool, verbose: bool) -> None:
        self._width = width
        self._colors = colors
        self._verbose = verbose

    def head(self) -> Iterator[str]:
        yield from ()

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        return map(_ended, lines(entry.blocks(), self._width, colors=self._colors, verbose=self._verbose))

    def foot(self, foot: Foot) -> Iterator[str]:
        return map(_ended, lines(foot.blocks, self._width))


def _ended(line: str) -> str:
    return f"{line}\n"


def text(blocks: Iterable[Block], width: int = WIDTH) -> str:
    """Blocks as one text."""
    return "".join(map(_ended, lines(blocks, width)))


def findings(found: Iterable[Diagnostic], language: str = "en", document: Document | None = None) -> str:
    """Findings as one text; with `document`, also the lines that they are about."""
    return text(FindingBlock(finding, language, document) for finding in found)


def lines(blocks: Iterable[Block], width: int = WIDTH, *, colors: bool = False, verbose: bool = False) -> Iterator[str]:
    """
    The lines of blocks. Every text is escaped here; with `colors`, places and severities stand out.

    With `verbose`, findings about a pattern show it.
    """
    for block in blocks:
        match block:
            case TextLine() if block.wraps:
                import textwrap  # slow to load, and few lines wrap

                yield from map(escape.terminal, textwrap.wrap(escape.terminal(block.text), width))
            case TextLine():
                yield " " * block.indent + escape.terminal(block.text)
            case Heading():
                yield escape.terminal(block.text)
            case Blank():
                yield ""
            case FindingBlock():
                yield from (" " * block.indent + line for line in _finding(block, colors=colors, verbose=verbose))
            case Columns():
                yield from _columns(block)
            case TableBlock() if block.outline is not None:
                yield from lines(block.outline, width)
            case TableBlock():
                yield from _table(block, width)
            case Picture():
                pass


def _finding(block: FindingBlock, *, colors: bool, verbose: bool) -> Iterator[str]:
    found = block.finding
    place, sentence = about.place(found), about.sentence(found, block.language)
    line = escape.terminal(f"{place}: {sentence}")
    yield _colored(line, escape.terminal(place), sentence.partition(" ")[0], found.severity) if colors else line
    yield from about.excerpt(found, block.document, block.language)
    yield from (f"    {escape.terminal(line)}" for line in about.remarks(found, block.language, block.order))
    if verbose and found.form == "pattern" and "expected" in found.arguments:
        yield f"    {escape.terminal(tell('pattern: {pattern}', block.language, pattern=found.arguments['expected']))}"


def _colored(line: str, place: str, word: str, severity: Severity) -> str:
    """The first line of a finding: its place is bold, its severity has a colour."""
    rest = line[len(place) :].replace(word, f"\x1b[{_COLORS[severity]}m{word}\x1b[0m", 1)
    return f"\x1b[1m{place}\x1b[0m{rest}"


def _columns(block: Columns) -> Iterator[str]:
    shown = [block.heads, *block.rows] if block.headed else block.rows
    rows = [[escape.terminal(cell) for cell in row] for row in shown]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, least in enumerate(block.least[: len(widths)]):
        widths[number] = max(widths[number], least)
    for row in rows:
        cells = (
            cell.rjust(width) if number in block.right else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield (" " * block.indent + "  ".join(cells)).rstrip()


def _table(block: TableBlock, width: int) -> Iterator[str]:
    from covage_model.report.layout import text_table  # loaded by reports that have tables

    rows = [
        [escape.terminal(_cut(cell, number, block.longest)) for number, cell in enumerate(row)] for row in block.rows
    ]
    table = text_table([*map(escape.terminal, block.heads)], rows, width, block.weights)
    yield from map(escape.terminal, table.splitlines())  # again, since a wrapped line may start with a CI command


def _cut(cell: str, column: int, longest: Sequence[int | None]) -> str:
    most = longest[column] if column < len(longest) else None
    return cell if most is None or len(cell) <= most else f"{cell[: most - 1]}…"
