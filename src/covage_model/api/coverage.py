"""Coverage of a pack: records are read, written, merged and measured."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from covage_model.api import files
from covage_model.behaviour.run.outcome import ScenarioOutcome
from covage_model.documents.judge.verdict import Judge, Verdict
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.ground.files import read, writer
from covage_model.ground.files.limits import Limits
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.coverage import measure as measuring
from covage_model.quality.coverage import record as records
from covage_model.quality.coverage import recorder
from covage_model.quality.coverage.items import KINDS as KINDS
from covage_model.quality.coverage.items import items_of
from covage_model.quality.coverage.measure import Coverage, gone
from covage_model.quality.coverage.record import NoRecord
from covage_model.quality.coverage.record import Record as Record

if TYPE_CHECKING:
    from covage_model.api.orders import JudgedDocument
    from covage_model.api.scenarios import Played
    from covage_model.api.workspace import Pack

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Merged:
    """The sum of several records, and findings about the files that were left out or changed."""

    record: Record
    findings: tuple[Diagnostic, ...]


def record_coverage(pack: Pack, lived: Iterable[Verdict | ScenarioOutcome | JudgedDocument | Played]) -> Record:
    """
    Records which parts of a pack the given judged documents and played scenarios exercised.

    `lived` holds results of `judge`, `judge_files` and `run_scenario`. An unreadable file counts nothing.
    """
    return recorded(pack.judge, map(_exercising, lived))


def _exercising(result: Verdict | ScenarioOutcome | JudgedDocument | Played) -> Verdict | ScenarioOutcome | None:
    if isinstance(result, Verdict | ScenarioOutcome):
        return result
    return result.outcome if hasattr(result, "outcome") else result.verdict


def merge_coverage(given: Iterable[Record]) -> Record:
    """The sum of all records; their order does not matter."""
    return records.merge(given)


def measured(judge: Judge, record: Record, *, kinds: Sequence[str] = ()) -> Coverage:
    """Compares a record with everything that can be exercised; only of these kinds, if any are given."""
    return measuring.measure(judge, record, kinds=kinds)


def nothing_to_cover(measured: Coverage, pack: SpecPack, kinds: Sequence[str] = ()) -> tuple[Diagnostic, ...]:
    """The finding that nothing was measured, if there is nothing (of these kinds) to be covered."""
    if measured.total.total:
        return ()
    arguments = {"pack": pack.name, "kinds": list(kinds) or "order"}
    return (Diagnostic("CM412", "nothing-to-cover", arguments, pack.origin.location),)


def under(measured: Coverage, pack: SpecPack, least: float | None) -> tuple[Diagnostic, ...]:
    """The finding that less than `least` percent is covered, or nothing; None asks for nothing."""
    if least is None or not measured.total.under(least):
        return ()
    percent = measured.total.percent
    arguments = {"found": "nothing" if percent is None else f"{percent:.1f} %", "least": f"{least:g} %"}
    return (Diagnostic("CM526", "covered", arguments, pack.origin.location),)


def recorded(judge: Judge, exercised: Iterable[Verdict | ScenarioOutcome | None]) -> Record:
    """Records what verdicts and outcomes exercised; None counts nothing."""
    return recorder.record(judge, (result for result in exercised if result is not None))


def recorder_of(judge: Judge) -> recorder.Recorder:
    """What records verdicts one after the other, for runs of any length."""
    return recorder.Recorder(judge)


def record_of(data: Any) -> Record:
    """The record in JSON data, as `record_text` writes it. Raises NoRecord."""
    return records.read(data)


def record_text(record: Record) -> str:
    """A record as JSON. Equal records give equal bytes."""
    return records.written(record)


def measure_coverage(pack: Pack, record: Record, *, kinds: Sequence[str] = ()) -> Coverage:
    """Compares a record with everything that can be exercised; only of these kinds, if any are given."""
    return measuring.measure(pack.judge, record, kinds=kinds)


def write_coverage(record: Record, path: str) -> None:
    """Writes a record to a file and makes its folder. Equal records give equal bytes. Raises OSError."""
    writer.write(path, record_text(record))


def read_coverage(path: str) -> Record | tuple[Diagnostic, ...]:
    """The record in a file, or the findings that explain why it cannot be read."""
    content = files.read_bytes(path, limit=Limits().bytes)
    if isinstance(content, Diagnostic):
        return (content,)
    document, unread = read.read_document(content, path, format="json")
    if unread or document is None:
        return unread
    try:
        return record_of(document.data)
    except NoRecord as error:
        return (Diagnostic("CM520", "record", {"detail": str(error)}, Location(path, 0, 0)),)


def merge_files(paths: Sequence[str], pack: SpecPack, *, into: str | None = None) -> Merged:
    """
    Merges the records in these files, each file once. A folder means all JSON files below it, at least one.

    `into` is the path that the sum will be written to. Inside a folder it is skipped, so that no sum counts twice.
    """
    usable: list[Record] = []
    findings: list[Diagnostic] = []
    for path in _files(paths, into):
        record = read_coverage(path) if isinstance(path, str) else (path,)
        if isinstance(record, Record):
            about = _about(record, str(path), pack)
            findings += about
            usable += [] if any(finding.severity is Severity.ERROR for finding in about) else [record]
        else:
            findings += record
    return Merged(records.merge(usable), tuple(findings))


def _files(paths: Iterable[str], into: str | None) -> Iterator[str | Diagnostic]:
    """Each file once, and a finding for each folder without a file."""
    seen: set[str] = set()
    for path in paths:
        if os.path.isdir(path):
            within = [file for file in files.below(path, (".json",)) if into is None or _place(file) != _place(into)]
            if not within:
                yield Diagnostic("CM412", "nothing-to-merge", {"where": path}, Location(path, 0, 0))
        else:
            within = [path]
        for file in within:
            if _place(file) not in seen:
                seen.add(_place(file))
                yield file


def _place(path: str) -> str:
    """The real path: equal for two paths of one file."""
    try:
        return os.path.realpath(path)
    except ValueError:  # a zero byte in the name: reading the file reports it
        return path


def _about(record: Record, path: str, pack: SpecPack) -> list[Diagnostic]:
    """The findings if a record is not of this pack, or not of this version of it."""
    where = Location(path, 0, 0)
    names = sorted({name for name, _ in record.packs})
    if names and pack.name not in names:
        return [Diagnostic("CM522", "pack", {"found": names, "pack": pack.name}, where)]
    lost = gone(record, pack)
    if lost:
        arguments = {"count": len(lost), "names": lost[:_SHOWN] + (["…"] if len(lost) > _SHOWN else [])}
        return [Diagnostic("CM521", "gone", arguments, where, severity=Severity.WARNING)]
    if record.packs - {(pack.name, items_of(pack).version)}:
        return [Diagnostic("CM521", "other", {"pack": pack.name}, where, severity=Severity.NOTE)]
    return []
