"""A run of `validate` as it goes: how far it is, and how it ends at a Ctrl-C."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from io import FileIO

from covage_model.api.files import FileChunks
from covage_model.documents.judge.judged_document import CleanDocuments, JudgedDocument
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.processes.interruption import Interruptible


class QuarantineFailed(Exception):
    """The bytes cannot be kept. The argument is the OSError; this is none, so that no reader takes it for its own."""


@dataclass(slots=True)
class BytesRead:
    """How many bytes of the files of a run were read so far."""

    _before: int = 0  # those of earlier files
    _size: int = 0
    _file: FileIO | None = None

    def begin(self, content: FileChunks | None) -> None:
        """The next file is read; None for a pipe."""
        self._before += self._size
        self._file, self._size = (None, 0) if content is None else (content.file, content.size)

    def __int__(self) -> int:
        """The number of bytes."""
        return self._before + (self._size if self._file is None or self._file.closed else self._file.tell())


@dataclass(slots=True)
class JudgingRun:
    """
    What was judged, as it comes; at a Ctrl-C the last of it says so, and `interrupted` is true.

    `documents` counts what was judged so far, `last` is up to where, and `complete` says that nothing is left.
    """

    judged: Iterable[JudgedDocument | CleanDocuments]
    first: str  # the first file
    interrupted: bool = False
    documents: int = 0
    complete: bool = False
    last: Location = field(init=False)

    def __post_init__(self) -> None:
        """Nothing is judged yet."""
        self.last = Location(self.first, 0, 0)

    def __iter__(self) -> Iterator[JudgedDocument | CleanDocuments]:
        run = Interruptible(self.judged)
        for each in run:
            self.last = _last(each)
            self.documents += _documents(each)
            yield each
        if run.interrupted:
            self.interrupted = True
            yield JudgedDocument(self.last.file, (Diagnostic("CM416", "interrupted", {}, self.last),))
        self.complete = not run.interrupted


def _documents(each: JudgedDocument | CleanDocuments) -> int:
    if isinstance(each, CleanDocuments):
        return sum(count for _, count, _ in each.counts)
    return int(each.verdict is not None)


def _last(each: JudgedDocument | CleanDocuments) -> Location:
    """Up to where a file was judged."""
    if isinstance(each, CleanDocuments):
        return Location(each.until or each.file, each.last, 1)
    if each.unreadable:
        return each.findings[0].location
    return Location(each.file, each.document.first_line, 1) if each.document is not None else Location(each.file, 0, 0)
