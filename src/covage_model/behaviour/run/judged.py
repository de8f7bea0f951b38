"""A scenario without steps: a document and the findings it must get."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.behaviour.run.outcome import ScenarioOutcome
from covage_model.documents.judge.verdict import Account, Verdict
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.nearest import nearest
from covage_model.pack.model.scenario import Scenario

_ACCOUNT = "account"


def judges_account(scenario: Scenario) -> bool:
    """Whether the document that a scenario gives is an account, judged by its type."""
    return scenario.given.role == _ACCOUNT


def judged(scenario: Scenario, verdict: Verdict) -> ScenarioOutcome:
    """A scenario without steps: its document's findings against the expected ones."""
    found = tuple(_differing(scenario, verdict.findings))
    return ScenarioOutcome(scenario, verdict.variant, None, found, (scenario.origin, *verdict.exercised), verdict)


def judged_account(scenario: Scenario, account: Account) -> ScenarioOutcome:
    """A scenario about an account: what is wrong with it against what was expected to be."""
    because = [finding.because for finding in account.findings if finding.because is not None]
    exercised = tuple(dict.fromkeys([scenario.origin, *because]))
    differing = tuple(_differing(scenario, account.findings))
    return ScenarioOutcome(scenario, None, None, differing, exercised, account=account)


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
    there = sorted(shown(finding) for finding in findings if _counts(finding, expected))
    if there != sorted(expected):
        arguments = {"found": there or "none", "expected": sorted(expected) or "none"}
        yield Diagnostic("CM501", "findings", arguments, expectation.origin.location)


def nothing_expected(scenario: Scenario) -> Diagnostic:
    """That a scenario has neither steps nor an expectation, so that nothing about it can fail."""
    hint = "add `steps`, or `expect: {findings: []}` where the document must be clean"
    return Diagnostic("CM519", "nothing", {}, scenario.origin.location, hint)


def shown(finding: Diagnostic) -> str:
    """A finding as scenarios spell it: `CODE /pointer`."""
    return f"{finding.code} {finding.location.pointer}".rstrip()


def _counts(finding: Diagnostic, expected: Sequence[str]) -> bool:
    """Errors and warnings always count; notes and what was not checked only where they are expected."""
    return finding.severity.value in ("error", "warning") or shown(finding) in expected
