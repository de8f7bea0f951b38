"""The report of `generate --suite`: the size of the suite, and the definitions that it does not cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from covage_model.ground.diagnostics import Origin
from covage_model.ground.language import tell
from covage_model.quality.mutants.operators import sentence
from covage_model.quality.order_suites.missed import Unnoticed
from covage_model.quality.order_suites.pool import File
from covage_model.quality.order_suites.shows import SuiteItem
from covage_model.report.blocks import Block, TextLine

_WHY = {"same": "nothing derived differs", "redundant": "others require the same", "unseen": "no order shows it"}


class BuiltSuite(Protocol):
    """A suite, with the definitions that it covers and those that it does not."""

    @property
    def files(self) -> Sequence[File]:
        """All files."""

    @property
    def watched(self) -> int:
        """The number of definitions covered: without one of them, a file gets another verdict."""

    @property
    def missed(self) -> Sequence[Unnoticed]:
        """The definitions not covered."""

    def spec_file(self, file: str) -> str:
        """The name of a file of the pack in the manifest."""

    @property
    def unshown(self) -> Sequence[SuiteItem]:
        """Values that no valid file shows."""


def blocks(suite: BuiltSuite, folder: str, language: str) -> Iterator[Block]:
    """The size, then the definitions that are not covered, with the definitions that make them redundant."""
    total, valid = len(suite.files), sum(not file.expected for file in suite.files)
    yield TextLine(
        tell(
            "wrote {folder}: {count} files, {valid} valid and {invalid} invalid, none redundant",
            language,
            folder=folder,
            count=total,
            valid=valid,
            invalid=total - valid,
        )
    )
    yield TextLine(
        tell(
            "{count} definitions are covered: without one of them, a file gets another verdict",
            language,
            count=suite.watched,
        )
    )
    if suite.missed:
        yield TextLine(tell("{count} are not covered:", language, count=len(suite.missed)))
    for unnoticed in suite.missed:
        lines = ", ".join(_line(suite, origin) for origin in unnoticed.lines)
        why = tell(_WHY[unnoticed.why], language)
        text = f"{_line(suite, unnoticed.mutant.origin)}: {sentence(unnoticed.mutant, language)}: {why}"
        yield TextLine(text + (f" ({lines})" if lines else ""), 2)
    if suite.unshown:
        yield TextLine(
            tell(
                "{count} values are in no valid file, since no such file was found:", language, count=len(suite.unshown)
            )
        )
    for item in suite.unshown:
        yield TextLine(f"{suite.spec_file(item.file)}:{item.line}: {item.detail}", 2)


def _line(suite: BuiltSuite, origin: Origin) -> str:
    return f"{suite.spec_file(origin.location.file)}:{origin.location.line}"
