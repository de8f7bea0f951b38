"""Configurations that should not be: the one to show, and whether it hangs on what the document says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from covage_model.behaviour.space import atoms
from covage_model.behaviour.space.space import StateSpace
from covage_model.pack.model.conditions import Atom


@dataclass(frozen=True, slots=True)
class Fault:
    """
    The first of some faulty configurations of a variant.

    `differing` are the atoms, with their truth there, that make the difference to a sound
    configuration alike in state and variables; none where there is no such: it is a fault
    whatever the document says.
    """

    variant: str
    space: StateSpace
    number: int
    differing: tuple[tuple[Atom, bool], ...]

    def arguments(self) -> dict[str, Any]:
        """Where it is and how an order comes there, for a finding."""
        here = self.space.configuration(self.number)
        found: dict[str, Any] = {
            "state": here.state,
            "lifecycle": self.space.lifecycle.name,
            "trace": [move.trigger for move in self.space.trace(self.number)],
            "variables": dict(here.variables),
        }
        if self.differing:
            found["atoms"] = [atoms.atom_text(atom, holds=holds) for atom, holds in self.differing]
        return found


def by_state(space: StateSpace, numbers: Sequence[int]) -> dict[str, list[int]]:
    """Configurations by the state that they rest in."""
    found: dict[str, list[int]] = {}
    for number in numbers:
        found.setdefault(space.state(number), []).append(number)
    return found


def fault(variant: str, space: StateSpace, numbers: Sequence[int]) -> Fault:
    """The first fault that no document avoids, else the first; `numbers` ascend."""
    width = len(space.atoms)
    rests = {space.codes[number] >> width: number for number in reversed(numbers)}
    alike: dict[int, list[int]] = {rest: [] for rest in rests}
    faulty = set(numbers)
    for number, code in enumerate(space.codes):
        if code >> width in alike and number not in faulty:
            alike[code >> width].append(code)
    certain = [number for rest, number in rests.items() if not alike[rest]]
    if certain:
        return Fault(variant, space, min(certain), ())
    number = numbers[0]
    return Fault(variant, space, number, _difference(space, number, alike[space.codes[number] >> width]))


def _difference(space: StateSpace, number: int, sound: Sequence[int]) -> tuple[tuple[Atom, bool], ...]:
    code = space.codes[number]
    nearest = min(sound, key=lambda other: ((code ^ other).bit_count(), other))
    return tuple(
        (atom, space.layout.atom(code, atom))
        for atom in space.atoms
        if space.layout.atom(code, atom) != space.layout.atom(nearest, atom)
    )


def worst(faults: Sequence[Fault]) -> tuple[Fault, list[str]]:
    """Of the faults of several leaves the one to show, and the variants that have one like it."""
    certain = [one for one in faults if not one.differing] or list(faults)
    shown = min(certain, key=lambda one: (len(one.space.trace(one.number)), one.variant))
    return shown, sorted(one.variant for one in certain)


def per_state(found: Mapping[str, tuple[StateSpace, Sequence[int]]]) -> Iterator[tuple[str, Fault, list[str]]]:
    """For each state with faulty configurations in some variant: the fault to show, and the variants."""
    faults: dict[str, list[Fault]] = {}
    for variant, (space, numbers) in found.items():
        for state, here in by_state(space, numbers).items():
            faults.setdefault(state, []).append(fault(variant, space, here))
    for state, ones in faults.items():
        yield state, *worst(ones)
