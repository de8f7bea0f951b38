"""Order types and their variants."""

from __future__ import annotations

from dataclasses import field

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.matches import Match
from covage_model.pack.model.text import Text
from covage_model.pack.model.values import Value


@dataclass(frozen=True, slots=True)
class VariantSpec:
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
    variants: tuple[VariantSpec, ...]
    written_by: str | None
    title: Text | None
    origin: Origin = field(compare=False)

    def acting(self, by: tuple[str, ...]) -> tuple[str, ...]:
        """Who may pull a trigger that is `by` these: any of them, or the one who alone writes such orders."""
        return by if self.written_by is None else (self.written_by,)


@dataclass(frozen=True, slots=True)
class Variant:
    """
    An order type with one of its variants, or alone where it has none: what a document is judged as.

    `stand_in`: no order, but what a lifecycle that no order follows is explored for; no document is one, and no
    test on `variant` holds of it.
    """

    order: Order
    spec: VariantSpec | None
    stand_in: bool = False

    @property
    def name(self) -> str:
        """`ORDER/VARIANT`, or `ORDER`: how people name it, and what a lifecycle tests as `variant`."""
        return self.order.name if self.spec is None else f"{self.order.name}/{self.spec.name}"

    @property
    def match(self) -> tuple[Match, ...]:
        """Every entry that a document of this variant satisfies, the order's first."""
        return self.order.match + (self.spec.match if self.spec else ())

    @property
    def values(self) -> tuple[Value, ...]:
        """All that is said of the whole document."""
        return (self.order.value, *((self.spec.value,) if self.spec else ()))


def variants(order: Order) -> tuple[Variant, ...]:
    """The variants of an order type, in spec order."""
    return tuple(Variant(order, spec) for spec in order.variants) or (Variant(order, None),)
