"""The options that mean the same in every command."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import click

from covage_model.cli import tongue
from covage_model.ground import language
from covage_model.ground.files.limits import DEEPEST
from covage_model.ground.nearest import near_miss
from covage_model.report import printing

OUTPUTS = "covage_model.outputs"  # where a call keeps its further outputs: formats and paths
FAIL_ON = "covage_model.fail_on"  # error, warning, unchecked or None
REVEAL = "covage_model.reveal"  # whether personal data is shown
COLOR = "covage_model.color"  # auto, always, never
EXIT_ZERO = "covage_model.exit_zero"
VERBOSE = "covage_model.verbose"
Command = TypeVar("Command", bound=Callable[..., Any])


def further_outputs() -> list[tuple[str, str]]:
    """The formats and paths of `--output` in this call."""
    context = click.get_current_context(silent=True)
    found: list[tuple[str, str]] = context.meta.get(OUTPUTS, []) if context is not None else []
    return found


def formats(format_: str) -> set[str]:
    """All formats in which this call prints its report."""
    return {format_, *(name for name, _ in further_outputs())}


class Within(click.FloatRange):
    """A number in a range; rejects NaN, which click lets pass and which no comparison holds for."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number; fails for NaN and outside of the range."""
        found = float(super().convert(value, param, ctx))
        if math.isnan(found):
            self.fail(f"{value} is not in the range {self._describe_range()}.", param, ctx)
        return found


def _pointer(_: click.Context, __: click.Parameter, value: str) -> str:
    """A JSON Pointer."""
    if value and not value.startswith("/"):
        raise click.BadParameter(f"{value!r} is no JSON Pointer: it starts with /, as in /orders.")
    if value.count("/") > DEEPEST:
        raise click.BadParameter(f"a JSON Pointer of {value.count('/')} steps: documents are at most {DEEPEST} deep.")
    return value


