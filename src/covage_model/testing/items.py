"""The items of the pytest plugin: a scenario, an order file, and an item for something missing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from covage_model.ground.diagnostics import Diagnostic
    from covage_model.testing.settings import PytestSuite


class _File(pytest.File):
    """A file that is collected as one item of the same name."""

    item: type[_Item]

    def __init__(self, suite: PytestSuite, **given: Any) -> None:
        super().__init__(**given)
        self.suite = suite

    def collect(self) -> Iterator[pytest.Item]:
        yield self.item.from_parent(self, name=_short(self.path.name), suite=self.suite)


def _short(name: str) -> str:
    """The file name without the extension of an order file or scenario."""
    from covage_model.api import files, scenarios

    endings = (*scenarios.NAMED, *files.ORDER_ENDINGS)
    return name[: -len(next((ending for ending in endings if name.lower().endswith(ending)), "")) or None]


class _Item(pytest.Item):
    """One file, judged or played. A failure prints the text of the command line."""

    def __init__(self, suite: PytestSuite, **given: Any) -> None:
        super().__init__(**given)
        self.suite = suite

    @property
    def file(self) -> str:
        return os.path.relpath(self.path)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, Failed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.file


class Failed(Exception):
    """The findings as text, as the command line prints them."""


class _Scenario(_Item):
    def runtest(self) -> None:
        from covage_model.api.scenarios import run_scenario
        from covage_model.report import printing
        from covage_model.report.subjects import scenarios

        played = run_scenario(self.suite.pack, self.file)
        self.suite.lived.extend(played)
        if any(each.outcome is None or self.suite.fails(each.findings) for each in played):
            raise Failed(printing.text(scenarios.report(played, self.suite.pack.spec, "en", trace=True)))


class _OrderItem(_Item):
    def runtest(self) -> None:
        from covage_model.api.judge import judge_files
        from covage_model.api.unchecked_rules import told_once
        from covage_model.report import printing
        from covage_model.report.subjects import documents

        judged = judge_files(self.suite.pack, [self.file], account=self.suite.account)
        self.suite.lived.extend(judged)
        if any(self.suite.fails(document.findings) for document in judged):
            judge = self.suite.pack.judge
            raise Failed(printing.text(documents.report(told_once(judged, judge), judge, account="covage_account")))


class Lacking(_Item):
    """An item for something missing in a folder; it always fails."""

    def __init__(self, finding: Diagnostic, parent: pytest.Directory, **given: Any) -> None:
        name = os.path.relpath(finding.location.file, parent.path.parent)
        super().__init__(name=_short(name), parent=parent, **given)
        self.finding = finding

    def runtest(self) -> None:
        """Always fails with the finding."""
        from covage_model.report.formats import text

        raise Failed(text.findings([self.finding]))


class Scenarios(_File):
    """A scenario file."""

    item = _Scenario


class Orders(_File):
    """An order file, with one or more documents."""

    item = _OrderItem
