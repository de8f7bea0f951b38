"""`covage-model conform`."""

from __future__ import annotations

import click

from covage_model.api import conform
from covage_model.cli import options, output
from covage_model.cli.streams import Exit, Streams, progress
from covage_model.ground.processes import commands, workers


@click.command("conform", context_settings={"ignore_unknown_options": True})
@click.argument("folder", metavar="DIR", type=click.Path())
@click.argument("words", nargs=-1, required=True, metavar="-- COMMAND...", type=click.UNPROCESSED)
@click.option("--pointers", is_flag=True, help="The command prints JSON: its `pointer` values must be right too.")
@click.option("--timeout", "seconds", type=click.FloatRange(min=0.01), default=30, show_default=True, metavar="SECONDS")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes. Default: one per processor.")
@click.option("--strict", is_flag=True, help="Files that break only what is assumed must be refused too.")
@options.report_format()
@options.out_option
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
    **asked: bool,
) -> int:
    """
    Run a validator, in any language, on a suite of order files, and compare its verdicts.

    DIR is what `generate --suite --out DIR` wrote. The command is run for each file, never through a shell:
    {file} is the file's path (the last word, where nothing says {file}), {account} that of its account, {order},
    {role} and {status} what it is. Exit code 0 says that the file is valid, 1 to 125 that it is invalid; 126 and
    above, or a signal, that the command crashed.
    """
    from covage_model.report.subjects import conform as subject

    try:
        suite = conform.read_suite(folder)
    except conform.NoSuite as error:
        if any(finding.form == "missing" for finding in error.findings):
            raise click.UsageError(str(error)) from error
        if format_ == "text":
            output.warn(error.findings, "en", streams)
        else:
            output.show(subject.report((), error.findings), format_, out, streams)
        return Exit.UNREADABLE
    jobs = jobs or workers.processors()
    try:
        with progress(len(suite.entries), "files", streams) as tick:
            found = list(conform.answers_for(suite, words, seconds=seconds, jobs=jobs, tick=tick, **asked))
    except commands.NoCommand as error:
        raise click.UsageError(str(error)) from error
    tally = output.show(subject.report(found, suite.findings), format_, out, streams)
    sound = any(one.said is not None for one in found) and all(one.agrees for one in found)
    return max(Exit.CLEAN if sound else Exit.FOUND, output.exit_of(tally))
