"""
Properties decided over one explored table: every configuration and move, none sampled.

A property says something of all runs. On a finite table each kind comes down to a set of
configurations or moves that must be empty (a counterexample leads there), or must not be (a witness
does). Documents are not looked at here: every valuation of the atoms that is in the table counts.
Where the table is not complete, what was found broken is broken, what was witnessed is witnessed,
and anything else is open.

Sources: [BK] C. Baier, J.-P. Katoen, Principles of Model Checking, MIT Press 2008; [CGP] E. Clarke,
O. Grumberg, D. Peled, Model Checking, MIT Press 1999; [QS] J.-P. Queille, J. Sifakis, Fairness and
Related Properties in Transition Systems, Acta Informatica 19, 1983.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from covage_model.behaviour.space import reach
from covage_model.behaviour.space.reach import Mask
from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.behaviour.verify.masks import both, either, none_but, unknown
from covage_model.behaviour.verify.paths import TablePath, search_from, to_each
from covage_model.pack.model.conditions import All
from covage_model.pack.model.lifecycle import Property


class PropertyOutcome(Enum):
    """What was decided."""

    HOLDS = "holds"
    BROKEN = "broken"
    OPEN = "not decided"


@dataclass(frozen=True, slots=True)
class EvidenceRun:
    """
    A run that shows a verdict, and what makes it do so: after so many moves, to be in that set.

    `read` has the bits of all that the sets depend on; whatever else is true of the documents on
    the way does not matter.
    """

    run: TablePath
    marks: tuple[tuple[int, Mask], ...] = field(repr=False, compare=False)
    read: int = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Possibility:
    """EF `goals` from each of `sources`: what a property that holds depends on, where it says what stays possible."""

    sources: Mask
    goals: Mask


@dataclass(frozen=True, slots=True)
class PropertyVerdict:
    """
    What was decided of one property over one table.

    `shown()` gives the runs that show it, the shortest first: counterexamples where it is broken,
    witnesses where a `sometimes` holds, else none. `possibility()` is there where the property holds
    because something stays possible; any other that holds does so for all runs, or is shown by one.
    """

    prop: Property
    outcome: PropertyOutcome
    shown: Callable[[], Iterator[EvidenceRun]] = field(repr=False, compare=False)
    possibility: Callable[[], Possibility] | None = field(default=None, repr=False, compare=False)


def verdict(space: StateSpace, prop: Property) -> PropertyVerdict:
    """One property decided. It may be of another lifecycle, if it speaks of nothing that this one lacks."""
    return _KINDS[prop.kind](space, prop)


def _never(space: StateSpace, prop: Property) -> PropertyVerdict:
    """
    No reachable configuration satisfies C: an invariant, AG ¬C.

    Every configuration of the table is reachable, and its number is its place in a breadth-first
    search: the first that satisfies C ends a shortest counterexample [BK, 3.3, invariants].
    """
    return _shown_at(space, prop, space.where(prop.conditions[0]), PropertyOutcome.BROKEN)


def _always(space: StateSpace, prop: Property) -> PropertyVerdict:
    """Every reachable configuration satisfies C: AG C, decided as `never` is, of the others [BK, 3.3]."""
    return _shown_at(space, prop, none_but(space.where(prop.conditions[0])), PropertyOutcome.BROKEN)


def _sometimes(space: StateSpace, prop: Property) -> PropertyVerdict:
    """Some reachable configuration satisfies C: EF C; the first of them ends a shortest witness [BK, 6.4]."""
    return _shown_at(space, prop, space.where(prop.conditions[0]), PropertyOutcome.HOLDS)


def _always_possible(space: StateSpace, prop: Property) -> PropertyVerdict:
    """
    From every reachable configuration a run leads to C: AG EF C.

    The configurations that satisfy EF C are those from which C is reached backwards [BK, 6.4; CGP,
    chapter 4]. One of which not all moves are known may lead anywhere.
    """
    goals = either(space.where(prop.conditions[0]), unknown(space))
    lost = none_but(reach.backward(space, goals))
    found = _shown_at(space, prop, lost, PropertyOutcome.BROKEN, read=space.layout.atoms_mask)
    return replace(found, possibility=lambda: Possibility(b"\x01" * len(space), goals))


def _precedes(space: StateSpace, prop: Property) -> PropertyVerdict:
    """
    No B before the first A; both at once holds: ¬E[¬A U (B ∧ ¬A)].

    Searched breadth first from the initial configurations, never entering one that satisfies A: a
    B that is met ends a shortest bad prefix [BK, 3.3 and 6.4].
    """
    first, second = (space.where(condition) for condition in prop.conditions)
    bad = both(second, none_but(first))
    if 1 not in bad:
        return _decided(space, prop, broken=False, shown=_nothing)
    found = search_from(space, reach.mask(space, space.initial), first)

    def shown() -> Iterator[EvidenceRun]:
        without = none_but(first)
        for run in found.runs(bad):
            before = [(place, without) for place in range(len(run.moves))]
            yield EvidenceRun(run, (*before, (len(run.moves), bad)), _read(space, prop))

    return _decided(space, prop, broken=any(bad[number] for number in found.parents), shown=shown)


def _only(space: StateSpace, prop: Property) -> PropertyVerdict:
    """
    Wherever C holds, every move, edits included, is made by one of the actors.

    An invariant of moves: each is looked at once, in the order of a breadth-first search, and the
    first that another makes ends a shortest counterexample [BK, 3.3].
    """
    here = space.where(prop.conditions[0])
    wrong = _made_by_others(space, prop.actors)

    def shown() -> Iterator[EvidenceRun]:
        for number in reach.numbers(here):
            for move in wrong(number):
                moves = (*space.trace(number), move)
                yield EvidenceRun(TablePath(moves[0].source, moves), ((len(moves) - 1, here),), _read(space, prop))

    broken = any(True for number in reach.numbers(here) for _ in wrong(number))
    return _decided(space, prop, broken=broken, shown=shown)


def _made_by_others(space: StateSpace, actors: Sequence[str]) -> Callable[[int], Iterator[Move]]:
    """The moves from a configuration that none of the actors makes. Most have none: their rows alone are read."""
    writer = space.variant.order.written_by
    by_other = [(writer or transition.by) not in actors for transition, _ in space.numbered]

    def wrong(number: int) -> Iterator[Move]:
        row = space.cases[space.offsets[number] : space.offsets[number + 1]]
        editor = space.editor(number) if len(space.valuations) > 1 else None
        if any(by_other[case] for case in row) or (editor is not None and editor not in actors):
            yield from (move for move in space.moves(number) if move.actor not in actors)

    return wrong


def _leads_to(space: StateSpace, prop: Property) -> PropertyVerdict:
    """
    In every strongly fair run A is followed by B: after A and until B, B stays reachable.

    Fair runs take each move that becomes possible again and again, so on a finite table one that
    does not come to B ends in a set that B cannot be reached from: AG (A → fair AF B) holds exactly
    where no such set is met after A and before B [QS; BK, 3.5 and 6.5]. So B is searched
    backwards, and what is pending breadth first from each A, keeping away from B.
    """
    first, second = (space.where(condition) for condition in prop.conditions)
    without = none_but(second)
    lost = none_but(reach.backward(space, either(second, unknown(space))))
    pending = both(first, without)

    def possibility() -> Possibility:
        return Possibility(reach.forward(space, reach.numbers(pending), avoiding=second), second)

    if 1 not in lost or 1 not in pending:
        return replace(_decided(space, prop, broken=False, shown=_nothing), possibility=possibility)
    found = search_from(space, pending, second)

    def shown() -> Iterator[EvidenceRun]:
        for run in found.runs(lost):
            onset = found.onset(run)
            later = [(place, without) for place in range(onset + 1, len(run.moves))]
            yield EvidenceRun(run, ((onset, pending), *later, (len(run.moves), lost)), space.layout.atoms_mask)

    broken = any(lost[number] for number in found.parents)
    return replace(_decided(space, prop, broken=broken, shown=shown), possibility=possibility)


_KINDS: dict[str, Callable[[StateSpace, Property], PropertyVerdict]] = {
    "never": _never,
    "always": _always,
    "sometimes": _sometimes,
    "always_possible": _always_possible,
    "precedes": _precedes,
    "only": _only,
    "leads_to": _leads_to,
}


def _read(space: StateSpace, prop: Property) -> int:
    """The bits that the property's own conditions read."""
    return space.guards.mask(All(prop.conditions))


