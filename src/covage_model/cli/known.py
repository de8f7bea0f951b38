"""The options about findings that do not count: a baseline, suppressions, and what they do to a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from covage_model.cli import options, output

if TYPE_CHECKING:
    from covage_model.api.known_findings import KnownFindings
    from covage_model.cli.streams import Exit, Streams
    from covage_model.ground.diagnostics import Diagnostic
    from covage_model.report.report import Report, Tally

_META = "covage_model.known."


def known_options(command: options.Command) -> options.Command:
    """`--baseline`, `--update-baseline` and `--suppressions`."""
    baseline = options.kept_option(
        f"{_META}baseline",
        "--baseline",
        metavar="FILE",
        type=click.Path(),
        help="Findings in this file do not count; new ones do.",
    )
    update = options.kept_option(
        f"{_META}update_baseline", "--update-baseline", is_flag=True, help="Write what is found into the --baseline."
    )
    suppressions = options.kept_option(
        f"{_META}suppressions",
        "--suppressions",
        metavar="FILE",
        type=click.Path(),
        help="Findings that this TOML file names do not count, until the day that it says.",
    )
    return baseline(update(suppressions(command)))


def finding_options(*, reveals: bool = False) -> Callable[[options.Command], options.Command]:
    """The options of a command that finds things; `--reveal` where what it `reveals` may be personal."""

    def decorated(command: options.Command) -> options.Command:
        command = options.report_options("findings")(command)
        return known_options(options.reveal_option(command) if reveals else command)

    return decorated


def opened(*, all_is_judged: bool = True) -> KnownFindings | None:
    """What does not count in this call; None if everything does."""
    meta = click.get_current_context().meta
    baseline, update, listed = (meta[_META + name] for name in ("baseline", "update_baseline", "suppressions"))
    if update and baseline is None:
        raise click.UsageError("--update-baseline goes with --baseline FILE")
    if update and not all_is_judged:
        raise click.UsageError("--update-baseline needs all findings: remove --changed-since")
    if baseline is None and listed is None:
        return None
    from covage_model.api import known_findings as known  # slow to load, and few calls need it

    try:
        suppressions = known.read_suppressions(listed) if listed is not None else ()
        before = None
        if baseline is not None:
            command = str(click.get_current_context().command.name)
            if update:
                known.may_replace_baseline(baseline, command)
            else:
                before = known.read_baseline(baseline, command)
    except known.UnusableFile as error:
        raise click.UsageError(str(error)) from error
    return known.KnownFindings(before, suppressions, collects=update)


def counted(
    known: KnownFindings | None, found: Iterable[Diagnostic], identity: Callable[[Diagnostic], str] | None = None
) -> tuple[Diagnostic, ...]:
    """The findings that count; `identity` says what each is about. Without it, the arguments of their messages do."""
    if known is None:
        return tuple(found)
    if identity is None:
        return known.new(tuple(found), str)
    return tuple(kept for one in found for kept in known.new((one,), partial(identity, one)))


def told(known: KnownFindings | None, reports: Sequence[Report], *, all_was_judged: bool = True) -> Sequence[Report]:
    """The reports, each of which also says what does not count."""
    return reports if known is None else [known.told_in(report, all_was_judged=all_was_judged) for report in reports]


def updates() -> bool:
    """Whether this call writes a new baseline."""
    return bool(click.get_current_context().meta[f"{_META}update_baseline"])


def show(
    known: KnownFindings | None,
    reports: Sequence[Report],
    format_: str,
    out: str | None,
    streams: Streams,
    ends: Callable[[Tally], Exit] = output.exit_of,
    *,
    all_was_judged: bool = True,
) -> Exit:
    """Print the reports of a call with what does not count, and write the new baseline; what `ends` says then."""
    reports = told(known, reports, all_was_judged=all_was_judged)
    tally = output.show(reports[0], format_, out, streams, ends, *reports[1:])
    finish(known, reports[0].command)
    return ends(tally)


def finish(known: KnownFindings | None, command: str) -> None:
    """Write the new baseline, if that was asked for."""
    if known is not None and known.collects:
        path = click.get_current_context().meta[f"{_META}baseline"]
        output.write_file(known.baseline_text(command), path, click.get_current_context().obj)
