"""Reports as one page of HTML: no scripts, nothing from elsewhere, legible in the dark and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from covage_model.ground.escape import xml
from covage_model.ground.language import tell
from covage_model.report import finding as about
from covage_model.report.blocks import Block, Columns, FindingBlock, Heading, Picture, TableBlock, TextLine
from covage_model.report.citing import ShownSource
from covage_model.report.report import Foot, Report, ReportEntry

_WIDE = 92  # characters of an excerpt that stand on a sheet of paper
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
.finding { border-left: .3rem solid #767676; padding: .2rem .8rem; margin: 1rem 0; }
p, .finding pre { margin: .2rem 0; } h2 { margin: 1.5rem 0 .5rem; } table { margin: .8rem 0; }
.error { border-color: #c0392b; } .warning { border-color: #b7791f; }
.remark { margin-left: 1.5rem; } .place { font-weight: bold; }
pre, .place { font-family: ui-monospace, monospace; }
pre { overflow-x: auto; font-size: .87em; } .place { overflow-wrap: anywhere; }
@media print {
  body { margin: 0; font-size: 11pt; } pre { font-size: 7.5pt; overflow: visible; } .finding { break-inside: avoid; }
}
table { border-collapse: collapse; } th, td { border: 1px solid #767676; padding: .2rem .5rem; text-align: left; }
@media screen { table { display: block; overflow-x: auto; } } @media print { table { font-size: 7.5pt; } }
"""


def printer(report: Report, width: int) -> _HtmlPrinter:  # noqa: ARG001  formats have one signature
    """Blocks as they come: nothing is held back."""
    return _HtmlPrinter(report)


class _HtmlPrinter:
    def __init__(self, report: Report) -> None:
        self._report = report

    def head(self) -> Iterator[str]:
        if self._report.page is not None:
            yield from self._report.page()
            return
        title = f"covage-model {xml(self._report.command)}"
        yield f'<!DOCTYPE html>\n<html lang="{xml(self._report.language)}">\n<head>\n<meta charset="utf-8">\n'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        return _blocks(entry.blocks() if self._report.page is None else ())

    def foot(self, foot: Foot) -> Iterator[str]:
        if self._report.page is not None:
            return
        yield from _blocks(foot.blocks)
        yield "</body>\n</html>\n"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield f"<h2>{xml(block.text)}</h2>\n"
            case TextLine():
                inset = f' style="margin-left: {block.indent * 0.6:g}em"' if block.indent else ""
                yield f"<p{inset}>{xml(block.text)}</p>\n"
            case FindingBlock():
                yield from _finding(block)
            case Columns() if block.rows:
                yield from _table(block.heads, block.rows)
            case TableBlock():
                if block.title:
                    yield f"<h2>{xml(block.title)}</h2>\n"
                yield from _table(block.heads, block.rows)
            case Picture():
                yield _preformatted(block.mermaid().splitlines())
            case _:
                pass


def _finding(block: FindingBlock) -> Iterator[str]:
    found = block.finding
    yield f'<div class="finding {xml(found.severity.value)}">\n'
    yield f'<p><span class="place">{xml(about.place(found))}</span> {xml(about.sentence(found, block.language))}</p>\n'
    if lines := about.excerpt(found, block.document, block.language, wide=_WIDE):
        yield _preformatted(lines)
    for line in about.remarks(found, block.language, block.order, pages=False):
        yield f'<p class="remark">{xml(line)}</p>\n'
    for citation in about.citations(found):
        yield f'<p class="remark">{_linked(citation, block.language)}</p>\n'
    yield "</div>\n"


def _linked(citation: ShownSource, language: str) -> str:
    """A source with its title as a link, where a browser may open it; the address is there for paper too."""
    told = xml(tell("source: {page}", language, page=citation))
    if citation.link is None:
        return told
    address = xml(citation.link)
    return told.removesuffix(address) + f'<a href="{address}" rel="noreferrer">{address}</a>'


def _preformatted(lines: Iterable[str]) -> str:
    shown = "\n".join(map(xml, lines))
    return f"<pre>{shown}</pre>\n"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield "<table>\n"
    if shown := "".join(f"<th>{xml(head)}</th>" for head in heads):
        yield f"<tr>{shown}</tr>\n"
    for row in rows:
        yield f"<tr>{''.join(f'<td>{xml(cell)}</td>' for cell in row)}</tr>\n"
    yield "</table>\n"
