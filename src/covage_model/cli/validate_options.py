"""The options of `validate` as one value, and what does not go together among them."""

from __future__ import annotations

import click

from covage_model.cli import options
from covage_model.ground.classes import dataclass
from covage_model.report.formats import OF_FINDINGS


@dataclass(frozen=True, slots=True)
class ValidateOptions:
    """What a call of `validate` asks for: the value of each option, by its name."""

    files: tuple[str, ...]
    pack: tuple[str, ...]
    state: str | None
    role: str
    before: str | None
    account: tuple[str, ...]
    exclude: tuple[str, ...]
    at: str
    encoding: str | None
    strict: bool
    stdin_filename: str
    max_findings: int | None
    jobs: int | None
    engine: str
    scheduler: str | None
    quiet: bool
    quarantine: str | None
    save_coverage: str | None
    changed_since: str | None
    watch: bool
    show_files: bool
    format_: str
    out: str | None
    language: str

    @property
    def lists(self) -> bool:
        """Whether a format of this call lists each order, also those without a finding."""
        return not options.formats(self.format_) <= OF_FINDINGS

    def refuse_what_does_not_go_together(self) -> None:
        """Raises a usage error for options that exclude one another."""
        if "-" in self.files and "-" in self.account:
            raise click.UsageError("stdin can be read once: give the orders or the account as a file")
        if self.before == "-":
            raise click.UsageError("--before takes a file")
        if self.engine != "dask":
            return
        if self.before is not None:
            raise click.UsageError("--before judges in this process: remove --engine")
        if self.save_coverage is not None:
            raise click.UsageError("--save-coverage judges in this process: remove --engine")
