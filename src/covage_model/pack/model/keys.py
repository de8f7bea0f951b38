"""Where an order has its name, what no other order may have, and what stood elsewhere: `key`, `unique`, `formerly`."""

from __future__ import annotations

from dataclasses import field

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin


@dataclass(frozen=True, slots=True)
class KeyPath:
    """A path, from where it is written, whose value names an order (`key`), or which no other may have (`unique`)."""

    path: tuple[str, ...]
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class OlderPath:
    """A path at which older documents have what is at the path `now` today; both from where they are written."""

    path: tuple[str, ...]
    now: tuple[str, ...]
    origin: Origin = field(compare=False)
