"""The fast yes for lines and for items of lists: the plainly clean are counted, and nobody else reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Any

from covage_model.api import orders
from covage_model.documents.judge.compiled.line_reading import LineReading, line_reading
from covage_model.documents.judge.compiled.plain import Plain, PlainJudge
from covage_model.documents.judge.judged_document import CleanDocuments
from covage_model.documents.judge.verdict import Verdict
from covage_model.ground.classes import dataclass
from covage_model.ground.files import plain_json
from covage_model.ground.files.document import Document

_MANY = 4_000  # lines of a run after which typed decoding pays off


@dataclass(slots=True)
class CleanLines:
    """
    Passes the documents of one file that are plainly clean, for `read.readings`, and keeps what they were judged as.

    With `lists`, every one is kept with its line. Else they are counted, but those that are compared with others of the
    run are kept too, and with `each` all.
    """

    judge: PlainJudge
    file: str
    lists: bool = False
    each: bool = False  # whether every line is kept though nobody lists them
    few: int | None = None  # documents that are read closely before anything is compiled; None: as `orders.FEW`
    _seen: int = 0
    _counts: dict[Plain, tuple[int, int]] = field(default_factory=dict)  # how many, and the line of the first
    _each: list[tuple[int, Plain, Verdict | None]] = field(default_factory=list)
    _kept: set[int] = field(default_factory=set)  # of the lines at hand, by index
    _last: int = 0
    waiting: int = 0  # documents that were passed
    doubtful: bool = False  # whether the document that was asked about last is not plainly clean
    _block: tuple[Sequence[Plain | None], Sequence[int]] = ((), ())  # the lines that were counted last
    _in_list: bool = False  # whether a document that is read comes after all that is kept

    @property
    def _few(self) -> int:
        return orders.FEW if self.few is None else self.few

    def lines(self, lines: Sequence[bytes], number: int) -> Sequence[int]:
        """Which lines, by index, have still to be read; the first has that number in the file."""
        self._seen += len(lines)
        if self._seen <= self._few:
            return range(len(lines))
        numbers = range(number, number + len(lines))
        found = self._found(lines, numbers)
        self._count(found, numbers)
        self._block = found, numbers
        if None not in found:
            return ()
        return [index for index, plain in enumerate(found) if plain is None and index not in self._kept]

    def items(self, items: Sequence[bytes], numbers: Sequence[int]) -> int:
        """How many items of a list need no reading, from the first on; `numbers` has the line of each."""
        if self._seen + len(items) <= self._few:
            self._seen += 1
            return 0
        self._in_list = True
        found = self._found(items, numbers, to_doubt=True)
        self._count(found, numbers)
        self._seen += len(found)
        return len(found)

    def small_files(self, contents: Sequence[bytes]) -> Sequence[Plain | None]:
        """What the one document of each small JSON file is; None where that takes a closer look, or is kept."""
        return self._found(contents, range(1, len(contents) + 1))

    def small_file(self, content: bytes) -> Iterator[CleanDocuments] | None:
        """A small JSON file that is one plainly clean document, which may be kept; None else."""
        found = self._found([content], (1,), to_doubt=True)
        if not found:
            return None
        self._count(found, (1,))
        return self.taken()

    def _count(self, found: Sequence[Plain | None], numbers: Sequence[int]) -> None:
        counts = self._counts
        for plain, count in Counter(() if self.lists else found).items():
            if plain is not None:
                before, first = counts.get(plain, (0, 0))
                counts[plain] = (before + count, first or numbers[found.index(plain)])
        if found:
            self._last = numbers[len(found) - 1]

    def _found(self, lines: Sequence[bytes], numbers: Sequence[int], *, to_doubt: bool = False) -> list[Plain | None]:
        """
        What each line is, None where that takes a closer look, or where it is kept.

        With `to_doubt`, only up to the first that takes a closer look, which is not among them.
        """
        found: list[Plain | None] = []
        add = found.append
        reading = self._line_reading(len(lines))
        read, look, ready, errors = reading.read, reading.look, reading.ready, reading.errors
        small = plain_json.SMALL
        keeps = self.lists or self.each
        self._kept = set()
        for line in lines:
            value = None
            try:
                value = read(line)
                said = ready[look(value)](value)
            except errors:  # no JSON, or seen for the first time, or odd
                said = reading.accepted(value) if value is not None else None
            plain = None
            if said is not None:
                members, plain = said
                # Each key that was written has a colon after it: where the line has no more of them than the value has
                # members, no key was dropped for one that is written twice.
                if line.count(b":") != members or plain.numbers or len(line) > small:
                    plain = reading.closer(line, value, members, plain)
            if plain is None:
                if to_doubt:
                    break
                add(None)
            elif keeps or (plain.unique and reading.has(value, plain.unique)):
                self._keep(plain, reading.plain(value), numbers[len(found)], len(found))
                add(None)
            else:
                add(plain)
        return found

    def _line_reading(self, count: int) -> LineReading:
        """How the next lines are read; typed decoding takes time to prepare, so it is for many."""
        judge = self.judge
        judge.lines_read += count
        many = self.few == 0 or judge.lines_read > _MANY
        if judge.lines is None or (many and not judge.lines.tried_typed):
            judge.lines = line_reading(judge, typed=many)
        return judge.lines

    def _keep(self, plain: Plain, value: Any, line: int, index: int) -> None:
        verdict = self.judge.clean_verdict(plain, value, self.file) if plain.key or plain.unique else None
        self._each.append((line, plain, verdict))
        self._kept.add(index)

    def document(self, document: Document) -> CleanDocuments | bool:
        """
        Whether a document that was read is plainly clean, and nobody lists it.

        True where it waits with others, until `taken`. It does not wait where lines of the file do, or each is kept.
        """
        self.judge.asked += 1
        self.doubtful = False
        if self.lists or self.judge.asked <= self._few:
            return False
        plain = self.judge.plain(document.data)
        if plain is None:
            self.doubtful = True
            return False
        line, is_unique = document.first_line, False
        for name in plain.unique:
            is_unique = is_unique or name in document.data
        verdict = self.judge.clean_verdict(plain, document.data, self.file) if is_unique else None
        if self._seen or self._in_list or self.each:
            return CleanDocuments(self.file, [(plain, 1, line)], line, [(line, plain, verdict)])
        self.waiting += 1
        self._last = line
        if is_unique:
            self._each.append((line, plain, verdict))
        else:
            count, first = self._counts.get(plain, (0, line))
            self._counts[plain] = (count + 1, first)
        return True

    def taken(self, before: int | None = None) -> Iterator[CleanDocuments]:
        """What was passed since the last call, or up to line `before`, which is not among them; nothing for none."""
        self.waiting = 0
        ready = [one for one in self._each if before is None or self._in_list or one[0] < before]
        if ready:
            self._each = self._each[len(ready) :]
            counts: dict[Plain, tuple[int, int]] = {}
            for line, plain, _ in ready:
                count, first = counts.get(plain, (0, line))
                counts[plain] = (count + 1, first)
            yield CleanDocuments(self.file, _counted(counts), ready[-1][0], ready)
        if before is None and self._counts:
            yield CleanDocuments(self.file, _counted(self._counts), self._last)
            self._counts = {}

    def up_to(self, line: int) -> Iterator[CleanDocuments]:
        """What was passed up to that line, where nobody will read the lines after it: they are not judged."""
        for plain, number in zip(*self._block, strict=True):
            if number > line and plain in self._counts:
                count, first = self._counts.pop(plain)
                if count > 1:
                    self._counts[plain] = count - 1, first
        self._last = min(self._last, line)
        yield from self.taken(line + 1)
        yield from self.taken()


def _counted(counts: dict[Plain, tuple[int, int]]) -> list[tuple[Plain, int, int]]:
    return [(plain, count, first) for plain, (count, first) in counts.items()]
