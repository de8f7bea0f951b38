"""The reverse of anchoring, for tables: conditions with every path from the document's root."""

from __future__ import annotations

from collections.abc import Sequence

from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import crossings
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Atom, Condition, Holds, Ref, Test


def absolute(condition: Condition, root: Slot, path: Sequence[str]) -> Condition:
    """The anchored condition about `path` with every path from the root; lists on the way are marked `[]`."""
    crossed = crossings(root, path)

    def of_ref(ref: Ref) -> Ref:
        if ref.root != "scope" or not ref.names:
            return ref
        prefix = path[: crossed[ref.level - 1]] if ref.level else ()
        return Ref("order", (*marked(prefix, root), *ref.names))

    def of_test(test: Test) -> Test:
        other = tree.other_side(test)
        if other is not None:
            return tree.with_other_side(test, of_ref(other))
        inner = tree.inside(test)
        return test if inner is None else tree.with_inside(test, tree.transform(inner, of_atom))

    def of_atom(atom: Atom) -> Condition:
        return Holds(of_ref(atom.ref), of_test(atom.test), atom.origin) if isinstance(atom, Holds) else atom

    return tree.transform(condition, of_atom)


def marked(path: Sequence[str], root: Slot) -> tuple[str, ...]:
    """The names of a path, with `[]` after each list."""
    crossed = crossings(root, path)
    return tuple(name + "[]" * crossed.count(number) for number, name in enumerate(path, 1))
