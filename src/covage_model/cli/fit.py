"""`covage-model fit`."""

from __future__ import annotations

from dataclasses import replace

import click

from covage_model.api import fit, orders
from covage_model.api.replay import CannotReplay
from covage_model.cli import known, options, output
from covage_model.cli.packs import chosen, opened
from covage_model.cli.replay import logged, placed_columns
from covage_model.cli.streams import Streams


@click.command("fit")
@click.argument("log", metavar="LOG")
@options.pack_option
@click.option("--order", "names", multiple=True, metavar="ORDER[/VARIANT]", help="What the orders are. Default: any.")
@click.option("--orders", "files", multiple=True, metavar="FILE", help="Documents of the orders, in any format.")
@click.option("--base", metavar="NAME", help="The profile from which the rest comes. Default: the usual one.")
@click.option(
    "--holdout",
    type=options.Within(min=0, max=0.9),
    default=0.5,
    show_default=True,
    metavar="SHARE",
    help="The share of the orders that are held out.",
)
@click.option("--name", default="fitted", show_default=True, metavar="NAME", help="The name of the fitted profile.")
@click.option("--case", metavar="PATH", help="The member of a record that tells orders apart.")
@click.option(
    "--columns",
    multiple=True,
    callback=placed_columns,
    metavar="WORD=PATH",
    help="Where records hold name, time, event, alias, variant or state.",
)
@click.option("--out", "out", metavar="FILE", type=click.Path(), help="Write the profile to this file.")
@known.known_options
@options.reveal_option
@options.report_format("findings")
@options.language_option
@click.pass_obj
def command(
    streams: Streams,
    log: str,
    pack: tuple[str, ...],
    names: tuple[str, ...],
    files: tuple[str, ...],
    base: str | None,
    holdout: float,
    name: str,
    case: str | None,
    columns: dict[str, str],
    out: str | None,
    format_: str,
    language: str,
) -> int:
    """
    Fit a profile to a log of events: laws of durations, weights, shares of orders, arrivals.

    What the log shows takes the place of what the base says. A part of the orders is held out, and each figure is
    judged on it. The profile goes to --out, the report to stdout.
    """
    from covage_model.report.subjects import fit as subject

    spec = opened(pack, streams, finished=True)
    variants = chosen(spec, *names, unfollowed=True) if names else []
    stdin = orders.chunks(streams.stdin) if streams.stdin is not None else b""
    try:
        fitted = fit.fit_log(
            spec,
            log,
            *variants,
            base=base,
            holdout=holdout,
            name=name,
            orders_files=files,
            case=case,
            columns=columns,
            stdin=stdin,
        )
    except CannotReplay as error:
        raise click.UsageError(str(error)) from error
    if out is not None:
        output.write_file(fitted.text, out, streams)
    not_counted = known.opened()
    found = fitted.findings if not_counted is None else tuple(not_counted.logged(fitted.findings))
    reports = [
        subject.report(replace(fitted, findings=tuple(each)), spec.spec.name, language)
        for each in logged(found, spec, fitted.replayed, format_)
    ]
    tally = output.show(known.told(not_counted, reports)[0], format_, None, streams, None, *reports[1:])
    known.finish(not_counted, "fit")
    return output.exit_of(tally)
