"""Decides all properties of a pack: takes explored tables, returns a decision for each property and variant."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from covage_model.behaviour.space.space import StateSpace
from covage_model.behaviour.verify import vacuity
from covage_model.behaviour.verify.evidence import Evidence, Live, evidence
from covage_model.behaviour.verify.judge import PropertyOutcome, PropertyVerdict, verdict
from covage_model.behaviour.verify.moved import ever
from covage_model.behaviour.verify.possibility import Read, possible_on_documents
from covage_model.documents.make.valid.lived import Lived, Valuation
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Severity, in_order, severity_of
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions.tree import identity
from covage_model.pack.model.conditions import All, Atom, Condition, DocumentReady
from covage_model.pack.model.lifecycle import Lifecycle, Property
from covage_model.pack.model.pack import SpecPack


@dataclass(frozen=True, slots=True)
class Decision:
    """
    The decision on one property for one variant. If it is open, `why` is `limit`, `document` or `edit`.

    The evidence is the counterexample, or the witness of a `sometimes`.
    """

    variant: str
    outcome: PropertyOutcome
    evidence: Evidence | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """One property of a lifecycle with its decisions for the given variants."""

    lifecycle: Lifecycle
    prop: Property
    decisions: tuple[Decision, ...]

    @property
    def outcome(self) -> PropertyOutcome:
        """The worst outcome of all variants: broken, then not decided, then holds."""
        outcomes = {decision.outcome for decision in self.decisions}
        worst_first = (PropertyOutcome.BROKEN, PropertyOutcome.OPEN)
        return next((outcome for outcome in worst_first if outcome in outcomes), PropertyOutcome.HOLDS)

    def variants(self, outcome: PropertyOutcome) -> tuple[str, ...]:
        """The variants with that outcome."""
        return tuple(decision.variant for decision in self.decisions if decision.outcome is outcome)

    @property
    def counterexample(self) -> Evidence | None:
        """The shortest counterexample of all variants, the first of several; None if there is none."""
        broken = (decision.evidence for decision in self.decisions if decision.outcome is PropertyOutcome.BROKEN)
        counterexamples = [evidence for evidence in broken if evidence is not None]
        return min(counterexamples, key=lambda evidence: len(evidence.trace.moves), default=None)


@dataclass(frozen=True, slots=True)
class Verified:
    """
    The decisions for `variants`, and findings on what is broken, undecided or vacuous, in file order.

    `spaces` also has the tables of other variants that follow the same lifecycles.
    """

    variants: tuple[str, ...]
    examined: tuple[Examined, ...]
    findings: tuple[Diagnostic, ...]
    spaces: Mapping[str, StateSpace]

    def counterexample(self, finding: Diagnostic) -> Evidence | None:
        """The counterexample for a finding about a broken property; None for another finding."""
        about = (finding.arguments.get("lifecycle"), finding.arguments.get("property"))
        for examined in self.examined:
            if finding.code == "CM508" and about == (examined.lifecycle.name, examined.prop.name):
                return examined.counterexample
        return None

    @property
    def broken(self) -> tuple[Examined, ...]:
        """The properties with a counterexample."""
        return tuple(examined for examined in self.examined if examined.counterexample is not None)


def verified(
    pack: SpecPack,
    spaces: Mapping[str, StateSpace],
    variants: Sequence[str],
    live: Live,
    read: Read,
    tick: Callable[[], None] = lambda: None,
) -> Verified:
    """
    Decides every property for those of `variants` that follow its lifecycle, and finds what is vacuous.

    `spaces` has the tables of all variants that follow the same lifecycles. `tick` is called once for each variant.
    """
    live = _remembering(live)
    decided: dict[tuple[str, str], list[Decision]] = {}
    for variant in variants:
        space = spaces[variant]
        for prop in space.lifecycle.properties:
            decided.setdefault((space.lifecycle.name, prop.name), []).append(_decision(space, prop, live, read))
        tick()
    followed = list(dict.fromkeys(spaces[variant].lifecycle.name for variant in variants))
    lifecycles = [lifecycle for lifecycle in pack.lifecycles if lifecycle.name in followed]
    examined = tuple(
        Examined(lifecycle, prop, tuple(decided[lifecycle.name, prop.name]))
        for lifecycle in lifecycles
        for prop in lifecycle.properties
    )
    findings = [finding for each in examined for finding in _findings(each, spaces)]
    findings += [] if examined else [_nothing_verified(pack, variants)]
    findings += vacuity.findings(list(_lives(pack, followed, spaces)), variants)
    return Verified(tuple(variants), examined, in_order(findings), spaces)


def _nothing_verified(pack: SpecPack, variants: Sequence[str]) -> Diagnostic:
    if not variants:
        return Diagnostic("CM515", "nothing", {}, pack.origin.location)
    arguments = {"orders": list(variants)}
    return Diagnostic("CM515", "no-property", arguments, pack.origin.location, severity=Severity.WARNING)


def _remembering(live: Live) -> Live:
    """`live` with a cache: the properties of one lifecycle often need the same documents."""
    known: dict[Hashable, Lived | None] = {}

    def cached(variant: str, wanted: Sequence[Valuation]) -> Lived | None:
        key = (variant, tuple(tuple((identity(atom), holds) for atom, holds in valuation) for valuation in wanted))
        if key not in known:
            known[key] = live(variant, wanted)
        return known[key]

    return cached


def _lives(pack: SpecPack, followed: Sequence[str], spaces: Mapping[str, StateSpace]) -> Iterator[vacuity.Followers]:
    """Each lifecycle that an order follows, with its tables if its variants were asked for."""
    followers: dict[str, list[str]] = {}
    for variant in pack.explorable:
        followers.setdefault(variant.order.follows, []).append(variant.name)
    explored = frozenset(followed)
    for lifecycle in pack.lifecycles:
        if lifecycle.name in followers:
            names = followers[lifecycle.name] if lifecycle.name in explored else []
            yield vacuity.Followers(lifecycle, {name: spaces[name] for name in names})


def _decision(space: StateSpace, prop: Property, live: Live, read: Read) -> Decision:
    decided, variant = verdict(space, prop), space.variant
    if decided.outcome is PropertyOutcome.OPEN:
        return Decision(variant.name, PropertyOutcome.OPEN, why="limit")
    if decided.outcome is (PropertyOutcome.HOLDS if prop.kind == "sometimes" else PropertyOutcome.BROKEN):
        return _with_evidence(space, decided, live)
    claim = None if variant.stand_in else decided.possibility
    if claim is not None and not possible_on_documents(space, claim, live, read):
        return Decision(variant.name, PropertyOutcome.OPEN, why="edit")
    return Decision(variant.name, decided.outcome)


def _with_evidence(space: StateSpace, decided: PropertyVerdict, live: Live) -> Decision:
    shown = evidence(space, decided, live)
    if shown is None:
        return Decision(space.variant.name, PropertyOutcome.OPEN, why="document")
    return Decision(space.variant.name, decided.outcome, shown)


def _findings(examined: Examined, spaces: Mapping[str, StateSpace]) -> Iterator[Diagnostic]:
    if examined.outcome is PropertyOutcome.HOLDS:
        return
    broken = examined.variants(PropertyOutcome.BROKEN)
    if broken and examined.prop.kind == "sometimes":
        yield _never_witnessed(examined, broken, spaces[broken[0]])
    elif broken:
        yield _broken(examined, broken)
    for why in ("limit", "document", "edit"):
        variants = tuple(decision.variant for decision in examined.decisions if decision.why == why)
        if variants:
            yield _about(examined, variants, "CM510", why, kind=examined.prop.kind)


def _about(examined: Examined, variants: Sequence[str], code: str, form: str, **more: object) -> Diagnostic:
    prop = examined.prop
    arguments = {"property": prop.name, "lifecycle": examined.lifecycle.name, "orders": list(variants), **more}
    severity = severity_of(prop.origin.standing)
    return Diagnostic(code, form, arguments, prop.origin.location, severity=severity, because=prop.origin)


def _broken(examined: Examined, variants: Sequence[str]) -> Diagnostic:
    shown = examined.counterexample
    assert shown is not None  # without a counterexample the outcome is not BROKEN
    more: dict[str, object] = {"order": shown.trace.variant, "trace": [step.trigger for step in shown.trace.moves]}
    if examined.prop.kind == "only":
        last = shown.trace.moves[-1]
        before = [step.trigger for step in shown.trace.moves[:-1]]
        more.update(trigger=last.trigger, actor=" or ".join(last.actors), trace=before)
    form = examined.prop.kind
    if examined.prop.assuming is not None:
        form = "assuming" if shown.loop is None else "loops" if shown.loop else "stops"
    if shown.loop:
        names = [step.trigger for step in shown.trace.moves]
        more.update(trace=names[: -shown.loop], loop=names[-shown.loop :])
    return _about(examined, variants, "CM508", form, **more)


def _never_witnessed(examined: Examined, variants: Sequence[str], space: StateSpace) -> Diagnostic:
    """The finding that no run reaches the condition, with the parts that never hold by themselves."""
    condition = examined.prop.conditions[0]
    parts = condition.parts if isinstance(condition, All) else (condition,)
    never_true = [_part_text(part) for part in parts if isinstance(part, Atom) and not ever(space, part)]
    form = "part" if never_true and len(parts) > 1 else "together" if _all_met(parts, space) else "nowhere"
    return _about(examined, variants, "CM509", form, order=variants[0], parts=never_true)


def _all_met(parts: Sequence[Condition], space: StateSpace) -> bool:
    return len(parts) > 1 and all(ever(space, part) for part in parts)


def _part_text(part: Atom) -> str:
    """What a test reads, and its line."""
    name = "document" if isinstance(part, DocumentReady) else dotted(part.ref.names) or part.ref.root
    return name if part.origin is None else f"{name} (line {part.origin.location.line})"
