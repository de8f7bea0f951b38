"""Where one order can be."""

from __future__ import annotations

from dataclasses import dataclass

from covage_model.pack.conditions import tree
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
        wanted = tree.identity(sought)
        for atom, holds in self.atoms:
            if tree.identity(atom) == wanted:
                return holds
        raise KeyError(sought)
