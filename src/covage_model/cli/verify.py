"""`covage-model verify`."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import Any

import click

from covage_model.api import verify
from covage_model.cli import known, options, output
from covage_model.cli.packs import chosen, opened
from covage_model.cli.streams import Streams, exploring, progress
from covage_model.cli.together import TogetherCommand


@click.command("verify", cls=TogetherCommand)
@click.argument("orders", nargs=-1, metavar="[ORDER[/VARIANT]...]")
@options.pack_option
@options.strict_option
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=verify.LIMIT,
    metavar="N",
    help="Explore at most N configurations of each order and variant. Default: a million.",
)
@known.known_options
@options.report_format("pictures", "findings")
@click.option("--out", "out", metavar="DIR", type=click.Path(), help="Write each counterexample to this folder.")
@options.language_option
@click.pass_obj
def command(
    streams: Streams,
    orders: tuple[str, ...],
    pack: tuple[str, ...],
    strict: bool,
    limit: int,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Model checking: decide every property of every lifecycle over the whole state space of each order and variant.

    A broken property is shown with a shortest counterexample. --out writes it as a scenario that `run` plays, with
    its documents, as a Mermaid sequence diagram, and drawn on the lifecycle (SVG). A lifecycle that no order
    follows is verified alone, under its own name. Without names, all orders are verified.
    """
    from covage_model.report.subjects import properties

    not_counted = known.opened()
    spec = opened(pack, streams, finished=True)
    variants = chosen(spec, *orders, unfollowed=True)
    with exploring(streams) as tell, progress(verify.work(spec, variants), "verifying", streams) as tick:
        found = verify.verified(spec, variants, limit=limit, tick=tick, progress=tell)
    written = _written(spec, found, out, language) if out is not None else {}
    sequence = partial(verify.sequence, spec.spec, language=language)
    found = replace(found, findings=known.counted(not_counted, found.findings))
    report = properties.report(found, spec.spec, language, written, sequence)
    return known.show(not_counted, [report], format_, None, streams, output.ending(strict=strict))


def _written(pack: Any, found: Any, folder: str, language: str) -> dict[str, list[str]]:
    """Write the files of each counterexample; their paths by LIFECYCLE.PROPERTY."""
    files = {verify.name_of(broken): verify.files_of(pack, broken, language) for broken in found.broken}
    output.write_files((entry for texts in files.values() for entry in texts.items()), folder)
    return {broken: [os.path.join(folder, name) for name in texts] for broken, texts in files.items()}
