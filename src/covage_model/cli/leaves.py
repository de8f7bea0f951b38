"""Orders and variants named on the command line."""

from __future__ import annotations

import click

from covage_model.model.orders import leaves
from covage_model.model.pack import SpecPack
from covage_model.nearest import near_miss


def chosen(pack: SpecPack, *names: str | None) -> list[str]:
    """The leaves that the names mean, an order meaning all its variants; all of them where no name is given."""
    given = [name for name in names if name is not None]
    found: list[str] = []
    for name in given:
        below = [leaf.name for order in pack.orders for leaf in leaves(order) if name in (order.name, leaf.name)]
        if not below:
            known = [*(order.name for order in pack.orders), *(leaf.name for leaf in pack.leaves)]
            near = near_miss(name, known)
            hint = f"did you mean {near!r}?" if near else f"use one of: {', '.join(dict.fromkeys(known))}"
            raise click.UsageError(f"there is no order {name!r}; {hint}")
        found.extend(below)
    return list(dict.fromkeys(found)) if given else [leaf.name for leaf in pack.leaves]
