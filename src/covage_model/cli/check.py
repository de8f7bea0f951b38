"""`covage-model check`."""

from __future__ import annotations

import click

from covage_model.cli import shared
from covage_model.ground.diagnostics import Severity


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PACKS...]")
@shared.pack_option
@shared.limit_option
@shared.strict_option
@shared.format_option("text", "json")
@shared.out_option
@shared.language_option
@click.pass_obj
def command(
    streams: shared.Streams,
    paths: tuple[str, ...],
    pack: tuple[str, ...],
    limit: int | None,
    strict: bool,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """Find every problem of a pack at once: shape, names, meaning; and count its state spaces."""
    loaded = shared.load_any((*pack, *paths), streams, cache=False, limit=limit)
    if format_ == "json":
        from covage_model.report import data

        shared.write(shared.as_json(data.checked(loaded, language)), out, streams)
    else:
        from covage_model.report import text

        shared.write(text.checked(loaded, language), out, streams)
    errors = any(finding.severity is Severity.ERROR for finding in loaded.findings)
    warnings = any(finding.severity is Severity.WARNING for finding in loaded.findings)
    found = loaded.pack is None or errors or (strict and warnings)
    unreadable = any(finding.code == "CM008" for finding in loaded.findings)
    return shared.Exit.UNREADABLE if unreadable else shared.Exit.FOUND if found else shared.Exit.CLEAN
