"""The explored table of one order type and variant: its configurations and the moves between them."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence

from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.guards import Guards
from covage_model.behaviour.space.layout import Layout
from covage_model.behaviour.space.lookup import Lookup
from covage_model.behaviour.space.passage import Passage, passage
from covage_model.ground.classes import dataclass
from covage_model.pack.model.conditions import Atom, Condition
from covage_model.pack.model.lifecycle import Case, Lifecycle, Transition
from covage_model.pack.model.orders import Variant

EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Move:
    """
    A move between two configurations, by their numbers; any of the `actors` may make it.

    An edit has no case, and its trigger is `edit`.
    """

    source: int
    trigger: str
    actors: tuple[str, ...]
    case: Case | None
    target: int

    @property
    def is_edit(self) -> bool:
        """Whether this is an edit of the document. The trigger does not tell: a transition may be named `edit` too."""
        return self.case is None


@dataclass(frozen=True, slots=True)
class StateSpace:
    """
    The explored table. Configurations are numbered from 0, in the order of a breadth-first search.

    The moves of configuration `i` by triggers are `cases[n]` (numbers of `numbered`) and
    `targets[n]` for `offsets[i] <= n < offsets[i + 1]`, in spec order. Edits are not stored: in an
    editable state each of `peers(i)` leads to each other. `parents[i]` is the configuration from which `i` was first
    reached, `i` itself if it is initial. If `complete` is False, the limit was reached: only the
    first `expanded` configurations have all their moves.
    """

    lifecycle: Lifecycle
    variant: Variant
    layout: Layout
    guards: Guards
    numbered: tuple[tuple[Transition, Case], ...]
    valuations: tuple[int, ...]
    initial: Sequence[int]
    codes: Sequence[int]  # eight bytes each where 64 bits are enough
    lookup: Lookup
    parents: array[int]
    offsets: array[int]
    cases: array[int]
    targets: array[int]
    expanded: int
    overlapping: frozenset[str]  # triggers with two cases enabled in one configuration

    def __len__(self) -> int:
        """The number of known configurations."""
        return len(self.codes)

    @property
    def complete(self) -> bool:
        """Whether all configurations and moves are known."""
        return self.expanded == len(self.codes)

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """The tests of the document and the account in guards, named conditions and properties, in spec order."""
        return self.layout.atoms

    def configuration(self, number: int) -> Configuration:
        """The configuration of that number."""
        return self.layout.configuration(self.codes[number])

    def state(self, number: int) -> str:
        """The resting state of a configuration."""
        return self.layout.state(self.codes[number]).name

    def find(self, configuration: Configuration) -> int | None:
        """The number of a configuration; None if it was not reached or belongs to another lifecycle."""
        try:
            return self.lookup.find(self.layout.code(configuration))
        except (KeyError, ValueError):
            return None

    def editor(self, number: int) -> str | None:
        """The actor who may edit the document there, or None."""
        editor = self.layout.state(self.codes[number]).editable
        return editor and (self.variant.order.written_by or editor)

    def peers(self, number: int) -> tuple[int, ...]:
        """The configurations that differ from this one only by what an edit can change, this one included."""
        code, layout = self.codes[number], self.layout
        if len(self.valuations) < 2 or not layout.edits_mask:
            return (number,)
        rest = code & ~layout.atoms_mask
        numbers = self.lookup.between(rest, rest + layout.atoms_mask + 1)
        if not layout.kept:
            return numbers
        kept = code & layout.kept
        return tuple(other for other in numbers if self.codes[other] & layout.kept == kept)

    def moves(self, number: int) -> tuple[Move, ...]:
        """Every move from a configuration: by triggers in spec order, then by edits in the order of valuations."""
        return (*self._fired(number), *self._edits(number))

    def move(self, source: int, target: int) -> Move:
        """The first move from one configuration to another. There must be one, else the result is an edit."""
        for n in self._row(source):
            if self.targets[n] == target:
                return self.stored(source, n)
        return self.edit(source, target)

    def stored(self, source: int, n: int) -> Move:
        """The stored move `n`, from `source`."""
        transition, case = self.numbered[self.cases[n]]
        return Move(source, transition.name, self.variant.order.acting(transition.by), case, self.targets[n])

    def passage(self, move: Move) -> Passage:
        """What a move by a trigger does. Raises ValueError for an edit."""
        if move.case is None:
            raise ValueError(move)
        here = self.layout.variables(self.codes[move.source])
        return passage(self.lifecycle, move.case, self.state(move.source), here)

    def edit(self, source: int, target: int) -> Move:
        """The edit from one configuration to another."""
        editor = self.editor(source)
        return Move(source, EDIT, () if editor is None else (editor,), None, target)

    def enabled(self, number: int) -> array[int]:
        """The cases enabled in a configuration, as numbers of `numbered`, in spec order."""
        return self.cases[self.offsets[number] : self.offsets[number + 1]]

    @property
    def count_moves(self) -> int:
        """The number of moves, edits included."""
        if len(self.valuations) < 2:
            return len(self.targets)
        editable = {number for number, state in enumerate(self.layout.states) if state.editable}
        shift, rest = self.layout.state_shift, ~self.layout.edits_mask
        peers = Counter(code & rest for code in self.codes if code >> shift in editable)
        return len(self.targets) + sum(count * (count - 1) for count in peers.values())

    def trace(self, number: int) -> tuple[Move, ...]:
        """A shortest path from an initial configuration: the first in spec order."""
        moves = []
        while (source := self.parents[number]) != number:
            moves.append(self.move(source, number))
            number = source
        return tuple(reversed(moves))

    def holds(self, number: int, condition: Condition) -> bool:
        """Whether `condition` holds there. Raises KeyError for an atom that is not in the lifecycle."""
        return self.guards.guard(condition).holds(self.codes[number])

    def where(self, condition: Condition) -> bytes:
        """The mask of the configurations in which `condition` holds. Raises KeyError as `holds` does."""
        return bytes(map(self.guards.guard(condition).holds, self.codes))

    @property
    def ambiguous(self) -> tuple[tuple[int, str], ...]:
        """Each configuration in which several cases of a trigger are enabled, with the trigger."""
        if not self.overlapping:
            return ()
        names = [transition.name for transition, _ in self.numbered]
        return tuple(
            (number, name)
            for number in range(len(self))
            for name, count in Counter(names[self.cases[n]] for n in self._row(number)).items()
            if count > 1
        )

    def _row(self, number: int) -> range:
        return range(self.offsets[number], self.offsets[number + 1])

    def _fired(self, number: int) -> Iterator[Move]:
        return (self.stored(number, n) for n in self._row(number))

    def _edits(self, number: int) -> Iterator[Move]:
        editor = self.editor(number)
        if editor is not None:
            for target in self.peers(number):
                if target != number:
                    yield Move(number, EDIT, (editor,), None, target)
