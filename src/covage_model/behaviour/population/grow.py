"""Grows the chances of a table: from its beginnings, by what can be chosen."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from covage_model.behaviour.population.chances import Chances, Happening, TooManyOptions
from covage_model.behaviour.population.deadlines import DeadlineTimers
from covage_model.behaviour.population.weights import Weights
from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Location, Origin
from covage_model.pack.model.conditions import DocumentReady
from covage_model.pack.model.lifecycle import Transition
from covage_model.pack.model.profile import EDIT, Profile, Timing

_MOST = 20_000_000  # options of one table
_NO_TIMING = Timing("", (), None, None, tries=False, at=None, origin=Origin(Location("", 0, 0)))


def chances_of(space: StateSpace, profile: Profile, *, given: Mapping[int, float] | None = None) -> Chances:
    """
    The chances of a table. Only places that can be reached with a chance are listed.

    `given` are chances of the initial configurations, in place of those of the profile's documents.
    Raises TooManyOptions.
    """
    return _Growth(space, profile, given).chances()


@dataclass(slots=True)
class _Growing:
    """The columns of the options so far."""

    chance: array[float] = field(default_factory=lambda: array("d"))
    target: array[int] = field(default_factory=lambda: array("q"))
    label: array[int] = field(default_factory=lambda: array("q"))
    case: array[int] = field(default_factory=lambda: array("q"))
    at: array[int] = field(default_factory=lambda: array("q"))
    sets: array[int] = field(default_factory=lambda: array("q"))


class _Growth:
    def __init__(self, space: StateSpace, profile: Profile, given: Mapping[int, float] | None) -> None:
        self._space, self._profile, self._given = space, profile, given
        self._timings = {timing.name: timing for timing in profile.timings}
        self._weights = Weights(space, profile)
        triggers = {transition.name for transition in space.lifecycle.transitions}
        waited = {self._timing(name).at for name in triggers}
        given_timers = tuple(
            timer for timer in profile.timers if timer.name in waited and (triggers | {EDIT}) & {*timer.starts}
        )
        self._bits = {timer.name: number for number, timer in enumerate(given_timers)}
        self._deadlines = DeadlineTimers(space, len(given_timers))
        self._timers = (*given_timers, *self._deadlines.timers)
        self._labels: dict[Happening, int] = {}
        self._places: dict[tuple[int, int], int] = {}
        self._columns = _Growing()
        self._edit_chances = dict(_valued(space, None if profile.edit_ready is None else profile.edit_ready.value))
        self._sources = {
            transition.name: frozenset(name for case in transition.cases for name in case.source)
            for transition in space.lifecycle.transitions
        }

    def _timing(self, trigger: str) -> Timing:
        return self._timings.get(trigger, _NO_TIMING)

    def chances(self) -> Chances:
        space, columns = self._space, self._columns
        start = [
            (self._place(number, self._deadlines.begun(space.state(number))), chance)
            for number, chance in self._start()
        ]
        ended, offsets = bytearray(), array("q", [0])
        final = [state.final is not None for state in space.layout.states]
        for place in _growing(self._places):
            number, running = place
            ended.append(final[space.codes[number] >> space.layout.state_shift])
            if not ended[-1]:
                self._add(number, running)
            if len(columns.chance) > _MOST:
                raise TooManyOptions
            offsets.append(len(columns.chance))
        return Chances(
            space=space,
            timers=self._timers,
            labels=tuple(self._labels),
            start=tuple(start),
            configurations=array("q", (number for number, _ in self._places)),
            running=array("q", (running for _, running in self._places)),
            offsets=offsets,
            chance=columns.chance,
            target=columns.target,
            label=columns.label,
            case=columns.case,
            at=columns.at,
            sets=columns.sets,
            ended=ended,
        )

    def _start(self) -> Iterator[tuple[int, float]]:
        space = self._space
        if self._given is not None:
            total = sum(self._given.values())
            yield from ((number, chance / total) for number, chance in self._given.items() if chance)
            return
        ready = self._profile.start_ready
        valued = dict(_valued(space, None if ready is None else ready.value))
        shares = _shares([valued[space.codes[number] & space.layout.atoms_mask] for number in space.initial])
        yield from ((number, share) for number, share in zip(space.initial, shares, strict=True) if share)

    def _place(self, number: int, running: int) -> int:
        return self._places.setdefault((number, running), len(self._places))

    def _add(self, number: int, running: int) -> None:
        """Adds the options of a place, then makes their chances sum to 1."""
        first = len(self._columns.chance)
        enabled: set[str] = set()
        space = self._space
        for n in range(space.offsets[number], space.offsets[number + 1]):
            transition, _ = space.numbered[space.cases[n]]
            enabled.add(transition.name)
            self._add_move(number, running, transition, space.cases[n], space.targets[n])
        state = space.state(number)
        for transition in space.lifecycle.transitions:
            if transition.name not in enabled and state in self._sources[transition.name]:
                self._add_refusal(number, running, transition)
        self._add_edits(number, running)
        chance = self._columns.chance
        total = sum(chance[first:])
        waited = [n for n in range(first, len(chance)) if self._columns.at[n] >= 0]
        if not total and waited:  # nothing is chosen: time passes until a timer ends
            for n in waited:
                chance[n] = 1 / len(waited)
        elif total:
            for n in range(first, len(chance)):
                chance[n] /= total

    def _add_move(self, number: int, running: int, transition: Transition, case: int, target: int) -> None:
        timing, weight = self._timing(transition.name), self._weights.of(transition.name, number)
        actor = self._space.variant.order.acting(transition.by)[0]
        deadline = self._deadlines.bit(transition.name)
        if deadline is not None:
            at = deadline
            weight = weight if timing.weights else 0.0  # it comes by itself: it is not chosen
        else:
            at = -1 if timing.at is None else self._bits.get(timing.at, -1)
        if (deadline is not None or timing.at is not None) and not (at >= 0 and running >> at & 1):
            return  # nothing has started its timer
        space = self._space
        starts, stops = self._deadlines.moved(space.state(number), space.state(target), space.numbered[case][1].to)
        if at >= 0:
            label = Happening(transition.name, actor, None, None)
            self._add_option(weight, target, running & ~(1 << at) & ~stops, label, case, at, starts)
        elif weight:
            label = Happening(transition.name, actor, timing.waits, timing.works)
            self._add_option(weight, target, running & ~stops, label, case, sets=starts)

    def _add_refusal(self, number: int, running: int, transition: Transition) -> None:
        timing = self._timing(transition.name)
        timed = timing.at is not None or transition.deadline is not None
        weight = self._weights.of(transition.name, number) if timing.tries and not timed else 0
        if weight:
            actor = self._space.variant.order.acting(transition.by)[0]
            label = Happening(transition.name, actor, timing.waits, timing.works, refused=True)
            self._add_option(weight, number, running, label, -1)

    def _add_edits(self, number: int, running: int) -> None:
        editor = self._space.editor(number)
        weight = self._weights.of(EDIT, number) if editor else 0
        if not editor or not weight:
            return
        timing = self._timing(EDIT)
        label = Happening(EDIT, editor, timing.waits, timing.works, edit=True)
        peers, mask = self._space.peers(number), self._space.layout.atoms_mask
        for target, share in zip(
            peers, _shares([self._edit_chances[self._space.codes[peer] & mask] for peer in peers]), strict=True
        ):
            if share:
                self._add_option(weight * share, target, running, label, -1)

    def _add_option(
        self, weight: float, target: int, running: int, label: Happening, case: int, at: int = -1, sets: int = 0
    ) -> None:
        if self._timers and not label.refused:
            sets |= sum(1 << n for n, timer in enumerate(self._timers) if label.trigger in timer.starts)
        columns = self._columns
        columns.chance.append(weight)
        columns.target.append(self._place(target, running | sets))
        columns.label.append(self._labels.setdefault(label, len(self._labels)))
        columns.case.append(case)
        columns.at.append(at)
        columns.sets.append(sets)


def _growing(places: dict[tuple[int, int], int]) -> Iterator[tuple[int, int]]:
    """The places in the order of discovery, while they become more."""
    done = 0
    while done < len(places):
        for place in list(places)[done:]:
            done += 1
            yield place


def _valued(space: StateSpace, ready: float | None) -> Iterator[tuple[int, tuple[float, int]]]:
    """
    For each valuation: its chance before renormalisation, and how many atoms are as wanted.

    Each `document:` atom is true with the chance `ready` (None: always), account atoms are true, and tests of the
    order are as often true as false.
    """
    chance = 1.0 if ready is None else ready
    layout = space.layout
    for bits in space.valuations:
        share, wanted = 1.0, 0
        for atom in layout.atoms:
            holds = layout.atom(bits, atom)
            if isinstance(atom, DocumentReady):
                share *= chance if holds else 1 - chance
                wanted += holds
            elif atom.ref.root == "account":
                share *= holds
                wanted += holds
        yield bits, (share, wanted)


def _shares(valued: Sequence[tuple[float, int]]) -> list[float]:
    """The chances, summing to 1. If all are 0, those with the most wanted atoms are equally likely."""
    total = sum(share for share, _ in valued)
    if total:
        return [share / total for share, _ in valued]
    most = max(wanted for _, wanted in valued)
    count = sum(wanted == most for _, wanted in valued)
    return [(wanted == most) / count for _, wanted in valued]
