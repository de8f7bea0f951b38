"""CM314: a required field that cannot have been filled in before its status is reached."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.documents.presence.holding import Bar, Bars
from covage_model.documents.presence.sheet import Demand
from covage_model.documents.presence.state_graph import closure, edges
from covage_model.documents.presence.statuses import UNSHOWN
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.dotted import dotted
from covage_model.pack.model.lifecycle import Lifecycle, State
from covage_model.quality.checks.asked import reached
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.required import required_fields
from covage_model.quality.checks.shared import merged


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """
    Each field that a status requires of requests, but that no document can have on any path to that status.

    A document can get a field in an editable state or at the start, if the status
    there does not forbid it, and keeps it through statuses that do not forbid it. Conditional demands, and fields of
    objects that may be missing, are not checked.
    """
    yield from merged(ground, ((each.variant, _finding(each)) for each in unfillable(ground)))


@dataclass(frozen=True, slots=True)
class Unfillable:
    """A field required in `statuses` that no path can bring; `barred` are the statuses without it, first by `bar`."""

    variant: str
    path: tuple[str, ...]
    demand: Demand
    statuses: tuple[str, ...]
    barred: tuple[str, ...]
    bar: Bar


def unfillable(ground: Ground) -> Iterator[Unfillable]:
    """The unfillable fields by variant; without orders that others write, and without incomplete tables."""
    lifecycles = {lifecycle.name: lifecycle for lifecycle in ground.lifecycles}
    for variant in ground.variants:
        space = ground.spaces.get(variant.name)
        if space is not None and space.complete and variant.order.written_by is None:
            lifecycle, bars = lifecycles[variant.order.follows], ground.bars[variant.name]
            yield from _Ways(lifecycle, reached(space), bars).unfillable()


@dataclass(frozen=True, slots=True)
class _Ways:
    """The reachable states of a variant, and which fields its documents can have in them."""

    lifecycle: Lifecycle
    states: tuple[State, ...]
    bars: Bars

    def unfillable(self) -> Iterator[Unfillable]:
        lacking: dict[tuple[tuple[str, ...], Location], list[str]] = {}
        demands: dict[tuple[tuple[str, ...], Location], Demand] = {}
        holding: dict[tuple[str, ...], set[str]] = {}
        for status in dict.fromkeys(state.status for state in self.states if state.status is not None):
            for field in required_fields(self.bars, status):
                if field.path not in holding:
                    holding[field.path] = self._holding(field.path)
                here = [state for state in self.states if state.status == status]
                if not any(state.name in holding[field.path] for state in here):
                    key = (field.path, field.demand.origin.location)
                    lacking.setdefault(key, []).append(status)
                    demands[key] = field.demand
        for key, statuses in lacking.items():
            yield self._unfillable(key[0], demands[key], statuses)

    def _holding(self, path: tuple[str, ...]) -> set[str]:
        """The states in which a document can have the field."""
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

    def _unfillable(self, path: tuple[str, ...], demand: Demand, statuses: list[str]) -> Unfillable:
        bars = {state.status or state.name: found for state in self.states if (found := self._bar(path, state))}
        return Unfillable(
            self.bars.sheet.variant, path, demand, tuple(statuses), tuple(bars), next(iter(bars.values()))
        )


def _finding(unfillable_field: Unfillable) -> Diagnostic:
    arguments = {
        "path": dotted(unfillable_field.path),
        "statuses": list(unfillable_field.statuses),
        "barred": list(unfillable_field.barred),
        "file": unfillable_field.bar.origin.location.file,
        "line": unfillable_field.bar.origin.location.line,
    }
    hint = "allow it where somebody may edit, or say `read_only` of what the platform writes"
    return Diagnostic("CM314", "late", arguments, unfillable_field.demand.origin.location, hint)
