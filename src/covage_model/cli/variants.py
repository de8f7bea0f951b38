"""Orders and variants named on the command line."""

from __future__ import annotations

import click

from covage_model.ground.nearest import near_miss
from covage_model.pack.model.orders import variants
from covage_model.pack.model.pack import SpecPack


def chosen(pack: SpecPack, *names: str | None) -> list[str]:
    """The variants that the names mean, an order meaning all its variants; all of them where no name is given."""
    given = [name for name in names if name is not None]
    found: list[str] = []
    for name in given:
        below = [
            variant.name for order in pack.orders for variant in variants(order) if name in (order.name, variant.name)
        ]
        if not below:
            known = [*(order.name for order in pack.orders), *(variant.name for variant in pack.variants)]
            near = near_miss(name, known)
            hint = f"did you mean {near!r}?" if near else f"use one of: {', '.join(dict.fromkeys(known))}"
            raise click.UsageError(f"there is no order {name!r}; {hint}")
        found.extend(below)
    return list(dict.fromkeys(found)) if given else [variant.name for variant in pack.variants]
