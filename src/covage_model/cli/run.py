"""`covage-model run`."""

from __future__ import annotations

import click

from covage_model.api import scenarios
from covage_model.cli import shared
from covage_model.documents.judge.verdict import judge_of


@click.command("run")
@click.argument("files", nargs=-1, metavar="[SCENARIOS...]")
@shared.pack_option
@click.option("--trace/--no-trace", "trace", default=None, help="Show each step; default: for at most three scenarios.")
@shared.save_coverage_option
@shared.format_option("text", "json")
@shared.out_option
@shared.language_option
@click.pass_obj
def command(
    streams: shared.Streams,
    files: tuple[str, ...],
    pack: tuple[str, ...],
    trace: bool | None,
    save_coverage: str | None,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Play scenarios on real documents and accounts; without files, all of the pack's own.

    Fails with the place and the difference where something is not as the scenario expects.
    """
    loaded = shared.load_sound(pack, streams)
    assert loaded.pack is not None  # a sound pack is one
    judge = judge_of(loaded.pack)
    played = list(
        scenarios.play_files(files, judge, loaded.folders) if files else scenarios.play_pack(judge, loaded.folders)
    )
    if format_ == "json":
        from covage_model.report import data

        shared.write(shared.as_json(data.played(played, language)), out, streams)
    else:
        from covage_model.report import text

        shown = trace if trace is not None else len(played) <= 3
        shared.write(text.played(played, language, trace=shown, actors=loaded.pack.actors), out, streams)
    if save_coverage is not None:
        shared.save_coverage(judge, (one.outcome for one in played), save_coverage, streams)
    return shared.exit_for((finding for one in played for finding in one.findings), strict=False)
