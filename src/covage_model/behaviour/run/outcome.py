"""What playing a scenario gave."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from covage_model.behaviour.run.trace import Trace
from covage_model.documents.judge.verdict import Account, Verdict
from covage_model.ground.diagnostics import Diagnostic, Origin
from covage_model.pack.model.scenario import Scenario


@dataclass(frozen=True, slots=True)
class ScenarioOutcome:
    """
    A scenario that was played: `findings` is empty exactly where everything was as expected.

    `trace` is None where no step was played; the steps of a scenario that fails are in it up to the failure.
    `exercised` are the definitions that took part. `verdict` is there for a scenario without steps about a
    document. `documents` are those that an order with steps had, as given and after each change; `account` is
    the one given with it, or the one that the scenario is about.
    """

    scenario: Scenario
    variant: str | None
    trace: Trace | None
    findings: tuple[Diagnostic, ...]
    exercised: tuple[Origin, ...] = field(default=(), compare=False)
    verdict: Verdict | None = None
    account: Account | None = field(default=None, compare=False, repr=False)
    documents: tuple[Any, ...] = field(default=(), compare=False, repr=False)
