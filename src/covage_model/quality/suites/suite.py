"""The suite of runs for one variant, each with its documents, and the targets that no run can show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial, reduce
from itertools import pairwise
from operator import or_
from typing import Any

from covage_model.behaviour.run.play import played
from covage_model.behaviour.run.scenario_file import scenario_files
from covage_model.behaviour.run.step import Step
from covage_model.behaviour.run.trace import Trace, trace_of
from covage_model.behaviour.space.space import StateSpace
from covage_model.documents.judge.verdict import Judge
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Location, Origin
from covage_model.ground.json_value import difference
from covage_model.pack.model.scenario import ExpectRefusal, Fill, Fire, Given, Scenario, ScenarioStep
from covage_model.quality.suites import reasons
from covage_model.quality.suites.bound import least_runs
from covage_model.quality.suites.lives import Lives
from covage_model.quality.suites.own_values import OwnValues
from covage_model.quality.suites.targets import SuiteTarget, Targets
from covage_model.quality.suites.terrain import EDIT, START, Terrain
from covage_model.quality.suites.walks import SuiteWalk, walks

_NOWHERE = Origin(Location("suite", 0, 0))


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """
    One run: its trace, with the triggers that are refused on the way, and its documents and account.

    `shows` has the targets that it shows first; `own` those that no other run shows.
    """

    trace: Trace
    documents: tuple[Any, ...]
    account: Any
    shows: tuple[SuiteTarget, ...]
    own: tuple[SuiteTarget, ...]

    def files(self, name: str, title: str | Mapping[str, str]) -> dict[str, str]:
        """The scenario file and its documents, by file name. All names begin with `name`."""
        return scenario_files(self.trace, title, self.documents, self.account, name=name)


@dataclass(frozen=True, slots=True)
class Suite:
    """
    Runs that show every target except the `missing` ones (with reasons). No run can be dropped.

    No suite that shows as much has fewer than `least` runs. `complete` is False if the explored table is not
    complete: what is missing is then not decided, and `least` is None.
    """

    variant: str
    cover: str
    runs: tuple[SuiteRun, ...]
    least: int | None
    missing: tuple[tuple[SuiteTarget, str], ...]
    complete: bool

    @property
    def steps(self) -> int:
        """The number of moves and refusals in all runs."""
        return sum(len(run.trace.steps) for run in self.runs)

    @property
    def shown(self) -> int:
        """The number of targets shown."""
        return sum(len(run.shows) for run in self.runs)


def suite(
    judge: Judge,
    space: StateSpace,
    cover: str,
    *,
    longest: int | None = None,
    progress: Callable[[str], None] = lambda _: None,
    own: OwnValues | None = None,
) -> Suite:
    """
    The suite of one explored table; `cover` is one of `targets.COVERS`. Equal tables give equal suites.

    `own` keeps its orders apart from those of other suites; without it they are apart from one another.

    `progress` is called with what is done now, and after each run with the number of targets shown.
    """
    progress(f"what {len(space):,} configurations show")
    targets = Targets(space, cover)
    whole, lives = Terrain(targets), Lives(judge, space)
    every = whole.everything.bit_count()
    found = lived_walks(whole, lives, longest=longest, progress=lambda shown: progress(f"{shown} of {every} shown"))
    shown = _all(walk.shows for walk in found)
    progress("the fewest runs")
    return Suite(
        variant=space.variant.name,
        cover=cover,
        runs=tuple(_Making(judge, targets, lives, own or OwnValues(judge)).runs(found)),
        least=least_runs(whole, shown) if space.complete else None,
        missing=tuple(reasons.missing(targets, shown, whole.everything)),
        complete=space.complete,
    )


def lived_walks(
    whole: Terrain, lives: Lives, *, longest: int | None = None, progress: Callable[[int], None] = lambda _: None
) -> tuple[SuiteWalk, ...]:
    """
    Walks for which documents exist.

    Valuations for which no documents were found, alone or together, are barred, and all walks are searched again.
    """
    while True:
        terrains = [Terrain(whole.targets, shut) if shut else whole for shut in lives.shut()]
        found = walks(terrains, longest=longest, progress=progress)
        barred = [lives.bars(stretches(whole.space, walk)) for walk in found]
        if not any(barred):
            return found


def stretches(space: StateSpace, walk: SuiteWalk) -> tuple[int, ...]:
    """The valuations of a walk's documents: at its start, and after each edit."""
    atoms = space.layout.atoms_mask
    return tuple(space.codes[step.to[0]] & atoms for step in walk.steps if step.move in (START, EDIT))


