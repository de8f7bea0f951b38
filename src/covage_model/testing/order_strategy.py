"""
Valid orders as a Hypothesis strategy.

An order is the minimal one and a list of changes, each of which adds a field or gives one another value.
What does not fit together is mended, or not made: every order is valid by the interpreter, and none is thrown
away. Fewer changes are simpler, so that a failing order shrinks to the minimal one and what makes it fail.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st

from covage_model.conditions import truth
from covage_model.generate.stock import Target
from covage_model.nearest import near_miss
from covage_model.orders.question import Role
from covage_model.presence.sheet import Slot
from covage_model.testing import slots
from covage_model.testing.kit import Kit, NoOrder, at, with_

if TYPE_CHECKING:
    from covage_model.api.library import Pack

_CHANGES = 12
WITH = "with"
T = TypeVar("T")
Path = tuple[Any, ...]


def orders(
    pack: Pack,
    *names: str,
    status: str | None = None,
    role: str = "request",
    account: Any = None,
) -> st.SearchStrategy[Any]:
    """
    Valid orders of these names (an order means all its variants; none given: all that somebody may send).

    `status` is what they are valid for (default: what requests are judged for; of records any that they may
    show). `account` is data that they suit; "with" gives pairs of an order and an account that it suits;
    without it the orders suit some account. Raises KeyError for a name, ValueError for a status that is
    none, `NoOrder` for what nobody may send; drawing raises it where no valid order was found.
    """
    given = None if account == WITH else account
    kits = Kits(pack, targets(pack, names, Role(role), status), given)
    pairs = kits.pairs()
    return pairs if account == WITH else pairs.map(lambda pair: pair[0])


@dataclass(slots=True, repr=False)
class Kits:
    """The kits of some targets, each made when it is first drawn from."""

    pack: Pack
    targets: Sequence[Target]
    account: Any
    made: dict[Target, tuple[Kit, st.SearchStrategy[Any]]] = field(default_factory=dict)

    def kit(self, target: Target) -> tuple[Kit, st.SearchStrategy[Any]]:
        """The kit of a target, and pairs of an order and its account."""
        if target not in self.made:
            kit = Kit(self.pack.judge, target, self.account)
            listed = st.lists(changes(kit), max_size=_CHANGES)
            self.made[target] = kit, listed.map(lambda made: changed(kit, made))
        return self.made[target]

    def pairs(self) -> st.SearchStrategy[tuple[Any, Any]]:
        """Pairs of an order and its account."""
        return any_of(self.targets, self.of_target)

    def of_target(self, target: Target) -> st.SearchStrategy[tuple[Any, Any]]:
        """The same, of one target."""
        return self.kit(target)[1]


def any_of(targets: Sequence[Target], strategy: Callable[[Target], st.SearchStrategy[T]]) -> st.SearchStrategy[T]:
    """Of any target. All are made before a test begins to draw: to make them takes longer, and is not slow drawing."""
    return st.deferred(lambda: st.one_of([strategy(target) for target in targets]))


def changed(kit: Kit, made: Sequence[tuple[Path, Any]]) -> tuple[Any, Any]:
    """The minimal order after these changes, and its account; a change that cannot be is not made."""
    document, account = kit.document, kit.account
    for path, value in made:
        found = kit.mended(with_(_way(kit, document, path), path, value), account)
        if found is not None:
            document, account = found
    return copy.deepcopy((document, account))  # whoever gets it may change it


def _way(kit: Kit, document: Any, path: Path) -> Any:
    """The document with minimal objects, and lists of one item, on the way to the path."""
    for end in range(1, len(path)):
        here = path[:end]
        slot = kit.slot_at(here)
        if slot is not None and at(document, here) is truth.ABSENT:
            value = [kit.grows().grown(slot.items)] if isinstance(path[end], int) else kit.grows().grown(slot)
            document = with_(document, here, value)
    return document


def changes(kit: Kit) -> st.SearchStrategy[tuple[Path, Any]]:
    """Where and what: a field, in spec order, and a value that it takes."""
    every = [_change(kit, path, slot) for path, slot in _fields(kit.judge.sheet(kit.target.leaf).root, ())]
    found = [one for one in every if one is not None]
    return st.sampled_from(found).flatmap(lambda change: change) if found else st.nothing()


def _change(kit: Kit, path: Path, slot: Slot) -> st.SearchStrategy[tuple[Path, Any]] | None:
    if slot.shows_status or (slot.read_only is not None and kit.target.role is Role.REQUEST):
        return None
    if slot.path in kit.grower.barred:
        return None
    strategy = slots.values(slot, kit.grows())
    return None if strategy.is_empty else strategy.map(lambda value: (path, value))


def _fields(slot: Slot, path: Path) -> Iterator[tuple[Path, Slot]]:
    """Each place of the sheet, the outer first; of a list its first two items."""
    if path:
        yield path, slot
    for name, child in (slot.properties or {}).items():
        yield from _fields(child, (*path, name))
    if slot.items is not None:
        yield from _fields(slot.items, (*path, 0))


def targets(pack: Pack, names: Sequence[str], role: Role, status: str | None) -> list[Target]:
    """What can be drawn. Raises KeyError for a name, ValueError for a status of none."""
    leaves = named(pack, names)
    sheets = [pack.judge.sheet(leaf) for leaf in leaves]
    if role is Role.REQUEST:
        others = [sheet for sheet in sheets if sheet.written_by is not None]
        sheets = [sheet for sheet in sheets if sheet.written_by is None]
        if not sheets:
            raise NoOrder("; ".join(f"{one.leaf} is written by {one.written_by}: nobody sends one" for one in others))
    found = []
    for sheet in sheets:
        shown = sheet.statuses if role is Role.RECORD and sheet.status_path is not None else (sheet.requests,)
        wanted = shown if status is None else (status,)
        found += [Target(sheet.leaf, one, role) for one in wanted if one in sheet.statuses or status is None]
    if not found:
        legal = dict.fromkeys(one for sheet in sheets for one in sheet.statuses)
        raise ValueError(f"no order has the status {status!r}; use one of: {', '.join(legal)}")
    return found


def named(pack: Pack, names: Sequence[str]) -> list[str]:
    """The leaves of these names, of all where none is given. Raises KeyError."""
    for name in names:
        if all(name not in (leaf.name, leaf.order.name) for leaf in pack.spec.leaves):
            near = near_miss(name, [*pack.names, *(order.name for order in pack.spec.orders)])
            raise KeyError(f"{name}; did you mean {near}?" if near else name)
    wanted = set(names)
    return [leaf.name for leaf in pack.spec.leaves if not names or {leaf.name, leaf.order.name} & wanted]
