"""Faulty configurations: which one to report, and whether the fault depends on the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from covage_model.behaviour.space import atoms
from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.classes import dataclass
from covage_model.pack.model.conditions import Atom


@dataclass(frozen=True, slots=True)
class Fault:
    """
    The faulty configuration of a variant that is reported.

    `differing` has the atoms, with their truths there, that differ from a sound
    configuration with the same state and variables. It is empty if there is none: then it is a fault
    for every document.
    """

    variant: str
    space: StateSpace
    number: int
    differing: tuple[tuple[Atom, bool], ...]

    def arguments(self) -> dict[str, Any]:
        """The arguments of a finding: the configuration and the path to it."""
        here = self.space.configuration(self.number)
        arguments: dict[str, Any] = {
            "state": here.state,
            "lifecycle": self.space.lifecycle.name,
            "trace": [move.trigger for move in self.space.trace(self.number)],
            "variables": dict(here.variables),
        }
        if self.differing:
            arguments["atoms"] = [atoms.atom_text(atom, holds=holds) for atom, holds in self.differing]
        return arguments


def by_state(space: StateSpace, numbers: Sequence[int]) -> dict[str, list[int]]:
    """Groups configurations by their state."""
    by_name: dict[str, list[int]] = {}
    for number in numbers:
        by_name.setdefault(space.state(number), []).append(number)
    return by_name


def fault(variant: str, space: StateSpace, numbers: Sequence[int]) -> Fault:
    """The first fault that does not depend on the document, else the first; `numbers` must ascend."""
    width = len(space.atoms)
    without_atoms = {space.codes[number] >> width: number for number in reversed(numbers)}
    sound: dict[int, list[int]] = {rest: [] for rest in without_atoms}
    faulty = set(numbers)
    for number, code in enumerate(space.codes):
        if code >> width in sound and number not in faulty:
            sound[code >> width].append(code)
    certain = [number for rest, number in without_atoms.items() if not sound[rest]]
    if certain:
        return Fault(variant, space, min(certain), ())
    number = numbers[0]
    return Fault(variant, space, number, _difference(space, number, sound[space.codes[number] >> width]))


def _difference(space: StateSpace, number: int, sound: Sequence[int]) -> tuple[tuple[Atom, bool], ...]:
    code = space.codes[number]
    nearest = min(sound, key=lambda other: ((code ^ other).bit_count(), other))
    return tuple(
        (atom, space.layout.atom(code, atom))
        for atom in space.atoms
        if space.layout.atom(code, atom) != space.layout.atom(nearest, atom)
    )


def worst(faults: Sequence[Fault]) -> tuple[Fault, list[str]]:
    """The fault of several variants to report, and the variants that have one of its kind."""
    candidates = [fault for fault in faults if not fault.differing] or list(faults)
    shown = min(candidates, key=lambda fault: (len(fault.space.trace(fault.number)), fault.variant))
    return shown, sorted(fault.variant for fault in candidates)


def per_state(faulty: Mapping[str, tuple[StateSpace, Sequence[int]]]) -> Iterator[tuple[str, Fault, list[str]]]:
    """For each state with faulty configurations in some variant: the fault to report, and the variants."""
    faults: dict[str, list[Fault]] = {}
    for variant, (space, numbers) in faulty.items():
        for state, numbers_there in by_state(space, numbers).items():
            faults.setdefault(state, []).append(fault(variant, space, numbers_there))
    for state, of_state in faults.items():
        yield state, *worst(of_state)
