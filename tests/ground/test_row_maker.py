"""The function that is written for the columns of a table makes the documents that a plain walk makes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random
from typing import Any

from covage_model.ground.files.row_maker import NO_ITEM, Steps, row_maker


def walked(columns: dict[int, Steps], cells: Sequence[str]) -> dict[str, Any]:
    """The document of a row: objects are made where a cell in them is not empty, outer ones first."""
    document: dict[str, Any] = {}
    held: dict[Steps, dict[str, Any]] = {(): document}
    for number, steps in sorted(columns.items(), key=lambda column: (column[1][:-1], column[1][-1][1] != NO_ITEM)):
        if cells[number] == "":
            continue
        for length in range(1, len(steps)):
            if steps[:length] not in held:
                put(held[steps[: length - 1]], steps[length - 1], held.setdefault(steps[:length], {}))
        put(held[steps[:-1]], steps[-1], cells[number])
    return document


def put(holder: dict[str, Any], step: tuple[str, int], value: Any) -> None:
    name, item = step
    if item == NO_ITEM:
        holder[name] = value
    else:
        holder.setdefault(name, []).append(value)


def some_columns(random: Random) -> dict[int, Steps]:
    """Columns of which none holds another; the steps through a list are always those of a list."""
    found: list[Steps] = []
    for _ in range(random.randint(1, 9)):
        names = random.choices(["a", "b", "list", "many"], k=random.randint(1, 3))
        steps = tuple((name, random.randrange(3) if len(name) > 1 else NO_ITEM) for name in names)
        if not any(steps[: len(other)] == other or other[: len(steps)] == steps for other in found):
            found.append(steps)
    return dict(enumerate(sorted(found)))


def test_rows_become_the_same_documents() -> None:
    filled = 0
    for seed in range(400):
        random = Random(seed)
        columns = some_columns(random)
        made = row_maker(columns)
        for _ in range(5):
            cells = [random.choice(["", f"cell {number}"]) for number in range(len(columns))]
            document = made(cells, "")
            assert json.dumps(document) == json.dumps(walked(columns, cells)), (columns, cells)
            filled += bool(document)
    assert filled > 1_000


def test_names_are_constants_of_the_function() -> None:
    made = row_maker({0: (('x"]); print("', NO_ITEM),), 1: (("__import__('os')", 0), ("\n", NO_ITEM))})
    assert made(["1", "2"], "") == {'x"]); print("': "1", "__import__('os')": [{"\n": "2"}]}
