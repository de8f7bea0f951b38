"""`covage-model why`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from covage_model.api import begin, why
from covage_model.cli import options, output
from covage_model.cli.packs import begun, chosen, opened, told
from covage_model.cli.streams import Exit, Streams
from covage_model.report.names import pack_names

if TYPE_CHECKING:
    from covage_model.api.begin import Begun
    from covage_model.api.why import Answer
    from covage_model.api.workspace import Workspace


@click.command("why")
@click.argument("trigger")
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
    trigger: str,
    order: str | None,
    after: str,
    record: str | None,
    document: str | None,
    at: str,
    encoding: str | None,
    account: tuple[str, ...],
    pack: tuple[str, ...],
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Explain why a trigger is refused: the part of the guard, its spec line, and the nearest way to enable it.

    Without --document, the guards of --after are assumed to hold for the document; the answer lists these
    assumptions. The exit code is 0 if there is an answer, and 1 if a trigger of --after is itself refused (the
    answer is then about that trigger) or an input has findings.

    With --record, the order may be in several places: it says in how many the trigger is possible, and answers for the
    first that refuses it.
    """
    from covage_model.report.subjects import why as subject

    if record is not None:
        if order is not None or document is not None or after:
            raise click.UsageError("--record says all of the order: remove --order, --document and --after")
        return _of_record(streams, trigger, record, account, pack, (at, encoding), format_, out, language)
    if order is None and document is None:
        raise click.UsageError("give --order ORDER[/VARIANT], --document FILE or --record FILE")
    if document == "-" and "-" in account:
        raise click.UsageError("stdin can be read once: give the document or the account as a file")
    spec = opened(pack, streams)
    stdin = streams.stdin_if_named((document, *account))
    given = {"document": document, "account": account, "stdin": stdin, "at": at, "encoding": encoding}
    started = begun(spec, chosen(spec, order, unfollowed=True), **given)
    answer = _answer(spec, started, trigger, after.replace(",", " ").split())
    reports = [
        subject.report(one, shown.findings, spec.spec, language, shown.document)
        for shown, one in told(spec, started, answer, format_)
    ]
    stopped = Exit.FOUND if answer is None or answer.stopped else Exit.CLEAN
    return output.show_all(reports, format_, out, streams, at_least=stopped)


def _answer(spec: Workspace, started: Begun, trigger: str, trace: list[str]) -> Answer | None:
    """Why the trigger is refused after the triggers of `trace`; None of an order that could not begin."""
    if started.session is None:
        return None
    try:
        return begin.at_lines(why.answer(started.session, trigger, trace, spec.tables), started.document)
    except why.NoSuchTrigger as error:
        raise click.UsageError(str(error)) from error


def _of_record(
    streams: Streams,
    trigger: str,
    record: str,
    account: tuple[str, ...],
    pack: tuple[str, ...],
    lies: tuple[str, str | None],
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """Why a trigger is refused, of an order that may be in several places; 1 where no place can show the record."""
    from covage_model.api import record_places
    from covage_model.report.subjects import record_places as of_record
    from covage_model.report.subjects import why as subject

    spec = opened(pack, streams)
    stdin = streams.stdin_if_named((record, *account))
    places, begun = record_places.read(spec, record, account=account, stdin=stdin, at=lies[0], encoding=lies[1])
    if places is None or not places.places:
        reports = [
            of_record.report(places, shown.findings, spec.spec, language, shown.document, command="why")
            for shown, _ in told(spec, begun, None, format_)
        ]
        return max(Exit.FOUND, output.show_all(reports, format_, out, streams))
    try:
        move, place, answer = record_places.why(spec, places, trigger)
    except why.NoSuchTrigger as error:
        raise click.UsageError(str(error)) from error
    answer = begin.at_lines(answer, begun.document)
    reports = []
    for shown, one in told(spec, begun, answer, format_):
        report = subject.report(one, shown.findings, spec.spec, language, shown.document)
        names = pack_names(spec.spec, places.space.lifecycle, language, shown.document)
        reports.append(of_record.with_places(report, places, move, place, names))
    return output.show_all(reports, format_, out, streams)
