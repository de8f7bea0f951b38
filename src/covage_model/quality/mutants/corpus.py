"""The corpus that has to notice mutants: documents, accounts and scenarios, read once and judged many times."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import field
from enum import Enum
from typing import Any

from covage_model.behaviour.run import judged as judging
from covage_model.behaviour.run import play as playing
from covage_model.documents.judge import uniqueness
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.documents.presence.role import Role
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Origin, Severity
from covage_model.pack.model.scenario import Scenario


class Notice(Enum):
    """
    Which differences in a document's findings count as noticed.

    FINDINGS: other errors and warnings, by code and pointer, as an expectation or a saved report
    shows. VERDICT: another answer to whether there is an error, as an exit code shows. STRICT: the same for
    an error or a warning, as a JSON Schema shows. Rules that could not be checked count for none of them.
    """

    FINDINGS = "findings"
    VERDICT = "verdict"
    STRICT = "strict"


@dataclass(frozen=True, slots=True)
class CorpusItem:
    """
    One document, account or scenario, with its name for people.

    `document` is empty for a scenario that names an order instead. `account` names an account of the
    corpus; an item without document and scenario is that account, judged by its type.
    """

    name: str
    scenario: Scenario | None = None
    document: tuple[Any, ...] = ()
    account: str | None = None
    role: Role | None = None
    status: str | None = None
    earlier: tuple[Any, ...] = ()

    @property
    def is_account(self) -> bool:
        """Whether an account is judged, not an order."""
        if self.scenario is not None:
            return judging.judges_account(self.scenario)
        return not self.document

    @property
    def reads_account(self) -> bool:
        """Whether the item may notice a change of the account's type."""
        return self.account is not None or self.is_account


@dataclass(frozen=True, slots=True)
class Corpus:
    """The items in file order, and the accounts by file."""

    items: tuple[CorpusItem, ...]
    accounts: Mapping[str, Any]


@dataclass(slots=True)
class CorpusJudge:
    """Judges the items of a corpus by one pack; each account is judged once."""

    corpus: Corpus
    judge: Judge
    notice: Notice
    _accounts: dict[str, Account] = field(default_factory=dict)

    def result(self, item: CorpusItem) -> Hashable:
        """The result to compare: for a scenario, only whether it passes."""
        return self.judged(item)[0]

    def judged(self, item: CorpusItem) -> tuple[Hashable, tuple[Origin, ...]]:
        """The result to compare, and the definitions that took part in it."""
        account = self._account(item.account)
        if item.scenario is not None:
            return self._played(item, item.scenario, account)
        if not item.document:
            findings = account.findings if account is not None else ()
            return self._noticed(findings), tuple(
                finding.because for finding in findings if finding.because is not None
            )
        verdict = self.judge.verdict(item.document[0], "", role=item.role, status=item.status, account=account)
        return self._noticed(verdict.findings), verdict.exercised

    def variants(self, item: CorpusItem) -> frozenset[str]:
        """The variants that an item belongs to; for a document of no variant, the nearest ones."""
        given = item.scenario.given.order if item.scenario is not None else None
        if given is not None:
            return frozenset({given})
        if not item.document or item.is_account:
            return frozenset()
        choice = choose(self.judge.prepared.alternatives, item.document[0], "")
        return frozenset(choice.others) | ({choice.variant} if choice.variant is not None else set())

    def _played(
        self, item: CorpusItem, scenario: Scenario, account: Account | None
    ) -> tuple[Hashable, tuple[Origin, ...]]:
        document = item.document[0] if item.document else json_value.ABSENT
        if scenario.steps or scenario.given.order is not None:
            outcome = playing.played(scenario, self.judge, document=document, account=account)
        elif judging.judges_account(scenario):
            outcome = judging.judged_account(scenario, self.judge.account(document, ""))
        else:
            data = (document, *item.earlier)
            verdict, *earlier = [
                self.judge.verdict(one, "", role=item.role, status=item.status, account=account) for one in data
            ]
            if earlier:
                verdict = uniqueness.after(self.judge, verdict, [(one, 1) for one in earlier])
            outcome = judging.judged(scenario, verdict)
        sound = account is None or not account.findings
        return sound and not outcome.findings, outcome.exercised

    def _account(self, name: str | None) -> Account | None:
        if name is None:
            return None
        if name not in self._accounts:
            self._accounts[name] = self.judge.account(self.corpus.accounts[name], name)
        return self._accounts[name]

    def _noticed(self, findings: tuple[Diagnostic, ...]) -> Hashable:
        if self.notice is Notice.VERDICT:
            return all(finding.severity is not Severity.ERROR for finding in findings)
        if self.notice is Notice.STRICT:
            return all(finding.severity not in (Severity.ERROR, Severity.WARNING) for finding in findings)
        return tuple(
            sorted(
                (finding.code, finding.location.pointer, finding.severity.value)
                for finding in findings
                if finding.severity in (Severity.ERROR, Severity.WARNING)
            )
        )
