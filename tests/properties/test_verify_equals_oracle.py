"""
Every verdict on the explored table equals the oracle's, and what shows it is as short as can be and shows it.

The lifecycles are drawn by seed, each with a property of each kind. `COVAGE_LONG=1` draws more than
50,000 of them. Documents play no part: the verdicts are those on the table, before any is built.
What never comes to bear (a premise, a case, a value) is compared too.
"""

from collections import Counter
from itertools import islice

import pytest
from agreement import Record
from effort import LONG
from oracle.explorer import Model, Move
from oracle.lifecycles import Sample
from oracle.properties import KINDS, Lives, Nothing, Verdict, says_nothing
from oracle.seeded import drawn
from seeded_packs import pack_of
from test_space_equals_oracle import as_oracle

from covage_model.model.lifecycle import Lifecycle
from covage_model.statespace.explore import Move as TableMove
from covage_model.statespace.explore import StateSpace, explore
from covage_model.verify import judge, vacuity

SHARDS, LIFECYCLES = (20, 2_550) if LONG else (4, 510)  # so that two processes have work to the end
SHOWN = 3  # runs of each broken property that are followed
OFTEN = LIFECYCLES // 8  # how often each kind holds, and is broken, in each shard
FAR = 3  # moves: some counterexamples are no shorter
FARAWAY = f"counterexamples of {FAR} moves and more"
VERDICTS = [f"{kind} {word}" for kind in KINDS for word in ("hold", "broken")]
DEAD = ("premises that never hold", "cases never enabled", "values never taken")
COUNTED = ("orders and variants", "moves that edit", "properties", *VERDICTS, FARAWAY, *DEAD)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_verdict_is_the_oracles(shard: int, record: Record) -> None:
    counts = Counter(dict.fromkeys(COUNTED, 0))
    longest, seen = 0, set[str]()
    for number in range(LIFECYCLES):
        sample = drawn(f"verify {shard} {number}")
        seen.add(repr((sample.lifecycle, sample.order)))
        for told in compared(sample, counts):
            longest = max(longest, told.length or 0)
            counts[FARAWAY] += (told.length or 0) >= FAR
    record("verdicts of verify = of a second checker", {"lifecycles": len(seen)}, counts)
    assert len(seen) == LIFECYCLES
    assert not LONG or SHARDS * LIFECYCLES > 50_000
    assert SHARDS * LIFECYCLES > 2_000
    assert not [one for one in (*VERDICTS, *DEAD) if counts[one] < OFTEN], counts
    assert longest > FAR
    assert counts["moves that edit"] >= OFTEN


def compared(sample: Sample, counts: Counter[str]) -> list[Verdict]:
    """The verdicts on each property for each leaf, the same from both."""
    pack = pack_of(sample)
    found: list[Verdict] = []
    spaces: dict[str, StateSpace] = {}
    both: list[Lives] = []
    for variant, leaf in zip(sample.variants, pack.leaves, strict=True):
        lives = Lives(Model(sample.lifecycles, sample.order, variant))
        space = explore(pack.lifecycles[0], leaf)
        spaces[leaf.name] = space
        both.append(lives)
        counts["orders and variants"] += 1
        counts["moves that edit"] += sum(move[1] == "edit" for move in lives.space.moves)
        for verdict in judge.verdicts(space):
            told = lives.verdicts[verdict.prop.name]
            agree(space, verdict, lives, sample)
            counts["properties"] += 1
            counts[f"{verdict.prop.kind} {'hold' if told.holds else 'broken'}"] += 1
            found.append(told)
    nothing = says_nothing(both)
    assert said_dead(pack.lifecycles[0], spaces) == nothing, sample
    for name, number in zip(DEAD, map(len, (nothing.premises, nothing.cases, nothing.values)), strict=True):
        counts[name] += number
    return found


def said_dead(lifecycle: Lifecycle, spaces: dict[str, StateSpace]) -> Nothing:
    """What the toolkit says never comes to bear, but for ends."""
    told = [(one.code, one.arguments) for one in vacuity.findings([vacuity.Followers(lifecycle, spaces)], list(spaces))]
    return Nothing(
        premises=frozenset(str(said["property"]) for code, said in told if code == "CM511"),
        cases=frozenset((str(said["trigger"]), int(said["number"]) - 1) for code, said in told if code == "CM512"),
        values=frozenset((str(said["variable"]), repr(said["value"])) for code, said in told if code == "CM513"),
    )


def agree(space: StateSpace, verdict: judge.Verdict, lives: Lives, sample: Sample) -> None:
    """Same verdict, same length; and each run that is shown goes by the oracle's moves and shows it."""
    said = lives.model.lifecycle["properties"][verdict.prop.name]
    told = lives.verdicts[verdict.prop.name]
    where = (said, sample)
    assert verdict.outcome is (judge.Outcome.HOLDS if told.holds else judge.Outcome.BROKEN), where
    runs = [shown.run for shown in islice(verdict.shown(), SHOWN)]
    lengths = [len(run.moves) for run in runs]
    assert lengths == sorted(lengths), where
    if verdict.prop.kind == "sometimes":
        return
    assert (lengths[0] if runs else None) == told.length, where
    for run in runs:
        start = as_oracle(space, run.start)
        assert lives.shows(said, start, [as_move(space, move) for move in run.moves]), (run, where)


def as_move(space: StateSpace, move: TableMove) -> Move:
    """A move as the second explorer writes it."""
    emitted = () if move.case is None else move.case.emits
    return as_oracle(space, move.source), move.trigger, move.actor, as_oracle(space, move.target), emitted
