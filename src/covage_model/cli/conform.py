"""`covage-model conform`."""

from __future__ import annotations

import click

from covage_model.api import conform
from covage_model.cli import shared
from covage_model.ground.processes import commands, workers


@click.command("conform", context_settings={"ignore_unknown_options": True})
@click.argument("folder", metavar="DIR", type=click.Path())
@click.argument("words", nargs=-1, required=True, metavar="-- COMMAND...", type=click.UNPROCESSED)
@click.option("--pointers", is_flag=True, help="The command prints JSON: what it calls `pointer` must be right too.")
@click.option("--timeout", "seconds", type=click.FloatRange(min=0.01), default=30, show_default=True, metavar="SECONDS")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="So many at a time; default: one per processor.")
@click.option("--strict", is_flag=True, help="What is only assumed to be wrong must be refused too.")
@shared.format_option("text", "json")
@shared.out_option
@click.pass_obj
def command(
    streams: shared.Streams,
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
    Hold a validator, in any language, against a suite of order files.

    DIR is what `generate --suite --out DIR` wrote. The command is run for each file, never through a shell:
    {file} is the file's path (the last word, where nothing says {file}), {account} that of its account, {order},
    {role} and {status} what it is. Exit code 0 says that the file is valid, 1 to 125 that it is invalid; 126 and
    above, or a signal, that the command crashed.
    """
    from covage_model.report import conformance_text

    try:
        suite = conform.read_suite(folder)
    except conform.NoSuite as error:
        return _refused(error, format_, streams)
    try:
        with shared.progress(len(suite.entries), "files", streams) as tick:
            found = list(
                conform.answers_for(
                    suite, words, seconds=seconds, jobs=jobs or workers.processors(), tick=tick, **asked
                )
            )
    except commands.NoCommand as error:
        raise click.UsageError(str(error)) from error
    if format_ == "json":
        shared.write(shared.as_json(conformance_text.answers_data(found, suite.findings)), out, streams)
    else:
        shared.write(conformance_text.answers(found, suite.findings), out, streams)
    nobody = all(one.said is None for one in found)
    sound = not nobody and all(one.agrees for one in found)
    return max(shared.Exit.CLEAN if sound else shared.Exit.FOUND, shared.exit_for(suite.findings, strict=False))


def _refused(error: conform.NoSuite, format_: str, streams: shared.Streams) -> int:
    """A folder without a manifest is a wrong word on the command line; a manifest that cannot be read is a finding."""
    if any(one.form == "missing" for one in error.findings):
        raise click.UsageError(str(error)) from error
    from covage_model.report import conformance_text, text

    if format_ == "json":
        streams.out.write(shared.as_json(conformance_text.answers_data([], error.findings)))
    else:
        streams.err.write(text.findings(error.findings))
    return shared.Exit.UNREADABLE
