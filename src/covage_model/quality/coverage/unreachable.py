"""
Coverage items that cannot be exercised, with the reason. They do not count.

For lifecycles this is read from the explored tables of all variants that follow them,
without the valuations that rules exclude, as in suites. If a table is too large, everything in the lifecycle
counts as reachable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from covage_model.behaviour.space.space import StateSpace
from covage_model.behaviour.space.tables import Tables, TableUse
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.presence.sheet import Demand, Sheet, Slot
from covage_model.ground import pointer
from covage_model.pack.conditions import tree
from covage_model.pack.definitions.walk import cases_of
from covage_model.pack.model.conditions import Condition, holds_value
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.coverage import runs
from covage_model.quality.coverage.documents import SheetItems, broken
from covage_model.quality.coverage.items import CoverageItems

NO_DOCUMENT = "no-document"
NO_STATUS = "no-status"
NO_REQUEST = "no-request"
CHOICE = "choice"
NEVER = "unreached"
UNREAD = "unread"


def unreachable(judge: Judge, items: CoverageItems) -> dict[str, str]:
    """The reason (one of the constants above) for each item that cannot be exercised, by id."""
    reasons: dict[str, str] = {}
    reasons.update(_of_documents(judge, items))
    for lifecycle in judge.pack.lifecycles:
        spaces = tables(
            judge, [variant.name for variant in judge.pack.variants if variant.order.follows == lifecycle.name]
        )
        if spaces:
            reasons.update(_of_lifecycle(lifecycle, spaces, items))
    return reasons


def _of_documents(judge: Judge, items: CoverageItems) -> dict[str, str]:
    """Items in no sheet or in no status; and missing fields that `match` or the status already require."""
    possible_ids: dict[str, bool] = {}
    for sheet in _sheets(judge):
        known = SheetItems(sheet, items)
        for name, possible, breakable in _said(known):
            possible_ids[name] = possible_ids.get(name, False) or possible
            possible_ids[broken(name)] = possible_ids.get(broken(name), False) or (possible and breakable)
        possible_ids.update(dict.fromkeys(_values(known, sheet.root), True))
        for name in _read_only(known, sheet.root):
            possible_ids[name] = possible_ids.get(name, False) or _is_asked_for(judge.pack, sheet)
    reasons: dict[str, str] = {}
    for (word, _), ids in items.placed.items():
        for name in ids if word != "match" else ():
            for each in (name, broken(name)) if broken(name) in items.items else (name,):
                if each not in possible_ids:
                    reasons[each] = NO_DOCUMENT
                elif not possible_ids[each]:
                    reasons[each] = (
                        CHOICE if possible_ids.get(name) else NO_REQUEST if word == "read_only" else NO_STATUS
                    )
    return reasons


def _sheets(judge: Judge) -> Iterator[Sheet]:
    for alternative in judge.prepared.alternatives:
        yield judge.sheet(alternative.variant)
    account = judge.prepared.account()
    if account is not None:
        yield account


def _said(known: SheetItems) -> Iterator[tuple[str, bool, bool]]:
    """Each id of a sheet, whether it applies in some status, and whether it can be broken there."""
    for demand, name in known.required:
        yield name, bool(demand.statuses), not _is_chosen(demand, known.sheet)
    for demand, name in known.forbidden:
        yield name, bool(demand.statuses), True
    for rule in known.sheet.rules:
        for name in known.placed("rule", rule.origin):
            yield name, bool(rule.statuses), True
    for said in known.sheet.unique:
        for name in known.placed("unique", said.origin):
            yield name, True, True


def _is_chosen(demand: Demand, sheet: Sheet) -> bool:
    """Whether every document of this order has the required field, because `match` or the status tests it."""
    paths = [entry.path for entry in sheet.match if entry.there]
    if demand.records_only or demand.statuses.isdisjoint(sheet.request_statuses):
        paths += [sheet.status_path] if sheet.status_path is not None else []
    return any(path[: len(demand.path)] == demand.path for path in paths)


def _is_asked_for(pack: SpecPack, sheet: Sheet) -> bool:
    """Whether documents are judged as requests. If nobody may send them, only a guard that reads one judges it."""
    if sheet.written_by is None:
        return True
    lifecycle = pack.lifecycle(pack.variant(sheet.variant).order.follows)
    places = product((state.name for state in lifecycle.resting), lifecycle.transitions)
    return any(True for state, transition in places for _ in runs.statuses_asked(lifecycle, state, transition))


def _values(known: SheetItems, slot: Slot) -> Iterator[str]:
    for keyword in slot.keywords:
        if keyword.name == "enum":
            yield from known.placed("enum", keyword.origin)
    for inner in _inside(slot):
        yield from _values(known, inner)


def _read_only(known: SheetItems, slot: Slot) -> Iterator[str]:
    if slot.read_only is not None:
        for name in known.placed("read_only", slot.read_only):
            yield from (name, broken(name))
    for inner in _inside(slot):
        yield from _read_only(known, inner)


def _inside(slot: Slot) -> tuple[Slot, ...]:
    return (*(slot.properties or {}).values(), *([slot.items] if slot.items is not None else []))


def tables(judge: Judge, variants: Iterable[str]) -> list[StateSpace]:
    """The explored tables of these variants; empty if one is too large."""
    spaces: list[StateSpace] = []
    explored = Tables(judge)
    for variant in variants:
        space = explored.table(variant, TableUse.COVERAGE)
        if not space.complete:
            return []
        spaces.append(space)
    return spaces


def _of_lifecycle(lifecycle: Lifecycle, spaces: Iterable[StateSpace], items: CoverageItems) -> dict[str, str]:
    readers = _readers(lifecycle)
    seen: set[str] = set()
    for space in spaces:
        seen.update(_in_space(lifecycle, space, readers))
    here = ("lifecycle", lifecycle.name)
    read = tuple(pointer.join((*here, "condition", name)) + "/" for name in readers)
    named = pointer.join((*here, "condition")) + "/"
    return {
        name: UNREAD if name.startswith(named) and not name.startswith(read) else NEVER
        for name in items.items
        if name.startswith(pointer.join(here) + "/") and name not in seen
    }


def _in_space(lifecycle: Lifecycle, space: StateSpace, readers: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Every id that some run through the table exercises."""
    by_state: dict[str, list[int]] = {}
    for number in range(len(space)):
        by_state.setdefault(space.state(number), []).append(number)
    for state in by_state:
        yield runs.state_id(lifecycle, state)
    shift, names = space.layout.state_shift, space.layout.states
    moved = {(case, space.codes[target] >> shift) for case, target in zip(space.cases, space.targets, strict=True)}
    for number, entered in sorted(moved):
        yield from runs.fired(lifecycle, *space.numbered[number], names[entered].name)
    for variable in lifecycle.variables:
        for value in variable.bounds:
            if any(space.where(holds_value(variable.name, value))):
                yield from runs.at_bounds(lifecycle, [(variable.name, value)])
    for transition in lifecycle.transitions:
        for name, case in cases_of(transition):
            here = [number for state in case.source for number in by_state.get(state, ())]
            yield from _ways(space, case.guard, here, runs.guard_of(lifecycle, transition, name))
    for condition in lifecycle.conditions:
        here = [number for state in readers.get(condition.name, ()) for number in by_state.get(state, ())]
        yield from _ways(space, condition.when, here, runs.inside_of(lifecycle, condition.name))


def _ways(space: StateSpace, condition: Condition, here: list[int], place: tuple[str, ...]) -> Iterator[str]:
    """The ids for the truths that each part of a condition has in these configurations."""
    for atom in tree.atoms(condition):
        holds = space.where(atom)
        for way in {bool(holds[number]) for number in here}:
            yield runs.part_id(place, atom, way=way)


def _readers(lifecycle: Lifecycle) -> dict[str, frozenset[str]]:
    """The named conditions that guards read, directly or not, with the states in which they are evaluated."""
    states_of: dict[str, frozenset[str]] = {}
    whens = {condition.name: condition.when for condition in lifecycle.conditions}
    cases = [case for transition in lifecycle.transitions for case in transition.cases]
    queue: list[tuple[Condition, frozenset[str]]] = [(case.guard, frozenset(case.source)) for case in cases]
    while queue:
        condition, states = queue.pop()
        for atom in tree.atoms(condition):
            name = runs.named_by(lifecycle, atom)
            if name is not None and not states <= states_of.get(name, frozenset()):
                states_of[name] = states_of.get(name, frozenset()) | states
                queue.append((whens[name], states))
    return states_of
