"""`covage-model why`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from covage_model.api import begin, why
from covage_model.cli import options, output
from covage_model.cli.packs import begun, chosen, opened, told
from covage_model.cli.streams import Exit, Streams
from covage_model.cli.together import TogetherCommand
from covage_model.report.names import pack_names

if TYPE_CHECKING:
    from covage_model.api.begin import Begun
    from covage_model.api.workspace import Workspace
    from covage_model.report.report import Report


@click.command("why", cls=TogetherCommand)
@click.argument("trigger", metavar="TRIGGER")
@click.option("--order", "order", metavar="ORDER[/VARIANT]", help="The order or variant. Default: that of --document.")
@click.option("--after", "after", default="", metavar="TRIGGERS", help="The triggers fired before: submit,acknowledge")
@options.record_option
@click.option("--document", "document", metavar="FILE", help="The order document, or - for stdin.")
@options.at_option
@options.encoding_option
@options.account_option
@options.pack_option
@options.reveal_option
@options.report_options("findings")
@click.pass_obj
def command(
    streams: Streams,
    /,
    trigger: str,
    order: str | None,
    after: str,
    record: str | None,
    document: str | None,
    pack: tuple[str, ...],
    format_: str,
    out: str | None,
    language: str,
    **read: Any,  # how `begin` reads the order: account, at, encoding
) -> int:
    """
    Explain why a trigger is refused: the part of the guard, its spec line, and the nearest way to enable it.

    Without --document, the guards of --after are assumed to hold for the document; the answer lists these
    assumptions. The exit code is 0 if there is an answer, and 1 if a trigger of --after is itself refused (the
    answer is then about that trigger) or an input has findings.

    With --record, the order may be in several places: it says in how many the trigger is possible, and answers for the
    first that refuses it.
    """
    if record is None and order is None and document is None:
        raise click.UsageError("give --order ORDER[/VARIANT], --document FILE or --record FILE")
    if document == "-" and "-" in read["account"]:
        raise click.UsageError("stdin can be read once: give the document or the account as a file")
    spec = opened(pack, streams)
    read["stdin"] = streams.stdin_if_named((record or document, *read["account"]))
    if record is not None:
        reports, least = _of_record(spec, record, read, trigger, format_, language)
    else:
        started = begun(spec, chosen(spec, order, unfollowed=True), document=document, **read)
        reports, least = _of_order(spec, started, trigger, after.replace(",", " ").split(), format_, language)
    return output.show_all(reports, format_, out, streams, at_least=least)


def _of_order(
    spec: Workspace, started: Begun, trigger: str, trace: list[str], format_: str, language: str
) -> tuple[list[Report], Exit]:
    """Why a trigger is refused after the triggers of `trace`; 1 if the order could not begin or one of them is."""
    from covage_model.report.subjects import why as subject

    answer = None
    if started.session is not None:
        with _known_trigger():
            answer = why.answer(started.session, trigger, trace, spec.tables)
        answer = begin.at_lines(answer, started.document)
    reports = [
        subject.report(one, shown.findings, spec.spec, language, shown.document)
        for shown, one in told(spec, started, answer, format_)
    ]
    return reports, Exit.FOUND if answer is None or answer.stopped else Exit.CLEAN


def _of_record(
    spec: Workspace, record: str, read: dict[str, Any], trigger: str, format_: str, language: str
) -> tuple[list[Report], Exit]:
    """Why a trigger is refused, of an order that may be in several places; 1 where no place can show the record."""
    from covage_model.api import record_places
    from covage_model.report.subjects import record_places as of_record
    from covage_model.report.subjects import why as subject

    places, started = record_places.read(spec, record, **read)
    if places is None or not places.places:
        nowhere = [
            of_record.report(places, shown.findings, spec.spec, language, shown.document, command="why")
            for shown, _ in told(spec, started, None, format_)
        ]
        return nowhere, Exit.FOUND
    with _known_trigger():
        move, place, answer = record_places.why(spec, places, trigger)
    reports = []
    for shown, one in told(spec, started, begin.at_lines(answer, started.document), format_):
        report = subject.report(one, shown.findings, spec.spec, language, shown.document)
        names = pack_names(spec.spec, places.space.lifecycle, language, shown.document)
        reports.append(of_record.with_places(report, places, move, place, names))
    return reports, Exit.CLEAN


@contextmanager
def _known_trigger() -> Iterator[None]:
    """A trigger that the lifecycle does not have is a usage error."""
    try:
        yield
    except why.NoSuchTrigger as error:
        raise click.UsageError(str(error)) from error
