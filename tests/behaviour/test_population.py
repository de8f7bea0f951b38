"""Laws, counts, calendars, arrivals, and the two paths of a simulation, which give the same lives."""

from __future__ import annotations

import math
import pickle
import random
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from chains import HERE, LAWS, chain, kernel, law, random_chain
from effort import examples

from covage_model import load_pack, simulate_pack
from covage_model.behaviour.population import draws, figures, laws
from covage_model.behaviour.population.arrivals import arrival_blocks
from covage_model.behaviour.population.bins import bin_of, middle_of, span_of
from covage_model.behaviour.population.calendars import NeverOpen, OpenClock, easter, is_holiday
from covage_model.behaviour.population.events import EventLoop
from covage_model.behaviour.population.kernel import Between
from covage_model.behaviour.population.rows import unfinished
from covage_model.behaviour.population.sampling import LawTable
from covage_model.behaviour.population.simulate import Plan, sample, walker
from covage_model.behaviour.population.tally import Durations, LifeTally, Parts, Progress
from covage_model.behaviour.population.walk import MOST_STEPS, OrderWalk
from covage_model.pack.model.profile import DAY, Arrivals, Crew, Law, OpeningHours, Profile

GIVEN = [each for each in LAWS if each is not None]
HOURS = OpeningHours("office", (((32_400, 45_000), (48_600, 64_800)),) * 5 + ((), ()), HERE)


def profile(
    arrivals: Arrivals | None = None,
    starts: str = "2026-01-05",
    crews: tuple[Crew, ...] = (),
    hours: OpeningHours = HOURS,
) -> Profile:
    return Profile("p", None, "Europe/Paris", starts, "FR", (hours,), arrivals, (), None, None, crews, (), (), (), HERE)


# --- laws


@pytest.mark.parametrize("given", GIVEN, ids=lambda each: each.kind)
def test_moments_quantiles_and_the_distribution_agree(given: Law) -> None:
    """The quantile function, integrated, gives both moments; the distribution function is its inverse."""
    shares = (np.arange(20_000) + 0.5) / 20_000
    if given.kind == "gamma":
        shares = shares[::10]
    values = np.array([laws.quantile(given, float(share)) for share in shares])
    assert values.mean() == pytest.approx(laws.mean(given), rel=5e-3)
    assert values.var() == pytest.approx(laws.variance(given), rel=3e-2, abs=1e-9)
    if given.kind != "fixed":
        for share in (0.001, 0.2, 0.5, 0.77, 0.999):
            assert laws.below(given, laws.quantile(given, share)) == pytest.approx(share, abs=1e-9)
    assert laws.below(given, -1) == 0
    assert laws.below(given, 1e12) == pytest.approx(1)
    assert laws.mean(None) == laws.variance(None) == 0


@pytest.mark.parametrize("given", GIVEN, ids=lambda each: each.kind)
def test_drawn_durations_follow_their_law(given: Law) -> None:
    """The share below each of nine quantiles, within five deviations; waiting and work are independent."""
    count = 40_000
    words = draws.duration_words(draws.streams(5, np.arange(count)))
    waits, works = LawTable([given], [given]).of(np.zeros(count, dtype=np.int64), words)
    assert works is not None
    for drawn in (waits, works):
        if given.kind == "fixed":
            assert set(drawn.tolist()) == {3_600}
            continue
        for tenth in range(1, 10):
            below = float((drawn <= laws.quantile(given, tenth / 10)).mean())
            assert below == pytest.approx(tenth / 10, abs=5 * math.sqrt(0.25 / count))
    if given.kind != "fixed":
        assert abs(np.corrcoef(waits, works)[0, 1]) < 5 / math.sqrt(count)


def test_choices_and_streams_are_even() -> None:
    count = 1 << 16
    stream = draws.streams(0, np.arange(count))
    assert len(np.unique(stream)) == count
    assert not np.intersect1d(stream, draws.streams(0, np.arange(count), 1)).size
    for _ in range(3):
        draws.advance(stream)
        counts = np.bincount((draws.choices(stream) >> np.uint64(60)).astype(np.int64), minlength=16)
        assert abs(counts - count / 16).max() < 5 * math.sqrt(count / 16)
    first, second = draws.normals(draws.duration_words(stream), both=True)
    for each in (first, second):
        assert abs(each.mean()) < 5 / math.sqrt(count)
        assert each.var() == pytest.approx(1, abs=0.03)


