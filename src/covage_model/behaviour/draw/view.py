"""How a diagram is asked for: what is shown, and in which direction."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.classes import dataclass

PARTS = ("guards", "effects", "events", "sources")  # what a diagram can be without
DIRECTIONS = ("TB", "LR")
PAPERS: Mapping[str, tuple[float, float]] = {  # points
    "A4": (595.28, 841.89),
    "A3": (841.89, 1190.55),
    "letter": (612, 792),
}


class NoSuchState(ValueError):
    """The diagram has no such state; the text says what to type."""


class TooLarge(ValueError):
    """The explored table has more configurations, or moves, than a picture can show."""


@dataclass(frozen=True, slots=True)
class DiagramView:
    """
    What is shown. `direction` is TB (downwards) or LR; `without` are some of PARTS.

    `overview`: states and arrows alone. `focus`: this state and its neighbours. `collapse`: states whose steps are
    not shown. `explored`: the configurations of the explored table in place of the states.
    """

    direction: str = "TB"
    overview: bool = False
    focus: str | None = None
    collapse: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    explored: bool = False
