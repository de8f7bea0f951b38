"""`covage-model replay`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from covage_model.api import orders, replay
from covage_model.cli import known, options, output
from covage_model.cli.packs import chosen, opened
from covage_model.cli.streams import Streams

if TYPE_CHECKING:
    from covage_model.api.replay import ReplayedLog
    from covage_model.api.workspace import Workspace

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
    type=options.Within(min=0, max=1),
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
@known.known_options
@options.reveal_option
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
        replayed = replay.replay_log(
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
    not_counted = known.opened()
    counted: Iterable[Any] = replayed if not_counted is None else not_counted.logged(replayed)
    shown = logged(counted, spec, replayed, format_)
    reports = [subject.report(replayed.showing(each), spec.spec.name, language, most=max_findings) for each in shown]
    tally = output.show(known.told(not_counted, reports)[0], format_, out, streams, None, *reports[1:])
    known.finish(not_counted, "replay")
    return output.exit_of(tally)


def logged(found: Iterable[Any], pack: Workspace, log: ReplayedLog, format_: str) -> list[Iterable[Any]]:
    """The findings about a log for each report of this call; nothing personal stands in what one of them is told."""
    from covage_model.report.masking import for_two

    masks = output.masks(pack.judge, format_)
    hides = any(masks) and replay.names_are_personal(pack, log)
    each = [found] if len(masks) == 1 else for_two(found)
    pairs = zip(each, masks, strict=True)
    return [one if mask is None else mask.logged(one, hides_orders=hides) for one, mask in pairs]