# --- counts


def test_bins_hold_a_thousandth() -> None:
    values = np.array([0, 1, 1023, 1024, 2047, 2048, 2049, 4095, 4096, 10**6, 10**9, 2**40])
    for value, place in zip(values.tolist(), bin_of(values).tolist(), strict=True):
        low, high = span_of(place)
        assert low <= value <= high
        assert high - low <= value / 1000
        assert value >= 2048 or middle_of(place) == value
    assert (np.diff(bin_of(np.arange(10_000))) >= 0).all()


def test_durations_are_summed_exactly() -> None:
    values = [0, 5, 3_600, 2**31, 2**40, 2**40]
    parts = Durations(), Durations()
    parts[0].add(np.array(values[:2]))
    parts[1].add(np.array(values[2:]))
    parts[0].add(np.array([], dtype=np.int64))
    parts[0].merge(parts[1])
    whole = parts[0]
    assert (whole.count, whole.total, whole.squares) == (6, sum(values), sum(v * v for v in values))
    mean = sum(values) / 6
    assert whole.variance == pytest.approx(sum((v - mean) ** 2 for v in values) / 5)
    assert [whole.at_rank(rank) for rank in (1, 2, 3)] == [0, 5, 3_600]
    assert [whole.at_most(limit) for limit in (-1, 0, 4, 5, 10**6)] == [0, 1, 1, 2, 3]


@pytest.mark.parametrize("most", [1_000, 16, 7])
def test_orders_in_progress_are_counted_exactly(most: int) -> None:
    chance = random.Random(most)
    lives = [(start, start + chance.randrange(400)) for start in (chance.randrange(900) for _ in range(80))]
    parts = Progress(10, most), Progress(10, most)
    for each, some in zip(parts, (lives[:50], lives[50:]), strict=True):
        each.add(np.array([start for start, _ in some]), np.array([end for _, end in some]))
    parts[0].merge(parts[1])
    parts[0].add(np.array([], dtype=np.int64), np.array([], dtype=np.int64))
    width = parts[0].width
    last = max(end for _, end in lives)
    for until in (5 * width, last):
        for start, mean in parts[0].means(until):
            end = min(start + width, until)
            assert mean == pytest.approx(sum(max(0, min(e, end) - max(s, start)) for s, e in lives) / (end - start))


def test_the_end_of_a_long_simulation_doubles_the_spans_that_are_counted() -> None:
    progress = Progress(10, 4)
    progress.add(np.array([0]), np.array([20]))
    assert progress.means(100) == [(0, 0.5), (40, 0.0), (80, 0.0)]


# --- calendars


def test_the_holidays_of_france() -> None:
    found = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [day.strftime("%m-%d") for day in found if is_holiday("FR", day)] == [
        "01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25",
    ]  # fmt: skip
    assert not any(is_holiday(None, day) for day in found)
    known = {1961: (4, 2), 2000: (4, 23), 2008: (3, 23), 2011: (4, 24), 2024: (3, 31), 2038: (4, 25)}
    assert {year: (easter(year).month, easter(year).day) for year in known} == known


@pytest.mark.parametrize("starts", ["2026-01-05", "2026-03-27", "2026-10-23", "2026-05-01"])
def test_a_clock_equals_a_count_of_minutes(starts: str) -> None:
    """Open hours, over both changes of the clock and over holidays, against looking at the wall each minute."""
    night = OpeningHours("n", (((0, 10_800), (79_200, 86_400)),) * 7, HERE)
    for hours in (HOURS, night):
        given = profile(starts=starts, hours=hours)
        clock = OpenClock(hours, given)
        zone = ZoneInfo("Europe/Paris")
        base = datetime.combine(date.fromisoformat(starts), datetime.min.time(), zone).astimezone(UTC)
        opened, open_minutes = 0, []
        for minute in range(0, 8 * 1440, 5):
            wall = (base + timedelta(minutes=minute)).astimezone(zone)
            assert clock.open_until(minute * 60) == opened
            of_day = wall.hour * 3600 + wall.minute * 60
            spans = () if is_holiday("FR", wall.date()) else hours.days[wall.weekday()]
            if any(start <= of_day < end for start, end in spans):
                opened += 300
                open_minutes.append(minute * 60)
        for second in range(0, 3 * DAY, 7_777):
            for work in (0, 1, 3_000, 40_000):
                finish = clock.finish(second, work)
                if work:
                    assert clock.open_until(finish) - clock.open_until(second) == work
                    assert clock.open_until(finish - 1) - clock.open_until(second) == work - 1
                else:
                    assert finish == second


