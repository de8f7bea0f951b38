"""One document judged: which variant, which role, which status, what was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from covage_model.documents.judge.choose import Choice, choose
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.judge import Judged, judge, judged_as_if
from covage_model.documents.judge.prepared import PreparedOnDemand, PreparedPack
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.ground import json_value, pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Origin, Severity
from covage_model.ground.nearest import nearest
from covage_model.pack.conditions import tree, truth
from covage_model.pack.model.conditions import Atom, Condition, DocumentReady

if TYPE_CHECKING:
    from covage_model.pack.model.keys import KeyPath
    from covage_model.pack.model.pack import SpecPack

Passes = Callable[[str, Role], Callable[[Slot, Any], bool]]


@dataclass(frozen=True, slots=True)
class Account:
    """
    What the platform knows of whoever sends requests.

    `findings` are those of the account itself; `unsound` names its parts that have some ("" is
    the whole): a rule that reads one is not checked.
    """

    data: Any
    findings: tuple[Diagnostic, ...] = ()
    unsound: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OrderKey:
    """What names an order: the first path of its `key` that the document has, and the text or number there."""

    path: tuple[str, ...]
    value: str | int | float


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    Findings about one document; `variant` is what it was judged as, the nearest where it is none.

    `exercised` are the definitions that took part: rules that applied, whatever a finding is
    because of, and the order and variant that were chosen. `data` and `account` are what was
    judged, for whoever looks again; None where nothing was. `unchecked` are rules that nobody could check, reason and
    name of each, where they were asked for apart from the findings.
    """

    file: str
    variant: str | None
    role: Role
    status: str
    findings: tuple[Diagnostic, ...]
    exercised: tuple[Origin, ...] = field(default=(), compare=False)
    data: Any = field(default=None, compare=False, repr=False)
    account: Account | None = field(default=None, compare=False, repr=False)
    key_paths: tuple[KeyPath, ...] = field(default=(), compare=False, repr=False)
    unchecked: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> OrderKey | None:
        """What names the document, looked up when it is asked for; None where no path of `key` has a text or number."""
        for said in self.key_paths:
            value = json_value.at(self.data, said.path)
            if isinstance(value, str) or json_value.is_number(value):
                return OrderKey(said.path, value)
        return None


