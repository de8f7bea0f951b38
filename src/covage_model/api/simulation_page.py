"""The page of HTML about a simulation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from covage_model.api import diagrams, packs, painted
from covage_model.ground.language import tell
from covage_model.version import VERSION

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack, Workspace
    from covage_model.behaviour.population.simulation import Simulation
    from covage_model.report.simulated.page import PagePicture

_IDS = re.compile(r"(<[a-z][^<>]*?) (?:id|xmlns)=\"[^\"]*\"")  # of elements: texts have no `<`


def simulation_page(pack: Pack, found: Simulation, *, language: str = "en") -> str:
    """
    A simulation as one page of HTML: how orders end, how long they take, where time goes, painted diagrams, what rests
    on assumptions.

    The page needs nothing from elsewhere. Simulate with `stays=True` to have the longest stays on the diagrams.
    """
    return "".join(page_of(pack, found, language))


def page_of(pack: Workspace, found: Simulation, language: str) -> Iterator[str]:
    """The page in pieces."""
    from covage_model.report.simulated.page import page

    versions = {"covage-model": VERSION, "pack": pack.spec.name, "digest of the pack": packs.digest(pack.folders)}
    pictures = list(_pictures(pack, found, language))
    yield from page(found, pack.spec, language, pictures=pictures, versions=versions)


def _pictures(pack: Workspace, found: Simulation, language: str) -> Iterator[PagePicture]:
    """Each lifecycle with each paint, and what the other profile changes; none where this machine cannot draw."""
    from covage_model.report.simulated.page import PagePicture

    alone = replace(found, other=None)
    for each in painted.painted_subjects(pack, found):
        subject = diagrams.graph(pack, each.subject, language).title
        wanted = [(alone, paint, "{title}") for paint in ("time", "visits", "waiting", "p95")]
        if found.other is not None:
            wanted += [(found, paint, "{title}, and what changes") for paint in ("time", "visits")]
        for simulation, paint, template in wanted:
            title = tell(template, language, title=tell(painted.TITLES[paint], language))
            try:
                svg = painted.picture(pack, simulation, each, paint, form="svg", language=language)
            except painted.CannotPaint:
                continue
            except diagrams.CannotDraw:
                return
            yield PagePicture(subject, title, _inline(str(svg)))


def _inline(svg: str) -> str:
    """A picture as a part of a page: ids would be there twice, the comment says nothing, and a log obeys no text."""
    body = svg[svg.index("<svg") :]
    while (without := _IDS.sub(r"\1", body)) != body:
        body = without
    return body.replace("##", "#&#35;").replace("::", ":&#58;")
