"""`unique` over a run: no two orders with one value at a path that must be unique."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from covage_model.documents.judge.judged_document import JudgedDocument
from covage_model.documents.judge.uniqueness import SIZE, UniqueValues, again
from covage_model.documents.judge.verdict import Judge, Verdict
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files.record_sorter import RecordSorter
from covage_model.pack.model.keys import KeyPath

LIMIT = 64 * 1024 * 1024  # bytes of memory, then digests go to disk
_SEEN = struct.Struct(f">{SIZE}sQIQI")  # digest, number of the document in the run, file, line, path
_AGAIN = struct.Struct(">QIIQIQ")  # number, path, then file and line of this order and of the first


class Uniqueness:
    """
    The orders of a run, compared by the values that `unique` names. Costs a look-up where an order has none.

    Orders are added in the order of their places. Of each value 16 bytes are kept and where the order starts.
    """

    def __init__(self, judge: Judge, limit: int | None = None) -> None:
        self._values = UniqueValues(judge)
        self._limit = LIMIT if limit is None else limit
        self._paths: dict[tuple[Location, tuple[str, ...]], tuple[int, KeyPath]] = {}
        self._files: dict[str, int] = {}
        self._seen = RecordSorter(_SEEN.size, self._limit)
        self._count = 0
        self._failure: OSError | None = None

    def digests(self, verdict: Verdict) -> tuple[bytes, ...]:
        """
        The digests of the unique values of a document, for `add`; () where nothing is unique, or it is no order.

        They do not depend on the process, so workers can make them.
        """
        return self._values.digests(verdict)

    def add(self, variant: str, digests: tuple[bytes, ...], file: str, line: int, number: int | None = None) -> None:
        """
        Takes the digests of an order of that variant which starts on `line` of `file`.

        Its `number` for `repeats` must be higher than those before it; None counts.
        """
        self._count = self._count + 1 if number is None else number
        for said, digest in zip(self._values.of_variant(variant).paths, digests, strict=False):
            if digest and self._failure is None:
                number, _ = self._paths.setdefault((said.origin.location, said.path), (len(self._paths), said))
                place = self._files.setdefault(file, len(self._files))
                try:
                    self._seen.add(_SEEN.pack(digest, self._count, place, line, number))
                except OSError as error:
                    self._failure = error
                    self._seen.close()

    def add_document(self, judged: JudgedDocument, number: int | None = None) -> None:
        """Takes a document that was judged; what could not be read, or is no order, is not compared."""
        if judged.verdict is not None and judged.verdict.variant is not None and judged.document is not None:
            digests = self.digests(judged.verdict)
            if digests:
                self.add(judged.verdict.variant, digests, judged.file, judged.document.first_line, number)

    def findings(self) -> Iterator[Diagnostic]:
        """A finding for each order that has a value of an earlier one, in the order in which they came (CM415)."""
        return (finding for _, finding in self.repeats())

    def repeats(self) -> Iterator[tuple[int | None, Diagnostic]]:
        """The same with the number of each order; None for the finding that not all orders were compared."""
        files, paths = list(self._files), [said for _, said in self._paths.values()]
        repeats = RecordSorter(_AGAIN.size, self._limit)
        try:
            if self._failure is not None:
                raise self._failure
            for record in self._repeated():
                repeats.add(record)
            for record in repeats.records():
                number, path, file, line, first_file, first_line = _AGAIN.unpack(record)
                yield number, again(paths[path], files[file], line, files[first_file], first_line)
        except OSError as error:
            yield None, _unfinished(error)
        finally:
            repeats.close()
            self._seen.close()

    def _repeated(self) -> Iterator[bytes]:
        """Of each value that several orders have, all but the first."""
        known, first_file, first_line = b"", 0, 0
        for record in self._seen.records():
            digest, count, file, line, path = _SEEN.unpack(record)
            if digest == known:
                yield _AGAIN.pack(count, path, file, line, first_file, first_line)
            else:
                known, first_file, first_line = digest, file, line


def _unfinished(error: OSError) -> Diagnostic:
    from tempfile import gettempdir

    detail = error.strerror or str(error)
    return Diagnostic("CM415", "unfinished", {"detail": detail}, Location(gettempdir(), 0, 0))
