"""Judges order files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, TYPE_CHECKING

from covage_model.api import files, order_files
from covage_model.api.uniqueness import Uniqueness
from covage_model.documents.judge.judged_document import CleanDocuments
from covage_model.documents.judge.judged_document import JudgedDocument as JudgedDocument
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.documents.presence.role import Role
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import cutting, read
from covage_model.ground.processes.interruption import Interruptible

if TYPE_CHECKING:
    from covage_model.documents.judge.plain import PlainJudge
    from covage_model.ground.files.columns import TableGuide
    from covage_model.ground.files.document import Document

FEW = 32  # a file with more documents is judged by a compiled judge: the compilation then pays off


@dataclass(frozen=True, slots=True)
class Request:
    """
    How to judge documents: the role, status and account. A role or status of None is taken from the document.

    With `exercised`, verdicts also list the definitions that were used, for a coverage record. `at` is the JSON Pointer
    to the orders within a document, where they lie in one; `*` in it means every item. `encoding` is that of CSV files,
    None for UTF-8.
    """

    role: Role | None = None
    status: str | None = None
    account: Account | None = None
    exercised: bool = False
    at: str = ""
    encoding: str | None = None


def request(
    role: str,
    status: str | None,
    account: Account | None,
    *,
    exercised: bool = False,
    at: str = "",
    encoding: str | None = None,
) -> Request:
    """A `Request` with the role as text; `auto` takes the role from each document."""
    return Request(None if role == "auto" else Role(role), status, account, exercised, at, encoding)


def judge_files(
    paths: Sequence[str],
    judge: Judge,
    request: Request,
    *,
    exclude: Sequence[str] = (),
    stdin: bytes | Iterable[bytes] = b"",
    stdin_name: str = "-",
) -> Iterator[JudgedDocument]:
    """
    Judges every document of every file, lazily and in the given order; what is not unique among them comes last.

    `paths` and `exclude` are as for `order_files`. `-` reads `stdin` (bytes or chunks).
    """
    uniqueness = Uniqueness(judge)
    for one in _judged_alone(paths, judge, request, exclude, stdin, stdin_name):
        uniqueness.add_document(one)
        yield one
    yield from (JudgedDocument(finding.location.file, (finding,)) for finding in uniqueness.findings())


def _judged_alone(
    paths: Sequence[str],
    judge: Judge,
    request: Request,
    exclude: Sequence[str],
    stdin: bytes | Iterable[bytes],
    stdin_name: str,
) -> Iterator[JudgedDocument]:
    for entry in order_files.order_files(paths, exclude=exclude, stdin_name=stdin_name):
        if isinstance(entry, Diagnostic):
            yield JudgedDocument(entry.location.file, (entry,))
        elif entry.path == order_files.STDIN:
            yield from judge_bytes(stdin, stdin_name, judge, request)
        else:
            content = files.chunks(entry.path, named=entry.named)
            if isinstance(content, Diagnostic):
                yield JudgedDocument(entry.path, (content,))
            else:
                yield from judge_bytes(content, entry.path, judge, request)


@dataclass(slots=True)
class JudgingRun:
    """What was judged, as it comes; at a Ctrl-C the last of it says so, and `interrupted` is true."""

    judged: Iterable[JudgedDocument | CleanDocuments]
    first: str  # the first file
    interrupted: bool = False

    def __iter__(self) -> Iterator[JudgedDocument | CleanDocuments]:
        run = Interruptible(self.judged)
        where = Location(self.first, 0, 0)
        for each in run:
            where = _last(each)
            yield each
        if run.interrupted:
            self.interrupted = True
            yield JudgedDocument(where.file, (Diagnostic("CM416", "interrupted", {}, where),))


def _last(each: JudgedDocument | CleanDocuments) -> Location:
    """Up to where a file was judged."""
    if isinstance(each, CleanDocuments):
        return Location(each.file, each.last, 1)
    return Location(each.file, each.document.first_line, 1) if each.document is not None else Location(each.file, 0, 0)


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """The chunks of a stream as they arrive, so that documents from a pipe are judged before its end."""
    return iter(partial(getattr(stream, "read1", stream.read), cutting.CHUNK), b"")


def judge_bytes(
    content: bytes | Iterable[bytes], name: str, judge: Judge, request: Request
) -> Iterator[JudgedDocument]:
    """Judges every document in the content of one file (bytes or chunks). An unreadable part has no verdict."""
    guide = partial(_columns, judge, request.role)
    readings = read.readings(content, name, lists=True, at=request.at, guide=guide, encoding=request.encoding)
    plain: PlainJudge | None = None
    try:
        for number, reading in enumerate(readings):
            if number == FEW and not request.exercised:
                from covage_model.documents.judge.plain import PlainJudge

                plain = PlainJudge(judge, request.role, request.status, request.account)
            if reading.document is None:
                yield JudgedDocument(name, reading.findings, text=reading.text)
            else:
                yield judge_document(reading.document, judge, request, unread=reading.findings, plain=plain)
    except (OSError, MemoryError) as error:
        yield JudgedDocument(name, (files.unreadable(name, error),))


def _columns(judge: Judge, role: Role | None) -> TableGuide:
    """What the pack knows of the columns of a table."""
    from covage_model.documents.judge.table_guide import PackColumns

    return PackColumns(judge, role)


def judge_document(
    document: Document,
    judge: Judge,
    request: Request,
    *,
    unread: tuple[Diagnostic, ...] = (),
    plain: PlainJudge | None = None,
) -> JudgedDocument:
    """Judges one document; each finding has its line. The compiled judge `plain` is tried first, if given."""
    verdict = plain.verdict(document.data, document.file) if plain is not None else None
    verdict = verdict or judge.verdict(
        document.data, document.file, role=request.role, status=request.status, account=request.account
    )
    findings = tuple(sorted((placed(each, document) for each in verdict.findings), key=Diagnostic.sort_key))
    return JudgedDocument(document.file, (*unread, *findings), replace(verdict, findings=findings), document)


def placed(finding: Diagnostic, document: Document) -> Diagnostic:
    """The finding with its line and column: those of the key for an unknown or forbidden field, else of the value."""
    where = finding.location.pointer
    at_key = finding.code in ("CM405", "CM406", "CM409")
    return replace(finding, location=document.key_at(where) if at_key else document.at(where))
