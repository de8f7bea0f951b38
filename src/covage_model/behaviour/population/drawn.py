"""The numbers that single orders draw, step by step: the same as those of many orders at once."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from covage_model.behaviour.population import draws
from covage_model.behaviour.population.draws import Whole, Words
from covage_model.behaviour.population.laws import quantile
from covage_model.behaviour.population.sampling import gamma_steps
from covage_model.pack.model.profile import Law

STEPS = 16  # drawn at a time
Numbers = tuple[int, float, float, float, float]  # the choice; normals and uniforms, for waiting and for work
Drawing = Callable[[float, float], float]  # from a normal and a uniform number
_STEP = 0x9E3779B97F4A7C15
_WORD = (1 << 64) - 1


def streams_of(seed: int, orders: Whole) -> list[int]:
    """The beginning of each order's stream."""
    words: list[int] = draws.streams(seed, orders).tolist()
    return words


def advanced(stream: int, steps: int) -> int:
    """The stream so many steps later."""
    return (stream + steps * _STEP) & _WORD


def numbers(streams: list[int], *, uniform: bool) -> list[list[Numbers]]:
    """The numbers of the next steps of each order; the uniform ones are 0 if nobody needs them."""
    ahead = np.array([step * _STEP & _WORD for step in range(1, STEPS + 1)], dtype=np.uint64)
    words: Words = (np.array(streams, dtype=np.uint64)[:, None] + ahead[None, :]).ravel()
    durations = draws.duration_words(words)
    first, second = draws.normals(durations, both=True)
    shares = draws.uniforms(durations) if uniform else (np.zeros(len(words)),) * 2
    columns = (draws.choices(words), first, second, *shares)
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    return [rows[place : place + STEPS] for place in range(0, len(rows), STEPS)]


def drawing(law: Law | None) -> Drawing | None:
    """The function that draws a duration; None where no time passes."""
    if law is None:
        return None
    given = law.numbers
    if law.kind == "log-normal":
        mu, sigma = given
        return lambda normal, _: math.exp(mu + sigma * normal)
    if law.kind == "gamma":
        table, low, step = gamma_steps(law)
        return lambda normal, _: math.exp(_between(table, (normal - low) / step))
    if law.kind == "fixed":
        return lambda _, __: given[0]
    if law.kind == "exponential":
        return lambda _, share: -given[0] * math.log(share)
    if law.kind == "weibull":
        return lambda _, share: float(given[1] * (-math.log(share)) ** (1 / given[0]))
    return lambda _, share: quantile(law, share)


def _between(table: list[float], place: float) -> float:
    """The value at a place of a table, on the straight line between two entries."""
    number = min(max(int(place), 0), len(table) - 2)
    part = min(max(place - number, 0.0), 1.0)
    return table[number] + part * (table[number + 1] - table[number])
