"""Conditions that are judged on a move and on where it leads: `event` and `trigger` are those of the move."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from covage_model.behaviour.space.reach import Mask
from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.ground import json_value
from covage_model.pack.conditions import tree, truth
from covage_model.pack.model.conditions import FALSE, MOVE_WORDS, TRUE, Atom, Condition, Holds


def reads_moves(condition: Condition) -> bool:
    """Whether the condition tests the event or the trigger of a move."""
    return any(_of_move(atom) for atom in tree.atoms(condition))


def ever(space: StateSpace, condition: Condition) -> bool:
    """Whether the condition holds in some configuration, or after some move if it is judged on moves."""
    if not reads_moves(condition):
        return 1 in space.where(condition)
    judged = JudgedCondition(space, condition)
    return any(judged.unmoved[number] for number in space.initial) or any(True for _ in judged.moves())


class JudgedCondition:
    """
    A condition as it is judged after each move of a run.

    `unmoved` has the configurations in which it holds whatever move led there: all that counts at the start, to
    which no move leads. `edited` has those in which it holds after an edit. `read` has the bits that it reads.
    """

    def __init__(self, space: StateSpace, condition: Condition) -> None:
        self.space = space
        self.condition = condition
        self.unmoved: Mask = space.where(tree.whatever(condition, _of_move))
        self._masks: dict[tuple[str | None, tuple[str, ...]], Mask] = {}
        self._emitted = _emitted(space)
        self.edited = self._after(None, ())
        self.read = space.guards.mask(_told(condition, None, ()))

    def after(self, source: int, n: int) -> Mask:
        """The configurations in which the condition holds after such a move as the stored move `n` from `source`."""
        return self._after(self.space.numbered[self.space.cases[n]][0].name, self._emitted(source, n))

    def of(self, move: Move) -> Mask:
        """As `after`, for a move that may be an edit."""
        return self.edited if move.case is None else self._after(move.trigger, self.space.passage(move).emits)

    def moves(self) -> Iterator[Move]:
        """Each known move after which the condition holds, edits included, in the order of a breadth-first search."""
        space = self.space
        edits = len(space.valuations) > 1 and 1 in self.edited
        for source in range(len(space)):
            for n in range(space.offsets[source], space.offsets[source + 1]):
                if self.after(source, n)[space.targets[n]]:
                    yield space.stored(source, n)
            for target in space.peers(source) if edits and space.editor(source) is not None else ():
                if target != source and self.edited[target]:
                    yield space.edit(source, target)

    def _after(self, trigger: str | None, events: tuple[str, ...]) -> Mask:
        if (trigger, events) not in self._masks:
            self._masks[trigger, events] = self.space.where(_told(self.condition, trigger, events))
        return self._masks[trigger, events]


def _emitted(space: StateSpace) -> Callable[[int, int], tuple[str, ...]]:
    """The events of a stored move, looked up once for each case, source and target state."""
    known: dict[tuple[int, str, str], tuple[str, ...]] = {}

    def emitted(source: int, n: int) -> tuple[str, ...]:
        key = space.cases[n], space.state(source), space.state(space.targets[n])
        if key not in known:
            known[key] = space.passage(space.stored(source, n)).emits
        return known[key]

    return emitted


def _told(condition: Condition, trigger: str | None, events: tuple[str, ...]) -> Condition:
    """The condition as it is after such a move: only what it says of the configuration is left."""

    def told(atom: Atom) -> Condition:
        if not isinstance(atom, Holds) or not _of_move(atom):
            return atom
        names = (events if atom.ref.root == "event" else _names(trigger)) or (json_value.ABSENT,)
        return TRUE if any(truth.satisfies(atom.test, name) for name in names) else FALSE

    return tree.transform(condition, told)


def _names(trigger: str | None) -> tuple[str, ...]:
    """What a trigger is called: an outcome by its own name, and by that of its trigger."""
    return () if trigger is None else tuple(dict.fromkeys((trigger, trigger.partition(".")[0])))


def _of_move(atom: Atom) -> bool:
    return isinstance(atom, Holds) and atom.ref.root in MOVE_WORDS
