"""`covage-model why`."""

from __future__ import annotations

import click

from covage_model.api import begin, why
from covage_model.cli import options, output
from covage_model.cli.packs import begun, chosen, opened
from covage_model.cli.streams import Exit, Streams
from covage_model.report.report import Tally


@click.command("why")
@click.argument("trigger")
@click.option("--order", "order", metavar="ORDER[/VARIANT]", help="The order or variant. Default: that of --document.")
@click.option("--after", "after", default="", metavar="TRIGGERS", help="The triggers fired before: submit,acknowledge")
@click.option("--document", "document", metavar="FILE", help="The order document, or - for stdin.")
@options.at_option
@options.encoding_option
@options.account_option
@options.pack_option
@options.report_format("findings")
@options.out_option
@options.language_option
@click.pass_obj
def command(
    streams: Streams,
    trigger: str,
    order: str | None,
    after: str,
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
    """
    from covage_model.report.subjects import why as subject

    if order is None and document is None:
        raise click.UsageError("give --order ORDER[/VARIANT], or --document FILE")
    spec = opened(pack, streams)
    trace = after.replace(",", " ").split()
    if document == "-" and "-" in account:
        raise click.UsageError("stdin can be read once: give the document or the account as a file")
    stdin = streams.stdin.read() if "-" in (document, *account) and streams.stdin is not None else b""
    given = {"document": document, "account": account, "stdin": stdin, "at": at, "encoding": encoding}
    started = begun(spec, chosen(spec, order, unfollowed=True), **given)
    answer = None
    if started.session is not None:
        try:
            answer = begin.at_lines(why.answer(started.session, trigger, trace, spec.tables), started.document)
        except why.NoSuchTrigger as error:
            raise click.UsageError(str(error)) from error
    report = subject.report(answer, started.findings, spec.spec, language, started.document)
    stopped = Exit.FOUND if answer is None or answer.stopped else Exit.CLEAN

    def ends(tally: Tally) -> Exit:
        return max(stopped, output.exit_of(tally))

    return ends(output.show(report, format_, out, streams, ends))
