"""Judges the files of a run: quickly what is plainly clean, large NDJSON in several processes, then what is unique."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from covage_model.api import files, orders
from covage_model.documents.judge.judged_document import CleanDocuments, JudgedDocument
from covage_model.ground.classes import dataclass
from covage_model.ground.files import opening

if TYPE_CHECKING:
    from covage_model.api.clean_lines import CleanLines
    from covage_model.api.judging_run import BytesRead
    from covage_model.api.quarantine import Quarantine, Spans
    from covage_model.api.small_files import SmallFiles
    from covage_model.api.uniqueness import Uniqueness
    from covage_model.documents.judge.compiled.plain import PlainJudge
    from covage_model.documents.judge.verdict import Judge
    from covage_model.ground.processes.cluster import DaskCluster

Content = bytes | Iterable[bytes]
_Found = Iterator[JudgedDocument | CleanDocuments]
_SMALL = 2**16  # bytes of a file that may be judged before anything is compiled


def judge_run(
    paths: Sequence[str],
    judge: Judge,
    request: orders.Request,
    *,
    exclude: Sequence[str] = (),
    stdin: Content = b"",
    stdin_name: str = "-",
    lists: bool = True,
    jobs: int | None = None,
    quarantine: Quarantine | None = None,
    bytes_read: BytesRead | None = None,
    cluster: DaskCluster | None = None,
) -> _Found:
    """
    As `orders.judge_files`, but NDJSON that is plainly clean comes as `CleanDocuments`, without an object for each, and
    rules that nobody could check are apart from the findings.

    With `lists`, each of them has its line, in the order of the file. Large files are judged in `jobs` processes
    (None: the processors, but one for stdin), or by the workers of a `cluster`; what comes is the same. `quarantine`
    keeps the bytes of all files, `bytes_read` counts them as they are read.
    """
    small = orders.FEW if len(paths) > 2 * orders.FEW else 0  # so many pay for the compilation
    run = _Run(judge, replace(request, apart=True), stdin, lists, jobs, cluster, quarantine, small)
    judged = orders.judged_alone(paths, exclude, stdin, stdin_name, run.judged, bytes_read, run.waiting)
    return compared(judged, judge, quarantine)


@dataclass(slots=True, repr=False, eq=False)
class _Run:
    """How the files of a run are judged. Nothing is loaded or compiled for a few small files."""

    judge: Judge
    request: orders.Request
    stdin: Content
    lists: bool
    jobs: int | None
    cluster: DaskCluster | None
    quarantine: Quarantine | None
    small: int  # small files that were judged so far without a compiled judge
    _plain: PlainJudge | None = None
    _together: SmallFiles | None = None

    def judged(self, content: Content, name: str) -> _Found:
        """What is found in one file, after those that waited; nothing of a small one that waits itself."""
        if self.quarantine is None and isinstance(content, files.FileChunks) and self._is_json(name):
            if self.small < orders.FEW and content.size < _SMALL:
                self.small += 1
                return orders.judged_content(content, name, self.judge, self.request)
            together = self._files()
            if together is not None and together.take(content, name):
                return together.judged() if together.full else iter(())
        return chain(self.waiting(), self._one(content, name))

    def waiting(self) -> _Found:
        """What is found in the small files that wait."""
        if self._together is not None:
            yield from self._together.judged()

    def _is_json(self, name: str) -> bool:
        return not self.request.at and opening.format_of(name) == "json"

    def _files(self) -> SmallFiles | None:
        """The small files that wait; None where each order is listed, or every verdict is to say what was exercised."""
        if self._together is None and not self.lists and not self.request.exercised:
            from covage_model.api.small_files import SmallFiles

            self._together = SmallFiles(self._clean_lines, self._small_file)
        return self._together

    def _small_file(self, content: bytes, name: str) -> _Found:
        passed = self._clean_lines(name).small_file(content)
        return self._found(content, name, here=True) if passed is None else passed

    def _one(self, content: Content, name: str) -> _Found:
        """What is found in one file; with a quarantine, its bytes are sorted too."""
        may_be_lines = content is self.stdin or opening.format_of(name) in ("json", "ndjson")
        one = self.jobs == 1 or (self.jobs is None and content is self.stdin)
        here = not may_be_lines or (one and self.cluster is None) or self.request.exercised
        if self.quarantine is None:
            return self._found(content, name, here=here)
        layout = opening.layout(content, name, at=self.request.at, encoding=self.request.encoding)
        return self.quarantine.sorted(
            layout, name, lambda chunks, spans: self._found(chunks, name, here=here, spans=spans)
        )

    def _found(self, content: Content, name: str, *, here: bool, spans: Spans | None = None) -> _Found:
        def alone(chunks: Content, first: int) -> _Found:
            return orders.judged_content(chunks, name, self.judge, self.request, self._clean(name), first, spans)

        if here:
            return alone(content, 1)
        from covage_model.api import parts

        given: dict[str, Any] = {"lists": self.lists, "each": self.quarantine is not None, "alone": alone}
        given |= {"jobs": self.jobs, "cluster": self.cluster}
        return parts.judged(content, name, self.judge, self.request, **given)

    def _clean(self, name: str) -> CleanLines | None:
        """What passes the plainly clean; None where every verdict is to say what was exercised."""
        return None if self.request.exercised else self._clean_lines(name)

    def _clean_lines(self, name: str) -> CleanLines:
        from covage_model.api.clean_lines import CleanLines
        from covage_model.documents.judge.compiled.plain import PlainJudge

        if self._plain is None:
            request = self.request
            self._plain = PlainJudge(self.judge, request.role, request.status, request.account, asked=self.small)
        return CleanLines(self._plain, name, self.lists, self.quarantine is not None)


def compared(
    judged: Iterable[JudgedDocument | CleanDocuments], judge: Judge, quarantine: Quarantine | None = None
) -> _Found:
    """What is judged, then what is not unique among it."""
    uniqueness: Uniqueness | None = None
    for one in judged:
        if uniqueness is None and _has_unique(one, judge):
            from covage_model.api.uniqueness import Uniqueness

            uniqueness = Uniqueness(judge)
        if uniqueness is not None:
            _add(one, uniqueness, quarantine)
        yield one
    for which, finding in uniqueness.repeats() if uniqueness is not None else ():
        if quarantine is not None and which is not None:
            quarantine.add_late(which, finding)
        yield JudgedDocument(finding.location.file, (finding,))


def _has_unique(one: JudgedDocument | CleanDocuments, judge: Judge) -> bool:
    """Whether a value of what was judged may be unique."""
    if isinstance(one, CleanDocuments):
        return any(kind.unique for _, kind, _ in one.each)
    variant = one.verdict.variant if one.verdict is not None else None
    return variant is not None and bool(judge.sheet(variant).unique)


def _add(one: JudgedDocument | CleanDocuments, uniqueness: Uniqueness, quarantine: Quarantine | None) -> None:
    def number(line: int) -> int | None:
        return quarantine.number(line) if quarantine is not None else None

    if isinstance(one, JudgedDocument):
        uniqueness.add_document(one, number(one.document.first_line) if one.document is not None else None)
        return
    for line, kind, verdict in one.each:
        if kind.unique and verdict is not None:
            uniqueness.add(kind.variant, uniqueness.digests(verdict), one.file, line, number(line))
