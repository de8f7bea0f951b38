"""A spec pack as one value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import field
from typing import Any, Protocol, TypeVar

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.conditions import Atom, Condition
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.orders import Order, Variant, variants
from covage_model.pack.model.profile import ProfileFile
from covage_model.pack.model.scenario import Scenario
from covage_model.pack.model.text import Text
from covage_model.pack.model.values import NamedType, Value


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who pulls triggers."""

    name: str
    title: Text | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One numbered statement of a source; `reason` says why nothing, or only part, can model it."""

    name: str
    text: Text
    reason: Text | None
    partly: bool
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A page that definitions cite, by its own name or by one of its statements."""

    name: str
    title: Text
    url: str | None
    statements: tuple[Statement, ...]
    origin: Origin = field(compare=False)


HistoryWay = tuple[bool | None, ...]  # None: either way


@dataclass(frozen=True, slots=True)
class VariantHistories:
    """
    What the explored lives of a variant leave in its records.

    `tests` are tests of the document. `reached` has each status that an order of the variant reaches, with the
    combinations in which one does: for each entry of `Lifecycle.shown`, whether the variable has the value, then for
    each of `tests`, whether it holds; None where both may be.
    """

    variant: str
    tests: tuple[Atom, ...]
    reached: dict[str, tuple[HistoryWay, ...]]


class _HasName(Protocol):
    @property
    def name(self) -> str: ...


_Named = TypeVar("_Named", bound=_HasName)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class SpecPack:
    """One operator's orders and how they live: all that a folder of YAML says, and what was explored of it."""

    name: str
    languages: tuple[str, ...]
    actors: tuple[Actor, ...]
    sources: tuple[Source, ...]
    documents: tuple[str, ...]
    record: Condition | None
    account: str | None
    types: tuple[NamedType, ...]
    orders: tuple[Order, ...]
    lifecycles: tuple[Lifecycle, ...]
    events: tuple[NamedType, ...]
    scenarios: tuple[Scenario, ...]
    origin: Origin = field(compare=False)
    profiles: tuple[ProfileFile, ...] = ()
    histories: tuple[VariantHistories, ...] = field(default=(), compare=False)  # of the variants that were explored
    _made: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def type(self, name: str) -> NamedType:
        """The type of that name. Raises KeyError where there is none."""
        return self._index("types", lambda: self.types)[name]

    def lifecycle(self, name: str) -> Lifecycle:
        """The lifecycle of that name. Raises KeyError where there is none."""
        return self._index("lifecycles", lambda: self.lifecycles)[name]

    def variant(self, name: str) -> Variant:
        """The variant of that name, `ORDER/VARIANT` or `ORDER`. Raises KeyError where there is none."""
        return self._index("variants", lambda: self.variants)[name]

    @property
    def variants(self) -> tuple[Variant, ...]:
        """Everything that a document can be judged as, in spec order."""
        return self._once("every variant", lambda: tuple(self._index("variants", self._every_variant).values()))

    def _every_variant(self) -> Iterator[Variant]:
        return (variant for order in self.orders for variant in variants(order))

    @property
    def unfollowed(self) -> tuple[Variant, ...]:
        """A stand-in for each lifecycle that no order follows and no other lifecycle includes, in spec order."""
        return self._once("unfollowed", lambda: tuple(self._every_stand_in()))

    def _every_stand_in(self) -> Iterator[Variant]:
        followed = {order.follows for order in self.orders}
        taken = {*(order.name for order in self.orders), *(variant.name for variant in self.variants)}
        users = Counter(file for lifecycle in self.lifecycles for file in lifecycle.files)
        for lifecycle in self.lifecycles:
            own = lifecycle.origin.location.file  # what is included keeps its place: then another uses this file too
            if lifecycle.name not in followed and users[own] <= (own in lifecycle.files):
                yield stand_in(lifecycle, taken)

    @property
    def explorable(self) -> tuple[Variant, ...]:
        """Everything that has a table: the variants, then the stand-ins of `unfollowed`."""
        return self._once("every explorable", lambda: self.variants + self.unfollowed)

    def explorable_named(self, name: str) -> Variant:
        """The one of `explorable` of that name. Raises KeyError where there is none."""
        return self._index("explorable", lambda: self.explorable)[name]

    def meant_by(self, name: str, *, unfollowed: bool = False) -> tuple[Variant, ...]:
        """The variants that a name means: the one of that name, or all of that order; () where there is none."""
        among = self.explorable if unfollowed else self.variants
        return self._once(f"meant by, {unfollowed}", lambda: _by_any_name(among)).get(name, ())

    def _index(self, kind: str, things: Callable[[], Iterable[_Named]]) -> dict[str, _Named]:
        """The definitions of a kind by name, made once."""
        return self._once(kind, lambda: {thing.name: thing for thing in things()})

    def _once(self, key: str, make: Callable[[], _T]) -> _T:
        """What `make` returns, made once and kept under that key."""
        if key not in self._made:
            self._made[key] = make()
        made: _T = self._made[key]
        return made


def _by_any_name(among: Iterable[Variant]) -> dict[str, tuple[Variant, ...]]:
    """By variant's name, and by order's name, the variants that it means, in spec order."""
    meant: dict[str, list[Variant]] = {}
    for variant in among:
        for name in {variant.name, variant.order.name}:
            meant.setdefault(name, []).append(variant)
    return {name: tuple(each) for name, each in meant.items()}


def stand_in(lifecycle: Lifecycle, taken: Collection[str] = ()) -> Variant:
    """What a lifecycle is explored for that no order follows; called as it is, unless the name is `taken`."""
    name = f"{lifecycle.name} (lifecycle)" if lifecycle.name in taken else lifecycle.name
    origin = lifecycle.origin
    order = Order(name, lifecycle.name, (), Value(origin), (), None, lifecycle.title, origin)
    return Variant(order, None, stand_in=True)
