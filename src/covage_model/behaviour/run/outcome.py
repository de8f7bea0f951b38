"""The outcome of a scenario."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from covage_model.behaviour.run.trace import Trace
from covage_model.documents.judge.verdict import Account, Verdict
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Origin
from covage_model.pack.model.scenario import Scenario


@dataclass(frozen=True, slots=True)
class ScenarioOutcome:
    """
    The outcome of a scenario: `findings` is empty exactly if everything was as expected.

    `trace` is None if no step was played. If the scenario failed, it has the steps up to the failure.
    `exercised` has the definitions that took part. `verdict` is given for a scenario without steps about a
    document. `documents` has, for a scenario with steps, the given document and the one after each edit; `account` is
    the account given with it, or the one that the scenario is about.
    """

    scenario: Scenario
    variant: str | None
    trace: Trace | None
    findings: tuple[Diagnostic, ...]
    exercised: tuple[Origin, ...] = field(default=(), compare=False)
    verdict: Verdict | None = None
    account: Account | None = field(default=None, compare=False, repr=False)
    documents: tuple[Any, ...] = field(default=(), compare=False, repr=False)
