"""Chances made by hand or by chance, for tests of what simulates and solves them."""

from __future__ import annotations

import random
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from covage_model.behaviour.population.chances import Chances, Happening
from covage_model.behaviour.population.kernel import Between, Kernel
from covage_model.ground.diagnostics import Location, Origin
from covage_model.pack.model.profile import Law, Timer

HERE = Origin(Location("", 0, 0))
Option = tuple[int, float, Law | None]  # target, chance, waiting


def law(kind: str, *numbers: float) -> Law:
    return Law(kind, numbers, "", HERE)


def chain(
    options: Sequence[Sequence[Option]],
    ends: Mapping[int, str],
    start: Mapping[int, float] | None = None,
    *,
    works: Mapping[int, Law] | None = None,
    at: Mapping[tuple[int, int], int] | None = None,
    sets: Mapping[tuple[int, int], int] | None = None,
    timers: Sequence[Timer] = (),
    running: int = 0,
) -> Chances:
    """
    Places with options; an end is named by its state, other places are called by their number. Actor `a` works.

    `running` are the timers that run from the beginning, as bits.
    """
    labels: dict[Happening, int] = {}
    offsets, chance, target, label = array("q", [0]), array("d"), array("q"), array("q")
    ats, set_bits = array("q"), array("q")
    for place, each in enumerate(options):
        for number, (to, share, waits) in enumerate(each):
            happening = Happening(f"t{place}-{number}", "a", waits, (works or {}).get(place))
            chance.append(share)
            target.append(to)
            label.append(labels.setdefault(happening, len(labels)))
            ats.append((at or {}).get((place, number), -1))
            set_bits.append((sets or {}).get((place, number), 0))
        offsets.append(len(chance))
    space: Any = None
    made = Chances(
        space,
        tuple(timers),
        tuple(labels),
        tuple((start or {0: 1.0}).items()),
        array("q", range(len(options))),
        array("q", [running if place in (start or {0: 1.0}) else 0 for place in range(len(options))]),
        offsets,
        chance,
        target,
        label,
        array("q", range(len(chance))),
        ats,
        set_bits,
        bytearray(place in ends for place in range(len(options))),
    )
    made.__dict__["states"] = tuple(ends.get(place, str(place)) for place in range(len(options)))
    return made


def kernel(*chains: Chances, between: Sequence[Between] = ()) -> Kernel:
    names = [f"v{number}" for number in range(len(chains))]
    return Kernel(dict(zip(names, chains, strict=True)), dict.fromkeys(names, 1.0), between)


LAWS = (
    None,
    law("fixed", 3_600),
    law("exponential", 50_000),
    law("uniform", 1_000, 90_000),
    law("triangular", 1_000, 5_000, 90_000),
    law("log-normal", 10.0, 0.7),
    law("gamma", 2.5, 20_000),
    law("weibull", 1.3, 40_000),
    law("quantiles", 0, 100, 0.5, 20_000, 1, 90_000),
)


_DRAWN = [each for each in LAWS if each is not None and each.kind != "fixed"]


def random_timer_chain(chance: random.Random) -> Chances:
    """A chain with a drawn timer that runs in some places, is waited for in some of these, and starts on ways there."""
    places, ends = chance.randint(3, 6), chance.randint(1, 2)
    runs = [chance.random() < 0.7 for _ in range(places)] + [False] * ends
    waits = [each and chance.random() < 0.5 for each in runs]
    options: list[list[Option]] = [[] for _ in runs]
    at: dict[tuple[int, int], int] = {}
    sets: dict[tuple[int, int], int] = {}
    for place in range(places):
        targets = [place + 1] + [chance.randrange(places + ends) for _ in range(chance.randint(0, 3))]
        shares = [chance.random() + 0.05 for _ in targets]
        moves = [(to, share / sum(shares), chance.choice(LAWS)) for to, share in zip(targets, shares, strict=True)]
        timer = chance.randrange(len(moves) + 1) if waits[place] else -1
        if timer >= 0:
            moves.insert(timer, (chance.randrange(place + 1, places + ends), 0.0, None))
            at[place, timer] = 0
        for number, (target, _, _) in enumerate(moves):
            starts = runs[target] and (not runs[place] or number == timer or chance.random() < 0.3)
            sets[place, number] = int(starts)
        options[place] = moves
    timers = [Timer("visit", chance.choice(_DRAWN), ("x",), HERE)]
    works = {place: chance.choice(_DRAWN) for place in range(places) if chance.random() < 0.2}
    names = {places + number: f"end{number}" for number in range(ends)}
    return chain(options, names, works=works, at=at, sets=sets, timers=timers, running=int(runs[0]))


