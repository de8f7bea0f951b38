"""`covage-model draw`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

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
        wanted = diagrams.subjects(spec.spec, names)
    except diagrams.NoSuchDiagram as error:
        raise click.UsageError(str(error)) from error
    if check:
        if coverage:
            raise click.UsageError("--check compares pictures as they are drawn without --coverage")
        if format_ not in _TEXTS:
            raise click.UsageError(f"--check reads {', '.join(_TEXTS)}")
        return _check(spec, wanted, format_, out or "diagrams", language, streams)
    ending = "" if out is None or os.path.isdir(out) else os.path.splitext(out)[1]
    single = len(wanted) == 1 and (out is None or bool(ending))
    if not single and (out is None or (ending and diagrams.form_of(out) is not None)):
        hint = "" if out is None else f" (a name that ends in {ending} is a file's)"
        raise click.UsageError(f"{len(wanted)} pictures need a folder: --out DIR{hint}")
    merged = coverages.merge_files(coverage, spec.spec) if coverage else None
    if merged is not None:
        output.warn(merged.findings, language, streams)
    try:
        with progress(len(wanted), "drawing", streams) as tick:
            drawn = _drawn(spec, wanted, format_, language, merged.record if merged is not None else None, tick)
            if single or out is None:
                for _, content in drawn:
                    output.write_file(content, out, streams)
            else:
                output.write_files(drawn, out)
    except diagrams.CannotDraw as error:
        raise click.ClickException(str(error)) from error
    return output.exit_for(merged.findings if merged is not None else ())


def _drawn(
    pack: Workspace, wanted: list[diagrams.Subject], form: str, language: str, record: Any, tick: Callable[[], None]
) -> Iterator[tuple[str, str | bytes]]:
    """The name and the content of a file for each picture."""
    for subject in wanted:
        paint = diagrams.coverage_marks(pack.spec, subject, record, language) if record is not None else None
        yield subject.file(form), diagrams.picture(pack, subject, form, language, paint=paint)
        tick()


def _check(
    pack: Workspace, wanted: list[diagrams.Subject], form: str, folder: str, language: str, streams: Streams
) -> int:
    lines = []
    for subject in wanted:
        path = os.path.join(folder, subject.file(form))
        try:
            with open(path, encoding="utf-8") as file:
                problem = "stale" if diagrams.is_stale(pack, subject, file.read(), language) else None
        except FileNotFoundError:
            problem = "missing"
        except (OSError, UnicodeDecodeError):
            problem = "unreadable"
        lines += [TextLine(f"{path}: {problem}")] if problem is not None else []
    output.say([*lines, TextLine(f"{len(wanted)} diagrams, {len(lines)} to draw again")], streams)
    return Exit.FOUND if lines else Exit.CLEAN
