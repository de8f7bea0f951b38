"""Replays a log of events on the explored tables of a pack: could these orders have happened?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from covage_model.api import files, orders
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Severity

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack, Workspace
    from covage_model.behaviour.logs.follow import OpenOrder
    from covage_model.behaviour.logs.log_finding import LogFinding
    from covage_model.behaviour.logs.log_lines import LogLines
    from covage_model.behaviour.logs.replay import KnownOrders, LogReplay
    from covage_model.behaviour.logs.totals import LogTotals
    from covage_model.ground.files.document import Reading
    from covage_model.pack.model.profile import Profile

STDIN = "-"
WHOLE_LOG = "log"  # what a finding is about that is about no single order


class CannotReplay(ValueError):
    """The log cannot be replayed; the text says what to type."""


@dataclass(slots=True, eq=False)
class ReplayedLog:
    """
    A log while it is replayed: iterate to get its findings. The log is read as they are asked for.

    `names` are the orders and variants that its orders may be, `case` is the path of the member that names an order,
    and `known` is the number of orders that were given beside the log. `totals` and `left_out` are complete once all
    findings were asked for.
    """

    file: str
    names: tuple[str, ...]
    case: str
    known: int
    _findings: Iterator[LogFinding]
    _replay: LogReplay

    def __iter__(self) -> Iterator[LogFinding]:
        return self._findings

    def showing(self, findings: Iterable[LogFinding]) -> ReplayedLog:
        """The same log with these findings in place of its own, which they are made from."""
        return replace(self, _findings=iter(findings))

    @property
    def totals(self) -> LogTotals:
        """What the orders add up to."""
        return self._replay.totals

    @property
    def left_out(self) -> Counter[str]:
        """Records of no order, by reason: unjoined, foreign."""
        return self._replay.left_out


def replay_log(
    pack: Pack,
    log: str,
    *names: str,
    orders_files: Sequence[str] = (),
    at: str = "",
    log_at: str = "",
    encoding: str | None = None,
    case: str | None = None,
    columns: Mapping[str, str] | None = None,
    profile: str | None = None,
    cut_front: bool = False,
    max_repair: int = 10,
    fail_under: float | None = None,
    stdin: bytes | Iterable[bytes] = b"",
    done: Callable[[OpenOrder], object] | None = None,
) -> ReplayedLog:
    """
    Replays the events of a log (NDJSON, JSON, CSV, Parquet or XES) on the lifecycles of these orders (default: all).

    `orders_files` are documents of the orders: they tell the variant of each, and which other objects belong to it.
    `at` says where they lie in these files, `log_at` where records lie in each document of the log, and `encoding` how
    CSV is encoded, also that of the log.
    `case` is the path of the member that tells orders apart, `columns` are paths by word (name, time, event, alias,
    variant, state); by default both are as in the `log` of the profile. With `cut_front`, the beginning of orders may
    be missing. Repairs cost at most `max_repair`. With `fail_under`, an order that could not have happened is a
    warning, and a fitness below it an error. `done` is called with each order that could have happened.

    Raises NoSuchOrder for an unknown name, CannotReplay for any other question that cannot be answered.
    """
    from covage_model.behaviour.logs.records import NoShape, shape_of
    from covage_model.behaviour.logs.replay import LogReplay

    variants = pack.explorable(names) if names else pack.variants()
    content = stdin if log == STDIN else files.chunks(log, named=True)
    is_xes, chunks = _is_xes(content, log)
    if is_xes and log_at:
        raise CannotReplay("XES says itself where its events lie: leave out --log-at")
    try:
        shape = shape_of(pack.spec, _profile(pack, profile), columns or {}, case, xes=is_xes)
    except NoShape as error:
        raise CannotReplay(str(error)) from error
    spaces = [pack.table(name) for name in variants]
    request = orders.request("record", None, None, at=at, encoding=encoding)
    known, complaints = _known(pack, variants, orders_files, request)
    severity = Severity.ERROR if fail_under is None else Severity.WARNING
    how: dict[str, Any] = {"cut_front": cut_front, "most": max_repair, "severity": severity, "done": done}
    replay = LogReplay(spaces, shape, log, known, **how)
    reader = _read_xes if is_xes else partial(_read, at=log_at, encoding=encoding)
    found = _replayed(replay, chunks, log, complaints, fail_under, reader)
    return ReplayedLog(log, tuple(variants), shape.case, len(set(known.first.values())), found, replay)


def names_are_personal(pack: Pack, log: ReplayedLog) -> bool:
    """Whether what names the orders of a log is personal: a key of these orders, or the member of their events."""
    from covage_model.behaviour.space.shown_events import is_personal
    from covage_model.report.masked_document import is_hidden

    sheets = [pack.judge.sheet(variant.name) for variant in pack.spec.variants if variant.name in log.names]
    if any(is_hidden(sheet.root, key.path) for sheet in sheets for key in sheet.key):
        return True
    case = tuple(log.case.split("."))
    return any(is_personal(pack.spec, event.value, case) for event in pack.spec.events)


def _is_xes(
    content: bytes | Iterable[bytes] | Diagnostic, file: str
) -> tuple[bool, bytes | Iterable[bytes] | Diagnostic]:
    """Whether a log is XES, by its first bytes or its name; and its content, decompressed."""
    from covage_model.ground.files import cutting, xes
    from covage_model.ground.files.kinds import BrokenArchive

    if isinstance(content, Diagnostic):
        return False, content
    chunks = cutting.chunks_of(content) if isinstance(content, bytes) else content
    try:
        head, opened = xes.opened(chunks, file)
    except BrokenArchive as broken:
        return False, broken.finding
    except OSError as error:
        return False, files.unreadable(file, error)
    return xes.looks_like_xes(head) or file.lower().endswith((".xes", ".xes.gz", ".xes.zst")), opened


def _profile(pack: Workspace, name: str | None) -> Profile | None:
    """The profile whose `log` says what events show: this one, else the usual one, else the first, if any."""
    from covage_model.api import simulate

    known = [each.name for each in pack.spec.profiles]
    if name is None and not known:
        return None
    try:
        return simulate.profile_of(pack, (name or (simulate.USUAL if simulate.USUAL in known else known[0]),))
    except simulate.CannotSimulate as error:
        raise CannotReplay(str(error)) from error


def _known(
    pack: Workspace, variants: Sequence[str], paths: Sequence[str], request: orders.Request
) -> tuple[KnownOrders, list[Diagnostic]]:
    """The orders that these files have, and findings about what could not be read."""
    from covage_model.behaviour.logs.replay import KnownOrders

    known = KnownOrders()
    complaints: list[Diagnostic] = []
    if not paths:
        return known, complaints
    sheets = [pack.judge.sheet(variant.name) for variant in pack.spec.variants]
    keys = list(dict.fromkeys(key.path for sheet in sheets for key in sheet.key))
    objects = list(dict.fromkeys(unique.path for sheet in sheets for unique in sheet.unique))
    numbers = {name: number for number, name in enumerate(variants)}
    for judged in orders.judge_files(paths, pack.judge, request):
        if judged.verdict is None or judged.document is None or judged.verdict.variant is None:
            complaints.extend(judged.findings)
            continue
        number = numbers.get(judged.verdict.variant)
        names = _texts(judged.document.data, keys)
        if number is not None and names:
            known.add(number, names, _texts(judged.document.data, objects))
    return known, complaints


def _texts(document: Any, paths: Iterable[tuple[str, ...]]) -> list[str]:
    """The values at these paths, as texts."""
    found = (value for path in paths for value in json_value.every_value_at(document, path))
    return list(dict.fromkeys(str(value) for value in found if isinstance(value, str | int)))


def _replayed(
    replay: LogReplay,
    content: bytes | Iterable[bytes] | Diagnostic,
    file: str,
    complaints: Sequence[Diagnostic],
    fail_under: float | None,
    reader: Callable[[LogReplay, bytes | Iterable[bytes], str], Iterator[LogFinding | None]],
) -> Iterator[LogFinding]:
    """The findings about the files of orders, about the log while it is read, and about it as a whole."""
    from covage_model.behaviour.logs.log_finding import LogFinding

    yield from map(LogFinding, complaints)
    if isinstance(content, Diagnostic):
        yield LogFinding(content)
        return
    try:
        for finding in reader(replay, content, file):
            yield from _emptied(replay)
            if finding is not None:
                yield finding
    except (OSError, MemoryError) as error:
        yield LogFinding(files.unreadable(file, error))
    replay.finish()
    yield from _emptied(replay)
    totals = replay.totals
    here = Location(file, 0, 0)
    if not totals.orders:
        yield LogFinding(Diagnostic("CM412", "nothing-to-replay", {"where": file}, here), WHOLE_LOG)
    elif fail_under is not None and totals.fitness < fail_under:
        arguments = {"found": f"{totals.fitness:.6g}", "least": f"{fail_under:.6g}"}
        yield LogFinding(Diagnostic("CM553", "fitness", arguments, here), WHOLE_LOG)


def _emptied(replay: LogReplay) -> Iterator[LogFinding]:
    """The findings that the replay has made since the last call."""
    yield from replay.found
    replay.found.clear()


def _read(
    replay: LogReplay, content: bytes | Iterable[bytes], file: str, *, at: str, encoding: str | None
) -> Iterator[LogFinding | None]:
    """Reads a log that is no XES; None for each record that was taken."""
    from covage_model.ground.files import read

    fast = replay.lines() if not at else None
    passes = None if fast is None else _PlainLines(fast)
    for reading in read.readings(content, file, lists=True, at=at, encoding=encoding, passes=passes):
        yield from _taken(replay, reading)


def _taken(replay: LogReplay, reading: Reading) -> Iterator[LogFinding | None]:
    from covage_model.behaviour.logs.log_finding import LogFinding

    data = reading.document.data if reading.document is not None else None
    yield from (LogFinding(finding, data) for finding in reading.findings)
    if reading.document is not None:
        replay.take(data, reading.document.first_line)
    yield None


def _read_xes(replay: LogReplay, content: bytes | Iterable[bytes], file: str) -> Iterator[LogFinding | None]:
    """Reads a log in XES; None for each record that was taken."""
    from covage_model.behaviour.logs.log_finding import LogFinding
    from covage_model.ground.files import cutting, xes

    for each in xes.events(cutting.chunks_of(content) if isinstance(content, bytes) else content, file):
        if isinstance(each, Diagnostic):
            yield LogFinding(each)
        else:
            replay.take(*each)
            yield None


class _PlainLines:
    """Hears the lines of NDJSON that the fast reader can read, and no items of lists."""

    def __init__(self, fast: LogLines) -> None:
        self.block = fast.hear

    def lines(self, lines: Sequence[bytes], number: int) -> Sequence[int]:
        """As `block`, where the lines are cut already."""
        return [*self.block(b"".join(lines), number)]

    def items(self, items: Sequence[bytes], numbers: Sequence[int]) -> int:  # noqa: ARG002  as the protocol has it
        """No item is heard here."""
        return 0