def random_chain(
    chance: random.Random, *, timed: bool = False, deadlines: bool = False, going_on: bool = False, drawn: bool = False
) -> Chances:
    """
    A chain in which an end can be reached from every place; with `timed`, some moves happen at a timer.

    With `deadlines`, each of the timers of a place starts whenever the place is entered. With `going_on` too, half of
    the moves between places with the same timers leave them as they are, as refusals and edits do. With `drawn`, the
    timers are drawn too, so that up to four durations race.
    """
    places, ends = chance.randint(2, 6), chance.randint(1, 3)
    options: list[list[Option]] = []
    for place in range(places):
        targets = [place + 1] + [chance.randrange(places + ends) for _ in range(chance.randint(0, 3))]
        weights = [chance.random() + 0.05 for _ in targets]
        options.append([(to, w / sum(weights), chance.choice(LAWS)) for to, w in zip(targets, weights, strict=True)])
    names = {places + number: f"end{number}" for number in range(ends)}
    options.extend([] for _ in range(ends))
    running = 0
    at: dict[tuple[int, int], int] = {}
    sets: dict[tuple[int, int], int] = {}
    timers: list[Timer] = []
    if timed:
        timers = [Timer(f"timer{n}", law("uniform", 0, 60_000), ("x",), HERE) for n in range(2)]
        for place in range(places):  # both timers run everywhere but in the first place
            free = [0, 1]
            for number in range(len(options[place])):
                if place and number and free and chance.random() < 0.4:
                    at[place, number] = free.pop(chance.randrange(len(free)))
                sets[place, number] = 3 if not place or (place, number) in at else chance.choice((0, 0, 1, 2))
    if deadlines:
        # deadlines that go on need a measure in common with the fixed durations beside them
        lasts = [chance.randint(2, 100) * 600 if going_on else chance.randint(1_000, 60_000) for _ in range(2)]
        timers = [Timer(f"timer{n}", law("fixed", seconds), ("x",), HERE) for n, seconds in enumerate(lasts)]
        if drawn:
            timers = [Timer(f"timer{n}", each, ("x",), HERE) for n, each in enumerate(chance.sample(_DRAWN, 2))]
        starts = [0] * (places + ends)
        for place in range(places):
            for timer in range(2):
                if chance.random() < (0.7, 0.3)[timer]:
                    options[place].insert(0, (chance.randrange(place + 1, places + ends), 0.0, None))
                    starts[place] |= 1 << timer
        for place in range(places):
            used = [timer for timer in (1, 0) if starts[place] >> timer & 1]
            at.update({(place, number): timer for number, timer in enumerate(used)})
            for n, (target, _, _) in enumerate(options[place]):
                goes_on = going_on and n >= len(used) and starts[target] == starts[place] and chance.random() < 0.5
                sets[place, n] = 0 if goes_on else starts[target]
        running = starts[0]
    works = {place: chance.choice(LAWS[1:]) for place in range(places) if chance.random() < 0.4}
    return chain(
        options,
        names,
        works={p: w for p, w in works.items() if w is not None},
        at=at,
        sets=sets,
        timers=timers,
        running=running,
    )
