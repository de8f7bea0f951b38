"""`covage-model validate`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from covage_model.api import order_run, orders
from covage_model.api.judging_run import BytesRead, JudgingRun, QuarantineFailed
from covage_model.cli import chosen_files, known, options, output, validate_options
from covage_model.cli.engine import ENGINES, asked_cluster, scheduler_option
from covage_model.cli.outlet import OutputRefused
from covage_model.cli.packs import check_status, opened_to_judge
from covage_model.cli.streams import Streams, judging
from covage_model.ground import places
from covage_model.report.formats import OF_FINDINGS

if TYPE_CHECKING:
    from covage_model.api.quarantine import Quarantine
    from covage_model.report.report import Report

_FOR_PEOPLE = ("text", "markdown")  # formats beside which a progress line helps


@click.command("validate")
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
    help="A file of records from before: can each record of FILES have come of the one of its name, and by which "
    "moves?",
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
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="processes",
    help="Who judges large NDJSON: processes of this machine, or the workers of a Dask cluster.",
)
@scheduler_option
@click.option("--quiet", is_flag=True, help="Text without totals, notes and rules not checked.")
@click.option(
    "--quarantine",
    type=click.Path(),
    metavar="DIR",
    help="Write the orders that have no error and those that have one apart, as they are, and the findings.",
)
@options.save_coverage_option
@click.option(
    "--changed-since", metavar="REF", help="Judge the files alone that git says differ from this commit, or are new."
)
@click.option("--watch", is_flag=True, help="Judge again whenever a file of the orders or of the pack is saved.")
@click.option("--show-files", is_flag=True, help="Show which files would be judged, and exit.")
@known.known_options
@options.reveal_option
@options.report_options("findings")
@click.pass_obj
def command(
    streams: Streams,
    files: tuple[str, ...],
    pack: tuple[str, ...],
    state: str | None,
    role: str,
    before: str | None,
    account: tuple[str, ...],
    exclude: tuple[str, ...],
    at: str,
    encoding: str | None,
    strict: bool,
    stdin_filename: str,
    max_findings: int | None,
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    quiet: bool,
    quarantine: str | None,
    save_coverage: str | None,
    changed_since: str | None,
    watch: bool,
    show_files: bool,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Judge order files: JSON, YAML, NDJSON, CSV, Parquet. FILES are files, folders, globs, @LIST (a file with a path on
    each line), or - for stdin.

    Each finding shows its line, a hint, and the spec line with its source. A document with fields that only the
    platform writes is judged as a record.
    """
    if watch:
        return _watched(streams)
    if show_files:
        return chosen_files.shown(files, changed_since, exclude, streams)
    spec = opened_to_judge(pack, streams)
    judge = spec.judge
    if state is not None:
        check_status(spec, state)
    validate_options.refuse(files, account, engine, {"--before": before, "--save-coverage": save_coverage})
    cluster = asked_cluster(engine, scheduler, jobs)
    stdin = orders.chunks(streams.stdin)
    given, account_findings = _read_accounts(account, judge, stdin)
    exercised = save_coverage is not None or before is not None  # both read the verdict on each order
    request = orders.request(role, state, given, exercised=exercised, at=at, encoding=encoding)
    apart = _quarantine(quarantine, strict=strict) if quarantine is not None else None
    bytes_read = BytesRead()
    not_counted = known.opened(all_is_judged=changed_since is None)
    if changed_since is not None:
        files = chosen_files.changed(files, changed_since, exclude, streams)
    lists = not output.formats(format_) <= OF_FINDINGS
    how: dict[str, Any] = {"exclude": exclude, "stdin": stdin, "stdin_name": stdin_filename, "lists": lists}
    how |= {"jobs": jobs, "cluster": cluster, "quarantine": apart, "bytes_read": bytes_read}
    order_documents = order_run.judge_run(files, judge, request, **how) if files else ()
    if before is not None:
        order_documents = validate_options.since(before, order_documents, spec, request)
    run = JudgingRun(chain(account_findings, order_documents), files[0] if files else "")
    recorder = _recorder(judge) if save_coverage is not None else None
    shown = not quiet and (out is not None or format_ in _FOR_PEOPLE or not streams.out.isatty())
    with _told_if_lost(run, quarantine), judging(streams, _share(files, bytes_read), shown=shown) as tick:
        judged = _ticking(run if recorder is None else _recorded(run, recorder), run, tick)
        judged = judged if not_counted is None else not_counted.judged(judged)
        settings: dict[str, Any] = {"most": max_findings, "quiet": quiet, "lists": lists}
        reports = _reports(judged, judge, format_, language, apart, **settings)
        reports = known.told(not_counted, reports, all_was_judged=changed_since is None)
        tally = output.show(reports[0], format_, out, streams, partial(output.exit_of, strict=strict), *reports[1:])
        streams.out.flush()  # a full disk may show only now
    if run.interrupted:
        raise KeyboardInterrupt
    known.finish(not_counted, "validate")
    if apart is not None and quarantine is not None:
        output.write_files(apart.contents(), quarantine, private=True)
    if recorder is not None:
        from covage_model.api import coverage

        output.write_file(coverage.record_text(recorder.record), save_coverage, streams)
    return output.exit_of(tally, strict=strict)


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


