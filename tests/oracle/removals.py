"""A lifecycle with one thing removed: a transition, a case, a guard or a part of one, an effect."""

import copy
from collections.abc import Iterator
from typing import Any

from .explorer import Yaml


def removals(lifecycle: Yaml) -> Iterator[tuple[str, Yaml]]:
    """For each thing that can be removed: its name, and the lifecycle without it."""
    for name, said in lifecycle["transitions"].items():
        yield f"{name}", _without(lifecycle, [name])
        yield from _of_parts(lifecycle, name, [name], said)
        for number, case in enumerate(said.get("cases", [])):
            where = f"{name} case {number + 1}"
            yield where, _without(lifecycle, [name, "cases", number])
            yield from _of_parts(lifecycle, where, [name, "cases", number], case)


def _of_parts(lifecycle: Yaml, name: str, way: list[Any], said: Yaml) -> Iterator[tuple[str, Yaml]]:
    guard = said.get("guard", {})
    if guard:
        yield f"{name}: guard", _without(lifecycle, [*way, "guard"])
    parts = [key for key in guard if key != "then" or "when" not in guard]
    for part in parts if len(parts) > 1 else []:
        yield f"{name}: guard {part}", _without(lifecycle, [*way, "guard", part])
    for variable in said.get("set", {}):
        yield f"{name}: set {variable}", _without(lifecycle, [*way, "set", variable])


def _without(lifecycle: Yaml, way: list[Any]) -> Yaml:
    changed = copy.deepcopy(lifecycle)
    around: Any = None
    holder = changed["transitions"]
    for step in way[:-1]:
        around, holder = holder, holder[step]
    del holder[way[-1]]
    if way[-1] == "when":  # the two are one part
        holder.pop("then", None)
    if not holder and around is not None:  # nothing is left of a guard, or of effects
        del around[way[-2]]
    return changed
