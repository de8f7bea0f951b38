"""`covage-model describe`."""

from __future__ import annotations

import click

from covage_model.api import describe
from covage_model.api.workspace import Workspace
from covage_model.cli import options, output, packs
from covage_model.cli.packs import chosen, opened
from covage_model.cli.streams import Exit, Streams
from covage_model.report.report import Report


@click.command("describe")
@click.argument("order", required=False, metavar="[ORDER[/VARIANT]|account]")
@click.option(
    "--transitions",
    is_flag=True,
    help="Show the table of transitions instead, of a lifecycle or an order: who, from, to, guard, effect, source.",
)
@options.pack_option
@options.state_option
@click.option("--role", type=click.Choice(["request", "record"]), help="Who writes the documents. Default: both.")
@options.report_options()
@click.pass_obj
def command(
    streams: Streams,
    order: str | None,
    transitions: bool,
    pack: tuple[str, ...],
    state: str | None,
    role: str | None,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Show the fields of an order: from which status each is required, under which condition, its type, its source.

    Without --state, `required from` names the first status in which a field is required; with --state, only what
    holds in that status is shown. Without ORDER, list the orders and their variants.

    With --transitions, ORDER may be a lifecycle; for an order, what cannot happen to it is left out. Without ORDER,
    all lifecycles are shown.

    `account` shows what the platform knows of the sender: what the file of --account may say.
    """
    from covage_model.report.subjects import fields

    spec = opened(pack, streams)
    if transitions:
        if state is not None or role is not None:
            raise click.UsageError("--transitions shows every state: leave out --state and --role")
        output.show(_transitions(spec, order, language), format_, out, streams)
        return Exit.CLEAN
    if order is None:
        if state is not None or role is not None:
            raise click.UsageError("name an order: `covage-model describe` lists them")
        report = fields.variants(describe.variants(spec), language)
    elif spec.means_account(order):
        if state is not None or role is not None:
            raise click.UsageError("an account has no status and no role: remove --state and --role")
        report = fields.report([packs.of_account(lambda: describe.account(spec))], language, judged=True)
    else:
        try:
            tables = [describe.table_of(spec, name, status=state, role=role) for name in chosen(spec, order)]
        except describe.NoSuchStatus as error:
            raise click.UsageError(str(error)) from error
        report = fields.report(tables, language, judged=state is not None)
    output.show(report, format_, out, streams)
    return Exit.CLEAN


def _transitions(spec: Workspace, name: str | None, language: str) -> Report:
    """The report of --transitions. A name of nothing is a usage error."""
    from covage_model.api import diagrams
    from covage_model.api.transitions import transition_tables
    from covage_model.report.subjects.transitions import report

    try:
        return report(spec.spec, transition_tables(spec, *filter(None, [name])), language)
    except diagrams.NoSuchDiagram as error:
        raise click.UsageError(str(error)) from error
