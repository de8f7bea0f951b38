"""`covage-model conform`."""

from __future__ import annotations

import click

from covage_model.api import conform
from covage_model.cli import shared
from covage_model.ground.processes import commands, processes


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
    {role} and {status} what it is. Exit code 0 says that the file is valid.
    """
    from covage_model.report import conformance_text

    try:
        total = len(conform.read_suite(folder))
        with shared.progress(total, "files", streams) as tick:
            found = list(
                conform.answers(folder, words, seconds=seconds, jobs=jobs or processes.processors(), tick=tick, **asked)
            )
    except (conform.NoSuite, commands.NoCommand) as error:
        raise click.UsageError(str(error)) from error
    if format_ == "json":
        shared.write(shared.as_json(conformance_text.answers_data(found)), out, streams)
    else:
        shared.write(conformance_text.answers(found), out, streams)
    return shared.Exit.CLEAN if all(one.agrees for one in found) else shared.Exit.FOUND
