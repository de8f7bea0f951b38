"""Each defect put into an order, with the findings that it must get: looked at before it is given out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from covage_model.documents.judge.verdict import Judge, anchored_record
from covage_model.documents.make import spoil_presence, spoil_values
from covage_model.documents.make.change import PredictedChange
from covage_model.documents.make.defect import Defect, Expected, Invalid, Unmade, applies_to
from covage_model.documents.make.hosts import Host, Hosts, Shared
from covage_model.documents.make.reads import Reads, reads_of
from covage_model.documents.make.stock import OrderTarget
from covage_model.documents.presence.holding import Bars
from covage_model.documents.presence.role import Role
from covage_model.ground.diagnostics import Origin, Severity

Spoiler = Callable[[Defect, Hosts, Reads], Iterator[PredictedChange]]
_WAYS = 6  # orders in which more is wrong, before it is said that there is no other
_COUPLED = 3  # targets of such orders
_HEAVY = (Severity.ERROR, Severity.WARNING)


@dataclass(slots=True)
class Maker:
    """
    Makes invalid orders of one pack. Draws come from the seed alone.

    `surprises` are orders in which something else was found than what had been predicted, though no
    condition reads what was changed: there are none unless we are wrong.
    """

    judge: Judge
    seed: int | str = 0
    shared: Shared = field(default_factory=Shared)
    surprises: list[tuple[Defect, PredictedChange]] = field(default_factory=list)
    _hosts: dict[OrderTarget, Hosts] = field(default_factory=dict)
    _reads: dict[str, Reads] = field(default_factory=dict)
    _bars: dict[str, Bars] = field(default_factory=dict)

    def made(self, defect: Defect, targets: Sequence[OrderTarget]) -> Invalid | Unmade:
        """An order with the defect, for the first of these targets that has one in which it stands alone."""
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
        """Whether the defect counts there, and nothing keeps its place out of all valid orders."""
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

        `hidden` gets the lines that spoke of something else instead.
        """
        spoiler = _SPOILERS.get(defect.kind, spoil_values.values)
        for change in spoiler(defect, self.hosts(target), self.reads(defect.variant)):
            found = self._looked_at(defect, target, change, {} if hidden is None else hidden)
            if found is not None:
                yield found

    def hosts(self, target: OrderTarget) -> Hosts:
        """The valid orders for a target, built when somebody asks."""
        if target not in self._hosts:
            random = Random(f"{self.seed} {target.variant} {target.status} {target.role.value}")
            self._hosts[target] = Hosts(self.judge, target, self.shared, random)
        return self._hosts[target]

    def reads(self, variant: str) -> Reads:
        """What the conditions of a variant read."""
        if variant not in self._reads:
            record = self.judge.prepared.record
            self._reads[variant] = reads_of(
                self.judge.sheet(variant), None if record is None else anchored_record(record)
            )
        return self._reads[variant]

    def _looked_at(
        self, defect: Defect, target: OrderTarget, change: PredictedChange, hidden: dict[Origin, None]
    ) -> Invalid | None:
        """The order, if the interpreter finds what is predicted; where a condition reads the place, what it finds."""
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


def maker_with(judge: Judge, target: OrderTarget, host: Host, attempts: int) -> Maker:
    """A maker for one target that breaks this valid order, and others only where the defect has no place in it."""
    maker = Maker(judge)
    maker.hosts(target).holding(host, attempts)
    return maker


def _written_by(_: Defect, hosts: Hosts, __: Reads) -> Iterator[PredictedChange]:
    """All is well, but that nobody else may send it."""
    for host in hosts.begin():
        yield PredictedChange(host, host.document, frozenset({("CM410", "")}), sure=True)


_SPOILERS: Mapping[str, Spoiler] = {
    "missing": spoil_presence.missing,
    "forbidden": spoil_presence.forbidden,
    "rule": spoil_presence.rule,
    "account-rule": spoil_presence.rule,
    "read-only": spoil_values.read_only,
    "unknown-key": spoil_values.unknown_key,
    "choice": spoil_values.choice,
    "status": spoil_values.status,
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
