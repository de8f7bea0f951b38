"""What all runs of a lifecycle machine share, and the fewest steps known after which system and spec differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

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
from covage_model.report.subjects.ways import WhyNames
from covage_model.testing.adapter import Adapter, takes_edits
from covage_model.testing.ddmin import fewest
from covage_model.testing.drive import Disagreement, Drive

_AGREES = "played again on a fresh order, these steps make no difference: it lies in what went before, or in chance"


@dataclass(frozen=True, slots=True)
class Course:
    """One order: the fixture it lives on, the bits of the document it begins with, and what is done to it."""

    fixture: Fixture
    bits: int
    steps: tuple[Attempt, ...]


@dataclass(slots=True)
class SharedRuns:
    """The table, what orders live on, and the goals for each of these."""

    judge: Judge
    space: StateSpace
    fixtures: Sequence[Fixture]
    undriven: frozenset[str]
    unready: Iterator[UnreadyFixture]  # each is played once, in the first run
    adapter: Callable[[], Adapter] = field(init=False)
    speaker: WhyNames = field(init=False)
    steering: bool = True
    known: Course | None = None  # the shortest course known on which system and spec differ
    known_is_unready: bool = False  # it was an order that is not ready
    unready_tried: bool = False
    goals: dict[tuple[int, bool], Goals] = field(default_factory=dict)

    def atoms(self, bits: int) -> AtomTruths:
        """The truths of a valuation; they were looked at when its document was found."""
        return tuple((atom, self.space.layout.atom(bits, atom)) for atom in self.space.atoms)

    def goals_of(self, number: int, *, editing: bool) -> Goals:
        """The goals of a fixture; without edits where the system takes none."""
        key = (number, editing)
        if key not in self.goals:
            valuations = frozenset(self.fixtures[number].documents)
            self.goals[key] = Goals(self.space, valuations, self.undriven, editing=editing)
        return self.goals[key]

    def drive(self, fixture: Fixture, bits: int, adapter: Adapter) -> Drive:
        """An order on the document of these bits, about to begin."""
        account = None if fixture.account is None else self.judge.account(fixture.account, "account")
        session = begin(self.judge, self.space.variant.name).assuming(self.atoms(bits))
        return Drive(self.judge, adapter, session, fixture.documents[bits], account, self.speaker, self.undriven)

    def unready_difference(self) -> Disagreement | None:
        """
        What the system does differently with an order that is not ready; None where it refuses them all.

        All is tried in the first run, and a difference comes back in each later one: Hypothesis, which plays
        runs again, wants the same draws to end in the same way.
        """
        if self.known_is_unready and (difference := self.again()) is not None:
            return difference
        self.known_is_unready = False
        if self.unready_tried:
            return None
        adapter = self.adapter()
        editing = takes_edits(adapter)
        adapter.close()
        for one in self.unready:
            goals = Goals(self.space, frozenset(one.fixture.documents), self.undriven, editing=editing)
            for start, steps in refused_for(goals, one):
                course = Course(one.fixture, goals.bits(start), tuple(steps))
                difference = self.play(course)
                if difference is not None:
                    self.known_is_unready = True
                    return self.cut(course, difference)
        self.unready_tried = True
        return None

    def again(self) -> Disagreement | None:
        """The disagreement on the known course, played again; None where both agree now: then it is forgotten."""
        found = None if self.known is None else self.play(self.known)
        if found is None:
            self.known = None
        return found

    def cut(self, course: Course, found: Disagreement) -> Disagreement:
        """The disagreement on the course cut to its fewest steps, which is then the known course."""
        self.known = self._fewest(course)
        return self.again() or Disagreement(f"{found}\n{_AGREES}")

    def _fewest(self, course: Course) -> Course:
        """Without whatever it can do without, its first step too where beginning with another document does instead."""
        moves = tuple(arrow for arrow in course.steps[:-1] if arrow.moves) + course.steps[-1:]
        steps = moves if self._differs(course, moves) else course.steps  # most of what is tried is refused
        steps = fewest(steps, lambda some: self._differs(course, some))
        others = course.fixture.documents if steps else ()
        shorter = (Course(course.fixture, bits, steps[1:]) for bits in others)
        better = next((one for one in shorter if self.play(one) is not None), None)
        return replace(course, steps=steps) if better is None else self._fewest(better)

    def _differs(self, course: Course, steps: tuple[Attempt, ...]) -> bool:
        return self.play(replace(course, steps=steps)) is not None

    def play(self, course: Course) -> Disagreement | None:
        """The first disagreement on a fresh order. An edit where there can be none is passed over."""
        adapter = self.adapter()
        drive = self.drive(course.fixture, course.bits, adapter)
        try:
            drive.create()
            for arrow in course.steps:
                if arrow.edits is None:
                    drive.pull(arrow.trigger)
                elif drive.session.editor is not None:
                    drive.edit(course.fixture.documents[arrow.edits], self.atoms(arrow.edits))
        except Disagreement as found:
            return found.with_traceback(None)
        finally:
            adapter.close()
        return None
