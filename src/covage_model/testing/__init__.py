"""
For people's own test suites: Hypothesis strategies, a machine that tests a system against the spec, a pytest plugin.

The names are loaded when they are first used: the plugin is in every run of pytest, and must cost nothing there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from covage_model.testing.adapter import UNTOLD, Adapter
    from covage_model.testing.machine import lifecycle_machine
    from covage_model.testing.order_strategy import orders

_PLACES = {
    "Adapter": "adapter",
    "UNTOLD": "adapter",
    "lifecycle_machine": "machine",
    "orders": "order_strategy",
}

__all__ = ["UNTOLD", "Adapter", "lifecycle_machine", "orders"]


def __getattr__(name: str) -> Any:
    """A public name, imported when it is asked for."""
    if name not in _PLACES:
        raise AttributeError(f"module 'covage_model.testing' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"covage_model.testing.{_PLACES[name]}"), name)
