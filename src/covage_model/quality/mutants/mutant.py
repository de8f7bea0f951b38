"""One small change of a spec: where it is, what it says, and the pack that has it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.pack import SpecPack

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ValueChange:
    """The value at `path`, names and numbers from the pack down, becomes `value`."""

    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class MutantEdit:
    """
    What an operator does at one place of the model.

    `at` says in whose definition, `old` and `new` what is changed (a text, a scalar or a condition;
    None for nothing). Edits of one line that change the same thing alike are one mutant: a lifecycle
    that two others include is there twice.
    """

    operator: str
    origin: Origin
    at: str
    old: Any
    new: Any
    change: ValueChange


@dataclass(frozen=True, slots=True)
class Mutant:
    """
    A spec with one change, in every place that the changed line stands for.

    `id` names the operator, the file, the definition's place in it and what is changed there: it
    stays while other lines of the file come and go.
    """

    id: str
    operator: str
    origin: Origin
    at: str
    old: Any
    new: Any
    changes: tuple[ValueChange, ...]

    def applied(self, pack: SpecPack) -> SpecPack:
        """The pack that this was made for, changed."""
        for change in self.changes:
            pack = replaced(pack, change.path, change.value)
        return pack


def replaced(thing: Any, path: Sequence[str | int], value: Any) -> Any:
    """
    A frozen value, or a tuple, with what stands at `path` replaced.

    >>> replaced((1, (2, 3)), (1, 0), 4)
    (1, (4, 3))
    """
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(first, int):
        return (*thing[:first], replaced(thing[first], rest, value), *thing[first + 1 :])
    return replace(thing, **{first: replaced(getattr(thing, first), rest, value)})


def part_at(thing: Any, path: Sequence[str | int]) -> Any:
    """What stands at a path of attributes and numbers."""
    for step in path:
        thing = thing[step] if isinstance(step, int) else getattr(thing, step)
    return thing


def without(things: tuple[Any, ...], number: int) -> tuple[Any, ...]:
    """A tuple less one of its items."""
    return (*things[:number], *things[number + 1 :])


_SPANS = frozenset(("required", "forbidden"))


def joined(edits: Iterable[MutantEdit], folder: str) -> tuple[Mutant, ...]:
    """
    The mutants that edits amount to, by spec line; files are named from `folder` where they lie below it.

    Edits of one line that several definitions include, or several cases of a transition share, are one mutant; those
    of two spans of a field, which are on one line too, are not. Of two that lead to the same spec the first is kept.
    """
    groups: dict[tuple[Any, ...], list[MutantEdit]] = {}
    counts: Counter[tuple[Any, ...]] = Counter()
    for edit in edits:
        same = (edit.operator, edit.origin.location, edit.at, repr(edit.old), repr(edit.new))
        owner = (*same, edit.change.path[:2])
        counts[owner] += not _SPANS.isdisjoint(edit.change.path)
        groups.setdefault((*same, counts[owner]), []).append(edit)
    once: dict[str, list[MutantEdit]] = {}
    for group in groups.values():
        once.setdefault(repr([(edit.change.path, edit.change.value) for edit in group]), group)
    mutants: dict[str, Mutant] = {}
    for group in sorted(once.values(), key=lambda edits: (edits[0].origin.location, edits[0].operator)):
        mutant = _mutant(group, folder, mutants)
        mutants[mutant.id] = mutant
    return tuple(mutants.values())


def _mutant(edits: Sequence[MutantEdit], folder: str, taken: Iterable[str]) -> Mutant:
    first = edits[0]
    at = first.origin.location
    inside = folder and at.file.startswith(os.path.join(folder, ""))
    file = at.file[len(os.path.join(folder, "")) :] if inside else at.file
    plain = f"{first.operator}:{file.replace(os.sep, '/')}#{at.pointer}"
    detail = ":" + ">".join(str(one) for one in (first.old, first.new) if isinstance(one, str | int | float))
    name = plain + detail.rstrip(":>")
    number = 2
    while name in taken:
        name, number = f"{plain}{detail.rstrip(':>')}~{number}", number + 1
    changes = tuple(edit.change for edit in edits)
    return Mutant(name, first.operator, first.origin, first.at, first.old, first.new, changes)
