"""
Decides properties with a condition that is judged on moves: one that tests `event` or `trigger`.

Such a condition is judged after each move of a run: on the move, and on the configuration to which it leads; in `only`
on the move and the configuration in which it is made. At the start no move was made: there it holds if it holds
whatever led there. The kinds mean what they mean in `judge`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from covage_model.behaviour.space import reach
from covage_model.behaviour.space.masks import both, either, none_but, unknown
from covage_model.behaviour.space.reach import Mask
from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.behaviour.verify.fairness import FairMoves, fair_moves, lasso
from covage_model.behaviour.verify.marked_runs import MarkedRuns, marked_runs
from covage_model.behaviour.verify.moved import JudgedCondition
from covage_model.behaviour.verify.paths import TablePath
from covage_model.behaviour.verify.verdicts import (
    EvidenceRun,
    Possibility,
    PropertyOutcome,
    PropertyVerdict,
    decided,
    nothing_shown,
)
from covage_model.pack.model.conditions import Condition, Not
from covage_model.pack.model.lifecycle import Property

PLAIN, OWED, WRONG = 0, 1, 2  # marks of a run so far


def verdict_on_moves(space: StateSpace, prop: Property) -> PropertyVerdict:
    """Decides one property of which a condition is judged on moves."""
    return _KINDS[prop.kind](space, prop)


def _never(space: StateSpace, prop: Property) -> PropertyVerdict:
    shown = partial(_runs_to, space, prop.conditions[0])
    return decided(space, prop, broken=any(True for _ in shown()), shown=shown)


def _always(space: StateSpace, prop: Property) -> PropertyVerdict:
    shown = partial(_runs_to, space, Not(prop.conditions[0]))
    return decided(space, prop, broken=any(True for _ in shown()), shown=shown)


def _sometimes(space: StateSpace, prop: Property) -> PropertyVerdict:
    shown = partial(_runs_to, space, prop.conditions[0])
    if any(True for _ in shown()):
        return PropertyVerdict(prop, PropertyOutcome.HOLDS, shown)
    outcome = PropertyOutcome.BROKEN if space.complete else PropertyOutcome.OPEN
    return PropertyVerdict(prop, outcome, nothing_shown)


def _runs_to(space: StateSpace, condition: Condition) -> Iterator[EvidenceRun]:
    """A shortest run to each start, and with each last move, after which the condition holds; the shortest first."""
    judged = JudgedCondition(space, condition)
    for number in space.initial:
        if judged.unmoved[number]:
            yield EvidenceRun(TablePath(number, ()), ((0, judged.unmoved),), judged.read)
    for move in judged.moves():
        run = _ending_with(space, move)
        yield EvidenceRun(run, ((len(run.moves), judged.of(move)),), judged.read)


def _ending_with(space: StateSpace, move: Move) -> TablePath:
    moves = (*space.trace(move.source), move)
    return TablePath(moves[0].source, moves)


def _always_possible(space: StateSpace, prop: Property) -> PropertyVerdict:
    """Wherever a run is, C holds there, or a move after which it holds can be reached."""
    judged = JudgedCondition(space, prop.conditions[0])
    goals = either(either(_before(space, judged), judged.unmoved), unknown(space))
    lost = none_but(reach.backward(space, goals))

    def missed() -> Iterator[tuple[TablePath, Mask]]:
        yield from ((TablePath(number, ()), lost) for number in space.initial if lost[number])
        for move in JudgedCondition(space, Not(prop.conditions[0])).moves() if 1 in lost else ():
            if lost[move.target]:
                yield _ending_with(space, move), both(lost, none_but(judged.of(move)))

    def shown() -> Iterator[EvidenceRun]:
        return (EvidenceRun(run, ((len(run.moves), mask),), space.layout.atoms_mask) for run, mask in missed())

    def possibility() -> Possibility:
        sure = either(_before(space, judged, edits=False), judged.unmoved)
        pending = reach.mask(space, space.initial)
        for move in JudgedCondition(space, Not(prop.conditions[0])).moves():
            pending[move.target] = 1
        return Possibility(pending, sure)

    return replace(decided(space, prop, broken=any(True for _ in missed()), shown=shown), possibility=possibility)


def _before(
    space: StateSpace, judged: JudgedCondition, fair: FairMoves | None = None, *, edits: bool = True
) -> bytearray:
    """The configurations in which a move, a fair one if told, can be made after which the condition holds."""
    found = bytearray(len(space))
    edits = edits and len(space.valuations) > 1 and 1 in judged.edited
    for source in range(len(space)):
        row = range(space.offsets[source], space.offsets[source + 1])
        found[source] = any(
            judged.after(source, n)[space.targets[n]] for n in row if fair is None or fair.cases[space.cases[n]]
        )
        if not found[source] and edits and space.editor(source) is not None:
            may = fair is None or fair.edits[space.codes[source] >> space.layout.state_shift]
            found[source] = may and any(judged.edited[peer] for peer in space.peers(source) if peer != source)
    return found


def _precedes(space: StateSpace, prop: Property) -> PropertyVerdict:
    """No B before the first A, each where it is judged; both at once is allowed."""
    first, second = (JudgedCondition(space, condition) for condition in prop.conditions)

    def follow(mark: int, before: Mask, there: Mask, number: int) -> int | None:
        if mark == WRONG or before[number]:
            return None
        return WRONG if there[number] else PLAIN

    runs = marked_runs(space, (first, second), follow)

    def shown() -> Iterator[EvidenceRun]:
        for node in runs.having(lambda _, mark: mark == WRONG):
            run = runs.run(node)
            marks = [(place, none_but(mask)) for place, mask in _along(first, run)]
            last = _along(second, run)[-1]
            yield EvidenceRun(run, (*marks, last), first.read | second.read)

    return decided(space, prop, broken=any(mark == WRONG for _, mark in runs.parents), shown=shown)


def _along(judged: JudgedCondition, run: TablePath) -> list[tuple[int, Mask]]:
    """Where the condition holds at the start of the run, and after each of its moves."""
    return [(0, judged.unmoved), *((place, judged.of(move)) for place, move in enumerate(run.moves, start=1))]


def _only(space: StateSpace, prop: Property) -> PropertyVerdict:
    """Every move of which C holds, judged where it is made, is made by one of the actors."""
    judged, wrong = JudgedCondition(space, prop.conditions[0]), made_by_others(space, prop.actors)

    def found() -> Iterator[Move]:
        return (move for number in range(len(space)) for move in wrong(number) if judged.of(move)[number])

    def shown() -> Iterator[EvidenceRun]:
        for move in found():
            run = _ending_with(space, move)
            yield EvidenceRun(run, ((len(run.moves) - 1, judged.of(move)),), judged.read)

    return decided(space, prop, broken=any(True for _ in found()), shown=shown)


def made_by_others(space: StateSpace, actors: Sequence[str]) -> Callable[[int], Iterator[Move]]:
    """The moves from a configuration by other actors. Most have none, so the row of cases is checked first."""
    allowed = set(actors)
    by_other = [not allowed.issuperset(space.variant.order.acting(each.by)) for each, _ in space.numbered]

    def wrong(number: int) -> Iterator[Move]:
        editor = space.editor(number) if len(space.valuations) > 1 else None
        if any(by_other[case] for case in space.enabled(number)) or (editor is not None and editor not in allowed):
            yield from (move for move in space.moves(number) if not allowed.issuperset(move.actors))

    return wrong


def _leads_to(space: StateSpace, prop: Property) -> PropertyVerdict:
    """
    In every strongly fair run, A is followed by B, each where it is judged.

    Such a run makes each move that is possible again and again. So it misses B for ever only where no fair moves
    lead to a fair move after which B holds, nor to where it holds whatever led there.
    """
    first, second = (JudgedCondition(space, condition) for condition in prop.conditions)
    fair = None if prop.assuming is None else fair_moves(space, prop.assuming)
    goals = either(either(_before(space, second, fair), second.unmoved), unknown(space))
    lost = none_but(reach.backward(space, goals) if fair is None else fair.backward(space, goals))

    def follow(mark: int, begins: Mask, ends: Mask, number: int) -> int:
        return OWED if (mark == OWED or begins[number]) and not ends[number] else PLAIN

    runs = cache(lambda: marked_runs(space, (first, second), follow))  # not walked where nothing is lost

    def possibility() -> Possibility:
        pending = reach.mask(space, (number for number, mark in runs().parents if mark == OWED))
        return Possibility(pending, either(_before(space, second, fair, edits=False), second.unmoved), fair)

    def shown() -> Iterator[EvidenceRun]:
        for node in runs().having(lambda number, mark: mark == OWED and lost[number] == 1):
            evidence = EvidenceRun(runs().run(node), _debt(runs(), node, first, second, lost), space.layout.atoms_mask)
            yield evidence if fair is None else with_loop(space, evidence, fair, lost)

    broken = 1 in lost and any(mark == OWED and lost[number] for number, mark in runs().parents)
    return replace(decided(space, prop, broken=broken, shown=shown), possibility=possibility)


def _debt(
    runs: MarkedRuns, node: tuple[int, int], first: JudgedCondition, second: JudgedCondition, lost: Mask
) -> tuple[tuple[int, Mask], ...]:
    """Where a run begins to need B, that B does not hold from there on, and that it ends where B is out of reach."""
    run = runs.run(node)
    owed = [mark == OWED for mark in runs.marks(node)]
    onset = max(place for place, each in enumerate(owed) if each and not (place and owed[place - 1]))
    missed = [(place, none_but(mask)) for place, mask in _along(second, run)[onset:]]
    return (_along(first, run)[onset], *missed, (len(run.moves), lost))


def with_loop(space: StateSpace, shown: EvidenceRun, fair: FairMoves, lost: Mask) -> EvidenceRun:
    """The run, on to a loop of fair moves that never leaves the lost configurations."""
    found = lasso(space, shown.run.numbers[-1], fair)
    if found is None:
        return shown
    moves = (*shown.run.moves, *found.way, *found.loop)
    marks = [(place, lost) for place in range(len(shown.run.moves) + 1, len(moves) + 1)]
    run = TablePath(shown.run.start, moves)
    return EvidenceRun(run, (*shown.marks, *marks), shown.read, len(found.loop))


_KINDS: dict[str, Callable[[StateSpace, Property], PropertyVerdict]] = {
    "never": _never,
    "always": _always,
    "sometimes": _sometimes,
    "always_possible": _always_possible,
    "precedes": _precedes,
    "only": _only,
    "leads_to": _leads_to,
}
