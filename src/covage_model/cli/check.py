"""`covage-model check`."""

from __future__ import annotations

import click

from covage_model.api import packs
from covage_model.cli import known, options, output
from covage_model.cli.streams import Exit, Streams, exploring
from covage_model.cli.together import TogetherCommand
from covage_model.report.report import Tally


@click.command("check", cls=TogetherCommand)
@click.argument("paths", nargs=-1, metavar="[PACKS...]")
@options.pack_option
@options.limit_option
@options.strict_option
@known.finding_options()
@click.pass_obj
def command(
    streams: Streams,
    paths: tuple[str, ...],
    pack: tuple[str, ...],
    limit: int | None,
    strict: bool,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """Find every problem of a pack at once: shape, names, meaning; and count its state spaces."""
    from covage_model.report.subjects import check

    try:
        with exploring(streams) as tell:
            loaded = packs.load((*pack, *paths), cache=False, limit=limit, progress=tell)
    except packs.NoSuchPack as error:
        raise click.UsageError(str(error)) from error
    output.tell_pack(loaded.pack.name if loaded.pack is not None else None, loaded.folders, lambda: loaded.pack)

    not_counted = known.opened()
    found = known.counted(not_counted, loaded.findings)

    def ends(tally: Tally) -> Exit:
        if any(finding.code == "CM008" for finding in loaded.findings):
            return Exit.UNREADABLE
        code = output.exit_of(tally, strict=strict)
        return max(code, Exit.FOUND) if loaded.pack is None else Exit.FOUND if code is not Exit.CLEAN else code

    report = check.report(loaded.pack, found, loaded.spaces, language)
    return known.show(not_counted, [report], format_, out, streams, ends)
