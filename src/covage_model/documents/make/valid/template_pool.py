"""TemplateMaker of orders for each variant, status and role asked for, and one account that suits them all."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from covage_model.documents.judge.verdict import Account, Judge, anchored_record
from covage_model.documents.make.valid import places
from covage_model.documents.make.valid.local_search import ROUNDS, Aim, LocalSearch, local_search
from covage_model.documents.make.valid.read_paths import read_paths_of
from covage_model.documents.make.valid.samplers import Sampler
from covage_model.documents.make.valid.template import OrderTemplate, TemplateMaker
from covage_model.documents.make.valid.value_generator import Fullness
from covage_model.documents.presence.role import Role
from covage_model.pack.model.conditions import Condition

ATTEMPTS = 10
_EXTRA = 2  # attempts more, where the same document came out twice
_GIVE_UP = 2  # attempts that met the bound of the search, before no more are made
_DENSITIES = (1.0, 0.5, 0.8, 0.2, 0.9, 0.35)


@dataclass(frozen=True, slots=True)
class OrderTarget:
    """What an order is to be: of a variant, for a status, a request or a record."""

    variant: str
    status: str
    role: Role


@dataclass(slots=True)
class TemplatePool:
    """
    TemplateMaker by target, and the account that goes with them, None where the pack has no type for one.

    `account_given`: nothing may be added to it. `missing` are the targets of which no valid order was found,
    `too_large` those for which some order, or its account, would have held too many values.
    """

    judge: Judge
    fill: Fullness
    random: Random
    account: Any = None
    account_given: bool = False
    templates: dict[OrderTarget, list[OrderTemplate]] = field(default_factory=dict)
    missing: list[OrderTarget] = field(default_factory=list)
    too_large: set[OrderTarget] = field(default_factory=set)
    tried: int = 0  # documents, the clean ones among them
    _gave_up: dict[OrderTarget, int] = field(default_factory=dict)
    _judged: Account | None = None
    _makers: dict[OrderTarget, TemplateMaker] = field(default_factory=dict)
    _samplers: dict[int, Sampler | None] = field(default_factory=dict)

    def add(self, target: OrderTarget, number: int) -> None:
        """Up to `number` different templates more; the target is missing if none was found."""
        held = self.templates.setdefault(target, [])
        wanted = len(held) + number
        for attempt in range(number + ATTEMPTS):
            if len(held) >= wanted or (held and attempt >= number + _EXTRA) or self._hopeless(target):
                return
            found = self._built(target, attempt)
            if found is not None and all(found != one.document for one in held):
                held.append(self._maker(target).template(found))

    def recheck(self) -> None:
        """TemplateMaker that the account as it is now does not suit go, and others come; what has none is missing."""
        for target, held in self.templates.items():
            held[:] = [one for one in held if self._suits(target, one)]
            for attempt in range(ATTEMPTS if not held else 0):
                found = None if held or self._hopeless(target) else self._built(target, attempt, grows=False)
                held.extend([self._maker(target).template(found)] if found is not None else [])
        self.missing = [target for target, held in self.templates.items() if not held]

    def _hopeless(self, target: OrderTarget) -> bool:
        """Whether the search for such an order has met its bound too often."""
        return not self.templates[target] and self._gave_up.get(target, 0) >= _GIVE_UP

    def _suits(self, target: OrderTarget, template: OrderTemplate) -> bool:
        """Whether the template's document, and one order drawn from it, are clean with the account as it is now."""
        return self.is_clean(target, template.document) and self.is_clean(target, template.instance(self.random))

    def is_clean(self, target: OrderTarget, document: Any) -> bool:
        """Whether the document, judged as anybody would judge it, is the target and has no finding at all."""
        account = self.judged_account()
        if account is not None and account.findings:
            return False
        role = target.role if self.judge.prepared.record is None else None
        verdict = self.judge.verdict(document, "", role=role, status=target.status or None, account=account)
        return (verdict.variant, verdict.role) == (target.variant, target.role) and not verdict.findings

    def judged_account(self) -> Account | None:
        """The account as judges take it."""
        if self._judged is None and self.account is not None:
            self._judged = self.judge.account(self.account, "")
        return self._judged

    def _now(self, account: Any) -> None:
        self.account, self._judged = account, None

    def _maker(self, target: OrderTarget) -> TemplateMaker:
        if target not in self._makers:
            sheet = self.judge.sheet(target.variant)
            reads = read_paths_of(sheet, _record(self.judge))
            drops = self.fill is Fullness.RANDOM
            self._makers[target] = TemplateMaker(
                sheet, reads, target.status, target.role, drops, self._samplers, self.random
            )
        return self._makers[target]

    def _built(self, target: OrderTarget, attempt: int, *, grows: bool = True) -> Any:
        """A clean document, with an account that got what it needs; None where none was found."""
        before = copy.deepcopy(self.account)
        grows = grows and not self.account_given
        kept = places.keeping(self.account, grows=grows) if self.account is not None else None
        again = grows and attempt % 5 == 4  # at times the account has to change
        solved, search = worked(
            self.judge,
            target,
            fill=self.fill,
            random=self.random,
            account=self.account,
            kept=None if again else kept,
            density=_DENSITIES[attempt % len(_DENSITIES)],
        )
        self.tried += 1
        self._gave_up[target] = self._gave_up.get(target, 0) + search.gave_up
        if search.too_large:
            self.too_large.add(target)
        document = search.document.value
        self._now(search.account.value if self.judge.prepared.account() is not None else None)
        if solved and self.is_clean(target, document) and (not again or self._all_clean()):
            return document
        self._now(before)
        return None

    def _all_clean(self) -> bool:
        return all(self.is_clean(target, one.document) for target, held in self.templates.items() for one in held)


def built(
    judge: Judge,
    target: OrderTarget,
    *,
    fill: Fullness,
    random: Random,
    account: Any = None,
    kept: places.Kept | None = None,
) -> tuple[Any, Any]:
    """A document for the target and its account, changed in place; the document is None where none is valid."""
    solved, search = worked(judge, target, fill=fill, random=random, account=account, kept=kept)
    return (search.document.value if solved else None), search.account.value


def worked(
    judge: Judge,
    target: OrderTarget,
    *,
    fill: Fullness,
    random: Random,
    account: Any = None,
    kept: places.Kept | None = None,
    density: float = 0.5,
) -> tuple[bool, LocalSearch]:
    """Whether a document for the target solved, and the work on it."""
    record = _record(judge)
    wants = ((record, target.role is Role.RECORD),) if record is not None else ()
    aim = Aim(judge.sheet(target.variant), judge.prepared.account(), (target.status,), target.role, wants)
    search = local_search(aim, account, random, fill=fill, density=density, kept=kept)
    fixed = kept is not None and not kept.grows
    return search.solve(ROUNDS * 3 if fixed else ROUNDS), search  # what cannot be made takes longer to be found


def _record(judge: Judge) -> Condition | None:
    return anchored_record(judge.prepared.record) if judge.prepared.record is not None else None


def targets(judge: Judge, variants: Sequence[str], role: Role, status: str | None) -> Iterator[OrderTarget]:
    """What can be asked for: requests for the status that they are judged for, records for each that is shown."""
    for variant in variants:
        sheet = judge.sheet(variant)
        if role is Role.REQUEST:
            statuses: tuple[str, ...] = (status or sheet.requests,)
        else:
            shown = sheet.statuses if sheet.status_path is not None else (sheet.initial,)
            statuses = (status,) if status is not None else shown
        for one in statuses:
            if one in sheet.statuses or status is None:
                yield OrderTarget(variant, one, role)
