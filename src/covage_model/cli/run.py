"""`covage-model run`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from covage_model.api import scenarios
from covage_model.cli import known, masked, options, output
from covage_model.cli.packs import opened, told
from covage_model.cli.streams import Exit, Streams
from covage_model.cli.together import TogetherCommand

if TYPE_CHECKING:
    from covage_model.api.workspace import Workspace

_FEW = 3  # at most so many scenarios are shown with their traces by default


@click.command("run", cls=TogetherCommand)
@click.argument("files", nargs=-1, metavar="[SCENARIOS...]")
@options.pack_option
@options.record_option
@options.at_option
@options.encoding_option
@options.account_option_for("With --record, the account.")
@click.option("--trace/--no-trace", "trace", default=None, help="Show each step; default: for at most three scenarios.")
@options.save_coverage_option
@known.finding_options(reveals=True)
@click.pass_obj
def command(
    streams: Streams,
    /,
    files: tuple[str, ...],
    pack: tuple[str, ...],
    record: str | None,
    trace: bool | None,
    save_coverage: str | None,
    format_: str,
    out: str | None,
    language: str,
    **read: Any,  # how the record is read: account, at, encoding
) -> int:
    """
    Play scenarios on real documents and accounts; without files, all scenarios of the pack.

    If the result differs from what a scenario expects, the place and the difference are shown, and the exit code
    is 1. With --record, no scenario is played: it says where the order may be.
    """
    if record is not None:
        if files:
            raise click.UsageError("--record plays no scenario: remove the files")
        return _of_record(streams, record, read, pack, format_, out, language)
    spec = opened(pack, streams)
    played = (
        scenarios.play_files(files, spec.judge, spec.folders)
        if files
        else scenarios.play_pack(spec.judge, spec.folders)
    )
    if save_coverage is None:
        return _shown(played, spec, trace, streams, format_, out, language)
    from covage_model.api import coverage

    outcomes: list[Any] = []
    code = _shown(_kept(played, outcomes), spec, trace, streams, format_, out, language)
    output.write_file(coverage.record_text(coverage.recorded(spec.judge, outcomes)), save_coverage, streams)
    return code


def _shown(
    played: Iterator[Any],
    spec: Workspace,
    trace: bool | None,
    streams: Streams,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """Print the scenarios as they are played."""
    from covage_model.report.subjects import scenarios as subject

    first = list(islice(played, _FEW + 1))  # the others are played while these are printed
    traced = trace if trace is not None else len(first) <= _FEW
    not_counted = known.opened()
    each = chain(first, played)
    counted = each if not_counted is None else not_counted.played(each)
    each_told = masked.for_each_report(counted, spec.judge, format_, lambda mask, results: mask.played(results))
    reports = [subject.report(one, spec.spec, language, trace=traced) for one in each_told]
    return known.show(not_counted, reports, format_, out, streams)


def _kept(played: Iterable[Any], outcomes: list[Any]) -> Iterator[Any]:
    """The scenarios as they come; their outcomes are added to `outcomes` for a coverage record."""
    for scenario in played:
        outcomes.append(scenario.outcome)
        yield scenario


def _of_record(
    streams: Streams,
    record: str,
    read: dict[str, Any],
    pack: tuple[str, ...],
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """Where an order may be that shows a record; the exit code is 1 where no place can show it."""
    from covage_model.api import record_places
    from covage_model.report.subjects import record_places as subject

    spec = opened(pack, streams)
    stdin = streams.stdin_if_named((record, *read["account"]))
    places, begun = record_places.read(spec, record, stdin=stdin, **read)
    reports = [
        subject.report(places, shown.findings, spec.spec, language, shown.document)
        for shown, _ in told(spec, begun, None, format_)
    ]
    nowhere = Exit.FOUND if places is None or not places.places else Exit.CLEAN
    return output.show_all(reports, format_, out, streams, at_least=nowhere)
