"""The second explorer, checked on models whose counts are published or worked out by hand."""

import itertools
from typing import Any

import pytest
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .explorer import EDIT, Configuration, Space, Yaml, explore
from .lifecycles import Sample, samples, trigger_words

SLOW = settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def explored(lifecycle: Yaml, variant: str | None = None, **order: Any) -> Space:
    """The space of one lifecycle, followed by a minimal order."""
    return explore({"it": lifecycle}, {"order": "thing", "follows": "it", **order}, variant)


def shape(space: Space) -> tuple[int, int, int]:
    """The numbers of initial configurations, configurations and moves."""
    return len(space.initial), len(space.configurations), len(space.moves)


def step(source: str, target: str, **more: Any) -> Yaml:
    """A transition between these states."""
    return {"by": "someone", "from": source, "to": target, **more}


def test_a_traffic_light_goes_round() -> None:
    light = {
        "states": {"red": {"initial": True}, "green": {}, "amber": None},
        "transitions": {
            "go": step("red", "green", emits="went"),
            "slow": step("green", "amber"),
            "stop": step("amber", "red", emits=["a", "b", "a"]),
        },
    }
    space = explored(light)
    assert shape(space) == (1, 3, 3)
    red: Configuration = ("red", frozenset(), frozenset())
    green: Configuration = ("green", frozenset(), frozenset())
    assert (red, "go", ("someone",), green, ("went",)) in space.moves
    assert {move[4] for move in space.moves} == {("went",), (), ("a", "b", "a")}


def test_a_counter_stops_at_its_end_and_no_from_means_any_state_that_is_not_final() -> None:
    counter = {
        "states": {"on": {"initial": True}, "off": {"final": "spent"}},
        "variables": {"n": [0, 1, 2]},
        "transitions": {
            "up": {
                "by": "someone",
                "cases": [{"guard": {"n": n}, "set": {"n": n + 1}} for n in (0, 1)],
            },
            "stay": {"by": "someone"},
            "end": {"by": "someone", "to": "off", "guard": {"n": 2.0, "final": {"present": False}}},
        },
    }
    # three counts while on, and the end; up twice, stay thrice, end once
    assert shape(explored(counter)) == (1, 4, 6)


def test_true_is_not_one() -> None:
    flag = {
        "states": {"on": {"initial": True}},
        "variables": {"n": [1, 2], "yes": [True, False]},
        "transitions": {
            "never": {
                "by": "someone",
                "guard": {"any": [{"n": True}, {"yes": 1}, {"yes": {"min": 0}}]},
            },
            "always": {"by": "someone", "guard": {"n": 1.0, "yes": True}},
        },
    }
    assert {move[1] for move in explored(flag).moves} == {"always"}


def test_missionaries_and_cannibals_reach_sixteen_configurations() -> None:
    people, boats = [3, 2, 1, 0], ["left", "right"]

    def safe(m: int, c: int) -> bool:
        return m in (0, 3) or m == c

    cases: list[Yaml] = []
    crossings: dict[tuple[int, int, str], list[tuple[int, int, str]]] = {}
    for m, c, boat in itertools.product(people, people, boats):
        sign, other = (-1, "right") if boat == "left" else (1, "left")
        for dm, dc in [(1, 0), (2, 0), (0, 1), (0, 2), (1, 1)]:
            after = (m + sign * dm, c + sign * dc)
            if safe(m, c) and after[0] in people and after[1] in people and safe(*after):
                here, there = {"m": m, "c": c, "boat": boat}, {"m": after[0], "c": after[1]}
                cases.append({"guard": here, "set": {**there, "boat": other}})
                crossings.setdefault((m, c, boat), []).append((*after, other))
    river = {
        "states": {"trip": {"initial": True}},
        "variables": {"m": people, "c": {"values": people}, "boat": boats},
        "transitions": {"cross": {"by": "someone", "cases": cases}},
    }
    space = explored(river)
    reached = [(3, 3, "left")]
    for bank in reached:
        reached += [there for there in crossings.get(bank, []) if there not in reached]
    found = {tuple(dict(variables)[name] for name in ("m", "c", "boat")) for _, variables, _ in space.configurations}
    assert found == set(reached)
    assert len(found) == 16
    assert (0, 0, "right") in found


def test_transaction_commit_has_the_counts_that_tlc_prints() -> None:
    """Lamport's TCommit, three resource managers: 34 distinct states, 94 generated.

    By hand too: 3^3 without a commit, and 2^3 - 1 with one; 93 steps and the initial state.
    """
    managers = ("r1", "r2", "r3")
    ready = {"all": [{r: {"in": ["prepared", "committed"]}} for r in managers]}
    open_ = {"not": {"any": [{r: "committed"} for r in managers]}}
    transitions: dict[str, Yaml] = {}
    for r in managers:
        transitions[f"prepare-{r}"] = {"guard": {r: "working"}, "set": {r: "prepared"}}
        transitions[f"commit-{r}"] = {
            "guard": {r: "prepared", "can": True},
            "set": {r: "committed"},
        }
        undecided = {r: {"in": ["working", "prepared"]}}
        transitions[f"abort-{r}"] = {"guard": {**undecided, "open": True}, "set": {r: "aborted"}}
    commit = {
        "states": {"running": {"initial": True}},
        "variables": {
            **{r: ["working", "prepared", "committed", "aborted"] for r in managers},
            "can": {"when": ready},
            "open": {"when": open_},
        },
        "transitions": {name: {"by": "someone", **said} for name, said in transitions.items()},
    }
    assert shape(explored(commit)) == (1, 34, 93)


