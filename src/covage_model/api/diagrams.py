"""Diagrams of lifecycles: complete, or restricted to what is reachable for one variant."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from covage_model.behaviour.draw.view import DIRECTIONS as DIRECTIONS
from covage_model.behaviour.draw.view import PAPERS
from covage_model.behaviour.draw.view import PARTS as PARTS
from covage_model.behaviour.draw.view import DiagramView as DiagramView
from covage_model.behaviour.draw.view import NoSuchState as NoSuchState
from covage_model.behaviour.draw.view import TooLarge as TooLarge
from covage_model.ground.classes import dataclass
from covage_model.ground.language import tell
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.text import say

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack, Workspace
    from covage_model.behaviour.draw.graph import Graph
    from covage_model.behaviour.draw.marks import Paint
    from covage_model.behaviour.draw.printed import PrintedDiagram
    from covage_model.quality.coverage.record import Record


_FORMS_BY_ENDING = {"mmd": "mermaid", "": "mermaid", "gv": "dot"}


class NoSuchDiagram(Exception):
    """No lifecycle, order or variant has that name."""


class CannotDraw(Exception):
    """The format needs a program that is not installed on this machine."""


def forms() -> tuple[str, ...]:
    """The picture formats, SVG first."""
    from covage_model.behaviour.draw.formats import FORMATS

    return tuple(sorted(FORMATS, key=lambda form: (form != "svg", form)))


def papers() -> tuple[str, ...]:
    """The papers that diagrams can be drawn for."""
    return tuple(PAPERS)


def form_of(path: str) -> str | None:
    """The format for the extension of a path (no extension: Mermaid); None for an unknown extension."""
    ending = os.path.splitext(path)[1].lstrip(".").lower()
    form = _FORMS_BY_ENDING.get(ending, ending)
    return form if form in forms() else None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is drawn: a lifecycle, or its reachable part for a variant. `stem` is the file name without extension."""

    name: str
    lifecycle: str
    variant: str | None
    stem: str

    def file(self, form: str) -> str:
        """The file name in a format: `order.variant.svg`."""
        from covage_model.behaviour.draw.formats import FILE_ENDINGS

        return f"{self.stem}.{FILE_ENDINGS[form]}"

    def is_called(self, name: str) -> bool:
        """Whether `name` means this subject: its name, its `stem`, `KIND:NAME`, or the order of the variant."""
        kind = "lifecycle" if self.variant is None else "order"
        plain = name.removeprefix(f"{kind}:")
        return plain in (self.name, self.stem) or (kind == "order" and plain == self.name.partition("/")[0])


def subjects(pack: SpecPack, names: tuple[str, ...] = ()) -> list[Subject]:
    """
    The subjects of these names: a lifecycle, else an order with all its variants, else one variant.

    If a lifecycle and an order have the same name, `order:NAME` means the order. Without names, all subjects.
    Raises NoSuchDiagram.
    """
    known = _every(pack)
    if not names:
        return known
    found: list[Subject] = []
    for name in names:
        named = [subject for subject in known if subject.is_called(name)]
        if not named:
            raise NoSuchDiagram(f"there is no lifecycle or order {name!r}; use one of: {', '.join(_callable(pack))}")
        lifecycles = [subject for subject in named if subject.variant is None]
        found.extend(lifecycles or named)
    return list(dict.fromkeys(found))


def subject_of(pack: SpecPack, variant: str) -> Subject:
    """The subject of a variant. Raises KeyError for an unknown name."""
    return {subject.variant: subject for subject in _every(pack) if subject.variant is not None}[variant]


def _every(pack: SpecPack) -> list[Subject]:
    """All lifecycles, then all variants. Their stems differ even if case is ignored, as some file systems do."""
    named = [(lifecycle.name, lifecycle.name, None) for lifecycle in pack.lifecycles]
    of_orders = [(variant.name, variant.order.follows, variant.name) for variant in pack.variants]
    found, taken = list[Subject](), set[str]()
    for name, lifecycle, variant in (*named, *of_orders):
        stem = plain = name.replace("/", ".")
        if stem.casefold() in taken and variant is not None:
            stem = plain = f"order.{plain}"
        number = 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{plain}.{number}"
        taken.add(stem.casefold())
        found.append(Subject(name, lifecycle, variant, stem))
    return found


def _callable(pack: SpecPack) -> list[str]:
    lifecycles = [lifecycle.name for lifecycle in pack.lifecycles]
    return [*lifecycles, *(f"order:{order.name}" if order.name in lifecycles else order.name for order in pack.orders)]


def graph(
    pack: Workspace,
    subject: Subject,
    language: str,
    *,
    paint: Paint | None = None,
    view: DiagramView | None = None,
) -> Graph:
    """
    The graph of a subject with optional marks, as `view` shows it. What is unreachable for a variant is left out.

    Raises NoSuchState, and TooLarge for a view of the explored table.
    """
    from covage_model.behaviour.draw import views
    from covage_model.behaviour.draw.explored import explored
    from covage_model.behaviour.draw.extract import graph_of

    lifecycle = pack.spec.lifecycle(subject.lifecycle)
    space = pack.table(subject.variant) if subject.variant is not None else None
    acting, told_of = actors(pack.spec, language), events(pack.spec, language)
    if view is not None and view.explored:
        if space is None:
            raise NoSuchState(f"{subject.name} is a lifecycle: an order and its variant have an explored table")
        drawn = explored(space, language=language, actors=acting, events=told_of)
    else:
        known = sources(pack.spec, language)
        drawn = graph_of(
            lifecycle, language=language, actors=acting, events=told_of, sources=known, space=space, paint=paint
        )
    return drawn if view is None else views.seen(drawn, view)


