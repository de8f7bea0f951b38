"""Races of a chosen move with deadlines: against closed formulas, and against what is sampled."""

from __future__ import annotations

import math
import random
from itertools import product

import numpy as np
import pytest
from agreement import Record
from chains import HERE, LAWS, chain, kernel, law, random_chain, random_timer_chain
from effort import LONG

from covage_model.behaviour.population import figures, laws
from covage_model.behaviour.population.chances import Chances, NoExactAnswer
from covage_model.behaviour.population.exact.brackets import brackets
from covage_model.behaviour.population.exact.life import ExactLife
from covage_model.behaviour.population.exact.races import Entrant, RaceSolver
from covage_model.behaviour.population.exact.single_races import reached
from covage_model.behaviour.population.walk import OrderWalk
from covage_model.pack.model.profile import Law, Timer

DRAWN = [each for each in LAWS if each is not None]
PARTS = (0.5, 0.9, 0.95, 0.99)


def raced(*entrants: tuple[Law, ...], accuracy: float = 1e-8) -> list[tuple[float, float, float]]:
    """The moments of each entrant, in their order."""
    solver = RaceSolver()
    found = solver.outcomes(tuple(Entrant(rank, 0.0, laws) for rank, laws in enumerate(entrants)))
    assert solver.error <= accuracy
    return [found.get(rank, (0.0, 0.0, 0.0)) for rank in range(len(entrants))]


def expected(moments: tuple[float, float, float]) -> object:
    return pytest.approx(moments, rel=1e-9, abs=1e-9)


def test_an_exponential_wait_against_a_fixed_deadline() -> None:
    m, d = 50_000.0, 30_000.0
    rest = math.exp(-d / m)
    move, deadline = raced((law("exponential", m),), (law("fixed", d),))
    first = m - (m + d) * rest
    second = 2 * m * m - (2 * m * m + 2 * m * d + d * d) * rest
    assert move == expected((1 - rest, first, second))
    assert deadline == expected((rest, d * rest, d * d * rest))


def test_two_exponential_steps_against_a_fixed_deadline() -> None:
    """Their sum is a gamma law, whose formula does without a sum over nodes."""
    step, deadline = law("exponential", 20_000), law("fixed", 45_000)
    summed, known = raced((step, step), (deadline,)), raced((law("gamma", 2, 20_000),), (deadline,))
    assert [expected(each) for each in known] == summed


def test_two_exponential_durations_race() -> None:
    """The rate of the first is the sum of both rates, and it is either with the chance of its rate."""
    a, b = 1 / 50_000, 1 / 20_000
    for found, rate in zip(raced((law("exponential", 1 / a),), (law("exponential", 1 / b),)), (a, b), strict=True):
        chance = rate / (a + b)
        assert found == expected((chance, chance / (a + b), 2 * chance / (a + b) ** 2))


def test_two_uniform_durations_race() -> None:
    """Both between 0 and 1 day: each first with the chance 1/2, at 1/3 of a day on average, its square 1/6."""
    day = law("uniform", 0, 86_400)
    for found in raced((day,), (law("uniform", 0, 86_400),)):
        assert found == expected((1 / 2, 86_400 / 6, 86_400**2 / 12))


@pytest.mark.parametrize("first_written", [0, 1])
def test_a_tie_goes_to_what_is_written_first(first_written: int) -> None:
    """A fixed wait, and half of a law of quantiles, end with the deadline."""
    for wait, share in ((law("fixed", 3_600), 1.0), (law("quantiles", 0, 3_600, 0.5, 3_600, 1, 9_000), 0.5)):
        entrants = [Entrant(1 - first_written, 0.0, (wait,)), Entrant(first_written, 0.0, (law("fixed", 3_600),))]
        found = RaceSolver().outcomes(tuple(entrants))
        deadline_wins = found.get(first_written, (0.0,))[0]
        assert deadline_wins == pytest.approx(1.0 if first_written == 0 else 1 - share)


def test_three_rivals_and_the_earliest_of_two_deadlines() -> None:
    wait, day = law("exponential", 50_000), law("fixed", 86_400)
    assert raced((wait,), (day,), (law("fixed", 30_000),)) == [
        expected(each) for each in _with_nothing_second(raced((wait,), (law("fixed", 30_000),)))
    ]


