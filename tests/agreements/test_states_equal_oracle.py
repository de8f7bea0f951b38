"""Leaving, entering, going back and counting, in small lifecycles with every combination, equal the second explorer."""

import json
from itertools import product
from typing import Any

from oracle import explorer
from oracle.lifecycles import Sample
from seeded_packs import pack_of
from test_space_equals_oracle import as_oracle, moves

from covage_model.behaviour.run.machine import build_machine
from covage_model.behaviour.space.explore import explore

ORDER = {"order": "thing", "follows": "life", "match": {"request": "thing"}, "fields": {"status": "string"}}


def test_moves_between_all_states_leave_and_enter_as_the_second_explorer_says() -> None:
    names = ["a", "a.x", "a.x.p", "a.x.q", "a.y", "b", "c"]
    ways: dict[str, Any] = {}
    for number, (source, target) in enumerate(product(names[:-1], names)):
        ways[f"t{number}"] = {"by": "asker", "from": source, "to": target}
    for number, (source, target) in enumerate(product(names[:-1], ["a", "a.x"])):
        ways[f"h{number}"] = {"by": "asker", "from": source, "to": {"history": target}}
    agree(life(ways))


def test_what_was_left_is_kept_only_while_it_can_be_gone_back_to() -> None:
    space = agree(
        life(
            {
                "work": {"by": "asker", "from": "a.x.p", "to": "a.x.q"},
                "look": {"by": "asker", "from": "a.x", "to": "a.y"},
                "sleep": {"by": "asker", "from": "a", "to": "b"},
                "wake": {"by": "asker", "from": "b", "to": {"history": "a"}},
                "stop": {"by": "asker", "from": ["a", "b"], "to": "c"},
            }
        )
    )
    assert [space.state(number) for number in range(len(space))].count("b") == 3  # a step each
    assert [space.state(number) for number in range(len(space))].count("c") == 1  # no way back, so no memory
    assert [space.state(number) for number in range(len(space))].count("a.y") == 1


def test_counting_stays_in_the_range_and_reads_the_values_before() -> None:
    sets = ({"v": {"add": 1}, "w": {"at": "v"}}, {"v": {"at": "w", "add": -1}}, {"w": {"add": -2}}, {"v": 0})
    lifecycle = life({f"t{number}": {"by": "asker", "set": each} for number, each in enumerate(sets)})
    lifecycle["variables"] = {"v": {"min": 0, "max": 3}, "w": {"min": -1, "max": 2}}
    lifecycle["states"]["b"]["entry"] = {"set": {"w": {"at": "v"}}}
    lifecycle["transitions"]["less"] = {
        "by": "asker",
        "guard": {"v": {"below": {"at": "w"}}},
        "set": {"v": {"at": "w"}},
    }
    lifecycle["transitions"]["alike"] = {"by": "asker", "guard": {"v": {"is": {"at": "w"}}}, "set": {"w": -1}}
    lifecycle["transitions"]["more"] = {"by": "asker", "guard": {"v": {"above": 1, "min": {"at": "w"}}}, "to": "b"}
    lifecycle["transitions"]["enter"] = {"by": "asker", "from": "a", "to": "b"}
    space = agree(lifecycle)
    assert {repr(space.configuration(number).variables) for number in range(len(space))} >= {"(('v', 3), ('w', 2))"}


def life(transitions: dict[str, Any]) -> dict[str, Any]:
    """A lifecycle with two levels of steps, where each state says that it is entered and left."""
    tree: dict[str, Any] = {
        "a": {"initial": True, "states": {"x": {"initial": True, "states": {"p": {"initial": True}, "q": {}}}, "y": {}}}
    }
    tree |= {"b": {}, "c": {"final": "good"}}
    _speaking(tree, "")
    return {"lifecycle": "life", "status": "status", "states": tree, "transitions": transitions}


def _speaking(states: dict[str, Any], prefix: str) -> None:
    for name, said in states.items():
        said["entry"], said["exit"] = {"emits": f"in-{prefix}{name}"}, {"emits": f"out-{prefix}{name}"}
        _speaking(said.get("states", {}), f"{prefix}{name}-")


class Spoken(Sample):
    """A sample whose events are those of its states."""

    @property
    def files(self) -> dict[str, Any]:
        """The pack, with an event for each state entered and left."""
        names = ("a", "a-x", "a-x-p", "a-x-q", "a-y", "b", "c")
        events = {f"{way}-{name}": {"type": "object"} for way in ("in", "out") for name in names}
        return {**super().files, "events.yaml": {"events": events}}


def agree(lifecycle: dict[str, Any]) -> Any:
    """The explored table, after it was compared with the second explorer and with the live machine."""
    sample = Spoken(json.loads(json.dumps(lifecycle)), json.loads(json.dumps(ORDER)))
    pack = pack_of(sample)
    space = explore(pack.lifecycles[0], pack.variants[0])
    expected = explorer.explore(sample.lifecycles, sample.order, None)
    seen = [as_oracle(space, number) for number in range(len(space))]
    assert set(seen) == expected.configurations
    assert set(moves(space, seen)) == expected.moves
    for number in range(len(space)):
        machine = build_machine(pack.lifecycles[0], pack.variants[0])
        for move in space.trace(number):
            machine.fire(move.trigger)
        assert machine.state == space.state(number)
        assert tuple(machine.variables.items()) == space.configuration(number).variables
    return space
