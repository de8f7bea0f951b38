"""Anchored conditions with every path from the document's root again: what a table of fields shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from covage_model.conditions import truth
from covage_model.model.conditions import Among, Condition, Count, Every, Holds, Leaf, Ref, Some, Test
from covage_model.presence.anchor import crossings
from covage_model.presence.sheet import Slot


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
                return Some(truth.replace_leaves(inner, leaf))
            case Every(inner):
                return Every(truth.replace_leaves(inner, leaf))
            case Count(_, _, inner) if inner is not None:
                return replace(said, where=truth.replace_leaves(inner, leaf))
            case Among(place):
                return Among(ref(place))
            case _:
                return said

    def leaf(said: Leaf) -> Condition:
        return Holds(ref(said.ref), test(said.test), said.origin) if isinstance(said, Holds) else said

    return truth.replace_leaves(condition, leaf)


def marked(path: Sequence[str], root: Slot) -> tuple[str, ...]:
    """The names of a path, `[]` after each that is a list."""
    crossed = crossings(root, path)
    return tuple(name + "[]" * crossed.count(number) for number, name in enumerate(path, 1))
