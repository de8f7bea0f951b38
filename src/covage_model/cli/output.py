"""What commands write: reports, texts and files. All text is escaped; a file is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import click

from covage_model.cli import inputs, masked, options
from covage_model.cli.streams import Exit, Streams
from covage_model.ground import escape
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.report.citing import Pages, pages_of
from covage_model.report.formats import FOR_THE_TERMINAL
from covage_model.report.report import UNREADABLE_CODES, Report, Tally

if TYPE_CHECKING:
    from covage_model.report.blocks import Block
    from covage_model.report.printing import Write

_FAILS = {
    "error": (Severity.ERROR,),
    "warning": (Severity.ERROR, Severity.WARNING),
    "unchecked": (Severity.ERROR, Severity.WARNING, Severity.UNCHECKED),
}
_WIDTH = 140  # without a terminal
_TELL_PACK = frozenset(("json", "ndjson", "sarif", "ctrf"))  # formats that name the pack
_PACK = "covage_model.pack"  # where a call keeps the name and the folders of its pack


def show(
    report: Report,
    format_: str,
    out: str | None,
    streams: Streams,
    ends: Callable[[Tally], int] | None = None,
    masked: Report | None = None,
) -> Tally:
    """
    Print a report to a file or to stdout, and to the files of `--output`, entry by entry; the counts of its findings.

    `ends` is the exit code of the command, for formats that tell it; without it, that of `exit_of`. `masked` is the
    same report without personal data, for the formats that are not for the terminal.
    """
    from covage_model.report import printing

    places = [(format_, out), *options.further_outputs()]
    if not _TELL_PACK.isdisjoint(name for name, _ in places):
        for one in filter(None, (report, masked)):
            one.members = {**_pack_members(), **one.members}
    for one in filter(None, (report, masked)):
        one.pages = _pages
    report.verbose = _is_verbose()
    report.colors = out is None and all(name != "text" for name, _ in options.further_outputs()) and _in_color(streams)
    with ExitStack() as stack:
        outputs = [(name, stack.enter_context(lines(path, streams))) for name, path in places]
        code = ends or exit_of
        apart = [] if masked is None else [one for one in outputs if one[0] not in FOR_THE_TERMINAL]
        outputs = [one for one in outputs if one not in apart]
        other = None if masked is None else (masked, apart)
        return printing.deliver(report, outputs, width(out, streams), lambda tally: ended(code(tally)), other)


def show_all(
    reports: Sequence[Report],
    format_: str,
    out: str | None,
    streams: Streams,
    *,
    at_least: Exit = Exit.CLEAN,
    strict: bool = False,
) -> Exit:
    """
    Print a report, and its copy without personal data where there are two, as `show` does; the exit code.

    It is `at_least` the one given, whatever the findings are.
    """
    ends = ending(at_least=at_least, strict=strict)
    return ends(show(reports[0], format_, out, streams, ends, *reports[1:]))


def ending(*, at_least: Exit = Exit.CLEAN, strict: bool = False) -> Callable[[Tally], Exit]:
    """What gives the exit code of a command for its findings: `at_least` this one, whatever they are."""
    return lambda tally: max(at_least, exit_of(tally, strict=strict))


def tell_pack(name: str | None, folders: Sequence[str], spec: Callable[[], Any]) -> None:
    """Keep the pack of this call for reports, which name it and its sources; `spec` is what it says, None if broken."""
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta[_PACK] = (name, tuple(folders), spec)


def _pages() -> Pages:
    """The pages that the pack of this call cites."""
    context = click.get_current_context(silent=True)
    *_, spec = context.meta.get(_PACK, (None,)) if context is not None else (None,)
    pack = spec() if spec is not None else None
    return pages_of(pack) if pack is not None else {}


def _pack_members() -> dict[str, Any]:
    """The name and the digest of the pack; nothing where the command has none."""
    context = click.get_current_context(silent=True)
    if context is None or _PACK not in context.meta:
        return {}
    from covage_model.api import packs

    name, folders, _ = context.meta[_PACK]
    return {"pack": name, "digest": packs.digest(folders)}


def _is_verbose() -> bool:
    """Whether this call has `--verbose`."""
    context = click.get_current_context(silent=True)
    return context is not None and context.meta.get(options.VERBOSE, False)


def _in_color(streams: Streams) -> bool:
    """Whether text on stdout has colours: by `--color`, else on a terminal, unless `NO_COLOR` is set."""
    context = click.get_current_context(silent=True)
    asked = context.meta.get(options.COLOR) if context is not None else None
    if asked in ("always", "never"):
        return bool(asked == "always")
    return streams.out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say(blocks: Iterable[Block], streams: Streams, out: str | None = None) -> None:
    """Print blocks as text."""
    from covage_model.report.formats import text

    write_file(text.text(blocks, width(out, streams)), out, streams)


def warn(found: Iterable[Diagnostic], language: str, streams: Streams, judge: Any = None) -> None:
    """Findings on stderr; those about documents of a `judge` are masked where text is."""
    if judge is not None and (mask := masked.masks(judge, "text")[-1]) is not None and masked.in_ci():
        found = mask.findings(found)
    from covage_model.report import blocks
    from covage_model.report.formats import text

    streams.err.write(text.text(blocks.findings(found, language)))


def width(out: str | None, streams: Streams) -> int:
    """The width of a line in characters: that of the terminal, if there is one."""
    if out is not None or not streams.out.isatty():
        return _WIDTH
    import shutil  # slow to load, and few outputs are terminals

    return max(80, shutil.get_terminal_size((_WIDTH, 24)).columns)


def write_json(value: Any, out: str | None, streams: Streams) -> None:
    """Write a value as JSON."""
    write_file(escape.json_text(value), out, streams)


def write_file(content: str | bytes, out: str | None, streams: Streams, *, joins: bool = False) -> None:
    """Write a text, or bytes, to a file or to stdout. Missing folders are created."""
    if out is None and isinstance(content, str):
        streams.out.write(content)
        return
    if out is None:
        if not hasattr(streams.out, "buffer"):
            raise click.UsageError("this format is binary: give --out FILE")
        streams.out.buffer.write(content)
        return
    inputs.refuse(out, joins=joins)
    from covage_model.ground.files import writer

    try:
        writer.write(out, content)
    except (OSError, ValueError) as error:
        raise cannot_write(out, error) from error


def write_files(
    contents: Iterable[tuple[str, str | bytes | Iterable[bytes]]], folder: str, *, private: bool = False
) -> None:
    """
    Write files into a folder by their names in it, all or none; with `private`, for their owner alone.

    Missing folders are created.
    """
    from covage_model.ground.files import writer

    failed = folder

    def placed() -> Iterator[tuple[str, str | bytes | Iterable[bytes]]]:
        nonlocal failed
        for name, content in contents:
            failed = os.path.join(folder, name)
            yield failed, content

    if "\0" in folder:
        raise cannot_write(folder, ValueError("a name holds no NUL character"))
    try:
        writer.write_all(placed(), private=private)
    except OSError as error:
        raise cannot_write(failed, error) from error


@contextmanager
def beside(content: str, path: str) -> Iterator[None]:
    """Write a file next to what the block writes: it appears when the block has ended, and not if that fails."""
    inputs.refuse(path)
    from covage_model.ground.files import writer

    inside = False
    try:
        with writer.replaced(path) as file:
            file.write(content.encode("utf-8", "backslashreplace"))
            file.flush()  # a full disk shows before the block writes anything
            inside = True
            yield
            inside = False
    except (OSError, ValueError) as error:
        if inside:
            raise
        raise cannot_write(path, error) from error


@contextmanager
def lines(out: str | None, streams: Streams) -> Iterator[Write]:
    """A function that writes text to a file or to stdout. The file appears at the end, when it is complete."""
    if out is None:
        yield streams.write
        return
    inputs.refuse(out)
    from covage_model.ground.files import writer

    opened = False
    try:
        with writer.replaced(out) as file:
            opened = True
            yield lambda text: file.write(text.encode("utf-8", "backslashreplace"))
    except ValueError as error:
        if opened:
            raise
        raise cannot_write(out, error) from error
    except OSError as error:
        raise cannot_write(out, error) from error


class FileRefused(click.ClickException):
    """A file cannot be written: exit code 2, but no text about usage."""


def cannot_write(path: str, error: Exception) -> FileRefused:
    """The error for a file that cannot be written."""
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return FileRefused(f"cannot write {path}: {reason}")


def exit_of(tally: Tally, *, strict: bool = False) -> Exit:
    """The exit code for the findings that were counted, by `--fail-on`."""
    context = click.get_current_context(silent=True)
    least = "unchecked" if strict else context.meta.get(options.FAIL_ON) if context is not None else None
    found = any(tally.severities[severity] for severity in _FAILS[least or "error"])
    return Exit.UNREADABLE if tally.unreadable else Exit.FOUND if found else Exit.CLEAN


def ended(code: int) -> int:
    """The exit code of a command as the process has it: with `--exit-zero`, findings are no failure."""
    context = click.get_current_context(silent=True)
    lenient = context is not None and context.meta.get(options.EXIT_ZERO, False)
    return int(Exit.CLEAN) if lenient and code == Exit.FOUND else code


def exit_for(findings: Iterable[Diagnostic], *, strict: bool = False) -> Exit:
    """The exit code for these findings."""
    tally = Tally()
    for finding in findings:
        tally.severities[finding.severity] += 1
        tally.unreadable = tally.unreadable or finding.code in UNREADABLE_CODES
    return exit_of(tally, strict=strict)
