"""
Order specs that run: judge order files, draw lifecycles, play scenarios, all from one spec pack.

The public names, loaded when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covage_model.version import VERSION as __version__

if TYPE_CHECKING:
    from covage_model.api.conform import NoSuite
    from covage_model.api.coverage import (
        measure_coverage,
        merge_coverage,
        read_coverage,
        record_coverage,
        write_coverage,
    )
    from covage_model.api.defects import generate_defects
    from covage_model.api.diagrams import CannotDraw, NoSuchDiagram
    from covage_model.api.generation import Generation, generate_orders
    from covage_model.api.library import (
        BrokenPack,
        Pack,
        begin_order,
        build_machine,
        build_order_suite,
        build_suites,
        check_pack,
        conform_command,
        draw_lifecycle,
        judge,
        judge_files,
        load_pack,
        mutate_pack,
        order_schema,
        order_validator,
        run_scenario,
        verify_pack,
        why,
    )
    from covage_model.api.packs import NoSuchPack
    from covage_model.ground.codes import message
    from covage_model.ground.diagnostics import Diagnostic, Severity
    from covage_model.ground.formats import FORMATS
    from covage_model.ground.processes.commands import NoCommand

_PLACES = {
    "covage_model.api.library": (
        "BrokenPack",
        "Pack",
        "begin_order",
        "build_machine",
        "build_order_suite",
        "build_suites",
        "check_pack",
        "conform_command",
        "draw_lifecycle",
        "judge",
        "judge_files",
        "load_pack",
        "mutate_pack",
        "order_schema",
        "order_validator",
        "run_scenario",
        "verify_pack",
        "why",
    ),
    "covage_model.api.coverage": (
        "measure_coverage",
        "merge_coverage",
        "read_coverage",
        "record_coverage",
        "write_coverage",
    ),
    "covage_model.api.defects": ("generate_defects",),
    "covage_model.api.diagrams": ("CannotDraw", "NoSuchDiagram"),
    "covage_model.api.generation": ("Generation", "generate_orders"),
    "covage_model.api.conform": ("NoSuite",),
    "covage_model.api.packs": ("NoSuchPack",),
    "covage_model.ground.codes": ("message",),
    "covage_model.ground.diagnostics": ("Diagnostic", "Severity"),
    "covage_model.ground.formats": ("FORMATS",),
    "covage_model.ground.processes.commands": ("NoCommand",),
}
_PLACE_OF = {name: place for place, names in _PLACES.items() for name in names}

__all__ = [
    "FORMATS",
    "BrokenPack",
    "CannotDraw",
    "Diagnostic",
    "Generation",
    "NoCommand",
    "NoSuchDiagram",
    "NoSuchPack",
    "NoSuite",
    "Pack",
    "Severity",
    "__version__",
    "begin_order",
    "build_machine",
    "build_order_suite",
    "build_suites",
    "check_pack",
    "conform_command",
    "draw_lifecycle",
    "generate_defects",
    "generate_orders",
    "judge",
    "judge_files",
    "load_pack",
    "measure_coverage",
    "merge_coverage",
    "message",
    "mutate_pack",
    "order_schema",
    "order_validator",
    "read_coverage",
    "record_coverage",
    "run_scenario",
    "verify_pack",
    "why",
    "write_coverage",
]


def __getattr__(name: str) -> Any:
    """A public name, imported when it is asked for: start-up pays for what is used."""
    if name not in _PLACE_OF:
        raise AttributeError(f"module 'covage_model' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_PLACE_OF[name]), name)
