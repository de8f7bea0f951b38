"""Reports as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from covage_model.ground import escape
from covage_model.report import finding as findings
from covage_model.report.blocks import Blank, Block, Columns, FindingBlock, Heading, Picture, TableBlock, TextLine
from covage_model.report.layout import markdown_table
from covage_model.report.report import Foot, Report, ReportEntry


def printer(report: Report, width: int) -> _MarkdownPrinter:  # noqa: ARG001  formats have one signature
    """Blocks as they come: nothing is held back."""
    return _MarkdownPrinter()


class _MarkdownPrinter:
    def __init__(self) -> None:
        self._before: Block | None = None

    def head(self) -> Iterator[str]:
        yield from ()

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        return self._blocks(entry.blocks())

    def foot(self, foot: Foot) -> Iterator[str]:
        return self._blocks(foot.blocks)

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Blocks with an empty line between them, except between the items of one list."""
        for block in blocks:
            if isinstance(block, Blank):
                continue
            if self._before is not None and not (_is_item(block) and _is_item(self._before)):
                yield "\n"
            self._before = block
            yield from _block(block)


def _is_item(block: Block) -> bool:
    return isinstance(block, FindingBlock) or (isinstance(block, TextLine) and block.indent > 0)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"## {escape.markdown(block.text)}\n"
        case TextLine() if block.indent:
            yield f"- {escape.markdown(block.text)}\n"
        case TextLine():
            yield f"{escape.markdown(block.text)}\n"
        case FindingBlock():
            found = block.finding
            yield f"- {escape.markdown(f'{findings.place(found)}: {findings.sentence(found, block.language)}')}\n"
            yield from (
                f"  - {escape.markdown(line)}\n" for line in findings.remarks(found, block.language, block.order)
            )
        case Columns() if block.rows:
            yield markdown_table(block.heads or [""] * len(block.rows[0]), block.rows)
        case TableBlock():
            if block.title:
                yield f"{escape.markdown(block.title)}\n\n"
            yield markdown_table(block.heads, block.rows)
        case Picture():
            yield f"```mermaid\n{escape.inert(block.mermaid())}```\n"
        case _:
            pass
