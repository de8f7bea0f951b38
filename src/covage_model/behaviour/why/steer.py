"""Proposes changes of a document that may make a condition true or false; the caller must try them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from covage_model.behaviour.why.values import values
from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import slot_at_steps
from covage_model.ground import iregexp as patterns
from covage_model.ground import json_value, ordering
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import tree, truth
from covage_model.pack.model.conditions import (
    Among,
    Compare,
    Condition,
    Count,
    DocumentReady,
    Every,
    Holds,
    In,
    Literal,
    Matches,
    Present,
    Range,
    Ref,
    Some,
    Starts,
    Test,
)

Steps = tuple[str | int, ...]
_MOST = 40  # values of the account or of another place that are tried


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """Sets the value at `steps` (names of members, indices of items), or removes it if `value` is ABSENT."""

    steps: Steps
    value: Any = json_value.ABSENT

    def of(self, data: Any) -> Any:
        """
        The document after the change.

        >>> PlaceChange(("a", "c"), 2).of({"a": {"b": 1}}), PlaceChange(("a", 0)).of({"a": [1, 2]})
        ({'a': {'b': 1, 'c': 2}}, {'a': [2]})
        """
        if self.value is json_value.ABSENT:
            return json_value.without(data, self.steps)
        return json_value.placed(data, self.steps, self.value)


@dataclass(frozen=True, slots=True)
class RepairSteering:
    """
    A document, its account, and the scopes of a condition: the paths of the document and of the list items around it.

    The local search of `documents/make` walks a condition by the same `tree.signed` and stays separate: it makes one
    random change in place, also to the account. Here all changes of the document are listed, the likeliest first.
    """

    root: Slot
    data: Any
    account: Any
    scopes: tuple[Steps, ...] = ((),)

    def toward(self, condition: Condition, *, wanted: bool) -> Iterator[PlaceChange]:
        """Changes that may give `condition` the wanted truth."""
        for atom, value in tree.signed(condition, wanted, enter=lambda part, value: self._holds(part) is not value):
            match atom:
                case Holds(ref, test) if ref.root == "account":
                    yield from self._toward_account(ref, test, wanted=value)
                case Holds(ref, test):
                    yield from self._at(self._steps(ref), test, wanted=value)
                    other = test.other if isinstance(test, Compare) else None
                    if isinstance(test, Compare) and isinstance(other, Ref) and other.root != "account":
                        yield from self._at(self._steps(other), tree.mirrored(test, ref), wanted=value)

    def _holds(self, condition: Condition) -> bool:
        if any(isinstance(atom, DocumentReady) for atom in tree.atoms(condition)):
            return False
        return truth.holds(condition, tuple(json_value.at(self.data, steps) for steps in self.scopes), self.account)

    def _steps(self, ref: Ref) -> Steps:
        if ref.root == "item":
            return (*self.scopes[-1], *ref.names)
        level = ref.level if ref.root == "scope" and ref.level < len(self.scopes) else 0
        return (*self.scopes[level], *ref.names)

    def _slot(self, steps: Steps) -> Slot | None:
        return slot_at_steps(self.root, steps)

    def _at(self, steps: Steps, test: Test, *, wanted: bool) -> Iterator[PlaceChange]:
        if isinstance(test, Some | Every | Count):
            yield from self._list(steps, test, wanted=wanted)
            return
        if wanted:
            yield from (PlaceChange(steps, value) for value in self._passing(steps, test))
        if self._may_be_removed(test, wanted=wanted):
            yield PlaceChange(steps)
        if not wanted:
            offered = values(self._slot(steps))
            scopes = tuple(json_value.at(self.data, each) for each in self.scopes)
            yield from (
                PlaceChange(steps, value) for value in offered if not truth.satisfies(test, value, scopes, self.account)
            )

    def _may_be_removed(self, test: Test, *, wanted: bool) -> bool:
        return (isinstance(test, Present) and test.present is not wanted) or (
            not isinstance(test, Present) and not wanted
        )

    def _passing(self, steps: Steps, test: Test) -> Iterator[Any]:
        offered = values(self._slot(steps))
        match test:
            case Literal(value):
                yield value
            case In(several):
                yield from several
            case Starts(prefixes):
                yield from (value for value in offered if truth.satisfies(test, value))
                yield from prefixes
            case Present(True):
                yield from offered
            case Matches(pattern):
                yield from (value for value in offered if truth.satisfies(test, value))
                shortest = patterns.shortest(patterns.parse(pattern))
                yield from () if shortest is None else (shortest,)
            case Range(least, most):
                yield from (bound for bound in (least, most) if bound is not None)
            case Among(ref):
                yield from self._values_at(ref)
            case Compare(_, other):
                known = self._values_at(other) if isinstance(other, Ref) else [other]
                yield from (value for bound in known for value in (bound, *ordering.near(bound)))

    def _values_at(self, ref: Ref) -> list[Any]:
        """The values at a reference, which may cross lists, in the document or the account."""
        start = self.account if ref.root == "account" else json_value.at(self.data, self._steps(replace(ref, names=())))
        return list(json_value.every_value_at(start, ref.names))[:_MOST]

    def _list(self, steps: Steps, test: Some | Every | Count, *, wanted: bool) -> Iterator[PlaceChange]:
        """Changes of a list: an item changed, removed or added, or the list removed."""
        old_value = json_value.at(self.data, steps)
        items = old_value if isinstance(old_value, list) else []
        inside = tree.inside(test)
        for number in range(len(items)):
            below = replace(self, scopes=(*self.scopes, (*steps, number)))
            if inside is not None:
                yield from below.toward(inside, wanted=wanted)
                yield from below.toward(inside, wanted=not wanted) if isinstance(test, Count) else ()
            if len(items) > 1:
                yield PlaceChange(steps, [*items[:number], *items[number + 1 :]])
        slot = self._slot(steps)
        for item in values(slot.items)[:4] if slot is not None and slot.items is not None else []:
            yield PlaceChange(steps, [*items, item])
        yield PlaceChange(steps)

    def _toward_account(self, ref: Ref, test: Test, *, wanted: bool) -> Iterator[PlaceChange]:
        """The account stays. The values that it is compared with are set to values of the account, or removed."""
        if not wanted:
            yield from (PlaceChange(steps) for steps in self._compared(test))
        elif tree.other_side(test) is not None:
            held = list(json_value.every_value_at(self.account, ref.names))[:_MOST]
            if isinstance(test, Compare):
                held += [value for bound in held for value in ordering.near(bound)]
            yield from (PlaceChange(steps, value) for steps in self._compared(test) for value in held)
        elif (inside := tree.inside(test)) is not None:
            for atom in tree.atoms(inside):
                if isinstance(atom, Holds) and atom.ref.root == "item":
                    below = Ref("account", (*ref.names, *atom.ref.names))
                    yield from self._toward_account(below, atom.test, wanted=True)

    def _compared(self, test: Test) -> list[Steps]:
        """The paths of the document that a test of the account compares with."""
        inside = tree.inside(test)
        other = tree.other_side(test)
        refs = [other] if other is not None else [] if inside is None else list(tree.references(inside))
        places = [
            self._steps(ref) for ref in refs if ref.root not in ("account", "item") and ref.level < len(self.scopes)
        ]
        return [spread for place in places for spread in _spread(self.data, place)]


def _spread(data: Any, steps: Steps, before: Steps = ()) -> Iterator[Steps]:
    """The places that a path leads to through the items of lists; only the path itself if it crosses no list."""
    here = json_value.at(data, before)
    if isinstance(here, list) and not (steps and isinstance(steps[0], int)):
        for number in range(len(here)):
            yield from _spread(data, steps, (*before, number))
    elif steps:
        yield from _spread(data, steps[1:], (*before, steps[0]))
    else:
        yield before
