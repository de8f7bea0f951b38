"""A spec pack as one value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.conditions import Condition
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.orders import Order, Variant, variants
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


class _HasName(Protocol):
    @property
    def name(self) -> str: ...


_Named = TypeVar("_Named", bound=_HasName)


@dataclass(frozen=True, slots=True)
class SpecPack:
    """One operator's orders and how they live: all that a folder of YAML says."""

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
    _indexes: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def type(self, name: str) -> NamedType:
        """The type of that name. Raises KeyError where there is none."""
        return self._index("types", lambda: self.types)[name]

    def lifecycle(self, name: str) -> Lifecycle:
        """The lifecycle of that name. Raises KeyError where there is none."""
        return self._index("lifecycles", lambda: self.lifecycles)[name]

    def variant(self, name: str) -> Variant:
        """The variant of that name, `ORDER/VARIANT` or `ORDER`. Raises KeyError where there is none."""
        return self._index("variants", self._every_variant)[name]

    @property
    def variants(self) -> tuple[Variant, ...]:
        """Everything that a document can be judged as, in spec order."""
        return tuple(self._index("variants", self._every_variant).values())

    def _every_variant(self) -> Iterator[Variant]:
        return (variant for order in self.orders for variant in variants(order))

    @property
    def unfollowed(self) -> tuple[Variant, ...]:
        """A stand-in for each lifecycle that no order follows and no other lifecycle includes, in spec order."""
        followed = {order.follows for order in self.orders}
        taken = {*(order.name for order in self.orders), *(variant.name for variant in self.variants)}
        return tuple(
            stand_in(lifecycle, taken)
            for lifecycle in self.lifecycles
            if lifecycle.name not in followed and not self._is_included(lifecycle)
        )

    @property
    def explorable(self) -> tuple[Variant, ...]:
        """Everything that has a table: the variants, then the stand-ins of `unfollowed`."""
        return self.variants + self.unfollowed

    def explorable_named(self, name: str) -> Variant:
        """The one of `explorable` of that name. Raises KeyError where there is none."""
        return self._index("explorable", lambda: self.explorable)[name]

    def _is_included(self, lifecycle: Lifecycle) -> bool:
        """Whether another lifecycle has a definition from its file: what is included keeps its place."""
        own = lifecycle.origin.location.file
        return any(own in other.files for other in self.lifecycles if other is not lifecycle)

    def _index(self, kind: str, things: Callable[[], Iterable[_Named]]) -> dict[str, _Named]:
        """The definitions of a kind by name, made once."""
        if kind not in self._indexes:
            self._indexes[kind] = {thing.name: thing for thing in things()}
        index: dict[str, _Named] = self._indexes[kind]
        return index


def stand_in(lifecycle: Lifecycle, taken: Collection[str] = ()) -> Variant:
    """What a lifecycle is explored for that no order follows; called as it is, unless the name is `taken`."""
    name = f"{lifecycle.name} (lifecycle)" if lifecycle.name in taken else lifecycle.name
    origin = lifecycle.origin
    order = Order(name, lifecycle.name, (), Value(origin), (), None, lifecycle.title, origin)
    return Variant(order, None, stand_in=True)
