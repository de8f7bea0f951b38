"""Scenarios without steps: a document or an account, and the findings that it must get."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.behaviour.run.outcome import ScenarioOutcome
from covage_model.documents.judge.verdict import Account, Verdict
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.nearest import nearest
from covage_model.pack.model.scenario import Scenario

_ACCOUNT = "account"


def judges_account(scenario: Scenario) -> bool:
    """Whether the scenario judges an account instead of an order document."""
    return scenario.given.role == _ACCOUNT


def judged(scenario: Scenario, verdict: Verdict) -> ScenarioOutcome:
    """The outcome of a scenario about a document: compares its findings with the expected ones."""
    differences = tuple(_differing(scenario, verdict.findings))
    return ScenarioOutcome(scenario, verdict.variant, None, differences, (scenario.origin, *verdict.exercised), verdict)


def judged_account(scenario: Scenario, account: Account) -> ScenarioOutcome:
    """The outcome of a scenario about an account: compares its findings with the expected ones."""
    because = [finding.because for finding in account.findings if finding.because is not None]
    exercised = tuple(dict.fromkeys([scenario.origin, *because]))
    differences = tuple(_differing(scenario, account.findings))
    return ScenarioOutcome(scenario, None, None, differences, exercised, account=account)


def _differing(scenario: Scenario, findings: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    expectation = scenario.expect
    if expectation is None:
        yield nothing_expected(scenario)
        return
    names = [*(["state"] if expectation.state is not None else []), *(name for name, _ in expectation.variables)]
    for name in [*names, *(["emitted"] if expectation.emitted is not None else [])]:
        hint = nearest(name, ["findings"]) if name not in ("state", "emitted") else None
        yield Diagnostic("CM519", "no-run", {"name": name}, expectation.origin.location, hint)
    if expectation.findings is None:
        return
    expected = expectation.findings
    actual = sorted(shown(finding) for finding in findings if _counts(finding, expected))
    if actual != sorted(expected):
        arguments = {"found": actual or "none", "expected": sorted(expected) or "none"}
        yield Diagnostic("CM501", "findings", arguments, expectation.origin.location)


def nothing_expected(scenario: Scenario) -> Diagnostic:
    """The finding that a scenario has neither steps nor an expectation, and so can never fail."""
    hint = "add `steps`, or `expect: {findings: []}` where the document must be clean"
    return Diagnostic("CM519", "nothing", {}, scenario.origin.location, hint)


def shown(finding: Diagnostic) -> str:
    """A finding as scenarios spell it: `CODE /pointer`."""
    return f"{finding.code} {finding.location.pointer}".rstrip()


def _counts(finding: Diagnostic, expected: Sequence[str]) -> bool:
    """Whether a finding is compared. Errors and warnings always are; notes and unchecked rules only if expected."""
    return finding.severity.value in ("error", "warning") or shown(finding) in expected
