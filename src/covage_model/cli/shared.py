"""What the commands share: exit codes, streams, and the options that mean the same everywhere."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from typing import IO, TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from covage_model.api import packs, workspace
from covage_model.documents.judge.verdict import Judge
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.nearest import nearest

if TYPE_CHECKING:
    from covage_model.api.begin import Begun
    from covage_model.behaviour.run.outcome import ScenarioOutcome
    from covage_model.documents.judge.verdict import Verdict

Command = TypeVar("Command", bound=Callable[..., Any])
_BEYOND_ASCII = re.compile("[^\n -~]")
_BMP = 0xFFFF  # beyond it JSON spells a character with two escapes, and none moves a cursor


class Exit(IntEnum):
    """What the exit code says; the highest wins."""

    CLEAN = 0
    FOUND = 1
    USAGE = 2
    BROKEN = 3
    UNREADABLE = 4
    OURS = 5


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a command writes and reads."""

    out: IO[str]
    err: IO[str]
    stdin: IO[bytes] | None


UNREADABLE_CODES = ("CM001", "CM003", "CM006", "CM007", "CM008", "CM520", "CM530")


class _Percent(click.FloatRange):
    """From 0 to 100, and a number: against what is none every comparison is false, and none would ever fail."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        found = float(super().convert(value, param, ctx))
        if math.isnan(found):
            self.fail(f"{value} is not in the range {self._describe_range()}.", param, ctx)
        return found


PERCENT = _Percent(0, 100)
pack_option = click.option(
    "--pack",
    "pack",
    multiple=True,
    metavar="PATH|NAME",
    help="A pack's folder, or a bundled pack's name; several are laid over each other. Default: the bundled pack.",
)
language_option = click.option(
    "--lang", "language", type=click.Choice(["fr", "en"]), default="en", help="Language of labels."
)
out_option = click.option("--out", "out", metavar="PATH", type=click.Path(), help="Write there instead of to stdout.")
state_option = click.option("--state", "state", metavar="STATUS", help="The status to judge for.")
account_option = click.option("--account", "account", metavar="FILE", help="What the platform knows of the sender.")
save_coverage_option = click.option(
    "--save-coverage",
    "save_coverage",
    metavar="FILE",
    type=click.Path(),
    help="Record what of the pack was exercised: see `covage-model coverage`.",
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


def load_sound(names: Iterable[str], streams: Streams) -> packs.Loaded:
    """The packs of these names, which must be free of errors: else their findings are printed, and exit 3."""
    loaded = load_any(names, streams)
    if loaded.broken:
        _refuse(loaded.findings, streams)
    return loaded


def judge(names: Iterable[str], streams: Streams) -> Judge:
    """A judge by the packs of these names, which must be free of errors."""
    try:
        return workspace.open_to_judge(tuple(names)).judge
    except packs.NoSuchPack as error:
        raise click.UsageError(str(error)) from error
    except workspace.BrokenPack as error:
        _refuse(error.findings, streams)


def save_coverage(judge: Judge, lived: Iterable[Verdict | ScenarioOutcome | None], path: str, streams: Streams) -> None:
    """Write what these exercised; what could not be judged or played exercised nothing."""
    from covage_model.quality.coverage import record, recorder

    found = recorder.record(judge, (one for one in lived if one is not None))
    write(record.written(found), path, streams)


def begun(judge: Judge, names: Sequence[str], **given: Any) -> Begun:
    """An order begun as `api.begin.begin` does; a variant that is left open is a usage error."""
    from covage_model.api import begin

    try:
        return begin.begin(judge, names, **given)
    except begin.NoSuchOrder as error:
        raise click.UsageError(str(error)) from error


def check_status(judge: Judge, status: str) -> None:
    """A status that no order of the pack ever shows is a usage error; one that some never show is a finding."""
    legal = dict.fromkeys(
        one for variant in judge.prepared.alternatives for one in judge.sheet(variant.variant).statuses
    )
    if status not in legal:
        hint = nearest(status, legal)
        raise click.UsageError(f"no order has the status {status!r}" + (f"; {hint}" if hint else ""))


def _refuse(findings: Sequence[Diagnostic], streams: Streams) -> NoReturn:
    from covage_model.report import text

    streams.err.write(text.findings(findings))
    streams.err.write("the pack is broken: `covage-model check` says the same\n")
    raise click.exceptions.Exit(int(Exit.BROKEN))


def load_any(names: Iterable[str], streams: Streams, *, cache: bool = True, limit: int | None = None) -> packs.Loaded:
    """The packs of these names, with findings if they have some. A name of nothing is a usage error."""
    try:
        with exploring(streams) as tell:
            return packs.load(tuple(names), cache=cache, limit=limit, progress=tell)
    except packs.NoSuchPack as error:
        raise click.UsageError(str(error)) from error


def exit_for(findings: Iterable[Diagnostic], *, strict: bool) -> Exit:
    """The exit code that findings about inputs deserve."""
    worst = Exit.CLEAN
    for finding in findings:
        if finding.code in UNREADABLE_CODES:
            worst = max(worst, Exit.UNREADABLE)
        elif finding.severity is Severity.ERROR or (
            strict and finding.severity in (Severity.WARNING, Severity.UNCHECKED)
        ):
            worst = max(worst, Exit.FOUND)
    return worst


def write(content: str | bytes, out: str | None, streams: Streams) -> None:
    """Write a text, or bytes, to a file, its folder made if need be, or to stdout."""
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    if out is None and isinstance(content, str):
        streams.out.write(content)
        return
    if out is None:
        if not hasattr(streams.out, "buffer"):
            raise click.UsageError("this format is no text: say --out FILE")
        streams.out.buffer.write(data)
        return
    try:
        os.makedirs(os.path.dirname(out) or ".", exist_ok=True)
        with open(out, "wb") as file:
            file.write(data)
    except OSError as error:
        raise click.UsageError(f"cannot write {out}: {error.strerror}") from error


@contextmanager
def progress(total: int, doing: str, streams: Streams) -> Iterator[Callable[[], None]]:
    """A function to call after each of `total` pieces of work: a line on a terminal, nothing in a log."""
    shown = total > 1
    done = 0

    with _line(streams) as say:

        def tick() -> None:
            nonlocal done
            done += 1
            if shown:
                say(f"{doing} {done}/{total}")

        yield tick


@contextmanager
def exploring(streams: Streams) -> Iterator[Callable[[str, int], None]]:
    """What is told now and then whose state space is explored, and how large it is so far: as `progress` shows it."""
    with _line(streams) as say:
        yield lambda name, count: say(f"exploring {name}: {count:,} configurations")


@contextmanager
def doing(streams: Streams) -> Iterator[Callable[[str, str], None]]:
    """What is told for whom, or which, something is done now, and what: as `progress` shows it."""
    with _line(streams) as say:
        yield lambda name, what: say(f"{name}: {what}")


@contextmanager
def _line(streams: Streams) -> Iterator[Callable[[str], None]]:
    """A function that shows a line on a terminal, in place of the one before, and nothing in a log."""
    shown = False

    def say(text: str) -> None:
        nonlocal shown
        if streams.err.isatty():
            shown = True
            streams.err.write(f"\r\033[K{text}")
            streams.err.flush()

    try:
        yield say
    finally:
        if shown:
            streams.err.write("\r\033[K")
            streams.err.flush()


def as_json(value: Any) -> str:
    """A value as JSON for people and machines: UTF-8, two spaces, a newline at the end, nothing that moves a cursor."""
    return _BEYOND_ASCII.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def as_line(value: Any) -> str:
    """A value as JSON on one line, a newline at its end."""
    return _BEYOND_ASCII.sub(_escaped, json.dumps(value, ensure_ascii=False, separators=(",", ":"))) + "\n"


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    return char if char.isprintable() or ord(char) > _BMP else f"\\u{ord(char):04x}"
