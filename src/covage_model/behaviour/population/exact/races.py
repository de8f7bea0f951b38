"""
Races: whether a chosen move or a running timer comes first, with its chance and the moments of the time until then.

Where an entrant has two drawn durations, one is conditioned on. Of several entrants with one each, any may be first: a
sum over the chances that all others last longer. Where one is left, the answer is a formula.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from covage_model.behaviour.population.chances import Chances
from covage_model.behaviour.population.exact.partial_moments import Moments, knots, moments_below, parts
from covage_model.behaviour.population.exact.quadrature import nodes
from covage_model.behaviour.population.exact.shared_clocks import waits_for
from covage_model.behaviour.population.exact.single_races import Runner, race_of_single_laws
from covage_model.ground.classes import dataclass
from covage_model.pack.model.profile import Law


@dataclass(frozen=True, slots=True)
class Entrant:
    """What may happen: its rank (of equal times, the lowest happens), and its time: `after` seconds and these laws."""

    rank: int
    after: float
    laws: tuple[Law, ...]


@dataclass(frozen=True, slots=True)
class Race:
    """What may happen in a place, if option `chosen` is chosen there; the rank of an entrant is its option."""

    place: int
    chosen: int
    entrants: tuple[Entrant, ...]


class RaceSolver:
    """Computes races. `error` is the largest error of a sum so far, as a share of what it computes."""

    def __init__(self) -> None:
        self.error = 0.0
        self._known: dict[tuple[Entrant, ...], dict[int, Moments]] = {}

    def outcomes(self, entrants: tuple[Entrant, ...]) -> dict[int, Moments]:
        """By rank: the chance to happen first, and the means of the time and of its square, counted as 0 elsewhere."""
        order = {entrant.rank: number for number, entrant in enumerate(sorted(entrants, key=lambda each: each.rank))}
        key = tuple(replace(entrant, rank=order[entrant.rank]) for entrant in entrants)
        if key not in self._known:
            self._known[key] = self._solved(key)
        ranks = list(order)
        return {ranks[number]: moments for number, moments in self._known[key].items()}

    def _solved(self, entrants: tuple[Entrant, ...]) -> dict[int, Moments]:
        drawn = [number for number, entrant in enumerate(entrants) for law in entrant.laws if law.kind != "fixed"]
        for number, entrant in enumerate(entrants):
            for place, law in enumerate(entrant.laws):
                rest = (*entrant.laws[:place], *entrant.laws[place + 1 :])
                if law.kind == "fixed":
                    return self._solved(_changed(entrants, number, entrant.after + law.numbers[0], rest))
                if law.kind == "quantiles" and (len(drawn) < 2 or len(set(law.numbers[1::2])) < len(law.numbers) // 2):
                    mixed = [(share, (part, *rest)) for share, part in parts(law)]
                    return _summed(
                        (share, self._solved(_changed(entrants, number, entrant.after, laws)), 0.0)
                        for share, laws in mixed
                    )[0]
        longest = max(drawn, key=lambda number: len(entrants[number].laws), default=0)
        if drawn and len(entrants[longest].laws) > 1:
            return self._conditioned(entrants, longest)
        return self._first_of_many(entrants, drawn) if len(drawn) > 1 else _first(entrants, drawn)

    def _first_of_many(self, entrants: tuple[Entrant, ...], drawn: list[int]) -> dict[int, Moments]:
        certain = [(entrant.after, entrant.rank) for entrant in entrants if not entrant.laws]
        end, rank = min(certain, default=(math.inf, -1))
        runners = [Runner(entrants[number].after, entrants[number].laws[0]) for number in drawn]
        fine, coarse, nobody = race_of_single_laws(runners, end)
        self._note(fine, coarse)
        found = {entrants[number].rank: moments for number, moments in zip(drawn, fine, strict=True)}
        if certain:
            found[rank] = (nobody, nobody * end, nobody * end * end)
        return found

    def _note(self, fine: Sequence[Moments], coarse: Sequence[Moments]) -> None:
        """Remembers how far both sums lie apart."""
        for power in range(3):
            total = sum(moments[power] for moments in fine)
            gaps = [abs(first[power] - second[power]) for first, second in zip(fine, coarse, strict=True)]
            self.error = max(self.error, max(gaps, default=0.0) / total if total else 0.0)

    def _conditioned(self, entrants: tuple[Entrant, ...], number: int) -> dict[int, Moments]:
        """The mean over the last drawn duration of one entrant."""
        entrant = entrants[number]
        law, rest = entrant.laws[-1], entrant.laws[:-1]
        mine = _bends(replace(entrant, laws=rest))
        others = [bend for each in entrants if each is not entrant for bend in _bends(each)]
        bends = [other - bend for other in others for bend in mine]
        fine, coarse = _summed(
            (weight, self._solved(_changed(entrants, number, entrant.after + seconds, rest)), other)
            for seconds, weight, other in nodes(law, bends).T.tolist()
        )
        self._note([*fine.values()], [coarse[rank] for rank in fine])
        return fine


def races(chances: Chances, place: int) -> Iterator[Race]:
    """The races of a place: one for each option that can be chosen."""
    timed = {chances.at[n]: n for n in chances.options(place) if chances.at[n] >= 0}  # of several, the last
    for chosen in chances.options(place):
        if chances.chance[chosen]:
            rivals = [(n, chances.timers[timer].law) for timer, n in timed.items() if n != chosen]
            entrants = (Entrant(n, 0.0, (law,)) for n, law in rivals)
            yield Race(place, chosen, (Entrant(chosen, 0.0, waits_for(chances, chosen)), *entrants))


def _changed(entrants: tuple[Entrant, ...], number: int, after: float, laws: tuple[Law, ...]) -> tuple[Entrant, ...]:
    changed = Entrant(entrants[number].rank, after, laws)
    return (*entrants[:number], changed, *entrants[number + 1 :])


def _summed(
    terms: Iterable[tuple[float, dict[int, Moments], float]],
) -> tuple[dict[int, Moments], dict[int, Moments]]:
    """The sums by rank, with the first weight of each term and with the second."""
    sums: dict[int, list[float]] = {}
    for weight, outcomes, other in terms:
        for rank, moments in outcomes.items():
            each = sums.setdefault(rank, [0.0] * 6)
            for power, moment in enumerate(moments):
                each[power] += weight * moment
                each[power + 3] += other * moment
    return {rank: (e[0], e[1], e[2]) for rank, e in sums.items()}, {
        rank: (e[3], e[4], e[5]) for rank, e in sums.items()
    }


def _bends(entrant: Entrant) -> list[float]:
    """The seconds at which the distribution of the time of an entrant is not smooth."""
    found = [entrant.after]
    for law in entrant.laws:
        found = [bend + knot for bend in found for knot in knots(law)]
    return found


def _first(entrants: tuple[Entrant, ...], drawn: list[int]) -> dict[int, Moments]:
    """The outcomes of a race with at most one drawn duration."""
    certain = [(entrant.after, entrant.rank) for entrant in entrants if not entrant.laws]
    end, rank = min(certain, default=(math.inf, -1))
    if not drawn:
        return {rank: (1.0, end, end * end)}
    entrant = entrants[drawn[0]]
    shift = entrant.after
    chance, first, second = moments_below(entrant.laws[0], end - shift)
    found = {entrant.rank: (chance, shift * chance + first, shift * (shift * chance + 2 * first) + second)}
    if certain:
        rest = max(0.0, 1.0 - chance)
        found[rank] = (rest, rest * end, rest * end * end)
    return found
