"""
Executable order specs: judge order files, draw lifecycles and play scenarios, all from one spec pack.

Each public name is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covage_model.version import VERSION as __version__

if TYPE_CHECKING:
    from covage_model.api.account_examples import account_for
    from covage_model.api.became import record_became
    from covage_model.api.begin import begin_order
    from covage_model.api.conform import NoSuite, conform_command
    from covage_model.api.coverage import (
        measure_coverage,
        merge_coverage,
        read_coverage,
        record_coverage,
        write_coverage,
    )
    from covage_model.api.defects import generate_defects
    from covage_model.api.diagrams import CannotDraw, DiagramView, NoSuchDiagram, draw_lifecycle, print_lifecycle
    from covage_model.api.fit import FittedProfile, fit_log
    from covage_model.api.generation import Generation, generate_orders
    from covage_model.api.judge import judge, judge_files
    from covage_model.api.machine import WrongConfiguration, build_machine
    from covage_model.api.mutation import mutate_pack
    from covage_model.api.order_suites import build_order_suite
    from covage_model.api.packs import NoSuchPack, check_pack
    from covage_model.api.painted import CannotPaint, draw_simulation
    from covage_model.api.record_places import record_places
    from covage_model.api.replay import CannotReplay, ReplayedLog, replay_log
    from covage_model.api.scenarios import run_scenario
    from covage_model.api.schemas import account_schema, order_schema, order_validator
    from covage_model.api.simulate import CannotSimulate, simulate_pack
    from covage_model.api.simulation_page import simulation_page
    from covage_model.api.suites import build_suites
    from covage_model.api.transitions import transition_tables
    from covage_model.api.verify import verify_pack
    from covage_model.api.why import why
    from covage_model.api.workspace import BrokenPack, Pack, load_pack
    from covage_model.ground.codes import message
    from covage_model.ground.diagnostics import Diagnostic, Severity
    from covage_model.ground.formats import FORMATS
    from covage_model.ground.processes.commands import NoCommand

_PLACES = {
    "covage_model.api.account_examples": ("account_for",),
    "covage_model.api.became": ("record_became",),
    "covage_model.api.begin": ("begin_order",),
    "covage_model.api.conform": ("NoSuite", "conform_command"),
    "covage_model.api.coverage": (
        "measure_coverage",
        "merge_coverage",
        "read_coverage",
        "record_coverage",
        "write_coverage",
    ),
    "covage_model.api.defects": ("generate_defects",),
    "covage_model.api.diagrams": (
        "CannotDraw",
        "DiagramView",
        "NoSuchDiagram",
        "draw_lifecycle",
        "print_lifecycle",
    ),
    "covage_model.api.fit": ("FittedProfile", "fit_log"),
    "covage_model.api.generation": ("Generation", "generate_orders"),
    "covage_model.api.judge": ("judge", "judge_files"),
    "covage_model.api.machine": ("WrongConfiguration", "build_machine"),
    "covage_model.api.mutation": ("mutate_pack",),
    "covage_model.api.order_suites": ("build_order_suite",),
    "covage_model.api.painted": ("CannotPaint", "draw_simulation"),
    "covage_model.api.packs": ("NoSuchPack", "check_pack"),
    "covage_model.api.record_places": ("record_places",),
    "covage_model.api.scenarios": ("run_scenario",),
    "covage_model.api.schemas": ("account_schema", "order_schema", "order_validator"),
    "covage_model.api.replay": ("CannotReplay", "ReplayedLog", "replay_log"),
    "covage_model.api.simulate": ("CannotSimulate", "simulate_pack"),
    "covage_model.api.simulation_page": ("simulation_page",),
    "covage_model.api.suites": ("build_suites",),
    "covage_model.api.transitions": ("transition_tables",),
    "covage_model.api.verify": ("verify_pack",),
    "covage_model.api.why": ("why",),
    "covage_model.api.workspace": ("BrokenPack", "Pack", "load_pack"),
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
    "CannotPaint",
    "CannotReplay",
    "CannotSimulate",
    "Diagnostic",
    "DiagramView",
    "FittedProfile",
    "Generation",
    "NoCommand",
    "NoSuchDiagram",
    "NoSuchPack",
    "NoSuite",
    "Pack",
    "ReplayedLog",
    "Severity",
    "WrongConfiguration",
    "__version__",
    "account_for",
    "account_schema",
    "begin_order",
    "build_machine",
    "build_order_suite",
    "build_suites",
    "check_pack",
    "conform_command",
    "draw_lifecycle",
    "draw_simulation",
    "fit_log",
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
    "print_lifecycle",
    "read_coverage",
    "record_became",
    "record_coverage",
    "record_places",
    "replay_log",
    "run_scenario",
    "simulate_pack",
    "simulation_page",
    "transition_tables",
    "verify_pack",
    "why",
    "write_coverage",
]


def __getattr__(name: str) -> Any:
    """Imports a public name at its first use, so that start-up stays fast."""
    if name not in _PLACE_OF:
        raise AttributeError(f"module 'covage_model' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_PLACE_OF[name]), name)