def _encoding(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """The name of an encoding of text."""
    if value is not None:
        try:
            "".encode(value)
        except (LookupError, UnicodeError) as error:  # `undefined` is one that refuses even ''
            raise click.BadParameter(f"no encoding is called {value!r}. Often it is cp1252 or utf-16.") from error
    return value


PERCENT = Within(0, 100)
pack_option = click.option(
    "--pack",
    "pack",
    multiple=True,
    metavar="PATH|NAME",
    help="A pack's folder, or a bundled pack's name; a later one extends the earlier. Default: the bundled pack.",
)


def _speaks(context: click.Context, _: click.Parameter, value: str) -> str:
    """Let what is said beside the report be in its language, also where the file of settings gives it."""
    context.obj.language = value
    return value


_language = partial(
    click.option,
    "--lang",
    "language",
    type=click.Choice(language.LANGUAGES),
    default=lambda: language.of_environment(os.environ),
    callback=_speaks,
    help=tongue.LANG_HELP,
)
language_option = _language()
streams_language_option = _language(expose_value=False)  # for commands that only speak through their streams
out_option = click.option(
    "--out", "out", metavar="PATH", type=click.Path(), help="Write to this path instead of stdout."
)
state_option = click.option("--state", "state", metavar="STATUS", help="The status to judge for.")


def _read_once(context: click.Context, _: click.Parameter, paths: tuple[str, ...]) -> tuple[str, ...]:
    if paths.count("-") > 1:
        raise click.UsageError("stdin can be read once: give --account - once", context)
    return paths


def account_option_for(use: str) -> Callable[[Command], Command]:
    """`--account`, with the first sentence of its help."""
    return click.option(
        "--account",
        "account",
        multiple=True,
        metavar="FILE",
        callback=_read_once,
        help=f"{use} Several files are one account; - is stdin.",
    )


account_option = account_option_for("The account: what the platform knows of the sender.")
record_option = click.option(
    "--record",
    "record",
    metavar="FILE",
    help="A record of the platform, or - for stdin: where may its order be, and what is possible there?",
)
exclude_option = click.option(
    "--exclude",
    "exclude",
    multiple=True,
    metavar="GLOB",
    help="Leave out files and folders of this name. May be repeated.",
)
at_option = click.option(
    "--at",
    "at",
    metavar="POINTER",
    default="",
    callback=_pointer,
    help="Where the orders lie in each document: a JSON Pointer; * is every item. Example: /data/orders.",
)
log_at_option = click.option(
    "--log-at",
    "log_at",
    metavar="POINTER",
    default="",
    callback=_pointer,
    help="Where the records lie in each document of LOG: a JSON Pointer. Example: /events.",
)
encoding_option = click.option(
    "--encoding", "encoding", metavar="NAME", callback=_encoding, help="The encoding of CSV files. Default: UTF-8."
)
save_coverage_option = click.option(
    "--save-coverage",
    "save_coverage",
    metavar="FILE",
    type=click.Path(),
    help="Record which parts of the pack were exercised: see `covage-model coverage`.",
)
limit_option = click.option(
    "--limit",
    "limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Explore at most N configurations of each order and variant. Default: a million.",
)
strict_option = click.option("--strict", is_flag=True, help="Warnings and rules not checked count as findings.")


def format_option(*formats: str) -> Callable[[Command], Command]:
    """`--format`, one of these; the first is the default."""
    return click.option("--format", "format_", type=click.Choice(formats), default=formats[0], help="What is printed.")


def kept_option(key: str, *words: str, **settings: Any) -> Callable[[Command], Command]:
    """An option that no command takes: its value is kept in the call's context by this key."""

    def kept(context: click.Context, _: click.Parameter, value: Any) -> Any:
        context.meta[key] = value
        return value

    return click.option(*words, expose_value=False, callback=kept, **settings)


_color_option = kept_option(
    COLOR,
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Whether text has colours. Default: on a terminal, unless NO_COLOR is set.",
)
_fail_on_option = kept_option(
    FAIL_ON,
    "--fail-on",
    type=click.Choice(["error", "warning", "unchecked"]),
    help="Exit with 1 for errors (default), also for warnings, or also for rules not checked.",
)
_exit_zero_option = kept_option(
    EXIT_ZERO, "--exit-zero", is_flag=True, help="Findings do not fail: exit with 0 in place of 1."
)
_verbose_option = kept_option(
    VERBOSE, "--verbose", is_flag=True, help="In text, also show the pattern that a value does not match."
)
reveal_option = kept_option(
    REVEAL,
    "--reveal",
    is_flag=True,
    help="Show personal data in all formats. Else only text has it, and only outside of CI.",
)


def report_format(*features: str) -> Callable[[Command], Command]:
    """`--format` of a report, with all formats that it can have, and `--output`; `features` are its contents."""
    formats = printing.names(*features)

    def outputs(context: click.Context, _: click.Parameter, given: tuple[str, ...]) -> None:
        context.meta[OUTPUTS] = [_output(text, formats) for text in given]

    def decorated(command: Command) -> Command:
        option = click.option(
            "--output",
            multiple=True,
            metavar="FORMAT=PATH",
            expose_value=False,
            callback=outputs,
            help="Write the report to a file too, in a format of --format. May be repeated.",
        )
        if "findings" in features:
            command = _fail_on_option(_exit_zero_option(_verbose_option(command)))
        return format_option(*formats)(option(_color_option(command)))

    return decorated


def report_options(*features: str) -> Callable[[Command], Command]:
    """The options of a command that prints one report: those of `report_format`, then `--out` and `--lang`."""
    return lambda command: report_format(*features)(out_option(language_option(command)))


def _output(text: str, formats: Sequence[str]) -> tuple[str, str]:
    """A format and a path."""
    name, equals, path = text.partition("=")
    if not equals or not path:
        raise click.BadParameter(f"{text!r} is no FORMAT=PATH, as in json=report.json.")
    if name not in formats:
        near = near_miss(name, formats)
        hint = f"Did you mean {near!r}?" if near else f"Use one of: {', '.join(formats)}."
        raise click.BadParameter(f"no format is called {name!r}. {hint}")
    return name, path
