"""A configuration: one node of the state space."""

from __future__ import annotations

from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Atom, Scalar


@dataclass(frozen=True, slots=True)
class Configuration:
    """
    A state, the values of the variables, and the truths of the atoms, each in spec order.

    Configurations that differ only by `true` and 1 in a variable are equal in Python, but not for `StateSpace.find`.
    """

    state: str
    variables: tuple[tuple[str, Scalar], ...]
    atoms: tuple[tuple[Atom, bool], ...]

    def truth(self, sought: Atom) -> bool:
        """The truth of an atom. Raises KeyError for an atom that is not in the configuration."""
        wanted = tree.identity(sought)
        for atom, holds in self.atoms:
            if tree.identity(atom) == wanted:
                return holds
        raise KeyError(sought)