def test_two_phase_commit_has_the_counts_that_tlc_prints() -> None:
    """Lamport's TwoPhase, three resource managers: 288 distinct states, 1146 generated."""
    managers = ("1", "2", "3")
    said: Yaml = {
        "tm-commit": {
            "guard": {"tm": "init", **{f"heard{r}": True for r in managers}},
            "set": {"tm": "committed", "commit_sent": True},
        },
        "tm-abort": {"guard": {"tm": "init"}, "set": {"tm": "aborted", "abort_sent": True}},
    }
    for r in managers:
        said[f"hear{r}"] = {"guard": {"tm": "init", f"sent{r}": True}, "set": {f"heard{r}": True}}
        prepared = {f"rm{r}": "prepared", f"sent{r}": True}
        said[f"prepare{r}"] = {"guard": {f"rm{r}": "working"}, "set": prepared}
        said[f"choose-abort{r}"] = {"guard": {f"rm{r}": "working"}, "set": {f"rm{r}": "aborted"}}
        said[f"obey-commit{r}"] = {"guard": {"commit_sent": True}, "set": {f"rm{r}": "committed"}}
        said[f"obey-abort{r}"] = {"guard": {"abort_sent": True}, "set": {f"rm{r}": "aborted"}}
    variables: Yaml = {"tm": ["init", "committed", "aborted"]}
    for r in managers:
        variables[f"rm{r}"] = ["working", "prepared", "committed", "aborted"]
        variables |= {f"heard{r}": [False, True], f"sent{r}": [False, True]}
    variables |= {"commit_sent": [False, True], "abort_sent": [False, True]}
    protocol = {
        "states": {"running": {"initial": True}},
        "variables": variables,
        "transitions": {name: {"by": "someone", **each} for name, each in said.items()},
        "properties": {"agree": {"never": {"rm1": "committed", "rm2": "aborted"}}},
    }
    assert shape(explored(protocol)) == (1, 288, 1145)


def test_steps_enter_their_initial_step_and_leave_with_their_parent() -> None:
    nested = {
        "states": {
            "a": {
                "initial": True,
                "editable": "someone",
                "states": {
                    "b": {
                        "states": {"c": {}, "d": {"initial": True, "editable": "other"}},
                        "initial": True,
                    },
                    "e": {},
                },
            },
            "z": {"final": "good"},
        },
        "transitions": {
            "again": {"by": "someone", "from": ["a.b", "a.e"], "to": "a"},
            "down": {"by": "someone", "from": "a", "to": "a.b.c", "guard": {"order.x": True}},
            "side": {"by": "someone", "to": "a.e", "guard": {"state": "a.b"}},
            "stop": {"by": "someone", "from": "a", "cases": [{"from": "a.b.c", "to": "z"}]},
        },
    }
    space = explored(nested)
    # a.b.c, a.b.d, a.e and z with both truths; edit and `again` leave six of them, `down` three
    # (the truth is its guard), `side` four, `stop` two
    assert shape(space) == (2, 8, 6 + 6 + 3 + 4 + 2)
    editors = {(move[0][0], move[2]) for move in space.moves if move[1] == EDIT}
    assert editors == {("a.b.d", ("other",)), ("a.b.c", ("someone",)), ("a.e", ("someone",))}


