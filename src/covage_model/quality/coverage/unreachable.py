"""
What nothing can exercise, with the reason: it does not count against anybody.

Of lifecycles this is read from the explored tables of all orders and variants that follow them, as suites are,
without what their rules rule out. Where a table would be too large to be worth it, everything in the lifecycle
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
from covage_model.pack.model.conditions import Condition
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
    """The reason, one of the words above, by the id of each item that nothing can exercise."""
    found: dict[str, str] = {}
    found.update(_of_documents(judge, items))
    for lifecycle in judge.pack.lifecycles:
        spaces = tables(
            judge, [variant.name for variant in judge.pack.variants if variant.order.follows == lifecycle.name]
        )
        if spaces:
            found.update(_of_lifecycle(lifecycle, spaces, items))
    return found


def _of_documents(judge: Judge, items: CoverageItems) -> dict[str, str]:
    """What is said of values in no sheet, or in no status; and absences that the choice, or the status, speaks of."""
    asked: dict[str, bool] = {}
    for sheet in _sheets(judge):
        known = SheetItems(sheet, items)
        for name, possible, breakable in _said(known):
            asked[name] = asked.get(name, False) or possible
            asked[broken(name)] = asked.get(broken(name), False) or (possible and breakable)
        asked.update(dict.fromkeys(_values(known, sheet.root), True))
        for name in _read_only(known, sheet.root):
            asked[name] = asked.get(name, False) or _is_asked_for(judge.pack, sheet)
    found: dict[str, str] = {}
    for (word, _), ids in items.placed.items():
        for name in ids if word != "match" else ():
            for one in (name, broken(name)) if broken(name) in items.items else (name,):
                if one not in asked:
                    found[one] = NO_DOCUMENT
                elif not asked[one]:
                    found[one] = CHOICE if asked.get(name) else NO_REQUEST if word == "read_only" else NO_STATUS
    return found


def _sheets(judge: Judge) -> Iterator[Sheet]:
    for one in judge.prepared.alternatives:
        yield judge.sheet(one.variant)
    account = judge.prepared.account()
    if account is not None:
        yield account


def _said(known: SheetItems) -> Iterator[tuple[str, bool, bool]]:
    """Each id of a sheet, whether it applies in some status, and whether it can be broken where it does."""
    for demand, name in known.required:
        yield name, bool(demand.statuses), not _is_chosen(demand, known.sheet)
    for demand, name in known.forbidden:
        yield name, bool(demand.statuses), True
    for rule in known.sheet.rules:
        for name in known.placed("rule", rule.origin):
            yield name, bool(rule.statuses), True


def _is_chosen(demand: Demand, sheet: Sheet) -> bool:
    """Whether what must be there is, in every document that is this order at all."""
    paths = [entry.path for entry in sheet.match]
    if demand.records_only or demand.statuses.isdisjoint(sheet.request_statuses):
        paths += [sheet.status_path] if sheet.status_path is not None else []
    return any(path[: len(demand.path)] == demand.path for path in paths)


def _is_asked_for(pack: SpecPack, sheet: Sheet) -> bool:
    """Whether documents are judged as requests: those that nobody may send, where a guard asks whether one is ready."""
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
    """The explored tables of these; none where one is too large."""
    found: list[StateSpace] = []
    explored = Tables(judge)
    for variant in variants:
        space = explored.table(variant, TableUse.COVERAGE)
        if not space.complete:
            return []
        found.append(space)
    return found


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
    """Every id that some way through the table exercises."""
    by_state: dict[str, list[int]] = {}
    for number in range(len(space)):
        by_state.setdefault(space.state(number), []).append(number)
    for state in by_state:
        yield runs.state_id(lifecycle, state)
    for number in sorted(set(space.cases)):
        yield from runs.fired(lifecycle, *space.numbered[number])
    for transition in lifecycle.transitions:
        for name, case in cases_of(transition):
            here = [each for state in case.source for each in by_state.get(state, ())]
            yield from _ways(space, case.guard, here, runs.guard_of(lifecycle, transition, name))
    for condition in lifecycle.conditions:
        here = [each for state in readers.get(condition.name, ()) for each in by_state.get(state, ())]
        yield from _ways(space, condition.when, here, runs.inside_of(lifecycle, condition.name))


def _ways(space: StateSpace, condition: Condition, here: list[int], place: tuple[str, ...]) -> Iterator[str]:
    """The truths that each part of a condition has in these configurations."""
    for atom in tree.atoms(condition):
        holds = space.where(atom)
        for way in {bool(holds[number]) for number in here}:
            yield runs.part_id(place, atom, way=way)


def _readers(lifecycle: Lifecycle) -> dict[str, frozenset[str]]:
    """The named conditions that guards read, through others too, with the states in which they are asked."""
    found: dict[str, frozenset[str]] = {}
    whens = {condition.name: condition.when for condition in lifecycle.conditions}
    cases = [case for transition in lifecycle.transitions for case in transition.cases]
    queue: list[tuple[Condition, frozenset[str]]] = [(case.guard, frozenset(case.source)) for case in cases]
    while queue:
        condition, states = queue.pop()
        for atom in tree.atoms(condition):
            name = runs.named_by(lifecycle, atom)
            if name is not None and not states <= found.get(name, frozenset()):
                found[name] = found.get(name, frozenset()) | states
                queue.append((whens[name], states))
    return found