def _all(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


@dataclass(frozen=True, slots=True)
class _Making:
    """Turns walks into runs with the documents and accounts that were found for them."""

    judge: Judge
    targets: Targets
    lives: Lives
    own: OwnValues

    def runs(self, found: Iterable[SuiteWalk]) -> Iterator[SuiteRun]:
        """The walks as runs. A refusal is put into the first run, and at the first place, that can show it."""
        done = 0
        for walk in found:
            trace = self._trace(walk)
            documents, account = self.lives.of(stretches(self.targets.space, walk))
            documents = self.own.given(
                self.targets.space.variant.name, documents, partial(self._are_alike, documents, account)
            )
            fired: dict[int, list[str]] = {}
            before = done
            for place, step in enumerate(walk.steps):
                refusals = list(self.targets.refusals(step.to[0]))
                done |= step.shows & ~_all(shown for _, shown in refusals)
                for trigger, shown in refusals:
                    if shown & ~done:
                        fired.setdefault(place, []).append(trigger)
                        done |= shown
            yield SuiteRun(
                trace=self._with_refusals(trace, documents, account, fired),
                documents=documents,
                account=json_value.ABSENT if account is None else account,
                shows=self.targets.of(done & ~before),
                own=self.targets.of(walk.own),
            )

    def _are_alike(self, documents: Sequence[Any], account: Any, others: Sequence[Any]) -> bool:
        """Whether each atom of the guards has the same truth in the other documents."""
        known = None if account is None else self.judge.account(account, "account")
        truths = [self.judge.readiness(self.targets.space.variant.name, each, known) for each in (*documents, *others)]
        wanted, found = truths[: len(documents)], truths[len(documents) :]
        return all(
            one(atom) is other(atom) for atom in self.lives.atoms for one, other in zip(wanted, found, strict=True)
        )

    def _trace(self, walk: SuiteWalk) -> Trace:
        space, numbers = self.targets.space, [step.to[0] for step in walk.steps]
        moves = [
            space.edit(before, step.to[0]) if step.move == EDIT else space.stored(before, step.move)
            for before, step in zip(numbers, walk.steps[1:], strict=False)
        ]
        return trace_of(space, numbers[0], moves)

    def _with_refusals(
        self, trace: Trace, documents: tuple[Any, ...], account: Any, fired: Mapping[int, Sequence[str]]
    ) -> Trace:
        """The trace with refused triggers added after so many moves. The run is played to find their blockers."""
        if not fired:
            return trace
        steps: list[ScenarioStep] = [ExpectRefusal(trigger, (), _NOWHERE) for trigger in fired.get(0, ())]
        later = iter(pairwise(documents))
        for number, taken in enumerate(trace.moves, 1):
            if not taken.is_edit:
                steps.append(Fire(taken.trigger, _NOWHERE))
            elif documents:
                steps.append(Fill(difference(*next(later)), _NOWHERE))
            steps += [ExpectRefusal(trigger, (), _NOWHERE) for trigger in fired.get(number, ())]
        scenario = Scenario(trace.variant, Given(order=trace.variant), tuple(steps), None, _NOWHERE)
        given = self.judge.account(account, "account") if account is not None else None
        outcome = played(scenario, self.judge, document=documents[0] if documents else json_value.ABSENT, account=given)
        assert not outcome.findings, outcome.findings  # the table and the player agree
        assert outcome.trace is not None  # it was played
        refused = iter(outcome.trace.refusals)
        every: list[Step] = []
        for number, here in enumerate(trace.configurations):
            every += trace.moves[number - 1 : number] if number else ()
            every += (replace(next(refused), before=here, after=here) for _ in fired.get(number, ()))
        return replace(trace, steps=tuple(every))
