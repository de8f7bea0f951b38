"""`covage-model schema`."""

from __future__ import annotations

import os
from typing import Any

import click

from covage_model.cli import shared
from covage_model.cli.variants import chosen
from covage_model.documents.judge.verdict import judge_of
from covage_model.documents.presence.sheet import Sheet
from covage_model.documents.schema.flat import Printed, print_schema


@click.command("schema")
@click.argument("order", required=False, metavar="[ORDER[/VARIANT]]")
@shared.pack_option
@shared.state_option
@click.option("--role", type=click.Choice(["request", "record"]), default="request", help="Who writes the documents.")
@shared.format_option("json", "origins")
@shared.out_option
@shared.language_option
@click.pass_obj
def command(
    streams: shared.Streams,
    order: str | None,
    pack: tuple[str, ...],
    state: str | None,
    role: str,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Print the flat JSON Schema 2020-12 of an order, its variant, a status and a role.

    One schema is printed alone; several as a mapping from their names, or, with --out, as one file
    each in that folder. `--format origins` prints the side table: for each keyword its spec line.
    """
    loaded = shared.load_sound(pack, streams)
    assert loaded.pack is not None  # a sound pack is one
    judge = judge_of(loaded.pack)
    printed = {}
    for variant in chosen(loaded.pack, order):
        sheet = judge.sheet(variant)
        status = state if state is not None else sheet.requests if role == "request" else sheet.initial
        _check(sheet, status, role, explicit=state is not None)
        printed[variant] = print_schema(sheet, pack=loaded.pack.name, status=status, role=role, language=language)
    shown = {name: _origins(one) if format_ == "origins" else one.schema for name, one in printed.items()}
    if out is not None and len(shown) > 1:
        for name, one in shown.items():
            shared.write(shared.as_json(one), os.path.join(out, f"{name.replace('/', '.')}.{role}.json"), streams)
        return shared.Exit.CLEAN
    whole: Any = next(iter(shown.values())) if len(shown) == 1 else shown
    shared.write(shared.as_json(whole), out, streams)
    return shared.Exit.CLEAN


def _check(sheet: Sheet, status: str, role: str, *, explicit: bool) -> None:
    legal = sheet.request_statuses if role == "request" else sheet.statuses
    if explicit and status not in legal:
        names = ", ".join(legal) or "none"
        raise click.UsageError(f"{sheet.variant} has no {role} for the status {status!r}; use one of: {names}")


def _origins(printed: Printed) -> dict[str, Any]:
    from covage_model.report import data

    return {pointer: data.origin(origin) for pointer, origin in printed.origins.items()}