@dataclass(slots=True)
class Judge:
    """A pack prepared to judge documents."""

    prepared: PreparedPack

    @property
    def pack(self) -> SpecPack:
        """All that the pack says."""
        return self.prepared.pack

    def sheet(self, variant: str) -> Sheet:
        """The sheet of a variant of the pack. Raises KeyError for a name that is none."""
        return self.prepared.sheet(variant)

    def account(self, data: Any, file: str) -> Account:
        """An account judged by its type; a pack without one takes any and reads none."""
        sheet = self.prepared.account()
        if sheet is None:
            return Account(data)
        found = judged_as_if(sheet, data, JudgeContext(file, sheet.initial, Role.REQUEST)).findings
        unsound = frozenset((*pointer.split(finding.location.pointer), "")[0] for finding in found)
        return Account(data, found, unsound)

    def verdict(
        self,
        data: Any,
        file: str,
        *,
        role: Role | None = None,
        status: str | None = None,
        account: Account | None = None,
        passes: Passes | None = None,
    ) -> Verdict:
        """
        A document judged. `role` None: the pack's `record` test decides; `status` None: what the role says.

        A record is judged for the status that it shows, a request for the one its lifecycle names
        under `requests`. A `status` that its lifecycle does not have is the finding (CM413). `passes(variant, role)`
        makes the `passes` of a `JudgeContext`.
        """
        role = role or role_of(self.prepared.record, data)
        choice = choose(self.prepared.alternatives, data, file)
        if self._is_account(choice, data):
            return Verdict(file, None, role, status or "", (_an_account(file),))
        if choice.variant is None:
            return Verdict(file, None, role, status or "", choice.findings)
        sheet = self.sheet(choice.variant)
        if status is not None and status not in sheet.statuses:
            findings = (*choice.findings, _no_status(sheet, status, file))
            return Verdict(file, choice.variant, role, status, findings, data=data, key_paths=sheet.key)
        context = JudgeContext(file, status_for(sheet, data, role, status), role, choice.failed, **_of(account))
        # what is no order at all is not said to be one that others write
        asked = judged_as_if if any(finding.code == "CM401" for finding in choice.findings) else judge
        looked = context if passes is None else replace(context, passes=passes(choice.variant, role))
        judged = asked(sheet, data, looked)
        for other in choice.others:
            if not judged.findings:
                break
            looked = replace(context, status=self._like(other, context))
            looked = looked if passes is None else replace(looked, passes=passes(other, role))
            judged = _common(judged, asked(self.sheet(other), data, looked))
        not_ours = judged.findings[:1] if judged.findings and judged.findings[0].code == "CM410" else None
        findings = not_ours or (*choice.findings, *judged.findings)
        exercised = self._exercised(choice, judged, findings)
        return Verdict(file, choice.variant, role, context.status, findings, exercised, data, account, sheet.key)

    def _is_account(self, choice: Choice, data: Any) -> bool:
        """Whether what matches no order type is an account: it has some of its fields, and fits its type."""
        if all(finding.code != "CM401" for finding in choice.findings):
            return False
        sheet = self.prepared.account()
        fields = {} if sheet is None else sheet.root.properties or {}
        return any(name in fields for name in data) and not self.account(data, "").findings

    def _like(self, variant: str, context: JudgeContext) -> str:
        """The status of another variant that comes closest to the one in context."""
        sheet = self.sheet(variant)
        return context.status if context.status in sheet.statuses else sheet.requests

    def readiness(self, variant: str, data: Any, account: Account | None) -> Callable[[Atom], bool | None]:
        """The truth of the atoms of a lifecycle for a document: None where a rule could not be checked."""

        def truth_of(atom: Atom) -> bool | None:
            if isinstance(atom, DocumentReady):
                findings = self.blocking(variant, data, account, atom.status).findings
                if any(finding.severity is not Severity.UNCHECKED for finding in findings):
                    return False
                return None if findings else True
            if account is None and any(ref.root == "account" for ref in tree.references(atom)):
                return None
            return truth.holds(atom, (data,), json_value.ABSENT if account is None else account.data)

        return truth_of

    def blocking(self, variant: str, data: Any, account: Account | None, status: str) -> Judged:
        """What keeps a document from being ready for `status`: its errors, and the rules not checked."""
        context = JudgeContext("", status, Role.REQUEST, **_of(account))
        judged = judged_as_if(self.sheet(variant), data, context)
        heavy = (Severity.ERROR, Severity.UNCHECKED)
        return Judged(tuple(finding for finding in judged.findings if finding.severity in heavy), judged.applied)

    def _exercised(self, choice: Choice, judged: Judged, findings: tuple[Diagnostic, ...]) -> tuple[Origin, ...]:
        chosen = [
            origin for one in self.prepared.alternatives if one.variant == choice.variant for origin in one.origins
        ]
        because = [finding.because for finding in findings if finding.because is not None and finding.code != "CM408"]
        return tuple(dict.fromkeys([*chosen, *judged.applied, *because]))


def judge_of(pack: SpecPack) -> Judge:
    """A judge of documents by this pack."""
    return Judge(PreparedOnDemand(pack))


def _common(judged: Judged, other: Judged) -> Judged:
    """The findings that both have: what is wrong whichever was meant."""
    shared = {(finding.code, finding.location.pointer) for finding in other.findings}
    kept = tuple(finding for finding in judged.findings if (finding.code, finding.location.pointer) in shared)
    return Judged(kept, judged.applied)


def _of(account: Account | None) -> Mapping[str, Any]:
    return {} if account is None else {"account": account.data, "unsound": account.unsound}


def role_of(record: Condition | None, data: Any) -> Role:
    """Record or request: without a `record` test every document is a request."""
    if record is None or not truth.holds(anchored_record(record), (data,)):
        return Role.REQUEST
    return Role.RECORD


def anchored_record(record: Condition) -> Condition:
    """A pack's `record` test, which is written at the document's root, anchored there."""

    def anchored(atom: Atom) -> Condition:
        if isinstance(atom, DocumentReady) or atom.ref.root != "here":
            return atom
        return replace(atom, ref=replace(atom.ref, root="scope"))

    return tree.transform(record, anchored)


def status_for(sheet: Sheet, data: Any, role: Role, status: str | None) -> str:
    """The status that a document is judged for: the one asked for, else what its role says."""
    if status is not None:
        return status
    if role is Role.REQUEST:
        return sheet.requests
    shown = json_value.at(data, sheet.status_path) if sheet.status_path is not None else sheet.initial
    return shown if isinstance(shown, str) and shown in sheet.statuses else sheet.initial


def _an_account(file: str) -> Diagnostic:
    return Diagnostic("CM418", "account", {}, Location(file, 0, 0), "give it as --account FILE")


def _no_status(sheet: Sheet, status: str, file: str) -> Diagnostic:
    arguments = {"status": status, "order": sheet.variant, "legal": list(sheet.statuses)}
    hint = nearest(status, sheet.statuses)
    return Diagnostic("CM413", "status", arguments, Location(file, 0, 0), hint, because=sheet.origin)
