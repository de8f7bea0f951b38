"""
Where an order may be, as far as one of its records shows: the configurations that can show it.

A configuration can show a record if its state is shown as the record's status, each variable is as `shown` says of the
record, and the tests of the document and the account are as they are of the record without its read-only fields. Tests
that nothing decides may be either.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import AtomTruths
from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.shown_values import Showing, showing_bits, shown_in
from covage_model.behaviour.space.space import StateSpace
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.documents.presence import slots
from covage_model.documents.presence.sheet import Sheet
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class PossibleMove:
    """
    A trigger, or one of its outcomes, or an edit; and the places in which it is possible, whatever nothing decides.

    `perhaps` are places in which it hangs on a test that nothing decides.
    """

    trigger: str
    actors: tuple[str, ...]
    surely: tuple[int, ...]
    perhaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RecordPlaces:
    """
    The places (states with their variables) where an order may be that shows a record, in the order of the table.

    `numbers` has the configurations of each place, which differ by tests that nothing decides; `document` is the
    record without its read-only fields. `decided` has the tests that it decides. Of an incomplete table (`complete` is
    False) not all are known.
    """

    judge: Judge
    space: StateSpace
    status: str
    record: Any
    document: Any
    account: Account | None
    decided: AtomTruths
    places: tuple[Configuration, ...]
    numbers: tuple[tuple[int, ...], ...]

    @property
    def variant(self) -> str:
        """The name of the variant."""
        return self.space.variant.name

    @property
    def complete(self) -> bool:
        """Whether all places are known."""
        return self.space.complete

    def moves(self) -> tuple[PossibleMove, ...]:
        """Every trigger of the lifecycle in spec order, then the edit if there is one, with where it is possible."""
        enabled = [[self._enabled(number) for number in numbers] for numbers in self.numbers]
        found = [
            _possible(transition.name, self.space.variant.order.acting(transition.by), enabled)
            for transition in self.space.lifecycle.transitions
        ]
        editors = {self.space.editor(number) for numbers in self.numbers for number in numbers} - {None}
        if editors:
            places = tuple(place for place, numbers in enumerate(self.numbers) if self.space.editor(numbers[0]))
            found.append(PossibleMove("edit", tuple(sorted(map(str, editors))), places, ()))
        return tuple(found)

    def _enabled(self, number: int) -> frozenset[str]:
        return frozenset(self.space.numbered[case][0].name for case in self.space.enabled(number))

    def session(self, place: int) -> Session:
        """An order in one of the places, with the record's document; tests that nothing decides are as they may be."""
        here = self.places[place]
        return Session(
            self.judge, self.space.variant, self.document, self.account, here.state, here.variables, self.document
        )


def _possible(name: str, actors: tuple[str, ...], enabled: list[list[frozenset[str]]]) -> PossibleMove:
    by_place = [[name in each for each in place] for place in enabled]
    surely = tuple(number for number, truths in enumerate(by_place) if all(truths))
    perhaps = tuple(number for number, truths in enumerate(by_place) if any(truths) and not all(truths))
    return PossibleMove(name, actors, surely, perhaps)


def record_places(
    judge: Judge, space: StateSpace, record: Any, account: Account | None = None, *, status: str | None = None
) -> RecordPlaces:
    """The places in which an order of the table's variant can show the record; `status` None: the one that it shows."""
    told = told_by(judge, space, record, account, status=status)
    by_place: dict[Configuration, list[int]] = {}
    for number in numbers_of(space, told):
        whole = space.configuration(number)
        by_place.setdefault(Configuration(whole.state, whole.variables, ()), []).append(number)
    numbers = tuple(map(tuple, by_place.values()))
    return RecordPlaces(
        judge, space, told.status, record, told.document, account, told.decided, tuple(by_place), numbers
    )


@dataclass(frozen=True, slots=True)
class ToldByRecord:
    """
    What a record tells of where its order is: its status ("" for none), what it shows, and the tests that it decides.

    `document` is the record without what only the platform writes.
    """

    status: str
    showing: Showing
    decided: AtomTruths
    document: Any


def told_by(
    judge: Judge, space: StateSpace, record: Any, account: Account | None, *, status: str | None = None
) -> ToldByRecord:
    """What the record of an order of the table's variant tells."""
    sheet = judge.sheet(space.variant.name)
    document = slots.as_request(sheet.root, record)
    truth = judge.readiness(space.variant.name, document, account)
    decided = tuple((atom, holds) for atom in space.atoms if (holds := truth(atom)) is not None)
    return ToldByRecord(status or _shown_status(sheet, record), shown_in(space.lifecycle, record), decided, document)


def _shown_status(sheet: Sheet, record: Any) -> str:
    """The status that a record shows; "" for none, and for one that its lifecycle does not have."""
    shown = json_value.at(record, sheet.status_path) if sheet.status_path is not None else ""
    return shown if isinstance(shown, str) and shown in sheet.statuses else ""


def numbers_of(space: StateSpace, told: ToldByRecord) -> Iterator[int]:
    """The configurations of that status, with these shown values and these truths, ascending."""
    status, showing, decided = told.status, told.showing, told.decided
    layout = space.layout
    anywhere = space.lifecycle.status is None  # a record that shows no status
    states = {number for number, state in enumerate(layout.states) if anywhere or (status and state.status == status)}
    atoms = sum(layout.bits_of(atom) for atom, _ in decided)
    wanted = sum(layout.bits_of(atom) for atom, holds in decided if holds)
    shows = showing_bits(space)
    for number, code in enumerate(space.codes):
        if code & atoms == wanted and code >> layout.state_shift in states and shows(code) == showing:
            yield number
