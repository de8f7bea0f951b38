"""All properties of a pack decided: the explored tables in, a decision for each property and variant out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from covage_model.behaviour.space.space import StateSpace
from covage_model.behaviour.verify import vacuity
from covage_model.behaviour.verify.evidence import Evidence, Live, evidence
from covage_model.behaviour.verify.judge import PropertyOutcome, PropertyVerdict, verdict
from covage_model.behaviour.verify.possibility import Read, possible_on_documents
from covage_model.documents.make.valid.lived import Lived, Valuation
from covage_model.ground.diagnostics import Diagnostic, Severity, severity_of
from covage_model.pack.conditions.tree import identity
from covage_model.pack.model.conditions import All, Atom, Condition, DocumentReady
from covage_model.pack.model.lifecycle import Lifecycle, Property
from covage_model.pack.model.pack import SpecPack


@dataclass(frozen=True, slots=True)
class Decision:
    """
    One property, decided for one variant. `why` is `limit`, `document` or `edit` where it is not.

    The evidence is the counterexample, or the witness of a `sometimes`.
    """

    variant: str
    outcome: PropertyOutcome
    evidence: Evidence | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """One property of a lifecycle, decided for the variants asked about."""

    lifecycle: Lifecycle
    prop: Property
    decisions: tuple[Decision, ...]

    @property
    def outcome(self) -> PropertyOutcome:
        """The worst of all: broken, then not decided, then holds."""
        found = {one.outcome for one in self.decisions}
        return next(
            (one for one in (PropertyOutcome.BROKEN, PropertyOutcome.OPEN) if one in found), PropertyOutcome.HOLDS
        )

    def variants(self, outcome: PropertyOutcome) -> tuple[str, ...]:
        """The variants of which that was decided."""
        return tuple(one.variant for one in self.decisions if one.outcome is outcome)

    @property
    def counterexample(self) -> Evidence | None:
        """The shortest of all variants, of these the first; None where it is not broken, or no run can show it."""
        found = [
            one.evidence for one in self.decisions if one.outcome is PropertyOutcome.BROKEN and one.evidence is not None
        ]
        return min(found, key=lambda one: len(one.trace.moves), default=None)


@dataclass(frozen=True, slots=True)
class Verified:
    """
    All that was decided of `variants`; `findings` say what is broken, undecided or vacuous, in file order.

    `spaces` hold the tables of others too, that follow the same lifecycles.
    """

    variants: tuple[str, ...]
    examined: tuple[Examined, ...]
    findings: tuple[Diagnostic, ...]
    spaces: Mapping[str, StateSpace]

    def counterexample(self, finding: Diagnostic) -> Evidence | None:
        """What shows that the property of a finding is broken; None where it tells of something else."""
        about = (finding.arguments.get("lifecycle"), finding.arguments.get("property"))
        for one in self.examined:
            if finding.form == one.prop.kind and about == (one.lifecycle.name, one.prop.name):
                return one.counterexample
        return None

    @property
    def broken(self) -> tuple[Examined, ...]:
        """The properties of which some run shows that they are broken."""
        return tuple(one for one in self.examined if one.counterexample is not None)


def verified(
    pack: SpecPack,
    spaces: Mapping[str, StateSpace],
    variants: Sequence[str],
    live: Live,
    read: Read,
    tick: Callable[[], None] = lambda: None,
) -> Verified:
    """
    Every property of every lifecycle decided for those of `variants` that follow it, and what is vacuous in them.

    `spaces` holds the tables of all variants that follow the same lifecycles; `tick` is called once a variant.
    """
    live = _remembering(live)
    decided: dict[tuple[str, str], list[Decision]] = {}
    for variant in variants:
        space = spaces[variant]
        for prop in space.lifecycle.properties:
            decided.setdefault((space.lifecycle.name, prop.name), []).append(_decision(space, prop, live, read))
        tick()
    followed = list(dict.fromkeys(spaces[variant].lifecycle.name for variant in variants))
    lifecycles = [one for one in pack.lifecycles if one.name in followed]
    examined = tuple(
        Examined(lifecycle, prop, tuple(decided[lifecycle.name, prop.name]))
        for lifecycle in lifecycles
        for prop in lifecycle.properties
    )
    found = [finding for one in examined for finding in _findings(one, spaces)]
    found += [] if examined else [_nothing_verified(pack, variants)]
    found += vacuity.findings(list(_lives(pack, followed, spaces)), variants)
    return Verified(tuple(variants), examined, tuple(sorted(found, key=Diagnostic.sort_key)), spaces)


def _nothing_verified(pack: SpecPack, variants: Sequence[str]) -> Diagnostic:
    if not variants:
        return Diagnostic("CM515", "nothing", {}, pack.origin.location)
    arguments = {"orders": list(variants)}
    return Diagnostic("CM515", "no-property", arguments, pack.origin.location, severity=Severity.WARNING)


def _remembering(live: Live) -> Live:
    """The same, asked once for each demand: properties of one lifecycle often ask for the same documents."""
    known: dict[Hashable, Lived | None] = {}

    def remembered(variant: str, wanted: Sequence[Valuation]) -> Lived | None:
        key = (variant, tuple(tuple((identity(atom), holds) for atom, holds in valuation) for valuation in wanted))
        if key not in known:
            known[key] = live(variant, wanted)
        return known[key]

    return remembered


def _lives(pack: SpecPack, followed: Sequence[str], spaces: Mapping[str, StateSpace]) -> Iterator[vacuity.Followers]:
    """Each lifecycle that something follows; with its tables if it was asked about."""
    followers: dict[str, list[str]] = {}
    for variant in pack.explorable:
        followers.setdefault(variant.order.follows, []).append(variant.name)
    explored = frozenset(followed)
    for lifecycle in pack.lifecycles:
        if lifecycle.name in followers:
            names = followers[lifecycle.name] if lifecycle.name in explored else []
            yield vacuity.Followers(lifecycle, {name: spaces[name] for name in names})


def _decision(space: StateSpace, prop: Property, live: Live, read: Read) -> Decision:
    found = verdict(space, prop)
    shows = (found.outcome is PropertyOutcome.HOLDS) is (
        prop.kind == "sometimes"
    ) and found.outcome is not PropertyOutcome.OPEN
    if found.outcome is PropertyOutcome.OPEN:
        return Decision(space.variant.name, PropertyOutcome.OPEN, why="limit")
    if not shows:
        unfounded = (
            found.possibility is not None
            and not space.variant.stand_in
            and not possible_on_documents(space, found.possibility, live, read)
        )
        return (
            Decision(space.variant.name, PropertyOutcome.OPEN, why="edit")
            if unfounded
            else Decision(space.variant.name, found.outcome)
        )
    return _with_evidence(space, found, live)


def _with_evidence(space: StateSpace, found: PropertyVerdict, live: Live) -> Decision:
    shown = evidence(space, found, live)
    if shown is None:
        return Decision(space.variant.name, PropertyOutcome.OPEN, why="document")
    return Decision(space.variant.name, found.outcome, shown)


def _findings(examined: Examined, spaces: Mapping[str, StateSpace]) -> Iterator[Diagnostic]:
    if examined.outcome is PropertyOutcome.HOLDS:
        return
    broken = examined.variants(PropertyOutcome.BROKEN)
    if broken and examined.prop.kind == "sometimes":
        yield _never_witnessed(examined, broken, spaces[broken[0]])
    elif broken:
        yield _broken(examined, broken)
    for why in ("limit", "document", "edit"):
        variants = tuple(one.variant for one in examined.decisions if one.why == why)
        if variants:
            yield _about(examined, variants, "CM510", why, kind=examined.prop.kind)


def _about(examined: Examined, variants: Sequence[str], code: str, form: str, **more: object) -> Diagnostic:
    prop = examined.prop
    arguments = {"property": prop.name, "lifecycle": examined.lifecycle.name, "orders": list(variants), **more}
    severity = severity_of(prop.origin.standing)
    return Diagnostic(code, form, arguments, prop.origin.location, severity=severity, because=prop.origin)


def _broken(examined: Examined, variants: Sequence[str]) -> Diagnostic:
    shown = examined.counterexample
    assert shown is not None  # what no run shows is not called broken
    more: dict[str, object] = {"order": shown.trace.variant, "trace": [step.trigger for step in shown.trace.moves]}
    if examined.prop.kind == "only":
        last = shown.trace.moves[-1]
        more.update(trigger=last.trigger, actor=last.actor, trace=[step.trigger for step in shown.trace.moves[:-1]])
    return _about(examined, variants, "CM508", examined.prop.kind, **more)


def _never_witnessed(examined: Examined, variants: Sequence[str], space: StateSpace) -> Diagnostic:
    """What blocks it, where that is one of its parts alone."""
    condition = examined.prop.conditions[0]
    parts = condition.parts if isinstance(condition, All) else (condition,)
    dead = [_spoken(part) for part in parts if isinstance(part, Atom) and 1 not in space.where(part)]
    form = "part" if dead and len(parts) > 1 else "together" if _all_met(parts, space) else "nowhere"
    return _about(examined, variants, "CM509", form, order=variants[0], parts=dead)


def _all_met(parts: Sequence[Condition], space: StateSpace) -> bool:
    return len(parts) > 1 and all(1 in space.where(part) for part in parts)


def _spoken(part: Atom) -> str:
    """What a test is about, and where it is written."""
    name = "document" if isinstance(part, DocumentReady) else ".".join(part.ref.names) or part.ref.root
    return name if part.origin is None else f"{name} (line {part.origin.location.line})"
