"""Judges order files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import IO, TYPE_CHECKING, Any, TypeVar

from covage_model.api import files, order_files
from covage_model.api.placed import as_spelt
from covage_model.api.placed import placed as placed
from covage_model.documents.judge.judged_document import CleanDocuments
from covage_model.documents.judge.judged_document import JudgedDocument as JudgedDocument
from covage_model.documents.judge.verdict import Account, Judge, Verdict
from covage_model.documents.presence.role import Role
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, in_order
from covage_model.ground.files import cutting, kinds, read
from covage_model.ground.files.limits import Limits
from covage_model.ground.processes.interruption import rounding_off

if TYPE_CHECKING:
    from covage_model.api.clean_lines import CleanLines
    from covage_model.api.judging_run import BytesRead
    from covage_model.api.quarantine import Spans
    from covage_model.documents.judge.compiled.plain import PlainJudge
    from covage_model.ground.files.columns import TableGuide
    from covage_model.ground.files.document import Document, Reading

Judged = TypeVar("Judged", JudgedDocument, JudgedDocument | CleanDocuments)
_WAIT = 256  # documents that are passed before they are told
FEW = 16  # a file with more documents is judged by a compiled judge: the compilation then pays off


@dataclass(frozen=True, slots=True)
class Request:
    """
    How to judge documents: the role, status and account. A role or status of None is taken from the document.

    With `exercised`, verdicts also list the definitions that were used, for a coverage record. `at` is the JSON Pointer
    to the orders within a document, where they lie in one; `*` in it means every item. `encoding` is that of CSV files,
    None for UTF-8. With `apart`, rules that nobody could check are no findings: verdicts list them as `unchecked`.
    """

    role: Role | None = None
    status: str | None = None
    account: Account | None = None
    exercised: bool = False
    at: str = ""
    encoding: str | None = None
    apart: bool = False


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

    def judged(content: bytes | Iterable[bytes], name: str) -> Iterator[JudgedDocument]:
        return judge_bytes(content, name, judge, request)

    from covage_model.api.order_run import compared

    for one in compared(judged_alone(paths, exclude, stdin, stdin_name, judged), judge):
        if isinstance(one, JudgedDocument):
            yield one


def judged_alone(
    paths: Sequence[str],
    exclude: Sequence[str],
    stdin: bytes | Iterable[bytes],
    stdin_name: str,
    judged: Callable[[bytes | Iterable[bytes], str], Iterator[Judged]],
    bytes_read: BytesRead | None = None,
    before: Callable[[], Iterable[Judged]] = tuple,
) -> Iterator[Judged | JudgedDocument]:
    """
    What `judged(content, name)` says of each file, and what cannot be read; `bytes_read` counts the bytes.

    `before()` says what comes before a file that cannot be read, and after the last.
    """
    for entry in order_files.order_files(paths, exclude=exclude, stdin_name=stdin_name):
        if isinstance(entry, Diagnostic):
            yield from before()
            yield JudgedDocument(entry.location.file, (entry,))
        elif entry.path == order_files.STDIN:
            yield from judged(stdin, stdin_name)
        else:
            content = files.chunks(entry.path, named=entry.named, known=entry.status)
            if isinstance(content, Diagnostic):
                yield from before()
                yield JudgedDocument(entry.path, (content,))
            else:
                file = content if isinstance(content, files.FileChunks) else None
                if bytes_read is not None:
                    bytes_read.begin(file)
                try:
                    yield from judged(content, entry.path)
                finally:  # where it was not read to its end
                    if file is not None:
                        file.file.close()
    yield from before()


def chunks(stream: IO[bytes] | None) -> Iterator[bytes]:
    """The chunks of a stream as they arrive, so that documents from a pipe are judged before its end; none without."""
    if stream is None:
        return iter(())
    return iter(partial(getattr(stream, "read1", stream.read), cutting.CHUNK), b"")


def judge_bytes(
    content: bytes | Iterable[bytes], name: str, judge: Judge, request: Request
) -> Iterator[JudgedDocument]:
    """Judges every document in the content of one file (bytes or chunks). An unreadable part has no verdict."""
    for each in judged_content(content, name, judge, request):
        if isinstance(each, JudgedDocument):  # the others come only where they are asked for
            yield each


def judged_content(
    content: bytes | Iterable[bytes],
    name: str,
    judge: Judge,
    request: Request,
    clean: CleanLines | None = None,
    first: int = 1,
    spans: Spans | None = None,
) -> Iterator[JudgedDocument | CleanDocuments]:
    """What is found in a file, or in the rest of NDJSON from line `first` on; `clean` passes what it can."""
    if first == 1 or clean is None or isinstance(content, bytes):
        readings = order_readings(content, name, judge, request, clean, spans)
    else:
        from covage_model.ground.files import ndjson_blocks

        readings = ndjson_blocks.records(content, name, clean, limits=Limits(), first=first)
    return judged_readings(readings, name, judge, request, clean)


def order_readings(
    content: bytes | Iterable[bytes],
    name: str,
    judge: Judge,
    request: Request,
    clean: CleanLines | None = None,
    spans: Spans | None = None,
) -> Iterator[Reading]:
    """The orders in the content of a file, whatever its format; of a request, `at`, `encoding` and the role count."""
    guide = partial(_columns, judge, request.role)
    how: dict[str, Any] = {"at": request.at, "encoding": request.encoding, "guide": guide, "spans": spans}
    return read.readings(content, name, lists=True, passes=clean, **how)


def order_document(
    path: str, judge: Judge, request: Request, *, stdin: bytes = b""
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """
    The one order of a file, read as `order_readings` does; `-` is `stdin`. None with findings if it cannot be used.

    Where the file holds several, that is a finding (CM506).
    """
    content = stdin if path == order_files.STDIN else files.chunks(path, named=True)
    if isinstance(content, Diagnostic):
        return None, (content,)
    try:
        document, unread = read.only(order_readings(content, path, judge, request), path)
    except (OSError, MemoryError) as error:
        return None, (files.unreadable(path, error),)
    several = "of a list, `--at /0` takes the first"
    unread = tuple([replace(each, hint=several) if each.code == "CM506" else each for each in unread])
    return (None, unread) if unread else (document, ())


def judged_readings(
    readings: Iterable[Reading], name: str, judge: Judge, request: Request, clean: CleanLines | None = None
) -> Iterator[JudgedDocument | CleanDocuments]:
    """Judges what is read of one file; `clean` has what was passed while it was read."""
    plain: PlainJudge | None = None
    last = 0  # the line of what was judged last
    with rounding_off() as stop:
        try:
            for number, reading in enumerate(readings):
                if number == FEW and not request.exercised:
                    from covage_model.documents.judge.compiled.plain import PlainJudge

                    plain = clean.judge if clean else PlainJudge(judge, request.role, request.status, request.account)
                line, passed = _line(reading), None
                if clean is not None:
                    passed = clean.document(reading.document) if reading.document and not reading.findings else None
                    if passed is not True or clean.waiting >= _WAIT:
                        yield from clean.taken(None if clean.waiting else line)
                if isinstance(passed, CleanDocuments):
                    yield passed
                elif reading.document is not None and not passed:
                    doubtful = passed is False and clean is not None and clean.doubtful
                    how: dict[str, Any] = {"unread": reading.findings, "plain": plain, "doubtful": doubtful}
                    yield judge_document(reading.document, judge, request, **how)
                elif reading.findings:
                    yield JudgedDocument(name, reading.findings, text=reading.text)
                last = line or last
                if stop.asked:
                    raise KeyboardInterrupt  # noqa: TRY301  handled as one that comes at any other moment
            yield from clean.taken() if clean is not None else ()
        except kinds.BrokenArchive as broken:
            yield from clean.taken() if clean is not None else ()
            yield JudgedDocument(name, (broken.finding,))
        except (OSError, MemoryError) as error:
            yield from clean.taken() if clean is not None else ()
            yield JudgedDocument(name, (files.unreadable(name, error),))
        except KeyboardInterrupt:
            if clean is not None:
                yield from clean.up_to(last)
            raise


def _columns(judge: Judge, role: Role | None) -> TableGuide:
    """What the pack knows of the columns of a table."""
    from covage_model.documents.judge.table_guide import PackColumns

    return PackColumns(judge, role)


def _line(reading: Reading) -> int | None:
    """The line on which a reading starts, None where it is no document and has no finding."""
    if reading.document is not None:
        return reading.document.first_line
    return reading.findings[0].location.line if reading.findings else None


def judge_document(
    document: Document,
    judge: Judge,
    request: Request,
    *,
    unread: tuple[Diagnostic, ...] = (),
    plain: PlainJudge | None = None,
    doubtful: bool = False,
) -> JudgedDocument:
    """
    Judges one document; each finding has its line.

    The compiled judge `plain` is tried first, if given. `doubtful`: it has already not said that the document is clean.
    """
    verdict = _verdict(document, judge, request, plain, doubtful=doubtful)
    if not verdict.findings:
        return JudgedDocument(document.file, unread, verdict, document)
    findings = in_order(placed(as_spelt(each, document, judge, verdict), document) for each in verdict.findings)
    return JudgedDocument(document.file, (*unread, *findings), replace(verdict, findings=findings), document)


def _verdict(
    document: Document, judge: Judge, request: Request, plain: PlainJudge | None, *, doubtful: bool
) -> Verdict:
    data, file = document.data, document.file
    if plain is not None and request.apart:
        return plain.closer.verdict(data, file, doubtful=doubtful)
    verdict = plain.verdict(data, file) if plain is not None else None
    verdict = verdict or judge.verdict(data, file, role=request.role, status=request.status, account=request.account)
    if not request.apart:
        return verdict
    from covage_model.documents.judge.compiled.closer import told_apart

    return told_apart(verdict)
