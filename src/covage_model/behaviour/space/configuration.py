"""Where one order can be."""

from __future__ import annotations

from dataclasses import dataclass

from covage_model.behaviour.space import atoms as atom_room
from covage_model.pack.model.conditions import Atom, Scalar


@dataclass(frozen=True, slots=True)
class Configuration:
    """
    State × variables × truth of the atoms, each in spec order.

    Python's `==` takes `true` for 1 in variables; `StateSpace.find` does not.
    """

    state: str
    variables: tuple[tuple[str, Scalar], ...]
    atoms: tuple[tuple[Atom, bool], ...]

    def truth(self, sought: Atom) -> bool:
        """The truth of that atom here. Raises KeyError where it is none of the atoms."""
        wanted = atom_room.identity(sought)
        for atom, holds in self.atoms:
            if atom_room.identity(atom) == wanted:
                return holds
        raise KeyError(sought)
