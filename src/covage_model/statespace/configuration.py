"""Where one order can be."""

from __future__ import annotations

from dataclasses import dataclass

from covage_model.model.conditions import Leaf, Scalar
from covage_model.statespace import atoms as atom_room


@dataclass(frozen=True, slots=True)
class Configuration:
    """
    State × variables × truth of the atoms, each in spec order.

    Python's `==` takes `true` for 1 in variables; `StateSpace.find` does not.
    """

    state: str
    variables: tuple[tuple[str, Scalar], ...]
    atoms: tuple[tuple[Leaf, bool], ...]

    def truth(self, leaf: Leaf) -> bool:
        """The truth of that atom here. Raises KeyError where it is none of the atoms."""
        wanted = atom_room.identity(leaf)
        for atom, holds in self.atoms:
            if atom_room.identity(atom) == wanted:
                return holds
        raise KeyError(leaf)
