"""
Repairs a document: searches for a minimal change that gives atoms the wanted truths.

Best-first search: the document with the fewest unmet goals (then the fewest changes) is
changed at one of these. The result was judged by the interpreter, and none of its
changes can be left out; another set of changes may still be smaller.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from dataclasses import field
from itertools import count
from typing import Any

from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import AtomTruths
from covage_model.behaviour.why.steer import PlaceChange, RepairSteering, Steps
from covage_model.behaviour.why.values import values
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.objects import objects
from covage_model.documents.presence.sheet import AnchoredRule, Sheet, Slot
from covage_model.documents.presence.slots import slot_at_steps
from covage_model.ground import json_value, pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.json_value import Unreachable, difference, merged
from covage_model.ground.nearest import near_miss
from covage_model.pack.model.conditions import Atom, DocumentReady, Holds

_TRIES = 400  # documents that are judged
_AT_ONCE = 3  # unmet goals of one document for which changes are tried
_ROUNDS = 32  # the deepest nesting that is completed


def patch(session: Session, wanted: AtomTruths) -> Any:
    """A merge patch (RFC 7396) after which every atom is as wanted or undecided; ABSENT if none was found."""
    search = _RepairSearch(session, wanted)
    document = search.best()
    if document is None:
        return json_value.ABSENT
    try:
        merge_patch = difference(session.document, search.least(document))
    except Unreachable:  # a null in the result: a merge patch cannot write one
        return json_value.ABSENT
    return merge_patch if search.unmet(merged(session.document, merge_patch)) == [] else json_value.ABSENT


@dataclass(slots=True)
class _RepairSearch:
    """The search, with the documents seen so far."""

    session: Session
    wanted: AtomTruths
    seen: set[str] = field(default_factory=set)
    turns: Iterator[int] = field(default_factory=count)

    @property
    def _sheet(self) -> Sheet:
        return self.session.judge.sheet(self.session.variant.name)

    def unmet(self, data: Any) -> list[_Unmet] | None:
        """The unmet goals of a document; None if it is no order of this variant."""
        session, judge = self.session, self.session.judge
        choice = choose(judge.prepared.alternatives, data, "")
        if choice.findings or choice.variant != session.variant.name:
            return None
        found: list[_Unmet] = []
        for atom, holds in self.wanted:
            if isinstance(atom, DocumentReady) and holds:
                blocking = judge.blocking(session.variant.name, data, session.account, atom.status).findings
                found += [_Unmet(atom, holds, finding) for finding in blocking if finding.code != "CM408"]
            elif judge.readiness(session.variant.name, data, session.account)(atom) is (not holds):
                found.append(_Unmet(atom, holds, None))
        return found

    def best(self) -> Any:
        """A document without unmet goals, or None."""
        queue: list[tuple[int, int, int, _Candidate]] = []
        self._see(queue, self.session.document, 0)
        while queue and len(self.seen) < _TRIES:
            unmet, depth, _, candidate = heapq.heappop(queue)
            if not unmet:
                return candidate.data
            change = next(candidate.changes, None)
            if change is not None:  # one change at a time, so that a better document is continued first
                heapq.heappush(queue, (unmet, depth, next(self.turns), candidate))
                self._see(queue, self._completed(change.of(candidate.data), change), depth + 1)
        return next((candidate.data for unmet, _, _, candidate in queue if not unmet), None)

    def _see(self, queue: list[tuple[int, int, int, _Candidate]], data: Any, depth: int) -> None:
        spelled = json.dumps(data, sort_keys=True)
        if spelled not in self.seen:
            self.seen.add(spelled)
            unmet = self.unmet(data)
            if unmet is not None:
                changes = (change for goal in unmet[:_AT_ONCE] for change in self._changes(data, goal))
                heapq.heappush(queue, (len(unmet), depth, next(self.turns), _Candidate(data, changes)))

    def _completed(self, data: Any, change: PlaceChange) -> Any:
        """The document with the required values below the change filled in."""
        below = pointer.join(change.steps) + "/"
        for _ in range(_ROUNDS):
            unmet = self.unmet(data) or []
            findings = [goal.finding for goal in unmet if goal.finding is not None and goal.finding.code == "CM403"]
            missing = [finding.location.pointer for finding in findings if finding.location.pointer.startswith(below)]
            if not missing:
                break
            for where in missing:
                steps = _steps(data, where)
                offered = values(self._slot(steps))
                data = PlaceChange(steps, offered[0]).of(data) if offered else data
        return data

    def _changes(self, data: Any, unmet: _Unmet) -> Iterator[PlaceChange]:
        """Changes that may meet one unmet goal."""
        finding = unmet.finding
        if finding is None:
            yield from self._toward(data, unmet)
            return
        steps = _steps(data, finding.location.pointer)
        old_value = json_value.at(data, steps)
        match finding.code:
            case "CM403":
                yield from (PlaceChange(steps, value) for value in values(self._slot(steps)))
            case "CM404":
                yield from (PlaceChange(steps, value) for value in values(self._slot(steps), old_value, invented=False))
                yield PlaceChange(steps)
                yield from (PlaceChange(steps, value) for value in values(self._slot(steps), old_value))
            case "CM407":
                yield from self._by_rule(data, finding)
            case "CM406" if (near := near_miss(str(steps[-1]), finding.arguments["legal"])) is not None:
                yield PlaceChange(
                    (*steps[:-1], near), old_value
                )  # adds the value under the right name; the misspelt name is removed by a later change
                yield PlaceChange(steps)
            case _:
                yield PlaceChange(steps)

    def _toward(self, data: Any, unmet: _Unmet) -> Iterator[PlaceChange]:
        if isinstance(unmet.atom, Holds):
            yield from self._steering(data).toward(unmet.atom, wanted=unmet.holds)
        else:  # the document must not be ready: a required field is removed
            yield from (PlaceChange(demand.path) for demand in self._sheet.required)

    def _by_rule(self, data: Any, finding: Diagnostic) -> Iterator[PlaceChange]:
        """Changes that make the rule true, or make it not apply, at each place where it is broken."""
        for rule in self._sheet.rules:
            if rule.origin == finding.because and rule.name == finding.arguments["rule"]:
                for scopes in _scopes(data, rule):
                    steering = self._steering(data, scopes)
                    yield from steering.toward(rule.then, wanted=True)
                    if rule.when is not None:
                        yield from steering.toward(rule.when, wanted=False)

    def _steering(self, data: Any, scopes: tuple[Steps, ...] = ((),)) -> RepairSteering:
        account = self.session.account
        return RepairSteering(self._sheet.root, data, json_value.ABSENT if account is None else account.data, scopes)

    def _slot(self, steps: Steps) -> Slot | None:
        return slot_at_steps(self._sheet.root, steps)

    def least(self, document: Any) -> Any:
        """The document with a minimal set of changes: each that is not needed is undone, the last first."""
        changes = list(_changes_between(self.session.document, document))
        for number in reversed(range(len(changes))):
            fewer = [*changes[:number], *changes[number + 1 :]]
            if self.unmet(_after(self.session.document, fewer)) == []:
                changes = fewer
        return _after(self.session.document, changes)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A document, and its changes that were not tried yet."""

    data: Any
    changes: Iterator[PlaceChange]


