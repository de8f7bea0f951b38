"""`covage-model generate`."""

from __future__ import annotations

import os
from typing import Any

import click

from covage_model.api import generation
from covage_model.api.generation import Generation
from covage_model.api.orders import read_account
from covage_model.cli import defects, lines, shared
from covage_model.cli.variants import chosen
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.grow import Fullness
from covage_model.documents.presence.role import Role
from covage_model.ground.diagnostics import Diagnostic

_EACH = 1000  # orders between two looks at how far it is


@click.command("generate")
@click.argument("orders", nargs=-1, metavar="[ORDER[/VARIANT]]...")
@shared.pack_option
@click.option("--count", type=click.IntRange(min=1), help="How many. Default: one of each order, variant and status.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed, other orders.")
@click.option("--state", "state", metavar="STATUS", help="The status that they are for. Default: as `validate` judges.")
@click.option("--role", type=click.Choice([one.value for one in Role]), help="Who wrote them. Default: request.")
@click.option(
    "--fill", type=click.Choice([one.value for one in Fullness]), default="random", help="How much they hold."
)
@shared.format_option("ndjson", "json", "yaml")
@shared.out_option
@shared.language_option
@click.option("--account", "account", metavar="FILE", help="They are to suit this account. Default: one is made.")
@click.option("--account-out", "account_out", metavar="FILE", help="Write the account that suits them all there.")
@click.option(
    "--defects", is_flag=True, help="Make invalid orders, each wrong in one thing, and say what must be found."
)
@click.option(
    "--suite", is_flag=True, help="Write valid and invalid files into --out DIR, none of which can be dropped."
)
@click.pass_obj
def command(
    streams: shared.Streams,
    /,
    orders: tuple[str, ...],
    pack: tuple[str, ...],
    format_: str,
    out: str | None,
    **asked: Any,
) -> int:
    """
    Make valid orders, any number of them, and the account that goes with them.

    They are spread over the orders and variants named (default: all that somebody may send). The same
    seed gives the same bytes. What is made looks like the pack's `examples` and is plainly invented.
    ndjson is a line per order, yaml a document of a stream; json is one document, or with --out DIR a file each,
    as yaml is there.
    """
    judge = shared.judge(pack, streams)
    names = chosen(judge.pack, *orders)
    if asked["state"] is not None:
        shared.check_status(judge, asked["state"])
    if asked["suite"]:
        return defects.suite(judge, names, out, asked, streams)
    if asked["defects"]:
        return defects.written(judge, names, format_, out, asked, streams)
    asked["role"] = asked["role"] or Role.REQUEST.value
    account, findings = _given(judge, asked["account"])
    if findings:
        _say(findings, format_, asked["language"], streams)
        return max(shared.exit_for(findings, strict=False), shared.Exit.FOUND)
    count = asked["count"] or len(generation.wanted_of(judge, names, Role(asked["role"]), asked["state"]))
    if format_ == "json" and out is None and count > 1:
        raise click.UsageError(f"{count} orders are no one JSON document: say --out DIR, or --format ndjson")
    made = _made(judge, names, account, {**asked, "count": count}, streams, named=bool(orders))
    if asked["account_out"] is not None and made.account is not None:
        shared.write(shared.as_json(made.account), asked["account_out"], streams)
    _write(made, format_, out, streams)
    _say(made.findings, format_, asked["language"], streams)
    return shared.exit_for(made.findings, strict=False)


def _say(findings: tuple[Diagnostic, ...], format_: str, language: str, streams: shared.Streams) -> None:
    """Findings go to stderr, as JSON where the orders are JSON: stdout is for orders alone."""
    if not findings:
        return
    from covage_model.report import data, text

    if format_ == "json":
        streams.err.write(shared.as_json(data.generated(findings, language)))
    else:
        streams.err.write(text.findings(findings, language=language))


def _given(judge: Judge, path: str | None) -> tuple[Any, tuple[Diagnostic, ...]]:
    """The account's data, None without one, and what is wrong with it."""
    if path is None:
        return None, ()
    account, findings = read_account(path, judge)
    return (account.data if account is not None else None), findings


def _made(
    judge: Judge, names: list[str], account: Any, asked: dict[str, Any], streams: shared.Streams, *, named: bool
) -> Generation:
    role, status = Role(asked["role"]), asked["state"]
    with shared.progress(len(names), "preparing", streams) as tick:
        return generation.generation(
            judge, names, role, Fullness(asked["fill"]), status=status, count=asked["count"], seed=asked["seed"],
            account=account, named=named, tick=tick,
        )  # fmt: skip


def _write(made: Generation, format_: str, out: str | None, streams: shared.Streams) -> None:
    count = made.count or 0
    if format_ != "ndjson" and (out is None or count == 1):
        for document in made:
            shared.write(("---\n" if count > 1 else "") + _spelled(document, format_), out, streams)
        return
    with shared.progress(count // _EACH if out is not None else 0, f"x{_EACH} orders", streams) as tick:
        if format_ != "ndjson":
            for number, one in enumerate(made.orders(), 1):
                name = f"{one.target.variant.replace('/', '.')}.{number:0{len(str(count))}}.{format_}"
                shared.write(_spelled(one.document, format_), os.path.join(out or "", name), streams)
                _tick(number, tick)
            return
        with lines.file(out, streams) as file:
            for number, document in enumerate(made, 1):
                file.write(shared.as_line(document))
                _tick(number, tick)


def _tick(number: int, tick: Any) -> None:
    if number % _EACH == 0:
        tick()


def _spelled(document: Any, format_: str) -> str:
    if format_ == "json":
        return shared.as_json(document)
    from covage_model.ground.files import yaml_writer

    return yaml_writer.written(document)
