"""Tables: which place of a document each column is, by its name, and the documents that rows are."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import field
from typing import Any, Protocol

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.dotted import unquoted
from covage_model.ground.files.limits import DEEPEST
from covage_model.ground.files.place import Place
from covage_model.ground.files.row_maker import NO_ITEM, Step, Steps, row_maker

MOST = 10_000  # columns, and the highest number of an item
_STEP = re.compile(r'(?:\.?([^.\[\]"]+)|\["((?:[^"\\]|\\.)*)"\])(?:\[([0-9]{1,5})\])?')


class TableGuide(Protocol):
    """What is known of the documents that a table holds."""

    def is_list(self, path: tuple[str, ...]) -> bool:
        """Whether the value at a path of names is a list, in some document."""

    def unknown(self, path: tuple[str, ...], place: Location) -> Diagnostic | None:
        """The finding about a column whose path no document has; None if one has it."""

    def typed(self, paths: Sequence[tuple[str, ...]]) -> Callable[[Any], None] | None:
        """What turns texts of a document at these paths into the numbers and booleans that are asked for there."""


class AnyTable:
    """Nothing is known: columns are texts, and lists have numbers."""

    def is_list(self, path: tuple[str, ...]) -> bool:  # noqa: ARG002  as the protocol has it
        """None is."""
        return False

    def unknown(self, path: tuple[str, ...], place: Location) -> Diagnostic | None:  # noqa: ARG002  as the protocol
        """None is."""
        return None

    def typed(self, paths: Sequence[tuple[str, ...]]) -> Callable[[Any], None] | None:  # noqa: ARG002  as the protocol
        """Texts stay texts."""
        return None


@dataclass(slots=True)
class TableColumns:
    """
    The columns of a table that hold values of documents: `steps` by the number of the column, from 0.

    `findings` are about names that are no place of a document, or the place of another column; such columns are left
    out. `nameless` are the columns without a name.
    """

    names: Sequence[str]
    steps: dict[int, Steps] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    nameless: list[int] = field(default_factory=list)
    made: Callable[[Sequence[Any], Any], dict[str, Any]] = lambda cells, empty: {}  # noqa: ARG005  until names are read
    convert: Callable[[Any], None] | None = None

    def document(self, cells: Sequence[Any], empty: Any) -> dict[str, Any]:
        """
        The values of a row as one document, texts as they are; a cell that is `empty` is absent.

        Items of a list whose cells are all empty are left out, and later ones move up.
        """
        return self.made(cells, empty)

    def places(self, cells: Sequence[Any], empty: Any, starts: Sequence[int]) -> Place:
        """The places of the values of a row, where its cells start at these offsets."""
        marks = [empty if cell == empty else (start,) for cell, start in zip(cells, starts, strict=False)]
        return _place(self.document(marks, empty))


def _place(value: Any) -> Place:
    if isinstance(value, dict):
        inner = {name: _place(member) for name, member in value.items()}
        return Place(inner, 0)
    if isinstance(value, list):
        items = [_place(item) for item in value]
        return Place(items, items[0].start)
    start: int = value[0]
    return Place(None, start)


def columns_of(
    names: Sequence[str], guide: TableGuide, places: Sequence[Location], *, whole: Container[int] = ()
) -> TableColumns:
    """
    The columns with these names: dotted paths; `[2]` after the name of a list is its second item.

    A name of a list without a number is its first item, or the list itself for the columns in `whole`.
    """
    found = TableColumns(names)
    taken: dict[Steps, int] = {}
    holders: dict[Steps, int] = {}  # by what holds the value of a column, the first such column
    for number, (name, place) in enumerate(zip(names, places, strict=True)):
        if not name.strip():
            found.nameless.append(number)
            continue
        steps = _steps(name.strip(), guide, whole=number in whole)
        path = tuple(part for part, _ in steps) if steps else ()
        problem: Diagnostic | None
        if steps is None:
            hint = "items are counted from 1" if "[0]" in name else "write a path such as name, or list[2].name"
            problem = Diagnostic("CM011", "name", {"name": name}, place, hint)
        elif (unknown := guide.unknown(path, place)) is not None:
            problem = unknown
        elif (other := _conflict(taken, holders, steps)) is not None:
            problem = Diagnostic("CM011", "twice", {"name": name, "first": names[other]}, place)
        else:
            problem = None
            taken[steps] = number
            for length in range(1, len(steps)):
                holders.setdefault(steps[:length], number)
        if problem is not None:
            found.findings.append(problem)
        elif steps is not None:
            found.steps[number] = steps
    found.made = row_maker(found.steps)
    paths = list(dict.fromkeys(tuple(part for part, _ in steps) for steps in found.steps.values()))
    found.convert = guide.typed(paths)
    return found


def _steps(name: str, guide: TableGuide, *, whole: bool) -> Steps | None:
    """The steps that a column's name spells; None if it spells none."""
    steps: list[Step] = []
    path: tuple[str, ...] = ()
    at = 0
    while at < len(name) or not at:
        if len(steps) >= DEEPEST:
            return None
        match = _STEP.match(name, at)
        if not match or (name[at] == ".") is not (at > 0 and match[2] is None):
            return None
        at = match.end()
        key = match[1] if match[2] is None else unquoted(match[2])
        path = (*path, key)
        if match[3] is None:
            steps.append((key, 0 if guide.is_list(path) else NO_ITEM))
        elif not 0 < int(match[3]) <= MOST:
            return None
        else:
            steps.append((key, int(match[3]) - 1))
    return (*steps[:-1], (path[-1], NO_ITEM)) if whole and steps else tuple(steps)


def _conflict(taken: dict[Steps, int], holders: dict[Steps, int], steps: Steps) -> int | None:
    """The number of a column at the same place, or at one that holds it or lies within it."""
    for length in range(1, len(steps) + 1):
        if steps[:length] in taken:
            return taken[steps[:length]]
    return holders.get(steps)