def _reports(
    judged: Iterable[Any], judge: Any, format_: str, language: str, apart: Quarantine | None, **settings: Any
) -> Sequence[Report]:
    """
    What is judged as it is, if a format shows that, and then without personal data, if a format hides it.

    `apart` gets the findings of the last. `settings` are as for `documents.report`.
    """
    from covage_model.report.subjects import documents

    shows, hides = output.hides(format_, more=apart is not None)
    told = _told(judged, judge, shows=shows, hides=hides)
    record = apart.add_finding if apart is not None else None
    takers: list[Callable[[str], object] | None] = [*[None] * (len(told) - 1), record]
    return [
        documents.report(each, judge, language, record=taker, **settings)
        for each, taker in zip(told, takers, strict=True)
    ]


def _told(judged: Iterable[Any], judge: Any, *, shows: bool, hides: bool) -> list[Iterable[Any]]:
    """What is judged as it is, if a format shows that, and without personal data, if a format hides it."""
    if not hides:
        return [judged]
    from covage_model.report.masking import Mask, for_two

    if not shows:
        return [Mask(judge).judged(judged)]
    shown, hidden = for_two(judged)
    return [shown, Mask(judge).judged(hidden)]


@contextmanager
def _told_if_lost(run: JudgingRun, quarantine: str | None) -> Iterator[None]:
    """Where the report cannot be written, the message also says how many orders were judged, and what is lost."""
    try:
        yield
    except OutputRefused as refused:
        if refused.why is not None:  # else nobody reads
            refused.why += f"; {_judged(run)}; the end of the report is lost"
        raise
    except output.FileRefused as failed:
        raise output.FileRefused(f"{failed.message}; {_judged(run)}; nothing is reported") from failed
    except QuarantineFailed as failed:
        told = f"{output.cannot_write(str(quarantine), failed.args[0]).message}; {_judged(run)}; nothing is kept apart"
        raise output.FileRefused(told) from failed


def _quarantine(folder: str, *, strict: bool) -> Quarantine:
    """What keeps the bytes of the orders. What lies in a folder already was judged at another time: that is refused."""
    from covage_model.api.quarantine import Quarantine  # slow to load, and few runs keep orders apart

    try:
        if os.path.lexists(folder) and (not os.path.isdir(folder) or os.listdir(folder)):
            raise output.FileRefused(f"{folder} is not an empty folder: --quarantine takes a new or an empty one")
        kept = Quarantine(folder, strict=strict)
    except (OSError, ValueError) as error:
        raise output.cannot_write(folder, error) from error
    click.get_current_context().call_on_close(kept.close)
    return kept


def _judged(run: JudgingRun) -> str:
    place = f"{places.shown(run.last.file)}:{run.last.line}" if run.last.line else places.shown(run.last.file)
    number = f"{run.documents:,} orders were" if run.documents > 1 else f"{run.documents or 'no'} order was"
    return f"{number} judged" + (f", up to {place}, and none after it" if run.documents and not run.complete else "")


def _read_accounts(
    paths: tuple[str, ...], judge: Any, stdin: bytes | Iterable[bytes]
) -> tuple[Any, Iterable[orders.JudgedDocument]]:
    """The account, and its findings as the report shows them."""
    if not paths:
        return None, ()
    from covage_model.api import accounts  # slow to load, and many runs need none

    account, findings = accounts.read_accounts(paths, judge, stdin=stdin)
    return account, accounts.as_judged(findings)


def _share(files: Sequence[str], read: BytesRead) -> Callable[[], float | None]:
    """Which share of the bytes was read; None where not all files are named."""

    @cache
    def total() -> int:
        return sum(map(os.path.getsize, set(files))) if all(map(os.path.isfile, files)) else 0

    return lambda: min(int(read) / total(), 1.0) if total() else None


def _ticking(judged: Iterable[Any], run: JudgingRun, tick: Callable[[int], None]) -> Iterator[Any]:
    """The documents as they come; `tick` is told how many there were."""
    for document in judged:
        tick(run.documents)
        yield document


def _recorder(judge: Any) -> Any:
    from covage_model.api import coverage  # slow to load, and many runs need none

    return coverage.recorder_of(judge)


def _recorded(judged: Iterable[Any], recorder: Any) -> Iterator[Any]:
    """The documents as they come; `recorder` counts what their verdicts exercised."""
    for document in judged:
        if document.verdict is not None:
            recorder.add(document.verdict)
        yield document
