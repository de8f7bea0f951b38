"""What `generate --defects` and `generate --suite` write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from covage_model.api import defects
from covage_model.api.output_folder import CannotWrite
from covage_model.cli import lines, shared
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.defect import Invalid
from covage_model.documents.presence.role import Role
from covage_model.ground.diagnostics import Diagnostic


def written(
    judge: Judge, names: Sequence[str], format_: str, out: str | None, asked: dict[str, Any], streams: shared.Streams
) -> int:
    """A line of JSON per invalid order, or one report; what stands in no order alone is told on stderr."""
    if format_ == "yaml":
        raise click.UsageError("--defects writes a line per order, or with --format json one report")
    for name in ("account", "account_out"):
        if asked[name] is not None:
            raise click.UsageError(f"--defects gives each order its account: without --{name.replace('_', '-')}")
    from covage_model.report import data, text

    role = Role(asked["role"]) if asked["role"] is not None else None
    notes: list[Diagnostic] = []
    orders: list[dict[str, Any]] = []
    total = asked["count"] or defects.number_of(judge, names)
    with lines.file(out, streams) as file, shared.progress(total if out else 0, "defects", streams) as tick:
        for one in defects.invalid(
            judge, names, seed=asked["seed"], count=asked["count"], status=asked["state"], role=role, tick=tick
        ):
            note = defects.finding(one) if asked["count"] is None else None
            notes += [note] if note is not None else []
            if isinstance(one, Invalid) and format_ == "json":
                orders.append(defects.told(one))
            elif isinstance(one, Invalid):
                file.write(shared.as_line(defects.told(one)))
        if format_ == "json":
            file.write(shared.as_json(data.generated(notes, asked["language"], orders)))
    if format_ != "json":
        streams.err.write(text.findings(notes, language=asked["language"]))
    return shared.Exit.CLEAN


def suite(judge: Judge, names: Sequence[str], out: str | None, asked: dict[str, Any], streams: shared.Streams) -> int:
    """A suite of files into a folder, and which definitions no file of it watches."""
    from covage_model.api import order_suites
    from covage_model.report import conformance_text

    if out is None:
        raise click.UsageError("--suite writes many files: say --out DIR")
    for name in ("defects", "account", "account_out", "state", "role", "count"):
        if asked[name]:
            raise click.UsageError(f"--suite chooses by itself: without --{name.replace('_', '-')}")
    try:
        order_suites.FOLDER.check(out)
        with shared.progress(2 * len(names), "orders", streams) as tick:
            built = order_suites.build(judge, names, seed=asked["seed"], tick=tick)
        order_suites.FOLDER.write(out, built.texts())
    except CannotWrite as error:
        raise click.UsageError(str(error)) from error
    streams.out.write(conformance_text.suite(built, out, asked["language"]))
    return shared.Exit.CLEAN
