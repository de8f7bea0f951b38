"""
The pytest plugin: scenarios and order files as test items.

Every run of pytest in the environment loads it, so nothing is imported, and nothing done, unless
`covage_scenarios` or `covage_orders` is set.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from covage_model.api.library import Pack
    from covage_model.api.orders import Judged
    from covage_model.api.scenarios import Played

_WORKER = "covage_record"  # under which a worker of pytest-xdist hands over what it exercised
_SPECS, _ORDERS = (".yaml",), (".json", ".yaml", ".yml", ".ndjson", ".jsonl")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The settings of `pytest.ini` or `pyproject.toml`, and the flag beside them."""
    parser.addini("covage_pack", "packs, by name or folder; several are laid over each other", "linelist", default=[])
    parser.addini("covage_scenarios", "folders and files of scenarios to play", "linelist", default=[])
    parser.addini("covage_orders", "folders and files of orders that must be clean", "linelist", default=[])
    parser.addini("covage_account", "the account that the orders are checked against", default="")
    parser.addini("covage_strict", "warnings and rules not checked fail too", "bool", default=False)
    group = parser.getgroup("covage-model", "orders and lifecycles of a spec pack")
    group.addoption("--covage-save-coverage", metavar="FILE", help="record there what of the pack was exercised")


def pytest_configure(config: pytest.Config) -> None:
    """Sets up what the run needs, where it is asked for; the folders named are collected unless paths were given."""
    suite = _Suite(config)
    if not suite.asked:
        return
    config.pluginmanager.register(_Running(suite), "covage-model-running")
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        below = [Path(config.invocation_params.dir, arg).resolve() for arg in config.args]
        wanted = [path for path in suite.asked if not any(path.is_relative_to(each) for each in below)]
        config.args = [*config.args, *(str(path) for path in wanted)]


@dataclass(slots=True)
class _Suite:
    """One run: its settings, the pack once it is needed, and what was judged and played so far."""

    config: pytest.Config
    lived: list[Judged | Played] = field(default_factory=list)
    records: list[Any] = field(default_factory=list)
    _pack: Pack | None = None

    @property
    def scenarios(self) -> tuple[Path, ...]:
        return self._paths("covage_scenarios")

    @property
    def orders(self) -> tuple[Path, ...]:
        return self._paths("covage_orders")

    @property
    def asked(self) -> tuple[Path, ...]:
        return (*self.scenarios, *self.orders)

    @property
    def account(self) -> str | None:
        name = self.config.getini("covage_account")
        return str(self._path(name)) if name else None

    @property
    def pack(self) -> Pack:
        """The pack, loaded when it is first asked for. Raises UsageError where it is none, or broken."""
        if self._pack is None:
            from covage_model.api.library import BrokenPack, load_pack
            from covage_model.api.packs import NoSuchPack
            from covage_model.report import text

            try:
                self._pack = load_pack(*map(self._pack_name, self.config.getini("covage_pack")))
            except NoSuchPack as error:
                raise pytest.UsageError(f"covage_pack: {error}") from error
            except BrokenPack as error:
                raise pytest.UsageError(f"covage_pack is broken:\n{text.findings(error.findings)}") from error
        return self._pack

    def fails(self, findings: Sequence[Any]) -> bool:
        from covage_model.diagnostics import Severity

        strict = self.config.getini("covage_strict")
        heavy = (Severity.ERROR, Severity.WARNING, Severity.UNCHECKED) if strict else (Severity.ERROR,)
        return any(finding.severity in heavy for finding in findings)

    def _paths(self, name: str) -> tuple[Path, ...]:
        return tuple(map(self._path, self.config.getini(name)))

    def _path(self, name: str) -> Path:
        return (self._root / name).resolve()

    def _pack_name(self, name: str) -> str:
        """A folder beside the settings, else the name of a bundled pack."""
        folder = self._root / name
        return os.path.relpath(folder) if folder.is_dir() else name

    @property
    def _root(self) -> Path:
        return self.config.inipath.parent if self.config.inipath is not None else self.config.rootpath


class _Running:
    """The hooks of a run that has something to do; `pytest` finds them by their names."""

    def __init__(self, suite: _Suite) -> None:
        self.suite = suite

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        for kind, places, endings in (
            (_Scenarios, self.suite.scenarios, _SPECS),
            (_Orders, self.suite.orders, _ORDERS),
        ):
            if file_path.suffix in endings and any(file_path.resolve().is_relative_to(place) for place in places):
                if kind is _Scenarios and b"scenario" not in file_path.read_bytes():
                    continue
                return kind.from_parent(parent, path=file_path, suite=self.suite)
        return None

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        target = session.config.getoption("--covage-save-coverage")
        if target is None:
            return
        from covage_model.api.coverage import merge_coverage, record_coverage, write_coverage
        from covage_model.coverage.record import written

        record = merge_coverage([*self.suite.records, record_coverage(self.suite.pack, self.suite.lived)])
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[_WORKER] = written(record)
        else:
            write_coverage(record, target)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        from covage_model.coverage.record import read

        handed = getattr(node, "workeroutput", {}).get(_WORKER)
        if handed is not None:
            self.suite.records.append(read(json.loads(handed)))


class _File(pytest.File):
    """A file that is one item, called as the file is."""

    def __init__(self, suite: _Suite, **given: Any) -> None:
        super().__init__(**given)
        self.suite = suite

    item: type[_Item]

    def collect(self) -> Iterator[pytest.Item]:
        yield self.item.from_parent(self, name=self.path.name.split(".")[0], suite=self.suite)


class _Item(pytest.Item):
    """One file, judged or played; a failure reads as the command prints it."""

    def __init__(self, suite: _Suite, **given: Any) -> None:
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
    """What was found, as the command line says it."""


class _Scenario(_Item):
    def runtest(self) -> None:
        from covage_model.api.library import run_scenario
        from covage_model.report import text

        played = run_scenario(self.suite.pack, self.file)
        self.suite.lived.extend(played)
        if any(one.outcome is None or self.suite.fails(one.findings) for one in played):
            raise Failed(text.played(played, "en", trace=True, actors=self.suite.pack.spec.actors))


class _Order(_Item):
    def runtest(self) -> None:
        from covage_model.api.library import judge_files
        from covage_model.report import text

        judged = judge_files(self.suite.pack, [self.file], account=self.suite.account)
        self.suite.lived.extend(judged)
        if any(self.suite.fails(one.findings) for one in judged):
            raise Failed(text.judged(judged, "en"))


class _Scenarios(_File):
    item = _Scenario


class _Orders(_File):
    item = _Order
