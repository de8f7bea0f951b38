"""
The nearest ways to where a trigger is possible: searched in the explored table, then replayed with what is at hand.

An edit costs one move like any other. The account never changes on a way: configurations whose
atoms of the account are not those at its start are avoided.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from covage_model.behaviour.run.session import Session
from covage_model.behaviour.space import reach
from covage_model.behaviour.space.space import StateSpace
from covage_model.behaviour.space.tables import Tables, TableUse
from covage_model.behaviour.why.answer import Way
from covage_model.behaviour.why.replay import Route, replayed
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Severity, severity_of
from covage_model.pack.conditions import tree, truth
from covage_model.pack.conditions.tree import identity, reads_account_alone
from covage_model.pack.model.conditions import Condition, DocumentReady

_ACCOUNTS = 16  # ways an account that nobody has seen can be, that are tried


def nearest_ways(
    session: Session, trigger: str, tables: Tables, *, limit: int | None = None
) -> tuple[tuple[Way, ...], StateSpace]:
    """
    The nearest ways to where `trigger` is possible, and the table that they were looked for in.

    Onward if that can be: the shortest, and the shortest without an edit where that is longer. Else
    the same from the last place of the trace from which there is a way, and the shortest from the
    start; else from the start with another account. None: the table has no way.
    """
    space = tables.table(session.variant.name, TableUse.WAYS, limit=limit)
    goals = _enabled(space, trigger)
    last, passed = _last_turn(session, space, goals)
    found = [] if last is None else _ways(last, trigger, space, goals, "onward")
    if passed:
        told = [_from_start(last, way) for way in found] if last is not None else []
        again = _ways(session, trigger, space, goals, "restart")
        found = [*told, *(way for way in again if all(way.steps != one.steps for one in told))]
    if not found:
        route = _route("account", space, list(space.initial), goals, None)
        found = [] if route is None else [replayed(session, space, route, trigger)]
    return tuple(found), space


def _last_turn(session: Session, space: StateSpace, goals: bytearray) -> tuple[Session | None, bool]:
    """The last session of the history from which a goal can be reached, and whether it is an earlier one."""
    places = [session]
    while (before := places[-1].before) is not None:
        places.append(before)
    # a goal that a later session can reach, every earlier one can reach too: its own steps lead there
    turn = bisect_left(places, 1, key=lambda place: int(_leads(place, space, goals)))
    return (places[turn] if turn < len(places) else None), turn > 0


def _leads(session: Session, space: StateSpace, goals: bytearray) -> bool:
    return _WaySearch(session, space, goals).shortest("onward", edits=True) is not None


def _ways(session: Session, trigger: str, space: StateSpace, goals: bytearray, kind: str) -> list[Way]:
    routes = [_WaySearch(session, space, goals).shortest(kind, edits=edits) for edits in (True, False)]
    found = [route for route in routes if route is not None]
    if len(found) == 2 and len(found[0]) >= len(found[1]):
        del found[0]
    return [replayed(session, space, route, trigger) for route in found]


def _from_start(turn: Session, way: Way) -> Way:
    """A way onward from an earlier session, with the steps that led to that session before it."""
    return replace(way, kind="turn", steps=(*turn.steps, *way.steps), kept=len(turn.steps))


def _enabled(space: StateSpace, trigger: str) -> bytearray:
    """Where the trigger is possible."""
    wanted = {number for number, (transition, _) in enumerate(space.numbered) if transition.name == trigger}
    found = bytearray(len(space))
    for number in range(len(space)):
        row = space.cases[space.offsets[number] : space.offsets[number + 1]]
        found[number] = not wanted.isdisjoint(row)
    return found


def _route(
    kind: str, space: StateSpace, starts: list[int], goals: bytearray, avoiding: bytes | None, *, another: bool = False
) -> Route | None:
    moves = reach.shortest(space, starts, goals, avoiding=avoiding)
    if moves is None:
        return None
    first = moves[0].source if moves else next(number for number in starts if goals[number])
    return Route(kind, first, moves, another=another)


@dataclass(frozen=True, slots=True)
class _WaySearch:
    """One question, on one table."""

    session: Session
    space: StateSpace
    goals: bytearray

    def shortest(self, kind: str, *, edits: bool) -> Route | None:
        """The shortest way of that kind for an account as it is, whatever is not known of it."""
        # a table of one valuation has no peers: nothing is edited
        space = self.space if edits else replace(self.space, valuations=self.space.valuations[:1])
        best: Route | None = None
        for starts, others, avoiding in self._starts(kind):
            route = _route(kind, space, starts, self.goals, avoiding)
            if route is None and edits and kind == "restart":
                route = _route(kind, space, others, self.goals, avoiding, another=True)
            if route is not None and (best is None or len(route) < len(best)):
                best = route
        return best

    def _starts(self, kind: str) -> Iterator[tuple[list[int], list[int], bytes | None]]:
        """For each way the account can be: where the order may be, where another document could be, what to avoid."""
        codes, here = self.space.codes, self._numbers(kind)
        account, known, truths = self._bits()
        agreeing = [number for number in here if codes[number] & known == truths]
        for said in tuple(dict.fromkeys(codes[number] & account for number in agreeing))[:_ACCOUNTS]:
            same = [number for number in here if codes[number] & account == said]
            starts = [number for number in same if codes[number] & known == truths]
            avoiding = bytes(code & account != said for code in codes) if account else None
            yield starts, same, avoiding

    def _numbers(self, kind: str) -> list[int]:
        """The configurations of the beginning, or of where the order is, whatever is true of the atoms."""
        if kind == "restart":
            return list(self.space.initial)
        layout = self.space.layout
        code = layout.numbers[self.session.state] << layout.state_shift
        code |= sum(layout.digits[name].bits(value) for name, value in self.session.variables)
        found = (self.space.lookup.find(code | bits) for bits in self.space.valuations)
        return [number for number in found if number is not None]

    def _bits(self) -> tuple[int, int, int]:
        """The bits of the atoms that no document changes, of those that are known, and the truths of these."""
        account = known = truths = 0
        for atom in self.space.atoms:
            bit, holds = self.space.layout.bits[identity(atom)], self.session.truth(atom)
            out_of_reach = isinstance(atom, DocumentReady) and _never_ready(self.session, atom.status)
            holds = False if out_of_reach else holds
            account |= bit if out_of_reach or reads_account_alone(atom) else 0
            known |= bit if holds is not None else 0
            truths |= bit if holds else 0
        return account, known, truths


def _never_ready(session: Session, status: str) -> bool:
    """Whether a rule that reads nothing but the account, and does not hold, keeps every document from being ready."""
    account = session.account
    if session.variant.stand_in or account is None or account.findings:
        return False
    return any(
        rule.reads_account
        and not rule.host
        and status in rule.statuses
        and severity_of(rule.origin.standing) is Severity.ERROR
        and all(_reads_account_alone(one) for one in (rule.when, rule.then))
        and (rule.when is None or truth.holds(rule.when, (json_value.ABSENT,), account.data))
        and not truth.holds(rule.then, (json_value.ABSENT,), account.data)
        for rule in session.judge.sheet(session.variant.name).rules
    )


def _reads_account_alone(condition: Condition | None) -> bool:
    return condition is None or all(ref.root in ("account", "item") for ref in tree.references(condition))
