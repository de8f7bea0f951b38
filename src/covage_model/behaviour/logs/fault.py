"""The finding about an order that could not have happened: its first impossible event, why, and the repair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.behaviour.logs.follow import OrderFault
from covage_model.behaviour.logs.possible import Place, PossibleSets, Seen, named
from covage_model.behaviour.logs.repair import Repair
from covage_model.behaviour.space.passage import Passage, passages
from covage_model.behaviour.space.reasons import of_cases
from covage_model.behaviour.space.situation import Situation
from covage_model.ground.diagnostics import Diagnostic, Location, Origin, Severity
from covage_model.pack.model.lifecycle import Case, Transition

_FEW = 4  # names in a sentence


def finding(fault: OrderFault, file: str, severity: Severity, left_out: int | None = None) -> Diagnostic:
    """
    The finding, at the line of the first record that is impossible, with the transition that shows such events.

    `left_out` is the line of a record of the order that could not be used. The order may be sound, so this is a
    warning, and no repair is named before that is mended.
    """
    _, seen, line = fault.records[fault.first]
    before = fault.records[fault.first - 1][1] if fault.first else None
    arguments: dict[str, Any] = {"order": fault.order, "event": named(seen)}
    form = "first" if before is None else "after"
    if before is not None:
        arguments["before"] = named(before)
    reason, because = _reason(fault.sets, fault.before, seen)
    arguments.update(reason)
    form = f"{form}-{'nowhere' if because is None else 'refused' if 'names' in reason else 'state'}"
    here = Location(file, line, 1)
    advice = hint(fault.repair) if left_out is None else f"mend its record on line {left_out} first: it was left out"
    if left_out is not None:
        severity = Severity.WARNING
    return Diagnostic("CM551", form, arguments, here, advice, severity, because)


def hint(repair: Repair | None) -> str:
    """The repair in words."""
    if repair is None:
        return "no cheap repair was found: --max-repair looks further"
    if repair.swapped is not None:
        first, second = repair.swapped
        return f"{first} and {second} are swapped"
    missing = [change.event for change in repair.changes if change.kind == "missing"]
    extra = [change.event for change in repair.changes if change.kind == "extra"]
    if missing and extra:
        return f"missing: {', '.join(missing)}; too many: {', '.join(extra)}"
    return f"missing: {', '.join(missing)}" if missing else f"too many: {', '.join(extra)}"


def _reason(sets: PossibleSets, before: int, seen: Seen) -> tuple[dict[str, Any], Origin | None]:
    """Arguments that say which transition emits the event, from where or why it is refused; and its spec line."""
    emitting = list(_emitting(sets, before, seen[0]))
    if not emitting:
        return {}, None
    states = sets.states(before)
    for place in sorted(sets.places(before)):
        for transition, case in emitting:
            names = _refused(sets, place, case)
            if names:
                return {"trigger": transition.name, "names": names[:_FEW]}, case.origin
    transition, case = emitting[0]
    sources = dict.fromkeys(state for _, each in emitting for state in each.source)
    arguments = {"trigger": transition.name, "sources": [*sources][:_FEW], "states": list(states[:_FEW])}
    return arguments, case.origin if len(emitting) == 1 else transition.origin


def _emitting(sets: PossibleSets, before: int, event: str | None) -> Iterator[tuple[Transition, Case]]:
    """The transitions and cases that may emit the event, in the tables that the order may follow, each once."""
    seen: set[int] = set()
    for table in sets.tables(before):
        space = sets.spaces[table]
        for transition, case in space.numbered:
            ways = (way for source in case.source for way in passages(space.lifecycle, case, source))
            if id(case) not in seen and any(event in way.emits for way in ways):
                seen.add(id(case))
                yield transition, case


def _refused(sets: PossibleSets, place: Place, case: Case) -> list[str]:
    """The names of what refuses a case in a place; none where it is allowed, or begins in another state."""
    table, here, unseen = place
    space = sets.spaces[table]
    state = space.state(here)
    if unseen or state not in case.source:
        return []
    configuration = space.configuration(here)
    situation = Situation(
        space.lifecycle, space.variant, space.lifecycle.state(state), dict(configuration.variables), configuration.truth
    )
    ways: list[Passage] = list(passages(space.lifecycle, case, state))
    if situation.evaluate(ways[0].condition) is not False:
        return []
    return list(dict.fromkeys(reason.name for reason in of_cases(situation, ways, value=False).reasons))