@pytest.mark.parametrize(
    ("tests", "variant", "count"),
    [
        ([{"order.x": "p"}, {"order.x": "q"}], None, 3),  # not both
        ([{"order.x": "p"}, {"order.x": {"in": ["p", "q"]}}], None, 3),  # one implies the other
        ([{"order.x": 1}, {"order.x": 1.0}], None, 2),  # two atoms, one value
        ([{"order.x": 1}, {"order.x": True}], None, 3),
        ([{"order.x": 1}, {"order.x": 1}], None, 2),  # one atom
        ([{"order.x": {"starts": ["ab"]}}, {"order.x": {"starts": ["a"]}}], None, 3),
        ([{"order.x": {"starts": ["a"]}}, {"order.x": {"starts": ["b"]}}], None, 3),
        ([{"order.x": {"starts": ["a"]}}, {"order.x": 1}], None, 3),
        ([{"order.x": {"starts": ["a"]}}, {"order.x": {"in": ["ab", "b"]}}], None, 4),
        ([{"order.x": {"present": True}}, {"order.x": {"present": False}}], None, 2),
        ([{"order.x": {"present": True}}, {"order.x": "p"}], None, 3),
        ([{"order.x": {"present": False}}, {"order.x": {"starts": ["p"]}}], None, 3),
        ([{"order.x": {"present": True}}, {"order.x": {"min": 1}}], None, 3),
        ([{"order.x": {"present": False}}, {"order.x": {"matches": "^p$"}}], None, 3),
        ([{"order.x": {"present": False}}, {"order.x": {"every": {"present": True}}}], None, 3),  # of nothing
        ([{"order.x": {"min": 1}}, {"order.x": 0}], None, 3),
        ([{"order.x": {"max": 1}}, {"order.x": {"above": 1}}, {"order.x": {"below": 2}}], None, 4),  # 1, 1.5, 2, none
        ([{"order.x": {"matches": "^p$"}}, {"order.x": {"starts": ["q"]}}], None, 4),  # left undecided
        ([{"order.x": "p"}, {"order.y": "q"}, {"document": "on"}], None, 8),
        ([{"order.kind": "k"}], None, 1),  # the order's match says so
        ([{"order.kind": {"present": True}}, {"order.kind": "other"}], None, 1),
        ([{"order.way": "left"}, {"order.way": {"in": ["left", "up"]}}], "v", 2),  # with the match
        ([{"order.way": "down"}, {"order.way": {"present": False}}], "v", 1),
        ([{"account.kind": "k"}], None, 2),
    ],
)
def test_tests_that_exclude_each_other_share_no_valuation(tests: list[Yaml], variant: str | None, count: int) -> None:
    lifecycle = {
        "states": {"on": {"initial": True}},
        "transitions": {"go": {"by": "someone", "guard": {"all": tests}}},
    }
    variants = {"v": {"match": {"way": {"in": ["left", "right"]}}}}
    space = explored(lifecycle, variant, match={"kind": "k"}, variants=variants)
    assert len(space.initial) == len(space.configurations) == count


def test_two_cases_enabled_are_both_moves_and_what_stands_beside_them_holds_for_each() -> None:
    lifecycle = {
        "states": {"on": {"initial": True}, "off": {"final": "good"}, "out": {"final": "bad"}},
        "variables": {
            "n": [0, 1],
            "low": {"when": {"n": {"max": 0}, "state": "on"}},
            "k": ["x", "y"],
        },
        "transitions": {
            "end": {
                "by": "someone",
                "guard": {"low": True},
                "set": {"n": 1},
                "emits": "first",
                "cases": [
                    {"to": "off", "emits": ["second"], "set": {"k": "y"}},
                    {"to": "out", "guard": {"k": "x", "variant": "thing"}},
                    {"to": "out", "guard": {"k": "y"}},
                ],
            },
        },
    }
    space = explored(lifecycle, written_by="another")
    assert {(m[2], m[3][0], m[3][1], m[4]) for m in space.moves} == {
        (("another",), "off", frozenset({("n", 1), ("k", "y")}), ("first", "second")),
        (("another",), "out", frozenset({("n", 1), ("k", "x")}), ("first",)),
    }


def test_an_included_lifecycle_adds_its_names_and_keys() -> None:
    base = {
        "lifecycle": "base",
        "states": {"on": {"initial": True, "source": "S1"}, "off": {}},
        "transitions": {"stop": {"by": "someone", "from": "on"}},
    }
    more: Yaml = {
        "lifecycle": "more",
        "include": ["base"],
        "states": {"on": {"states": {"up": {"initial": True}}, "source": "S2"}},
        "variables": {"n": [0, 1]},
        "transitions": {"stop": {"to": "off", "set": {"n": 1}}},
    }
    order = {"order": "thing", "follows": "more"}
    space = explore({"base": base, "more": more}, order, None)
    assert {(state, *variables) for state, variables, _ in space.configurations} == {
        ("on.up", ("n", 0)),
        ("off", ("n", 1)),
    }
    more["transitions"]["stop"]["by"] = "someone"
    with pytest.raises(ValueError, match="said twice"):
        explore({"base": base, "more": more}, order, None)


@SLOW
@given(st.booleans().flatmap(lambda both: samples(overlapping=both)), st.data())
def test_random_lifecycles_explore(sample: Sample, data: st.DataObject) -> None:
    for variant in sample.variants:
        space = explore(sample.lifecycles, sample.order, variant)
        assert space == explore(sample.lifecycles, sample.order, variant)
        assert space.initial <= space.configurations
        assert len({state for state, _, _ in space.initial}) <= 1
        assert {there for *_, there, _ in space.moves} <= space.configurations
        writer = sample.order.get("written_by")
        assert writer is None or {move[2] for move in space.moves} <= {(writer,)}
        for here, trigger, _, there, emitted in space.moves:
            if trigger == EDIT:
                assert here[:2] == there[:2] and here != there and not emitted
            else:
                assert here[2] == there[2]
    assert set(data.draw(trigger_words(sample))) <= set(sample.triggers)


@SLOW
@given(samples())
def test_cases_drawn_apart_are_never_enabled_together(sample: Sample) -> None:
    for variant in sample.variants:
        moves = explore(sample.lifecycles, sample.order, variant).moves
        taken = [(here, trigger) for here, trigger, *_ in moves if trigger != EDIT]
        assert len(taken) == len(set(taken))
