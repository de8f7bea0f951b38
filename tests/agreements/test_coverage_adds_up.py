"""Coverage records can be added in any order. What is called reachable is what an exhaustive client reaches."""

from __future__ import annotations

import json

from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle.lifecycles import Sample, samples
from test_space_equals_oracle import compiled

from covage_model.behaviour.space.explore import explore
from covage_model.behaviour.space.passage import passage
from covage_model.behaviour.space.situation import Situation
from covage_model.documents.judge.verdict import judge_of
from covage_model.quality.coverage import runs, walks
from covage_model.quality.coverage.items import items_of
from covage_model.quality.coverage.record import Record, merge, read, written
from covage_model.quality.coverage.unreachable import unreachable

NAMES = st.text(max_size=4)
RECORDS = st.builds(
    Record,
    st.frozensets(st.tuples(NAMES, NAMES), max_size=3),
    st.dictionaries(NAMES, st.integers(1, 2**50), max_size=5),
)


@settings(max_examples=examples(40), deadline=None)
@given(RECORDS, RECORDS, RECORDS)
def test_merging_is_associative_and_commutative_and_nothing_changes_nothing(
    one: Record, two: Record, three: Record
) -> None:
    whole = written(merge([one, two, three]))
    assert written(merge([merge([one, two]), three])) == written(merge([one, merge([two, three])])) == whole
    assert written(merge([three, one, two])) == whole
    assert merge([one, Record()]) == merge([one]) == one


@settings(max_examples=examples(40), deadline=None)
@given(RECORDS)
def test_a_record_is_read_back_as_it_was(record: Record) -> None:
    assert read(json.loads(written(record))) == record


@settings(max_examples=examples(40), deadline=None)
@given(NAMES, NAMES, NAMES, NAMES)
def test_the_id_of_a_step_says_the_step(variant: str, state: str, trigger: str, case: str) -> None:
    assert list(walks.read(walks.state(variant, state))) == [walks.WalkPoint(variant, state)]
    assert list(walks.read(walks.edit(variant, state))) == [walks.WalkPoint(variant, state, edits=True)]
    assert list(walks.read(walks.move(variant, state, trigger, case))) == [
        walks.WalkPoint(variant, state, trigger, case)
    ]


@settings(
    max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(sample=samples(overlapping=True))
def test_trying_every_trigger_everywhere_exercises_exactly_what_is_reachable(sample: Sample) -> None:
    pack = compiled(sample)
    lifecycle = pack.lifecycles[0]
    found: set[str] = set()
    for variant in pack.variants:
        space = explore(lifecycle, variant)
        for number in range(len(space)):
            here = space.configuration(number)
            found.add(runs.state_id(lifecycle, here.state))
            found.update(runs.at_bounds(lifecycle, here.variables))
            situation = Situation(lifecycle, variant, lifecycle.state(here.state), dict(here.variables), here.truth)
            for transition in lifecycle.transitions:
                found.update(runs.asked(situation, transition))
                for case in transition.cases:
                    if here.state not in case.source:
                        continue
                    way = passage(lifecycle, case, here.state, dict(here.variables))
                    if situation.evaluate(way.condition):
                        found.update(runs.fired(lifecycle, transition, case, way.target))
    items = items_of(pack)
    reachable = set(items.items) - set(unreachable(judge_of(pack), items))
    assert {name for name in reachable if name.startswith("/lifecycle/")} == found
