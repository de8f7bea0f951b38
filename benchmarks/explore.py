"""
Exploring state spaces: configurations per second, and bytes for each, against two plain ways.

The peers walk the very same model breadth first: one keeps tuples in a dictionary of lists, the
other builds a `networkx` graph. Each contestant has a process of its own, so that memory is what
the process grew by at its peak, and time is the processor's own: all of them run on one core; best of
N turns, so that a noisy machine is noisy for all. Nothing here is a test: a ratio is quoted, never
asserted.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import networkx as nx

from covage_model.api import packs
from covage_model.behaviour.space.explore import explore

TURNS = 3
ROOM = 4_000_000  # configurations: none of these models has so many
KIB = 1024
PAGES = Path("/proc/self/statm")

Point = tuple[Any, ...]  # the state, the variables, the atoms
Move = tuple[str, tuple[tuple[int, frozenset[Any]], ...], tuple[tuple[int, Any], ...]]


@dataclass(frozen=True, slots=True)
class Model:
    """A lifecycle as data: triggers test and set columns; the first column is the state, the last are atoms."""

    states: tuple[str, ...]
    editable: frozenset[str]
    variables: dict[str, tuple[Any, ...]]
    atoms: tuple[str, ...]
    triggers: dict[str, tuple[dict[str, tuple[Any, ...]], dict[str, Any]]]  # what must hold, what is set

    @property
    def columns(self) -> dict[str, int]:
        """Where each name stands in a point."""
        return {name: place for place, name in enumerate(("state", *self.variables, *self.atoms))}

    @property
    def moves(self) -> list[Move]:
        """The triggers by columns."""
        columns = self.columns
        return [
            (
                name,
                tuple((columns[one], frozenset(values)) for one, values in when.items()),
                tuple((columns[one], value) for one, value in then.items()),
            )
            for name, (when, then) in self.triggers.items()
        ]

    @property
    def starts(self) -> Iterator[Point]:
        """The first state and values, with every truth of the atoms."""
        first = (self.states[0], *(values[0] for values in self.variables.values()))
        return (first + bits for bits in product((False, True), repeat=len(self.atoms)))

    def spec(self, folder: Path) -> str:
        """The same as a pack in that folder."""
        files = {
            "pack": {"pack": "bench", "format": 1, "languages": ["en"], "actors": {"a": "A"}, "documents": []},
            "order": {
                "order": "thing",
                "match": {"kind": "thing"},
                "follows": "life",
                "fields": dict.fromkeys(self.atoms, "string"),
            },
            "life": {
                "lifecycle": "life",
                "status": "status",
                "requests": self.states[0],
                "states": {name: self._state(name) for name in self.states},
                "variables": {name: list(values) for name, values in self.variables.items()},
                "transitions": {name: self._trigger(*said) for name, said in self.triggers.items()},
            },
        }
        for name, said in files.items():
            (folder / f"{name}.yaml").write_text(json.dumps(said), encoding="utf-8")
        return str(folder)

    def _state(self, name: str) -> dict[str, Any]:
        editable = {"editable": "a"} if name in self.editable else {}
        return editable | ({"initial": True} if name == self.states[0] else {})

    def _trigger(self, when: dict[str, tuple[Any, ...]], then: dict[str, Any]) -> dict[str, Any]:
        guard = {
            f"order.{one}" if one in self.atoms else one: "x" if one in self.atoms else {"in": list(values)}
            for one, values in when.items()
            if one != "state"
        }
        said: dict[str, Any] = {"by": "a", "from": list(when["state"])}
        if guard:
            said["guard"] = guard
        if "state" in then:
            said["to"] = then["state"]
        effects = {one: value for one, value in then.items() if one != "state"}
        return said | ({"set": effects} if effects else {})


def two_phase(managers: int) -> Model:
    """Lamport's TwoPhase (Consensus on Transaction Commit, 2004), messages as flags."""
    every, here = range(managers), {"state": ("run",)}
    variables: dict[str, tuple[Any, ...]] = {f"rm{n}": ("working", "prepared", "committed", "aborted") for n in every}
    variables |= {"tm": ("init", "committed", "aborted")}
    variables |= {f"{flag}{n}": (False, True) for flag in ("heard", "sent") for n in every}
    variables |= {"commit": (False, True), "abort": (False, True)}
    start = here | {"tm": ("init",)}
    triggers: dict[str, Any] = {
        "decide": (start | {f"heard{n}": (True,) for n in every}, {"tm": "committed", "commit": True}),
        "give-up": (start, {"tm": "aborted", "abort": True}),
    }
    for n in every:
        working = here | {f"rm{n}": ("working",)}
        triggers |= {
            f"hear{n}": (start | {f"sent{n}": (True,)}, {f"heard{n}": True}),
            f"prepare{n}": (working, {f"rm{n}": "prepared", f"sent{n}": True}),
            f"choose-abort{n}": (working, {f"rm{n}": "aborted"}),
            f"commit{n}": (here | {"commit": (True,)}, {f"rm{n}": "committed"}),
            f"abort{n}": (here | {"abort": (True,)}, {f"rm{n}": "aborted"}),
        }
    return Model(("run",), frozenset(), variables, (), triggers)


