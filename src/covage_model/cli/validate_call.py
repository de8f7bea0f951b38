"""One call of `validate` at work: what is judged, who watches it, and what is written when it has ended."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from covage_model.api import order_run, orders
from covage_model.api.judging_run import BytesRead, JudgingRun, QuarantineFailed
from covage_model.api.unchecked_rules import UncheckedRules
from covage_model.cli import chosen_files, known, output
from covage_model.cli.engine import asked_cluster
from covage_model.cli.outlet import OutputRefused
from covage_model.ground import places
from covage_model.ground.classes import dataclass

if TYPE_CHECKING:
    from covage_model.api.known_findings import KnownFindings
    from covage_model.api.quarantine import Quarantine
    from covage_model.api.workspace import Workspace
    from covage_model.cli.streams import Streams
    from covage_model.cli.validate_options import ValidateOptions


@dataclass(frozen=True, slots=True)
class ValidateCall:
    """
    A call whose orders are judged as `judged` is read.

    `share` is which share of the bytes was read so far. `rules` are those that nobody could check. `apart` keeps the
    bytes of the orders, `recorder` counts what their verdicts exercise, and `not_counted` are the findings that do not
    count; each is None if nobody asked for it.
    """

    run: JudgingRun
    share: Callable[[], float | None]
    apart: Quarantine | None
    recorder: Any
    rules: UncheckedRules
    not_counted: KnownFindings | None
    quarantine: str | None  # the folder for `apart`
    save_coverage: str | None  # the file for `recorder`

    def judged(self, tick: Callable[[int], None]) -> Iterable[Any]:
        """The documents as they are judged; `tick` is told how many there were."""
        each = self._counted(tick)
        return each if self.not_counted is None else self.not_counted.judged(each)

    def _counted(self, tick: Callable[[int], None]) -> Iterator[Any]:
        document: Any
        for document in self.run:
            if self.recorder is not None and document.verdict is not None:
                self.recorder.add(document.verdict)
            tick(self.run.documents)
            self.rules.add(document)
            yield document
        yield from self.rules.told()

    def finish(self, streams: Streams) -> None:
        """Write what belongs to the whole run: the new baseline, the orders kept apart, the record of coverage."""
        known.finish(self.not_counted, "validate")
        if self.apart is not None and self.quarantine is not None:
            output.write_files(self.apart.contents(), self.quarantine, private=True)
        if self.recorder is not None:
            from covage_model.api import coverage

            output.write_file(coverage.record_text(self.recorder.record), self.save_coverage, streams)

    @contextmanager
    def told_if_lost(self) -> Iterator[None]:
        """Where the report cannot be written, the message also says how many were judged, and what is lost."""
        try:
            yield
        except OutputRefused as refused:
            if refused.why is not None:  # else nobody reads
                refused.why += f"; {_count(self.run)}; the end of the report is lost"
            raise
        except output.FileRefused as failed:
            raise output.FileRefused(f"{failed.message}; {_count(self.run)}; nothing is reported") from failed
        except QuarantineFailed as failed:
            why = output.cannot_write(str(self.quarantine), failed.args[0]).message
            raise output.FileRefused(f"{why}; {_count(self.run)}; nothing is kept apart") from failed


def begun_call(asked: ValidateOptions, spec: Workspace, streams: Streams) -> ValidateCall:
    """A call with all that it needs opened. What cannot be used is a usage error, or a file that is refused."""
    cluster = asked_cluster(asked.engine, asked.scheduler, asked.jobs)
    stdin = orders.chunks(streams.stdin)
    account, account_findings = _read_accounts(asked.account, spec.judge, stdin)
    exercised = asked.save_coverage is not None or asked.before is not None  # both read the verdict on each order
    request = orders.request(
        asked.role, asked.state, account, exercised=exercised, at=asked.at, encoding=asked.encoding
    )
    apart = None if asked.quarantine is None else _quarantine(asked.quarantine, strict=asked.strict)
    bytes_read = BytesRead()
    not_counted = known.opened(all_is_judged=asked.changed_since is None)
    files = asked.files
    if asked.changed_since is not None:
        files = chosen_files.changed(files, asked.changed_since, asked.exclude, streams)
    how: dict[str, Any] = {"exclude": asked.exclude, "stdin": stdin, "stdin_name": asked.stdin_filename}
    how |= {"lists": asked.lists, "jobs": asked.jobs, "cluster": cluster, "quarantine": apart, "bytes_read": bytes_read}
    judged: Iterable[Any] = order_run.judge_run(files, spec.judge, request, **how) if files else ()
    if asked.before is not None:
        judged = _compared(asked.before, judged, spec, request)
    run = JudgingRun(chain(account_findings, judged), files[0] if files else "")
    recorder = None if asked.save_coverage is None else _recorder(spec.judge)
    share = _share(files, bytes_read)
    rules = UncheckedRules(spec.judge)
    return ValidateCall(run, share, apart, recorder, rules, not_counted, asked.quarantine, asked.save_coverage)


def _read_accounts(
    paths: tuple[str, ...], judge: Any, stdin: bytes | Iterable[bytes]
) -> tuple[Any, Iterable[orders.JudgedDocument]]:
    """The account, and its findings as the report shows them."""
    if not paths:
        return None, ()
    from covage_model.api import accounts  # slow to load, and many runs need none

    account, findings = accounts.read_accounts(paths, judge, stdin=stdin)
    return account, accounts.as_judged(findings)


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


def _compared(before: str, judged: Iterable[Any], spec: Workspace, request: orders.Request) -> Iterator[Any]:
    """What is judged, each record with what it was before; first what cannot be read of the records before."""
    from covage_model.api.became import RecordsBefore

    records = RecordsBefore(spec, request.account)
    yield from records.read(before, request)
    yield from records.compared(judged)


def _recorder(judge: Any) -> Any:
    from covage_model.api import coverage  # slow to load, and many runs need none

    return coverage.recorder_of(judge)


def _share(files: Sequence[str], read: BytesRead) -> Callable[[], float | None]:
    """Which share of the bytes was read; None where not all files are named."""

    @cache
    def total() -> int:
        return sum(map(os.path.getsize, set(files))) if all(map(os.path.isfile, files)) else 0

    return lambda: min(int(read) / total(), 1.0) if total() else None


def _count(run: JudgingRun) -> str:
    """How many orders were judged, and up to where."""
    place = f"{places.shown(run.last.file)}:{run.last.line}" if run.last.line else places.shown(run.last.file)
    number = f"{run.documents:,} orders were" if run.documents > 1 else f"{run.documents or 'no'} order was"
    return f"{number} judged" + (f", up to {place}, and none after it" if run.documents and not run.complete else "")
