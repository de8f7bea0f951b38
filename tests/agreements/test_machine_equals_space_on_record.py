"""
Many random pairs of lifecycle and word: the machine and the single step agree with the explored table.

Lifecycles and words are drawn by seed, and distinct. `COVAGE_LONG=1` walks more than 100,000 pairs over
more than 5,000 lifecycles. `test_machine_equals_space.py` compares more on fewer, and shrinks.
"""

from collections import Counter
from random import Random

import pytest
from agreement import Record
from effort import LONG
from oracle.lifecycles import Sample
from oracle.seeded import distinct
from seeded_packs import pack_of
from test_machine_equals_space import fired, follow

from covage_model.behaviour.run.machine import build_machine
from covage_model.behaviour.space.explore import StateSpace, explore

SHARDS, LIFECYCLES = (12, 450) if LONG else (2, 25)  # so that two processes have work to the end
WORDS = 20  # of each lifecycle
LONGEST = 12

Word = tuple[str, ...]


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_word_leads_the_machine_where_the_table_says(shard: int, record: Record) -> None:
    counts = Counter(dict.fromkeys(("moves made", "moves refused", "edits"), 0))
    samples = distinct("machine", LIFECYCLES, shard=shard, shards=SHARDS, properties=0)
    for number, sample in enumerate(samples):
        random = Random(f"words {shard} {number}")
        pack = pack_of(sample)
        space = explore(pack.lifecycles[0], random.choice(pack.variants))
        for word in words(sample, random):
            walk(space, word, random, counts)
    reached = {"pairs of lifecycle and word": LIFECYCLES * WORDS, "distinct lifecycles": LIFECYCLES}
    record("machine = explored table", reached, counts)
    assert min(counts[kind] for kind in ("moves made", "moves refused", "edits")) >= LIFECYCLES // 10
    assert not LONG or (SHARDS * LIFECYCLES * WORDS >= 100_000 and SHARDS * LIFECYCLES >= 5_000)


def words(sample: Sample, random: Random) -> set[Word]:
    """Distinct sequences of triggers and edits."""
    letters = [*sample.triggers, *sample.triggers, "an edit"]
    found: set[Word] = set()
    while len(found) < WORDS:
        found.add(tuple(random.choices(letters, k=random.randint(1, LONGEST))))
    return found


def walk(space: StateSpace, word: Word, random: Random, counts: Counter[str]) -> None:
    """Machine and table both read the word, with possible and impossible triggers."""
    here = random.choice(space.initial)
    machine = build_machine(space.lifecycle, space.variant, lambda atom: space.configuration(here).truth(atom))
    emitted: list[str] = []
    for letter in word:
        if letter == "an edit":
            peers = [move.target for move in space.moves(here) if move.is_edit]
            counts["edits"] += bool(peers)
            here = random.choice(peers or [here])
        else:
            counts["moves made" if fired(space, here, letter) else "moves refused"] += 1
            here = follow(space, here, letter, machine, emitted)
        there = space.configuration(here)
        assert machine.state == there.state
        assert repr(tuple(machine.variables.items())) == repr(there.variables)
        assert machine.emitted == tuple(emitted)
