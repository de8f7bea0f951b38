"""
The pytest plugin: scenarios and order files as test items.

Every run of pytest in the environment loads it. So it imports nothing and does nothing, unless `covage_scenarios` or
`covage_orders` is set.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from covage_model.testing.settings import SAVE, PytestSuite

_WORKER = "covage_record"  # the key under which a pytest-xdist worker returns its coverage record


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the settings for `pytest.ini` or `pyproject.toml`, and the command line option."""
    parser.addini("covage_pack", "packs, by name or folder; several are combined", "linelist", default=[])
    parser.addini("covage_scenarios", "folders and files of scenarios to play", "linelist", default=[])
    parser.addini("covage_orders", "folders and files of orders that must have no errors", "linelist", default=[])
    parser.addini("covage_account", "the account that the orders are checked against", default="")
    parser.addini("covage_strict", "warnings and rules not checked fail too", "bool", default=False)
    group = parser.getgroup("covage-model", "orders and lifecycles of a spec pack")
    group.addoption(SAVE, metavar="FILE", help="write a coverage record of the pack to FILE")


def pytest_configure(config: pytest.Config) -> None:
    """Sets up the run if settings ask for it. Their folders are collected unless paths were given."""
    suite = PytestSuite(config)
    if suite.asked:
        suite.check()
        config.pluginmanager.register(_Running(suite), "covage-model-running")
        apart = _apart(config, suite.asked)
        if config.args_source is not pytest.Config.ArgsSource.ARGS:
            config.args = [*config.args, *map(str, apart)]
    elif suite.target is not None:
        raise pytest.UsageError(f"{SAVE}: nothing is exercised: set covage_scenarios or covage_orders")


def _apart(config: pytest.Config, places: Sequence[Path]) -> list[Path]:
    """The paths outside of all collected folders. Raises UsageError for one inside that `norecursedirs` excludes."""
    apart = []
    passed_over = config.getini("norecursedirs")
    collected = [Path(config.invocation_params.dir, arg).resolve() for arg in config.args]
    for place in places:
        above = next((each for each in collected if place.is_relative_to(each)), None)
        if above is None:
            apart.append(place)
        elif any(fnmatch(part, pattern) for part in place.relative_to(above).parts for pattern in passed_over):
            raise pytest.UsageError(f"norecursedirs keeps pytest out of {os.path.relpath(place)}: name another folder")
    return apart


class _Running:
    """The hooks of a run with items; pytest calls them by name."""

    def __init__(self, suite: PytestSuite) -> None:
        self.suite = suite
        self.unsaved = ""  # the reason if no record was written

    def _kinds(self) -> Iterator[tuple[type[pytest.File], tuple[Path, ...], ModuleType]]:
        """Each kind of item, its paths in the settings, and the module that recognises its files."""
        from covage_model.api import order_files, scenarios
        from covage_model.testing import items

        yield items.Scenarios, self.suite.scenarios, scenarios
        yield items.Orders, self.suite.orders, order_files

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        path = file_path.resolve()
        for kind, places, known in self._kinds():
            if path in places or (any(map(path.is_relative_to, places)) and known.belongs(os.path.relpath(file_path))):
                return kind.from_parent(parent, path=file_path, suite=self.suite)
        return None

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Generator[None, Any, Any]:
        report = yield
        if isinstance(collector, pytest.Directory) and report.passed:
            report.result.extend(self._unseen(collector))
        return report

    def _unseen(self, folder: pytest.Directory) -> Iterator[pytest.Collector | pytest.Item]:
        """Items that pytest does not collect itself: files that are not regular, and missing files."""
        from covage_model.testing.items import Lacking

        name = os.path.relpath(folder.path)
        for kind, places, known in self._kinds():
            if folder.path.resolve() in places:
                for path in known.below(name):
                    if not os.path.isfile(path):
                        yield kind.from_parent(folder, path=Path(path).absolute(), suite=self.suite)
                for finding in known.lacking(name):
                    yield Lacking.from_parent(folder, finding=finding, suite=self.suite)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        target = self.suite.target
        if target is None:
            return
        if not self.suite.lived and not self.suite.records:
            self.unsaved = f"nothing was judged or played: {os.path.relpath(target)} was not written"
            return
        from covage_model.api.coverage import merge_coverage, record_coverage, record_text, write_coverage

        record = merge_coverage([*self.suite.records, record_coverage(self.suite.pack, self.suite.lived)])
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[_WORKER] = record_text(record)
            return
        try:
            write_coverage(record, str(target))
        except OSError as error:
            self.unsaved = f"cannot write {os.path.relpath(target)}: {error.strerror}"
            session.exitstatus = pytest.ExitCode.USAGE_ERROR

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.unsaved:
            terminalreporter.write_line(f"{SAVE}: {self.unsaved}")

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        from covage_model.api.coverage import record_of

        handed = getattr(node, "workeroutput", {}).get(_WORKER)
        if handed is not None:
            self.suite.records.append(record_of(json.loads(handed)))
