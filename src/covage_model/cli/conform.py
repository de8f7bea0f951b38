"""`covage-model conform`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import click

from covage_model.api import conform
from covage_model.cli import known, options, output
from covage_model.cli.streams import Exit, Streams, progress
from covage_model.ground.classes import dataclass
from covage_model.ground.processes import commands, workers
from covage_model.report.report import Tally


@click.command("conform", context_settings={"ignore_unknown_options": True})
@click.argument("folder", metavar="DIR", type=click.Path())
@click.argument("words", nargs=-1, required=True, metavar="-- COMMAND...", type=click.UNPROCESSED)
@click.option("--pointers", is_flag=True, help="The command prints JSON: check its `pointer` values too.")
@click.option(
    "--timeout",
    "seconds",
    type=options.Within(min=0.01),
    default=30,
    show_default=True,
    metavar="SECONDS",
    help="Time per file.",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Run N commands at a time. Default: one per processor."
)
@click.option("--strict", is_flag=True, help="Files with warnings only must be rejected too.")
@known.finding_options()
@click.pass_obj
def command(
    streams: Streams,
    /,
    folder: str,
    words: tuple[str, ...],
    seconds: float,
    jobs: int | None,
    format_: str,
    out: str | None,
    language: str,
    **asked: bool,
) -> int:
    """
    Run a validator, in any language, on a suite of order files, and compare its verdicts with the expected ones.

    `generate --suite --out DIR` writes such a suite. The command is run once per file, without a shell. In its
    words, {file} is replaced by the path of the file (without {file}, the path is added as last word), {account}
    by the path of its account, and {order}, {role} and {status} by those of the file. The command exits with 0 if
    the file is valid and with 1 to 125 if it is invalid; 126 and above, or a signal, count as a crash.
    """
    from covage_model.report.subjects import conform as subject

    try:
        suite = conform.read_suite(folder)
    except conform.NoSuite as error:
        return _unreadable(error, format_, out, language, streams)
    if any("{account}" in word for word in words) and not any(entry.get("account") for entry in suite.entries):
        raise click.UsageError("no file of this suite has an account: remove {account} from the command")
    jobs = jobs or workers.processors()
    seen = _VerdictsSoFar()
    not_counted = known.opened()
    try:
        with progress(len(suite.entries), "files", streams) as tick:
            answers = conform.answers_for(suite, words, seconds=seconds, jobs=jobs, tick=tick, **asked)
            first = list(islice(answers, 1))  # a command that cannot be run shows before anything is printed
            each = seen.counted(chain(first, answers))
            each = each if not_counted is None else not_counted.answered(each)
            report = subject.report(each, known.counted(not_counted, suite.findings), language)
            return known.show(not_counted, [report], format_, out, streams, seen.ends)
    except commands.NoCommand as error:
        raise click.UsageError(str(error)) from error


def _unreadable(error: conform.NoSuite, format_: str, out: str | None, language: str, streams: Streams) -> Exit:
    """Say why the suite cannot be read; a folder that has none is a usage error."""
    from covage_model.report.subjects import conform as subject

    if any(finding.form == "missing" for finding in error.findings):
        raise click.UsageError(str(error)) from error
    if format_ == "text":
        output.warn(error.findings, language, streams)
    else:
        output.show(subject.report((), error.findings, language), format_, out, streams)
    return Exit.UNREADABLE


@dataclass(slots=True)
class _VerdictsSoFar:
    """Whether the command was run on a file."""

    asked: bool = False

    def counted(self, answers: Iterable[conform.ValidatorAnswer]) -> Iterator[conform.ValidatorAnswer]:
        """The answers as they come."""
        for answer in answers:
            self.asked = self.asked or answer.outcome is not None
            yield answer

    def ends(self, tally: Tally) -> Exit:
        """The exit code, once all files were tried."""
        return max(Exit.CLEAN if self.asked else Exit.FOUND, output.exit_of(tally))
