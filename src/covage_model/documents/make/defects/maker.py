"""Makes invalid orders for defects. An order is returned only if the interpreter confirms the predicted findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import chain, islice
from random import Random

from covage_model.documents.judge.verdict import Judge, anchored_record
from covage_model.documents.make.defects import broken_presence, broken_values
from covage_model.documents.make.defects.base_orders import BaseOrder, BaseOrders, SharedAccount
from covage_model.documents.make.defects.defect import Defect, Expected, Invalid, Unmade, applies_to
from covage_model.documents.make.defects.predicted_change import PredictedChange
from covage_model.documents.make.valid.read_paths import ReadPaths, paths_of_rule, read_paths_of
from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.presence.holding import Bars
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin, Severity

ChangesFor = Callable[[Defect, BaseOrders, ReadPaths], Iterator[PredictedChange]]
_WAYS = 6  # orders with more findings that are tried before giving up
_COUPLED = 3  # targets with such orders that are tried
_HEAVY = (Severity.ERROR, Severity.WARNING)


@dataclass(slots=True)
class DefectMaker:
    """
    Makes invalid orders of one pack. The same seed gives the same orders.

    `surprises` has orders whose findings differ from the prediction although no condition reads the
    changed place: each is a bug of ours.
    """

    judge: Judge
    seed: int | str = 0
    shared: SharedAccount = field(default_factory=SharedAccount)
    surprises: list[tuple[Defect, PredictedChange]] = field(default_factory=list)
    _hosts: dict[OrderTarget, BaseOrders] = field(default_factory=dict)
    _reads: dict[str, ReadPaths] = field(default_factory=dict)
    _bars: dict[str, Bars] = field(default_factory=dict)

    def made(self, defect: Defect, targets: Sequence[OrderTarget]) -> Invalid | Unmade:
        """An order with the defect, if possible with no other finding, for the first target that has one."""
        coupled: dict[OrderTarget, list[Invalid]] = {}
        applying = [target for target in targets if self._may_hold(defect, target)]
        applying.sort(key=lambda target: not self._has_room(defect, target))
        hidden = dict[Origin, None]()
        for target in applying:
            for invalid in islice(self.ways(defect, target, hidden), _WAYS):
                if invalid.alone:
                    return invalid
                coupled.setdefault(target, []).append(invalid)
            if len(coupled) >= _COUPLED:
                break
        if coupled:
            return min(chain.from_iterable(coupled.values()), key=lambda invalid: len(invalid.expected))
        return Unmade(defect, "hidden" if hidden else "place" if applying else "nowhere", tuple(hidden))

    def _may_hold(self, defect: Defect, target: OrderTarget) -> bool:
        """Whether the defect applies to the target, and a valid order can have its place."""
        if not applies_to(defect, target):
            return False
        written = self.judge.sheet(target.variant).written_by is not None and target.role is Role.REQUEST
        if written and defect.kind not in ("written-by", "choice"):
            return False  # such a request gets no other finding
        if defect.slot is None or defect.kind == "read-only":
            return True
        return self._is_open(defect.path, target)

    def _has_room(self, defect: Defect, target: OrderTarget) -> bool:
        """Whether a valid order of the target can have every field that a broken rule reads."""
        if not isinstance(defect.broken, AnchoredRule):
            return True
        paths = paths_of_rule(self.judge.sheet(target.variant), defect.broken)
        return all(self._is_open(path, target) for path in paths)

    def _is_open(self, path: tuple[str, ...], target: OrderTarget) -> bool:
        """Whether a valid order of the target can have a field there."""
        if target.variant not in self._bars:
            self._bars[target.variant] = Bars(self.judge.sheet(target.variant))
        bars = self._bars[target.variant]
        if target.role is Role.REQUEST:
            return bars.bar(path, target.status) is None
        return bars.forbidden(path, target.status) is None

    def ways(self, defect: Defect, target: OrderTarget, hidden: dict[Origin, None] | None = None) -> Iterator[Invalid]:
        """
        Orders with the defect, the nearest to a valid order first.

        `hidden` collects the definitions whose findings came instead.
        """
        changes_for = _CHANGES.get(defect.kind, broken_values.values)
        for change in changes_for(defect, self.hosts(target), self.reads(defect.variant)):
            found = self._confirmed(defect, target, change, {} if hidden is None else hidden)
            if found is not None:
                yield found

    def hosts(self, target: OrderTarget) -> BaseOrders:
        """The base orders of a target, built on first use."""
        if target not in self._hosts:
            random = Random(f"{self.seed} {target.variant} {target.status} {target.role.value}")
            self._hosts[target] = BaseOrders(self.judge, target, self.shared, random)
        return self._hosts[target]

    def reads(self, variant: str) -> ReadPaths:
        """The paths that the conditions of a variant read."""
        if variant not in self._reads:
            record = self.judge.prepared.record
            self._reads[variant] = read_paths_of(
                self.judge.sheet(variant), None if record is None else anchored_record(record)
            )
        return self._reads[variant]

    def _confirmed(
        self, defect: Defect, target: OrderTarget, change: PredictedChange, hidden: dict[Origin, None]
    ) -> Invalid | None:
        """The order if it gets the predicted findings (and maybe more, if a condition reads the changed place)."""
        verdict = self.hosts(target).verdict(change.document, change.host.account)
        heavy = [finding for finding in verdict.findings if finding.severity in _HEAVY]
        found = {(finding.code, finding.location.pointer) for finding in heavy}
        if change.sure and found != change.found:
            self.surprises.append((defect, change))
            return None
        if not heavy or not change.found <= found or verdict.role is not target.role:
            hidden.update(dict.fromkeys(finding.because for finding in heavy if finding.because is not None))
            if verdict.role is not target.role:
                hidden[self.judge.pack.origin] = None  # the pack's `record` decides the role
            return None
        expected = tuple(
            sorted({Expected(finding.location.pointer, finding.code, finding.severity.value) for finding in heavy})
        )
        because = dict.fromkeys(finding.because for finding in heavy if finding.because not in (None, defect.origin))
        account = change.host.account.data if change.host.account is not None else None
        return Invalid(
            defect, target, change.document, account, expected, tuple(origin for origin in because if origin)
        )


def maker_with(judge: Judge, target: OrderTarget, host: BaseOrder, attempts: int) -> DefectMaker:
    """A maker for one target that breaks this valid order; another only if it lacks the place of the defect."""
    maker = DefectMaker(judge)
    maker.hosts(target).holding(host, attempts)
    return maker


def _written_by(_: Defect, hosts: BaseOrders, __: ReadPaths) -> Iterator[PredictedChange]:
    """Orders that only the platform may send."""
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
    """The targets of a variant, the most usual first: a request, a draft, a record of each status."""
    sheet = judge.sheet(variant)
    request_statuses = dict.fromkeys([sheet.requests, *sheet.request_statuses])
    requests = [OrderTarget(variant, status, Role.REQUEST) for status in request_statuses]
    shown = sheet.statuses if sheet.status_path is not None else (sheet.initial,)
    records = [OrderTarget(variant, status, Role.RECORD) for status in shown]
    if judge.prepared.record is None:
        records = []
    return [*requests, *records] if sheet.written_by is None else [*records, *requests]
