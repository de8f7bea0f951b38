"""`covage-model`: the command line. Exit codes are in `Exit`; the highest wins."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import IO, Any

import covage_model.cli.late_inspect  # noqa: F401  before click, which would load all of `inspect`

# isort: split
import click

from covage_model import version
from covage_model.cli import outlet, settings, tongue
from covage_model.cli.streams import Exit, Streams, streams_of
from covage_model.ground import escape, language
from covage_model.ground.nearest import near_miss

_NOBODY_READS = 141  # what a shell reports for SIGPIPE
_COLLECTED_AFTER = 20_000  # new objects; a start makes fewer, and Python would look for cycles 30 times
_INTERRUPTED = 130  # what a shell reports for SIGINT
COMMANDS = {
    "check": "Find every problem of a pack at once",
    "conform": "Run a validator on a suite of order files, and compare its verdicts",
    "coverage": "Show which parts of a pack your files and scenarios exercise",
    "describe": "Show the fields of an order",
    "draw": "Draw lifecycles as state diagrams",
    "editor": "Write the schemas of orders and packs for editors",
    "examples": "Print an example order to start from",
    "explain": "Explain the code of a finding, and what to do",
    "fit": "Fit a profile to a log of events, and judge it on orders that were held out",
    "generate": "Generate valid orders with an account, or orders with one defect",
    "init": "Start a pack of your own",
    "mutate": "Show which rules no scenario or order file tests",
    "replay": "Replay a log of events: could its orders have happened?",
    "run": "Play scenarios, and show each step",
    "schema": "Print the JSON Schema of an order",
    "simulate": "Simulate many orders in time: ends, lead times, busy hands",
    "sources": "Show which definitions cite each statement of a source",
    "step": "Walk a lifecycle step by step, in the terminal",
    "suites": "Build test suites of scenarios that cover all behaviour",
    "validate": "Judge order files, with findings on the exact line",
    "verify": "Decide each property of each lifecycle, with counterexamples",
    "why": "Explain why a trigger is refused, and what would allow it",
}


class _Lazy(click.Group):
    """A group that imports a command only when it is called, so that the start is fast."""

    lang = "en"

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return tongue.told(_load(cmd_name), self.lang)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, language.translated(does, self.lang)) for name, does in COMMANDS.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = near_miss(args[0], COMMANDS)
            raise click.UsageError(error.message + (f" Did you mean {near!r}?" if near else ""), ctx) from error


def _loaders() -> dict[str, Callable[[], click.Command]]:
    """By the name of each command, what loads it."""
    return {name: partial(_load, name) for name in COMMANDS}


def _load(name: str) -> click.Command:
    command: click.Command = importlib.import_module(f"covage_model.cli.{name}").command
    return command


def _show_settings(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        for line in settings.shown(_loaders()):
            print(escape.terminal(language.translated(line, context.obj.language)), file=context.obj.out)
        context.exit()


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version.VERSION, prog_name="covage-model")
@click.option(
    "--show-settings",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_settings,
    help="Show what the file of settings and the environment set, and exit.",
)
@click.option("--lang", type=click.Choice(language.LANGUAGES), help=tongue.LANG_HELP)
@click.pass_context
def _root(context: click.Context, lang: str | None) -> None:
    """
    Judge order files, draw lifecycles and play scenarios, all from one spec pack.

    Exit codes: 0 clean, 1 findings, 2 usage, 3 the pack is broken, 4 an input cannot be read or
    is over a limit, 5 our own failure; the highest wins.
    """
    name = context.invoked_subcommand
    if name in COMMANDS:
        given = {} if lang is None else {"language": lang}
        context.default_map = {name: settings.defaults(_load(name), name, _loaders()) | given}


@_root.result_callback()
def _ended(code: Any, **_: Any) -> int:
    from covage_model.cli import output

    return output.ended(int(code or 0))


def main(
    argv: Sequence[str] | None = None,
    out: IO[str] | None = None,
    err: IO[str] | None = None,
    stdin: IO[bytes] | None = None,
) -> int:
    """The exit code of one call. Streams are parameters so that a test can call the whole command."""
    lang = tongue.asked(sys.argv[1:] if argv is None else argv)
    streams = streams_of(out or sys.stdout, err or sys.stderr, stdin or getattr(sys.stdin, "buffer", None), lang)
    root = tongue.told(_root, lang)
    root.lang = lang
    try:
        with _redirected(streams):
            result = root.main(
                args=list(argv) if argv is not None else None,
                prog_name="covage-model",
                standalone_mode=False,
                obj=streams,
            )
        return int(result or 0)
    except click.exceptions.Exit as done:
        return int(done.exit_code)
    except click.Abort as error:
        if isinstance(error.__cause__, KeyboardInterrupt):
            raise KeyboardInterrupt from error  # Ctrl-C: click raises its own exception for it
        print(language.translated("stopped", lang), file=streams.err)
        return int(Exit.USAGE)
    except click.ClickException as error:
        with _redirected(streams):
            tongue.show(error, lang, streams.err)
        return int(Exit.USAGE)


class _redirected:  # noqa: N801  reads as a word in `with`
    """Redirects the process streams to those of the caller: click itself prints help and version."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._before: tuple[Any, Any] = (None, None)

    def __enter__(self) -> None:
        self._before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = self._streams.out, self._streams.err

    def __exit__(self, *_: object) -> None:
        sys.stdout, sys.stderr = self._before


