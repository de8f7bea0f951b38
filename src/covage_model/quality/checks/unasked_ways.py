"""CM315: a case that enters a status without a check that the document is ready, although other guards have one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from covage_model.behaviour.space.situation import Situation
from covage_model.behaviour.space.space import StateSpace
from covage_model.documents.presence.holding import Bars
from covage_model.documents.presence.statuses import UNSHOWN
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.dotted import dotted
from covage_model.pack.model.conditions import Atom, DocumentReady
from covage_model.pack.model.lifecycle import Case, Lifecycle, State
from covage_model.quality.checks.asked import reached
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.required import RequiredField, required_fields


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """
    Each case that enters a status with more required fields while the document may not be ready for it.

    Only if some guard of the lifecycle checks that the document is ready for such a status:
    if none does, the check is left to others. An editable status is skipped: documents are judged on edit.
    """
    for lifecycle in ground.lifecycles:
        by_case: dict[int, tuple[Case, str, str, dict[str, None], list[str]]] = {}
        for variant, space in ground.lives(lifecycle).items():
            if space.complete and variant in ground.bars and space.variant.order.written_by is None:
                for way in _FollowedLifecycle(lifecycle, space, ground.bars[variant], _asked(ground, variant)).ways():
                    _, _, _, paths, variants = by_case.setdefault(
                        id(way.case), (way.case, way.trigger, way.status, {}, [])
                    )
                    paths.update(dict.fromkeys(dotted(required.path) for required in way.required))
                    variants.extend([variant] if variant not in variants else [])
        for case, trigger, status, paths, variants in by_case.values():
            arguments = {"trigger": trigger, "status": status, "paths": list(paths), "lifecycle": lifecycle.name}
            if len(variants) < len(ground.followers(lifecycle)):
                arguments["variants"] = sorted(variants)
            hint = f"add `guard: {{document: {status}}}`"
            yield Diagnostic("CM315", "around", arguments, case.origin.location, hint, Severity.WARNING)


def _asked(ground: Ground, variant: str) -> frozenset[str]:
    """The statuses that guards check readiness for, if the answer may matter in the variant."""
    return frozenset(
        asked.test.status
        for asked in ground.asked.values()
        if isinstance(asked.test, DocumentReady) and asked.by_guard and variant in asked.variants
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """A case from a state into a status, with the fields that become `required` by it."""

    trigger: str
    case: Case
    source: State
    status: str
    required: tuple[RequiredField, ...]

    @property
    def statuses(self) -> frozenset[str]:
        """The statuses that require some of these fields."""
        return frozenset(status for required in self.required for status in required.demand.statuses)


@dataclass(frozen=True, slots=True)
class _FollowedLifecycle:
    """A lifecycle with one variant; `asked` has the statuses that guards check readiness for."""

    lifecycle: Lifecycle
    space: StateSpace
    bars: Bars
    asked: frozenset[str]

    def ways(self) -> Iterator[_Way]:
        """The ways that some order can take while its document is not ready for any of these statuses."""
        for way in self._into() if self.asked else ():
            if self._may_be_unready(way) and self._is_taken(way):
                yield way

    def _into(self) -> Iterator[_Way]:
        states = {state.name: state for state in reached(self.space)}
        for transition in self.lifecycle.transitions:
            for case in transition.cases:
                for target in (states[name] for name in self.lifecycle.targets(case) if name in states):
                    if target.editable is None and target.status is not None:
                        yield from self._between(transition.name, case, states, target.status)

    def _between(self, trigger: str, case: Case, states: Mapping[str, State], status: str) -> Iterator[_Way]:
        """The ways of a case to the status that requires more there."""
        for source in (states[name] for name in case.source if name in states):
            more = tuple(self._more(source.status or UNSHOWN, status))
            if more:
                yield _Way(trigger, case, source, status, more)

    def _more(self, before: str, status: str) -> Iterator[RequiredField]:
        known = {field.path for field in required_fields(self.bars, before)}
        for field in required_fields(self.bars, status):
            if field.path not in known and not self.asked.isdisjoint(field.demand.statuses):
                yield field

    def _may_be_unready(self, way: _Way) -> bool:
        """Whether the guard may hold while the document is not ready (a fast check before `_is_taken`)."""

        def ask(atom: Atom) -> bool | None:
            return False if isinstance(atom, DocumentReady) and atom.status in way.statuses else None

        situation = Situation(self.lifecycle, self.space.variant, way.source, {}, ask)
        return situation.evaluate(way.case.guard) is not False

    def _is_taken(self, way: _Way) -> bool:
        """Whether some configuration takes the way with every such atom false."""
        space = self.space
        atoms = [atom for atom in space.atoms if isinstance(atom, DocumentReady) and atom.status in way.statuses]
        wanted = {number for number, (_, case) in enumerate(space.numbered) if case is way.case}

        def takes(number: int) -> bool:
            code = space.codes[number]
            in_source = space.layout.state(code) == way.source
            return (
                in_source
                and not any(space.layout.atom(code, atom) for atom in atoms)
                and not wanted.isdisjoint(space.enabled(number))
            )

        return any(map(takes, range(len(space))))
