"""The cells of the tables of a simulation, as text: sampled, exact, and different."""

from __future__ import annotations

from collections.abc import Callable

from covage_model.behaviour.population.figures import Figure
from covage_model.behaviour.population.rows import ResultRow
from covage_model.ground.language import tell
from covage_model.report.quantities import quantity, signed

Told = Callable[[float, str, float | None, str], str]


def of_sample(row: ResultRow, language: str) -> str:
    """The sampled figure with its interval."""
    return shown(row.sampled, row.unit, language)


def shown(figure: Figure | None, unit: str, language: str) -> str:
    """A figure with its interval."""
    if figure is None:
        return "-"
    text = quantity(figure.value, unit, language=language)
    if figure.low is None or figure.high is None:
        return text
    return f"{text} [{_ends(figure.low, figure.high, unit, figure.value, language)}]"


def _ends(low: float, high: float, unit: str, like: float | None, language: str, of: Told = quantity) -> str:
    """The ends of an interval, without their unit."""
    joint = "; " if language == "fr" else ", "  # a French number has a comma of its own
    return joint.join(of(end, unit, like, language).rsplit(" ", 1)[0] for end in (low, high))


def bounds(row: ResultRow, language: str) -> str:
    """The exact value, or its bounds; "" where there is none."""
    if row.exact is None:
        return ""
    low, high = row.exact
    if low == high:
        return quantity(low, row.unit, language=language)
    bounds = {"low": quantity(low, row.unit, high, language).rsplit(" ", 1)[0]}
    return tell("{low} to {high}", language, high=quantity(high, row.unit, language=language), **bounds)


def more(row: ResultRow, language: str) -> str:
    """The difference with its sign and its interval; "" where nothing is compared."""
    if row.difference is None:
        return ""
    size = abs(row.sampled.value) if row.sampled is not None else None
    low, high = row.difference.low, row.difference.high
    value = signed(row.difference.value, row.unit, size, language)
    if low is None or high is None:
        return value
    return f"{value} [{_ends(low, high, row.unit, size, language, signed)}]"
