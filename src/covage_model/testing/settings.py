"""The settings of the pytest plugin, and the results of a run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from covage_model.ground.classes import dataclass
from covage_model.ground.nearest import near_miss

if TYPE_CHECKING:
    from covage_model.api.orders import JudgedDocument
    from covage_model.api.scenarios import Played
    from covage_model.api.workspace import Pack

SAVE = "--covage-save-coverage"


@dataclass(slots=True)
class PytestSuite:
    """One run of pytest: its settings, its pack, and the documents and scenarios judged and played so far."""

    config: pytest.Config
    lived: list[JudgedDocument | Played] = field(default_factory=list)
    records: list[Any] = field(default_factory=list)
    _pack: Pack | None = None

    @property
    def scenarios(self) -> tuple[Path, ...]:
        """The files and folders of scenarios in the settings, even if they do not exist."""
        return self._paths("covage_scenarios")

    @property
    def orders(self) -> tuple[Path, ...]:
        """The files and folders of orders in the settings, even if they do not exist."""
        return self._paths("covage_orders")

    @property
    def asked(self) -> tuple[Path, ...]:
        """All paths in the settings. The plugin does nothing if there are none."""
        return (*self.scenarios, *self.orders)

    @property
    def account(self) -> str | None:
        """The path of the account that orders are checked against, relative to the working directory."""
        name = self._setting("covage_account")
        return os.path.relpath(self._path(name)) if name else None

    @property
    def target(self) -> Path | None:
        """The absolute path of the coverage record, because a test may change the working directory."""
        name = self.config.getoption(SAVE)
        return Path(self.config.invocation_params.dir, name) if name is not None else None

    @property
    def strict(self) -> bool:
        """Whether warnings and unchecked rules also fail an item."""
        return bool(self._setting("covage_strict"))

    @property
    def pack(self) -> Pack:
        """The pack, loaded at its first use. Raises UsageError if it does not exist or has errors."""
        if self._pack is None:
            from covage_model.api.packs import NoSuchPack
            from covage_model.api.workspace import BrokenPack, load_pack
            from covage_model.report.formats import text

            try:
                self._pack = load_pack(*map(self._pack_name, self._setting("covage_pack")))
            except NoSuchPack as error:
                raise pytest.UsageError(f"covage_pack: {error}") from error
            except BrokenPack as error:
                raise pytest.UsageError(f"covage_pack is broken:\n{text.findings(error.findings)}") from error
        return self._pack

    def check(self) -> None:
        """Raises UsageError for the first invalid setting."""
        for name in ("covage_scenarios", "covage_orders"):
            for path in self._paths(name):
                if not path.exists():
                    raise pytest.UsageError(f"{name}: there is no file or folder {os.path.relpath(path)}{_meant(path)}")
        if self.target is not None and self.target.is_dir():
            raise pytest.UsageError(f"{SAVE}: {os.path.relpath(self.target)} is a folder: name a file")
        _ = self.strict, self.pack
        if self.account is not None:
            from covage_model.api.accounts import read_account
            from covage_model.report.formats import text

            account, findings = read_account(self.account, self.pack.judge)
            if account is None:
                raise pytest.UsageError(f"covage_account cannot be read:\n{text.findings(findings)}")

    def fails(self, findings: Sequence[Any]) -> bool:
        """Whether an item with these findings fails."""
        from covage_model.ground.diagnostics import Severity

        heavy = (Severity.ERROR, Severity.WARNING, Severity.UNCHECKED) if self.strict else (Severity.ERROR,)
        return any(finding.severity in heavy for finding in findings)

    def _setting(self, name: str) -> Any:
        try:
            return self.config.getini(name)
        except (TypeError, ValueError, pytest.UsageError) as error:
            raise pytest.UsageError(f"{name}: {error}") from error

    def _paths(self, name: str) -> tuple[Path, ...]:
        return tuple(map(self._path, self._setting(name)))

    def _path(self, name: str) -> Path:
        return (self._root / name).resolve()

    def _pack_name(self, name: str) -> str:
        """The path of a folder relative to the settings file, else the name of a bundled pack."""
        folder = self._root / name
        return os.path.relpath(folder) if folder.is_dir() else name

    @property
    def _root(self) -> Path:
        return self.config.inipath.parent if self.config.inipath is not None else self.config.rootpath


def _meant(path: Path) -> str:
    near = near_miss(path.name, (each.name for each in path.parent.glob("*")))
    return f"; did you mean {os.path.relpath(path.with_name(near))}?" if near is not None else ""
