"""Text that is written later than it comes, however much it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

_AT_ONCE = 1 << 20  # characters


class Spool:
    """Takes texts, and gives them back in the order in which they came. They wait in a temporary file."""

    def __init__(self) -> None:
        self._file: IO[str] | None = None

    def add(self, text: str) -> None:
        """Takes one more text. Raises OSError where it cannot be written."""
        if self._file is None:
            from tempfile import TemporaryFile  # slow to load, and few runs need it

            self._file = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115  closed with the spool; unlinked, mode 0600
        self._file.write(text)

    def texts(self) -> Iterator[str]:
        """All texts, in pieces."""
        if self._file is None:
            return
        self._file.seek(0)
        while text := self._file.read(_AT_ONCE):
            yield text

    def close(self) -> None:
        """Lets the texts go."""
        if self._file is not None:
            self._file.close()
            self._file = None
