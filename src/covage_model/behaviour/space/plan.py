"""The moves of one state as lookup tables: a few bits of a code give the enabled cases and their effects."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence

from covage_model.behaviour.space.guards import Guard, Guards
from covage_model.behaviour.space.layout import Digit
from covage_model.behaviour.space.passage import Passage, becomes, passages
from covage_model.ground.classes import dataclass
from covage_model.pack.model.lifecycle import Case, State, Sum, Transition

WIDE = 12  # bits of one table, where several triggers share it
ROOM = 1 << 16  # rows that one table keeps
NumberedCase = tuple[int, Transition, Case]  # its number in `StateSpace.numbered`, its trigger
PlanRow = tuple["array[int]", tuple[int, ...]]  # the numbers of the enabled cases, and what each adds to the code
Group = tuple[int, dict[int, PlanRow], Callable[[int], PlanRow]]  # the bits read, the known rows, computes a new row


@dataclass(frozen=True, slots=True)
class CaseEffect:
    """
    The effect of one case on a code: `writes` has the bits that it replaces, `adds` is added after clearing them.

    `sums` are the variables that become what another is, and more: the digit written, the digit read, the number added.
    """

    number: int
    trigger: str
    guard: Guard
    writes: int
    adds: int
    sums: tuple[tuple[Digit, Digit, Sum], ...]

    @property
    def mask(self) -> int:
        """The bits that decide what the case does."""
        mask = self.guard.mask | self.writes
        for _, read, _ in self.sums:
            mask |= read.mask
        return mask

    def delta(self, code: int) -> int:
        """What the case adds to a code."""
        more = sum(written.bits(becomes(value, {value.at: read.value(code)})) for written, read, value in self.sums)
        return self.adds + more - (code & self.writes)


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
    The tables of one state. Together, in this order, they give its moves in spec order.

    Neighbouring cases share a table while it stays small. All cases of one trigger share one, so that two
    enabled at once are noticed: the trigger is then added to `overlapping`. The numbers of
    cases are arrays of the given `typecode`.
    """
    elsewhere = ~guards.layout.state_mask  # the tables are of one state, so its bits are not read
    tables: list[tuple[int, list[CaseEffect]]] = []
    for effects in _by_trigger(guards, state, cases):
        mask = 0
        for effect in effects:
            mask |= effect.mask & elsewhere
        if tables and (tables[-1][0] | mask).bit_count() <= WIDE:
            tables[-1] = (tables[-1][0] | mask, tables[-1][1] + effects)
        else:
            tables.append((mask, effects))
    return tuple(_group(mask, effects, overlapping, typecode) for mask, effects in tables)


def _by_trigger(guards: Guards, state: State, cases: Sequence[NumberedCase]) -> Iterator[list[CaseEffect]]:
    effects: dict[str, list[CaseEffect]] = {}
    for number, transition, case in cases:
        for passage in passages(guards.lifecycle, case, state.name):
            if guards.fixed(passage.condition, state) is not False:
                effects.setdefault(transition.name, []).append(_effect(guards, state, number, transition.name, passage))
    yield from effects.values()


def _effect(guards: Guards, state: State, number: int, trigger: str, passage: Passage) -> CaseEffect:
    layout = guards.layout
    writes, sums = 0, []
    adds = layout.numbers[passage.target] - layout.numbers[state.name] << layout.state_shift
    for name, value in dict(passage.effects).items():
        writes |= layout.digits[name].mask
        if isinstance(value, Sum):
            sums.append((layout.digits[name], layout.digits[value.at], value))
        else:
            adds += layout.digits[name].bits(value)
    return CaseEffect(number, trigger, guards.guard(passage.whole), writes, adds, tuple(sums))


def _group(mask: int, effects: list[CaseEffect], overlapping: set[str], typecode: str) -> Group:
    known: dict[int, PlanRow] = {}
    shared: dict[tuple[tuple[int, ...], tuple[int, ...]], PlanRow] = {}  # equal rows are one object

    def compute(code: int) -> PlanRow:
        enabled = [effect for effect in effects if effect.guard.holds(code)]
        numbers = tuple([effect.number for effect in enabled])
        deltas = tuple([effect.delta(code) for effect in enabled])
        row = shared.get((numbers, deltas))
        if row is None:
            row = shared[numbers, deltas] = (array(typecode, numbers), deltas)
            triggers = [effect.trigger for effect in enabled]
            overlapping.update(name for name in triggers if triggers.count(name) > 1)
        if len(known) < ROOM:
            known[code & mask] = row
        return row

    return mask, known, compute
