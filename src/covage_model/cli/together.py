"""Options of one call that mean nothing with, or without, another: both are named, and nothing is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click
from click.core import ParameterSource

_Pairs = Mapping[str, tuple[str, ...]]
_STRICT: _Pairs = {"strict": ("fail_on",)}

# By command: what an option needs one of. Names are those of click's parameters.
NEEDS: Mapping[str, _Pairs] = {
    "examples": dict.fromkeys(("reveal", "at", "encoding"), ("given",)),
    "generate": {"reveal": ("account",)},
    "mutate": {"seed": ("sample",)} | dict.fromkeys(("exclude", "at", "encoding", "account", "state"), ("paths",)),
    "fit": {"at": ("orders_files",)},
    "replay": {"at": ("orders_files",)},
    "run": dict.fromkeys(("account", "at", "encoding"), ("record",)),
    "simulate": dict.fromkeys(("at", "encoding"), ("order_paths",)),
    "sources": dict.fromkeys(("baseline", "update_baseline", "suppressions", "fail_on"), ("check",)),
    "step": dict.fromkeys(("at", "encoding"), ("document", "record")),
    "why": dict.fromkeys(("at", "encoding"), ("document", "record")),
}
# By command: what means nothing beside an option.
BARS: Mapping[str, _Pairs] = {
    "check": _STRICT,
    "draw": {"explored": ("coverage",), "check": ("coverage", "page")},
    "generate": {
        "suite": ("defects", "account", "account_out", "state", "role", "count", "fill", "format_"),
        "defects": ("account", "account_out", "fill"),
    },
    "run": {"record": ("save_coverage", "baseline", "update_baseline", "suppressions", "trace")},
    "simulate": {"precise": ("until", "events")},
    "sources": {"check": ("standing",)},
    "step": {"record": ("document", "example"), "example": ("document", "account")},
    "validate": {**_STRICT, "before": ("jobs",), "save_coverage": ("jobs",)},
    "verify": _STRICT,
    "why": {"record": ("order", "document", "after")},
}


class TogetherCommand(click.Command):
    """A command that refuses typed options which mean nothing as they are combined."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command. Raises UsageError for such options; settings that do not apply are no fault."""
        for told in _faults(ctx, self.name or ""):
            raise click.UsageError(told, ctx)
        return super().invoke(ctx)


def _faults(context: click.Context, command: str) -> Iterator[str]:
    def given(name: str) -> bool:
        return context.get_parameter_source(name) not in (None, ParameterSource.DEFAULT)

    def typed(name: str) -> bool:
        return context.get_parameter_source(name) is ParameterSource.COMMANDLINE

    spelled = {param.name: param.opts[0] for param in context.command.params}
    for option, others in NEEDS.get(command, {}).items():
        if typed(option) and not any(map(given, others)):
            yield f"{spelled[option]} means nothing without {' or '.join(spelled[other] for other in others)}"
    for option, others in BARS.get(command, {}).items():
        for other in filter(typed, others if typed(option) else ()):
            yield f"{spelled[other]} means nothing with {spelled[option]}: remove one of them"
