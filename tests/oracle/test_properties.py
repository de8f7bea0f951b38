"""The oracle's verdicts, on models with published or hand-made answers, and compared with all runs of random ones."""

import itertools
from typing import Any

import networkx as nx
import pytest
from effort import examples

from .explorer import EDIT, Configuration, Model, Yaml
from .properties import KINDS, Lives, Vacuous, Verdict, vacuous
from .seeded import drawn

HOLDS = Verdict(holds=True)


def lives(lifecycle: Yaml, **order: Any) -> Lives:
    """The graph of one lifecycle, followed by a minimal order."""
    return Lives(Model({"it": lifecycle}, {"order": "thing", "follows": "it", **order}, None))


def broken(length: int | None) -> Verdict:
    return Verdict(holds=False, length=length)


def step(source: str, target: str, **more: Any) -> Yaml:
    return {"by": "someone", "from": source, "to": target, **more}


def crossing(people: dict[str, list[int]], loads: list[dict[str, int]], safe: Any) -> Yaml:
    """Everybody on the left bank, a boat, and the property that nobody ever gets across."""
    names = list(people)
    cases = []
    for here in itertools.product(*people.values()):
        for boat, load in itertools.product(("left", "right"), loads):
            sign, other = (-1, "right") if boat == "left" else (1, "left")
            before = dict(zip(names, here, strict=True))
            after = {name: number + sign * load.get(name, 0) for name, number in before.items()}
            if all(after[name] in people[name] for name in names) and safe(after, other):
                cases.append({"guard": {**before, "boat": boat}, "set": {**after, "boat": other}})
    across = {**dict.fromkeys(names, 0), "boat": "right"}
    return {
        "states": {"trip": {"initial": True}},
        "variables": {**people, "boat": ["left", "right"]},
        "transitions": {"cross": {"by": "someone", "cases": cases}},
        "properties": {
            "nobody": {"never": across},
            "somebody": {"sometimes": across},
            "back": {"always_possible": {**{name: values[0] for name, values in people.items()}, "boat": "left"}},
            "boat-first": {"precedes": [{"boat": "right"}, across]},
        },
    }


def test_missionaries_and_cannibals_take_eleven_crossings() -> None:
    loads = [{"m": m, "c": c} for m, c in ((1, 0), (2, 0), (0, 1), (0, 2), (1, 1))]
    banks = {"m": [3, 2, 1, 0], "c": [3, 2, 1, 0]}
    found = lives(crossing(banks, loads, lambda bank, _: bank["m"] in (0, 3) or bank["m"] == bank["c"])).verdicts
    assert found == {"nobody": broken(11), "somebody": HOLDS, "back": HOLDS, "boat-first": HOLDS}


def test_wolf_goat_and_cabbage_take_seven_crossings() -> None:
    names = ("wolf", "goat", "cabbage")

    def safe(left: dict[str, int], boat: str) -> bool:
        alone = 1 if boat == "right" else 0  # the bank without the ferryman
        return not (left["goat"] == alone and (left["wolf"] == alone or left["cabbage"] == alone))

    loads: list[dict[str, int]] = [{}, *({name: 1} for name in names)]
    found = lives(crossing({name: [1, 0] for name in names}, loads, safe)).verdicts
    assert found == {"nobody": broken(7), "somebody": HOLDS, "back": HOLDS, "boat-first": HOLDS}


def peterson(*, turns: bool) -> Yaml:
    """Two processes and a critical section, guarded by flags and the turn, or (wrongly) by flags alone."""
    transitions: Yaml = {}
    for me, other in (("1", "2"), ("2", "1")):
        free = {"any": [{f"p{other}": "away"}, {"turn": me}]} if turns else {}
        transitions |= {
            f"ask{me}": {"guard": {f"p{me}": "away"}, "set": {f"p{me}": "wants", "turn": other}},
            f"enter{me}": {"guard": {f"p{me}": "wants", **free}, "set": {f"p{me}": "inside"}},
            f"leave{me}": {"guard": {f"p{me}": "inside"}, "set": {f"p{me}": "away"}},
        }
    return {
        "states": {"running": {"initial": True}},
        "variables": {"p1": ["away", "wants", "inside"], "p2": ["away", "wants", "inside"], "turn": ["1", "2"]},
        "transitions": {name: {"by": name[-1], **said} for name, said in transitions.items()},
        "properties": {
            "exclusion": {"never": {"p1": "inside", "p2": "inside"}},
            "one-outside": {"always": {"any": [{"p1": {"in": ["away", "wants"]}}, {"p2": {"in": ["away", "wants"]}}]}},
            "served": {"leads_to": [{"p1": "wants"}, {"p1": "inside"}]},
            "asked": {"precedes": [{"p2": "wants"}, {"p2": "inside"}]},
            "quiet": {"always_possible": {"p1": "away", "p2": "away"}},
            "inside-1-alone": {"only": {"when": {"p1": "inside"}, "by": ["1"]}},
        },
    }


