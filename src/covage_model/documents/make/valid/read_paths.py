"""The paths that the conditions of a sheet read. A value that none reads can be replaced by any other legal one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from covage_model.documents.presence.sheet import AnchoredRule, Sheet
from covage_model.documents.presence.slots import crossings
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Condition, Count, Every, Holds, Present, Ref, Some

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadPaths:
    """
    Paths from the document's root, without list indices.

    For `values` the value and everything below it matters; for `shapes` whether it is there, and how
    many items a list has.
    """

    values: frozenset[Path]
    shapes: frozenset[Path]

    def value_at(self, path: Path) -> bool:
        """Whether a condition depends on the scalar at `path`."""
        return path in self.shapes or any(
            path[: len(read)] == read or read[: len(path)] == path for read in self.values
        )

    def presence_at(self, path: Path) -> bool:
        """Whether a condition depends on whether there is a value at `path`."""
        below = any(read[: len(path)] == path for read in (*self.values, *self.shapes))
        return below or any(path[: len(read)] == read for read in self.values)


def read_paths_of(sheet: Sheet, record: Condition | None) -> ReadPaths:
    """The paths read by the sheet's conditions, `match`, the status and the pack's `record` test."""
    paths = _ReadPaths()
    paths.values.update(entry.path for entry in sheet.match)
    paths.values.update([sheet.status_path] if sheet.status_path is not None else [])
    if record is not None:
        paths.condition(record, [()], ())
    for demand in (*sheet.required, *sheet.forbidden):
        if demand.when is not None:
            paths.condition(demand.when, _bases(sheet, demand.path[: demand.start]), ())
    for rule in sheet.rules:
        paths.rule(sheet, rule)
    for place in () if sheet.histories is None else sheet.histories.shown:
        paths.condition(place.when, [()], ())
    return ReadPaths(frozenset(paths.values), frozenset(paths.shapes))


def paths_of_rule(sheet: Sheet, rule: AnchoredRule) -> frozenset[Path]:
    """The paths of the document that a rule of the sheet reads."""
    paths = _ReadPaths()
    paths.rule(sheet, rule)
    return frozenset(paths.values | paths.shapes)


def _bases(sheet: Sheet, host: Path) -> list[Path]:
    """The path of each scope on the way to `host`, the document first."""
    return [(), *(host[:number] for number in crossings(sheet.root, host))]


@dataclass(slots=True)
class _ReadPaths:
    values: set[Path] = field(default_factory=set)
    shapes: set[Path] = field(default_factory=set)

    def rule(self, sheet: Sheet, rule: AnchoredRule) -> None:
        """Adds the paths of both parts of a rule."""
        for condition in (rule.when, rule.then):
            if condition is not None:
                self.condition(condition, _bases(sheet, rule.host), ())

    def condition(self, condition: Condition, bases: Sequence[Path], item: Path | None) -> None:
        """Adds the paths of a condition; `item` is the path of the innermost list, None in the account."""
        for atom in tree.atoms(condition):
            if isinstance(atom, Holds):
                self._atom(atom, bases, item)

    def _atom(self, atom: Holds, bases: Sequence[Path], item: Path | None) -> None:
        path = _path(atom.ref, bases, item)
        inner = tree.inside(atom.test)
        if inner is not None:
            self.condition(inner, bases, path)
        other = tree.other_side(atom.test)
        if other is not None:
            self.values.update(_known(_path(other, bases, item)))
        shaped = isinstance(atom.test, Present | Count | Some | Every)
        (self.shapes if shaped else self.values).update(_known(path))


def _known(path: Path | None) -> Iterator[Path]:
    if path is not None:
        yield path


def _path(ref: Ref, bases: Sequence[Path], item: Path | None) -> Path | None:
    if ref.root == "account":
        return None
    if ref.root == "item":
        return None if item is None else (*item, *ref.names)
    base = bases[min(ref.level, len(bases) - 1)] if ref.root == "scope" else ()
    return (*base, *ref.names)
