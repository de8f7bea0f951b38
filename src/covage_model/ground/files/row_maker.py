"""
Makes the function that turns the cells of a row into a document.

A table has many rows of the same columns, so the function is written once, in Python, for its columns. All that names
of columns say reaches it as constants.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any

from covage_model.ground.classes import dataclass

Step = tuple[str, int]  # a name, and the number of the item from 0; NO_ITEM where the value is no list
Steps = tuple[Step, ...]
NO_ITEM = -1

RowMaker = Callable[[Sequence[Any], Any], dict[str, Any]]


def row_maker(steps: Mapping[int, Steps]) -> RowMaker:
    """
    A function from the cells of a row, and the cell that is empty, to the document; `steps` by number of column.

    Items of a list whose cells are all empty are left out, and later ones move up.
    """
    source = _RowSource()
    holders: dict[Steps, list[tuple[Step, int]]] = {}
    for number, path in steps.items():
        holders.setdefault(path[:-1], []).append((path[-1], number))
    for holder, columns in sorted(holders.items()):
        source.object(holder, columns)
    exec(compile(source.text(), "<row maker>", "exec"), source.constants)  # noqa: S102  our own templates
    made: RowMaker = source.constants["made"]
    return made


@dataclass(slots=True)
class _RowSource:
    """The source while it is written: its lines, its constants, and the local names of objects."""

    lines: list[str] = field(default_factory=list)
    constants: dict[str, Any] = field(default_factory=dict)
    objects: dict[Steps, str] = field(default_factory=lambda: {(): "row"})

    def text(self) -> str:
        """The source of `made(cells, empty)`."""
        begun = [f"    {name} = None" for name in self.objects.values() if name != "row"]
        lines = ["def made(cells, empty):", "    row = {}", *begun, *self.lines, "    return row"]
        return "\n".join(lines)

    def object(self, holder: Steps, columns: Sequence[tuple[Step, int]]) -> None:
        """The columns whose values stand in one object. Objects come before those in them."""
        name = self._object(holder)
        if holder:
            self.lines.append(f"    {name} = {{}}")
        items: dict[str, list[int]] = {}
        for (member, item), number in sorted(columns) if any(item != NO_ITEM for (_, item), _ in columns) else columns:
            if item != NO_ITEM:
                items.setdefault(member, []).append(number)
        for (member, item), number in columns:
            if item == NO_ITEM:
                self.lines.append(f"    if (cell := cells[{number}]) != empty: {name}[{self._constant(member)}] = cell")
        for member, numbers in items.items():
            cells = "".join(f"cells[{number}], " for number in numbers)
            self.lines.append(f"    if item := [cell for cell in ({cells}) if cell != empty]:")
            self.lines.append(f"        {name}[{self._constant(member)}] = item")
        if holder:
            self.lines.append(f"    if not {name}: {name} = None")
            self.lines.append("    else:")
            self._hold(holder, "        ")

    def _hold(self, steps: Steps, indent: str) -> None:
        """Puts an object into the one that holds it, which is made where it is not there."""
        outer = steps[:-1]
        if outer:
            self.lines.append(f"{indent}if {self._object(outer)} is None:")
            self.lines.append(f"{indent}    {self._object(outer)} = {{}}")
            self._hold(outer, indent + "    ")
        (member, item), name = steps[-1], self._object(steps)
        within = f"{self._object(outer)}{'' if item == NO_ITEM else '.setdefault'}"
        key = self._constant(member)
        self.lines.append(
            f"{indent}{within}[{key}] = {name}" if item == NO_ITEM else f"{indent}{within}({key}, []).append({name})"
        )

    def _object(self, steps: Steps) -> str:
        return self.objects.setdefault(steps, f"o{len(self.objects)}")

    def _constant(self, value: str) -> str:
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name
