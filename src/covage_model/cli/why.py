"""`covage-model why`."""

from __future__ import annotations

from typing import cast

import click

from covage_model.api import begin
from covage_model.behaviour.run.session import Session
from covage_model.cli import shared
from covage_model.cli.variants import chosen
from covage_model.documents.judge.verdict import judge_of
from covage_model.ground.nearest import nearest
from covage_model.pack.model.pack import SpecPack


@click.command("why")
@click.argument("trigger")
@click.option("--order", "order", metavar="ORDER[/VARIANT]", help="Whose life it is. Default: what --document is.")
@click.option("--after", "after", default="", metavar="TRIGGERS", help="What happened before: submit,acknowledge")
@click.option("--document", "document", metavar="FILE", help="The order document, or - for stdin.")
@shared.account_option
@shared.pack_option
@shared.format_option("text", "json")
@shared.out_option
@shared.language_option
@click.pass_obj
def command(
    streams: shared.Streams,
    trigger: str,
    order: str | None,
    after: str,
    document: str | None,
    account: str | None,
    pack: tuple[str, ...],
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Say why a trigger is refused: which part of which guard, on which spec line, and what would allow it.

    Without --document, what the guards of --after ask of one is taken for granted, and said. Exits
    0 where the question was answered, 1 where a trigger of --after is itself refused (that is
    explained then) or an input has findings.
    """
    if order is None and document is None:
        raise click.UsageError("say --order ORDER[/VARIANT], or --document FILE")
    loaded = shared.load_sound(pack, streams)
    spec = cast("SpecPack", loaded.pack)  # a sound pack is one
    names = chosen(spec, order)
    trace = after.replace(",", " ").split()
    stdin = streams.stdin.read() if document == "-" and streams.stdin is not None else b""
    begun = shared.begun(judge_of(spec), names, document=document, account=account, stdin=stdin)
    answer = None
    if begun.session is not None:
        for name in (*trace, trigger):
            check_trigger(begun.session, name)
        from covage_model.behaviour.why.why import why

        answer = begin.at_lines(why(begun.session, trigger, trace), begun.document)
    if format_ == "json":
        from covage_model.report import why_data

        shared.write(shared.as_json(why_data.answered(answer, begun.findings, language)), out, streams)
    else:
        from covage_model.report import text, why_text

        told = text.findings(begun.findings, language, begun.document)
        speaker = why_text.speaker(spec.actors, language, begun.document)
        shared.write(told + (why_text.answered(answer, speaker) if answer is not None else ""), out, streams)
    stopped = shared.Exit.FOUND if answer is None or answer.stopped else shared.Exit.CLEAN
    return max(stopped, shared.exit_for(begun.findings, strict=False))


def check_trigger(session: Session, name: str) -> None:
    """A trigger that the lifecycle does not have is a usage error."""
    known = [transition.name for transition in session.lifecycle.transitions]
    if name not in known:
        hint = nearest(name, known)
        raise click.UsageError(f"{session.variant.name} has no trigger {name!r}" + (f"; {hint}" if hint else ""))
