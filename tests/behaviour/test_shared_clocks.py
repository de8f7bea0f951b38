"""Deadlines and timers that go on while something else happens: closed formulas, ties, and what is not solved."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from chains import HERE, Option, chain, law

from covage_model.behaviour.population import laws
from covage_model.behaviour.population.chances import Chances, NoExactAnswer
from covage_model.behaviour.population.exact import passages
from covage_model.behaviour.population.exact.brackets import brackets
from covage_model.behaviour.population.exact.life import ExactEnd, ExactLife
from covage_model.behaviour.population.exact.partial_moments import moments_below
from covage_model.pack.model.profile import Law, Timer

MEAN, REFUSED, LATE = 20_000.0, 0.7, 100_000.0
RATE = (1 - REFUSED) / MEAN  # of attempts that succeed


def attempts(
    lasts: Law | None, *, refused: float = REFUSED, late: float = LATE, deadline_first: bool = False
) -> Chances:
    """Attempts until one succeeds, or the deadline comes: place 0 is left to 1 or 2."""
    tried: list[Option] = [(0, refused, lasts), (1, 1 - refused, lasts)]
    deadline: Option = (2, 0.0, None)
    options = [[deadline, *tried] if deadline_first else [*tried, deadline], [], []]
    timer = Timer("late", law("fixed", late), ("x",), HERE)
    return chain(options, {1: "done", 2: "late"}, at={(0, 0 if deadline_first else 2): 0}, timers=[timer], running=1)


def ends(life: ExactLife) -> dict[str, ExactEnd]:
    return {end.state: end for end in life.outcomes}


def near(value: float) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


# --- closed formulas


def test_exponential_attempts_before_a_deadline() -> None:
    """The time to success is exponential again, with the rate of successes."""
    life = ExactLife(attempts(law("exponential", MEAN)))
    rest, found = math.exp(-RATE * LATE), ends(life)
    assert life.steps.error < 1e-9
    assert (found["done"].chance, found["late"].chance) == (near(1 - rest), near(rest))
    assert (found["late"].mean, found["late"].variance) == (near(LATE), pytest.approx(0, abs=1e-3))
    assert found["done"].mean * found["done"].chance == near((1 - rest) / RATE - LATE * rest)
    square = (2 - (2 + 2 * RATE * LATE + (RATE * LATE) ** 2) * rest) / RATE**2
    assert found["done"].variance + found["done"].mean ** 2 == near(square / found["done"].chance)
    spent = (1 - rest) / RATE
    assert life.seconds["0"] == near(spent)
    assert life.happened[("t0-0", False)] == near(spent * REFUSED / MEAN)
    assert life.visits[0] == near(1 + spent * REFUSED / MEAN)


def test_what_remains_whenever_an_attempt_begins() -> None:
    """From a moment with `u` to the deadline (1 - exp(-ru)) / r remains, on average over the attempts."""
    life = ExactLife(attempts(law("exponential", MEAN)))
    rest = math.exp(-RATE * LATE)
    at_first = (1 - rest) / RATE
    later = REFUSED / MEAN / RATE * (at_first - LATE * rest)
    assert life.remaining("0").mean == pytest.approx((at_first + later) / life.visits[0], rel=1e-8)
    assert life.remaining_at(0).chance == near(1)


def test_the_renewals_of_uniform_durations() -> None:
    """Of durations between 0 and b, e^(t/b) - 1 end up to a moment t that is not after b."""
    life = ExactLife(attempts(law("uniform", 0, 150_000), refused=1.0, late=90_000))
    assert life.happened[("t0-0", False)] == near(math.exp(90_000 / 150_000) - 1)
    assert ends(life)["late"].chance == near(1)


def test_erlang_attempts_of_waiting_and_work() -> None:
    """Each attempt waits and works: every second event of a Poisson process ends one."""
    made = attempts(law("exponential", MEAN), refused=1.0)
    both = chain(
        [[(0, 1.0, law("exponential", MEAN)), (2, 0.0, None)], [], []],
        {2: "late"},
        at={(0, 1): 0},
        timers=made.timers,
        running=1,
        works={0: law("exponential", MEAN)},
    )
    events = LATE / MEAN
    assert ExactLife(both).happened[("t0-0", False)] == near(events / 2 - (1 - math.exp(-2 * events)) / 4)


def test_edits_between_two_valuations() -> None:
    """All durations are exponential: the chances to be in either place follow from the exponential of a matrix."""
    timer = Timer("late", law("fixed", LATE), ("x",), HERE)
    slow, fast = law("exponential", 50_000), law("exponential", 15_000)
    options: list[list[Option]] = [
        [(1, 0.8, slow), (0, 0.2, slow), (3, 0.0, None)],
        [(0, 0.3, fast), (1, 0.2, fast), (2, 0.5, fast), (3, 0.0, None)],
        [],
        [],
    ]
    made = chain(options, {2: "done", 3: "late"}, at={(0, 2): 0, (1, 3): 0}, timers=[timer], running=1)
    life = ExactLife(made)
    rates = np.array([[-0.8 / 50_000, 0.8 / 50_000], [0.3 / 15_000, -0.8 / 15_000]])
    values, vectors = np.linalg.eig(rates)
    start = np.array([1.0, 0.0]) @ vectors
    late = (start * np.exp(values * LATE)) @ np.linalg.inv(vectors)
    spent = (start * np.expm1(values * LATE) / values) @ np.linalg.inv(vectors)
    assert ends(life)["late"].chance == near(float(late.sum()))
    assert [life.seconds["0"], life.seconds["1"]] == [near(each) for each in spent.tolist()]
    assert life.happened[("t1-2", False)] == near(float(spent[1]) * 0.5 / 15_000)
    assert life.visits[1] == near(float(spent[0]) * 0.8 / 50_000 + float(spent[1]) * 0.2 / 15_000)


@pytest.mark.parametrize("deadline_first", [True, False])
def test_attempts_of_a_certain_length_and_a_tie(*, deadline_first: bool) -> None:
    """The twentieth attempt ends with the deadline: what is written first happens."""
    life = ExactLife(attempts(law("fixed", LATE / 20), deadline_first=deadline_first))
    tries = 19 if deadline_first else 20
    assert ends(life)["late"].chance == near(REFUSED**tries)
    assert ends(life)["done"].chance == near(1 - REFUSED**tries)
    means = sum(k * LATE / 20 * REFUSED ** (k - 1) * (1 - REFUSED) for k in range(1, tries + 1))
    assert life.every_end.mean == near(means + LATE * REFUSED**tries)
    # the attempts that begin, and how much is left at each: the twenty-first begins at the deadline, if at all
    begun = [(n, REFUSED**n) for n in range(tries + 1)]
    assert life.visits[0] == near(sum(chance for _, chance in begun))
    left = sum(chance * (sum(REFUSED**k for k in range(20 - n)) * LATE / 20 if n < 20 else 0.0) for n, chance in begun)
    assert life.remaining("0").mean == near(left / life.visits[0])


def test_attempts_in_no_time_are_refused_before_any_time_passes() -> None:
    """Three of four attempts take no time, and the others a day: the deadline comes after one or two of these."""
    timer = Timer("late", law("fixed", 86_400 * 1.5), ("x",), HERE)
    options: list[list[Option]] = [
        [(0, 0.6, None), (1, 0.15, None), (0, 0.25, law("fixed", 86_400)), (2, 0.0, None)],
        [],
        [],
    ]
    life = ExactLife(chain(options, {1: "done", 2: "late"}, at={(0, 3): 0}, timers=[timer], running=1))
    day = 0.25 / 0.4  # that an attempt lasts a day comes before success
    assert ends(life)["late"].chance == near(day**2)
    assert life.visits[0] == near((1 + day) / 0.4)


def test_percentiles_of_attempts_lie_in_their_brackets() -> None:
    for given in (law("exponential", MEAN), law("fixed", 3_600), law("log-normal", 9.5, 0.8)):
        life = ExactLife(attempts(given))
        end = life.every_end
        marks = brackets(life.chances, life.steps, end.mean, end.variance, (0.5, 0.75, 0.99))
        assert len(marks) == 3
        assert all(first.low <= second.low for first, second in pairwise(marks))
        assert all(mark.high - mark.low <= 0.01 * LATE for mark in marks)
        if given.kind == "exponential":
            exact = [min(LATE, laws.quantile(law("exponential", 1 / RATE), mark.share)) for mark in marks]
        elif given.kind == "fixed":
            exact = [3_600 * math.ceil(math.log(1 - mark.share) / math.log(REFUSED)) for mark in marks]
        else:  # more than a hundredth of the orders meet the deadline
            exact = [marks[0].low, marks[1].high, LATE]
        assert all(mark.low <= value <= mark.high for mark, value in zip(marks, exact, strict=True))


# --- timers that are drawn


def test_exponential_attempts_before_an_exponential_timer() -> None:
    """Success and the timer race as two exponential durations do."""
    timer, whole = Timer("visit", law("exponential", 60_000), ("x",), HERE), RATE + 1 / 60_000
    options: list[list[Option]] = [
        [(0, REFUSED, law("exponential", MEAN)), (1, 1 - REFUSED, law("exponential", MEAN)), (2, 0.0, None)],
        [],
        [],
    ]
    life = ExactLife(chain(options, {1: "done", 2: "visited"}, at={(0, 2): 0}, timers=[timer], running=1))
    assert life.steps.error < 1e-6
    for state, rate in (("done", RATE), ("visited", 1 / 60_000)):
        end = ends(life)[state]
        assert end.chance == pytest.approx(rate / whole, rel=1e-6)
        assert [end.mean, end.variance] == pytest.approx([1 / whole, whole**-2], rel=1e-6)
    assert life.seconds["0"] == pytest.approx(1 / whole, rel=1e-6)
    assert life.visits[0] == pytest.approx(1 + REFUSED / MEAN / whole, rel=1e-6)
    assert math.isnan(life.remaining("0").mean)  # it is not told, rather than guessed


def visited(lasts: Law, step: Law) -> Chances:
    """One step, and then the timer is waited for, which began with it; one order in ten goes elsewhere."""
    options: list[list[Option]] = [[(1, 0.9, step), (3, 0.1, step)], [(2, 1.0, None)], [], []]
    timer = Timer("visit", lasts, ("x",), HERE)
    return chain(options, {2: "done", 3: "else"}, at={(1, 0): 0}, timers=[timer], running=1)


def test_the_later_of_a_step_and_a_timer_that_began_with_it() -> None:
    """The timer goes on while the step lasts; it may end before anything waits for it."""
    step, timer = 20_000.0, 50_000.0
    life = ExactLife(visited(law("exponential", timer), law("exponential", step)))
    earlier = 1 / (1 / step + 1 / timer)
    end = ends(life)["done"]
    assert (end.chance, ends(life)["else"].chance) == (pytest.approx(0.9), pytest.approx(0.1))
    assert end.mean == pytest.approx(step + timer - earlier, rel=1e-6)
    square = 2 * step**2 + 2 * timer**2 - 2 * earlier**2
    assert end.variance + end.mean**2 == pytest.approx(square, rel=1e-5)
    assert ends(life)["else"].mean == pytest.approx(step, rel=1e-9)
    assert life.seconds["0"] == pytest.approx(step, rel=1e-9)
    assert life.seconds["1"] == pytest.approx(0.9 * (timer - earlier), rel=1e-6)
    for mark in brackets(life.chances, life.steps, end.mean, end.variance, (0.5, 0.9, 0.99), "done"):
        for moment, holds in ((mark.low, -1), (mark.high, 1)):
            reached = -math.expm1(-moment / step) * -math.expm1(-moment / timer)
            assert holds * (reached - mark.share) >= -1e-9
        assert mark.high - mark.low < 0.02 * mark.high


@pytest.mark.parametrize("step", [None, law("fixed", 20_000)], ids=str)
def test_a_certain_step_and_a_uniform_timer(step: Law | None) -> None:
    """The later of 20,000 (or 0) seconds and of up to 50,000."""
    life = ExactLife(visited(law("uniform", 0, 50_000), step or law("fixed", 0)))
    begun = 20_000 if step else 0
    later = (begun**2 + (50_000**2 - begun**2) / 2) / 50_000
    assert ends(life)["done"].mean == pytest.approx(later, rel=1e-6)
    assert life.happened[("t1-0", False)] == pytest.approx(0.9)


# --- what is not solved, and is named


def test_a_drawn_timer_beside_a_deadline_is_named() -> None:
    timers = [Timer("visit", law("uniform", 0, 60), ("x",), HERE), Timer("late", law("fixed", 60), ("x",), HERE)]
    options: list[list[Option]] = [[(0, 0.5, law("fixed", 9)), (1, 0.5, None), (2, 0.0, None), (2, 0.0, None)], [], []]
    at = {(0, 2): 0, (0, 3): 1}
    with pytest.raises(NoExactAnswer, match=r"goes on after something else has happened \(visit, late\)"):
        ExactLife(chain(options, {1: "done", 2: "late"}, at=at, timers=timers, running=3))


def test_deadlines_that_began_at_different_times_are_named() -> None:
    """The second begins when the order comes from place 0 to place 1, where the first goes on."""
    timers = [Timer(name, law("fixed", 60), ("x",), HERE) for name in ("first", "second")]
    options: list[list[Option]] = [
        [(1, 1.0, law("fixed", 9)), (3, 0.0, None)],
        [(2, 1.0, law("fixed", 99)), (3, 0.0, None), (3, 0.0, None)],
        [],
        [],
    ]
    at = {(0, 1): 0, (1, 1): 0, (1, 2): 1}
    made = chain(options, {2: "done", 3: "late"}, at=at, sets={(0, 0): 2}, timers=timers, running=1)
    with pytest.raises(NoExactAnswer, match=r"goes on after something else has happened \(first\)"):
        ExactLife(made)


def test_steps_in_no_time_that_never_end_are_named() -> None:
    with pytest.raises(NoExactAnswer, match="go round for ever, and late never comes"):
        ExactLife(attempts(None, refused=1.0))


def test_durations_without_a_common_measure_are_named() -> None:
    with pytest.raises(NoExactAnswer, match="late and fixed durations beside it have no common measure"):
        ExactLife(attempts(law("fixed", 1.001)))


def test_too_many_configurations_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "_LARGEST", 1_000)
    with pytest.raises(NoExactAnswer, match="late goes on through 1 configurations"):
        ExactLife(attempts(law("fixed", 100)))


def test_a_timer_that_may_last_far_longer_than_what_is_beside_it_is_named() -> None:
    """No grid that reaches its last hours shows its first: what was summed up there was wrong by half."""
    timer = Timer("visit", law("log-normal", math.log(86_400), 2.07), ("x",), HERE)
    options: list[list[Option]] = [
        [(0, 0.8, law("exponential", 600)), (1, 0.2, law("exponential", 600)), (2, 0.0, None)]
    ]
    made = chain([*options, [], []], {1: "done", 2: "visited"}, at={(0, 2): 0}, timers=[timer], running=1)
    with pytest.raises(NoExactAnswer, match="visit may last far longer than what happens beside it: no grid"):
        ExactLife(made)


@pytest.mark.parametrize("late", [0, 0.0004])
def test_a_deadline_that_comes_at_once_is_named(late: float) -> None:
    with pytest.raises(NoExactAnswer, match="late comes as soon as it begins"):
        ExactLife(attempts(law("exponential", MEAN), late=late))


def test_a_steep_law_has_its_moments_far_beyond_its_scale() -> None:
    chance, first, _ = moments_below(law("weibull", 50, 1e5), 1e12)
    assert (chance, first) == (near(1), near(1e5 * math.gamma(1.02)))
