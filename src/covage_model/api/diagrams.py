"""Pictures of lifecycles, by name: whole, or what remains of one for an order and variant."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.text import say

if TYPE_CHECKING:
    from covage_model.api.workspace import Workspace
    from covage_model.behaviour.draw.graph import Graph
    from covage_model.behaviour.draw.marks import Paint
    from covage_model.quality.coverage.record import Record


_FORMS_BY_ENDING = {"mmd": "mermaid", "": "mermaid", "gv": "dot"}


class NoSuchDiagram(Exception):
    """The name given is no lifecycle, order or variant."""


class CannotDraw(Exception):
    """The format needs something that this machine does not have."""


def forms() -> tuple[str, ...]:
    """The picture formats, SVG first."""
    from covage_model.behaviour.draw.formats import FORMATS

    return tuple(sorted(FORMATS, key=lambda form: (form != "svg", form)))


def form_of(path: str) -> str | None:
    """The format that a file's ending names (without one, Mermaid); None for another ending."""
    ending = os.path.splitext(path)[1].lstrip(".").lower()
    form = _FORMS_BY_ENDING.get(ending, ending)
    return form if form in forms() else None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is drawn: a lifecycle, or what remains of it for a variant. `stem` begins the name of its file."""

    name: str
    lifecycle: str
    variant: str | None
    stem: str

    def file(self, form: str) -> str:
        """The name of its file: `order.variant.svg`."""
        from covage_model.behaviour.draw.formats import FILE_ENDINGS

        return f"{self.stem}.{FILE_ENDINGS[form]}"

    def is_called(self, name: str) -> bool:
        """Whether `name` means this: as it is, with its kind before it, as its file, or as an order for a variant."""
        kind = "lifecycle" if self.variant is None else "order"
        plain = name.removeprefix(f"{kind}:")
        return plain in (self.name, self.stem) or (kind == "order" and plain == self.name.partition("/")[0])


def subjects(pack: SpecPack, names: tuple[str, ...] = ()) -> list[Subject]:
    """
    What the names mean: a lifecycle, else an order with all its variants, else one variant.

    Where a lifecycle and an order have one name, `order:NAME` means the order. Without names: everything.
    Raises NoSuchDiagram.
    """
    known = _every(pack)
    if not names:
        return known
    found: list[Subject] = []
    for name in names:
        named = [one for one in known if one.is_called(name)]
        if not named:
            raise NoSuchDiagram(f"there is no lifecycle or order {name!r}; use one of: {', '.join(_callable(pack))}")
        lifecycles = [one for one in named if one.variant is None]
        found.extend(lifecycles or named)
    return list(dict.fromkeys(found))


def subject_of(pack: SpecPack, variant: str) -> Subject:
    """The picture of a variant, by its name. Raises KeyError where there is none."""
    found = {subject.variant: subject for subject in _every(pack) if subject.variant is not None}
    return found[variant]


def _every(pack: SpecPack) -> list[Subject]:
    """All lifecycles, then all variants, each with a file of its own, even where a folder ignores case."""
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
    return [*lifecycles, *(f"order:{one.name}" if one.name in lifecycles else one.name for one in pack.orders)]


def graph(pack: Workspace, subject: Subject, language: str, *, paint: Paint | None = None) -> Graph:
    """The graph of a subject, with what is painted on it; for a variant what cannot happen to it is left out."""
    from covage_model.behaviour.draw.extract import graph_of

    lifecycle = pack.spec.lifecycle(subject.lifecycle)
    space = pack.table(subject.variant) if subject.variant is not None else None
    return graph_of(lifecycle, language=language, actors=actors(pack.spec, language), space=space, paint=paint)


def actors(pack: SpecPack, language: str) -> dict[str, str]:
    """The titles of the pack's actors, by name, in the pack's order."""
    return {actor.name: say(actor.title, language, otherwise=actor.name) for actor in pack.actors}


def picture(pack: Workspace, subject: Subject, form: str, language: str, *, paint: Paint | None = None) -> str | bytes:
    """The picture in a format: text, or bytes for png and pdf. Raises CannotDraw where that is not to be had here."""
    from covage_model.behaviour.draw.formats import FORMATS
    from covage_model.behaviour.draw.installed_graphviz import Unavailable

    drawn = FORMATS[form](graph(pack, subject, language, paint=paint))
    if isinstance(drawn, Unavailable):
        raise CannotDraw(drawn.reason)
    return drawn


def coverage(pack: SpecPack, subject: Subject, record: Record, language: str) -> Paint:
    """What a record counts, as marks for the picture of a subject."""
    from covage_model.quality.coverage.painted import paint_of

    variant = pack.variant(subject.variant) if subject.variant is not None else None
    return paint_of(pack, pack.lifecycle(subject.lifecycle), variant, record, language)


def is_stale(pack: Workspace, subject: Subject, written: str, language: str) -> bool:
    """Whether a picture that was written before shows something else than the pack says now."""
    from covage_model.behaviour.draw import formats

    return formats.is_stale(written, graph(pack, subject, language))
