"""CM304: a place from which orders go on, and never come to an end."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from covage_model.checks import faults
from covage_model.checks.dead_ends import dead_ends, finding, has_end
from covage_model.checks.ground import Ground
from covage_model.diagnostics import Diagnostic
from covage_model.statespace.explore import StateSpace


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """
    For each state with a reachable configuration from which no final one can be reached.

    Where a dead end can be reached, that is the finding (CM303), and this one is not made. Tables
    that are not whole are not judged.
    """
    for lifecycle in ground.lifecycles:
        if has_end(lifecycle):
            whole = {leaf: space for leaf, space in ground.lives(lifecycle).items() if space.complete}
            found = {leaf: (space, _endless(space)) for leaf, space in whole.items()}
            for _, fault, leaves in faults.per_state(found):
                form = "no-end-if" if fault.differing else "no-end"
                yield finding(ground, lifecycle, fault, leaves, "CM304", form, None)


def _endless(space: StateSpace) -> list[int]:
    """The configurations, ascending, from which neither an end nor a dead end can be reached."""
    shift = space.layout.state_shift
    final = [state.final is not None for state in space.layout.states]
    goals = [number for number, code in enumerate(space.codes) if final[code >> shift]]
    reaching = _reaching(space, [*goals, *dead_ends(space)])
    return [number for number, reaches in enumerate(reaching) if not reaches]


def _reaching(space: StateSpace, goals: list[int]) -> bytearray:
    """For each configuration 1 if moves, edits included, lead from it to a goal."""
    starts, sources = _backwards(space)
    peers = _peers(space)
    width = len(space.atoms)
    found = bytearray(len(space))
    pending = goals
    for number in goals:
        found[number] = 1
    while pending:
        number = pending.pop()
        before = list(sources[starts[number] : starts[number + 1]])
        before.extend(peers.pop(space.codes[number] >> width, ()))
        for source in before:
            if not found[source]:
                found[source] = 1
                pending.append(source)
    return found


def _backwards(space: StateSpace) -> tuple[array[int], array[int]]:
    """The sources of the moves to each configuration: those to `i` are `sources[starts[i]:starts[i + 1]]`."""
    starts = array("Q", bytes(8 * (len(space) + 1)))
    for target in space.targets:
        starts[target + 1] += 1
    for number in range(len(space)):
        starts[number + 1] += starts[number]
    filled = starts[:]
    sources = array("Q", bytes(8 * len(space.targets)))
    for source in range(len(space)):
        for n in range(space.offsets[source], space.offsets[source + 1]):
            target = space.targets[n]
            sources[filled[target]] = source
            filled[target] += 1
    return starts, sources


def _peers(space: StateSpace) -> dict[int, list[int]]:
    """The configurations that edits lead between, by what they have in common."""
    found: dict[int, list[int]] = {}
    if len(space.valuations) > 1:
        shift, width = space.layout.state_shift, len(space.atoms)
        editable = [state.editable is not None for state in space.layout.states]
        for number, code in enumerate(space.codes):
            if editable[code >> shift]:
                found.setdefault(code >> width, []).append(number)
    return found