def run() -> None:
    """The entry point of the installed command. A closed pipe ends it silently; a failure prints one line."""
    out, err = outlet.stdout(), outlet.stderr()
    gc.freeze()  # what is loaded lives as long as the process
    gc.set_threshold(_COLLECTED_AFTER)
    try:
        code = main(None, out, err)
        out.flush()
    except outlet.OutputRefused as refused:
        if refused.why is not None:
            print(_own("cannot write to stdout: {why:words}", why=refused.why), file=err)
        code = _NOBODY_READS if refused.why is None else int(Exit.USAGE)
    except KeyboardInterrupt:
        print(_own("interrupted"), file=err)
        code = _INTERRUPTED
    except Exception as error:
        if os.environ.get("COVAGE_MODEL_TRACEBACK"):
            raise
        code = int(_failed(error, err))
    gc.freeze()  # else Python looks for cycles among all that goes away now
    sys.exit(code)


def _failed(error: Exception, err: IO[str]) -> Exit:
    """Print one line about an exception; the exit code. A lack of memory or disk space is not a fault of this tool."""
    if isinstance(error, MemoryError):
        print(_own("there is not enough memory for this"), file=err)
        return Exit.UNREADABLE
    if isinstance(error, OSError):
        if not _has_folder():
            print(_own("the working folder does not exist any more: change to another"), file=err)
            return Exit.USAGE
        where = f"{escape.plain(str(error.filename))}: " if error.filename is not None else ""
        why = error.strerror or str(error)
        print(_own("the system refused: {where}{why:words}", where=where, why=why), file=err)
        return Exit.UNREADABLE
    print(_own("covage-model failed: {what}", what=f"{type(error).__name__}{_told(error)}"), file=err)
    print(_own("this is our fault; COVAGE_MODEL_TRACEBACK=1 shows where"), file=err)
    return Exit.OURS


def _own(template: str, **values: object) -> str:
    """A sentence about this process, in the language of its call."""
    return language.tell(template, tongue.asked(sys.argv[1:]), **values)


def _told(error: Exception) -> str:
    """What an exception says; in CI, where that may hold personal data, only where it was raised."""
    from covage_model.cli import masked

    if not masked.in_ci():
        return f": {escape.plain(str(error))}"
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return "" if at is None else f" in {os.path.basename(at.tb_frame.f_code.co_filename)}:{at.tb_lineno}"


def _has_folder() -> bool:
    try:
        os.getcwd()
    except OSError:
        return False
    return True
