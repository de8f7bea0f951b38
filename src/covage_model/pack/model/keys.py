"""Where an order has its name, or what no other order may have: `key` and `unique`."""

from __future__ import annotations

from dataclasses import field

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin


@dataclass(frozen=True, slots=True)
class KeyPath:
    """A path, from where it is written, whose value names an order (`key`), or which no other may have (`unique`)."""

    path: tuple[str, ...]
    origin: Origin = field(compare=False)
