"""What `generate --defects` and `generate --suite` write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from covage_model.api import defects, generation
from covage_model.api.output_folder import CannotWrite
from covage_model.api.workspace import Workspace
from covage_model.cli import output
from covage_model.cli.streams import Exit, Streams, progress
from covage_model.ground import escape
from covage_model.ground.diagnostics import Diagnostic


def written(
    pack: Workspace, names: Sequence[str], format_: str, out: str | None, asked: dict[str, Any], streams: Streams
) -> int:
    """Write invalid orders, one JSON line each, or one report. Findings about defects without an order go to stderr."""
    if format_ == "yaml":
        raise click.UsageError("--defects writes JSON lines or, with --format json, one report")
    notes: list[Diagnostic] = [*generation.no_order(pack.judge, names)]
    total = asked["count"] or defects.number_of(pack.judge, names)
    with progress(total if out else 0, "defects", streams) as tick:
        orders = _orders(pack, names, asked, notes, tick)
        if format_ == "json":
            from covage_model.report.subjects import generated

            return output.exit_of(
                output.show(generated.report(notes, asked["language"], orders), format_, out, streams)
            )
        with output.lines(out, streams) as write:
            for order in orders:
                write(escape.json_line(order))
    output.warn(notes, asked["language"], streams)
    return output.exit_for(notes)


def _orders(
    pack: Workspace, names: Sequence[str], asked: dict[str, Any], notes: list[Diagnostic], tick: Any
) -> Iterator[dict[str, Any]]:
    """Invalid orders as data; findings about defects without an order are added to `notes`."""
    given = {name: asked[name] for name in ("seed", "count", "role")}
    made = defects.invalid_by_name(pack.judge, names, status=asked["state"], tick=tick, **given)
    for defect in made:
        note = defects.finding(defect) if asked["count"] is None else None
        notes += [note] if note is not None else []
        data = defects.data_of(pack.judge, defect)
        if data is not None:
            yield data


def suite(pack: Workspace, names: Sequence[str], out: str | None, asked: dict[str, Any], streams: Streams) -> int:
    """Write a suite of order files into a folder, and report the definitions that no file covers."""
    from covage_model.api import order_suites
    from covage_model.report.subjects import order_suite

    if out is None:
        raise click.UsageError("--suite writes many files: give --out DIR")
    nothing = generation.no_order(pack.judge, names)
    if nothing:
        output.warn(nothing, asked["language"], streams)
        return Exit.FOUND
    try:
        order_suites.FOLDER.check(out)
        with progress(2 * len(names), "orders", streams) as tick:
            built = order_suites.build(pack.judge, names, seed=asked["seed"], tick=tick)
        order_suites.FOLDER.write(out, built.texts())
    except CannotWrite as error:
        raise click.ClickException(str(error)) from error
    output.say(order_suite.blocks(built, out, asked["language"]), streams)
    return Exit.CLEAN
