"""What a simulation says of each state and move of a lifecycle: how often, how long, how long it waited."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from covage_model.behaviour.population.figures import summed
from covage_model.behaviour.population.measures import begun
from covage_model.behaviour.population.simulate import Sampled

Key = TypeVar("Key")
Move = tuple[str, str, int | None]  # trigger ("" for an edit), state, number of the case (None for an edit)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Amounts by state and by move, per order; moves that an amount is not about are left out."""

    states: dict[str, float]
    moves: dict[Move, float]


def visits(sampled: Sampled, variants: Sequence[int]) -> Amounts:
    """How often an order enters each state, and makes each move; refused triggers are no moves."""
    kernel, orders = sampled.plan.kernel, _orders(sampled, variants)
    amounts = Amounts({}, {})
    fired = sampled.tally.fired.tolist()
    for place in _places(sampled, variants):
        _add(amounts.states, kernel.states[place], int(sampled.tally.begun[place]) / orders)
    for option in _options(sampled, variants):
        source, target = kernel.states[kernel.place_of_option[option]], kernel.states[kernel.target[option]]
        if source != target:
            _add(amounts.states, target, fired[option] / orders)
    for move, option in _moves(sampled, variants):
        _add(amounts.moves, move, fired[option] / orders)
    return amounts


def times(sampled: Sampled, variants: Sequence[int]) -> Amounts:
    """How many seconds an order spends in each state."""
    kernel, orders = sampled.plan.kernel, _orders(sampled, variants)
    amounts = Amounts({}, {})
    for place in _places(sampled, variants):
        _add(amounts.states, kernel.states[place], int(sampled.tally.seconds[place]) / orders)
    return amounts


def waiting(sampled: Sampled, variants: Sequence[int]) -> Amounts:
    """How many seconds an order waits for a hand or for open hours, in each state and for each move."""
    kernel, orders = sampled.plan.kernel, _orders(sampled, variants)
    amounts = Amounts({}, {})
    waited = sampled.tally.waited.tolist()
    for option in _options(sampled, variants):
        _add(amounts.states, kernel.states[kernel.place_of_option[option]], waited[option] / orders)
    for move, option in _moves(sampled, variants):
        _add(amounts.moves, move, waited[option] / orders)
    return amounts


def long_stays(sampled: Sampled, variants: Sequence[int]) -> Amounts:
    """
    The seconds within which 95 of 100 stays in a state end, of those that have ended.

    States that nobody leaves are left out, and all if stays were not counted.
    """
    kernel, tally = sampled.plan.kernel, sampled.tally
    names = {kernel.variants[number] for number in variants}
    found: dict[str, list[int]] = {}
    for kind in range(len(tally.stays)):
        variant, state = kernel.stays[kind]
        if variant in names:
            found.setdefault(state, []).append(kind)
    amounts = Amounts({}, {})
    for state, kinds in found.items():
        stays = summed(tally.stays[kind] for kind in kinds)
        if stays.count:
            amounts.states[state] = float(stays.at_rank(math.ceil(stays.count * 0.95)))
    return amounts


def _add(into: dict[Key, float], key: Key, amount: float) -> None:
    into[key] = into.get(key, 0.0) + amount


def _orders(sampled: Sampled, variants: Sequence[int]) -> int:
    return max(begun(sampled.plan.kernel, sampled.tally, frozenset(variants)), 1)


def _places(sampled: Sampled, variants: Sequence[int]) -> Iterator[int]:
    first = sampled.plan.kernel.first_places
    for variant in variants:
        yield from range(int(first[variant]), int(first[variant + 1]))


def _options(sampled: Sampled, variants: Sequence[int]) -> Iterator[int]:
    first = sampled.plan.kernel.first_options
    for variant in variants:
        yield from range(int(first[variant]), int(first[variant + 1]))


def _moves(sampled: Sampled, variants: Sequence[int]) -> Iterator[tuple[Move, int]]:
    """Each option that is a move or an edit, with the move that it is."""
    kernel = sampled.plan.kernel
    for variant in variants:
        chances, first = kernel.chances[variant], int(kernel.first_options[variant])
        for number, case in enumerate(chances.case):
            option = first + number
            state = kernel.states[kernel.place_of_option[option]]
            if case >= 0:
                transition, chosen = chances.space.numbered[case]
                which = next(n for n, each in enumerate(transition.cases) if each is chosen)
                yield (transition.name, state, which), option
            elif kernel.happenings[option].edit:
                yield ("", state, None), option
