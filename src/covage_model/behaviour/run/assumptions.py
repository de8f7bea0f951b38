"""Which truths must be assumed for a trigger whose guard nobody can decide."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.behaviour.run.step import AtomTruths
from covage_model.behaviour.space import atoms, interpreter
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Atom, Scalar
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.orders import Variant

_LIMIT = 4096  # valuations that are looked at


def needed(
    lifecycle: Lifecycle,
    variant: Variant,
    state: str,
    variables: Mapping[str, Scalar],
    trigger: str,
    truth: interpreter.Truth,
) -> AtomTruths:
    """
    Atoms that `truth` leaves open, with truths under which the trigger is accepted; none can be left out.

    Empty where there are none. True is preferred to false: an atom says that all is well more often than not.
    """

    def accepted(assumed: AtomTruths) -> bool:
        truths = {tree.identity(atom): holds for atom, holds in assumed}

        def known(atom: Atom) -> bool | None:
            observed = truth(atom)
            return truths.get(tree.identity(atom)) if observed is None else observed

        result = interpreter.fire(lifecycle, variant, state, variables, trigger, known)
        return isinstance(result, interpreter.Accepted)

    enough = next(filter(accepted, _valuations(lifecycle, variant, truth)), ())
    return atoms.least(enough, accepted)


def _valuations(lifecycle: Lifecycle, variant: Variant, truth: interpreter.Truth) -> list[AtomTruths]:
    """The ways in which the open atoms can be true together, given the others; those with most truths first."""
    every = atoms.atoms_of(lifecycle)
    known = {number: truth(atom) for number, atom in enumerate(every)}
    last = len(every) - 1
    codes = atoms.valuations(every, variant.match, limit=_LIMIT)[:_LIMIT]
    fitting = [
        code
        for code in codes
        if all(holds is None or bool(code >> last - number & 1) is holds for number, holds in known.items())
    ]
    return [
        tuple((atom, bool(code >> last - number & 1)) for number, atom in enumerate(every) if known[number] is None)
        for code in sorted(fitting, key=lambda code: (-code.bit_count(), code))
    ]