def test_peterson_excludes_and_serves() -> None:
    found = lives(peterson(turns=True)).verdicts
    wrong = {name: verdict for name, verdict in found.items() if verdict != HOLDS}
    assert wrong == {"inside-1-alone": broken(3)}  # ask1, enter1, and then ask2


def test_two_processes_without_turns_meet_after_four_moves() -> None:
    found = lives(peterson(turns=False)).verdicts
    assert found["exclusion"] == found["one-outside"] == broken(4)
    assert found["served"] == HOLDS  # nobody stands in the way any more


@pytest.mark.parametrize("number", [2, 3, 4])
def test_philosophers_starve_once_each_holds_the_fork_on_the_left(number: int) -> None:
    variables: Yaml = {f"p{n}": ["thinks", "holds", "eats"] for n in range(number)}
    transitions: Yaml = {}
    for n in range(number):
        left, right = f"p{(n - 1) % number}", f"p{(n + 1) % number}"
        transitions |= {
            f"take{n}": {"guard": {f"p{n}": "thinks", left: {"in": ["thinks", "holds"]}}, "set": {f"p{n}": "holds"}},
            f"eat{n}": {"guard": {f"p{n}": "holds", right: "thinks"}, "set": {f"p{n}": "eats"}},
            f"rest{n}": {"guard": {f"p{n}": "eats"}, "set": {f"p{n}": "thinks"}},
        }
    table = {
        "states": {"dinner": {"initial": True}},
        "variables": variables,
        "transitions": {name: {"by": "someone", **said} for name, said in transitions.items()},
        "properties": {
            "somebody-can-eat": {"always_possible": {"any": [{f"p{n}": "eats"} for n in range(number)]}},
            "fed": {"leads_to": [{"p0": "holds"}, {"p0": "eats"}]},
            "fed-sometimes": {"sometimes": {"p0": "eats"}},
        },
    }
    stuck = broken(number)  # one fork each: the run stops there, so nobody is fed
    assert lives(table).verdicts == {"somebody-can-eat": stuck, "fed": stuck, "fed-sometimes": HOLDS}


def test_a_loop_that_can_be_left_is_left_and_a_trap_is_not() -> None:
    shop: Yaml = {
        "states": {"open": {"initial": True}, "asked": {}, "waiting": {}, "served": {}, "lost": {}},
        "transitions": {
            "ask": step("open", "asked"),
            "wait": step("asked", "waiting"),
            "again": step("waiting", "asked"),
            "serve": step("asked", "served"),
            "next": step("served", "open"),
        },
        "properties": {
            "served": {"leads_to": [{"state": "asked"}, {"state": "served"}]},
            "served-and-more": {"leads_to": [{"state": "open"}, {"state": "open"}]},  # at once
            "closed": {"leads_to": [{"state": "lost"}, {"state": "served"}]},
            "asked-again": {"leads_to": [{"state": "served"}, {"state": "waiting"}]},
        },
    }
    assert set(lives(shop).verdicts.values()) == {HOLDS}
    shop["transitions"]["lose"] = step("waiting", "lost")
    shop["transitions"]["still"] = step("lost", "lost")  # it moves for ever, and gets nowhere
    found = lives(shop).verdicts
    assert found["served"] == broken(3)
    assert found["closed"] == broken(3)
    assert found["served-and-more"] == HOLDS
    assert found["asked-again"] == HOLDS  # nothing is lost but by waiting, and that pays


