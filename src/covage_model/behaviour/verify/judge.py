"""
Decides properties over one explored table. Every configuration and move is looked at; nothing is sampled.

A property is about all runs. On a finite table, each kind reduces to a set of
configurations or moves that must be empty (a counterexample leads into it), or must not be (a witness
does). Documents are not considered here: every valuation in the table counts.
In an incomplete table a counterexample or a witness that was found is valid,
and any other verdict is open.

Sources: [BK] C. Baier, J.-P. Katoen, Principles of Model Checking, MIT Press 2008; [CGP] E. Clarke,
O. Grumberg, D. Peled, Model Checking, MIT Press 1999; [QS] J.-P. Queille, J. Sifakis, Fairness and
Related Properties in Transition Systems, Acta Informatica 19, 1983.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from covage_model.behaviour.space import reach
from covage_model.behaviour.space.masks import both, either, none_but, unknown
from covage_model.behaviour.space.reach import Mask
from covage_model.behaviour.space.space import StateSpace
from covage_model.behaviour.verify.fairness import fair_moves
from covage_model.behaviour.verify.judge_moves import made_by_others, verdict_on_moves, with_loop
from covage_model.behaviour.verify.moved import reads_moves
from covage_model.behaviour.verify.paths import TablePath, search_from, to_each
from covage_model.behaviour.verify.verdicts import EvidenceRun as EvidenceRun
from covage_model.behaviour.verify.verdicts import Possibility as Possibility
from covage_model.behaviour.verify.verdicts import PropertyOutcome as PropertyOutcome
from covage_model.behaviour.verify.verdicts import PropertyVerdict as PropertyVerdict
from covage_model.behaviour.verify.verdicts import decided, nothing_shown
from covage_model.pack.model.conditions import All
from covage_model.pack.model.lifecycle import Property


def verdict(space: StateSpace, prop: Property) -> PropertyVerdict:
    """Decides one property. It may come from another lifecycle if all its names exist in this one."""
    if any(map(reads_moves, prop.conditions)):
        return verdict_on_moves(space, prop)
    return _KINDS[prop.kind](space, prop)


def _never(space: StateSpace, prop: Property) -> PropertyVerdict:
    """
    No reachable configuration satisfies C: an invariant, AG ¬C.

    Every configuration of the table is reachable, and its number is its place in a breadth-first
    search: the first that satisfies C ends a shortest counterexample [BK, 3.3, invariants].
    """
    return _shown_at(space, prop, space.where(prop.conditions[0]), PropertyOutcome.BROKEN)


def _always(space: StateSpace, prop: Property) -> PropertyVerdict:
    """Every reachable configuration satisfies C: AG C, decided as `never` with the complement [BK, 3.3]."""
    return _shown_at(space, prop, none_but(space.where(prop.conditions[0])), PropertyOutcome.BROKEN)


def _sometimes(space: StateSpace, prop: Property) -> PropertyVerdict:
    """Some reachable configuration satisfies C: EF C; the first of them ends a shortest witness [BK, 6.4]."""
    return _shown_at(space, prop, space.where(prop.conditions[0]), PropertyOutcome.HOLDS)


def _always_possible(space: StateSpace, prop: Property) -> PropertyVerdict:
    """
    From every reachable configuration, C is reachable: AG EF C.

    EF C holds in the configurations that a backward search from C reaches [BK, 6.4; CGP,
    chapter 4]. A configuration with unknown moves may lead anywhere.
    """
    goals = either(space.where(prop.conditions[0]), unknown(space))
    lost = none_but(reach.backward(space, goals))
    property_verdict = _shown_at(space, prop, lost, PropertyOutcome.BROKEN, read=space.layout.atoms_mask)
    return replace(property_verdict, possibility=lambda: Possibility(b"\x01" * len(space), goals))


def _precedes(space: StateSpace, prop: Property) -> PropertyVerdict:
    """
    No B before the first A; both at once is allowed: ¬E[¬A U (B ∧ ¬A)].

    A breadth-first search from the initial configurations that never enters A: the first
    B that it reaches ends a shortest bad prefix [BK, 3.3 and 6.4].
    """
    first, second = (space.where(condition) for condition in prop.conditions)
    bad = both(second, none_but(first))
    if 1 not in bad:
        return decided(space, prop, broken=False, shown=nothing_shown)
    tree = search_from(space, reach.mask(space, space.initial), first)

    def shown() -> Iterator[EvidenceRun]:
        not_first = none_but(first)
        for run in tree.runs(bad):
            before = [(place, not_first) for place in range(len(run.moves))]
            yield EvidenceRun(run, (*before, (len(run.moves), bad)), _read(space, prop))

    return decided(space, prop, broken=any(bad[number] for number in tree.parents), shown=shown)


def _only(space: StateSpace, prop: Property) -> PropertyVerdict:
    """
    Where C holds, every move, edits included, is made by one of the actors, whoever of its own makes it.

    An invariant of moves. They are checked in the order of a breadth-first search; the
    first move by another actor ends a shortest counterexample [BK, 3.3].
    """
    here = space.where(prop.conditions[0])
    wrong = made_by_others(space, prop.actors)

    def shown() -> Iterator[EvidenceRun]:
        for number in reach.numbers(here):
            for move in wrong(number):
                moves = (*space.trace(number), move)
                yield EvidenceRun(TablePath(moves[0].source, moves), ((len(moves) - 1, here),), _read(space, prop))

    broken = any(True for number in reach.numbers(here) for _ in wrong(number))
    return decided(space, prop, broken=broken, shown=shown)


def _leads_to(space: StateSpace, prop: Property) -> PropertyVerdict:
    """
    In every strongly fair run, A is followed by B: AG (A → fair AF B).

    A strongly fair run takes each move that is enabled infinitely often. On a finite table, such a run
    misses B only if it enters a set from which B is unreachable. So the property holds exactly if
    no such set is entered after A and before B [QS; BK, 3.5 and 6.5]. B is searched
    backwards, then a breadth-first search from each A looks for such a set without entering B.

    Where only some moves are fair (`assuming`), B is searched backwards over these alone: see `fairness`.
    """
    first, second = (space.where(condition) for condition in prop.conditions)
    not_second = none_but(second)
    fair = None if prop.assuming is None else fair_moves(space, prop.assuming)
    goals = either(second, unknown(space))
    lost = none_but(reach.backward(space, goals) if fair is None else fair.backward(space, goals))
    pending = both(first, not_second)

    def possibility() -> Possibility:
        return Possibility(reach.forward(space, reach.numbers(pending), avoiding=second), second, fair)

    if 1 not in lost or 1 not in pending:
        return replace(decided(space, prop, broken=False, shown=nothing_shown), possibility=possibility)
    tree = search_from(space, pending, second)

    def shown() -> Iterator[EvidenceRun]:
        for run in tree.runs(lost):
            onset = tree.onset(run)
            later = [(place, not_second) for place in range(onset + 1, len(run.moves))]
            shown = EvidenceRun(run, ((onset, pending), *later, (len(run.moves), lost)), space.layout.atoms_mask)
            yield shown if fair is None else with_loop(space, shown, fair, lost)

    broken = any(lost[number] for number in tree.parents)
    return replace(decided(space, prop, broken=broken, shown=shown), possibility=possibility)


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
    """The bits that the property's conditions read."""
    return space.guards.mask(All(prop.conditions))


def _shown_at(
    space: StateSpace, prop: Property, configurations: Mask, outcome: PropertyOutcome, *, read: int | None = None
) -> PropertyVerdict:
    """The verdict `outcome` if the set has a member, shown by a run to it; else the opposite verdict, or open."""
    bits = _read(space, prop) if read is None else read

    def shown() -> Iterator[EvidenceRun]:
        return (EvidenceRun(run, ((len(run.moves), configurations),), bits) for run in to_each(space, configurations))

    if outcome is PropertyOutcome.BROKEN:
        return decided(space, prop, broken=1 in configurations, shown=shown)
    otherwise = PropertyOutcome.BROKEN if space.complete else PropertyOutcome.OPEN
    return (
        PropertyVerdict(prop, PropertyOutcome.HOLDS, shown)
        if 1 in configurations
        else PropertyVerdict(prop, otherwise, nothing_shown)
    )
