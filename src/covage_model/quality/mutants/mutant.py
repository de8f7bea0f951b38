"""A mutant: one small change of a spec, and the changed pack."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.pack import SpecPack

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ValueChange:
    """Replaces the value at `path` (attributes and indices from the pack down) by `value`."""

    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class MutantEdit:
    """
    One application of a mutation operator, at one place of the model.

    `at` names the changed definition, `old` and `new` say what is changed (a text, a scalar or a condition;
    None for nothing). Edits that make the same change on the same line are one mutant: a part
    that two lifecycles include is in the model twice.
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
    A change of one spec line, applied in every place of the model that comes from this line.

    `id` names the operator, the file, the JSON Pointer in it and what is changed there. It
    stays the same when other lines of the file change.
    """

    id: str
    operator: str
    origin: Origin
    at: str
    old: Any
    new: Any
    changes: tuple[ValueChange, ...]

    def applied(self, pack: SpecPack) -> SpecPack:
        """The changed pack; `pack` is the one that the mutant was made from."""
        for change in self.changes:
            pack = replaced(pack, change.path, change.value)
        return pack


def replaced(whole: Any, path: Sequence[str | int], value: Any) -> Any:
    """
    A frozen dataclass or a tuple with the value at `path` replaced.

    >>> replaced((1, (2, 3)), (1, 0), 4)
    (1, (4, 3))
    """
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(first, int):
        return (*whole[:first], replaced(whole[first], rest, value), *whole[first + 1 :])
    return replace(whole, **{first: replaced(getattr(whole, first), rest, value)})


def part_at(whole: Any, path: Sequence[str | int]) -> Any:
    """The value at a path of attributes and indices."""
    for step in path:
        whole = whole[step] if isinstance(step, int) else getattr(whole, step)
    return whole


def without(things: tuple[Any, ...], number: int) -> tuple[Any, ...]:
    """A tuple without one of its items."""
    return (*things[:number], *things[number + 1 :])


_SPANS = frozenset(("required", "forbidden"))


def joined(edits: Iterable[MutantEdit], folder: str) -> tuple[Mutant, ...]:
    """
    Groups edits into mutants, sorted by spec line. File names are relative to `folder` if possible.

    Edits of one line that several definitions include, or that several cases of a transition share, are one mutant;
    edits of two spans of a field are not, even on one line. If two mutants are the same spec, the first is kept.
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
    detail = ":" + ">".join(str(side) for side in (first.old, first.new) if isinstance(side, str | int | float))
    name = plain + detail.rstrip(":>")
    number = 2
    while name in taken:
        name, number = f"{plain}{detail.rstrip(':>')}~{number}", number + 1
    changes = tuple(edit.change for edit in edits)
    return Mutant(name, first.operator, first.origin, first.at, first.old, first.new, changes)
