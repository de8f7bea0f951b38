"""A scenario without steps: a document and the findings it must get."""

from __future__ import annotations

from collections.abc import Sequence

from covage_model.diagnostics import Diagnostic
from covage_model.model.scenario import Scenario
from covage_model.orders.verdict import Verdict
from covage_model.scenario.outcome import Outcome


def judged(scenario: Scenario, verdict: Verdict) -> Outcome:
    """A scenario without steps: its document's findings against the expected ones."""
    expected = scenario.expect.findings if scenario.expect is not None else None
    found: tuple[Diagnostic, ...] = ()
    if scenario.expect is not None and expected is not None:
        found_here = sorted(shown(finding) for finding in verdict.findings if _counts(finding, expected))
        if found_here != sorted(expected):
            arguments = {"found": found_here or "none", "expected": sorted(expected) or "none"}
            found = (Diagnostic("CM501", "findings", arguments, scenario.expect.origin.location),)
    return Outcome(scenario, verdict.leaf, (), found, (scenario.origin, *verdict.exercised), verdict)


def shown(finding: Diagnostic) -> str:
    """A finding as scenarios spell it: `CODE /pointer`."""
    return f"{finding.code} {finding.location.pointer}".rstrip()


def _counts(finding: Diagnostic, expected: Sequence[str]) -> bool:
    """Errors and warnings always count; notes and what was not checked only where they are expected."""
    return finding.severity.value in ("error", "warning") or shown(finding) in expected
