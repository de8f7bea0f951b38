"""`covage-model sources`."""

from __future__ import annotations

from typing import cast

import click

from covage_model.api import scenarios
from covage_model.cli import shared
from covage_model.documents.judge.verdict import judge_of
from covage_model.ground.diagnostics import Standing
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.citations import became
from covage_model.quality.citations.became import Became

_STANDINGS = [standing.value for standing in Standing]


@click.command("sources")
@shared.pack_option
@click.option("--check", is_flag=True, help="Fail for a statement that nothing exercises.")
@click.option("--standing", type=click.Choice(_STANDINGS), help="List every definition of that standing instead.")
@shared.format_option("text", "json", "markdown")
@shared.out_option
@shared.language_option
@click.pass_obj
def command(
    streams: shared.Streams,
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
    if check and standing is not None:
        raise click.UsageError("--check looks at statements, --standing at definitions: say one of them")
    loaded = shared.load_sound(pack, streams)
    spec = cast("SpecPack", loaded.pack)  # a sound pack is one
    if standing is not None:
        shared.write(_listed(spec, Standing(standing), format_, language), out, streams)
        return shared.Exit.CLEAN
    told = _became(spec, loaded.folders, streams)
    shared.write(_told(told, format_, language, check=check), out, streams)
    return shared.exit_for(became.findings(told) if check else (), strict=False)


def _became(pack: SpecPack, folders: tuple[str, ...], streams: shared.Streams) -> Became:
    outcomes = []
    with shared.progress(len(pack.scenarios), "playing", streams) as tick:
        for one in scenarios.play_pack(judge_of(pack), folders):
            outcomes += [one.outcome] if one.outcome is not None else []
            tick()
    return became.became(pack, outcomes)


def _told(told: Became, format_: str, language: str, *, check: bool) -> str:
    found = tuple(became.findings(told)) if check else ()
    if format_ == "json":
        from covage_model.report import sources_data

        return shared.as_json(sources_data.became(told, found, language))
    from covage_model.report import sources_text, text

    if format_ == "markdown":
        return sources_text.markdown(told, language)
    if check:
        return f"{text.findings(found, language)}{sources_text.summary(told, language)}\n"
    return sources_text.text(told, language)


def _listed(pack: SpecPack, standing: Standing, format_: str, language: str) -> str:
    found = became.of_standing(pack, standing)
    if format_ == "json":
        from covage_model.report import sources_data

        return shared.as_json(sources_data.listed(found))
    from covage_model.report import sources_text

    return (
        sources_text.markdown_listed(found, language) if format_ == "markdown" else sources_text.listed(found, language)
    )
