"""`covage-model draw`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import click

from covage_model.api import coverage as coverages
from covage_model.api import diagrams
from covage_model.api.workspace import Workspace
from covage_model.cli import options, output
from covage_model.cli.packs import opened
from covage_model.cli.streams import Exit, Streams, progress
from covage_model.report.blocks import TextLine

_TEXTS = ("svg", "mermaid", "dot")


@click.command("draw")
@click.argument("names", nargs=-1, metavar="[LIFECYCLE|ORDER[/VARIANT]...]")
@options.pack_option
@click.option("--check", is_flag=True, help="Write nothing; fail if a picture in --out is missing or outdated.")
@click.option(
    "--coverage",
    "coverage",
    multiple=True,
    metavar="FILE",
    help="Colour what a coverage record (--save-coverage) counts, and what it never counts; may be repeated.",
)
@options.format_option(*diagrams.forms())
@options.out_option
@options.language_option
@click.pass_obj
def command(
    streams: Streams,
    names: tuple[str, ...],
    pack: tuple[str, ...],
    check: bool,
    coverage: tuple[str, ...],
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Draw state diagrams of lifecycles, orders and variants; without names, of all.

    One picture goes to stdout or to the file --out; several go into the folder --out.
    svg, mermaid and dot need only this program; png and pdf need `dot` of Graphviz.
    If a lifecycle and an order have the same name, order:NAME is the order.
    """
    spec = opened(pack, streams)
    try:
        subjects = diagrams.subjects(spec.spec, names)
    except diagrams.NoSuchDiagram as error:
        raise click.UsageError(str(error)) from error
    if not subjects:
        raise click.UsageError("there is nothing to draw: the pack has no lifecycle and no order")
    if check:
        if coverage:
            raise click.UsageError("--check compares pictures as they are drawn without --coverage")
        if format_ not in _TEXTS:
            raise click.UsageError(f"--check reads {', '.join(_TEXTS)}")
        return _check(spec, subjects, format_, out or "diagrams", language, streams)
    folder = _folder(len(subjects), out)
    merged = coverages.merge_files(coverage, spec.spec)
    record = merged.record if coverage else None
    output.warn(merged.findings, language, streams)
    try:
        with progress(len(subjects), "drawing", streams) as tick:
            pictures = _pictures(spec, subjects, format_, language, record, tick)
            if folder is not None:
                output.write_files(pictures, folder)
            else:
                for _, content in pictures:
                    output.write_file(content, out, streams)
    except diagrams.CannotDraw as error:
        raise click.ClickException(str(error)) from error
    return output.exit_for(merged.findings)


def _folder(count: int, out: str | None) -> str | None:
    """The folder that the pictures go to; None where a single picture goes to stdout or to the file `out`."""
    ending = "" if out is None or os.path.isdir(out) else os.path.splitext(out)[1]
    if count == 1 and (out is None or ending):
        return None
    if out is None or (ending and diagrams.form_of(out) is not None):
        note = "" if out is None else f" (a name that ends in {ending} is a file's)"
        raise click.UsageError(f"{count} pictures need a folder: --out DIR{note}")
    return out


def _pictures(
    pack: Workspace,
    subjects: list[diagrams.Subject],
    form: str,
    language: str,
    record: coverages.Record | None,
    tick: Callable[[], None],
) -> Iterator[tuple[str, str | bytes]]:
    """The name and the content of a file for each picture."""
    for subject in subjects:
        paint = diagrams.coverage_marks(pack.spec, subject, record, language) if record is not None else None
        yield subject.file(form), diagrams.picture(pack, subject, form, language, paint=paint)
        tick()


def _check(
    pack: Workspace, subjects: list[diagrams.Subject], form: str, folder: str, language: str, streams: Streams
) -> int:
    lines = []
    for subject in subjects:
        path = os.path.join(folder, subject.file(form))
        try:
            with open(path, encoding="utf-8") as file:
                problem = "stale" if diagrams.is_stale(pack, subject, file.read(), language) else None
        except FileNotFoundError:
            problem = "missing"
        except (OSError, UnicodeDecodeError):
            problem = "unreadable"
        lines += [TextLine(f"{path}: {problem}")] if problem is not None else []
    output.say([*lines, TextLine(f"{len(subjects)} diagrams, {len(lines)} to draw again")], streams)
    return Exit.FOUND if lines else Exit.CLEAN
