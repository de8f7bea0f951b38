"""`covage-model validate`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from covage_model.cli import chosen_files, known, masked, options, output
from covage_model.cli.engine import engine_options
from covage_model.cli.packs import check_status, opened_to_judge
from covage_model.cli.streams import Streams, judging
from covage_model.cli.together import TogetherCommand
from covage_model.cli.validate_call import ValidateCall, begun_call
from covage_model.cli.validate_options import ValidateOptions

if TYPE_CHECKING:
    from covage_model.api.quarantine import Quarantine
    from covage_model.report.report import Report, Tally

_FOR_PEOPLE = ("text", "markdown")  # formats beside which a progress line helps


@click.command("validate", cls=TogetherCommand)
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@options.pack_option
@options.state_option
@click.option(
    "--role", type=click.Choice(["request", "record", "auto"]), default="auto", help="Who wrote the documents."
)
@click.option(
    "--before",
    "before",
    metavar="OLD",
    help="Earlier records: can each record of FILES have become what it is from the one of its name, by which moves?",
)
@options.account_option
@options.exclude_option
@options.at_option
@options.encoding_option
@options.strict_option
@click.option("--stdin-filename", default="-", metavar="NAME", help="The file name that findings show for -.")
@click.option(
    "--max-findings",
    "max_findings",
    type=click.IntRange(min=0),
    metavar="N",
    help="List at most N findings; the others are counted. Default: 1,000 in text and Markdown, else all.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Judge large NDJSON in N processes; the output is the same. Default: the processors.",
)
@engine_options("Who judges large NDJSON: processes of this machine, or the workers of a Dask cluster.")
@click.option("--quiet", is_flag=True, help="In text, leave out totals, notes and rules not checked.")
@click.option(
    "--quarantine",
    type=click.Path(),
    metavar="DIR",
    help="Write the orders without an error and those with one into separate files, byte by byte, and the findings.",
)
@options.save_coverage_option
@click.option(
    "--changed-since", metavar="REF", help="Judge only the files that differ from this commit of git, or are new."
)
@click.option("--watch", is_flag=True, help="Judge again whenever a file of the orders or of the pack is saved.")
@click.option("--show-files", is_flag=True, help="Show which files would be judged, and exit.")
@known.finding_options(reveals=True)
@click.pass_obj
def command(streams: Streams, /, **given: Any) -> int:
    """
    Judge order files: JSON, YAML, NDJSON, CSV, Parquet. FILES are files, folders, globs, @LIST (a file with a path on
    each line), or - for stdin.

    Each finding shows its line, a hint, and the spec line with its source. A document with fields that only the
    platform writes is judged as a record.
    """
    asked = ValidateOptions(**given)
    if asked.watch:
        return _watched(streams)
    if asked.show_files:
        return chosen_files.shown(asked.files, asked.changed_since, asked.exclude, streams)
    spec = opened_to_judge(asked.pack, streams)
    if asked.state is not None:
        check_status(spec, asked.state)
    asked.refuse_what_does_not_go_together()
    call = begun_call(asked, spec, streams)
    tally = _shown(call, asked, spec.judge, streams)
    if call.run.interrupted:
        raise KeyboardInterrupt
    call.finish(streams)
    return output.exit_of(tally, strict=asked.strict)


def _shown(call: ValidateCall, asked: ValidateOptions, judge: Any, streams: Streams) -> Tally:
    """Judge the orders and print the report as they come; the counts of the findings."""
    shown = not asked.quiet and (asked.out is not None or asked.format_ in _FOR_PEOPLE or not streams.out.isatty())
    with call.told_if_lost(), judging(streams, call.share, shown=shown) as tick:
        reports = _reports(call.judged(tick), judge, asked, call.apart)
        reports = known.told(call.not_counted, reports, all_was_judged=asked.changed_since is None)
        ends = partial(output.exit_of, strict=asked.strict)
        tally = output.show(reports[0], asked.format_, asked.out, streams, ends, *reports[1:])
        streams.out.flush()  # a full disk may show only now
    return tally


def _watched(streams: Streams) -> int:
    """Make this call again and again, as files are saved, until Ctrl-C."""
    from covage_model.cli import watching

    context = click.get_current_context()
    given = {**context.params, "watch": False}
    if "-" in (*given["files"], *given["account"]) or given["quarantine"] is not None or known.updates():
        raise click.UsageError("--watch judges files several times: give no - and no --quarantine or --update-baseline")

    def paths() -> Iterable[str]:
        return watching.files_of((*given["files"], *given["account"]), given["exclude"], given["pack"])

    return watching.watch(watching.looks(paths), lambda: int(context.invoke(command, **given)), streams.tell)


def _reports(judged: Iterable[Any], judge: Any, asked: ValidateOptions, apart: Quarantine | None) -> Sequence[Report]:
    """
    What is judged as it is, if a format shows that, and then without personal data, if a format hides it.

    `apart` gets the findings of the last.
    """
    from covage_model.report.subjects import documents

    told = masked.for_each_report(
        judged, judge, asked.format_, lambda mask, each: mask.judged(each), more=apart is not None
    )
    record = apart.add_finding if apart is not None else None
    takers: list[Callable[[str], object] | None] = [*[None] * (len(told) - 1), record]
    settings: dict[str, Any] = {"most": asked.max_findings, "quiet": asked.quiet, "lists": asked.lists}
    return [
        documents.report(each, judge, asked.language, record=taker, **settings)
        for each, taker in zip(told, takers, strict=True)
    ]
