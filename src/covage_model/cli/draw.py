"""`covage-model draw`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from covage_model.api import coverage as coverages
from covage_model.api import diagrams
from covage_model.api.workspace import Workspace
from covage_model.cli import options, output
from covage_model.cli.packs import opened
from covage_model.cli.streams import Exit, Streams, progress
from covage_model.cli.together import TogetherCommand
from covage_model.ground import escape, language
from covage_model.ground.classes import dataclass
from covage_model.report.blocks import TextLine

_TEXTS = ("svg", "mermaid", "dot")


@click.command("draw", cls=TogetherCommand)
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
@click.option("--overview", is_flag=True, help="Only states and arrows.")
@click.option("--focus", metavar="STATE", help="Only this state and its neighbours.")
@click.option("--collapse", multiple=True, metavar="STATE", help="Show this state without its steps. May be repeated.")
@click.option(
    "--without", multiple=True, type=click.Choice(diagrams.PARTS), help="Leave these texts out. May be repeated."
)
@click.option(
    "--explored",
    is_flag=True,
    help="Draw the explored table of an order and variant, each configuration as a node. Only for small tables.",
)
@click.option(
    "--direction", type=click.Choice(diagrams.DIRECTIONS), help="Downwards (TB, the default) or to the right (LR)."
)
@click.option(
    "--page",
    type=click.Choice(diagrams.papers()),
    help="Draw for paper, on as few sheets as are legible; stderr tells the size of the smallest text.",
)
@options.format_option(*diagrams.forms())
@options.out_option
@options.language_option
@click.pass_obj
def command(
    streams: Streams,
    /,
    names: tuple[str, ...],
    pack: tuple[str, ...],
    check: bool,
    coverage: tuple[str, ...],
    page: str | None,
    format_: str,
    out: str | None,
    language: str,
    **view: Any,
) -> int:
    """
    Draw state diagrams of lifecycles, orders and variants; without names, of all.

    One picture goes to stdout or to the file --out; several go into the folder --out.
    svg, mermaid and dot need only this program; png and pdf need `dot` of Graphviz.
    If a lifecycle and an order have the same name, order:NAME is the order.
    """
    spec = opened(pack, streams)
    asked = _Asked(format_, language, page, view.pop("direction"), view)
    try:
        subjects = diagrams.subjects(spec.spec, names)
        if view["explored"] and not names:
            subjects = [subject for subject in subjects if subject.variant is not None]
        if view["explored"]:
            subjects = _small_enough(spec, subjects, asked, streams)
        if not subjects:
            raise click.UsageError("there is nothing to draw: the pack has no lifecycle and no order")
        if check:
            _refuse_to_check(asked)
            return _check(spec, subjects, asked, out or "diagrams", streams)
        return _draw(spec, subjects, asked, out, coverage, streams)
    except (diagrams.NoSuchDiagram, diagrams.NoSuchState, diagrams.TooLarge) as error:
        raise click.UsageError(str(error)) from error
    except diagrams.CannotDraw as error:
        raise click.ClickException(str(error)) from error


@dataclass(frozen=True, slots=True)
class _Asked:
    """How each picture is asked for. `direction` is None where none was given; `parts` are the rest of its view."""

    form: str
    language: str
    page: str | None
    direction: str | None
    parts: Mapping[str, Any]

    @property
    def view(self) -> diagrams.DiagramView:
        """What is shown of each picture."""
        return diagrams.DiagramView(self.direction or "TB", **self.parts)


def _small_enough(
    spec: Workspace, subjects: list[diagrams.Subject], asked: _Asked, streams: Streams
) -> list[diagrams.Subject]:
    """The subjects whose explored table can be drawn; the others are told on stderr. Raises TooLarge if all are."""
    drawn, too_large = list[diagrams.Subject](), list[diagrams.TooLarge]()
    for subject in subjects:
        try:
            diagrams.graph(spec, subject, asked.language, view=asked.view)
        except diagrams.TooLarge as error:
            too_large.append(error)
        else:
            drawn.append(subject)
    if too_large and not drawn:
        raise too_large[0]
    for each in too_large:
        reason = language.translated(str(each), asked.language)
        said = language.tell("not drawn: {reason}", asked.language, reason=reason)
        streams.err.write(f"{escape.terminal(said)}\n")
    return drawn


def _draw(
    spec: Workspace,
    subjects: list[diagrams.Subject],
    asked: _Asked,
    out: str | None,
    coverage: tuple[str, ...],
    streams: Streams,
) -> int:
    folder = picture_folder(len(subjects), out)
    merged = coverages.merge_files(coverage, spec.spec)
    record = merged.record if coverage else None
    output.warn(merged.findings, asked.language, streams)
    with progress(len(subjects), "drawing", streams) as tick:
        pictures = _pictures(spec, subjects, asked, record, tick, streams)
        if folder is not None:
            output.write_files(pictures, folder)
        else:
            _write_one(list(pictures), out, streams)
    return output.exit_for(merged.findings)


def _write_one(sheets: list[tuple[str, str | bytes]], out: str | None, streams: Streams) -> None:
    """A picture to stdout or a file; several sheets of it to files that are numbered."""
    if len(sheets) == 1:
        output.write_file(sheets[0][1], out, streams)
        return
    if out is None:
        raise click.UsageError(f"the picture needs {len(sheets)} sheets: give --out FILE, and each has its number")
    stem, ending = os.path.splitext(out)
    for number, (_, content) in enumerate(sheets, 1):
        output.write_file(content, f"{stem}.{number}{ending}", streams)


def picture_folder(count: int, out: str | None) -> str | None:
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
    asked: _Asked,
    record: coverages.Record | None,
    tick: Callable[[], None],
    streams: Streams,
) -> Iterator[tuple[str, str | bytes]]:
    """The name and the content of a file for each picture, or for each sheet of it."""
    for subject in subjects:
        paint = None
        if record is not None:
            paint = diagrams.coverage_marks(pack.spec, subject, record, asked.language)
        if asked.page is None:
            drawn = diagrams.picture(pack, subject, asked.form, asked.language, paint=paint, view=asked.view)
            yield subject.file(asked.form), drawn
        else:
            yield from _sheets(pack, subject, asked, paint, streams)
        tick()


def _sheets(
    pack: Workspace, subject: diagrams.Subject, asked: _Asked, paint: Any, streams: Streams
) -> Iterator[tuple[str, str | bytes]]:
    """The sheets of one picture; how they are, and how large their smallest text is, is told on stderr."""
    made = diagrams.printed(
        pack,
        subject,
        asked.form,
        asked.language,
        paper=asked.page or "",
        directions=(asked.direction,) if asked.direction else diagrams.DIRECTIONS,
        paint=paint,
        view=asked.view,
    )
    streams.err.write(f"{escape.terminal(diagrams.told(subject, made, asked.language))}\n")
    stem, ending = os.path.splitext(subject.file(asked.form))
    for number, page in enumerate(made.pages, 1):
        yield (f"{stem}.{number}{ending}" if len(made.pages) > 1 else f"{stem}{ending}"), page


def _refuse_to_check(asked: _Asked) -> None:
    """What --check cannot compare is a usage error."""
    if asked.form not in _TEXTS:
        raise click.UsageError(f"--check reads {', '.join(_TEXTS)}")


def _check(pack: Workspace, subjects: list[diagrams.Subject], asked: _Asked, folder: str, streams: Streams) -> int:
    lines = []
    for subject in subjects:
        path = os.path.join(folder, subject.file(asked.form))
        try:
            with open(path, encoding="utf-8") as file:
                written = file.read()
            problem = "stale" if diagrams.is_stale(pack, subject, written, asked.language, asked.view) else None
        except FileNotFoundError:
            problem = "missing"
        except (OSError, UnicodeDecodeError):
            problem = "unreadable"
        lines += [TextLine(f"{path}: {language.words(problem, asked.language)}")] if problem is not None else []
    counts = "{count:n} {count:diagram|diagrams}, {stale:n} to draw again"
    total = language.tell(counts, asked.language, count=len(subjects), stale=len(lines))
    output.say([*lines, TextLine(total)], streams)
    return Exit.FOUND if lines else Exit.CLEAN
