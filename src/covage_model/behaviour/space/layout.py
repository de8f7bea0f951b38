"""A configuration as one integer: the state's number, then each variable's, then a bit for each atom."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from covage_model.behaviour.space.configuration import Configuration
from covage_model.ground import json_value
from covage_model.pack.conditions.tree import identity, reads_account_alone
from covage_model.pack.model.conditions import Atom, Scalar
from covage_model.pack.model.lifecycle import Lifecycle, State


@dataclass(frozen=True, slots=True)
class Digit:
    """The bits of a code that say which of its values a variable has: those of `mask`, the lowest at `shift`."""

    shift: int
    values: tuple[Scalar, ...]
    mask: int

    def value(self, code: int) -> Scalar:
        """The variable's value in that configuration."""
        return self.values[(code & self.mask) >> self.shift]

    def bits(self, value: Scalar) -> int:
        """The code of `value` alone. Raises ValueError where the variable cannot have it."""
        for number, each in enumerate(self.values):
            if json_value.equal(each, value):
                return number << self.shift
        raise ValueError(value)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each part of a configuration stands in its code: codes compare as configurations do in spec order."""

    states: tuple[State, ...]
    numbers: Mapping[str, int]  # of the states
    digits: Mapping[str, Digit]  # of the variables
    atoms: tuple[Atom, ...]
    bits: Mapping[Hashable, int]  # of the atoms, by their identity
    kept: int  # the bits of the atoms that no edit changes
    state_shift: int

    def state(self, code: int) -> State:
        """The resting state of that configuration."""
        return self.states[code >> self.state_shift]

    def variables(self, code: int, mask: int = -1) -> dict[str, Scalar]:
        """Each variable's value, in spec order; with a mask, of those alone whose bits are in it."""
        return {name: digit.value(code) for name, digit in self.digits.items() if not digit.mask & ~mask}

    def atom(self, code: int, atom: Atom) -> bool:
        """The truth of an atom. Raises KeyError where no guard, named condition or property mentions it."""
        return bool(code & self.bits_of(atom))

    def bits_of(self, atom: Atom) -> int:
        """The bit of an atom. Raises KeyError as `atom` does."""
        return self.bits[identity(atom)]

    def configuration(self, code: int) -> Configuration:
        """What the code stands for."""
        atoms = tuple((variant, self.atom(code, variant)) for variant in self.atoms)
        return Configuration(self.state(code).name, tuple(self.variables(code).items()), atoms)

    def code(self, configuration: Configuration) -> int:
        """The inverse. Raises KeyError or ValueError for what this lifecycle does not know."""
        code = self.numbers[configuration.state] << self.state_shift
        code |= sum(self.digits[name].bits(value) for name, value in configuration.variables)
        return code | sum(self.bits[identity(variant)] for variant, holds in configuration.atoms if holds)

    @property
    def atoms_mask(self) -> int:
        """The bits of all atoms."""
        return (1 << len(self.atoms)) - 1

    @property
    def edits_mask(self) -> int:
        """The bits of the atoms that edits can change."""
        return self.atoms_mask & ~self.kept

    @property
    def state_mask(self) -> int:
        """The bits of the state."""
        return (1 << _width(len(self.states))) - 1 << self.state_shift


def layout_of(lifecycle: Lifecycle, atoms: tuple[Atom, ...]) -> Layout:
    """Room for every state, variable and atom, and none to spare but what whole bits cost."""
    shift, digits = len(atoms), {}
    for variable in reversed(lifecycle.variables):
        width = _width(len(variable.values))
        digits[variable.name] = Digit(shift, variable.values, (1 << width) - 1 << shift)
        shift += width
    bits = {identity(atom): 1 << len(atoms) - 1 - place for place, atom in enumerate(atoms)}
    return Layout(
        states=lifecycle.resting,
        numbers={state.name: number for number, state in enumerate(lifecycle.resting)},
        digits={variable.name: digits[variable.name] for variable in lifecycle.variables},
        atoms=atoms,
        bits=bits,
        kept=sum(bits[identity(atom)] for atom in atoms if reads_account_alone(atom)),
        state_shift=shift,
    )


def _width(count: int) -> int:
    return (count - 1).bit_length()
