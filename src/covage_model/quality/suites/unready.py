"""
Orders with documents that are not ready, one for each reason, and the triggers that must be refused because of it.

One unready document shows little: a system that never reads the account still refuses a document without a
name. So each required field and each rule that keeps a document from being ready gets an order of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.behaviour.run.fixtures import Fixture, bits_of, can_begin
from covage_model.behaviour.space.space import StateSpace
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.defects.unready import unready
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.pack.model.conditions import DocumentReady
from covage_model.quality.suites.goals import Attempt, Goals


@dataclass(frozen=True, slots=True)
class UnreadyFixture:
    """A fixture whose document with the valuation `bits` makes the atom `ready` false for one reason."""

    fixture: Fixture
    bits: int
    ready: DocumentReady


def unready_fixtures(judge: Judge, space: StateSpace, fixtures: Sequence[Fixture]) -> Iterator[UnreadyFixture]:
    """A fixture for each reason, completed with the documents of the given fixture that has the same account."""
    for atom in space.atoms:
        if not isinstance(atom, DocumentReady):
            continue
        for made in unready(judge, space.variant.name, atom.status):
            bits = bits_of(judge, space, made.document, made.account)
            if bits is None or bits & space.layout.bits_of(atom):
                continue
            same_account = (each for each in fixtures if json_value.equal(each.account, made.account))
            others = next((each.documents for each in same_account), {})
            fixture = Fixture(made.account, {**others, bits: made.document})
            if can_begin(judge, space, made.document, fixture):
                yield UnreadyFixture(fixture, bits, atom)


def refused_for(goals: Goals, unready: UnreadyFixture) -> Iterator[tuple[int, list[Attempt]]]:
    """For each trigger refused in a state because of this atom alone: a start and the shortest path there."""
    space, bit = goals.space, goals.space.layout.bits_of(unready.ready)
    tried: set[tuple[str, str]] = set()
    for number in goals.reached():
        twin = space.lookup.find(space.codes[number] | bit)
        if twin is None or goals.bits(number) != unready.bits:
            continue
        accepted = {arrow.trigger for arrow, _ in goals.links(twin) if arrow.case is not None}
        for refusal in goals.refusals(number):
            key = refusal.state, refusal.trigger
            way = goals.way(goals.starts, refusal.__eq__, number) if refusal.trigger in accepted else None
            if way is not None and key not in tried:
                tried.add(key)
                yield way
