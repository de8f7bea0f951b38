"""`covage-model coverage`."""

from __future__ import annotations

import click

from covage_model.api import coverage
from covage_model.cli import shared
from covage_model.documents.judge.verdict import judge_of
from covage_model.quality.coverage import record
from covage_model.quality.coverage.items import KINDS
from covage_model.quality.coverage.measure import Coverage, measure


@click.command("coverage")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@shared.pack_option
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Count these alone; may be repeated.")
@click.option("--brief", is_flag=True, help="Text: the shares by kind alone.")
@click.option("--fail-under", type=shared.PERCENT, metavar="PERCENT", help="Exit 1 where less is covered.")
@click.option("--badge", metavar="FILE", type=click.Path(), help="Write the share of everything as a small SVG.")
@shared.save_coverage_option
@shared.format_option("text", "json")
@shared.out_option
@shared.language_option
@click.pass_obj
def command(
    streams: shared.Streams,
    *,
    files: tuple[str, ...],
    pack: tuple[str, ...],
    kinds: tuple[str, ...],
    brief: bool,
    fail_under: float | None,
    badge: str | None,
    save_coverage: str | None,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Merge what `run` and `validate` recorded with --save-coverage, and show what was never exercised.

    FILES are such records, or folders of them: from any number of runs and machines; a file given twice counts
    once. With --save-coverage, the merged record is written too; it may stand in a folder that is read.
    """
    loaded = shared.load_sound(pack, streams)
    assert loaded.pack is not None  # a sound pack is one
    merged = coverage.merge_files(files, loaded.pack, into=save_coverage)
    told = measure(judge_of(loaded.pack), merged.record, kinds=kinds)
    if format_ == "json":
        from covage_model.report import coverage_data

        shown = coverage_data.covered(told, loaded.pack, merged.findings, language)
        shared.write(shared.as_json(shown), out, streams)
    else:
        from covage_model.report import coverage_text, text

        said = text.findings(merged.findings, language) + coverage_text.text(told, language, brief=brief)
        shared.write(said, out, streams)
    if badge is not None:
        from covage_model.report import badge as badges

        shared.write(badges.badge(told.total, language), badge, streams)
    if save_coverage is not None:
        shared.write(record.written(merged.record), save_coverage, streams)
    return max(shared.exit_for(merged.findings, strict=False), _enough(told, fail_under, streams))


def _enough(told: Coverage, wanted: float | None, streams: shared.Streams) -> shared.Exit:
    if wanted is None or not told.total.under(wanted):
        return shared.Exit.CLEAN
    streams.err.write(f"{told.total.percent:.1f} % is covered, and {wanted:g} % is asked for\n")
    return shared.Exit.FOUND
