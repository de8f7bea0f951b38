"""Templates of orders for each variant, status and role, and one account that suits them all."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
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
from covage_model.ground.classes import dataclass
from covage_model.pack.model.conditions import Condition

ATTEMPTS = 10
_EXTRA = 2  # more attempts if the same document came out twice
_GIVE_UP = 2  # attempts that hit the bound of the search before the target is given up
_REJECTED = 4  # proposed variations of a template, before no more are proposed
_DENSITIES = (1.0, 0.5, 0.8, 0.2, 0.9, 0.35)


@dataclass(frozen=True, slots=True)
class OrderTarget:
    """The kind of an order: its variant, its status and its role."""

    variant: str
    status: str
    role: Role


@dataclass(slots=True)
class TemplatePool:
    """
    Templates by target, and their account (None if the pack has no account type).

    `account_given`: the account may not change. `missing` has the targets without a valid order,
    `too_large` those for which an order or its account would have had too many values.
    """

    judge: Judge
    fill: Fullness
    random: Random
    account: Any = None
    account_given: bool = False
    templates: dict[OrderTarget, list[OrderTemplate]] = field(default_factory=dict)
    missing: list[OrderTarget] = field(default_factory=list)
    too_large: set[OrderTarget] = field(default_factory=set)
    tried: int = 0  # the number of documents tried
    _gave_up: dict[OrderTarget, int] = field(default_factory=dict)
    _judged: Account | None = None
    _makers: dict[OrderTarget, TemplateMaker] = field(default_factory=dict)
    _samplers: dict[int, Sampler | None] = field(default_factory=dict)

    def add(self, target: OrderTarget, number: int) -> None:
        """Adds up to `number` different templates."""
        held = self.templates.setdefault(target, [])
        wanted = len(held) + number
        for attempt in range(number + ATTEMPTS):
            if len(held) >= wanted or (held and attempt >= number + _EXTRA) or self._hopeless(target):
                return
            document = self._built(target, attempt)
            if document is not None and all(document != template.document for template in held):
                held.append(self._maker(target).template(document))

    def recheck(self) -> None:
        """Replaces templates that do not suit the account as it is now; notes the targets without any as missing."""
        for target, held in self.templates.items():
            held[:] = [template for template in held if self._suits(target, template)]
            for attempt in range(ATTEMPTS if not held else 0):
                document = None if held or self._hopeless(target) else self._built(target, attempt, grows=False)
                held.extend([self._maker(target).template(document)] if document is not None else [])
        self.missing = [target for target, held in self.templates.items() if not held]

    def vary(self, number: int) -> None:
        """Adds up to `number` variations to each template: clean documents with other values that conditions read."""
        for target, held in self.templates.items():
            held[:] = [replace(one, variations=tuple(self._variations(target, one, number))) for one in held]

    def _variations(self, target: OrderTarget, template: OrderTemplate, number: int) -> Iterator[OrderTemplate]:
        maker = self._maker(target)
        proposals, rejected = maker.proposals(template.document), 0
        for _ in range(number):
            document = proposals.instance(self.random)
            if self.is_clean(target, document):
                yield maker.template(document)
            else:
                rejected += 1
            if rejected == _REJECTED:
                return

    def _hopeless(self, target: OrderTarget) -> bool:
        """Whether the search for such an order has hit its bound too often."""
        return not self.templates[target] and self._gave_up.get(target, 0) >= _GIVE_UP

    def _suits(self, target: OrderTarget, template: OrderTemplate) -> bool:
        """Whether the template's document and one order drawn from it are clean with the current account."""
        return self.is_clean(target, template.document) and self.is_clean(target, template.instance(self.random))

    def is_clean(self, target: OrderTarget, document: Any) -> bool:
        """Whether the document is judged as the target and has no finding."""
        account = self.judged_account()
        if account is not None and account.findings:
            return False
        role = target.role if self.judge.prepared.record is None else None
        verdict = self.judge.verdict(document, "", role=role, status=target.status or None, account=account)
        return (verdict.variant, verdict.role) == (target.variant, target.role) and not verdict.findings

    def judged_account(self) -> Account | None:
        """The current account, judged."""
        if self._judged is None and self.account is not None:
            self._judged = self.judge.account(self.account, "")
        return self._judged

    def _set_account(self, account: Any) -> None:
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
        """A clean document, or None. The account grows with what the document needs."""
        before = copy.deepcopy(self.account)
        grows = grows and not self.account_given
        kept = places.keeping(self.account, grows=grows) if self.account is not None else None
        again = grows and attempt % 5 == 4  # sometimes everything in the account may change
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
        self._set_account(search.account.value if self.judge.prepared.account() is not None else None)
        if solved and self.is_clean(target, document) and (not again or self._all_clean()):
            return document
        self._set_account(before)
        return None

    def _all_clean(self) -> bool:
        held = ((target, template) for target, templates in self.templates.items() for template in templates)
        return all(self.is_clean(target, template.document) for target, template in held)


def built(
    judge: Judge,
    target: OrderTarget,
    *,
    fill: Fullness,
    random: Random,
    account: Any = None,
    kept: places.Kept | None = None,
) -> tuple[Any, Any]:
    """A document for the target (None if none was found) and its account, which is changed in place."""
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
    """Whether the search for a document of the target succeeded, and the search."""
    record = _record(judge)
    wants = ((record, target.role is Role.RECORD),) if record is not None else ()
    aim = Aim(judge.sheet(target.variant), judge.prepared.account(), (target.status,), target.role, wants)
    search = local_search(aim, account, random, fill=fill, density=density, kept=kept)
    fixed = kept is not None and not kept.grows
    return search.solve(ROUNDS * 3 if fixed else ROUNDS), search  # with a fixed account the search is harder


def _record(judge: Judge) -> Condition | None:
    return anchored_record(judge.prepared.record) if judge.prepared.record is not None else None


def targets(judge: Judge, variants: Sequence[str], role: Role, status: str | None) -> Iterator[OrderTarget]:
    """The targets of these variants: requests in the status that requests are judged for, records in every status."""
    for variant in variants:
        sheet = judge.sheet(variant)
        if role is Role.REQUEST:
            statuses: tuple[str, ...] = (status or sheet.requests,)
        else:
            shown = sheet.statuses if sheet.status_path is not None else (sheet.initial,)
            statuses = (status,) if status is not None else shown
        for each in statuses:
            if each in sheet.statuses or status is None:
                yield OrderTarget(variant, each, role)
