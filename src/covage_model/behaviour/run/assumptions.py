"""The truths that must be assumed so that a trigger with an undecided guard is accepted."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.behaviour.run.step import AtomTruths
from covage_model.behaviour.space import atoms, interpreter
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Atom, Scalar
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.orders import Variant

_LIMIT = 4096  # valuations that are tried


def needed(
    lifecycle: Lifecycle,
    variant: Variant,
    state: str,
    variables: Mapping[str, Scalar],
    trigger: str,
    truth: interpreter.Truth,
) -> AtomTruths:
    """
    A minimal set of undecided atoms with truths under which the trigger is accepted; empty if there is none.

    Valuations with more true atoms are tried first: an atom usually says that all is well.
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
    """The valuations of the undecided atoms that agree with the decided ones; those with most true atoms first."""
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
