"""What the commands that read a log of events have in common: their options, reading the log, and telling of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from covage_model.api import orders, replay
from covage_model.cli import known, masked, options
from covage_model.cli.packs import chosen
from covage_model.cli.streams import Exit, Streams

if TYPE_CHECKING:
    from covage_model.api.known_findings import KnownFindings
    from covage_model.api.replay import ReplayedLog
    from covage_model.api.workspace import Workspace
    from covage_model.report.masking import Mask
    from covage_model.report.report import Report

T = TypeVar("T")
_WORDS = ("name", "time", "event", "alias", "variant", "state")


def _columns(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """The path of a record's member by the word that says what it holds."""
    pairs = [value.partition("=") for value in values]
    for word, _sign, path in pairs:
        if word not in _WORDS or not path:
            raise click.BadParameter(f"{word!r} places no column: write WORD=PATH, with one of {', '.join(_WORDS)}.")
    return {word: path for word, _sign, path in pairs}


_OPTIONS = (
    click.argument("log", metavar="LOG"),
    options.pack_option,
    click.option(
        "--order", "names", multiple=True, metavar="ORDER[/VARIANT]", help="What the orders are. Default: any."
    ),
    click.option(
        "--orders", "orders_files", multiple=True, metavar="FILE", help="Documents of the orders, in any format."
    ),
    options.at_option,
    options.log_at_option,
    options.encoding_option,
    click.option("--case", metavar="PATH", help="The member of a record that tells orders apart."),
    click.option(
        "--columns",
        multiple=True,
        callback=_columns,
        metavar="WORD=PATH",
        help="Where records hold name, time, event, alias, variant or state.",
    ),
)


def log_options(command: options.Command) -> options.Command:
    """The log and the pack, what the orders are, and where records hold what."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read(
    reader: Callable[..., T], pack: Workspace, streams: Streams, log: str, names: Sequence[str], **asked: Any
) -> T:
    """What `reader` (`replay_log` or `fit_log`) makes of a log; a question that it cannot answer is a usage error."""
    variants = chosen(pack, *names, unfollowed=True) if names else ()
    stdin = orders.chunks(streams.stdin) if streams.stdin is not None else b""
    try:
        return reader(pack, log, *variants, stdin=stdin, **asked)
    except replay.CannotReplay as error:
        raise click.UsageError(str(error)) from error


def tell(
    report: Callable[[Iterable[Any]], Report],
    found: Iterable[Any],
    pack: Workspace,
    log: ReplayedLog,
    not_counted: KnownFindings | None,
    streams: Streams,
    format_: str,
    out: str | None,
) -> Exit:
    """
    Print the report that `report` makes of the findings about a log; the exit code.

    What does not count is left out, and what is personal is masked where it is not shown.
    """

    def hidden(mask: Mask, findings: Iterable[Any]) -> Iterable[Any]:
        return mask.logged(findings, hides_orders=replay.names_are_personal(pack, log))

    counted = found if not_counted is None else not_counted.logged(found)
    reports = [report(each) for each in masked.for_each_report(counted, pack.judge, format_, hidden)]
    return known.show(not_counted, reports, format_, out, streams)
