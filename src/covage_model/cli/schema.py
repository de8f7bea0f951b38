"""`covage-model schema`."""

from __future__ import annotations

from typing import Any

import click

from covage_model.api import schemas
from covage_model.api.workspace import Workspace
from covage_model.cli import options, output, packs
from covage_model.cli.packs import chosen, opened
from covage_model.cli.streams import Exit, Streams
from covage_model.ground import escape
from covage_model.report.finding import origin_data


@click.command("schema")
@click.argument("order", required=False, metavar="[ORDER[/VARIANT]|account]")
@options.pack_option
@options.state_option
@click.option("--role", type=click.Choice(["request", "record"]), default="request", help="Who writes the documents.")
@click.option("--any", "any_order", is_flag=True, help="Print one schema for any order of the pack, for editors.")
@options.format_option("json", "origins")
@options.out_option
@options.language_option
@click.pass_obj
def command(
    streams: Streams,
    order: str | None,
    pack: tuple[str, ...],
    state: str | None,
    role: str,
    any_order: bool,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Print the flat JSON Schema 2020-12 of an order, its variant, a status and a role, or of the `account`.

    One schema is printed as it is. Several are printed as one object by name, or written as one file each into the
    folder --out. `--format origins` prints the spec line of each keyword.
    """
    spec = opened(pack, streams)
    if any_order:
        if order is not None or state is not None or format_ != "json":
            raise click.UsageError("--any is about all orders, each in its status: remove the others")
        output.write_json(schemas.any_order(spec, role=role, language=language), out, streams)
        return Exit.CLEAN
    if spec.means_account(order):
        if state is not None or role != "request":
            raise click.UsageError("an account has no status and no role: remove --state and --role")
        output.write_json(_account(spec, format_, language), out, streams)
        return Exit.CLEAN
    shown = {}
    for variant in chosen(spec, order):
        try:
            printed = schemas.printed(spec, variant, status=state, role=role, language=language)
        except schemas.NoSuchStatus as error:
            raise click.UsageError(str(error)) from error
        shown[variant] = _shown(printed, format_)
    if out is not None and len(shown) > 1:
        texts = ((f"{name.replace('/', '.')}.{role}.json", escape.json_text(one)) for name, one in shown.items())
        output.write_files(texts, out)
        return Exit.CLEAN
    whole: Any = next(iter(shown.values())) if len(shown) == 1 else shown
    output.write_json(whole, out, streams)
    return Exit.CLEAN


def _account(pack: Workspace, format_: str, language: str) -> Any:
    return _shown(packs.of_account(lambda: schemas.printed_account(pack, language=language)), format_)


def _shown(printed: Any, format_: str) -> Any:
    """The schema, or the spec line of each keyword."""
    if format_ != "origins":
        return printed.schema
    return {pointer: origin_data(origin) for pointer, origin in printed.origins.items()}
