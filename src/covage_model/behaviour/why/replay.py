"""Replays a path of the table with the given document and account: an edit becomes a patch that was tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace

from covage_model.behaviour.run import session as sessions
from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import AtomTruths, DocumentEdit, Step, edit_step
from covage_model.behaviour.space import atoms, interpreter
from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.behaviour.why import repair
from covage_model.behaviour.why.answer import Way
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.json_value import merged
from covage_model.pack.conditions.tree import identity, reads_account_alone
from covage_model.pack.model.conditions import Atom


@dataclass(frozen=True, slots=True)
class Route:
    """A path in the table from the configuration `start`. `another`: it starts with another document."""

    kind: str
    start: int
    moves: tuple[Move, ...]
    another: bool = False

    def __len__(self) -> int:
        """The number of moves; starting with another document counts as one."""
        return len(self.moves) + self.another

    def segments(self) -> list[_Segment]:
        """The path cut at its edits."""
        segments: list[_Segment] = []
        own: list[Move] = []
        start, edited = self.start, self.another
        for move in self.moves:
            if move.is_edit:
                segments.append(_Segment(start, edited, tuple(own)))
                start, edited, own = move.target, True, []
            else:
                own.append(move)
        segments.append(_Segment(start, edited, tuple(own)))
        return segments


@dataclass(frozen=True, slots=True)
class _Segment:
    """Moves by triggers from the configuration `start`. `edited`: an edit led there."""

    start: int
    edited: bool
    moves: tuple[Move, ...]


def replayed(session: Session, space: StateSpace, route: Route, trigger: str) -> Way:
    """The route as a way, replayed as far as possible."""
    start = _at_start(session, route)
    replay = _Replay(space, start, played=start.document is not json_value.ABSENT)
    segments = route.segments()
    for number, segment in enumerate(segments):
        replay.take(segment, (trigger,) if number == len(segments) - 1 else ())
    played = replay.played and replay.session.attempt(trigger).moved
    steps = tuple(replay.steps)
    kept = _kept(session, steps) if route.kind == "restart" else 0
    return Way(route.kind, steps, tuple(replay.assumed), kept, played)


def _at_start(session: Session, route: Route) -> Session:
    if route.kind == "onward":
        return session
    begun = sessions.begin(session.judge, session.variant.name, session.document, session.account)
    if route.kind == "account":
        return replace(begun, account=None, document=json_value.ABSENT)
    return replace(begun, assumed=session.assumed)


def _kept(session: Session, steps: Sequence[Step]) -> int:
    """The number of first steps that the order has taken already."""
    kept = 0
    for done, step in zip(session.steps, steps, strict=False):
        if step.is_edit or done.is_edit or done.trigger != step.trigger:
            break
        kept += 1
    return kept


@dataclass(slots=True)
class _Replay:
    """The replay so far: the session, and the steps taken."""

    space: StateSpace
    session: Session
    played: bool
    steps: list[Step] = field(default_factory=list)
    assumed: list[tuple[Atom, bool]] = field(default_factory=list)

    def take(self, segment: _Segment, more: tuple[str, ...]) -> None:
        """Replays one segment; `more` are triggers that must be possible after it."""
        needed = required(self.space, segment.start, (*(move.trigger for move in segment.moves), *more))
        if segment.edited:
            self._edit(segment.start, tuple((atom, holds) for atom, holds in needed if not reads_account_alone(atom)))
        undecided = tuple((atom, holds) for atom, holds in needed if self.session.truth(atom) is None)
        intended = segment.edited and not self.played  # the edit without a patch lists the truths that it needs
        known = {identity(atom) for atom, _ in self.assumed}
        new = ((atom, holds) for atom, holds in undecided if identity(atom) not in known)
        self.assumed += [(atom, holds) for atom, holds in new if not intended or reads_account_alone(atom)]
        self.session = self.session.assuming(undecided)
        for move in segment.moves:
            self._fire(move)

    def _edit(self, start: int, wanted: AtomTruths) -> None:
        """Edits the document so that the atoms have the wanted truths. If no patch is found, they are assumed."""
        session = self.session
        patch = repair.patch(session, wanted) if self.played else json_value.ABSENT
        if patch is json_value.ABSENT:
            self.played = False
            self.session = session.on_another(json_value.ABSENT).assuming(wanted)
        else:
            self.session = session.on_another(merged(session.document, patch))
        here = self._at(start)
        self.steps.append(edit_step(session.editor, here, here, DocumentEdit(wanted, patch)))

    def _fire(self, move: Move) -> None:
        there, case = self._at(move.target), move.case
        emitted = () if case is None else self.space.passage(move).emits
        step = Step(move.trigger, move.actors, self.session.configuration, there, case=case, emitted=emitted)
        moved = sessions.fire(self.session, move.trigger)
        if not isinstance(moved, Session) or moved.state != there.state:
            self.played = False  # the document differs from the table: the move of the table is taken
            moved = self.session.after(step)
        self.session = moved
        self.steps.append(step)

    def _at(self, number: int) -> Configuration:
        return replace(self.space.configuration(number), atoms=())


def required(space: StateSpace, start: int, triggers: Sequence[str]) -> AtomTruths:
    """A minimal set of truths of atoms in `start` with which the triggers can be fired there one after another."""
    here = space.configuration(start)

    def possible(known: AtomTruths) -> bool:
        truths = {identity(atom): holds for atom, holds in known}
        state, variables = here.state, dict(here.variables)
        for trigger in triggers:
            result = interpreter.fire(
                space.lifecycle, space.variant, state, variables, trigger, lambda atom: truths.get(identity(atom))
            )
            if not isinstance(result, interpreter.Accepted):
                return False
            state, variables = result.state, dict(result.variables)
        return True

    return atoms.least(here.atoms, possible)
