"""Exact answers against closed formulas, and sampled answers against exact ones."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import numpy as np
import pytest
from agreement import Record
from chains import HERE, chain, kernel, law, random_chain
from effort import LONG, share

from covage_model.behaviour.population import figures, laws
from covage_model.behaviour.population.arrivals import arrival_blocks
from covage_model.behaviour.population.chances import NoExactAnswer
from covage_model.behaviour.population.events import EventLoop
from covage_model.behaviour.population.exact.brackets import brackets
from covage_model.behaviour.population.exact.components import components
from covage_model.behaviour.population.exact.life import ExactLife
from covage_model.behaviour.population.exact.steps import steps
from covage_model.behaviour.population.walk import OrderWalk
from covage_model.pack.model.profile import Arrivals, Law, OpeningHours, Profile, Timer

HOUR = law("fixed", 3_600)
PARTS = (0.5, 0.9, 0.95, 0.99)


def life(*args: object, **words: object) -> ExactLife:
    return ExactLife(chain(*args, **words))  # type: ignore[arg-type]


@pytest.mark.parametrize("p", [0.5, 0.4, 0.7])
@pytest.mark.parametrize("start", [1, 3, 9])
def test_gamblers_ruin(p: float, start: int) -> None:
    """The chance of ruin, and the mean number of rounds, between 0 and 10."""
    options = [[] if n in (0, 10) else [(n + 1, p, HOUR), (n - 1, 1 - p, HOUR)] for n in range(11)]
    found = life(options, {0: "ruin", 10: "riches"}, {start: 1.0})
    if p == 0.5:
        riches, rounds = start / 10, start * (10 - start)
    else:
        ratio = (1 - p) / p
        riches = (1 - ratio**start) / (1 - ratio**10)
        rounds = start / (1 - 2 * p) - 10 / (1 - 2 * p) * riches
    chances = {end.state: end.chance for end in found.outcomes}
    assert chances == {"ruin": pytest.approx(1 - riches, abs=1e-9), "riches": pytest.approx(riches, abs=1e-9)}
    assert found.every_end.mean / 3_600 == pytest.approx(rounds, rel=1e-9)
    if p == 0.5:  # the variance of the duration of a fair game
        variance = start * (10 - start) * (start**2 + (10 - start) ** 2 - 2) / 3
        assert found.every_end.variance / 3_600**2 == pytest.approx(variance, rel=1e-9)


def test_a_birth_death_chain() -> None:
    """The mean time to the top: the sum over k of (1 / p_k) (1 + r_k + r_k r_(k-1) + …) with r = q / p."""
    up = [1.0, 0.7, 0.4, 0.6, 0.55, 0.3]
    options = [[(1, 1.0, HOUR)], *([(k + 1, up[k], HOUR), (k - 1, 1 - up[k], HOUR)] for k in range(1, 6)), []]
    steps = [1.0]
    for k in range(1, 6):
        steps.append((1 + (1 - up[k]) * steps[-1]) / up[k])
    found = life(options, {6: "top"})
    assert found.every_end.mean / 3_600 == pytest.approx(sum(steps), rel=1e-9)
    assert found.every_end.chance == pytest.approx(1, abs=1e-9)
    assert found.remaining("5").mean / 3_600 == pytest.approx(steps[5], rel=1e-9)
    assert found.remaining_at(4).mean / 3_600 == pytest.approx(steps[4] + steps[5], rel=1e-9)
    assert found.remaining_at(9).chance == 0  # there is no such configuration


def test_the_coupon_collector() -> None:
    count = 12
    options = [[(k, k / count, HOUR), (k + 1, 1 - k / count, HOUR)] for k in range(count)] + [[]]
    found = life(options, {count: "whole"}).every_end
    assert found.mean / 3_600 == pytest.approx(count * sum(1 / k for k in range(1, count + 1)), rel=1e-9)
    variance = sum((k / count) / (1 - k / count) ** 2 for k in range(count))
    assert found.variance / 3_600**2 == pytest.approx(variance, rel=1e-9)


def test_visits_entries_and_time_in_a_state() -> None:
    """A task is done again with the chance 1/4: 4/3 visits; refusals are a loop in the same state."""
    exponential = law("exponential", 900)
    found = life([[(1, 0.75, exponential), (0, 0.25, HOUR)], []], {1: "done"})
    assert found.visits.tolist() == pytest.approx([4 / 3, 1])
    assert found.happened == pytest.approx({("t0-0", False): 1, ("t0-1", False): 1 / 3})
    assert found.entries == pytest.approx({"0": 1, "done": 1})
    assert found.seconds == pytest.approx({"0": 4 / 3 * (0.75 * 900 + 0.25 * 3_600), "done": 0})


def test_an_end_that_is_not_certain() -> None:
    """A half ends after an hour, a quarter stays in a place, a quarter goes round for ever."""
    options = [[(1, 0.5, HOUR), (2, 0.25, None), (3, 0.25, None)], [], [], [(4, 1.0, HOUR)], [(3, 1.0, HOUR)]]
    found = life(options, {1: "done"})
    assert (found.every_end.chance, found.every_end.mean, found.every_end.variance) == (0.5, 3_600, 0)
    assert found.visits[2] == 0.25
    assert math.isinf(found.visits[3])
    assert found.seconds["2"] == math.inf
    assert math.isnan(found.remaining("3").mean)
    (half,) = brackets(found.chances, found.steps, 3_600, 0.0, [0.5])
    assert half.low <= 3_600 <= half.high
    nothing = life([[]], {})
    assert nothing.every_end.chance == 0
    assert nothing.outcomes == ()


def test_what_cannot_be_exact_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    timer = Timer("visit", HOUR, ("x",), HERE)
    with pytest.raises(NoExactAnswer, match="visit"):
        life([[(1, 1.0, None)], []], {1: "done"}, at={(0, 0): 0}, timers=[timer])
    monkeypatch.setattr("covage_model.behaviour.population.exact.life._LARGEST", 1)
    with pytest.raises(NoExactAnswer, match="2 configurations"):
        life([[(1, 1.0, None)], [(0, 0.5, None), (2, 0.5, None)], []], {2: "done"})


def test_components_come_after_what_they_reach() -> None:
    chance = random.Random(0)
    for _ in range(60):
        size = chance.randint(1, 12)
        after = [[chance.randrange(size) for _ in range(chance.randint(0, 2))] for _ in range(size)]
        found = components(after)
        assert sorted(node for part in found for node in part) == list(range(size))
        reach = [[a == b for b in range(size)] for a in range(size)]
        for a in range(size):
            for b in after[a]:
                reach[a][b] = True
        for k in range(size):
            for a in range(size):
                for b in range(size):
                    reach[a][b] |= reach[a][k] and reach[k][b]
        number = {node: place for place, part in enumerate(found) for node in part}
        for a in range(size):
            for b in range(size):
                assert (number[a] == number[b]) == (reach[a][b] and reach[b][a])
                assert not (reach[a][b] and number[b] > number[a])


# --- percentiles


@pytest.mark.parametrize(
    "given",
    [law("exponential", 5_000), law("uniform", 100, 9_000), law("log-normal", 9, 1.5), law("gamma", 0.6, 9_000), HOUR],
    ids=lambda each: each.kind,
)
def test_a_bracket_holds_the_percentile_of_one_step(given: Law) -> None:
    made = chain([[(1, 1.0, given)], []], {1: "done"})
    for mark in brackets(made, steps(made), laws.mean(given), laws.variance(given), PARTS):
        assert mark.low <= laws.quantile(given, mark.share) <= mark.high
        assert mark.high - mark.low <= 2.01 * (laws.mean(given) + 10.5 * math.sqrt(laws.variance(given))) / 4_000


def test_a_bracket_of_a_sum_with_a_loop_against_convolution() -> None:
    """An Erlang law: three exponential steps; and a geometric number of steps, which is exponential again."""
    step = law("exponential", 1_000)
    three = chain([[(1, 1.0, step)], [(2, 1.0, step)], [(3, 1.0, step)], []], {3: "done"})
    loop = chain([[(0, 0.8, step), (1, 0.2, step)], []], {1: "done"})
    erlang = law("gamma", 3, 1_000)
    again = law("exponential", 5_000)
    for made, given in ((three, erlang), (loop, again)):
        marks = brackets(made, steps(made), laws.mean(given), laws.variance(given), PARTS)
        assert len(marks) == 4
        for mark in marks:
            assert mark.low <= laws.quantile(given, mark.share) <= mark.high
        assert all(first.low <= second.low for first, second in pairwise(marks))


def test_no_brackets_for_large_tables_and_for_lives_of_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made = chain([[(1, 1.0, None)], []], {1: "done"})
    assert brackets(made, steps(made), 0.0, 0.0, PARTS) == ()
    monkeypatch.setattr("covage_model.behaviour.population.exact.brackets._LARGEST", 1)
    assert brackets(made, steps(made), 5.0, 1.0, PARTS) == ()


# --- sampled against exact


def test_intervals_hold_the_exact_value_in_95_of_100_lifecycles(record: Record) -> None:
    """Shares and means of random lifecycles; the long profile takes a thousand of them."""
    lifecycles, orders = (1_000, 4_000) if LONG else (60, 1_000)
    held = tried = bracketed = marks = 0
    for number in range(lifecycles):
        made = random_chain(random.Random(1_000 + number))
        exact, each = ExactLife(made), kernel(made)
        tally = OrderWalk(each, number, until=None, width=None).run(0, np.zeros(orders, dtype=np.int64))
        lead = figures.summed(tally.lead)
        pairs = [(figures.mean(lead), exact.every_end.mean)]
        if exact.outcomes[0].chance < 1 - 1e-9:
            count = next(
                d.count for d, end in zip(tally.lead, each.ends, strict=True) if end.state == exact.outcomes[0].state
            )
            pairs.append((figures.share(count, orders), exact.outcomes[0].chance))
        for figure, value in pairs:
            assert figure is not None
            if figure.low is not None and figure.high is not None and value > 0:
                tried += 1
                held += figure.low <= value <= figure.high
        if number % 10 == 0:
            for mark in brackets(made, exact.steps, exact.every_end.mean, exact.every_end.variance, PARTS):
                sampled = figures.quantile(lead, mark.share)
                if sampled is not None and sampled.low is not None and sampled.high is not None:
                    marks += 1
                    bracketed += sampled.low * 0.999 <= mark.high + 1 and mark.low <= sampled.high * 1.001 + 1
    record("intervals of sampled figures, against exact ones", {"intervals": tried, "of them hold": held})
    off = 0.015 if LONG else 4 * math.sqrt(0.05 * 0.95 / tried)  # the seeds are fixed, and so is the share
    assert 0.95 - off <= held / tried <= 0.95 + off
    assert marks >= lifecycles // 5
    assert bracketed / marks >= 0.85


# --- queues


def queue(hands: int, service: Law, per_hour: float, orders: int, seed: int) -> tuple[float, float, float]:
    """The mean time in the queue (hours), the utilisation, and the mean number in progress of M/G/c."""
    made = kernel(chain([[(1, 1.0, None)], []], {1: "done"}, works={0: service}))
    loop = EventLoop(made, seed, {"a": (hands, None)}, batches=1, until=None, width=3_600)
    arrivals = Arrivals(per_hour, 3_600, regular=False, during=None, words="", origin=HERE)
    hours = OpeningHours("x", ((),) * 7, HERE)
    profile = Profile("p", None, "UTC", "2026-01-05", None, (hours,), arrivals, (), None, None, (), (), (), (), HERE)
    loop.run(arrival_blocks(profile, seed, count=orders, until=None, size=4_096), lambda *_: 0, lambda _: None)
    crew = loop.crews["a"]
    total = int(loop.tally.seconds.sum())
    return crew.waiting.mean / 3_600, crew.busy / (hands * loop.last), total / loop.last


def erlang_c(servers: int, load: float) -> float:
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    return last / (sum(load**k / math.factorial(k) for k in range(servers)) + last)


@pytest.mark.parametrize("servers", [1, 3])
def test_m_m_c_against_its_formula(servers: int) -> None:
    """Poisson arrivals, exponential work: the wait by Erlang's C formula, the number in progress by Little's law."""
    work, load = 1.0, 0.75 * servers
    waits, busy, progress = queue(servers, law("exponential", 3_600 * work), load, 20_000, 1)
    expected = erlang_c(servers, load) * work / (servers - load)
    assert waits == pytest.approx(expected, rel=0.12)
    assert busy == pytest.approx(0.75, rel=0.03)
    assert progress == pytest.approx(load * (expected + work), rel=0.08)


@pytest.mark.parametrize(
    "service", share([HOUR, law("uniform", 0, 7_200), law("gamma", 2, 1_800)]), ids=lambda each: each.kind
)
def test_m_g_1_against_pollaczek_and_khinchine(service: Law) -> None:
    waits, busy, _ = queue(1, service, 0.7, 20_000, 2)
    second_moment = (laws.variance(service) + laws.mean(service) ** 2) / 3_600**2
    assert waits == pytest.approx(0.7 * second_moment / (2 * 0.3), rel=0.12)
    assert busy == pytest.approx(0.7, rel=0.03)


def test_ciw_agrees() -> None:
    """The same queue with two servers and uniform work, for which there is no simple formula."""
    ciw = pytest.importorskip("ciw")
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=1.4)],
        service_distributions=[ciw.dists.Uniform(0.0, 2.0)],
        number_of_servers=[2],
    )
    ciw.seed(3)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(8_000 if LONG else 4_000)
    theirs = np.mean([record.waiting_time for record in simulation.get_all_records()])
    ours, _, _ = queue(2, law("uniform", 0, 7_200), 1.4, 20_000, 3)
    assert ours == pytest.approx(theirs, rel=0.15)
