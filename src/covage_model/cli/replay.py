"""`covage-model replay`."""

from __future__ import annotations

from typing import Any

import click

from covage_model.api import replay
from covage_model.cli import known, logs, options
from covage_model.cli.packs import opened
from covage_model.cli.streams import Streams
from covage_model.cli.together import TogetherCommand


@click.command("replay", cls=TogetherCommand)
@logs.log_options
@click.option("--profile", metavar="NAME", help="The profile whose `log` says what records hold.")
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
@known.finding_options(reveals=True)
@click.pass_obj
def command(
    streams: Streams,
    /,
    pack: tuple[str, ...],
    max_findings: int | None,
    format_: str,
    out: str | None,
    language: str,
    **asked: Any,  # the arguments of `logs.read` and `replay_log`
) -> int:
    """
    Replay a log of events on the lifecycle: which orders could have happened, which could not, and how long steps took.

    LOG is NDJSON, JSON, CSV, Parquet or XES; - is stdin. An order that could not have happened is a finding at its
    first impossible event, with the reason, the spec line, and the cheapest repair.
    """
    from covage_model.report.subjects import replay as subject

    spec = opened(pack, streams, finished=True)
    not_counted = known.opened()
    log = logs.read(replay.replay_log, spec, streams, **asked)

    def report(found: Any) -> Any:
        return subject.report(log.showing(found), spec.spec.name, language, most=max_findings)

    return logs.tell(report, log, spec, log, not_counted, streams, format_, out)