def test_what_is_owed_is_paid_once() -> None:
    line: Yaml = {
        "states": {"a": {"initial": True}, "b": {}, "c": {}, "d": {"final": "good"}},
        "transitions": {"one": step("a", "b"), "two": step("b", "c"), "three": step("c", "d")},
        "properties": {
            "paid": {"leads_to": [{"state": "a"}, {"state": "b"}]},
            "owed-again": {"leads_to": [{"state": {"in": ["a", "c"]}}, {"state": "b"}]},
            "late": {"leads_to": [{"state": "a"}, {"state": "nowhere"}]},
            "before": {"precedes": [{"state": "c"}, {"state": {"in": ["b", "d"]}}]},
            "at-once": {"precedes": [{"state": "b"}, {"state": {"in": ["b", "c"]}}]},
            "by": {"only": {"when": {"state": "c"}, "by": ["another"]}},
            "still": {"only": {"when": {"state": "d"}, "by": ["another"]}},
        },
    }
    assert lives(line).verdicts == {
        "paid": HOLDS,
        "owed-again": broken(2),
        "late": broken(0),
        "before": broken(1),
        "at-once": HOLDS,
        "by": broken(3),
        "still": HOLDS,
    }


def test_an_edit_is_a_move_by_whoever_edits() -> None:
    desk: Yaml = {
        "states": {"out": {"initial": True}, "in": {"editable": "writer"}, "gone": {}},
        "transitions": {"sit": step("out", "in"), "go": step("in", "gone", guard={"order.x": True})},
        "properties": {
            "by-someone": {"only": {"when": {"state": "in"}, "by": ["someone"]}},
            "by-both": {"only": {"when": {"state": "in"}, "by": ["someone", "writer"]}},
            "gone": {"leads_to": [{"state": "out"}, {"state": "gone"}]},
            "true-first": {"precedes": [{"state": "in", "order.x": False}, {"state": "gone"}]},
        },
    }
    assert lives(desk).verdicts == {
        "by-someone": broken(2),
        "by-both": HOLDS,
        "gone": HOLDS,
        "true-first": broken(2),  # true from the start: no edit is needed
    }
    assert lives(desk, written_by="another").verdicts["by-both"] == broken(2)


def test_what_never_comes_true_is_named() -> None:
    dull: Yaml = {
        "states": {"a": {"initial": True}, "b": {}, "lost": {}},
        "variables": {"n": [0, 1, 2], "complete": {"when": {"n": 2}}},
        "transitions": {
            "go": step("a", "b", set={"n": 1}),
            "pick": {"by": "someone", "cases": [{"guard": {"n": 1}}, {"guard": {"n": 2}}]},
            "find": step("lost", "a"),
            "other": step("a", "b", guard={"variant": "another"}),
        },
        "properties": {
            "empty": {"always": {"when": {"n": 2}, "then": {"state": "b"}}},
            "full": {"always": {"when": {"n": 1}, "then": {"state": "b"}}},
            "nobody": {"only": {"when": {"state": "lost"}, "by": ["someone"]}},
            "first": {"precedes": [{"complete": True}, {"state": "lost"}]},
            "then": {"leads_to": [{"state": "a"}, {"state": "lost"}]},
            "plain": {"never": {"n": 2}},
        },
    }
    alone = lives(dull)
    other = Lives(Model({"it": dull}, {"order": "another", "follows": "it"}, None))
    cases = {("pick", 1), ("find", 0)}
    premises = frozenset({"empty", "nobody", "first"})
    values = frozenset({("n", "2")})
    assert vacuous([alone]) == Vacuous(premises, frozenset({*cases, ("other", 0)}), values)
    assert vacuous([alone, other]) == Vacuous(premises, frozenset(cases), values)


# -- runs, one by one ------------------------------------------------------------------------------

SMALL = 7  # configurations: all runs of so many moves are listed


def small_lives() -> list[tuple[int, Lives]]:
    """Random graphs of few configurations, so that every run can be followed."""
    found = []
    for seed in range(examples(500)):
        sample = drawn(f"small {seed}")
        one = Lives(Model(sample.lifecycles, sample.order, sample.variants[0]))
        if len(one.space.configurations) <= SMALL and len(one.space.moves) <= 14:
            found.append((seed, one))
    assert len(found) >= examples(80)
    return found


