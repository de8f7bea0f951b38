"""`covage-model suites`."""

from __future__ import annotations

import click

from covage_model.api import suites
from covage_model.api.output_folder import CannotWrite
from covage_model.cli import shared
from covage_model.cli.variants import chosen
from covage_model.documents.judge.verdict import judge_of
from covage_model.quality.suites.targets import COVERS


@click.command("suites")
@click.argument("names", nargs=-1, metavar="[ORDER[/VARIANT]...]")
@shared.pack_option
@click.option("--cover", type=click.Choice(COVERS), default="transitions", help="What is to be shown.")
@click.option("--longest", type=click.IntRange(1), help="End a run after so many moves where another can go on.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=suites.LIMIT,
    metavar="N",
    help="Explore at most N configurations of each order and variant. Default: 250,000.",
)
@shared.format_option("text", "json")
@click.option("--out", "out", metavar="DIR", type=click.Path(), help="Write the scenarios and documents there.")
@click.pass_obj
def command(
    streams: shared.Streams,
    names: tuple[str, ...],
    pack: tuple[str, ...],
    cover: str,
    longest: int | None,
    limit: int,
    format_: str,
    out: str | None,
) -> int:
    """
    Build test suites for behaviour: scenarios that `run` plays, none of which can be dropped.

    They show every state, transition, pair of consecutive transitions or guard part (both ways), and in each
    state the triggers that must be refused. Beside the size stands the fewest runs that any suite needs; what
    nothing can show is named with the reason.
    """
    loaded = shared.load_sound(pack, streams)
    assert loaded.pack is not None  # a sound pack is one
    variants = chosen(loaded.pack, *names)
    try:
        if out is not None:
            suites.FOLDER.check(out)
        with shared.doing(streams) as told:
            judge = judge_of(loaded.pack)
            built = suites.build(judge, variants, cover, longest=longest, limit=limit, told=told)
        if out is not None:
            suites.FOLDER.write(out, built.files())
    except CannotWrite as error:
        raise click.UsageError(str(error)) from error
    if format_ == "json":
        streams.out.write(shared.as_json(built.manifest()))
    else:
        from covage_model.report import suites_text

        streams.out.write(suites_text.suites(built, out, pack))
    return shared.Exit.CLEAN if all(one.complete for one in built.suites) else shared.Exit.FOUND
