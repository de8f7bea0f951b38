"""
For your own test suites: Hypothesis strategies, a state machine that tests a system, and a pytest plugin.

Each name is imported at its first use, because every run of pytest loads the plugin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from covage_model.api.drawing import NoOrder
    from covage_model.testing.adapter import UNTOLD, Adapter
    from covage_model.testing.ddmin import fewest
    from covage_model.testing.machine import lifecycle_machine
    from covage_model.testing.near_miss_strategy import NearMiss, near_misses
    from covage_model.testing.order_strategy import orders
    from covage_model.testing.trace_strategy import Life, traces

_PLACES = {
    "Adapter": "adapter",
    "Life": "trace_strategy",
    "NearMiss": "near_miss_strategy",
    "NoOrder": "order_strategy",
    "UNTOLD": "adapter",
    "fewest": "ddmin",
    "lifecycle_machine": "machine",
    "near_misses": "near_miss_strategy",
    "orders": "order_strategy",
    "traces": "trace_strategy",
}

__all__ = [
    "UNTOLD",
    "Adapter",
    "Life",
    "NearMiss",
    "NoOrder",
    "fewest",
    "lifecycle_machine",
    "near_misses",
    "orders",
    "traces",
]


def __getattr__(name: str) -> Any:
    """Imports a public name at its first use."""
    if name not in _PLACES:
        raise AttributeError(f"module 'covage_model.testing' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"covage_model.testing.{_PLACES[name]}"), name)
