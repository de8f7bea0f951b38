"""Coverage of one's own: records read, merged and held against a pack."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from covage_model.api import files
from covage_model.behaviour.run.outcome import ScenarioOutcome
from covage_model.documents.judge.verdict import Judge, Verdict
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
from covage_model.quality.coverage.record import NoRecord, Record

if TYPE_CHECKING:
    from covage_model.api.library import Pack
    from covage_model.api.orders import JudgedDocument
    from covage_model.api.scenarios import Played

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Merged:
    """Several records as one, without those that are none or of another pack; and what was found out about each."""

    record: Record
    findings: tuple[Diagnostic, ...]


def record_coverage(pack: Pack, lived: Iterable[Verdict | ScenarioOutcome | JudgedDocument | Played]) -> Record:
    """
    What judged documents and played scenarios exercised of a pack.

    They are what `judge`, `judge_files` and `run_scenario` give; one that could not be read counts nothing.
    """
    return recorder.record(pack.judge, (found for one in lived if (found := _exercising(one)) is not None))


def _exercising(one: Verdict | ScenarioOutcome | JudgedDocument | Played) -> Verdict | ScenarioOutcome | None:
    if isinstance(one, Verdict | ScenarioOutcome):
        return one
    return one.outcome if hasattr(one, "outcome") else one.verdict


def merge_coverage(given: Iterable[Record]) -> Record:
    """All records as one, in whatever order they come."""
    return records.merge(given)


def measured(judge: Judge, record: Record, *, kinds: Sequence[str] = ()) -> Coverage:
    """A record held against everything that can be exercised; of some kinds alone, where any are given."""
    return measuring.measure(judge, record, kinds=kinds)


def recorded(judge: Judge, exercised: Iterable[Verdict | ScenarioOutcome | None]) -> Record:
    """What verdicts and outcomes exercised; None counts nothing."""
    return recorder.record(judge, (one for one in exercised if one is not None))


def record_of(data: Any) -> Record:
    """The record that `record_text` wrote, from its JSON data. Raises NoRecord."""
    return records.read(data)


def record_text(record: Record) -> str:
    """A record as JSON: the same bytes for the same record."""
    return records.written(record)


def measure_coverage(pack: Pack, record: Record, *, kinds: Sequence[str] = ()) -> Coverage:
    """A record held against everything that can be exercised; of some kinds alone, where any are given."""
    return measuring.measure(pack.judge, record, kinds=kinds)


def write_coverage(record: Record, path: str) -> None:
    """Writes a record to a file, its folder made if need be: the same bytes for the same record. Raises OSError."""
    writer.write(path, record_text(record))


def read_coverage(path: str) -> Record | tuple[Diagnostic, ...]:
    """The record in a file, or why there is none."""
    content = files.read_bytes(path, limit=Limits().bytes)
    if isinstance(content, Diagnostic):
        return (content,)
    documents, unread = read.read_documents(content, path, format="json")
    if unread or len(documents) != 1:
        return unread
    try:
        return record_of(documents[0].data)
    except NoRecord as why:
        return (Diagnostic("CM520", "record", {"detail": str(why)}, Location(path, 0, 0)),)


def merge_files(paths: Sequence[str], pack: SpecPack, *, into: str | None = None) -> Merged:
    """
    The records in these files, each once; a folder is every JSON file below it, which there must be.

    `into` is where the sum will be written: what an earlier sum left there is not taken from a folder again.
    """
    found: list[Record] = []
    findings: list[Diagnostic] = []
    for path in _files(paths, into):
        one = read_coverage(path) if isinstance(path, str) else (path,)
        if isinstance(one, Record):
            about = _about(one, str(path), pack)
            findings += about
            found += [] if any(finding.severity is Severity.ERROR for finding in about) else [one]
        else:
            findings += one
    return Merged(records.merge(found), tuple(findings))


def _files(paths: Iterable[str], into: str | None) -> Iterator[str | Diagnostic]:
    """Each file once, and a finding for each folder in which there is none."""
    seen: set[str] = set()
    for path in paths:
        if os.path.isdir(path):
            within = [one for one in files.below(path, (".json",)) if into is None or _place(one) != _place(into)]
            if not within:
                yield Diagnostic("CM412", "nothing-to-merge", {"where": path}, Location(path, 0, 0))
        else:
            within = [path]
        for one in within:
            if _place(one) not in seen:
                seen.add(_place(one))
                yield one


def _place(path: str) -> str:
    """The same for the same file, however it is reached."""
    try:
        return os.path.realpath(path)
    except ValueError:  # no system takes a name with a zero byte: reading it says so
        return path


def _about(record: Record, path: str, pack: SpecPack) -> list[Diagnostic]:
    """Whether a record is of this pack, and of this version of it."""
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
