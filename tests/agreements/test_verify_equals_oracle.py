"""
Every verdict on the explored table equals the oracle's; each counterexample is a shortest one.

Lifecycles are drawn by seed, each with a property of each kind. `COVAGE_LONG=1` draws more than 50,000.
Only the last test uses documents; elsewhere the verdicts are those on the table. Vacuous premises, cases
and values are compared too.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import pytest
from agreement import Record
from effort import LONG, examples
from oracle.explorer import Model, Move
from oracle.lifecycles import Sample
from oracle.properties import KINDS, Lives, Positions, Vacuous, Verdict, reads_moves, vacuous
from oracle.seeded import distinct, drawn
from seeded_packs import pack_of
from test_space_equals_oracle import as_oracle

from covage_model.api.verify import verified
from covage_model.api.workspace import Workspace
from covage_model.behaviour.space.explore import Move as TableMove
from covage_model.behaviour.space.explore import StateSpace, explore
from covage_model.behaviour.verify import judge, vacuity
from covage_model.behaviour.verify.verdicts import EvidenceRun
from covage_model.documents.judge.verdict import judge_of
from covage_model.pack.model.lifecycle import Lifecycle

SHARDS, LIFECYCLES = (20, 2_550) if LONG else (2, 150)  # so that two processes have work to the end
SHOWN = 3  # runs of each broken property that are followed
OFTEN = LIFECYCLES // 8  # how often each kind holds, and is broken, in each shard
WITH_DOCUMENTS = 40  # lifecycles for which documents are built too, twenty times as many in the long profile
FAR = 3  # moves: some counterexamples are no shorter
FARAWAY = f"counterexamples of {FAR} moves and more"
VERDICTS = [f"{kind} {word}" for kind in KINDS for word in ("hold", "broken")]
DEAD = ("premises that never hold", "cases never enabled", "values never taken")
COUNTED = ("orders and variants", "moves that edit", "properties", *VERDICTS, FARAWAY, *DEAD)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_verdict_is_the_oracles(shard: int, record: Record) -> None:
    counts = Counter(dict.fromkeys(COUNTED, 0))
    longest = 0
    for sample in distinct(f"verify {shard}", LIFECYCLES):
        for told in compared(sample, counts):
            longest = max(longest, told.length or 0)
            counts[FARAWAY] += (told.length or 0) >= FAR
    record("verdicts of verify = of a second checker", {"lifecycles": LIFECYCLES}, counts)
    assert not LONG or SHARDS * LIFECYCLES > 50_000
    assert SHARDS * LIFECYCLES >= 300
    assert not [one for one in (*VERDICTS, *DEAD) if counts[one] < OFTEN], counts
    assert longest > FAR
    assert counts["moves that edit"] >= OFTEN


def compared(sample: Sample, counts: Counter[str]) -> list[Verdict]:
    """The verdicts on each property for each variant, equal for both."""
    pack = pack_of(sample)
    found: list[Verdict] = []
    spaces: dict[str, StateSpace] = {}
    both: list[Lives] = []
    for own, variant in zip(sample.variants, pack.variants, strict=True):
        lives = Lives(Model(sample.lifecycles, sample.order, own))
        space = explore(pack.lifecycles[0], variant)
        spaces[variant.name] = space
        both.append(lives)
        counts["orders and variants"] += 1
        counts["moves that edit"] += sum(move[1] == "edit" for move in lives.space.moves)
        for verdict in (judge.verdict(space, prop) for prop in space.lifecycle.properties):
            told = lives.verdicts[verdict.prop.name]
            agree(space, verdict, lives, sample)
            counts["properties"] += 1
            counts[f"{verdict.prop.kind} {'hold' if told.holds else 'broken'}"] += 1
            found.append(told)
    expected = vacuous(both)
    assert reported_vacuous(pack.lifecycles[0], spaces) == expected, sample
    for name, number in zip(DEAD, map(len, (expected.premises, expected.cases, expected.values)), strict=True):
        counts[name] += number
    return found


def reported_vacuous(lifecycle: Lifecycle, spaces: dict[str, StateSpace]) -> Vacuous:
    """What the toolkit reports as vacuous, states without an end aside."""
    told = [(one.code, one.arguments) for one in vacuity.findings([vacuity.Followers(lifecycle, spaces)], list(spaces))]
    return Vacuous(
        premises=frozenset(str(said["property"]) for code, said in told if code == "CM511"),
        cases=frozenset((str(said["trigger"]), int(said["number"]) - 1) for code, said in told if code == "CM512"),
        values=frozenset(
            (str(said["variable"]), repr(value)) for code, said in told if code == "CM513" for value in _values_of(said)
        ),
    )


def _values_of(said: Mapping[str, Any]) -> Iterable[Any]:
    """The values of which a finding says that they are never taken."""
    return (said["value"],) if "value" in said else range(said["first"], said["last"] + 1)


def agree(space: StateSpace, verdict: judge.PropertyVerdict, lives: Lives, sample: Sample) -> None:
    """Same verdict, same length; and each counterexample consists of the oracle's moves and breaks the property."""
    said = lives.model.lifecycle["properties"][verdict.prop.name]
    told = lives.verdicts[verdict.prop.name]
    where = (said, sample)
    assert verdict.outcome is (judge.PropertyOutcome.HOLDS if told.holds else judge.PropertyOutcome.BROKEN), where
    judge_of_runs = lives.positions if reads_moves(said) and "only" not in said else lives
    for shown in islice(verdict.shown(), SHOWN) if verdict.prop.assuming is not None else ():
        assert shown.loop is not None, where
        start, walk = walked(space, shown, judge_of_runs)
        assert judge_of_runs.lasso(said, start, walk, shown.loop), (shown.run, where)
    if verdict.prop.assuming is not None:
        return
    every = [*islice(verdict.shown(), SHOWN)]
    lengths = [len(shown.run.moves) for shown in every]
    assert lengths == sorted(lengths), where
    if verdict.prop.kind == "sometimes":
        assert not every or judge_of_runs.at(said["sometimes"], ended(*walked(space, every[0], judge_of_runs))), where
        return
    assert (lengths[0] if every else None) == told.length, where
    for shown in every:
        start, walk = walked(space, shown, judge_of_runs)
        if "only" in said:
            assert lives.forbidden(walk[-1], said["only"]), (shown.run, where)
        else:
            assert judge_of_runs.shows(said, start, walk), (shown.run, where)