@pytest.mark.parametrize(
    ("day", "spans", "opened"),
    [
        # clocks jump from 2:00 to 3:00
        ("2026-03-29", [(2, 3)], 0),
        ("2026-03-29", [(1, 4)], 2),
        ("2026-03-29", [(2.5, 3.5)], 0.5),
        ("2026-03-29", [(2.5, 2.75)], 0),
        ("2026-03-29", [(1.5, 2.5), (2.75, 3.25)], 0.75),
        # they show the hour from 2:00 to 3:00 twice
        ("2026-10-25", [(2, 3)], 2),
        ("2026-10-25", [(1, 4)], 4),
        ("2028-02-29", [(9, 10)], 1),
    ],
)
def test_open_hours_on_the_days_on_which_clocks_are_changed(
    day: str, spans: list[tuple[float, float]], opened: float
) -> None:
    hours = tuple((round(start * 3_600), round(end * 3_600)) for start, end in spans)
    open_day = date.fromisoformat(day).weekday()
    week = OpeningHours("x", tuple(hours if number == open_day else () for number in range(7)), HERE)
    clock = OpenClock(week, profile(starts=day))
    assert clock.open_until(26 * 3_600) == opened * 3_600
    assert clock.starts == sorted(clock.starts)
    assert all(start <= end for start, end in zip(clock.starts, clock.ends, strict=True))


def test_a_calendar_that_is_never_open_says_so() -> None:
    with pytest.raises(NeverOpen):
        OpenClock(OpeningHours("n", ((),) * 7, HERE), profile()).finish(0, 1)


@pytest.mark.parametrize("during", [None, "office"])
def test_arrivals_are_the_same_in_any_blocks(during: str | None) -> None:
    given = profile(Arrivals(120, DAY, regular=False, during=during, words="", origin=HERE))
    whole = np.concatenate(list(arrival_blocks(given, 3, count=5_000, until=None, size=5_000)))
    parts = np.concatenate(list(arrival_blocks(given, 3, count=5_000, until=None, size=17)))
    assert (whole == parts).all()
    assert (np.diff(whole) >= 0).all()
    days = 5_000 / 120 * (7 / 5 if during else 1)
    assert whole[-1] / DAY == pytest.approx(days, rel=0.1)
    if during:
        clock = OpenClock(HOURS, given)
        assert all(clock.open_until(int(second) + 1) > clock.open_until(int(second)) for second in whole[:300])
    until = np.concatenate(list(arrival_blocks(given, 3, count=None, until=int(whole[99]), size=64)))
    assert (until == whole[whole < whole[99]]).all()


def test_regular_arrivals_and_no_arrivals() -> None:
    given = profile(Arrivals(4, 3_600, regular=True, during=None, words="", origin=HERE))
    assert np.concatenate(list(arrival_blocks(given, 0, count=3, until=None, size=2))).tolist() == [900, 1_800, 2_700]
    assert np.concatenate(list(arrival_blocks(profile(), 0, count=3, until=None, size=2))).tolist() == [0, 0, 0]
    with pytest.raises(ValueError, match="number of orders"):
        list(arrival_blocks(profile(), 0, count=None, until=9, size=2))


# --- two paths


def same(first: LifeTally, second: LifeTally) -> None:
    for name in ("begun", "fired", "seconds", "open"):
        assert (getattr(first, name) == getattr(second, name)).all(), name
    pairs = [*zip(first.lead, second.lead, strict=True), *zip(first.stays, second.stays, strict=True)]
    pairs += [pair for rows in zip(first.between, second.between, strict=True) for pair in zip(*rows, strict=True)]
    for one, other in pairs:
        assert (one.count, one.total, one.squares) == (other.count, other.total, other.squares)
    if first.parts is not None and second.parts is not None:
        for name in ("begun", "fired", "seconds"):
            assert (getattr(first.parts, name) == getattr(second.parts, name)).all(), name
    assert first.given_up == second.given_up
    if first.progress is not None and second.progress is not None:
        assert first.progress.means(40 * DAY) == second.progress.means(40 * DAY)


