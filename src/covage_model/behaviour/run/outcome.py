"""What a scenario came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from covage_model.documents.judge.verdict import Account, Verdict
from covage_model.ground.diagnostics import Diagnostic, Origin
from covage_model.pack.model.conditions import Scalar
from covage_model.pack.model.lifecycle import Case
from covage_model.pack.model.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a trace: what was tried, who tried it, and where the order is after it."""

    kind: str  # "start", "fired", "refused", "filled"
    what: str
    actor: str | None
    state: str
    variables: tuple[tuple[str, Scalar], ...]
    emitted: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pull:
    """
    A trigger pulled, and all that its guards could ask; `case` is what was taken, None where it was not accepted.

    `document` is ABSENT where only an order was given.
    """

    trigger: str
    state: str
    variables: Mapping[str, Scalar]
    document: Any
    account: Account | None
    case: Case | None


@dataclass(frozen=True, slots=True)
class ScenarioOutcome:
    """
    A scenario played: `findings` is empty exactly where everything was as expected.

    `exercised` are the definitions that took part, `pulls` the triggers in the order they were pulled;
    `verdict` is there for a scenario without steps about a document. `documents` are those that an order with
    steps had, as given and after each change; `account` is what was given with it, or what a scenario is about.
    """

    scenario: Scenario
    variant: str | None
    moments: tuple[Moment, ...]
    findings: tuple[Diagnostic, ...]
    exercised: tuple[Origin, ...] = field(default=(), compare=False)
    verdict: Verdict | None = None
    pulls: tuple[Pull, ...] = field(default=(), compare=False, repr=False)
    account: Account | None = field(default=None, compare=False, repr=False)
    documents: tuple[Any, ...] = field(default=(), compare=False, repr=False)