def walked(space: StateSpace, shown: EvidenceRun, lives: Lives) -> tuple[Any, list[Any]]:
    """A run as the second checker writes it: over configurations, or over positions."""
    start, moves = as_oracle(space, shown.run.start), [as_move(space, move) for move in shown.run.moves]
    return lives.walk(start, moves) if isinstance(lives, Positions) else (start, moves)


def ended(start: Any, walk: list[Any]) -> Any:
    """Where a run ends."""
    return walk[-1][3] if walk else start


def as_move(space: StateSpace, move: TableMove) -> Move:
    """A move as the second explorer writes it."""
    emitted = () if move.case is None else space.passage(move).emits
    return as_oracle(space, move.source), move.trigger, move.actors, as_oracle(space, move.target), emitted


def test_with_documents_broken_is_broken_and_nothing_broken_is_reported_to_hold(record: Record) -> None:
    """
    The whole of verify, with documents: what it calls broken, the oracle calls broken; what is broken never "holds".
    """
    counts = Counter(
        dict.fromkeys((*(f"{outcome.value}" for outcome in judge.PropertyOutcome), "broken on a document"), 0)
    )
    for number in range(examples(WITH_DOCUMENTS)):
        sample = drawn(f"documents {number}")
        pack = pack_of(sample)
        found = verified(Workspace(judge_of(pack)), [variant.name for variant in pack.variants])
        lives = {
            variant.name: Lives(Model(sample.lifecycles, sample.order, own))
            for own, variant in zip(sample.variants, pack.variants, strict=True)
        }
        for examined in found.examined:
            for decision in examined.decisions:
                told = lives[decision.variant].verdicts[examined.prop.name]
                counts[decision.outcome.value] += 1
                if decision.outcome is judge.PropertyOutcome.OPEN:
                    assert decision.why in ("document", "edit"), sample  # nothing else is open in a table that is whole
                    assert told.holds is (examined.prop.kind == "sometimes" or decision.why == "edit"), sample
                    continue
                assert (decision.outcome is judge.PropertyOutcome.HOLDS) is told.holds, (examined.prop, sample)
                shown = decision.evidence
                if not told.holds and shown is not None:
                    counts["broken on a document"] += bool(shown.documents)
                    if examined.prop.assuming is not None or told.length is None:
                        continue
                    assert told.length is not None
                    assert len(shown.trace.moves) >= told.length, (examined.prop, sample)
    record("verify with documents built = a second checker", counts)
    assert counts["broken"] >= WITH_DOCUMENTS
    assert counts["broken on a document"] >= WITH_DOCUMENTS // 4
