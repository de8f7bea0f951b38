"""`covage-model fit`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from covage_model.api import fit
from covage_model.cli import known, logs, options, output
from covage_model.cli.packs import opened
from covage_model.cli.streams import Streams
from covage_model.cli.together import TogetherCommand


@click.command("fit", cls=TogetherCommand)
@logs.log_options
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
@click.option("--out", "out", metavar="FILE", type=click.Path(), help="Write the profile to this file.")
@known.known_options
@options.reveal_option
@options.report_format("findings")
@options.language_option
@click.pass_obj
def command(
    streams: Streams,
    /,
    pack: tuple[str, ...],
    out: str | None,
    format_: str,
    language: str,
    **asked: Any,  # the arguments of `logs.read` and `fit_log`
) -> int:
    """
    Fit a profile to a log of events: laws of durations, weights, shares of orders, arrivals, open hours.

    What the log shows takes the place of what the base says. A part of the orders is held out, and each figure is
    judged on it. The profile goes to --out, the report to stdout.
    """
    from covage_model.report.subjects import fit as subject

    spec = opened(pack, streams, finished=True)
    not_counted = known.opened()
    fitted = logs.read(fit.fit_log, spec, streams, **asked)
    if out is not None:
        output.write_file(fitted.text, out, streams)

    def report(found: Any) -> Any:
        return subject.report(replace(fitted, findings=tuple(found)), spec.spec.name, language)

    return logs.tell(report, fitted.findings, spec, fitted.replayed, not_counted, streams, format_, None)
