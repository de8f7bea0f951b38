"""`covage-model replay`."""

from __future__ import annotations

from typing import Any

import click

from covage_model.api import orders, replay
from covage_model.cli import options, output
from covage_model.cli.packs import chosen, opened
from covage_model.cli.streams import Streams

_WORDS = ("name", "time", "event", "alias", "variant", "state")


def placed_columns(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Paths of members by word."""
    pairs = [value.partition("=") for value in values]
    for word, _sign, path in pairs:
        if word not in _WORDS or not path:
            raise click.BadParameter(f"{word!r} places no column: write WORD=PATH, with one of {', '.join(_WORDS)}.")
    return {word: path for word, _sign, path in pairs}


@click.command("replay")
@click.argument("log", metavar="LOG")
@options.pack_option
@click.option("--order", "names", multiple=True, metavar="ORDER[/VARIANT]", help="What the orders are. Default: any.")
@click.option("--orders", "files", multiple=True, metavar="FILE", help="Documents of the orders, in any format.")
@click.option("--profile", metavar="NAME", help="The profile whose `log` says what records hold.")
@click.option("--case", metavar="PATH", help="The member of a record that tells orders apart.")
@click.option(
    "--columns",
    multiple=True,
    callback=placed_columns,
    metavar="WORD=PATH",
    help="Where records hold name, time, event, alias, variant or state.",
)
@click.option("--cut-front", is_flag=True, help="The beginning of orders may be missing.")
@click.option(
    "--fail-under",
    type=click.FloatRange(min=0, max=1),
    metavar="SHARE",
    help="Fail for a fitness below this, and not for each order that could not have happened.",
)
@click.option(
    "--max-repair",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    metavar="N",
    help="Look for repairs of at most N changes.",
)
@click.option("--max-findings", type=click.IntRange(min=0), metavar="N", help="List at most N findings in the text.")
@options.report_format("findings")
@options.out_option
@options.language_option
@click.pass_obj
def command(
    streams: Streams,
    log: str,
    pack: tuple[str, ...],
    names: tuple[str, ...],
    files: tuple[str, ...],
    profile: str | None,
    case: str | None,
    columns: dict[str, str],
    cut_front: bool,
    fail_under: float | None,
    max_repair: int,
    max_findings: int | None,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Replay a log of events on the lifecycle: which orders could have happened, which could not, and how long steps took.

    LOG is NDJSON, JSON, CSV, Parquet or XES; - is stdin. An order that could not have happened is a finding at its
    first impossible event, with the reason, the spec line, and the cheapest repair.
    """
    from covage_model.report.subjects import replay as subject

    spec = opened(pack, streams, finished=True)
    variants = chosen(spec, *names, unfollowed=True)
    how: dict[str, Any] = {"case": case, "columns": columns, "profile": profile, "cut_front": cut_front}
    stdin = orders.chunks(streams.stdin) if streams.stdin is not None else b""
    try:
        found = replay.replay_log(
            spec,
            log,
            *(variants if names else ()),
            orders_files=files,
            max_repair=max_repair,
            fail_under=fail_under,
            stdin=stdin,
            **how,
        )
    except replay.CannotReplay as error:
        raise click.UsageError(str(error)) from error
    report = subject.report(found, spec.spec.name, language, most=max_findings)
    return int(output.exit_of(output.show(report, format_, out, streams, output.exit_of)))