@pytest.mark.parametrize("seed", range(examples(12)))
def test_both_paths_give_the_same_lives(seed: int) -> None:
    """Without hands and calendars: random chains, with and without timers, to the end or to a date."""
    chance = random.Random(seed)
    timed = seed % 2 == 1
    made = kernel(
        random_chain(chance, timed=timed),
        random_chain(chance, timed=timed),
        between=[Between("1", "end0"), Between("t0-0", "1")],
    )
    given = profile(Arrivals(40, DAY, regular=False, during="office", words="", origin=HERE))
    until = 9 * DAY if seed % 3 == 0 else None
    blocks = list(arrival_blocks(given, seed, count=150, until=until, size=64))
    walk, loop = (
        OrderWalk(made, seed, until=until, width=DAY, stays=True, parts=Parts(3, 150, until)),
        EventLoop(made, seed, {}, batches=3, until=until, width=DAY, stays=True),
    )
    first = 0
    for block in blocks:
        walk.run(first, block)
        first += len(block)
    loop.run(iter(blocks), lambda number, _: min(number * 3 // 150, 2), lambda _: None)
    assert walk.tally.fired.sum() > 150
    assert sum(stays.count for stays in walk.tally.stays) > 150
    same(walk.tally, loop.tally)
    assert walk.last == loop.last
    for number, durations in enumerate(loop.tally.lead):
        assert sum(batch.lead[number].total for batch in loop.batches) == durations.total
    assert int(sum(batch.begun.sum() for batch in loop.batches)) == first


def test_any_division_of_the_work_gives_the_same_counts() -> None:
    made = kernel(random_chain(random.Random(4), timed=True), random_chain(random.Random(5), timed=True))
    arrivals = np.arange(900) * 60
    whole = walker(made, 1, None, DAY)((0, arrivals))[-1]
    parts = [pickle.loads(pickle.dumps(walker))(pickle.loads(pickle.dumps(made)), 1, None, DAY)((at, arrivals[at : at + 70]))[-1] for at in range(0, 900, 70)]  # fmt: skip
    first, *rest = reversed(parts)
    for part in rest:
        first.merge(part)
    same(whole, first)


def test_a_pool_is_refilled(monkeypatch: pytest.MonkeyPatch) -> None:
    made = kernel(random_chain(random.Random(8)))
    whole = OrderWalk(made, 2, until=None, width=None).run(0, np.zeros(500, dtype=np.int64))
    monkeypatch.setattr("covage_model.behaviour.population.walk.POOL", 16)
    monkeypatch.setattr("covage_model.behaviour.population.walk._BULK", 4)
    same(whole, OrderWalk(made, 2, until=None, width=None).run(0, np.zeros(500, dtype=np.int64)))


def test_orders_that_never_end_are_given_up_and_those_that_are_stuck_stay() -> None:
    loops = chain([[(0, 1.0, law("fixed", 60))]], {})
    stuck = chain([[(1, 1.0, law("fixed", 60))], []], {})
    for made in (kernel(loops), kernel(stuck)):
        walk, loop = (
            OrderWalk(made, 0, until=None, width=None),
            EventLoop(made, 0, {}, batches=1, until=None, width=None),
        )
        block = np.zeros(3, dtype=np.int64)
        same(walk.run(0, block), loop.run([block], lambda *_: 0, lambda _: None))
        assert walk.tally.open.sum() == unfinished(SimpleNamespace(tally=walk.tally)) == 3  # each is counted once
        assert walk.tally.given_up == (3 if made.stuck.sum() == 0 else 0)
    assert walk.tally.fired.sum() == 3
    assert MOST_STEPS < 1e6


def test_a_timer_wins_a_race_and_a_tie_goes_to_the_first() -> None:
    """The chosen move takes an hour. The timer comes before it, with it (listed before or after it), or later."""
    for lasts, first_listed, expected in (
        (600, True, "end1"),
        (3_600, True, "end1"),
        (3_600, False, "end0"),
        (9_000, True, "end0"),
    ):
        place = 0 if first_listed else 1
        options = [(3, 0.0, None), (2, 1.0, law("fixed", 3_600))]
        ordered = options if first_listed else options[::-1]
        timer = __import__("covage_model.pack.model.profile", fromlist=["Timer"]).Timer(
            "t", law("fixed", lasts), ("x",), HERE
        )
        made = kernel(
            chain(
                [[(1, 1.0, None)], ordered, [], []],
                {2: "end0", 3: "end1"},
                sets={(0, 0): 1},
                at={(1, place): 0},
                timers=[timer],
            )
        )
        block = np.zeros(4, dtype=np.int64)
        tally = OrderWalk(made, 0, until=None, width=None).run(0, block)
        found = {made.ends[n].state: each.count for n, each in enumerate(tally.lead)}
        assert found == {"end0": 4 * (expected == "end0"), "end1": 4 * (expected == "end1")}
        same(
            tally, EventLoop(made, 0, {}, batches=1, until=None, width=None).run([block], lambda *_: 0, lambda _: None)
        )


# --- hands


def served(
    works: list[int], arrivals: list[int], hands: int, *, until: int | None = None, clock: OpenClock | None = None
) -> EventLoop:
    """Orders that each need a hand once, for the same time."""
    made = kernel(chain([[(1, 1.0, None)], []], {1: "end0"}, works={0: law("fixed", works[0])}))
    loop = EventLoop(made, 0, {"a": (hands, clock)}, batches=1, until=until, width=None)
    loop.run([np.array(arrivals)], lambda *_: 0, lambda _: None)
    return loop


def test_hands_serve_first_come_first_served() -> None:
    loop = served([100], [0, 10, 20, 500], 1)
    assert (loop.tally.lead[0].count, loop.tally.lead[0].total) == (4, 100 + 190 + 280 + 100)
    assert (loop.crews["a"].works, loop.crews["a"].busy, loop.crews["a"].waiting.total) == (4, 400, 90 + 180)
    assert loop.last == 600
    assert loop.tally.waited.tolist() == [90 + 180]
    assert served([100], [0, 10, 20, 500], 2).tally.lead[0].total == 100 + 100 + 180 + 100


def test_no_more_is_kept_than_of_orders_in_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two orders at a time, the second of which waits for the hand; nothing stays of those that have ended."""
    monkeypatch.setattr("covage_model.behaviour.population.event_counts._BULK", 10)
    made = kernel(chain([[(1, 1.0, None)], []], {1: "end0"}, works={0: law("fixed", 100)}))
    loop = EventLoop(made, 0, {"a": (1, None)}, batches=2, until=None, width=None)
    kept: list[int] = []

    def tick(_: int) -> None:
        kept.append(len(loop._heap) + len(loop._hands["a"].waits))

    blocks = [np.repeat(np.arange(first, first + 10_000, 1_000), 2) for first in range(0, 400_000, 10_000)]
    loop.run(blocks, lambda number, _: number // 400, tick)
    assert max(kept[20:]) == max(kept[:20]) <= 25
    assert [part.total for part in loop.crews["a"].waiting_by_batch] == [100 * 200] * 2
    assert loop.crews["a"].waiting.count == 800


def test_the_end_of_a_simulation_finds_orders_where_they_are() -> None:
    loop = served([100], [0, 10, 20], 1, until=150)
    assert (loop.tally.lead[0].count, int(loop.tally.open.sum())) == (1, 2)
    assert int(loop.tally.seconds.sum()) == 100 + 140 + 130
    assert loop.crews["a"].busy == 150
    assert loop.tally.waited.tolist() == [90 + 130]  # the second is at work for the last 50 seconds


def test_work_waits_for_the_open_hours() -> None:
    clock = OpenClock(HOURS, profile())
    loop = served([3 * 3_600], [0, DAY + 10 * 3_600], 1, clock=clock)
    # from 9:00 to 12:00; the next day from 10:00 to 12:30 and from 13:30 to 14:00
    assert loop.tally.lead[0].total == 12 * 3_600 + 4 * 3_600
    assert loop.crews["a"].busy == 6 * 3_600
    assert int(loop.tally.waited.sum()) == int(loop.tally.seconds.sum()) - 6 * 3_600  # what is no work is waiting


def test_a_timer_ends_the_waiting_for_a_hand_and_frees_it() -> None:
    """Two orders, one hand, an hour of work; a timer of 40 minutes takes each away: one at work, one in the queue."""
    timer = __import__("covage_model.pack.model.profile", fromlist=["Timer"]).Timer(
        "t", law("fixed", 2_400), ("x",), HERE
    )
    made = kernel(
        chain(
            [[(1, 1.0, None)], [(2, 1.0, None), (3, 0.0, None)], [], []],
            {2: "done", 3: "gone"},
            works={1: law("fixed", 3_600)},
            sets={(0, 0): 1},
            at={(1, 1): 0},
            timers=[timer],
        )
    )
    loop = EventLoop(made, 0, {"a": (1, None)}, batches=1, until=None, width=None)
    loop.run([np.array([0, 60])], lambda *_: 0, lambda _: None)
    ends = {made.ends[n].state: (each.count, each.total) for n, each in enumerate(loop.tally.lead)}
    assert ends == {"done": (0, 0), "gone": (2, 4_800)}
    # the second order gets the hand when the first one leaves, a minute before its own timer
    assert (loop.crews["a"].works, loop.crews["a"].busy) == (0, 2_460)
    assert loop.tally.waited.tolist() == [0, 2_340, 0]


def test_counts_do_not_depend_on_the_number_of_processes() -> None:
    made = kernel(random_chain(random.Random(3)), random_chain(random.Random(9)))
    plan = Plan(made, profile(Arrivals(120, DAY, regular=False, during=None, words="", origin=HERE)), ())
    first = sample(plan, 4, count=3_000, until=None, jobs=1)
    second = sample(plan, 4, count=3_000, until=None, jobs=1, batches=True)
    same(first.tally, second.tally)
    assert (first.orders, first.arrived, first.last) == (second.orders, second.arrived, second.last)
    assert len(second.batches) == 20


def test_processes_give_the_same_counts_and_a_killed_one_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    made = kernel(random_chain(random.Random(3)), random_chain(random.Random(9), timed=True))
    plan = Plan(made, profile(Arrivals(120, DAY, regular=False, during=None, words="", origin=HERE)), ())
    whole = sample(plan, 4, count=2_000, until=None, jobs=1)
    monkeypatch.setattr("covage_model.behaviour.population.simulate.TASK", 300)
    spread = sample(plan, 4, count=2_000, until=None, jobs=2)
    same(whole.tally, spread.tally)
    assert (whole.arrived, whole.last) == (spread.arrived, spread.last)

    def losing(prepare: object, given: object, tasks: object, **words: object) -> object:
        return (
            words["lost"](task, "killed") if number == 2 else words["here"](task) for number, task in enumerate(tasks)
        )

    monkeypatch.setattr("covage_model.ground.processes.workers.results", losing)
    same(whole.tally, sample(plan, 4, count=2_000, until=None, jobs=2).tally)


def test_intervals_of_rates_hold_the_exact_values() -> None:
    """Nineteen of twenty, roughly: of entries and times of states, and of refusals, over many seeds."""
    pack, free = load_pack(), ["hands", "calendars"]
    known = simulate_pack(pack, "terminate-copper", count=1, without=free, exact=True)
    exact = {(row.section, row.name, row.figure): row.exact for row in known.rows if row.exact is not None}
    held = wrong = 0
    for seed in range(examples(30)):
        for row in simulate_pack(pack, "terminate-copper", count=400, seed=seed, without=free).rows:
            bounds, figure = exact.get((row.section, row.name, row.figure)), row.sampled
            if row.section in ("state", "trigger") and bounds is not None and figure is not None:
                if figure.low is not None and figure.high is not None and figure.low < figure.high:
                    inside = figure.low <= bounds[0] <= figure.high
                    held, wrong = held + inside, wrong + (not inside)
    assert held + wrong > 200
    assert 0.90 < held / (held + wrong) < 0.985


def test_an_interval_holds_only_what_the_figure_can_be() -> None:
    parts = [0.0] * 10 + [0.2] * 10
    assert figures.batched(0.03, parts).low == 0
    assert figures.batched(0.97, parts, most=1.0).high == 1
    assert (figures.batched(0.03, parts, least=-math.inf).low or 0) < 0, "a difference may be negative"
    durations = Durations()
    durations.add(np.array([1, 1, 1, 100]))
    found = figures.mean(durations)
    assert found is not None and found.low == 0 and found.high is not None and found.high > 50
