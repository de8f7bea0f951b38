"""Changes a document and its account in place so that a condition becomes true or false."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import field
from typing import Any

from covage_model.documents.judge.values import fits
from covage_model.documents.make.valid import places
from covage_model.documents.make.valid.places import DocumentPlace
from covage_model.documents.make.valid.steering_lists import Lists
from covage_model.documents.make.valid.value_generator import ValueGenerator
from covage_model.documents.make.valid.values import satisfying
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import tree, truth
from covage_model.pack.model.conditions import (
    Among,
    Compare,
    Condition,
    Count,
    Every,
    Holds,
    In,
    Present,
    Ref,
    Some,
    Test,
)

_REMEMBERED = 6  # tests of one slot that are remembered
Scopes = tuple[DocumentPlace, ...]


@dataclass(slots=True)
class Steering:
    """
    Makes conditions true or false in one document and its account. A step may undo another.

    The last tests of a slot are remembered, so that the next value also tries to pass them.

    The repair of `why` walks a condition by the same `tree.signed` and stays separate: it lists all changes of
    an immutable document for a best-first search; here one random change is made in place, also to the account.
    """

    document: DocumentPlace
    account: DocumentPlace
    of_document: ValueGenerator
    of_account: ValueGenerator
    asked: dict[int, list[tuple[Test, bool]]] = field(default_factory=dict)

    def holds(self, condition: Condition | None, scopes: Scopes) -> bool:
        """Whether the condition holds now."""
        return condition is None or truth.holds(condition, places.values_of(scopes), self.account.value)

    def steer(self, condition: Condition, scopes: Scopes, *, wanted: bool) -> None:
        """Tries to make the condition true or false; parts with the wanted truth stay."""

        def enter(part: Condition, value: bool) -> bool:  # noqa: FBT001  called with positional arguments
            return self.holds(part, scopes) is not value

        if not enter(condition, wanted):
            return
        for atom, value in tree.signed(condition, wanted, enter=enter, choose=self._one):
            if isinstance(atom, Holds):
                place = self._place(atom.ref, scopes, atom.test, wanted=value)
                self._steer_test(place, atom.ref, atom.test, scopes, wanted=value)

    def _one(self, parts: tuple[Condition, ...]) -> tuple[Condition, ...]:
        return (self.of_document.random.choice(parts),) if parts else ()

    def _generator(self, ref: Ref, scopes: Scopes) -> ValueGenerator:
        inside = ref.root == "item" and scopes[-1].kept is not None
        return self.of_account if ref.root == "account" or inside else self.of_document

    def _place(self, ref: Ref, scopes: Scopes, test: Test, *, wanted: bool) -> DocumentPlace | None:
        """The tested place. Objects around it are created, unless the place may be missing. None: it cannot exist."""
        place = self._base(ref, scopes)
        missing = (isinstance(test, Present) and test.present is not wanted) or (
            not wanted and not isinstance(test, Present)
        )
        for number, name in enumerate(ref.names):
            if number and not isinstance(place.value, dict):
                if missing and not isinstance(test, Some | Every | Count):
                    return None
                self._object_at(place, self._generator(ref, scopes))
            if not isinstance(place.value, dict):
                return None
            place = place.below(name)
        return place

    def _base(self, ref: Ref, scopes: Scopes) -> DocumentPlace:
        if ref.root == "account":
            return self.account
        if ref.root == "item":
            return scopes[-1]
        return scopes[ref.level] if ref.root == "scope" else self.document

    def _object_at(self, place: DocumentPlace, generator: ValueGenerator) -> None:
        value = generator.value_for(place.slot) if place.slot is not None else {}
        place.put(value if isinstance(value, dict) else {})

    def _steer_test(self, place: DocumentPlace | None, ref: Ref, test: Test, scopes: Scopes, *, wanted: bool) -> None:
        if place is None:
            return
        generator = self._generator(ref, scopes)
        if isinstance(test, Present):
            self._presence(place, generator, there=test.present is wanted)
        elif isinstance(test, Some | Every | Count):
            Lists(self, generator).steer(test, place, scopes, wanted=wanted)
        elif isinstance(test, Among):
            self._among(place, test.ref, scopes, generator, wanted=wanted)
        elif isinstance(test, Compare) and isinstance(test.other, Ref):
            self._compared(place, ref, test, test.other, scopes, wanted=wanted)
        else:
            self._value(place, test, generator, wanted=wanted)

    def _presence(self, place: DocumentPlace, generator: ValueGenerator, *, there: bool) -> None:
        if not there:
            place.drop()
        elif place.value is json_value.ABSENT:
            place.put(generator.value_for(place.slot))

    def _value(self, place: DocumentPlace, test: Test, generator: ValueGenerator, *, wanted: bool) -> None:
        """Sets another value; or removes it if the test should fail and the value may be missing."""
        slot, random = place.slot, generator.random
        if not wanted and random.random() < 0.3 and self._may_be_absent(place, generator):
            place.drop()
            return
        known = () if slot is None or not slot.shows_status else generator.statuses
        if isinstance(test, In) and test.absent and wanted and (not test.values or random.random() < 0.5):
            place.drop()
            return
        tests = self._remember(slot, test, wanted=wanted)
        candidates = satisfying(slot, tests, random, known=known, undecided=generator.note_undecided)
        if candidates:
            place.put(copy.deepcopy(candidates[0] if random.random() < 0.8 else random.choice(candidates)))
        elif not wanted and self._may_be_absent(place, generator):
            place.drop()

    def _compared(
        self, place: DocumentPlace, ref: Ref, test: Compare, other: Ref, scopes: Scopes, *, wanted: bool
    ) -> None:
        """Changes one of two compared values for the sake of the other, which is made if it must be there."""
        sides = [(place, ref, test), (self._place(other, scopes, test, wanted=wanted), other, tree.mirrored(test, ref))]
        self.of_document.random.shuffle(sides)
        (changed, at, seen), (kept, kept_at, _) = sides
        if changed is None or kept is None:
            return
        if kept.value is json_value.ABSENT and wanted:
            kept.put(self._generator(kept_at, scopes).value_for(kept.slot))
        if kept.value is not json_value.ABSENT and not isinstance(kept.value, dict | list):
            self._value(changed, Compare(seen.relation, kept.value), self._generator(at, scopes), wanted=wanted)

    def _may_be_absent(self, place: DocumentPlace, generator: ValueGenerator) -> bool:
        required = place.slot is not None and place.slot.path in generator.required
        return isinstance(place.holder, dict) and not required

    def _remember(self, slot: Any, test: Test, *, wanted: bool) -> list[tuple[Test, bool]]:
        """The test, then the tests remembered for the slot, each with its wanted truth."""
        others = [earlier for earlier in self.asked.get(id(slot), []) if earlier[0] != test] if slot is not None else []
        now = [(test, wanted), *others][:_REMEMBERED]
        if slot is not None:
            self.asked[id(slot)] = now
        return now

    def _among(
        self, place: DocumentPlace, ref: Ref, scopes: Scopes, generator: ValueGenerator, *, wanted: bool
    ) -> None:
        """Makes the value one of the others, or adds it to the others; each item of a list separately."""
        if place.value is json_value.ABSENT:
            place.put(generator.value_for(place.slot))
        for item in places.every_place(place, ()):
            others = [other.value for other in places.every_place(self._base(ref, scopes), ref.names)]
            if any(json_value.equal(item.value, other) for other in others) is wanted:
                continue
            if not wanted:
                item.put(generator.value_for(item.slot))
            elif (
                (near := [other for other in others if takes(item.slot, other)])
                and not item.fixed
                and _often(generator)
            ):
                item.put(copy.deepcopy(generator.random.choice(near)))
            else:
                self._add(item.value, self._base(ref, scopes), ref.names, self._generator(ref, scopes))

    def _add(self, value: Any, start: DocumentPlace, names: Sequence[str], generator: ValueGenerator) -> None:
        """Adds the value at `names` from `start`, in a new item if a list is on the way."""
        place = start
        for name in (*names, None):
            if place.slot is not None and place.slot.items is not None:
                place = Lists(self, generator).one_or_another(place)
            if name is None:
                if takes(place.slot, value):
                    place.put(copy.deepcopy(value))
                return
            if not isinstance(place.value, dict):
                self._object_at(place, generator)
            if not isinstance(place.value, dict):
                return
            place = place.below(name)


def takes(slot: Slot | None, value: Any) -> bool:
    """Whether the slot accepts the value; objects and lists are not checked."""
    return slot is None or isinstance(value, dict | list) or fits(slot, value)


def _often(generator: ValueGenerator) -> bool:
    return generator.random.random() < 0.6
