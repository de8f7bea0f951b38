"""What can be done in one state, as tables: from a few bits of a code to the cases enabled and where they lead."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from covage_model.behaviour.space.guards import Guard, Guards
from covage_model.pack.model.lifecycle import Case, State, Transition

WIDE = 12  # bits of one table, where several triggers share it
ROOM = 1 << 16  # answers that one table remembers
NumberedCase = tuple[int, Transition, Case]  # its number in the table, its trigger
Found = tuple["array[int]", tuple[int, ...]]  # the numbers of the cases, what each adds to the code
Group = tuple[int, dict[int, Found], Callable[[int], Found]]  # bits read, answers known, how to find another


@dataclass(frozen=True, slots=True)
class CaseEffect:
    """One case as arithmetic: `writes` are the bits it replaces, `adds` what stands there after."""

    number: int
    trigger: str
    guard: Guard
    writes: int
    adds: int

    @property
    def mask(self) -> int:
        """The bits that decide what the case does."""
        return self.guard.mask | self.writes


def by_source(numbered: Sequence[tuple[Transition, Case]]) -> dict[str, list[NumberedCase]]:
    """The cases that may be enabled in each state, by its name, in spec order."""
    cases: dict[str, list[NumberedCase]] = {}
    for number, (transition, case) in enumerate(numbered):
        for source in case.source:
            cases.setdefault(source, []).append((number, transition, case))
    return cases


def groups(
    guards: Guards,
    state: State,
    cases: Sequence[NumberedCase],
    overlapping: set[str],
    typecode: str,
) -> tuple[Group, ...]:
    """
    The tables of one state; together, in order, they give its moves in spec order.

    Neighbours share a table while it stays small; cases of one trigger always do, so that two
    enabled at once are seen: their triggers are added to `overlapping` as tables fill. Numbers of
    cases come as arrays of that `typecode`.
    """
    elsewhere = ~guards.layout.state_mask  # the state is known
    tables: list[tuple[int, list[CaseEffect]]] = []
    for outcomes in _by_trigger(guards, state, cases):
        mask = 0
        for outcome in outcomes:
            mask |= outcome.mask & elsewhere
        if tables and (tables[-1][0] | mask).bit_count() <= WIDE:
            tables[-1] = (tables[-1][0] | mask, tables[-1][1] + outcomes)
        else:
            tables.append((mask, outcomes))
    return tuple(_group(mask, outcomes, overlapping, typecode) for mask, outcomes in tables)


def _by_trigger(guards: Guards, state: State, cases: Sequence[NumberedCase]) -> Iterator[list[CaseEffect]]:
    effects: dict[str, list[CaseEffect]] = {}
    for number, transition, case in cases:
        if guards.fixed(case.guard, state) is not False:
            effects.setdefault(transition.name, []).append(_outcome(guards, state, number, transition, case))
    yield from effects.values()


def _outcome(guards: Guards, state: State, number: int, transition: Transition, case: Case) -> CaseEffect:
    layout = guards.layout
    writes, adds = 0, 0
    if case.target is not None:
        adds = layout.numbers[case.target] - layout.numbers[state.name] << layout.state_shift
    for name, value in dict(case.effects).items():
        writes |= layout.digits[name].mask
        adds += layout.digits[name].bits(value)
    return CaseEffect(number, transition.name, guards.guard(case.guard), writes, adds)


def _group(mask: int, outcomes: list[CaseEffect], overlapping: set[str], typecode: str) -> Group:
    known: dict[int, Found] = {}
    shared: dict[tuple[tuple[int, ...], tuple[int, ...]], Found] = {}  # one value for equal answers

    def find(code: int) -> Found:
        enabled = [outcome for outcome in outcomes if outcome.guard.holds(code)]
        numbers = tuple([outcome.number for outcome in enabled])
        deltas = tuple([outcome.adds - (code & outcome.writes) for outcome in enabled])
        found = shared.get((numbers, deltas))
        if found is None:
            found = shared[numbers, deltas] = (array(typecode, numbers), deltas)
            triggers = [outcome.trigger for outcome in enabled]
            overlapping.update(name for name in triggers if triggers.count(name) > 1)
        if len(known) < ROOM:
            known[code & mask] = found
        return found

    return mask, known, find
