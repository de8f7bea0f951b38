"""Changes lists in place so that a test of them becomes true or false."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covage_model.documents.make.valid.places import DocumentPlace
from covage_model.documents.make.valid.value_generator import MOST_VALUES, ValueGenerator, lengths
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.pack.model.conditions import All, Condition, Count, Every, Not, Some

if TYPE_CHECKING:
    from covage_model.documents.make.valid.steering import Scopes, Steering


@dataclass(slots=True)
class Lists:
    """Changes lists so that a test of them becomes true or false."""

    steering: Steering
    generator: ValueGenerator

    def steer(self, test: Some | Every | Count, place: DocumentPlace, scopes: Scopes, *, wanted: bool) -> None:
        """Tries to make the test of the list true or false."""
        if place.value is not json_value.ABSENT and not isinstance(place.value, list):
            place.put([])
        match test:
            case Some(condition):
                self._one(condition, place, scopes) if wanted else self._none(condition, place, scopes, holding=True)
            case Every(condition):
                if wanted:
                    self._none(condition, place, scopes, holding=False)
                else:
                    self._one(Not(condition), place, scopes)
            case Count():
                self._count(test, place, scopes, wanted=wanted)

    def one_or_another(self, place: DocumentPlace) -> DocumentPlace:
        """The place of a new item, or of an existing one if no item may be added (or by chance)."""
        items = place.items()
        if items and (not self._may_add(place) or (not place.fixed and self.generator.random.random() < 0.3)):
            return self.generator.random.choice(items)
        return self.another(place)

    def another(self, place: DocumentPlace) -> DocumentPlace:
        """The place of a new item at the end of the list, or of the last item if none may be added."""
        if not isinstance(place.value, list):
            place.put([])
        if isinstance(place.value, list) and place.may_grow:
            item = self.generator.value_for(place.slot.items if place.slot is not None else None)
            place.value.append({} if item is json_value.ABSENT else item)
        return place.item(max(len(place.value) - 1, 0)) if isinstance(place.value, list) else place

    def _one(self, condition: Condition, place: DocumentPlace, scopes: Scopes) -> None:
        """Makes one item satisfy the condition: the nearest, or a new one."""
        items = place.items()
        self.generator.random.shuffle(items)
        fixed_list = place.fixed and not place.may_grow  # then an item must be found, not made
        if not fixed_list or self.generator.random.random() < 0.8:
            items.sort(key=lambda item: -self._score(condition, (*scopes, item)))
        scored = items
        best = scored[0] if scored else None
        related = best is not None and (
            fixed_list or self._score(condition, (*scopes, best)) > 0 or not self._may_add(place)
        )
        item = best if related and self.generator.random.random() < 0.85 else self.another(place)
        if item is not None and item.value is not json_value.ABSENT:
            self.steering.steer(condition, (*scopes, item), wanted=True)

    def _may_add(self, place: DocumentPlace) -> bool:
        most = lengths(place.slot)[1] if place.slot is not None else None
        return place.may_grow and (most is None or len(place.value) < most)

    def _score(self, condition: Condition, scopes: Scopes) -> int:
        """The number of parts of the condition that the item satisfies."""
        parts = condition.parts if isinstance(condition, All) else (condition,)
        return sum(self.steering.holds(part, scopes) for part in parts)

    def _none(self, condition: Condition, place: DocumentPlace, scopes: Scopes, *, holding: bool) -> None:
        """Changes or removes each item for which the condition is true (or false)."""
        least = lengths(place.slot)[0] if place.slot is not None else 0
        for item in reversed(place.items()):
            inside = (*scopes, item)
            if self.steering.holds(condition, inside) is holding:
                if len(place.value) > least and self.generator.random.random() < 0.3:
                    item.drop()
                else:
                    self.steering.steer(condition, inside, wanted=not holding)

    def _count(self, test: Count, place: DocumentPlace, scopes: Scopes, *, wanted: bool) -> None:
        holding = [item for item in place.items() if self.steering.holds(test.where, (*scopes, item))]
        edges = {len(holding), 0, test.least, test.least - 1}
        edges |= {test.most, test.most + 1} if test.most is not None else set()
        legal = [number for number in edges if number >= 0 and self._fulfils(test, number) is wanted]
        if not legal:
            return
        length = min(legal, key=lambda number: (abs(number - len(holding)), number))
        if length - len(holding) > MOST_VALUES:
            self.generator.too_large = True
            return
        for item in reversed(holding[length:]):
            self._less(item, test, place, scopes)
        for _ in range(length - len(holding)):
            item = self.another(place)
            if test.where is not None and item.value is not json_value.ABSENT:
                self.steering.steer(test.where, (*scopes, item), wanted=True)

    def _fulfils(self, test: Count, number: int) -> bool:
        return test.least <= number and (test.most is None or number <= test.most)

    def _less(self, item: DocumentPlace, test: Count, place: DocumentPlace, scopes: Scopes) -> None:
        least = lengths(place.slot)[0] if place.slot is not None else 0
        if test.where is None or (len(place.value) > least and self.generator.random.random() < 0.6):
            item.drop()
        else:
            self.steering.steer(test.where, (*scopes, item), wanted=False)
