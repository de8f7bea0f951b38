"""The `transitions` machine, the single step and the explored table agree on random lifecycles."""

from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle.lifecycles import Sample, samples
from test_space_equals_oracle import compiled

from covage_model.behaviour.run.machine import LiveMachine, build_machine
from covage_model.behaviour.space import interpreter
from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.explore import Move, StateSpace, explore
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.orders import Variant

SLOW = settings(
    max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SLOW
@given(data=st.data(), sample=samples(overlapping=True))
def test_a_machine_goes_where_the_table_says(data: st.DataObject, sample: Sample) -> None:
    pack = compiled(sample)
    lifecycle, variant = pack.lifecycles[0], data.draw(st.sampled_from(pack.variants))
    space = explore(lifecycle, variant)
    here = data.draw(st.sampled_from(space.initial))
    known: list[Configuration] = [space.configuration(here)]  # what the atoms are asked of
    machine = build_machine(lifecycle, variant, lambda atom: known[0].truth(atom))
    emitted: list[str] = []
    for trigger in data.draw(st.lists(st.sampled_from([*sample.triggers, "an edit"]), max_size=12)):
        if trigger == "an edit":
            here = data.draw(st.sampled_from([here, *(move.target for move in space.moves(here) if move.is_edit)]))
        else:
            here = follow(space, here, trigger, machine, emitted)
        known[0] = space.configuration(here)
        assert machine.state == known[0].state
        assert repr(tuple(machine.variables.items())) == repr(known[0].variables)
        assert machine.emitted == tuple(emitted)


def follow(space: StateSpace, here: int, trigger: str, machine: LiveMachine, emitted: list[str]) -> int:
    """Fires the trigger in all three, which must agree, also on the reasons. Returns the configuration reached."""
    moves = fired(space, here, trigger)
    before = space.configuration(here)
    said = interpreter.fire(space.lifecycle, space.variant, before.state, dict(before.variables), trigger, before.truth)
    assert machine.may(trigger) is bool(moves)
    assert machine.fire(trigger) == said
    if not moves:
        assert isinstance(said, interpreter.Refused)
        assert said.reasons
        return here
    assert isinstance(said, interpreter.Accepted)
    assert said.case is moves[0].case  # of two that are enabled, the first
    emitted.extend(said.emits)
    return moves[0].target


@SLOW
@given(sample=samples(overlapping=True))
def test_a_step_from_any_configuration_is_a_move_of_the_table(sample: Sample) -> None:
    pack = compiled(sample)
    lifecycle, variant = pack.lifecycles[0], pack.variants[-1]
    space = explore(lifecycle, variant)
    for number in range(len(space)):
        here = space.configuration(number)
        assert space.find(here) == number
        accepted = [trigger for trigger in sample.triggers if fired(space, number, trigger)]
        assert list(interpreter.enabled(lifecycle, variant, here.state, dict(here.variables), here.truth)) == accepted
        for trigger, outcomes in sample.outcomes.items():
            possible = [name for name in outcomes if name in accepted]
            alone = interpreter.fire(lifecycle, variant, here.state, dict(here.variables), trigger, here.truth)
            wanted = (interpreter.Refused, interpreter.Accepted, interpreter.Undecided)[min(2, len(possible))]
            assert isinstance(alone, wanted)
            if isinstance(alone, interpreter.Accepted):
                assert alone.transition.name == possible[0]
        for trigger in accepted:
            moves = fired(space, number, trigger)
            result = interpreter.fire(lifecycle, variant, here.state, dict(here.variables), trigger, here.truth)
            assert isinstance(result, interpreter.Accepted)
            target = space.configuration(moves[0].target)
            assert (result.case, result.state) == (moves[0].case, target.state)
            assert repr(tuple(result.variables.items())) == repr(target.variables)
            assert ((number, trigger) in space.ambiguous) is (len(moves) > 1)


@SLOW
@given(sample=samples(), data=st.data())
def test_what_is_not_known_is_decided_only_where_it_does_not_matter(sample: Sample, data: st.DataObject) -> None:
    pack = compiled(sample)
    lifecycle, variant = pack.lifecycles[0], pack.variants[0]
    space = explore(lifecycle, variant)
    here = space.configuration(data.draw(st.sampled_from(range(len(space)))))
    for trigger in sample.triggers:
        blind = outcome(lifecycle, variant, here, trigger, lambda _: None)
        seeing = outcome(lifecycle, variant, here, trigger, here.truth)
        if isinstance(blind, interpreter.Undecided):
            assert {reason.holds for reason in blind.reasons} == {None}
        elif isinstance(blind, interpreter.Accepted):
            assert isinstance(seeing, interpreter.Accepted)
        else:
            assert isinstance(seeing, interpreter.Refused)


def outcome(
    lifecycle: Lifecycle, variant: Variant, here: Configuration, trigger: str, truth: interpreter.Truth
) -> interpreter.Accepted | interpreter.Refused | interpreter.Undecided:
    """One step from a configuration, where the atoms have the truths of `truth`."""
    return interpreter.fire(lifecycle, variant, here.state, dict(here.variables), trigger, truth)


def fired(space: StateSpace, number: int, trigger: str) -> list[Move]:
    """The moves from there by that trigger; several if two cases are enabled."""
    return [move for move in space.moves(number) if move.trigger == trigger and not move.is_edit]
