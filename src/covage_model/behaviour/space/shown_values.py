"""
What the records of a status may show together: what those of a configuration that an order reaches do.

That is which values of variables, and which tests of the document that guards make hold. A test is left out of a status
in which it may be either way whatever else is so: it tells nothing there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from covage_model.behaviour.space.space import StateSpace
from covage_model.pack.conditions import tree, truth
from covage_model.pack.conditions.tree import identity
from covage_model.pack.model.conditions import Atom, Holds
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.pack import HistoryWay, VariantHistories

_MOST_WAYS = 64  # of a status: a schema prints each
Showing = tuple[bool, ...]  # for each entry of `Lifecycle.shown`, whether the variable has the value


def shown_in(lifecycle: Lifecycle, record: Any) -> Showing:
    """What a record shows."""
    return tuple(
        bool(truth.evaluate(shown.when, lambda atom: truth.holds(atom, (record,)))) for _, shown in lifecycle.shown
    )


def reached(space: StateSpace) -> tuple[tuple[Atom, ...], dict[str, tuple[HistoryWay, ...]]]:
    """
    The tests of the document alone, and by status that an order reaches, each combination in which one does.

    A combination has the truth of each shown value, then of each test: None where the status leaves it out. Statuses
    that no order of the variant reaches are not in it. Of an incomplete table only what is known is said.
    """
    layout, shows = space.layout, showing_bits(space)
    tests = [atom for atom in space.atoms if _is_of_document(atom)]
    bits = sum(map(layout.bits_of, tests))
    found: dict[str, dict[tuple[Showing, int], None]] = {}
    mask = _mask(space) | bits
    for code in sorted({code & mask for code in space.codes}):
        status = layout.state(code).status
        if status is not None:
            found.setdefault(status, {})[shows(code), code & bits] = None
    telling = {status: _telling(ways, space, tests) for status, ways in found.items()}
    kept = [atom for atom in tests if any(layout.bits_of(atom) & told for told in telling.values())]
    return tuple(kept), {
        status: tuple(
            dict.fromkeys(
                (*showing, *(bool(code & bit) if bit & telling[status] else None for bit in map(layout.bits_of, kept)))
                for showing, code in ways
            )
        )
        for status, ways in found.items()
    }


def _is_of_document(atom: Atom) -> bool:
    """Whether it is a test of places of the document and of nothing else."""
    return isinstance(atom, Holds) and all(ref.root in ("order", "item") for ref in tree.references(atom))


def _telling(ways: Iterable[tuple[Showing, int]], space: StateSpace, tests: Sequence[Atom]) -> int:
    """The bits of the tests that some configuration of a status cannot have the other way; 0 if they say too much."""
    bits = sum(map(space.layout.bits_of, tests))
    known, possible = set(ways), {valuation & bits for valuation in space.valuations}
    for bit in map(space.layout.bits_of, tests):
        if all((showing, code ^ bit) in known for showing, code in known if code ^ bit in possible):
            known = {(showing, code & ~bit) for showing, code in known}
            possible = {code & ~bit for code in possible}
            bits &= ~bit
    return bits if len(known) <= _MOST_WAYS else 0


def histories_of(spaces: Iterable[StateSpace]) -> tuple[VariantHistories, ...]:
    """What is known of the records of each variant; nothing of those without a status, or with an incomplete table."""
    return tuple(
        VariantHistories(space.variant.name, *reached(space))
        for space in spaces
        if space.complete and space.lifecycle.status is not None and not space.variant.stand_in
    )


def showing_bits(space: StateSpace) -> Callable[[int], Showing]:
    """What the records of a configuration show, by its code; computed once for each combination of values."""
    layout, shown, mask = space.layout, space.lifecycle.shown, _mask(space) & ~space.layout.state_mask
    known: dict[int, Showing] = {}

    def showing(code: int) -> Showing:
        key = code & mask
        if key not in known:
            values = {variable.name: layout.digits[variable.name].value(code) for variable, _ in shown}
            known[key] = tuple(identity(values[variable.name]) == identity(one.value) for variable, one in shown)
        return known[key]

    return showing


def _mask(space: StateSpace) -> int:
    """The bits of the state and of the variables that records show."""
    mask = space.layout.state_mask
    for variable, _ in space.lifecycle.shown:
        mask |= space.layout.digits[variable.name].mask
    return mask
