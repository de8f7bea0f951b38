"""Lifecycles as pictures, by name: whole, or what remains of one for an order and variant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.text import say

if TYPE_CHECKING:
    from covage_model.behaviour.draw.graph import Graph
    from covage_model.behaviour.draw.marks import Paint
    from covage_model.quality.coverage.record import Record


class NoSuchDiagram(Exception):
    """The name given is no lifecycle, order or variant."""


class CannotDraw(Exception):
    """The format needs something that this machine does not have."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is drawn: a lifecycle, for a variant or for all."""

    name: str
    lifecycle: str
    variant: str | None

    def file(self, form: str) -> str:
        """The name of its file: `order.variant.svg`."""
        from covage_model.behaviour.draw.formats import FILE_ENDINGS

        return f"{self.name.replace('/', '.')}.{FILE_ENDINGS[form]}"


def subjects(pack: SpecPack, names: tuple[str, ...] = ()) -> list[Subject]:
    """
    What the names mean: a lifecycle, else an order with all its variants, else one variant.

    Without names: everything. Raises NoSuchDiagram.
    """
    lifecycles = [Subject(lifecycle.name, lifecycle.name, None) for lifecycle in pack.lifecycles]
    variants = [Subject(variant.name, variant.order.follows, variant.name) for variant in pack.variants]
    if not names:
        return [*lifecycles, *variants]
    found: list[Subject] = []
    for name in names:
        named = [one for one in lifecycles if one.name == name]
        named = named or [one for one in variants if name in (one.name, one.name.partition("/")[0])]
        if not named:
            known = [*(one.name for one in lifecycles), *(order.name for order in pack.orders)]
            raise NoSuchDiagram(f"there is no lifecycle or order {name!r}; use one of: {', '.join(known)}")
        found.extend(named)
    return list(dict.fromkeys(found))


def graph(pack: SpecPack, subject: Subject, language: str, *, paint: Paint | None = None) -> Graph:
    """The graph of a subject, with what is painted on it; for a variant what cannot happen to it is left out."""
    from covage_model.behaviour.draw.extract import graph_of
    from covage_model.behaviour.space.explore import explore

    lifecycle = pack.lifecycle(subject.lifecycle)
    variant = pack.variant(subject.variant) if subject.variant is not None else None
    space = explore(lifecycle, variant) if variant is not None else None
    return graph_of(lifecycle, language=language, actors=actors(pack, language), space=space, paint=paint)


def actors(pack: SpecPack, language: str) -> dict[str, str]:
    """The titles of the pack's actors, by name, in the pack's order."""
    return {actor.name: say(actor.title, language, otherwise=actor.name) for actor in pack.actors}


def picture(pack: SpecPack, subject: Subject, form: str, language: str, *, paint: Paint | None = None) -> str | bytes:
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


def is_stale(pack: SpecPack, subject: Subject, written: str, language: str) -> bool:
    """Whether a picture that was written before shows something else than the pack says now."""
    from covage_model.behaviour.draw import formats

    return formats.is_stale(written, graph(pack, subject, language))
