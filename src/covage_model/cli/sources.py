"""`covage-model sources`."""

from __future__ import annotations

import click

from covage_model.api import sources
from covage_model.cli import known, options, output
from covage_model.cli.packs import opened
from covage_model.cli.streams import Exit, Streams, progress
from covage_model.cli.together import TogetherCommand
from covage_model.ground.diagnostics import Standing

_STANDINGS = [standing.value for standing in Standing]


@click.command("sources", cls=TogetherCommand)
@options.pack_option
@click.option("--check", is_flag=True, help="Fail if a statement is not exercised by a scenario.")
@click.option("--standing", type=click.Choice(_STANDINGS), help="List all definitions with this standing instead.")
@known.finding_options()
@click.pass_obj
def command(
    streams: Streams,
    *,
    pack: tuple[str, ...],
    check: bool,
    standing: str | None,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Traceability of sources: which definitions cite each statement, and which of them the scenarios exercise.

    A definition cites only its own `source`, not an inherited one. All scenarios of the pack are played; numbers of
    profiles count as exercised, as scenarios have no time. With --check, the text shows only the findings and the
    counts.
    """
    from covage_model.report.subjects import sources as subject

    not_counted = known.opened() if check else None
    spec = opened(pack, streams)
    if standing is not None:
        found = sources.of_standing(spec, standing)
        output.show(subject.definitions(found, language), format_, out, streams)
        return Exit.CLEAN
    with progress(len(spec.spec.scenarios), "playing", streams) as tick:
        outcomes = sources.statement_outcomes(spec, tick)
    findings = known.counted(not_counted, sources.findings(spec, outcomes)) if check else ()
    report = subject.report(outcomes, findings, language, brief=check)
    return known.show(not_counted, [report], format_, out, streams)