@dataclass(frozen=True, slots=True)
class _Unmet:
    """An unmet goal: an atom without its wanted truth, and a finding that causes this, if there is one."""

    atom: Atom
    holds: bool
    finding: Diagnostic | None


def _steps(data: Any, where: str) -> Steps:
    return json_value.path_of(data, pointer.split(where))


def _scopes(data: Any, rule: AnchoredRule) -> Iterator[tuple[Steps, ...]]:
    """For each object that a rule applies to: the paths of the document and of each list item around the object."""
    for at in objects(data, rule.host, rule.level):
        steps = _steps(data, at.pointer)
        items = [steps[: number + 1] for number, step in enumerate(steps) if isinstance(step, int)]
        yield ((), *items)


def _changes_between(before: Any, after: Any, steps: Steps = ()) -> Iterator[PlaceChange]:
    """The differences, place by place; a list is one place."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(name for name in after if name not in before)]:
            old, new = before.get(name, json_value.ABSENT), after.get(name, json_value.ABSENT)
            if new is json_value.ABSENT:
                yield PlaceChange((*steps, name))
            elif old is json_value.ABSENT and isinstance(new, dict) and new:
                yield from _changes_between({}, new, (*steps, name))
            elif old is json_value.ABSENT or not json_value.equal(old, new):
                yield from _changes_between(old, new, (*steps, name))
    else:
        yield PlaceChange(steps, after)


def _after(data: Any, changes: list[PlaceChange]) -> Any:
    for change in changes:
        data = change.of(data)
    return data
