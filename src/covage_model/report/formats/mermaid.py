"""The pictures of a report: one as Mermaid source, several as Markdown with Mermaid blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from covage_model.ground import escape
from covage_model.report.blocks import Block, Picture
from covage_model.report.report import Foot, Report, ReportEntry


def printer(report: Report, width: int) -> _MermaidPrinter:  # noqa: ARG001  formats have one signature
    """The first picture is held back until a second one comes."""
    return _MermaidPrinter()


class _MermaidPrinter:
    def __init__(self) -> None:
        self._first: str | None = None
        self._count = 0

    def head(self) -> Iterator[str]:
        yield from ()

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        return self._pictures(entry.blocks())

    def foot(self, foot: Foot) -> Iterator[str]:
        yield from self._pictures(foot.blocks)
        if self._count == 1 and self._first is not None:
            yield self._first

    def _pictures(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            if not isinstance(block, Picture):
                continue
            drawn = escape.inert(block.mermaid())
            self._count += 1
            if self._count == 1:
                self._first = drawn
                continue
            if self._first is not None:
                yield _fenced(self._first)
                self._first = None
            yield f"\n{_fenced(drawn)}"


def _fenced(drawn: str) -> str:
    return f"```mermaid\n{drawn}```\n"
