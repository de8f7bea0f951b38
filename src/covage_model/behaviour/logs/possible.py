"""
What events leave possible: the set of configurations in which an order can be.

Events show neither the variant of an order, nor its document, nor moves that emit nothing. So an order is followed as a
set of places. A place is a configuration of one table, with the events that the last move emitted and that the log has
not shown yet. After a record that shows an event, moves that show nothing may have happened too: the set also has the
places that they lead to. After a record that shows the state, nothing has happened since. Sets are numbered, and the
set that follows a set and a record is computed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from covage_model.behaviour.space.passage import passage
from covage_model.behaviour.space.space import StateSpace

NOWHERE = 0  # the set of no places: what was seen could not have happened
Seen = tuple[str | None, str | None]  # the event and the state or status that a record shows; None where it does not
Place = tuple[int, int, tuple[str, ...]]  # the number of the table, the configuration, events that are still to be seen


class PossibleSets:
    """
    The sets of places of these tables, by number. `shown` are the events that the log shows.

    `rows[n]` has the sets that follow set `n`, as far as they were computed: their numbers, by what is seen.
    """

    def __init__(self, spaces: Sequence[StateSpace], shown: Iterable[str]) -> None:
        self.spaces = tuple(spaces)
        self._shown = frozenset(shown)
        self._sets: list[frozenset[Place]] = []
        self._numbers: dict[frozenset[Place], int] = {}
        self.rows: list[dict[Seen, int]] = []
        self.finished: list[bool] = []  # by set: whether every place is an end after which nothing is shown
        self.ended: list[bool] = []  # by set: whether some place is an end, and all its events were seen
        self._leading: dict[int, Mapping[str, Sequence[tuple[str, str]]]] = {}
        self._starts: dict[tuple[int, ...], int] = {}
        self._moves: dict[tuple[int, int], tuple[tuple[Place, ...], tuple[tuple[tuple[str, ...], int], ...]]] = {}
        self._number(frozenset())

    def start(self, tables: Iterable[int]) -> int:
        """The set in which an order is before it shows anything, if it follows one of these tables."""
        key = tuple(tables)
        if key not in self._starts:
            places = ((table, number, ()) for table in key for number in self.spaces[table].initial)
            self._starts[key] = self._number(self._closed(places))
        return self._starts[key]

    def anywhere(self, tables: Iterable[int]) -> int:
        """The set of an order whose beginning is not known."""
        every = ((table, number, ()) for table in tables for number in range(len(self.spaces[table])))
        return self._number(self._closed(every))

    def step(self, number: int, seen: Seen) -> int:
        """The set after something is seen; NOWHERE if it could not have happened."""
        row = self.rows[number]
        if seen not in row:
            row[seen] = self._number(self._after(self._sets[number], seen))
        return row[seen]

    def places(self, number: int) -> frozenset[Place]:
        """The places of a set."""
        return self._sets[number]

    def states(self, number: int) -> tuple[str, ...]:
        """The states of the places of a set, in the order of the tables."""
        found = {(table, self.spaces[table].state(here)) for table, here, _ in self._sets[number]}
        order = [(table, state.name) for table, space in enumerate(self.spaces) for state in space.lifecycle.resting]
        return tuple(dict.fromkeys(state for table, state in order if (table, state) in found))

    def events(self, number: int) -> tuple[str, ...]:
        """The events that may be seen next, sorted."""
        found: set[str] = set()
        for table, here, unseen in self._closed(self._sets[number]):
            found.update(unseen or (event for emits, _ in self._successors(table, here)[1] for event in emits))
        return tuple(sorted(found))

    def tables(self, number: int) -> tuple[int, ...]:
        """The tables that an order in this set may follow."""
        return tuple(sorted({table for table, _, _ in self._sets[number]}))

    def hides(self, number: int) -> bool:
        """Whether something may happen next that is not shown."""
        return any(self._successors(table, here)[0] for table, here, unseen in self._sets[number] if not unseen)

    def leading(self, number: int) -> Mapping[str, Sequence[tuple[str, str]]]:
        """By each event that may be seen next, the triggers that lead to it, each with its actor."""
        if number not in self._leading:
            found: dict[str, dict[tuple[str, str], None]] = {}
            for table, here, unseen in sorted(self._sets[number]):
                space = self.spaces[table]
                for event in unseen:
                    found.setdefault(event, {})["", ""] = None  # an earlier event of the same move was seen already
                for n in range(*space.offsets[here : here + 2]) if not unseen else ():
                    move = space.stored(here, n)
                    for event in space.passage(move).emits:
                        if event in self._shown:
                            found.setdefault(event, {})[move.trigger, move.actors[0]] = None
            self._leading[number] = {event: tuple(triggers) for event, triggers in found.items()}
        return self._leading[number]

    def _number(self, places: frozenset[Place]) -> int:
        if places not in self._numbers:
            self._numbers[places] = len(self._sets)
            self._sets.append(places)
            self.rows.append({})
            final = [not unseen and self._is_final(table, here) for table, here, unseen in places]
            self.ended.append(any(final))
            self.finished.append(bool(final) and all(final) and not self.events(len(self._sets) - 1))
        return self._numbers[places]

    def _is_final(self, table: int, here: int) -> bool:
        space = self.spaces[table]
        return space.lifecycle.state(space.state(here)).final is not None

    def _closed(self, places: Iterable[Place]) -> frozenset[Place]:
        """These places, and all to which moves that show nothing lead."""
        known = set(places)
        pending = list(known)
        while pending:
            table, here, unseen = pending.pop()
            for place in () if unseen else self._successors(table, here)[0]:
                if place not in known:
                    known.add(place)
                    pending.append(place)
        return frozenset(known)

    def _after(self, places: frozenset[Place], seen: Seen) -> frozenset[Place]:
        event, shown = seen
        found = self._closed(places)
        if event is not None:
            found = frozenset(self._emitting(found, event))
        if shown is not None:
            return frozenset(place for place in found if self._shows(place, shown))
        return self._closed(found)

    def _emitting(self, places: Iterable[Place], event: str) -> Iterator[Place]:
        for table, here, unseen in places:
            if unseen:
                if event in unseen:
                    yield table, here, _without(unseen, event)
                continue
            for emits, target in self._successors(table, here)[1]:
                if event in emits:
                    yield table, target, _without(emits, event)

    def _shows(self, place: Place, shown: str) -> bool:
        """Whether an order at that place is in a state of that name, or a step of it, or shows that status."""
        table, here, _ = place
        state = self.spaces[table].state(here)
        found = self.spaces[table].lifecycle.state(state)
        return shown == state or state.startswith(f"{shown}.") or shown == found.status

    def _successors(self, table: int, here: int) -> tuple[tuple[Place, ...], tuple[tuple[tuple[str, ...], int], ...]]:
        """The places that moves without a shown event lead to; of the other moves, their events and configurations."""
        if (table, here) not in self._moves:
            space = self.spaces[table]
            silent: list[Place] = []
            telling: list[tuple[tuple[str, ...], int]] = []
            state = space.state(here)
            variables = space.layout.variables(space.codes[here])
            for n in range(space.offsets[here], space.offsets[here + 1]):
                case = space.numbered[space.cases[n]][1]
                emits = passage(space.lifecycle, case, state, variables).emits
                seen = tuple(sorted(event for event in emits if event in self._shown))
                if seen:
                    telling.append((seen, space.targets[n]))
                else:
                    silent.append((table, space.targets[n], ()))
            if space.editor(here) is not None:
                silent += [(table, peer, ()) for peer in space.peers(here) if peer != here]
            self._moves[table, here] = tuple(silent), tuple(telling)
        return self._moves[table, here]


def named(seen: Seen) -> str:
    """The event that a record shows, else the state."""
    return seen[0] or seen[1] or ""


def _without(events: tuple[str, ...], event: str) -> tuple[str, ...]:
    """These events less one: events of one move may be seen in any order."""
    at = events.index(event)
    return events[:at] + events[at + 1 :]