def _with_nothing_second(pair: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    return [pair[0], (0.0, 0.0, 0.0), pair[1]]


# --- more than two drawn durations


def test_three_exponential_durations_race() -> None:
    """Each is first with the share of its rate in the sum of all, whenever that is."""
    means = (50_000, 20_000, 30_000)
    total = sum(1 / mean for mean in means)
    for found, mean in zip(raced(*((law("exponential", each),) for each in means)), means, strict=True):
        chance = 1 / mean / total
        assert found == expected((chance, chance / total, 2 * chance / total**2))


@pytest.mark.parametrize("count", [3, 4, 7])
def test_the_least_of_uniform_durations(count: int) -> None:
    """The mean of the least of n between 0 and 1 is 1 / (n + 1), and that of its square 2 / (n + 1) (n + 2)."""
    day, share = 86_400, 1 / count
    moments = (share, share * day / (count + 1), share * day**2 * 2 / ((count + 1) * (count + 2)))
    assert raced(*[(law("uniform", 0, day),)] * count) == [expected(moments)] * count


def test_waiting_and_work_race_with_two_drawn_timers() -> None:
    """All are exponential: two steps at the rate a, against the rates s and u."""
    a, s, u = 1 / 50_000, 1 / 20_000, 1 / 30_000
    whole = a + s + u
    found = raced((law("exponential", 1 / a),) * 2, (law("exponential", 1 / s),), (law("exponential", 1 / u),))
    assert found[0] == expected(((a / whole) ** 2, 2 * a**2 / whole**3, 6 * a**2 / whole**4))
    for moments, rate in zip(found[1:], (s, u), strict=True):
        first, second = 1 / whole + a / whole**2, 1 / whole**2 + 2 * a / whole**3
        assert moments == expected((rate * first, rate * second, rate * (2 / whole**3 + 6 * a / whole**4)))


def test_a_deadline_and_equal_quantiles_among_many() -> None:
    """Half of all waits are an hour exactly, as the deadline is, and it is written first; the others race with two."""
    half = law("quantiles", 0, 3_600, 0.5, 3_600, 1, 9_000)
    rivals = [law("exponential", 10_000), law("weibull", 1.3, 40_000)]
    entrants = [Entrant(0, 0.0, (law("fixed", 3_600),)), Entrant(1, 0.0, (half,))]
    found = RaceSolver().outcomes((*entrants, *(Entrant(2 + n, 0.0, (each,)) for n, each in enumerate(rivals))))
    assert found[0][0] == expected(math.exp(-0.36) * math.exp(-((3_600 / 40_000) ** 1.3)))  # type: ignore[arg-type]
    assert found.get(1, (0.0,))[0] == pytest.approx(0)
    assert sum(each[0] for each in found.values()) == pytest.approx(1, abs=1e-10)


def test_what_takes_no_time_comes_before_two_drawn_durations() -> None:
    drawn = (law("exponential", 50_000),)
    assert raced((), drawn, drawn) == [(1.0, 0.0, 0.0), (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)]


def test_many_races_agree_with_themselves() -> None:
    """Waiting and work in the other order are other sums over other nodes; chances sum to one."""
    for seed in range(60 if LONG else 1):
        chance = random.Random(seed)
        both, rivals = chance.sample(DRAWN, 2), [(each,) for each in chance.sample(DRAWN, chance.randint(2, 3))]
        found, swapped = (raced(tuple(each), *rivals, accuracy=1e-6) for each in (both, both[::-1]))
        assert sum(each[0] for each in found) == pytest.approx(1, abs=1e-9)
        for (share, mean, square), other in zip(found, swapped, strict=True):
            scaled = (other[0], other[1] / 20_000, other[2] / 20_000**2)
            assert (share, mean / 20_000, square / 20_000**2) == pytest.approx(scaled, rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("given", [*DRAWN[1:], law("gamma", 0.3, 9_000), law("gamma", 60, 900)], ids=str)
def test_the_chances_of_many_durations_at_once(given: Law) -> None:
    places = [-5.0, 0.0, 1e-3, 100.0, 5_000.0, 20_000.0, 54_000.0, 90_000.0, 5e6]
    assert reached(given, np.array(places)).tolist() == pytest.approx([laws.below(given, each) for each in places])


@pytest.mark.parametrize("deadline", [2_000.0, 40_000.0, 500_000.0])
def test_chances_sum_to_one_and_halves_of_a_race_agree(deadline: float) -> None:
    """Any two laws after one another; the order of both does not matter, which is another sum over other nodes."""
    pairs = [pair for number, pair in enumerate(product(DRAWN, DRAWN)) if LONG or number % 7 == 0]
    for first, second in pairs:
        found = raced((first, second), (law("fixed", deadline),))
        assert sum(chance for chance, _, _ in found) == pytest.approx(1, abs=1e-10)
        swapped = raced((second, first), (law("fixed", deadline),))
        # in units of the deadline: what rarely happens counts little
        for (chance, mean, square), other in zip(found, swapped, strict=True):
            scaled = (other[0], other[1] / deadline, other[2] / deadline**2)
            assert (chance, mean / deadline, square / deadline**2) == pytest.approx(scaled, rel=1e-9, abs=1e-12)


# --- lives with deadlines


def with_deadline(wait: Law, seconds: float) -> Chances:
    """One step that a deadline may end."""
    timer = Timer("late", law("fixed", seconds), ("x",), HERE)
    options = [[(1, 1.0, wait), (2, 0.0, None)], [], []]
    return chain(options, {1: "done", 2: "late"}, at={(0, 1): 0}, timers=[timer], running=1)


def test_the_life_of_one_step_with_a_deadline() -> None:
    m, d = 50_000.0, 30_000.0
    found = ExactLife(with_deadline(law("exponential", m), d))
    ends = {end.state: end for end in found.outcomes}
    rest = math.exp(-d / m)
    assert ends["late"].chance == pytest.approx(rest, rel=1e-9)
    assert ends["late"].mean == pytest.approx(d)
    assert ends["late"].variance == pytest.approx(0, abs=1e-3)
    assert found.every_end.mean == pytest.approx(m * (1 - rest), rel=1e-9)  # the mean of the earlier of both
    assert found.seconds["0"] == pytest.approx(m * (1 - rest), rel=1e-9)
    marks = brackets(found.chances, found.steps, found.every_end.mean, found.every_end.variance, PARTS)
    assert len(marks) == 4
    for mark in marks:
        assert mark.low <= min(d, laws.quantile(law("exponential", m), mark.share)) <= mark.high
        assert mark.high - mark.low <= 0.01 * d


@pytest.mark.parametrize("means", [(50_000.0, 20_000.0), (50_000.0, 20_000.0, 30_000.0)])
def test_percentiles_of_either_end_of_a_race(means: tuple[float, ...]) -> None:
    """Of exponential durations, the earliest has one law, whichever it is."""
    first, *others = (law("exponential", each) for each in means)
    timers = [Timer(f"late{number}", each, ("x",), HERE) for number, each in enumerate(others)]
    earlier = law("exponential", 1 / sum(1 / each for each in means))
    options = [[(1, 1.0, first), *((2 + n, 0.0, None) for n in range(len(timers)))], *[[] for _ in means]]
    ends = {1 + n: f"end{n}" for n in range(len(means))}
    at = {(0, 1 + n): n for n in range(len(timers))}
    found = ExactLife(chain(options, ends, at=at, timers=timers, running=3))
    assert len(found.outcomes) == len(means)
    for end in found.outcomes:
        marks = brackets(found.chances, found.steps, end.mean, end.variance, PARTS, end.state)
        assert len(marks) == 4
        for mark in marks:
            assert mark.low <= laws.quantile(earlier, mark.share) <= mark.high
            assert mark.high - mark.low <= 0.003 * laws.quantile(earlier, 0.99)


@pytest.mark.parametrize("running", [0, 1])
def test_a_timer_that_goes_on_is_named(running: int) -> None:
    """It is started where the order begins, and waited for in the next place; or nothing starts it."""
    timer = Timer("late", law("fixed", 60), ("x",), HERE)
    options = [[(1, 1.0, None)], [(2, 1.0, None), (3, 0.0, None)], [], []]
    made = chain(options, {2: "done", 3: "late"}, at={(1, 1): 0}, timers=[timer], running=running)
    with pytest.raises(NoExactAnswer, match=r"goes on after something else has happened \(late\)"):
        ExactLife(made)


def test_intervals_hold_the_exact_value_where_deadlines_race(record: Record) -> None:
    lifecycles, orders = (1_000, 4_000) if LONG else (10, 1_000)
    held = tried = bracketed = marks = 0
    for number in range(lifecycles):
        chance = random.Random(5_000 + number)
        if number % 8 == 7:
            made = random_timer_chain(chance)
        else:
            made = random_chain(chance, deadlines=True, going_on=number % 4 == 1, drawn=number % 4 == 2)
        exact, each = ExactLife(made), kernel(made)
        assert exact.steps.error < (1e-4 if number % 8 == 7 else 1e-6)
        tally = OrderWalk(each, number, until=None, width=None).run(0, np.zeros(orders, dtype=np.int64))
        lead = figures.summed(tally.lead)
        counts = {end.state: durations.count for durations, end in zip(tally.lead, each.ends, strict=True)}
        first = exact.outcomes[0]
        pairs = [(figures.mean(lead), exact.every_end.mean)]
        pairs += [(figures.share(counts[first.state], orders), first.chance)] if first.chance < 1 - 1e-9 else []
        for figure, value in pairs:
            if figure is not None and figure.low is not None and figure.high is not None and value > 0:
                tried += 1
                held += figure.low <= value <= figure.high
        if number % 9 == 0:
            end = exact.every_end
            for mark in brackets(exact.chances, exact.steps, end.mean, end.variance, PARTS):
                sampled = figures.quantile(lead, mark.share)
                if sampled is not None and sampled.low is not None and sampled.high is not None:
                    marks += 1
                    bracketed += sampled.low * 0.999 <= mark.high + 1 and mark.low <= sampled.high * 1.001 + 1
    record(
        "intervals of sampled figures with deadlines, against exact ones", {"intervals": tried, "of them hold": held}
    )
    off = 0.015 if LONG else 4 * math.sqrt(0.05 * 0.95 / tried)  # the seeds are fixed, and so is the share
    assert 0.95 - off <= held / tried <= 0.95 + off
    assert bracketed / marks >= 0.85
