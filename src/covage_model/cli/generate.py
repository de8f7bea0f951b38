"""`covage-model generate`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import click

from covage_model.api import generation
from covage_model.api.accounts import read_accounts
from covage_model.api.generation import Generation
from covage_model.api.workspace import Workspace
from covage_model.cli import defects, masked, options, output
from covage_model.cli.packs import check_status, chosen, opened_to_judge
from covage_model.cli.streams import Exit, Streams, progress
from covage_model.cli.together import TogetherCommand
from covage_model.ground import escape
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.files import yaml_writer

_EACH = 1000  # orders between two updates of the progress line


@click.command("generate", cls=TogetherCommand)
@click.argument("orders", nargs=-1, metavar="[ORDER[/VARIANT]]...")
@options.pack_option
@click.option(
    "--count", type=click.IntRange(min=1), metavar="N", help="How many. Default: one of each order, variant and status."
)
@click.option("--seed", type=int, default=0, show_default=True, metavar="N", help="Another seed gives other orders.")
@click.option(
    "--state", "state", metavar="STATUS", help="The status for which they are valid. Default: as `validate` judges."
)
@click.option("--role", type=click.Choice(["request", "record"]), help="Who wrote them. Default: request.")
@click.option(
    "--fill", type=click.Choice(generation.FILLS), default="random", help="How many optional fields they have."
)
@options.format_option("ndjson", "json", "yaml")
@options.out_option
@options.language_option
@options.account_option_for("Make them valid for this account. Default: make an account.")
@click.option("--account-out", "account_out", metavar="FILE", help="Write an account for which all are valid.")
@options.reveal_option
@click.option("--defects", is_flag=True, help="Make invalid orders, each with one defect and the findings expected.")
@click.option("--suite", is_flag=True, help="Write a minimal suite of valid and invalid files into --out DIR.")
@click.pass_obj
def command(
    streams: Streams,
    /,
    orders: tuple[str, ...],
    pack: tuple[str, ...],
    format_: str,
    out: str | None,
    **asked: Any,
) -> int:
    """
    Generate any number of valid orders, and an account for which they are valid.

    They are spread over the orders and variants named (default: all that can be requested). The same seed gives
    the same bytes. Values look like the pack's `examples` and are plainly invented. ndjson prints one line per
    order, yaml one stream, json one document. With --out DIR, json and yaml write one file per order.
    """
    spec = opened_to_judge(pack, streams)
    names = chosen(spec, *orders)
    if asked["state"] is not None:
        check_status(spec, asked["state"])
    if asked["suite"]:
        return defects.suite(spec, names, out, asked, streams)
    if asked["defects"]:
        return defects.written(spec, names, format_, out, asked, streams)
    asked["role"] = asked["role"] or "request"
    account, findings = _given(spec, asked["account"], streams)
    if findings:
        mask = masked.masks(spec.judge, "json" if format_ == "json" else "text")[0]
        findings = findings if mask is None else mask.findings(findings)
        _warn(findings, format_, asked["language"], streams)
        return max(output.exit_for(findings), Exit.FOUND)
    count = asked["count"] or generation.count_of(spec.judge, names, asked["role"], asked["state"])
    if format_ == "json" and out is None and count > 1:
        raise click.UsageError(f"{count} orders are not one JSON document: give --out DIR, or --format ndjson")
    made = _made(spec, names, account, {**asked, "count": count}, streams, named=bool(orders))
    with _account_file(made, asked["account_out"], out, streams):
        _write(made, format_, out, streams)
    found = (*made.findings, *made.shortage())
    _warn(found, format_, asked["language"], streams)
    return output.exit_for(found)


def _account_file(
    made: Generation, path: str | None, out: str | None, streams: Streams
) -> AbstractContextManager[None]:
    """The file of the account, which appears with the orders or not at all."""
    if path is None:
        return nullcontext()
    if out is not None and os.path.realpath(path) == os.path.realpath(out):
        raise click.UsageError("--account-out and --out name the same file")
    if made.account is None:
        streams.tell("{path} is not written: these orders are judged without an account", path=path)
        return nullcontext()
    return output.beside(escape.json_text(made.account), path)


def _warn(findings: tuple[Diagnostic, ...], format_: str, language: str, streams: Streams) -> None:
    """Write findings to stderr, as JSON if the orders are JSON; stdout has only orders."""
    if not findings:
        return
    from covage_model.report import printing
    from covage_model.report.subjects import generated

    name = "json" if format_ == "json" else "text"
    printing.deliver(generated.report(findings, language), [(name, streams.err.write)], output.width(None, streams))


def _given(pack: Workspace, paths: tuple[str, ...], streams: Streams) -> tuple[Any, tuple[Diagnostic, ...]]:
    """The data of the account (None without one), and the findings about it."""
    account, findings = read_accounts(paths, pack.judge, stdin=streams.stdin_if_named(paths))
    return (account.data if account is not None else None), findings


def _made(
    pack: Workspace, names: list[str], account: Any, asked: dict[str, Any], streams: Streams, *, named: bool
) -> Generation:
    with progress(len(names), "preparing", streams) as tick:
        return generation.made(
            pack.judge, names, asked["role"], asked["fill"], status=asked["state"], count=asked["count"],
            seed=asked["seed"], account=account, named=named, tick=tick,
        )  # fmt: skip


def _write(made: Generation, format_: str, out: str | None, streams: Streams) -> None:
    count = made.count or 0
    if format_ != "ndjson" and (out is None or count == 1):
        for document in made:
            output.write_file(("---\n" if count > 1 else "") + _spelled(document, format_), out, streams)
        return
    with progress(count // _EACH if out is not None else 0, f"x{_EACH} orders", streams) as tick:
        if format_ != "ndjson":
            output.write_files(_named(made, format_, tick), out or "")
            return
        with output.lines(out, streams) as write:
            for number, document in enumerate(made, 1):
                write(escape.json_line(document))
                _tick(number, tick)


def _named(made: Generation, format_: str, tick: Any) -> Iterator[tuple[str, str]]:
    """The name and the text of a file for each order."""
    digits = len(str(made.count or 0))
    for number, one in enumerate(made.orders(), 1):
        yield f"{one.target.variant.replace('/', '.')}.{number:0{digits}}.{format_}", _spelled(one.document, format_)
        _tick(number, tick)


def _tick(number: int, tick: Any) -> None:
    if number % _EACH == 0:
        tick()


def _spelled(document: Any, format_: str) -> str:
    if format_ == "json":
        return escape.json_text(document)
    return yaml_writer.written(document)
