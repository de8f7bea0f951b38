"""Sorts records of bytes, of which there may be more than memory should hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

_OVERHEAD = 41  # bytes that Python needs for a record besides its content: a header, and a pointer in the list
_BLOCK = 4096  # records read from a run at a time


class RecordSorter:
    """
    Takes records of one length, and gives them back in the order of their bytes.

    Once they take `limit` bytes of memory they go to a temporary file that nobody else can open. Adding and sorting
    raise OSError where it cannot be written.
    """

    def __init__(self, size: int, limit: int) -> None:
        self._size = size
        self._most = max(1, limit // (size + _OVERHEAD))
        self._held: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._runs: list[tuple[int, int]] = []  # of each sorted run in the file: where it starts and ends

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._held) + sum(end - start for start, end in self._runs) // self._size

    def add(self, record: bytes) -> None:
        """Takes one more record."""
        self._held.append(record)
        if len(self._held) >= self._most:
            self._spill()

    def _spill(self) -> None:
        if self._file is None:
            from tempfile import TemporaryFile  # slow to load, and few runs are that long

            self._file = TemporaryFile()  # noqa: SIM115  closed with the sorter; unlinked, mode 0600
        start = self._runs[-1][1] if self._runs else 0
        self._file.seek(start)
        self._held.sort()
        self._file.writelines(self._held)
        self._file.flush()
        self._runs.append((start, start + len(self._held) * self._size))
        self._held.clear()

    def records(self) -> Iterator[bytes]:
        """All records, sorted."""
        self._held.sort()
        if self._file is None:
            return iter(self._held)
        import heapq

        return heapq.merge(self._held, *(self._run(start, end) for start, end in self._runs))

    def _run(self, start: int, end: int) -> Iterator[bytes]:
        assert self._file is not None  # there are runs in no other case
        size = self._size
        for here in range(start, end, _BLOCK * size):
            self._file.seek(here)
            block = self._file.read(min(_BLOCK * size, end - here))
            yield from (block[at : at + size] for at in range(0, len(block), size))

    def close(self) -> None:
        """Lets the records go."""
        self._held.clear()
        self._runs.clear()
        if self._file is not None:
            self._file.close()
            self._file = None
