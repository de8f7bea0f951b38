"""
Properties decided: the bundled pack whole, and one large table, against peers in the same run.

The command is timed against `covage-model check` and `python -c pass`; the algorithms, on a table of
262,145 configurations, against `networkx` on the same graph: `ancestors` for what always_possible and
leads_to ask, a breadth-first search for the others. Best of N in turn. Nothing here is a test: a
ratio is quoted, never asserted.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import networkx as nx

from covage_model.behaviour.space.explore import StateSpace, explore
from covage_model.behaviour.verify.judge import verdict
from covage_model.ground.diagnostics import Location, Origin
from covage_model.pack.model.conditions import TRUE, All, Condition, Holds, Literal, Not, Ref
from covage_model.pack.model.lifecycle import Case, Lifecycle, Property, State, Transition, Variable
from covage_model.pack.model.orders import Order, Variant
from covage_model.pack.model.values import Value

RUNS = 5
HERE = Origin(Location("", 0, 0))


def main() -> None:
    """Print the walls and the ratios."""
    model = str(Path(sys.executable).parent / "covage-model")
    commands = {
        "covage-model verify": [model, "verify"],
        "covage-model check": [model, "check"],
        "python -c pass": [sys.executable, "-c", "pass"],
    }
    walls = _best({name: partial(_quiet, argv) for name, argv in commands.items()})
    for name, seconds in walls.items():
        print(f"{name:24} {1000 * seconds:8.1f} ms (best of {RUNS})")
    print(f"verify against check: {walls['covage-model verify'] / walls['covage-model check']:.2f}")
    print(f"verify against python -c pass: {walls['covage-model verify'] / walls['python -c pass']:.1f}\n")
    _large()


def _quiet(argv: list[str]) -> None:
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)


def _large() -> None:
    started = time.perf_counter()
    space = explore(_counters(6, 8), Variant(Order("o", "l", (), Value(HERE), (), None, None, HERE), None))
    seconds = time.perf_counter() - started
    print(f"{len(space)} configurations, {space.count_moves} moves, explored in {seconds:.1f} s")
    graph: nx.DiGraph[int] = nx.DiGraph(
        (source, move.target) for source in range(len(space)) for move in space.moves(source)
    )
    end = len(space) - 1
    peers = {
        "ancestors": lambda: nx.ancestors(graph, end),
        "search": lambda: dict(nx.single_source_shortest_path_length(graph, 0)),
    }
    best = _best({**peers, **{said.kind: _deciding(space, said) for said in _properties()}})
    for kind, seconds in best.items():
        if kind not in peers:
            peer = "ancestors" if kind in ("always_possible", "leads_to") else "search"
            ratio = best[peer] / seconds
            print(f"{kind:16} {1000 * seconds:8.1f} ms, {ratio:5.1f} times as fast as networkx ({peer})")


def _deciding(space: StateSpace, said: Property) -> Callable[[], object]:
    return lambda: next(verdict(space, said).shown(), None)


def _properties() -> list[Property]:
    done = Holds(Ref("state"), Literal("done"))
    first, second = (Holds(Ref("variable", (name,)), Literal(7)) for name in ("v0", "v1"))
    asked: dict[str, tuple[Condition, ...]] = {
        "never": (All((first, second)),),
        "always": (Not(done),),
        "sometimes": (done,),
        "always_possible": (done,),
        "precedes": (first, second),
        "only": (done,),
        "leads_to": (first, done),
    }
    return [Property("p", kind, conditions, ("a",), None, HERE) for kind, conditions in asked.items()]


def _counters(count: int, size: int) -> Lifecycle:
    """So many counters that rise by one at a time, and an end when all are full."""

    def at(name: str, value: int) -> Condition:
        return Holds(Ref("variable", (name,)), Literal(value))

    names = [f"v{number}" for number in range(count)]
    turns = [
        Transition(
            f"rise_{name}",
            ("a",),
            tuple(Case(("busy",), None, at(name, n), ((name, n + 1),), (), None, HERE) for n in range(size - 1)),
            None,
            HERE,
        )
        for name in names
    ]
    full = All(tuple(at(name, size - 1) for name in names)) if names else TRUE
    turns.append(Transition("finish", ("a",), (Case(("busy",), "done", full, (), (), None, HERE),), None, HERE))
    states = (
        State("busy", None, (), initial=True, final=None, editable=None, status="busy", title=None, origin=HERE),
        State("done", None, (), initial=False, final="full", editable=None, status="done", title=None, origin=HERE),
    )
    variables = tuple(Variable(name, tuple(range(size)), None, HERE) for name in names)
    return Lifecycle("l", None, None, states, variables, (), tuple(turns), (), None, HERE)


def _best(contestants: dict[str, Callable[[], object]]) -> dict[str, float]:
    best = dict.fromkeys(contestants, float("inf"))
    for _ in range(RUNS):
        for name, run in contestants.items():
            started = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - started)
    return best


if __name__ == "__main__":
    main()
