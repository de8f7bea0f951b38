"""
Counts of what the agreement tests compared, for the table at the end of a run.

Counts are summed over tests and processes. `conftest.py` has the fixture and prints the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from effort import LONG

PROPERTY = "agreement"  # the name under which reports carry it from one process to another
WIDE = 108


class Record(Protocol):
    """Records counts under a name. Counts that several tests record under one name are summed."""

    def __call__(self, what: str, *counts: Mapping[str, int]) -> None: ...


def added(properties: Iterable[tuple[str, Any]]) -> dict[str, dict[str, int]]:
    """The counts of all tests by name, sorted by name."""
    whole: dict[str, dict[str, int]] = {}
    for name, said in properties:
        if name == PROPERTY:
            what, counts = said
            sums = whole.setdefault(what, {})
            for each, number in counts.items():
                sums[each] = sums.get(each, 0) + number
    return dict(sorted(whole.items()))


def lines(whole: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """The lines of the table: for each name, its counts."""
    yield "long profile" if LONG else "a share of the long profile, which `make proof` runs"
    for what, counts in whole.items():
        yield what
        line = "   "
        for name, number in counts.items():
            said = f" {number:,} {name}{_share(name, number, counts)},"
            if len(line) + len(said) > WIDE:
                yield line
                line = "   "
            line += said
        yield line.rstrip(",")


def _share(name: str, number: int, counts: Mapping[str, int]) -> str:
    """The count as text; a count named "of them" is given as a share of the first count."""
    whole = next(iter(counts.values()))
    return f" ({number / whole:.0%})" if name.startswith("of them") and whole else ""
