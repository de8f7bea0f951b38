"""Anchoring: conditions with their paths resolved to scopes, which are the document and the list items around."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import may_hold_anything
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Origin
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import (
    Among,
    Atom,
    Compare,
    Condition,
    Count,
    Every,
    Holds,
    Ref,
    Some,
    Test,
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """
    Where a condition stands: in a definition at `host`, about a field of the object at `own`.

    Both paths are from the root. Lists on the way to `own` may be entered. `root` and `account`
    are the slot trees in which paths are looked up. A path that does not exist is reported to `say`, and what it
    would read counts as absent.
    """

    root: Slot
    account: Slot | None
    host: tuple[str, ...]
    own: tuple[str, ...]
    say: Callable[[Diagnostic], None]

    def condition(self, condition: Condition, item: Slot | None = None) -> Condition:
        """The condition with every path anchored."""
        return tree.transform(condition, lambda atom: self._atom(atom, item))

    def _atom(self, atom: Atom, item: Slot | None) -> Condition:
        if not isinstance(atom, Holds):
            return atom
        ref, slot = self._ref(atom.ref, atom.origin, item, crosses=False)
        return Holds(ref, self._test(atom.test, slot, atom.origin, item), atom.origin)

    def _test(self, test: Test, slot: Slot | None, origin: Origin | None, item: Slot | None) -> Test:
        below = slot.items if slot is not None else None
        match test:
            case Some(condition):
                return Some(self.condition(condition, below))
            case Every(condition):
                return Every(self.condition(condition, below))
            case Count(_, _, where) if where is not None:
                return replace(test, where=self.condition(where, below))
            case Among(ref):
                return Among(self._ref(ref, origin, item, crosses=True)[0])
            case Compare(_, Ref() as ref):
                return replace(test, other=self._ref(ref, origin, item, crosses=False)[0])
            case _:
                return test

    def _ref(self, ref: Ref, origin: Origin | None, item: Slot | None, *, crosses: bool) -> tuple[Ref, Slot | None]:
        if ref.root in ("account", "item"):
            start = self.account if ref.root == "account" else item
            _, _, slot = self._walk(start, ref.names, (), origin, crosses=crosses)
            return ref, slot
        from_root = ref.names if ref.root == "order" else (*self.host, *ref.names)
        level, names, slot = self._walk(self.root, from_root, self.own, origin, crosses=crosses)
        return Ref("scope", names, level), slot

    def _walk(
        self, slot: Slot | None, names: Sequence[str], own: Sequence[str], origin: Origin | None, *, crosses: bool
    ) -> tuple[int, tuple[str, ...], Slot | None]:
        """The number of lists crossed on the way to `own`, the names after the last of them, and the slot there."""
        level, rest = 0, list[str]()
        for number, name in enumerate(names):
            while slot is not None and slot.is_list:
                if 0 < number <= len(own) and tuple(own[:number]) == tuple(names[:number]):
                    level, rest = level + 1, []
                elif not crosses:
                    self._report("crosses", origin, names, at=dotted(names[:number]))
                slot = slot.items
            if slot is not None:
                if slot.properties is None and not may_hold_anything(slot):
                    self._report("no-object", origin, names, at=dotted(names[:number]))
                if slot.properties is not None and name not in slot.properties:
                    self._report("unknown", origin, names, at=name)
                slot = (slot.properties or {}).get(name)
            rest.append(name)
        return level, tuple(rest), slot

    def _report(self, form: str, origin: Origin | None, names: Sequence[str], *, at: str) -> None:
        if origin is not None:
            arguments = {"path": dotted(names), "at": at}
            self.say(Diagnostic("CM206", form, arguments, origin.location))


def depth_of(condition: Condition | None) -> int:
    """The level of the deepest scope that an anchored condition reads."""
    return 0 if condition is None else max((ref.level for ref in _scoped(condition)), default=0)


def _scoped(condition: Condition) -> Iterator[Ref]:
    return (ref for ref in tree.references(condition) if ref.root == "scope")