def drafts(fields: int, tasks: int) -> Model:
    """A form of so many fields, edited, sent and given back, while tasks that need a field each are done."""
    atoms = tuple(f"f{n}" for n in range(fields))
    triggers: dict[str, Any] = {
        "send": ({"state": ("draft", "back"), "f0": (True,)}, {"state": "sent"}),
        "return": ({"state": ("sent",)}, {"state": "back"}),
    }
    for n in range(tasks):
        when = {"state": ("draft", "sent", "back"), f"t{n}": ("open",), atoms[n % fields]: (True,)}
        triggers[f"do{n}"] = (when, {f"t{n}": "done"})
    variables = {f"t{n}": ("open", "done") for n in range(tasks)}
    return Model(("draft", "sent", "back"), frozenset({"draft", "back"}), variables, atoms, triggers)


MODELS: dict[str, tuple[Model, tuple[str, ...]]] = {
    "two-phase commit of 6": (two_phase(6), ("ours", "dictionary", "networkx")),
    "two-phase commit of 7": (two_phase(7), ("ours", "dictionary")),
    "7 fields edited, 9 tasks": (drafts(7, 9), ("ours", "dictionary")),
    "two-phase commit of 8": (two_phase(8), ("ours",)),
}


def main() -> None:
    """Take turns, then print each contestant against ours."""
    for name, (_, contestants) in MODELS.items():
        turns = TURNS if len(contestants) > 1 else 1
        found = [(who, *_apart(name, who)) for _ in range(turns) for who in contestants]
        (count,) = {known for _, known, _, _ in found}
        print(f"{name}: {count:,} configurations")
        ours = _best(found, "ours")
        for who in contestants:
            seconds, grown = _best(found, who)
            times = f", {seconds / ours[0]:.1f} times as long, {grown / ours[1]:.1f} times the memory"
            said = f"{count / seconds:9,.0f} per second, {grown / count:6,.0f} bytes each"
            print(f"  {who:10} {said}{'' if who == 'ours' else times}", flush=True)
    print(_bundled())


def _best(found: list[tuple[str, int, float, int]], who: str) -> tuple[float, int]:
    mine = [(seconds, grown) for name, _, seconds, grown in found if name == who]
    return min(seconds for seconds, _ in mine), min(grown for _, grown in mine)


def _apart(name: str, who: str) -> tuple[int, float, int]:
    done = subprocess.run([sys.executable, __file__, name, who], check=True, capture_output=True, text=True)
    count, seconds, grown = json.loads(done.stdout)
    return count, seconds, grown


def one(name: str, who: str) -> None:
    """Explore once, in this process, and print how many, the seconds, and the bytes that were needed at most."""
    model = MODELS[name][0]
    walk = CONTESTANTS[who](model)
    before = int(PAGES.read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    started = time.process_time()
    kept = walk()
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB
    print(json.dumps([len(kept), seconds, peak - before]))


def _ours(model: Model) -> Callable[[], Any]:
    with tempfile.TemporaryDirectory() as folder:
        pack = packs.load([model.spec(Path(folder))], checked=False, cache=False).pack
    if pack is None:
        raise SystemExit("the benchmark's pack is broken")
    return lambda: explore(pack.lifecycles[0], pack.variants[0], limit=ROOM)


def _dictionary(model: Model) -> Callable[[], Any]:
    return lambda: dict(_walk(model))


def _networkx(model: Model) -> Callable[[], Any]:
    def walk() -> Any:
        graph: Any = nx.MultiDiGraph()
        for point, moves in _walk(model):
            graph.add_node(point)
            graph.add_edges_from((point, target, trigger) for trigger, target in moves)
        return graph

    return walk


def _walk(model: Model) -> Iterator[tuple[Point, list[tuple[str, Point]]]]:
    """Each point and its moves, breadth first. Edits are followed, and not kept: nobody could keep them all."""
    known = {point: point for point in model.starts}
    pending, moves, width = list(known), model.moves, len(model.atoms)
    edited: set[Point] = set()
    for point in pending:  # grows as it is read
        found = []
        for name, when, then in moves:
            if all(point[place] in values for place, values in when):
                there = list(point)
                for place, value in then:
                    there[place] = value
                target = tuple(there)
                if target in known:
                    target = known[target]
                else:
                    known[target] = target
                    pending.append(target)
                found.append((name, target))
        yield point, found
        rest = point[: len(point) - width]
        if width and point[0] in model.editable and rest not in edited:
            edited.add(rest)
            for bits in product((False, True), repeat=width):
                if rest + bits not in known:
                    known[rest + bits] = rest + bits
                    pending.append(rest + bits)


def _bundled() -> str:
    loaded = packs.load(["covage"], checked=False)
    if loaded.pack is None:
        raise SystemExit("the bundled pack is broken")
    lives = {one.name: one for one in loaded.pack.lifecycles}
    best = float("inf")
    for _ in range(TURNS):
        started = time.process_time()
        spaces = [explore(lives[variant.order.follows], variant) for variant in loaded.pack.variants]
        best = min(best, time.process_time() - started)
    count = sum(map(len, spaces))
    return f"covage whole: {len(spaces)} orders and variants, {count} configurations, explored in {1000 * best:.0f} ms"


CONTESTANTS = {"ours": _ours, "dictionary": _dictionary, "networkx": _networkx}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        one(sys.argv[1], sys.argv[2])
    else:
        main()
