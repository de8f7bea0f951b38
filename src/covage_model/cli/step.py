"""`covage-model step`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from covage_model.api import begin, record_places, walk
from covage_model.api.workspace import Workspace
from covage_model.cli import masked, options, output
from covage_model.cli.dialogue import Dialogue
from covage_model.cli.packs import begun, begun_as_shown, chosen, opened
from covage_model.cli.streams import Exit, Streams
from covage_model.cli.together import TogetherCommand
from covage_model.report.formats import text
from covage_model.report.names import pack_names
from covage_model.report.subjects import record_places as of_record

if TYPE_CHECKING:
    from covage_model.api.begin import Begun, Session
    from covage_model.report.masking import Mask


@click.command("step", cls=TogetherCommand)
@click.argument("order", metavar="[ORDER[/VARIANT]]", required=False)
@options.record_option
@click.option("--document", "document", metavar="FILE", help="The order document to start with.")
@click.option("--example", is_flag=True, help="Start with a generated document and account.")
@options.at_option
@options.encoding_option
@options.account_option
@options.pack_option
@options.reveal_option
@options.language_option
@click.pass_obj
def command(
    streams: Streams,
    /,
    order: str | None,
    record: str | None,
    document: str | None,
    example: bool,
    pack: tuple[str, ...],
    language: str,
    **read: Any,  # how the order is read: account, at, encoding
) -> int:
    """
    Simulate a lifecycle step by step: fire triggers, see which are refused and why, undo; `help` lists commands.

    Commands are read from stdin, one per line, so a script can be piped in; its exit code is 1 if a command
    failed. Ctrl-D ends. Without a document, triggers whose guards read one are not decided.

    With --record, the walk begins in the first place that can show it; `place N` goes to another.
    """
    _refuse_what_cannot_be_begun(order, record, document, read["account"])
    spec = opened(pack, streams)
    mask = masked.masks(spec.judge, "text")[0]
    if record is not None:
        return _from_record(streams, spec, mask, record, read, language)
    variants = chosen(spec, order, unfollowed=True)
    if example:
        session = _example(spec, variants)
    else:
        started = begun(spec, variants, document=document, **read)
        _warn(begun_as_shown(started, mask), language, streams)
        if started.session is None:
            return max(Exit.FOUND, output.exit_for(started.findings))
        session = started.session
    names = pack_names(spec.spec, session.lifecycle, language)
    return Dialogue(streams, spec, mask, names, walk.start(session)).run()


def _refuse_what_cannot_be_begun(
    order: str | None, record: str | None, document: str | None, account: tuple[str, ...]
) -> None:
    """Raises a usage error if it is not said, or said twice, what the walk is of, or if stdin is to be read twice."""
    if (order is None) is (record is None):
        raise click.UsageError("give ORDER[/VARIANT], or --record FILE")
    if "-" in (document, record, *account):
        what = "account" if "-" in account else "document"
        raise click.UsageError(f"stdin has the commands: give the {what} as a file")


def _example(spec: Workspace, variants: list[str]) -> Session:
    """An order of the one variant, with a generated document and account."""
    if len(variants) > 1:
        raise click.UsageError(f"which variant is meant? Name one of: {', '.join(variants)}")
    session = begin.example(spec.judge, variants[0])
    if session is None:
        raise click.UsageError(f"no example of {variants[0]} was found: start with --document FILE")
    return session


def _warn(shown: Begun, language: str, streams: Streams) -> None:
    """What was found about the document and the account, on stderr."""
    streams.err.write(text.findings(shown.findings, language, shown.document))


def _from_record(
    streams: Streams, spec: Workspace, mask: Mask | None, record: str, read: dict[str, Any], language: str
) -> int:
    """A walk that begins where an order may be that shows the record."""
    places, started = record_places.read(spec, record, **read)
    _warn(begun_as_shown(started, mask), language, streams)
    if places is None:
        return max(Exit.FOUND, output.exit_for(started.findings))
    names = pack_names(spec.spec, places.space.lifecycle, language)
    streams.out.write(text.text(of_record.blocks(places, names)))
    if not places.places:
        return Exit.FOUND
    return Dialogue(streams, spec, mask, names, walk.start(places.session(0)), places).run()
