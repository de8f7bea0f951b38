"""The atoms of a lifecycle: what its conditions ask of the document and the account, and what can be true at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import product
from typing import Any

from covage_model.behaviour.space import exclusion
from covage_model.behaviour.space.situation import is_atom
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Atom, Condition, DocumentReady, Holds, Ref
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.matches import Match


def atoms_of(lifecycle: Lifecycle, *, properties: bool = True) -> tuple[Atom, ...]:
    """Each atom once, in spec order: of guards, then of named conditions, then, unless left out, of properties."""
    found: dict[Hashable, Atom] = {}
    for condition in _conditions(lifecycle, properties=properties):
        for atom in tree.atoms(condition):
            if is_atom(atom):
                found.setdefault(tree.identity(atom), atom)
    return tuple(found.values())


def _conditions(lifecycle: Lifecycle, *, properties: bool) -> Iterator[Condition]:
    for transition in lifecycle.transitions:
        for case in transition.cases:
            yield case.guard
    for condition in lifecycle.conditions:
        yield condition.when
    for prop in lifecycle.properties if properties else ():
        yield from prop.conditions


def least(
    truths: tuple[tuple[Atom, bool], ...], enough: Callable[[tuple[tuple[Atom, bool], ...]], bool]
) -> tuple[tuple[Atom, bool], ...]:
    """A part of `truths` that is still `enough` and of which nothing can be left out; the last are tried first."""
    for number in reversed(range(len(truths))):
        fewer = (*truths[:number], *truths[number + 1 :])
        if enough(fewer):
            truths = fewer
    return truths


def told(atom: Atom, *, holds: bool) -> str:
    """What an atom asks, where it is written, and that it holds or does not."""
    name = f"document: {atom.status}" if isinstance(atom, DocumentReady) else ".".join((atom.ref.root, *atom.ref.names))
    line = "" if atom.origin is None else f" (line {atom.origin.location.line})"
    return f"{name}{line} {'holds' if holds else 'does not hold'}"


def valuations(atoms: Sequence[Atom], match: Iterable[Match], *, limit: int) -> list[int]:
    """
    Every way in which atoms can be true or false together, as bits, the first atom's the highest; ascending.

    Left out are those in which two tests on one path exclude each other, or one excludes an entry
    of `match`. Stops at `limit` and one: there are more than asked for.
    """
    known = [(Ref("order", entry.path), entry.test) for entry in match]
    found = [0]
    for number, atom in enumerate(atoms):
        bits = [bit for bit in (0, 1) if not any(_clashing(each, atom) & {(1, bit)} for each in known)]
        clashes = [
            (number - 1 - place, pairs)
            for place, other in enumerate(atoms[:number])
            if (pairs := _clashing(_place_and_test(other), atom))
        ]
        found = [
            code * 2 + bit
            for code in found
            for bit in bits
            if not any((code >> place & 1, bit) in pairs for place, pairs in clashes)
        ][: limit + 1]
    return found


def _place_and_test(atom: Atom) -> Any:
    return None if isinstance(atom, DocumentReady) else (atom.ref, atom.test)


def _clashing(first: Any, second: Atom) -> set[tuple[int, int]]:
    """The pairs of truths that two tests on one path cannot have."""
    if first is None or not isinstance(second, Holds) or first[0] != second.ref:
        return set()
    return {
        (one, two)
        for one, two in product((0, 1), repeat=2)
        if exclusion.excludes(first[1], bool(one), second.test, bool(two))
    }
