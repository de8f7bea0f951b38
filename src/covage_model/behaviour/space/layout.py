"""The encoding of a configuration as one integer: the state's number, each variable's, and a bit for each atom."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.memory import carried
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions.tree import identity, reads_account_alone
from covage_model.pack.model.conditions import Atom, Scalar
from covage_model.pack.model.lifecycle import Lifecycle, State


@dataclass(frozen=True, slots=True)
class Digit:
    """The bits of a code that encode a variable: those of `mask`, the lowest at `shift`; `values` in encoding order."""

    shift: int
    values: tuple[Scalar, ...]
    mask: int

    def value(self, code: int) -> Scalar:
        """The variable's value in a configuration."""
        return self.values[(code & self.mask) >> self.shift]

    def bits(self, value: Scalar) -> int:
        """The bits that encode `value`. Raises ValueError if the variable cannot have it."""
        for number, each in enumerate(self.values):
            if json_value.equal(each, value):
                return number << self.shift
        raise ValueError(value)


@dataclass(frozen=True, slots=True)
class Layout:
    """The position of each part of a configuration in its code. The order of codes is the spec order of the parts."""

    states: tuple[State, ...]
    numbers: Mapping[str, int]  # of the states
    digits: Mapping[str, Digit]  # of the variables
    atoms: tuple[Atom, ...]
    bits: Mapping[Hashable, int]  # of the atoms, by their identity
    kept: int  # the bits of the atoms that an edit cannot change: those that read the account alone
    state_shift: int

    def state(self, code: int) -> State:
        """The resting state of a configuration."""
        return self.states[code >> self.state_shift]

    def variables(self, code: int, mask: int = -1) -> dict[str, Scalar]:
        """Each variable's value, in spec order; with a mask, only variables whose bits are in it."""
        return {name: digit.value(code) for name, digit in self.digits.items() if not digit.mask & ~mask}

    def atom(self, code: int, atom: Atom) -> bool:
        """The truth of an atom. Raises KeyError if no guard, named condition or property mentions it."""
        return bool(code & self.bits_of(atom))

    def bits_of(self, atom: Atom) -> int:
        """The bit of an atom. Raises KeyError as `atom` does."""
        return self.bits[identity(atom)]

    def configuration(self, code: int) -> Configuration:
        """The configuration that a code encodes."""
        atoms = tuple((atom, self.atom(code, atom)) for atom in self.atoms)
        return Configuration(self.state(code).name, tuple(self.variables(code).items()), atoms)

    def code(self, configuration: Configuration) -> int:
        """The code of a configuration. Raises KeyError or ValueError if it has a name or value of another lifecycle."""
        code = self.numbers[configuration.state] << self.state_shift
        code |= sum(self.digits[name].bits(value) for name, value in configuration.variables)
        return code | sum(self.bits[identity(atom)] for atom, holds in configuration.atoms if holds)

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
    """The smallest layout in whole bits for the states, the variables and these atoms."""
    shift, digits = len(atoms), {}
    variables = carried(lifecycle)
    for variable in reversed(variables):
        width = _width(len(variable.values))
        digits[variable.name] = Digit(shift, variable.values, (1 << width) - 1 << shift)
        shift += width
    bits = {identity(atom): 1 << len(atoms) - 1 - place for place, atom in enumerate(atoms)}
    return Layout(
        states=lifecycle.resting,
        numbers={state.name: number for number, state in enumerate(lifecycle.resting)},
        digits={variable.name: digits[variable.name] for variable in variables},
        atoms=atoms,
        bits=bits,
        kept=sum(bits[identity(atom)] for atom in atoms if reads_account_alone(atom)),
        state_shift=shift,
    )


def _width(count: int) -> int:
    return (count - 1).bit_length()
