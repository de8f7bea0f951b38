"""The shape of a distribution: how many durations lie in each of several equal spans."""

from __future__ import annotations

from collections.abc import Iterable

from covage_model.behaviour.population.bins import middle_of
from covage_model.behaviour.population.figures import summed
from covage_model.behaviour.population.tally import Durations


def shares_by_span(parts: Iterable[Durations], limit: float, spans: int) -> list[float]:
    """The share of all durations in each of the equal spans from 0 to `limit` seconds; longer ones are left out."""
    durations = summed(parts)
    found = [0] * spans
    for place in durations.bins.nonzero()[0].tolist():
        span = int(middle_of(place) * spans / limit)
        if span < spans:
            found[span] += int(durations.bins[place])
    return [count / durations.count if durations.count else 0.0 for count in found]
