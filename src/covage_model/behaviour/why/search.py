"""
Shortest paths to where a trigger is possible: searched in the explored table, then replayed with the document.

An edit counts as one move. The account never changes on a path: configurations whose
account atoms differ from those at its start are avoided.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from covage_model.behaviour.run.session import Session
from covage_model.behaviour.space import reach
from covage_model.behaviour.space.space import StateSpace
from covage_model.behaviour.space.tables import Tables, TableUse
from covage_model.behaviour.why.answer import Way
from covage_model.behaviour.why.replay import Route, replayed
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Severity, severity_of
from covage_model.pack.conditions import tree, truth
from covage_model.pack.conditions.tree import identity, reads_account_alone
from covage_model.pack.model.conditions import Condition, DocumentReady

_ACCOUNTS = 16  # valuations of an unknown account that are tried


def nearest_ways(
    session: Session, trigger: str, tables: Tables, *, limit: int | None = None
) -> tuple[tuple[Way, ...], StateSpace]:
    """
    The shortest ways to where `trigger` is possible, and the table that was searched.

    Onward if possible: the shortest way, and the shortest without an edit if that is longer. Else
    the same from the last session of the history that has a way, and the shortest from the
    start; else from the start with another account. Empty if the table has no way.
    """
    space = tables.table(session.variant.name, TableUse.WAYS, limit=limit)
    goals = _enabled(space, trigger)
    last, passed = _last_turn(session, space, goals)
    ways = [] if last is None else _ways(last, trigger, space, goals, "onward")
    if passed:
        turns = [_from_start(last, way) for way in ways] if last is not None else []
        restarts = _ways(session, trigger, space, goals, "restart")
        ways = [*turns, *(way for way in restarts if all(way.steps != turn.steps for turn in turns))]
    if not ways:
        route = _route("account", space, list(space.initial), goals, None)
        ways = [] if route is None else [replayed(session, space, route, trigger)]
    return tuple(ways), space


def _last_turn(session: Session, space: StateSpace, goals: bytearray) -> tuple[Session | None, bool]:
    """The last session of the history from which a goal is reachable, and whether it is an earlier one."""
    history = [session]
    while (before := history[-1].before) is not None:
        history.append(before)
    # bisection: what a later session can reach, every earlier one can reach by way of it
    turn = bisect_left(history, 1, key=lambda earlier: int(_can_reach(earlier, space, goals)))
    return (history[turn] if turn < len(history) else None), turn > 0


def _can_reach(session: Session, space: StateSpace, goals: bytearray) -> bool:
    return _WaySearch(session, space, goals).shortest("onward", edits=True) is not None


def _ways(session: Session, trigger: str, space: StateSpace, goals: bytearray, kind: str) -> list[Way]:
    routes = [_WaySearch(session, space, goals).shortest(kind, edits=edits) for edits in (True, False)]
    shortest = [route for route in routes if route is not None]
    if len(shortest) == 2 and len(shortest[0]) >= len(shortest[1]):
        del shortest[0]
    return [replayed(session, space, route, trigger) for route in shortest]


def _from_start(turn: Session, way: Way) -> Way:
    """A way onward from an earlier session, with the steps to that session put before it."""
    return replace(way, kind="turn", steps=(*turn.steps, *way.steps), kept=len(turn.steps))


def _enabled(space: StateSpace, trigger: str) -> bytearray:
    """The mask of the configurations in which the trigger is enabled."""
    names = [(transition.name, transition.outcome_of) for transition, _ in space.numbered]
    cases = {number for number, called in enumerate(names) if trigger in called}
    return bytearray(not cases.isdisjoint(space.enabled(number)) for number in range(len(space)))


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
    """The search for a session in one table."""

    session: Session
    space: StateSpace
    goals: bytearray

    def shortest(self, kind: str, *, edits: bool) -> Route | None:
        """The shortest route of a kind over all possible accounts: what is known of the account stays."""
        # a table of one valuation has no peers, so no edits
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
        """For each possible account: the possible starts, the starts with any document, and the mask to avoid."""
        codes, places = self.space.codes, self._numbers(kind)
        account, known, truths = self._bits()
        agreeing = [number for number in places if codes[number] & known == truths]
        for of_account in tuple(dict.fromkeys(codes[number] & account for number in agreeing))[:_ACCOUNTS]:
            any_document = [number for number in places if codes[number] & account == of_account]
            starts = [number for number in any_document if codes[number] & known == truths]
            avoiding = bytes(code & account != of_account for code in codes) if account else None
            yield starts, any_document, avoiding

    def _numbers(self, kind: str) -> list[int]:
        """The initial configurations, or those of the session's state and variables, with any valuation."""
        if kind == "restart":
            return list(self.space.initial)
        layout = self.space.layout
        code = layout.numbers[self.session.state] << layout.state_shift
        code |= sum(layout.digits[name].bits(value) for name, value in self.session.variables)
        places = (self.space.lookup.find(code | bits) for bits in self.space.valuations)
        return [number for number in places if number is not None]

    def _bits(self) -> tuple[int, int, int]:
        """The bits of the atoms that no edit changes, the bits of the decided atoms, and the truths of the latter."""
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
    """Whether a broken rule that reads only the account keeps every document from being ready."""
    account = session.account
    if session.variant.stand_in or account is None or account.findings:
        return False
    return any(
        rule.reads_account
        and not rule.host
        and status in rule.statuses
        and severity_of(rule.origin.standing) is Severity.ERROR
        and all(_reads_account_alone(condition) for condition in (rule.when, rule.then))
        and (rule.when is None or truth.holds(rule.when, (json_value.ABSENT,), account.data))
        and not truth.holds(rule.then, (json_value.ABSENT,), account.data)
        for rule in session.judge.sheet(session.variant.name).rules
    )


def _reads_account_alone(condition: Condition | None) -> bool:
    return condition is None or all(ref.root in ("account", "item") for ref in tree.references(condition))
