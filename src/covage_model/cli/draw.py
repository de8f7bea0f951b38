"""`covage-model draw`."""

from __future__ import annotations

import os

import click

from covage_model.api import coverage as coverages
from covage_model.api import diagrams
from covage_model.behaviour.draw.formats import FILE_ENDINGS, FORMATS
from covage_model.cli import shared
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.coverage.record import Record
from covage_model.report import text

_TEXTS = ("svg", "mermaid", "dot")


@click.command("draw")
@click.argument("names", nargs=-1, metavar="[LIFECYCLE|ORDER[/VARIANT]...]")
@shared.pack_option
@click.option("--check", is_flag=True, help="Write nothing; fail where a picture in --out is missing or stale.")
@click.option(
    "--coverage",
    "coverage",
    multiple=True,
    metavar="FILE",
    help="Paint what a record (--save-coverage) counts, and what it never saw; may be repeated.",
)
@shared.format_option(*sorted(FORMATS, key=lambda form: (form != "svg", form)))
@shared.out_option
@shared.language_option
@click.pass_obj
def command(
    streams: shared.Streams,
    names: tuple[str, ...],
    pack: tuple[str, ...],
    check: bool,
    coverage: tuple[str, ...],
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Draw lifecycles as state diagrams; without names, every lifecycle and every order's own.

    One picture goes to stdout, or to the file that --out names; several go into the folder --out.
    svg, mermaid and dot need nothing but this program; png and pdf need Graphviz's `dot`.
    Where a lifecycle and an order have one name, order:NAME means the order.
    """
    loaded = shared.load_sound(pack, streams)
    assert loaded.pack is not None  # a sound pack is one
    try:
        wanted = diagrams.subjects(loaded.pack, names)
    except diagrams.NoSuchDiagram as error:
        raise click.UsageError(str(error)) from error
    if check:
        if coverage:
            raise click.UsageError("--check compares pictures as they are drawn without --coverage")
        if format_ not in _TEXTS:
            raise click.UsageError(f"--check reads {', '.join(_TEXTS)}")
        return _check(loaded.pack, wanted, format_, out or "diagrams", language, streams)
    ending = "" if out is None or os.path.isdir(out) else os.path.splitext(out)[1]
    single = len(wanted) == 1 and (out is None or bool(ending))
    if not single and (out is None or ending[1:].lower() in FILE_ENDINGS.values()):
        hint = "" if out is None else f" (a name that ends in {ending} is a file's)"
        raise click.UsageError(f"{len(wanted)} pictures need a folder: --out DIR{hint}")
    merged = coverages.merge_files(coverage, loaded.pack) if coverage else None
    if merged is not None:
        streams.err.write(text.findings(merged.findings, language))
    record = merged.record if merged is not None else None
    try:
        _draw(loaded.pack, wanted, format_, out, language, streams, single=single, record=record)
    except diagrams.CannotDraw as error:
        raise click.ClickException(str(error)) from error
    return shared.exit_for(merged.findings if merged is not None else (), strict=False)


def _draw(
    pack: SpecPack,
    wanted: list[diagrams.Subject],
    form: str,
    out: str | None,
    language: str,
    streams: shared.Streams,
    *,
    single: bool,
    record: Record | None,
) -> None:
    with shared.progress(len(wanted), "drawing", streams) as tick:
        for subject in wanted:
            paint = diagrams.coverage(pack, subject, record, language) if record is not None else None
            drawn = diagrams.picture(pack, subject, form, language, paint=paint)
            path = out if single or out is None else os.path.join(out, subject.file(form))
            shared.write(drawn, path, streams)
            tick()


def _check(
    pack: SpecPack, wanted: list[diagrams.Subject], form: str, folder: str, language: str, streams: shared.Streams
) -> int:
    stale = 0
    for subject in wanted:
        path = os.path.join(folder, subject.file(form))
        try:
            with open(path, encoding="utf-8") as file:
                problem = "stale" if diagrams.is_stale(pack, subject, file.read(), language) else None
        except FileNotFoundError:
            problem = "missing"
        except (OSError, UnicodeDecodeError):
            problem = "unreadable"
        if problem is not None:
            stale += 1
            streams.out.write(f"{path}: {problem}\n")
    streams.out.write(f"{len(wanted)} diagrams, {stale} to draw again\n")
    return shared.Exit.FOUND if stale else shared.Exit.CLEAN
