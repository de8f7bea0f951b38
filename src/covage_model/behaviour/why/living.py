"""A way of the table lived with the document and account at hand, an edit becoming a patch that was tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from covage_model.behaviour.run import session as stepping
from covage_model.behaviour.run.session import Session
from covage_model.behaviour.space import step
from covage_model.behaviour.space.atoms import identity, of_account
from covage_model.behaviour.space.explore import Move, StateSpace
from covage_model.behaviour.why import repair
from covage_model.behaviour.why.answer import Atoms, DocumentEdit, Hop, Way
from covage_model.ground import json_value
from covage_model.ground.json_value import merged
from covage_model.pack.model.conditions import Atom

_EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Route:
    """Moves of a table from the configuration `start`; `another`: the document there is not the one at hand."""

    kind: str
    start: int
    moves: tuple[Move, ...]
    another: bool = False

    def __len__(self) -> int:
        """How many moves, another document being one."""
        return len(self.moves) + self.another

    def stretches(self) -> list[_TriggerStretch]:
        """The moves between edits."""
        found: list[_TriggerStretch] = []
        own: list[Move] = []
        start, edited = self.start, self.another
        for move in self.moves:
            if move.is_edit:
                found.append(_TriggerStretch(start, edited, tuple(own)))
                start, edited, own = move.target, True, []
            else:
                own.append(move)
        found.append(_TriggerStretch(start, edited, tuple(own)))
        return found


@dataclass(frozen=True, slots=True)
class _TriggerStretch:
    """Moves by triggers alone, from the configuration `start`; `edited`: an edit led there."""

    start: int
    edited: bool
    moves: tuple[Move, ...]


def lived(session: Session, space: StateSpace, route: Route, trigger: str) -> Way:
    """The route as a way, lived as far as that can be."""
    start = _at_start(session, route)
    walker = _Walker(space, start, played=start.document is not json_value.ABSENT)
    stretches = route.stretches()
    for number, stretch in enumerate(stretches):
        walker.walk(stretch, (trigger,) if number == len(stretches) - 1 else ())
    played = walker.played and isinstance(walker.session.pull(trigger), step.Accepted)
    hops = tuple(walker.hops)
    kept = _kept(session, hops) if route.kind == "restart" else 0
    return Way(route.kind, hops, tuple(walker.granted), kept, played)


def _at_start(session: Session, route: Route) -> Session:
    if route.kind == "onward":
        return session
    begun = stepping.begin(session.judge, session.variant.name, session.document, session.account)
    if route.kind == "account":
        return replace(begun, account=None, document=json_value.ABSENT)
    return replace(begun, granted=session.granted)


def _kept(session: Session, hops: Sequence[Hop]) -> int:
    """How many of the first moves are those of the trace."""
    kept = 0
    for done, hop in zip(session.done, hops, strict=False):
        if hop.edit is not None or done.case is None or done.trigger != hop.trigger:
            break
        kept += 1
    return kept


@dataclass(slots=True)
class _Walker:
    """Whoever walks the way. The one thing here that changes."""

    space: StateSpace
    session: Session
    played: bool
    hops: list[Hop] = field(default_factory=list)
    granted: list[tuple[Atom, bool]] = field(default_factory=list)

    def walk(self, stretch: _TriggerStretch, more: tuple[str, ...]) -> None:
        """One stretch; `more` are triggers that must be possible after it."""
        needed = required(self.space, stretch.start, (*(move.trigger for move in stretch.moves), *more))
        if stretch.edited:
            self._edit(stretch.start, tuple(one for one in needed if not of_account(one[0])))
        open_ones = tuple(one for one in needed if self.session.truth(one[0]) is None)
        wished = stretch.edited and not self.played  # what the edit was to bring about is said beside it
        said = {identity(atom) for atom, _ in self.granted}
        new = (one for one in open_ones if identity(one[0]) not in said)
        self.granted += [one for one in new if not wished or of_account(one[0])]
        self.session = self.session.granting(open_ones)
        for move in stretch.moves:
            self._fire(move)

    def _edit(self, start: int, wanted: Atoms) -> None:
        """The document changed so that the atoms are as wanted; where nobody can tell how, they are taken to be."""
        session = self.session
        patch = repair.patch(session, wanted) if self.played else json_value.ABSENT
        if patch is json_value.ABSENT:
            self.played = False
            self.session = session.on_another(json_value.ABSENT).granting(wanted)
        else:
            self.session = session.on_another(merged(session.document, patch))
        here = self.space.configuration(start)
        self.hops.append(Hop(_EDIT, session.editor, here.state, here.variables, edit=DocumentEdit(wanted, patch)))

    def _fire(self, move: Move) -> None:
        moved = stepping.fire(self.session, move.trigger)
        there = self.space.configuration(move.target)
        if not isinstance(moved, Session) or moved.state != there.state:
            self.played = False  # a document of its own mind: the table's word stands for what happens
            moved = replace(self.session, state=there.state, variables=there.variables)
        self.session = moved
        emits = move.case.emits if move.case is not None else ()
        self.hops.append(Hop(move.trigger, move.actor, there.state, there.variables, emits))


def required(space: StateSpace, start: int, triggers: Sequence[str]) -> Atoms:
    """The atoms without whose truth in `start` the triggers could not be pulled there in turn; none can be left out."""
    here = space.configuration(start)

    def possible(told: Atoms) -> bool:
        truths = {identity(atom): holds for atom, holds in told}
        state, variables = here.state, dict(here.variables)
        for trigger in triggers:
            result = step.fire(
                space.lifecycle, space.variant, state, variables, trigger, lambda atom: truths.get(identity(atom))
            )
            if not isinstance(result, step.Accepted):
                return False
            state, variables = result.state, dict(result.variables)
        return True

    found = here.atoms
    for number in reversed(range(len(found))):
        fewer = (*found[:number], *found[number + 1 :])
        if possible(fewer):
            found = fewer
    return found