def _shown_at(
    space: StateSpace, prop: Property, found: Mask, outcome: PropertyOutcome, *, read: int | None = None
) -> PropertyVerdict:
    """A verdict that any of these configurations shows; without one it is the contrary, or open."""
    bits = _read(space, prop) if read is None else read

    def shown() -> Iterator[EvidenceRun]:
        return (EvidenceRun(run, ((len(run.moves), found),), bits) for run in to_each(space, found))

    if outcome is PropertyOutcome.BROKEN:
        return _decided(space, prop, broken=1 in found, shown=shown)
    otherwise = PropertyOutcome.BROKEN if space.complete else PropertyOutcome.OPEN
    return (
        PropertyVerdict(prop, PropertyOutcome.HOLDS, shown)
        if 1 in found
        else PropertyVerdict(prop, otherwise, _nothing)
    )


def _decided(
    space: StateSpace, prop: Property, *, broken: bool, shown: Callable[[], Iterator[EvidenceRun]]
) -> PropertyVerdict:
    if broken:
        return PropertyVerdict(prop, PropertyOutcome.BROKEN, shown)
    return PropertyVerdict(prop, PropertyOutcome.HOLDS if space.complete else PropertyOutcome.OPEN, _nothing)


def _nothing() -> Iterator[EvidenceRun]:
    return iter(())
