"""Order types and their variants."""

from __future__ import annotations

from dataclasses import dataclass, field

from covage_model.diagnostics import Origin
from covage_model.model.matches import Match
from covage_model.model.text import Text
from covage_model.model.values import Value


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to do what an order type asks; `value` holds the fields, types included and rules it adds."""

    name: str
    match: tuple[Match, ...]
    value: Value


@dataclass(frozen=True, slots=True)
class Order:
    """One order type: which documents it matches, the lifecycle it follows, what they hold."""

    name: str
    follows: str
    match: tuple[Match, ...]
    value: Value
    variants: tuple[Variant, ...]
    written_by: str | None
    title: Text | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Leaf:
    """An order type with one of its variants, or alone where it has none: what a document is judged as."""

    order: Order
    variant: Variant | None

    @property
    def name(self) -> str:
        """`ORDER/VARIANT`, or `ORDER`: how people name it, and what a lifecycle tests as `variant`."""
        return self.order.name if self.variant is None else f"{self.order.name}/{self.variant.name}"

    @property
    def match(self) -> tuple[Match, ...]:
        """Every entry that a document of this leaf satisfies, the order's first."""
        return self.order.match + (self.variant.match if self.variant else ())

    @property
    def values(self) -> tuple[Value, ...]:
        """All that is said of the whole document."""
        return (self.order.value, *((self.variant.value,) if self.variant else ()))


def leaves(order: Order) -> tuple[Leaf, ...]:
    """The leaves of an order type, in spec order."""
    return tuple(Leaf(order, variant) for variant in order.variants) or (Leaf(order, None),)
