"""The figures of a simulation as data: items of the JSON report, and rows of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from covage_model.behaviour.population.figures import Figure
from covage_model.behaviour.population.requirement import Decided
from covage_model.behaviour.population.rows import ResultRow
from covage_model.pack.definitions.profile_inputs import GivenInput
from covage_model.report import finding as findings


def figure_data(figure: Figure | None) -> dict[str, float | None] | None:
    """A figure with its interval; None for none."""
    return None if figure is None else {"value": figure.value, "low": figure.low, "high": figure.high}


def data(row: ResultRow) -> dict[str, Any]:
    """One figure as an item of the list `figures`."""
    return {
        "section": row.section,
        "variant": row.variant or None,
        "name": row.name or None,
        "figure": row.figure,
        "unit": row.unit,
        "sampled": figure_data(row.sampled),
        "exact": None if row.exact is None else {"low": row.exact[0], "high": row.exact[1]},
        "difference": figure_data(row.difference),
    }


def cells(row: ResultRow) -> Iterator[Sequence[str]]:
    """One figure as a row of a spreadsheet."""

    def of(figure: Figure | None) -> list[str]:
        if figure is None:
            return ["", "", ""]
        return ["" if each is None else f"{each:.12g}" for each in (figure.value, figure.low, figure.high)]

    exact = ["", ""] if row.exact is None else [f"{each:.12g}" for each in row.exact]
    named = [row.section, row.variant, row.name, row.figure, row.unit]
    value, low, high = of(row.sampled)
    yield [*named, value, low, high, *exact, *of(row.difference)]


def decided_data(decided: Decided) -> dict[str, Any]:
    """A requirement as an item of the list `requirements`."""
    return {
        "requirement": decided.requirement.text,
        "outcome": decided.outcome.value,
        "sampled": figure_data(decided.figure),
        "limit": decided.requirement.limit,
        "orders_needed": decided.orders,
    }


def input_data(given: GivenInput) -> dict[str, Any]:
    """A number of the profile as an item of the list `inputs`."""
    return {"about": given.about, "given_as": given.words, "because": findings.origin_data(given.origin)}
