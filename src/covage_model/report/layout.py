"""Tables for a terminal, for Markdown and for a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from covage_model.ground import escape

_LEAST = 8  # columns are not squeezed below this many characters


def text_table(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int, weights: Sequence[float] = ()) -> str:
    """
    A table at most `width` characters wide, if possible: cells wrap, and empty columns are left out.

    Columns that do not fit share the width by their `weights` (default: equal).

    >>> print(text_table(["a", "b", "c"], [["1", "", "two words"]], 9), end="")
    a  c
    -  -----
    1  two
       words
    """
    shown = [number for number in range(len(heads)) if any(row[number] for row in rows)]
    if not shown:
        return ""
    cells = [[heads[number] for number in shown], *([row[number] for number in shown] for row in rows)]
    shares = [weights[number] if weights else 1.0 for number in shown]
    widths = _widths(cells, width - 2 * (len(shown) - 1), shares)
    lines: list[str] = []
    for row in cells:
        lines += _row([_wrapped(cell, size) for cell, size in zip(row, widths, strict=True)], widths)
    heads_end = max(len(_wrapped(cell, size)) for cell, size in zip(cells[0], widths, strict=True))
    lines.insert(heads_end, "  ".join("-" * size for size in widths))
    return "".join(f"{line}\n" for line in lines)


def _row(wrapped: list[list[str]], widths: list[int]) -> list[str]:
    height = max(map(len, wrapped))
    padded = [lines + [""] * (height - len(lines)) for lines in wrapped]
    return [
        "  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip()
        for row in zip(*padded, strict=True)
    ]


def _widths(cells: list[list[str]], room: int, shares: Sequence[float]) -> list[int]:
    """The width of each column: columns far above their share are narrowed until all fit."""
    wanted = [max(map(len, column)) for column in zip(*cells, strict=True)]
    while sum(wanted) > room and max(wanted) > _LEAST:
        taken = [size / share if size > _LEAST else 0 for size, share in zip(wanted, shares, strict=True)]
        wanted[taken.index(max(taken))] -= 1
    return [
        min(size, max(len(line) for cell in column for line in _wrapped(cell, size)))
        for size, column in zip(wanted, zip(*cells, strict=True), strict=True)
    ]


def _wrapped(cell: str, size: int) -> list[str]:
    """The lines of a cell, broken at spaces, else after punctuation, else anywhere."""
    lines = [""]
    for word in re.findall(r"\S+", cell):
        if lines[-1] and len(lines[-1]) + 1 + len(word) <= size:
            lines[-1] += f" {word}"
            continue
        lines += [""] if lines[-1] else []
        rest = word
        while len(rest) > size:
            cut = max((found.end() for found in re.finditer(r"[^\w\s]", rest[:size])), default=size)
            lines[-1] = rest[:cut]
            lines, rest = [*lines, ""], rest[cut:]
        lines[-1] = rest
    return lines


def markdown_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    r"""
    A Markdown table. Cells are escaped: a line break becomes `<br>`, and no text becomes markup.

    >>> print(markdown_table(["a"], [["x|y\nz"]]), end="")
    | a |
    | --- |
    | x\|y<br>z |
    """
    cells = [map(escape.markdown, row) for row in (heads, *rows)]
    lines = [cells[0], ["---"] * len(heads), *cells[1:]]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def csv_row(cells: Sequence[str]) -> str:
    r"""
    A row of CSV (RFC 4180, but with an LF line end). A line break in a cell is written as `\n`.

    An apostrophe is put before a cell that a spreadsheet would take for a formula. No cell is a workflow command.

    >>> print(csv_row(["=1", "x,y"]), end="")
    '=1,"x,y"
    """
    import csv  # loaded by those who print it
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([_inert(cell) for cell in cells])
    return out.getvalue()


def _inert(cell: str) -> str:
    shown = escape.terminal(cell)
    return f"'{shown}" if shown.lstrip()[:1] in ("=", "+", "-", "@") or cell[:1] in ("\t", "\r") else shown
