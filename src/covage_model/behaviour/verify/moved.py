"""Conditions that are judged on a move and on where it leads: `event` and `trigger` are those of the move."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from covage_model.behaviour.space.reach import Mask
from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import tree, truth
from covage_model.pack.model.conditions import FALSE, MOVE_WORDS, TRUE, Atom, Condition, Holds


@dataclass(frozen=True, slots=True)
class Arrival:
    """A move after which a condition holds, and the mask of the configurations in which such a move makes it hold."""

    move: Move
    there: Mask


def reads_moves(condition: Condition) -> bool:
    """Whether the condition tests the event or the trigger of a move."""
    return any(_of_move(atom) for atom in tree.atoms(condition))


def arrivals(space: StateSpace, condition: Condition) -> Iterator[Arrival]:
    """Each known move after which the condition holds, edits included, in the order of a breadth-first search."""
    masks: dict[tuple[str | None, tuple[str, ...]], Mask] = {}

    def there(trigger: str | None, events: tuple[str, ...]) -> Mask:
        if (trigger, events) not in masks:
            masks[trigger, events] = space.where(_after(condition, trigger, events))
        return masks[trigger, events]

    emitted = _emitted(space)
    for source in range(len(space)):
        for n in range(space.offsets[source], space.offsets[source + 1]):
            mask = there(space.numbered[space.cases[n]][0].name, emitted(source, n))
            if mask[space.targets[n]]:
                yield Arrival(space.stored(source, n), mask)
        editable = len(space.valuations) > 1 and space.editor(source) is not None
        for target in space.peers(source) if editable else ():
            if target != source and there(None, ())[target]:
                yield Arrival(space.edit(source, target), there(None, ()))


def read_by(space: StateSpace, condition: Condition) -> int:
    """The bits of a configuration that the condition reads, moves aside."""
    return space.guards.mask(_after(condition, None, ()))


def _emitted(space: StateSpace) -> Callable[[int, int], tuple[str, ...]]:
    """The events of a stored move, looked up once for each case, source and target state."""
    known: dict[tuple[int, str, str], tuple[str, ...]] = {}

    def emitted(source: int, n: int) -> tuple[str, ...]:
        key = space.cases[n], space.state(source), space.state(space.targets[n])
        if key not in known:
            known[key] = space.passage(space.stored(source, n)).emits
        return known[key]

    return emitted


def _after(condition: Condition, trigger: str | None, events: tuple[str, ...]) -> Condition:
    """The condition as it is after such a move: only what it says of the configuration is left."""

    def told(atom: Atom) -> Condition:
        if not isinstance(atom, Holds) or not _of_move(atom):
            return atom
        names = events if atom.ref.root == "event" else _names(trigger)
        return TRUE if any(truth.satisfies(atom.test, name) for name in names) else FALSE

    return tree.transform(condition, told)


def _names(trigger: str | None) -> tuple[str, ...]:
    """What a trigger is called: an outcome by its own name, and by that of its trigger."""
    return () if trigger is None else tuple(dict.fromkeys((trigger, trigger.partition(".")[0])))


def _of_move(atom: Atom) -> bool:
    return isinstance(atom, Holds) and atom.ref.root in MOVE_WORDS
