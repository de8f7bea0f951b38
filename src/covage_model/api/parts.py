"""Large NDJSON judged in several processes, here or on a cluster: part by part, with the same results in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import field
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from covage_model.api import files
from covage_model.documents.judge.judged_document import CleanDocuments, JudgedDocument
from covage_model.documents.judge.verdict import Judge, judge_of
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import cutting, kinds, ndjson_blocks, opening
from covage_model.ground.files.limits import Limits

if TYPE_CHECKING:
    from covage_model.api.orders import Request
    from covage_model.ground.processes.cluster import DaskCluster
    from covage_model.pack.model.pack import SpecPack

PART = 4 * 2**20  # bytes that a process judges at once
LEAST = 4  # parts below which no process is started
_BLOCK = 2**18  # bytes after which a process looks whether it is to stop
_AHEAD = 3  # parts of each process that wait
_Result = JudgedDocument | CleanDocuments
_Part = tuple[str, int, bytes]  # the file, the number of the first line, and the lines


@dataclass(slots=True)
class _Parts:
    """The parts of one file, taken as they are needed; `waiting` are those that nobody has answered yet."""

    source: Iterator[tuple[int, bytes] | Iterable[bytes]]
    file: str
    waiting: deque[tuple[int, bytes]] = field(default_factory=deque)
    rest: Iterable[bytes] | None = None
    next_line: int = 1
    error: OSError | MemoryError | kinds.BrokenArchive | None = None

    def __iter__(self) -> Iterator[_Part]:
        try:
            for part in self.source:
                if not isinstance(part, tuple):
                    self.rest = part
                    return
                number, content = part
                self.waiting.append(part)
                self.next_line = number + len(content.splitlines())
                yield self.file, number, content
        except (OSError, MemoryError, kinds.BrokenArchive) as error:
            self.error = error  # after what was read before it

    def content(self) -> Iterator[bytes]:
        """What is not answered, and all that follows."""
        yield from (content for _, content in self.waiting)
        for part in self.source if self.error is None and self.rest is None else ():
            if isinstance(part, tuple):
                yield part[1]
            else:
                yield from part
        yield from self.rest or ()
        if self.error is not None:
            raise self.error


def judged(
    content: bytes | Iterable[bytes],
    file: str,
    judge: Judge,
    request: Request,
    *,
    lists: bool,
    each: bool,
    jobs: int | None,
    cluster: DaskCluster | None,
    alone: Callable[[Iterable[bytes], int], Iterator[_Result]],
) -> Iterator[_Result]:
    """
    What is found in one file, by `jobs` processes or a cluster where it is large NDJSON.

    `alone(chunks, line)` judges in this process what begins at that line of the file. It takes over at a document
    over several lines, or a line that is far too long: what follows depends on where those end.
    """
    layout = opening.layout(content, file, at=request.at, encoding=request.encoding)
    if layout.kind != "lines" or request.at:
        yield from alone(layout.chunks, 1)
        return
    source = ndjson_blocks.parts(layout.chunks, PART, limits=Limits())
    parts = _Parts(source, file)
    first = list(islice(parts, LEAST))
    if len(first) < LEAST or parts.error is not None:
        yield from alone(parts.content(), 1)
        return
    given, tasks = (judge.pack, request, lists, each), chain(first, parts)
    empty = True
    with closing(_answers(given, tasks, jobs, cluster)) as answers:
        for found in answers:
            if found is None:
                break
            parts.waiting.popleft()
            empty = empty and not found
            yield from found
    for after in _after(parts, alone):
        empty = False
        yield after
    if empty:
        yield JudgedDocument(file, (Diagnostic("CM001", "empty", {}, Location(file, 0, 0)),))


def _answers(
    given: tuple[Any, ...], tasks: Iterator[_Part], jobs: int | None, cluster: DaskCluster | None
) -> Generator[list[_Result] | None, None, None]:
    """What the processes or the cluster answer to each part, in the order of the parts."""
    if cluster is not None:
        return cluster.results(prepare, given, tasks, lost=_lost, ahead=_AHEAD)
    from covage_model.ground.processes import workers  # late: few files are large

    how: dict[str, Any] = {"jobs": jobs or workers.processors(), "lost": _lost, "ahead": _AHEAD, "partly": True}
    return workers.results(prepare, given, tasks, here=prepare(*given), **how)


def _after(parts: _Parts, alone: Callable[[Iterable[bytes], int], Iterator[_Result]]) -> Iterator[_Result]:
    """What comes after the last part that was answered: the rest of the file, or why it cannot be read."""
    if parts.waiting:
        yield from alone(parts.content(), parts.waiting[0][0])
    elif parts.rest is not None:
        yield from alone(parts.rest, parts.next_line)
    elif isinstance(parts.error, kinds.BrokenArchive):
        yield JudgedDocument(parts.file, (parts.error.finding,))
    elif parts.error is not None:
        yield JudgedDocument(parts.file, (files.unreadable(parts.file, parts.error),))


def prepare(
    pack: SpecPack,
    request: Request,
    lists: bool,  # noqa: FBT001  workers pass places
    each: bool = False,  # noqa: FBT001, FBT002  workers pass places
) -> Callable[[_Part], list[_Result] | None]:
    """What a worker does with a part: its results, or None where the part alone does not decide them."""
    from covage_model.api import orders
    from covage_model.api.clean_lines import CleanLines
    from covage_model.documents.judge.compiled.plain import PlainJudge
    from covage_model.ground.processes import workers

    judge = judge_of(pack)
    plain = PlainJudge(judge, request.role, request.status, request.account)

    def answer(part: _Part) -> list[_Result] | None:
        file, number, content = part
        clean = CleanLines(plain, file, lists, each, few=0)
        blocks = workers.until_stopped(cutting.blocks_of(content, _BLOCK))
        records = ndjson_blocks.records(blocks, file, clean, limits=Limits(), first=number, part=True)
        try:
            return list(orders.judged_readings(records, file, judge, request, clean))
        except ndjson_blocks.GoesOn:
            return None

    return answer


def _lost(part: _Part, why: str) -> list[_Result]:
    file, number, content = part
    arguments = {"first": number, "last": number + len(content.splitlines()) - 1, "why": why}
    return [JudgedDocument(file, (Diagnostic("CM416", "lost", arguments, Location(file, number, 1)),))]
