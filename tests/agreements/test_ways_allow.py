"""The suggestions of `why` work: on random lifecycles without documents, and on real packs with documents."""

from pathlib import Path
from random import Random

import pytest
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle.lifecycles import Sample, samples
from test_space_equals_oracle import compiled

import covage_model
from covage_model.behaviour.run import session as stepping
from covage_model.behaviour.run.session import Session
from covage_model.behaviour.space import atoms
from covage_model.behaviour.space.explore import explore
from covage_model.behaviour.why.answer import Answer, Way
from covage_model.behaviour.why.why import answered
from covage_model.documents.judge.verdict import judge_of
from covage_model.documents.make.valid.lived import lived
from covage_model.ground import json_value
from covage_model.ground.json_value import merged

ROOT = Path(__file__).resolve().parent.parent.parent
PACKS = [ROOT / "specs" / "covage", ROOT / "tests" / "packs" / "library"]
SLOW = settings(
    max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def walked(answer: Answer, way: Way) -> Session:
    """The session at the end of the suggested way. What the way assumes is assumed."""
    session = answer.session
    if way.kind != "onward":
        session = stepping.begin(session.judge, session.variant.name, session.given, session.account)
        session = session.assuming(answer.session.assumed if way.kind != "account" else ())
    session = session.assuming(way.assumed)
    for step in way.steps:
        if step.edit is None:
            session = moved(stepping.fire(session, step.trigger))
        elif step.edit.patch is json_value.ABSENT:
            session = session.on_another(json_value.ABSENT).assuming(step.edit.wanted)
        elif not step.actors:
            session = session.on_another(merged(session.document, step.edit.patch)).assuming(way.assumed)
        else:
            session = moved(stepping.fill(session, step.edit.patch)).assuming(way.assumed)
        assert (session.state, repr(session.variables)) == (step.after.state, repr(step.after.variables))
    return session


def moved(result: object) -> Session:
    assert isinstance(result, Session), result
    return result


@SLOW
@given(data=st.data(), sample=samples())
def test_a_way_leads_there_and_no_way_means_never(data: st.DataObject, sample: Sample) -> None:
    pack = compiled(sample)
    variant = data.draw(st.sampled_from(pack.variants))
    session = stepping.begin(judge_of(pack), variant.name)
    space = explore(session.lifecycle, session.variant)
    if data.draw(st.booleans()):  # every atom is known: only edits, or another account, change one
        session = session.assuming(space.configuration(data.draw(st.sampled_from(space.initial))).atoms)
    for trigger in data.draw(st.lists(st.sampled_from(sample.triggers), max_size=6)):
        after = stepping.fire(session, trigger, assuming=True)
        session = after if isinstance(after, Session) else session
    answer = answered(session, data.draw(st.sampled_from(sample.triggers)))
    ever = {move.trigger for number in range(len(space)) for move in space.moves(number) if not move.is_edit}
    assert answer.decided
    if not answer.step.moved:
        assert bool(answer.ways) is (answer.trigger.name in ever)
    for way in answer.ways:
        assert walked(answer, way).attempt(answer.trigger.name).moved, way


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_a_patch_that_is_shown_really_allows_the_trigger(folder: Path) -> None:
    pack = covage_model.load_pack(str(folder))
    random = Random(f"{folder.name} 7")
    played = asked = 0
    for _ in range(examples(12)):
        name = random.choice(pack.names)
        session = begun(pack, name, random)
        triggers = [transition.name for transition in session.lifecycle.transitions]
        for trigger in random.choices(triggers, k=random.randrange(5)):
            after = stepping.fire(session, trigger)
            session = after if isinstance(after, Session) else session
        answer = answered(session, random.choice(triggers))
        for way in answer.ways:
            if any(step.edit is not None for step in way.steps):
                asked += 1
                played += way.played
            if way.played:
                assert walked(answer, way).attempt(answer.trigger.name).moved, way
    assert asked
    assert played >= 0.75 * asked, f"{played} of {asked}"
    print(f"patches that allow a trigger, {folder.name}: {played} of {asked}")


def begun(pack: covage_model.Pack, name: str, random: Random) -> Session:
    """An order with a generated document and account whose atoms have the truths of the valuation."""
    variant = pack.spec.variant(name)
    asked = atoms.atoms_of(pack.spec.lifecycle(variant.order.follows))
    for code in random.choices(atoms.valuations(asked, variant.match, limit=4096), k=8):
        valuation = tuple((atom, bool(code >> len(asked) - 1 - place & 1)) for place, atom in enumerate(asked))
        found = lived(pack.judge, name, [valuation], seed=random.randrange(1000))
        if found is not None:
            return covage_model.begin_order(pack, name, document=found.documents[0], account=found.account)
    return covage_model.begin_order(pack, name)
