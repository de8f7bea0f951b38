"""`covage-model describe`."""

from __future__ import annotations

import shutil
from typing import cast

import click

from covage_model.cli import shared
from covage_model.cli.variants import chosen
from covage_model.documents.judge.verdict import Judge, judge_of
from covage_model.documents.tables.table import Table, table
from covage_model.pack.model.pack import SpecPack

_WIDTH = 140  # where nobody's terminal says another


@click.command("describe")
@click.argument("order", required=False, metavar="[ORDER[/VARIANT]]")
@shared.pack_option
@shared.state_option
@click.option("--role", type=click.Choice(["request", "record"]), help="Who writes the documents. Default: both.")
@shared.format_option("text", "markdown", "json", "csv")
@shared.out_option
@shared.language_option
@click.pass_obj
def command(
    streams: shared.Streams,
    order: str | None,
    pack: tuple[str, ...],
    state: str | None,
    role: str | None,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Show what an order holds: each field, from when and if it is required, its type, its source.

    Without --state, `required from` names the status from which on a field must be there; with it,
    only what holds in that status is shown. Without ORDER: list the orders and their variants.
    """
    loaded = shared.load_sound(pack, streams)
    spec = cast("SpecPack", loaded.pack)  # a sound pack is one
    judge = judge_of(spec)
    if order is None:
        if state is not None or role is not None:
            raise click.UsageError("say which order: `covage-model describe` lists them")
        shared.write(_listed(spec, judge, format_, language, _width(out, streams)), out, streams)
        return shared.Exit.CLEAN
    tables = [_table(spec, judge, variant, state, role) for variant in chosen(spec, order)]
    told = _told(tables, format_, language, _width(out, streams), judged=state is not None)
    shared.write(told, out, streams)
    return shared.Exit.CLEAN


def _table(pack: SpecPack, judge: Judge, variant: str, state: str | None, role: str | None) -> Table:
    sheet = judge.sheet(variant)
    if state is not None and state not in sheet.statuses:
        names = ", ".join(sheet.statuses) or "none"
        raise click.UsageError(f"{variant} has no status {state!r}; use one of: {names}")
    named = pack.variant(variant)
    return table(named, sheet, pack.lifecycle(named.order.follows), status=state, role=role)


def _width(out: str | None, streams: shared.Streams) -> int:
    if out is not None or not streams.out.isatty():
        return _WIDTH
    return max(80, shutil.get_terminal_size((_WIDTH, 24)).columns)


def _told(tables: list[Table], format_: str, language: str, width: int, *, judged: bool) -> str:
    if format_ == "json":
        from covage_model.report import describe_data

        return shared.as_json(describe_data.tables(tables, language))
    from covage_model.report import describe_text

    if format_ == "markdown":
        return describe_text.markdown(tables, language, judged=judged)
    if format_ == "csv":
        return describe_text.as_csv(tables, language, judged=judged)
    return describe_text.text(tables, language, width, judged=judged)


def _listed(pack: SpecPack, judge: Judge, format_: str, language: str, width: int) -> str:
    tables = [(_table(pack, judge, variant.name, None, None), variant.order.follows) for variant in pack.variants]
    if format_ == "json":
        from covage_model.report import describe_data

        return shared.as_json(describe_data.variants(tables, language))
    from covage_model.report import describe_text
    from covage_model.report.table import csv_table, markdown_table, text_table

    heads, rows = describe_text.variant_heads(language), describe_text.variant_rows(tables, language)
    if format_ == "csv":
        return csv_table(heads, rows)
    return markdown_table(heads, rows) if format_ == "markdown" else text_table(heads, rows, width)
