"""The data that all runs of a lifecycle machine share, and the minimal disagreement found so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace

from covage_model.api.driving import (
    AtomTruths,
    Attempt,
    Fixture,
    Goals,
    Judge,
    StateSpace,
    UnreadyFixture,
    begin,
    refused_for,
)
from covage_model.ground.classes import dataclass
from covage_model.report.names import PackNames
from covage_model.testing.adapter import Adapter, takes_edits
from covage_model.testing.ddmin import fewest
from covage_model.testing.drive import Disagreement, Drive

_AGREES = "played again on a fresh order, these steps agree: the cause is an earlier order, or chance"


@dataclass(frozen=True, slots=True)
class Course:
    """One order: its fixture, the valuation (`bits`) of its first document, and its steps."""

    fixture: Fixture
    bits: int
    steps: tuple[Attempt, ...]


@dataclass(slots=True)
class SharedRuns:
    """The explored table, the fixtures (documents and account), and the goals of each fixture."""

    judge: Judge
    space: StateSpace
    fixtures: Sequence[Fixture]
    undriven: frozenset[str]
    unready: Iterator[UnreadyFixture]  # each is played once, in the first run of the machine
    adapter: Callable[[], Adapter] = field(init=False)
    speaker: PackNames = field(init=False)
    steering: bool = True
    known: Course | None = None  # the shortest course known on which system and spec differ, minimised
    known_is_unready: bool = False  # whether `known` is an order that is not ready
    unready_tried: bool = False
    goals: dict[tuple[int, bool], Goals] = field(default_factory=dict)

    def atoms(self, bits: int) -> AtomTruths:
        """The truth values of the atoms in a valuation."""
        return tuple((atom, self.space.layout.atom(bits, atom)) for atom in self.space.atoms)

    def goals_of(self, number: int, *, editing: bool) -> Goals:
        """The goals of a fixture; without edits if the system does not support them."""
        key = (number, editing)
        if key not in self.goals:
            valuations = frozenset(self.fixtures[number].documents)
            self.goals[key] = Goals(self.space, valuations, self.undriven, editing=editing)
        return self.goals[key]

    def drive(self, fixture: Fixture, bits: int, adapter: Adapter) -> Drive:
        """A new `Drive` with the document of this valuation; `create` is not called yet."""
        account = None if fixture.account is None else self.judge.account(fixture.account, "account")
        session = begin(self.judge, self.space.variant.name).assuming(self.atoms(bits))
        return Drive(self.judge, adapter, session, fixture.documents[bits], account, self.speaker, self.undriven)

    def unready_difference(self) -> Disagreement | None:
        """
        The disagreement on an order that is not ready; None if the system refuses all of them.

        They are all tried in the first run. A disagreement is raised again in each later run, because Hypothesis
        repeats runs and expects the same draws to have the same result.
        """
        if self.known_is_unready and (difference := self.again()) is not None:
            return difference
        self.known_is_unready = False
        if self.unready_tried:
            return None
        adapter = self.adapter()
        editing = takes_edits(adapter)
        adapter.close()
        for unready in self.unready:
            goals = Goals(self.space, frozenset(unready.fixture.documents), self.undriven, editing=editing)
            for start, steps in refused_for(goals, unready):
                course = Course(unready.fixture, goals.bits(start), tuple(steps))
                difference = self.play(course)
                if difference is not None:
                    self.known_is_unready = True
                    return self.cut(course, difference)
        self.unready_tried = True
        return None

    def again(self) -> Disagreement | None:
        """Plays the known course again and returns its disagreement. If both agree now, the course is forgotten."""
        disagreement = None if self.known is None else self.play(self.known)
        if disagreement is None:
            self.known = None
        return disagreement

    def cut(self, course: Course, disagreement: Disagreement) -> Disagreement:
        """Minimises the course, keeps it as the known course, and returns its disagreement."""
        self.known = self._fewest(course)
        return self.again() or Disagreement(f"{disagreement}\n{_AGREES}")

    def _fewest(self, course: Course) -> Course:
        """A minimal course: no step can be removed, nor replaced at the start by another first document."""
        moves = tuple(arrow for arrow in course.steps[:-1] if arrow.moves) + course.steps[-1:]
        steps = (
            moves if self._differs(course, moves) else course.steps
        )  # most attempts are refused, so they are removed first
        steps = fewest(steps, lambda some: self._differs(course, some))
        others = course.fixture.documents if steps else ()
        shorter = (Course(course.fixture, bits, steps[1:]) for bits in others)
        better = next((each for each in shorter if self.play(each) is not None), None)
        return replace(course, steps=steps) if better is None else self._fewest(better)

    def _differs(self, course: Course, steps: tuple[Attempt, ...]) -> bool:
        return self.play(replace(course, steps=steps)) is not None

    def play(self, course: Course) -> Disagreement | None:
        """Plays a course on a fresh order; returns the first disagreement. Skips edits that are not allowed."""
        adapter = self.adapter()
        drive = self.drive(course.fixture, course.bits, adapter)
        try:
            drive.create()
            for arrow in course.steps:
                if arrow.edits is None:
                    drive.fire(arrow.trigger)
                elif drive.session.editor is not None:
                    drive.edit(course.fixture.documents[arrow.edits], self.atoms(arrow.edits))
        except Disagreement as disagreement:
            return disagreement.with_traceback(None)
        finally:
            adapter.close()
        return None
