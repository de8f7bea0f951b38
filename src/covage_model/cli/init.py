"""`covage-model init`."""

from __future__ import annotations

import os

import click

from covage_model.api import starter, starter_overlay
from covage_model.api.starter import Starter
from covage_model.cli import options, output
from covage_model.cli.packs import opened
from covage_model.cli.streams import Exit, Streams
from covage_model.ground.language import tell
from covage_model.report.blocks import TextLine


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--over", metavar="PATH|NAME", help="Extend that pack: start with a rule of your own for its orders.")
@click.option("--name", metavar="NAME", help="The name of the pack. Default: the folder's name.")
@options.streams_language_option
@click.pass_obj
def command(streams: Streams, folder: str, over: str | None, name: str | None) -> int:
    """
    Create a pack of your own: a small complete one or, with --over, one that adds a rule to another pack.

    The new pack has no findings, and its scenarios pass. No existing file is changed.
    """
    called = starter.name_of(name if name is not None else os.path.basename(os.path.abspath(folder)))
    if called is None:
        raise click.UsageError("the name of a pack begins with a letter: give --name NAME")
    _refuse_what_is_there(folder)
    begun = starter.alone(called, folder) if over is None else _overlay(called, folder, over, streams)
    output.write_files(begun.files.items(), folder)
    wrote = (tell("wrote {path}", streams.language, path=os.path.join(folder, path)) for path in begun.files)
    shown = [*wrote, "", tell("now try:", streams.language)]
    shown += [f"  covage-model {one}" for one in begun.commands]
    output.say(map(TextLine, shown), streams)
    return Exit.CLEAN


def _overlay(name: str, folder: str, over: str, streams: Streams) -> Starter:
    spec = opened([over], streams)
    if not spec.spec.orders:
        raise click.UsageError(f"the pack {over} has no order to add a rule to")
    return starter_overlay.overlay(name, folder, over, spec.judge, spec.folders)


def _refuse_what_is_there(folder: str) -> None:
    """Raise a usage error if the folder is a file, or has files that are not hidden."""
    if not os.path.lexists(folder):
        return
    if not os.path.isdir(folder):
        raise click.UsageError(f"{folder} is a file")
    try:
        there = sorted(entry.name for entry in os.scandir(folder) if not entry.name.startswith("."))
    except OSError as error:
        raise click.UsageError(f"cannot read {folder}: {error.strerror}") from error
    if there:
        more = f" and {len(there) - 8} more" if len(there) > 8 else ""
        raise click.UsageError(f"{folder} is not empty: {', '.join(there[:8])}{more}; name a new folder")
