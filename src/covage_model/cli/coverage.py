"""`covage-model coverage`."""

from __future__ import annotations

import click

from covage_model.api import coverage
from covage_model.cli import known, options, output
from covage_model.cli.packs import opened
from covage_model.cli.streams import Streams
from covage_model.report.fingerprints import identity_of_part


@click.command("coverage")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@options.pack_option
@click.option("--kind", "kinds", type=click.Choice(coverage.KINDS), multiple=True, help="Count only these.")
@click.option("--brief", is_flag=True, help="Text: only the shares by kind.")
@click.option("--fail-under", type=options.PERCENT, metavar="PERCENT", help="Exit with 1 if the total share is lower.")
@click.option("--badge", metavar="FILE", type=click.Path(), help="Write the total share as a small SVG.")
@options.save_coverage_option
@known.finding_options()
@click.pass_obj
def command(
    streams: Streams,
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
    Merge coverage records and show which parts of the pack were never exercised.

    FILES are records that `run` and `validate` wrote with --save-coverage, or folders of records, from any number
    of runs and machines. A file given twice counts once. With --save-coverage the merged record is written too,
    also into a folder that is read.
    """
    from covage_model.report.subjects import coverage as subject

    not_counted = known.opened()
    spec = opened(pack, streams)
    merged = coverage.merge_files(files, spec.spec, into=save_coverage)
    measured = coverage.measured(spec.judge, merged.record, kinds=kinds)
    empty = coverage.nothing_to_cover(measured, spec.spec, kinds)
    low = coverage.under(measured, spec.spec, fail_under)
    found = (*merged.findings, *empty, *low, *subject.never_exercised(measured, language))
    counted = known.counted(not_counted, found, identity_of_part)
    report = subject.report(measured, spec.spec, counted, language, brief=brief)
    code = known.show(not_counted, [report], format_, out, streams, all_was_judged=not kinds)
    if badge is not None:
        from covage_model.report.badge import badge as drawn

        output.write_file(drawn(measured.total, language), badge, streams)
    if save_coverage is not None:
        output.write_file(coverage.record_text(merged.record), save_coverage, streams, joins=True)
    return code
