"""Anchored conditions with every path from the document's root again: what a table of fields shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import crossings
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Among, Atom, Condition, Count, Every, Holds, Ref, Some, Test


def absolute(condition: Condition, root: Slot, path: Sequence[str]) -> Condition:
    """An anchored condition about `path` with every path from the document's root, lists on the way marked `[]`."""
    crossed = crossings(root, path)

    def ref(said: Ref) -> Ref:
        if said.root != "scope" or not said.names:
            return said
        prefix = path[: crossed[said.level - 1]] if said.level else ()
        return Ref("order", (*marked(prefix, root), *said.names))

    def test(said: Test) -> Test:
        match said:
            case Some(inner):
                return Some(tree.transform(inner, variant))
            case Every(inner):
                return Every(tree.transform(inner, variant))
            case Count(_, _, inner) if inner is not None:
                return replace(said, where=tree.transform(inner, variant))
            case Among(place):
                return Among(ref(place))
            case _:
                return said

    def variant(said: Atom) -> Condition:
        return Holds(ref(said.ref), test(said.test), said.origin) if isinstance(said, Holds) else said

    return tree.transform(condition, variant)


def marked(path: Sequence[str], root: Slot) -> tuple[str, ...]:
    """The names of a path, `[]` after each that is a list."""
    crossed = crossings(root, path)
    return tuple(name + "[]" * crossed.count(number) for number, name in enumerate(path, 1))
