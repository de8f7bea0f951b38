"""Invalid orders for each defect: built, judged, and given out only if the predicted findings are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from covage_model.documents.judge.verdict import Judge, anchored_record
from covage_model.documents.make.defects import broken_presence, broken_values
from covage_model.documents.make.defects.base_orders import BaseOrder, BaseOrders, SharedAccount
from covage_model.documents.make.defects.defect import Defect, Expected, Invalid, Unmade, applies_to
from covage_model.documents.make.defects.predicted_change import PredictedChange
from covage_model.documents.make.valid.read_paths import ReadPaths, read_paths_of
from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.presence.holding import Bars
from covage_model.documents.presence.role import Role
from covage_model.ground.diagnostics import Origin, Severity

ChangesFor = Callable[[Defect, BaseOrders, ReadPaths], Iterator[PredictedChange]]
_WAYS = 6  # orders in which more is wrong, before it is said that there is no other
_COUPLED = 3  # targets of such orders
_HEAVY = (Severity.ERROR, Severity.WARNING)


@dataclass(slots=True)
class DefectMaker:
    """
    Makes invalid orders of one pack. The same seed gives the same orders.

    `surprises` are orders whose findings differ from the prediction though no condition reads the
    changed place: each one is a fault of ours.
    """

    judge: Judge
    seed: int | str = 0
    shared: SharedAccount = field(default_factory=SharedAccount)
    surprises: list[tuple[Defect, PredictedChange]] = field(default_factory=list)
    _hosts: dict[OrderTarget, BaseOrders] = field(default_factory=dict)
    _reads: dict[str, ReadPaths] = field(default_factory=dict)
    _bars: dict[str, Bars] = field(default_factory=dict)

    def made(self, defect: Defect, targets: Sequence[OrderTarget]) -> Invalid | Unmade:
        """An order with the defect and, if possible, no other, for the first of these targets that has one."""
        coupled: dict[OrderTarget, list[Invalid]] = {}
        applying = [target for target in targets if self._may_hold(defect, target)]
        hidden = dict[Origin, None]()
        for target in applying:
            for one in islice(self.ways(defect, target, hidden), _WAYS):
                if one.alone:
                    return one
                coupled.setdefault(target, []).append(one)
            if len(coupled) >= _COUPLED:
                break
        if coupled:
            return min((one for found in coupled.values() for one in found), key=lambda one: len(one.expected))
        return Unmade(defect, "hidden" if hidden else "place" if applying else "nowhere", tuple(hidden))

    def _may_hold(self, defect: Defect, target: OrderTarget) -> bool:
        """Whether the defect counts there, and some valid order can have its place."""
        if not applies_to(defect, target):
            return False
        written = self.judge.sheet(target.variant).written_by is not None and target.role is Role.REQUEST
        if written and defect.kind not in ("written-by", "choice"):
            return False  # who may write it is all that is said of such a request
        if defect.slot is None or defect.kind == "read-only":
            return True
        if target.variant not in self._bars:
            self._bars[target.variant] = Bars(self.judge.sheet(target.variant))
        bars = self._bars[target.variant]
        if target.role is Role.REQUEST:
            return bars.bar(defect.path, target.status) is None
        return bars.forbidden(defect.path, target.status) is None

    def ways(self, defect: Defect, target: OrderTarget, hidden: dict[Origin, None] | None = None) -> Iterator[Invalid]:
        """
        Orders with the defect, the nearest to a valid one first; others where a condition couples fields.

        `hidden` gets the lines of the pack whose findings came instead.
        """
        changes_for = _CHANGES.get(defect.kind, broken_values.values)
        for change in changes_for(defect, self.hosts(target), self.reads(defect.variant)):
            found = self._looked_at(defect, target, change, {} if hidden is None else hidden)
            if found is not None:
                yield found

    def hosts(self, target: OrderTarget) -> BaseOrders:
        """The base orders of a target, built on first use."""
        if target not in self._hosts:
            random = Random(f"{self.seed} {target.variant} {target.status} {target.role.value}")
            self._hosts[target] = BaseOrders(self.judge, target, self.shared, random)
        return self._hosts[target]

    def reads(self, variant: str) -> ReadPaths:
        """What the conditions of a variant read."""
        if variant not in self._reads:
            record = self.judge.prepared.record
            self._reads[variant] = read_paths_of(
                self.judge.sheet(variant), None if record is None else anchored_record(record)
            )
        return self._reads[variant]

    def _looked_at(
        self, defect: Defect, target: OrderTarget, change: PredictedChange, hidden: dict[Origin, None]
    ) -> Invalid | None:
        """The order if the interpreter finds what is predicted, or more where a condition reads the place."""
        verdict = self.hosts(target).verdict(change.document, change.host.account)
        ours = [one for one in verdict.findings if one.severity in _HEAVY]
        found = {(one.code, one.location.pointer) for one in ours}
        if change.sure and found != change.found:
            self.surprises.append((defect, change))
            return None
        if not ours or not change.found <= found or verdict.role is not target.role:
            hidden.update(dict.fromkeys(one.because for one in ours if one.because is not None))
            if verdict.role is not target.role:
                hidden[self.judge.pack.origin] = None  # what makes a record of it
            return None
        expected = tuple(sorted({Expected(one.location.pointer, one.code, one.severity.value) for one in ours}))
        because = dict.fromkeys(one.because for one in ours if one.because not in (None, defect.origin))
        account = change.host.account.data if change.host.account is not None else None
        return Invalid(defect, target, change.document, account, expected, tuple(one for one in because if one))


def maker_with(judge: Judge, target: OrderTarget, host: BaseOrder, attempts: int) -> DefectMaker:
    """A maker for one target that breaks this valid order, and others only where the defect has no place in it."""
    maker = DefectMaker(judge)
    maker.hosts(target).holding(host, attempts)
    return maker


def _written_by(_: Defect, hosts: BaseOrders, __: ReadPaths) -> Iterator[PredictedChange]:
    """A valid order that only the platform may send."""
    for host in hosts.begin():
        yield PredictedChange(host, host.document, frozenset({("CM410", "")}), sure=True)


_CHANGES: Mapping[str, ChangesFor] = {
    "missing": broken_presence.missing,
    "forbidden": broken_presence.forbidden,
    "rule": broken_presence.rule,
    "account-rule": broken_presence.rule,
    "read-only": broken_values.read_only,
    "unknown-key": broken_values.unknown_key,
    "choice": broken_values.choice,
    "status": broken_values.status,
    "written-by": _written_by,
}


def targets_of(judge: Judge, variant: str) -> list[OrderTarget]:
    """What an order of the variant may be, the most usual first: a request, a draft, a record of each status."""
    sheet = judge.sheet(variant)
    asked = dict.fromkeys([sheet.requests, *sheet.request_statuses])
    requests = [OrderTarget(variant, status, Role.REQUEST) for status in asked]
    shown = sheet.statuses if sheet.status_path is not None else (sheet.initial,)
    records = [OrderTarget(variant, status, Role.RECORD) for status in shown]
    if judge.prepared.record is None:
        records = []
    return [*requests, *records] if sheet.written_by is None else [*records, *requests]