def test_what_a_fair_run_visits_for_ever_is_a_component_that_no_move_leaves() -> None:
    """
    Tried with every set of configurations: one is visited for ever if and only if its moves lead to exactly itself.
    """
    for seed, one in small_lives():
        ends = {frozenset(component) for component in one._ends}
        kept = set()
        for size in range(1, len(one.graph) + 1):
            for group in map(frozenset, itertools.combinations(one.graph, size)):
                closed = all(there in group for here in group for there in one.graph[here])
                if closed and all(nx.has_path(one.graph, *pair) for pair in itertools.permutations(group, 2)):
                    kept.add(group)
        assert kept == ends, seed


def test_verdicts_are_those_of_every_run_followed_by_hand() -> None:
    """Runs need no more moves than there are marked configurations: longer ones show nothing else."""
    told = dict.fromkeys(KINDS, 0)
    for seed, one in small_lives():
        for name, said in one.model.lifecycle["properties"].items():
            (kind,) = set(said) & {"never", "always", "precedes", "leads_to", "only"} or [None]
            if kind is not None and not asks_of_moves(said):
                shown = first_shown(one, kind, said[kind])
                assert one.verdict(said) == (HOLDS if shown is None else broken(shown)), (seed, name)
                told[kind] += shown is not None
    assert all(told[kind] >= 5 for kind in ("never", "always", "precedes", "leads_to", "only")), told


def asks_of_moves(said: Any) -> bool:
    """Whether a property asks more than which configurations a run visits: whose moves come, or by which move."""
    if isinstance(said, dict):
        return any(name in ("assuming", "event", "trigger") or asks_of_moves(part) for name, part in said.items())
    return isinstance(said, list) and any(map(asks_of_moves, said))


def first_shown(one: Lives, kind: str, said: Any) -> int | None:
    """The moves of the shortest run that breaks the property; the runs are listed shortest first."""
    known: dict[tuple[Configuration, int], bool] = {}

    def true(number: int, here: Configuration) -> bool:
        condition = said[number] if isinstance(said, list) else said.get("when", said) if kind == "only" else said
        if (here, number) not in known:
            known[here, number] = one.model.holds(condition, here)
        return known[here, number]

    runs: list[tuple[Configuration, ...]] = [(here,) for here in one.space.initial]
    told: set[tuple[Configuration, bool]] = set()
    length = 0
    while runs and length <= 2 * SMALL:
        if any(is_wrong(one, kind, said, run, true) for run in runs):
            return length + (kind == "only")
        # a run that comes back to where it was, knowing the same, shows nothing that the shorter did not
        runs = [run for run in runs if not (mark(kind, run, true) in told or told.add(mark(kind, run, true)))]
        runs = [(*run, there) for run in runs for there in one.graph[run[-1]]]
        length += 1
    return None


def mark(kind: str, run: tuple[Configuration, ...], true: Any) -> tuple[Configuration, bool]:
    return run[-1], past(kind, run, true)


def past(kind: str, run: tuple[Configuration, ...], true: Any) -> bool:
    """What a property needs to know of the run's past."""
    if kind == "precedes":
        return any(true(0, here) for here in run)
    if kind == "leads_to":
        since = max((at for at, here in enumerate(run) if true(1, here)), default=-1)
        return any(true(0, here) for here in run[since + 1 :])
    return False


def is_wrong(one: Lives, kind: str, said: Any, run: tuple[Configuration, ...], true: Any) -> bool:
    if kind == "never":
        return bool(true(0, run[-1]))
    if kind == "always":
        return not true(0, run[-1])
    if kind == "only":
        others = [move for move in one.space.moves if move[0] == run[-1] and not set(move[2]) <= set(said["by"])]
        return bool(true(0, run[-1]) and others)
    if kind == "precedes":
        return bool(true(1, run[-1]) and not past(kind, run, true))
    after = {run[-1], *nx.descendants(one.graph, run[-1])}
    return past(kind, run, true) and not any(true(1, there) for there in after)


def test_edits_are_drawn_too() -> None:
    moves = [move for _, one in small_lives() for move in one.space.moves]
    assert sum(move[1] == EDIT for move in moves) >= 10
