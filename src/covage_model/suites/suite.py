"""A suite of runs for one order and variant, each with the documents it lives on, and what none can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from covage_model.conditions import truth
from covage_model.diagnostics import Location, Origin
from covage_model.generate.lived import Lived, lived
from covage_model.merge_patch import Unreachable, difference
from covage_model.model.conditions import Leaf
from covage_model.model.scenario import Fill, Fire, Given, Refused, Scenario, Step
from covage_model.orders.verdict import Judge
from covage_model.scenario.play import played
from covage_model.statespace.atoms import atoms_of
from covage_model.statespace.space import StateSpace
from covage_model.suites import reasons
from covage_model.suites.targets import Target, Targets
from covage_model.suites.terrain import Terrain
from covage_model.suites.walks import Walk, least_runs, walks
from covage_model.traces.trace import Trace, trace_of
from covage_model.traces.written import Refusal, written

_NOWHERE = Origin(Location("suite", 0, 0))


@dataclass(frozen=True, slots=True)
class Run:
    """
    One run: its trace, what is refused after so many moves, and the documents and account it lives on.

    `shows` are the targets that it is there for; dropping the run loses at least `own`.
    """

    trace: Trace
    refused: Mapping[int, tuple[Refusal, ...]]
    documents: tuple[Any, ...]
    account: Any
    shows: tuple[Target, ...]
    own: tuple[Target, ...]

    def files(self, name: str, title: str | Mapping[str, str]) -> dict[str, str]:
        """The scenario and its documents, by file name; all names begin with `name`."""
        return written(self.trace, title, self.documents, self.account, name=name, refused=self.refused)


@dataclass(frozen=True, slots=True)
class Suite:
    """
    Runs none of which can be dropped, that show every target but the `missing` ones, each with its reason.

    No suite that shows as much has fewer than `least` runs. `complete` is False where the explored table is not
    whole: what is missing is then not decided, and the least is not known.
    """

    leaf: str
    cover: str
    runs: tuple[Run, ...]
    least: int | None
    missing: tuple[tuple[Target, str], ...]
    complete: bool

    @property
    def steps(self) -> int:
        """The moves and refusals of all runs."""
        refusals = (len(each) for run in self.runs for each in run.refused.values())
        return sum(len(run.trace.moves) for run in self.runs) + sum(refusals)

    @property
    def shown(self) -> int:
        """How many targets are shown."""
        return sum(len(run.shows) for run in self.runs)


def suite(judge: Judge, space: StateSpace, cover: str, *, longest: int | None = None) -> Suite:
    """The suite of one explored table; `cover` is one of `targets.COVERS`. The same table gives the same suite."""
    making = _Making(judge, Targets(space, cover), longest)
    terrain, found = making.make()
    reachable = making.everything(Terrain(making.targets, lambda _: True))
    return Suite(
        leaf=space.leaf.name,
        cover=cover,
        runs=tuple(making.runs(found)),
        least=least_runs(terrain) if space.complete else None,
        missing=tuple(reasons.missing(making.targets, making.everything(terrain), reachable)),
        complete=space.complete,
    )


@dataclass(slots=True)
class _Making:
    """
    Walks and their lives. A valuation that no document was found for is shut, and everything is walked anew.

    Where documents were found for each alone and not for several in one life, edits are shut too.
    """

    judge: Judge
    targets: Targets
    longest: int | None
    shut: set[int] = field(default_factory=set)
    edits: bool = True
    asked: tuple[Leaf, ...] = ()
    _lives: dict[tuple[int, ...], Lived | None] = field(default_factory=dict)

    @property
    def space(self) -> StateSpace:
        return self.targets.space

    def __post_init__(self) -> None:
        """Asks the guards, once, what they ask of the document and the account."""
        self.asked = atoms_of(self.space.lifecycle, properties=False)

    def make(self) -> tuple[Terrain, tuple[Walk, ...]]:
        """Walks all of which can be lived."""
        if not self.asked:
            self.shut = set(self.space.valuations[1:])
        while True:
            terrain = Terrain(self.targets, lambda number: self._bits(number) not in self.shut, edits=self.edits)
            found = walks(terrain, longest=self.longest)
            if not self.asked or not self._shut_more(found):
                return terrain, found

    def everything(self, terrain: Terrain) -> int:
        """The mask of all targets that some run on the terrain shows."""
        futures, mask = terrain.futures(), 0
        for way in terrain.starts:
            mask |= way.shows | futures[way.to]
        return mask

    def runs(self, found: Iterable[Walk]) -> Iterator[Run]:
        """The walks as runs; a refusal stands in the first run, and at the first place, that needs it."""
        done = 0
        for walk in found:
            trace = self._trace(walk)
            life = self._life(walk) if self.asked else None
            pulled: dict[int, list[str]] = {}
            before = done
            for place, way in enumerate(walk.ways):
                done |= self.targets.state(way.to[0]) | (way.shows & ~self._pullable(way.to[0]))
                for trigger in self._refused(way.to[0]):
                    shown = self.targets.refused(way.to[0], trigger)
                    if shown & ~done:
                        pulled.setdefault(place, []).append(trigger)
                        done |= shown
            documents, account = (life.documents, life.account) if life is not None else ((), None)
            yield Run(
                trace=trace,
                refused=self._refusals(trace, documents, account, pulled),
                documents=documents,
                account=truth.ABSENT if account is None else account,
                shows=self.targets.of(done & ~before),
                own=self.targets.of(walk.own),
            )

    def _pullable(self, number: int) -> int:
        mask = 0
        for trigger in self._refused(number):
            mask |= self.targets.refused(number, trigger)
        return mask

    def _refused(self, number: int) -> tuple[str, ...]:
        return Terrain(self.targets, lambda _: True).refused(number)

    def _bits(self, number: int) -> int:
        return self.space.codes[number] & self.space.layout.atoms_mask

    def _shut_more(self, found: Sequence[Walk]) -> bool:
        """Shuts what cannot be lived; whether that was anything."""
        for walk in found:
            if self._life(walk) is None:
                alone = {bits for bits in self._stretch_bits(walk) if self._lived((bits,)) is None}
                self.shut |= alone
                self.edits = self.edits and bool(alone)
                return True
        return False

    def _trace(self, walk: Walk) -> Trace:
        moves = [way.move for way in walk.ways if way.move is not None]
        return trace_of(self.space, walk.ways[0].to[0], moves)

    def _stretch_bits(self, walk: Walk) -> tuple[int, ...]:
        edited = (way.to[0] for way in walk.ways if way.move is None or way.move.is_edit)
        return tuple(map(self._bits, edited))

    def _life(self, walk: Walk) -> Lived | None:
        found = self._lived(self._stretch_bits(walk))
        if found is None:
            return None
        try:
            for before, after in pairwise(found.documents):
                difference(before, after)
        except Unreachable:
            return None
        return found

    def _lived(self, bits: tuple[int, ...]) -> Lived | None:
        if bits not in self._lives:
            layout = self.space.layout
            valuations = [tuple((atom, layout.atom(each, atom)) for atom in self.asked) for each in bits]
            self._lives[bits] = lived(self.judge, self.space.leaf.name, valuations)
        return self._lives[bits]

    def _refusals(
        self, trace: Trace, documents: tuple[Any, ...], account: Any, pulled: Mapping[int, Sequence[str]]
    ) -> dict[int, tuple[Refusal, ...]]:
        """What says no to each trigger: the run is played, and asked."""
        steps: list[Step] = [Refused(trigger, (), _NOWHERE) for trigger in pulled.get(0, ())]
        later = iter(pairwise(documents))
        for number, taken in enumerate(trace.moves, 1):
            if not taken.is_edit:
                steps.append(Fire(taken.trigger, _NOWHERE))
            elif documents:
                steps.append(Fill(difference(*next(later)), _NOWHERE))
            steps += [Refused(trigger, (), _NOWHERE) for trigger in pulled.get(number, ())]
        scenario = Scenario(trace.leaf, Given(order=trace.leaf), tuple(steps), None, _NOWHERE)
        given = self.judge.account(account, "account") if account is not None else None
        outcome = played(scenario, self.judge, document=documents[0] if documents else truth.ABSENT, account=given)
        assert not outcome.findings, outcome.findings  # the table and the player are one semantics
        names = iter(moment.reasons for moment in outcome.moments if moment.kind == "refused")
        return {
            place: tuple(Refusal(trigger, next(names)) for trigger in triggers)
            for place, triggers in sorted(pulled.items())
        }