def actors(pack: SpecPack, language: str) -> dict[str, str]:
    """The titles of the pack's actors, by name, in the pack's order."""
    return {actor.name: say(actor.title, language, otherwise=actor.name) for actor in pack.actors}


def events(pack: SpecPack, language: str) -> dict[str, str]:
    """The titles of the pack's events, by name."""
    return {event.name: say(event.value.title, language, otherwise=event.name) for event in pack.events}


def sources(pack: SpecPack, language: str) -> dict[str, str]:
    """The titles of the pack's sources and the texts of their statements, by name."""
    said: dict[str, str] = {}
    for source in pack.sources:
        said[source.name] = say(source.title, language, otherwise=source.name)
        said |= {each.name: say(each.text, language, otherwise=each.name) for each in source.statements}
    return said


def picture(
    pack: Workspace,
    subject: Subject,
    form: str,
    language: str,
    *,
    paint: Paint | None = None,
    view: DiagramView | None = None,
) -> str | bytes:
    """The diagram in a format: text, or bytes for png and pdf. Raises CannotDraw if a program is missing."""
    from covage_model.behaviour.draw.formats import FORMATS
    from covage_model.behaviour.draw.installed_graphviz import Unavailable

    made = FORMATS[form](graph(pack, subject, language, paint=paint, view=view))
    if isinstance(made, Unavailable):
        raise CannotDraw(made.reason)
    return made


def printed(
    pack: Workspace,
    subject: Subject,
    form: str,
    language: str,
    *,
    paper: str,
    directions: Sequence[str] = ("TB", "LR"),
    paint: Paint | None = None,
    view: DiagramView | None = None,
) -> PrintedDiagram:
    """The diagram on sheets of paper, in the best of these directions. Raises CannotDraw, also for other formats."""
    from covage_model.behaviour.draw import printed as printing
    from covage_model.behaviour.draw.installed_graphviz import Unavailable

    if form not in printing.FORMS:
        raise CannotDraw(f"{form} has no size; a page is for {', '.join(printing.FORMS)}")
    made = printing.printed(graph(pack, subject, language, paint=paint, view=view), form, paper, directions)
    if isinstance(made, Unavailable):
        raise CannotDraw(made.reason)
    return made


def told(subject: Subject, made: PrintedDiagram, language: str) -> str:
    """How a diagram is printed: `activate: A4 upright, 2 sheets; the smallest text is 6.1 pt`."""
    how = made.sheets
    size = f"{how.smallest:.1f}"
    return tell(
        "{name}: {paper} {side:words}, {count} {count:sheet|sheets}; the smallest text is {size} pt",
        language,
        name=subject.name,
        paper=how.paper,
        side="across" if how.is_landscape else "upright",
        count=len(how.frames),
        size=size.replace(".", ",") if language == "fr" else size,
    )


def coverage_marks(pack: SpecPack, subject: Subject, record: Record, language: str) -> Paint:
    """The counts of a coverage record, as marks for the diagram of a subject."""
    from covage_model.quality.coverage.painted import paint_of

    variant = pack.variant(subject.variant) if subject.variant is not None else None
    return paint_of(pack, pack.lifecycle(subject.lifecycle), variant, record, language)


def is_stale(pack: Workspace, subject: Subject, written: str, language: str, view: DiagramView | None = None) -> bool:
    """Whether a written diagram no longer matches the pack."""
    from covage_model.behaviour.draw import formats

    return formats.is_stale(written, graph(pack, subject, language, view=view))


def draw_lifecycle(
    pack: Pack,
    name: str,
    *,
    form: str = "svg",
    language: str = "en",
    coverage: Record | None = None,
    view: DiagramView | None = None,
) -> str | bytes:
    """
    The state diagram of a lifecycle or of a variant: text for svg, mermaid and dot, bytes for png and pdf.

    `coverage` adds how often each state was entered and each move was made, and marks what never happened.
    Raises `NoSuchDiagram`, `NoSuchState` for a state of the view, and `CannotDraw` if a format needs a program that
    is not installed, or the explored table is too large.
    """
    subject = subjects(pack.spec, (name,))[0]
    paint = coverage_marks(pack.spec, subject, coverage, language) if coverage is not None else None
    return picture(pack, subject, form, language, paint=paint, view=view)


def print_lifecycle(
    pack: Pack,
    name: str,
    *,
    paper: str = "A4",
    form: str = "svg",
    language: str = "en",
    view: DiagramView | None = None,
) -> PrintedDiagram:
    """
    The state diagram on sheets of paper (A4, A3 or letter), in svg, png or pdf: legible, on as few as possible.

    It is drawn downwards or across, whichever is better. Raises as `draw_lifecycle`.
    """
    return printed(pack, subjects(pack.spec, (name,))[0], form, language, paper=paper, view=view)
