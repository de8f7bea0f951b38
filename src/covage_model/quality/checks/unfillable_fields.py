"""CM314: a field that a status requires and that nobody can have filled in by then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from covage_model.documents.presence.endings import closure, edges
from covage_model.documents.presence.holding import Bar, Bars
from covage_model.documents.presence.sheet import Demand
from covage_model.documents.presence.statuses import UNSHOWN
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.pack.model.lifecycle import Lifecycle, State
from covage_model.quality.checks.asked import reached
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.required import required_fields
from covage_model.quality.checks.shared import merged


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """
    Each field that a status requires of requests, with no way there on which a document could hold it.

    A document may hold a field from where somebody may edit it, or from the start, if the status
    there does not forbid it, and through statuses that do not. What is asked under a condition, or
    of what may not be there, is not decided.
    """
    yield from merged(ground, ((one.variant, _finding(one)) for one in unfillable(ground)))


@dataclass(frozen=True, slots=True)
class Unfillable:
    """What a demand asks for in `statuses`, and no way there can bring; it is `barred` in these, first by `bar`."""

    variant: str
    path: tuple[str, ...]
    demand: Demand
    statuses: tuple[str, ...]
    barred: tuple[str, ...]
    bar: Bar


def unfillable(ground: Ground) -> Iterator[Unfillable]:
    """Findings CM314 by variant; none for orders that others write, nor for tables that are incomplete."""
    lifecycles = {lifecycle.name: lifecycle for lifecycle in ground.lifecycles}
    for variant in ground.variants:
        space = ground.spaces.get(variant.name)
        if space is not None and space.complete and variant.order.written_by is None:
            lifecycle, bars = lifecycles[variant.order.follows], ground.bars[variant.name]
            yield from _Ways(lifecycle, reached(space), bars).unfillable()


@dataclass(frozen=True, slots=True)
class _Ways:
    """The states that orders of a variant come to, and what their documents can hold on the way."""

    lifecycle: Lifecycle
    states: tuple[State, ...]
    bars: Bars

    def unfillable(self) -> Iterator[Unfillable]:
        lacking: dict[tuple[tuple[str, ...], Location], list[str]] = {}
        demands: dict[tuple[tuple[str, ...], Location], Demand] = {}
        holding: dict[tuple[str, ...], set[str]] = {}
        for status in dict.fromkeys(state.status for state in self.states if state.status is not None):
            for one in required_fields(self.bars, status):
                if one.path not in holding:
                    holding[one.path] = self._holding(one.path)
                here = [state for state in self.states if state.status == status]
                if not any(state.name in holding[one.path] for state in here):
                    key = (one.path, one.demand.origin.location)
                    lacking.setdefault(key, []).append(status)
                    demands[key] = one.demand
        for key, statuses in lacking.items():
            yield self._told(key[0], demands[key], statuses)

    def _holding(self, path: tuple[str, ...]) -> set[str]:
        """The states in which a document may hold the place."""
        free = {state.name for state in self.states if self._bar(path, state) is None}
        starts = [
            state.name
            for state in self.states
            if state.name in free and (state.editable is not None or state == self.lifecycle.initial)
        ]
        nexts = {name: targets & free for name, targets in edges(self.lifecycle).items()}
        return closure(starts, nexts)

    def _bar(self, path: tuple[str, ...], state: State) -> Bar | None:
        return self.bars.bar(path, state.status or UNSHOWN)

    def _told(self, path: tuple[str, ...], demand: Demand, statuses: list[str]) -> Unfillable:
        bars = {state.status or state.name: found for state in self.states if (found := self._bar(path, state))}
        return Unfillable(
            self.bars.sheet.variant, path, demand, tuple(statuses), tuple(bars), next(iter(bars.values()))
        )


def _finding(one: Unfillable) -> Diagnostic:
    arguments = {
        "path": ".".join(one.path),
        "statuses": list(one.statuses),
        "barred": list(one.barred),
        "file": one.bar.origin.location.file,
        "line": one.bar.origin.location.line,
    }
    hint = "allow it where somebody may edit, or say `read_only` of what the platform writes"
    return Diagnostic("CM314", "late", arguments, one.demand.origin.location, hint)
