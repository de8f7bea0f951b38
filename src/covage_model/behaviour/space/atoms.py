"""The atoms of a lifecycle: the tests of the document and the account in its conditions, and their valuations."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any

from covage_model.behaviour.space import exclusion
from covage_model.behaviour.space.comparisons import ComparedPair, compared_pairs
from covage_model.behaviour.space.one_place import PlaceTests
from covage_model.behaviour.space.situation import is_atom
from covage_model.ground.classes import dataclass
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Atom, Compare, Condition, DocumentReady, Holds, Present, Ref, Test
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.matches import Match

_HERE = Present(present=True)


def atoms_of(lifecycle: Lifecycle, *, properties: bool = True) -> tuple[Atom, ...]:
    """Each atom once, in spec order: those of guards, of named conditions, and, if wanted, of properties."""
    atoms: dict[Hashable, Atom] = {}
    for condition in _conditions(lifecycle, properties=properties):
        for atom in tree.atoms(condition):
            if is_atom(atom):
                atoms.setdefault(tree.identity(atom), atom)
    return tuple(atoms.values())


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
    """A minimal part of `truths` that is still `enough`. Removals are tried one by one, from the last to the first."""
    for number in reversed(range(len(truths))):
        fewer = (*truths[:number], *truths[number + 1 :])
        if enough(fewer):
            truths = fewer
    return truths


def atom_text(atom: Atom, *, holds: bool) -> str:
    """An atom with its truth, as a text: what it tests, its line, and whether it holds."""
    name = f"document: {atom.status}" if isinstance(atom, DocumentReady) else dotted((atom.ref.root, *atom.ref.names))
    line = "" if atom.origin is None else f" (line {atom.origin.location.line})"
    return f"{name}{line} {'holds' if holds else 'does not hold'}"


def valuations(atoms: Sequence[Atom], match: Iterable[Match], *, limit: int) -> list[int]:
    """
    The valuations of the atoms as bit codes, ascending. The first atom has the highest bit.

    A valuation is left out if no value passes the tests of its path as it says, the entries of `match` included, or
    if no two values stand to each other as its comparisons of them say. At most `limit` + 1 are returned: one more
    than `limit` shows that there are too many.
    """
    fixed = [(Ref("order", entry.path), entry.test) for entry in match]
    places = dict(_places(atoms, fixed))
    pairs_of = {number: (pair, place) for pair in compared_pairs(atoms) for place, number in enumerate(pair.numbers)}
    codes = [0]
    for number, atom in enumerate(atoms):
        truths = [value for value in (0, 1) if not any(_clashing(entry, atom) & {(1, value)} for entry in fixed)]
        clashes = [
            (number - 1 - place, pairs)
            for place, other in enumerate(atoms[:number])
            if (pairs := _clashing(_place_and_test(other), atom))
        ]
        codes = [
            code * 2 + value
            for code in codes
            for value in truths
            if not any((code >> place & 1, value) in pairs for place, pairs in clashes)
            and (number not in places or places[number].possible(number, code * 2 + value))
            and (number not in pairs_of or _stand(*pairs_of[number], number, code * 2 + value))
        ][: limit + 1]
    return codes


@dataclass(frozen=True, slots=True)
class _Place:
    """Atoms on one path up to one of them, by number, with all tests of the path; the first `fixed` are a match's."""

    numbers: tuple[int, ...]
    tests: PlaceTests
    fixed: int

    def possible(self, number: int, code: int) -> bool:
        """Whether some value gives these atoms their truths in a code of atoms up to `number`."""
        return self.tests.possible((True,) * self.fixed + tuple(bool(code >> (number - n) & 1) for n in self.numbers))


def _places(atoms: Sequence[Atom], fixed: Sequence[tuple[Ref, Test]]) -> Iterator[tuple[int, _Place]]:
    """By number: the tests of each path that says more than one test which may hold or not."""
    by_path: dict[Ref, list[tuple[int, Test]]] = {}
    for number, atom in enumerate(atoms):
        if isinstance(atom, Holds):
            by_path.setdefault(atom.ref, []).append((number, atom.test))
    for path, found in by_path.items():
        given = [test for ref, test in fixed if ref == path]
        tests = PlaceTests([*given, *(test for _, test in found)])
        if not given and len(found) == 1 and tests.possible((True,)) and tests.possible((False,)):
            continue
        for place, (number, _) in enumerate(found):
            yield number, _Place(tuple(each for each, _ in found[: place + 1]), tests, len(given))


def _stand(pair: ComparedPair, place: int, number: int, code: int) -> bool:
    """Whether the comparisons of a pair up to that place can have the truths in a code of atoms up to `number`."""
    return pair.possible([bool(code >> (number - other) & 1) for other in pair.numbers[: place + 1]])


def _place_and_test(atom: Atom) -> Any:
    return None if isinstance(atom, DocumentReady) else (atom.ref, atom.test)


def _clashing(first: Any, second: Atom) -> set[tuple[int, int]]:
    """The pairs of truths that exclude each other where one atom compares with the path of the other."""
    if first is None or not isinstance(second, Holds) or first[0] == second.ref:
        return set()
    return _needing(first, second)


def _needing(first: tuple[Ref, Test], second: Holds) -> set[tuple[int, int]]:
    """As `_clashing`, for a comparison and a test of its other side, which is there where the comparison holds."""
    ref, test = first
    if tree.other_side(second.test) == ref and isinstance(second.test, Compare):
        return {(truth, 1) for truth in (0, 1) if _is_absent(test, bool(truth))}
    if tree.other_side(test) == second.ref and isinstance(test, Compare):
        return {(1, truth) for truth in (0, 1) if _is_absent(second.test, bool(truth))}
    return set()


def _is_absent(test: Test, holds: bool) -> bool:  # noqa: FBT001  a truth, beside its test
    """Whether a test with that truth says that there is no value."""
    return exclusion.excludes(test, holds, _HERE, True)  # noqa: FBT003  a truth, beside its test
