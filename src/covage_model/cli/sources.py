"""`covage-model sources`."""

from __future__ import annotations

import click

from covage_model.api import sources
from covage_model.cli import options, output
from covage_model.cli.packs import opened
from covage_model.cli.streams import Exit, Streams, progress
from covage_model.ground.diagnostics import Standing

_STANDINGS = [standing.value for standing in Standing]


@click.command("sources")
@options.pack_option
@click.option("--check", is_flag=True, help="Fail for a statement that nothing exercises.")
@click.option("--standing", type=click.Choice(_STANDINGS), help="List every definition of that standing instead.")
@options.report_format()
@options.out_option
@options.language_option
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
    Show what each statement of a source became: what cites it, and what the scenarios exercise of that.

    A definition cites what it says itself, not what it inherits. All scenarios of the pack are
    played. With --check, text is the findings and the counts alone.
    """
    from covage_model.report.subjects import sources as subject

    if check and standing is not None:
        raise click.UsageError("--check looks at statements, --standing at definitions: give one of them")
    spec = opened(pack, streams)
    if standing is not None:
        found = sources.of_standing(spec, standing)
        output.show(subject.definitions(found, language), format_, out, streams)
        return Exit.CLEAN
    with progress(len(spec.spec.scenarios), "playing", streams) as tick:
        became = sources.became(spec, tick)
    findings = sources.findings(became) if check else ()
    output.show(subject.report(became, findings, language, brief=check), format_, out, streams)
    return output.exit_for(findings)
