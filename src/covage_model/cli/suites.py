"""`covage-model suites`."""

from __future__ import annotations

import click

from covage_model.api import starter, suites
from covage_model.api.output_folder import CannotWrite
from covage_model.cli import options, output
from covage_model.cli.packs import chosen, opened
from covage_model.cli.streams import Exit, Streams, doing
from covage_model.ground.language import tell


@click.command("suites")
@click.argument("names", nargs=-1, metavar="[ORDER[/VARIANT]...]")
@options.pack_option
@click.option("--cover", type=click.Choice(suites.COVERS), default="transitions", help="The coverage criterion.")
@click.option(
    "--longest", type=click.IntRange(1), metavar="N", help="Split runs longer than this many moves, where possible."
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=suites.LIMIT,
    metavar="N",
    help="Explore at most N configurations of each order and variant. Default: 250,000.",
)
@options.report_format()
@click.option("--out", "out", metavar="DIR", type=click.Path(), help="Write scenarios and documents to this folder.")
@options.language_option
@click.pass_obj
def command(
    streams: Streams,
    names: tuple[str, ...],
    pack: tuple[str, ...],
    cover: str,
    longest: int | None,
    limit: int,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Build test suites for behaviour: scenarios that `run` plays, without a redundant one.

    They cover every state, transition, pair of consecutive transitions or guard part (true and false), and in
    each state the triggers that must be refused. The report compares the number of runs with the lower bound for
    any suite, and lists what cannot be covered, with the reason. The exit code is 1 if there is no run.
    """
    from covage_model.report.subjects import suites as subject

    spec = opened(pack, streams)
    variants = chosen(spec, *names)
    try:
        if out is not None:
            suites.FOLDER.check(out)
        with doing(streams) as told:
            built = suites.build(spec, variants, cover, longest=longest, limit=limit, progress=told)
        if out is not None:
            suites.FOLDER.write(out, built.files())
    except CannotWrite as error:
        raise click.ClickException(str(error)) from error
    played = starter.run_command(out, pack) if out is not None else ""
    written = tell("wrote {folder}: {command} plays them", language, folder=out, command=played) if played else ""
    unfollowed = () if names else [variant.order.follows for variant in spec.spec.unfollowed]
    report = subject.report(
        built.suites, built.cover, built.manifest(), unfollowed=unfollowed, written=written, lang=language
    )
    output.show(report, format_, None, streams)
    shown = any(suite.runs for suite in built.suites)
    return Exit.CLEAN if shown and all(suite.complete for suite in built.suites) else Exit.FOUND
