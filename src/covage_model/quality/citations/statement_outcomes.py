"""The outcome of each statement of each source: cited or not, and exercised by a scenario or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from covage_model.behaviour.run.outcome import ScenarioOutcome
from covage_model.behaviour.run.trace import Trace
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Origin, Standing
from covage_model.pack.model.pack import Source, SpecPack, Statement
from covage_model.pack.model.text import Text
from covage_model.quality.citations.cited_definitions import NUMBER, CitedDefinition, cited_definitions


class StatementOutcome(Enum):
    """The outcome of a statement, the best first."""

    EXERCISED = "exercised"
    UNEXERCISED = "unexercised"
    UNCITED = "uncited"
    NOT_MODELLED = "not modelled"


@dataclass(frozen=True, slots=True)
class Citation:
    """
    A definition that cites a statement, and whether a scenario exercised it.

    A number of a profile counts as exercised: scenarios have no time.
    """

    element: CitedDefinition
    exercised: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """A source or one of its statements, with the definitions that cite it directly."""

    source: Source
    statement: Statement | None
    citations: tuple[Citation, ...]

    @property
    def name(self) -> str:
        """The name by which definitions cite it."""
        return self.source.name if self.statement is None else self.statement.name

    @property
    def text(self) -> Text:
        """The text of the statement, or the title of the page."""
        return self.source.title if self.statement is None else self.statement.text

    @property
    def reason(self) -> Text | None:
        """Why it cannot be modelled, or only in part; None if it can."""
        return None if self.statement is None else self.statement.reason

    @property
    def partly(self) -> bool:
        """Whether part of it cannot be modelled."""
        return self.statement is not None and self.statement.partly and self.statement.reason is not None

    @property
    def outcome(self) -> StatementOutcome:
        """Its outcome. A statement with a reason why it cannot be modelled needs no citation."""
        if self.reason is not None and not self.partly:
            return StatementOutcome.NOT_MODELLED
        if not self.citations:
            return StatementOutcome.UNCITED
        exercised = any(citation.exercised for citation in self.citations)
        return StatementOutcome.EXERCISED if exercised else StatementOutcome.UNEXERCISED


@dataclass(frozen=True, slots=True)
class StatementOutcomes:
    """Every source and statement of a pack, in spec order; `unsourced` has stated definitions without a source."""

    cited: tuple[Cited, ...]
    unsourced: tuple[CitedDefinition, ...]

    @property
    def statements(self) -> tuple[Cited, ...]:
        """The statements, without the pages."""
        return tuple(cited for cited in self.cited if cited.statement is not None)


def statement_outcomes(pack: SpecPack, outcomes: Iterable[ScenarioOutcome]) -> StatementOutcomes:
    """The outcomes of a pack's statements, given the outcomes of its scenarios."""
    every_definition = cited_definitions(pack)
    exercised = _exercised(pack, outcomes)
    citing: dict[str, list[Citation]] = {}
    for definition in every_definition:
        for name in definition.cites:
            used = definition.kind == NUMBER or not exercised.isdisjoint(definition.parts)
            citing.setdefault(name, []).append(Citation(definition, used))
    cited = [
        Cited(source, statement, tuple(citing.get(statement.name if statement else source.name, ())))
        for source in pack.sources
        for statement in (None, *source.statements)
    ]
    return StatementOutcomes(tuple(cited), unsourced(every_definition))


def unsourced(definitions: Iterable[CitedDefinition]) -> tuple[CitedDefinition, ...]:
    """The definitions of standing `stated` without a source, neither their own nor inherited."""
    return tuple(each for each in definitions if each.origin.standing is Standing.STATED and not each.origin.source)


def of_standing(pack: SpecPack, standing: Standing) -> tuple[CitedDefinition, ...]:
    """Every definition of that standing, its own or inherited, in file order."""
    found = (each for each in cited_definitions(pack) if each.origin.standing is standing)
    return tuple(sorted(found, key=lambda each: (each.origin.location, each.kind, each.name)))


def findings(outcomes: StatementOutcomes) -> Iterator[Diagnostic]:
    """CM507 for each statement without an exercised citation, unless the pack says why it is not modelled."""
    for cited in outcomes.statements:
        if cited.statement is not None and cited.outcome in (StatementOutcome.UNCITED, StatementOutcome.UNEXERCISED):
            place = cited.statement.origin.location
            yield Diagnostic("CM507", cited.outcome.value, {"name": cited.name}, place, _hint(cited))


def _hint(cited: Cited) -> str:
    if cited.outcome is StatementOutcome.UNCITED:
        return f"write `source: {cited.name}` where the pack says it, or `not_modelled` and why here"
    places = [f"{citation.element.kind} {citation.element.label}" for citation in cited.citations[:3]]
    return f"add a scenario that exercises {' or '.join(places)}"


def _exercised(pack: SpecPack, outcomes: Iterable[ScenarioOutcome]) -> frozenset[Origin]:
    """Every place that took part in a scenario, according to its outcome and its trace."""
    places: set[Origin] = set()
    for outcome in outcomes:
        places.update(outcome.exercised)
        if outcome.variant is not None and outcome.trace is not None:
            places.update(_traced(pack, outcome.variant, outcome.trace))
    return frozenset(places)


def _traced(pack: SpecPack, variant: str, trace: Trace) -> Iterator[Origin]:
    """The places of a run's lifecycle, its states and those around them, changed variables, and emitted events."""
    lifecycle = pack.lifecycle(pack.variant(variant).order.follows)
    yield lifecycle.origin
    entered = {here.state for here in trace.configurations}
    yield from (state.origin for state in lifecycle.states if any(_within(name, state.name) for name in entered))
    for variable in lifecycle.variables:
        values = [dict(here.variables)[variable.name] for here in trace.configurations]
        if _differ(values):
            yield variable.origin
    emitted = set(trace.emitted)
    yield from (event.value.origin for event in pack.events if event.name in emitted)


def _within(name: str, state: str) -> bool:
    return (name + ".").startswith(state + ".")


def _differ(values: Sequence[object]) -> bool:
    """Whether two values differ as JSON values, where true is not 1."""
    return len({(type(value), value) for value in values}) > 1
