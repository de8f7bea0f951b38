"""The source of random orders of one target: a minimal order, the places that may change, and repair."""

from __future__ import annotations

import copy
from dataclasses import field
from random import Random
from typing import Any

from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.verdict import Account, Judge, Verdict, anchored_record, role_of
from covage_model.documents.make.valid import places
from covage_model.documents.make.valid.local_search import Aim, local_search
from covage_model.documents.make.valid.simplest import simplest
from covage_model.documents.make.valid.template_pool import OrderTarget, built
from covage_model.documents.make.valid.value_generator import Fullness, ValueGenerator, value_generator
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import slot_at_steps
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.pack.model.conditions import Condition

_ROUNDS = 8  # rounds of repair after a change
_ATTEMPTS = 6
_REMEMBERED = 4096


class NoOrder(Exception):
    """No valid order of that kind was found; the text says which kind."""


@dataclass(slots=True)
class OrderSource:
    """
    The source of random orders of one target.

    `given` is an account that stays as it is; without it the account grows with what orders need. `generators` has
    the root slots that may change, of the document and maybe of the account, each with its value generator.
    """

    judge: Judge
    target: OrderTarget
    given: Any = None
    document: Any = field(init=False)
    account: Any = field(init=False)
    generators: tuple[tuple[Slot, ValueGenerator], ...] = field(init=False)
    _aim: Aim = field(init=False)
    _record: Condition | None = field(init=False)
    _mended: dict[str, tuple[Any, Any] | None] = field(init=False, default_factory=dict)
    _judged: tuple[Any, Account] | None = None  # the account judged last; accounts are never changed in place

    def __post_init__(self) -> None:
        """Finds a minimal order. Raises NoOrder."""
        sheet = self.judge.sheet(self.target.variant)
        raw = self.judge.prepared.record
        self._record = anchored_record(raw) if raw is not None else None
        wants = ((self._record, self.target.role is Role.RECORD),) if self._record is not None else ()
        statuses = (self.target.status,)
        self._aim = Aim(sheet, self.judge.prepared.account(), statuses, self.target.role, wants)
        account = self._aim.account if self._has_account and self.given is None else None
        self.generators = (
            (sheet.root, value_generator(sheet, statuses, self.target.role, Fullness.MINIMAL, Random(0))),
        )
        if account is not None:
            of_account = value_generator(account, (account.initial,), Role.REQUEST, Fullness.MINIMAL, Random(0))
            self.generators += ((account.root, of_account),)
        self.document, self.account = self._first()
        self.document = self._simplified(self.document)
        self.account = self._simplified_account()

    @property
    def pair(self) -> tuple[Any, Any]:
        """The minimal order and its account."""
        return self.document, self.account

    def verdict(self, document: Any, account: Any) -> Verdict:
        """The verdict on a document as this target."""
        known = self._account(account)
        return self.judge.verdict(document, "", role=self.target.role, status=self.target.status, account=known)

    def slot_at(self, part: int, steps: tuple[Any, ...]) -> Slot | None:
        """The slot at names and indices of the order (part 0) or of the account (part 1)."""
        return slot_at_steps(self.generators[part][0], steps)

    def is_clean(self, document: Any, account: Any) -> bool:
        """Whether the document is of this target, and neither it nor its account has a finding."""
        known = self._account(account)
        if known is not None and known.findings:
            return False
        choice = choose(self.judge.prepared.alternatives, document, "")
        if choice.findings or choice.variant != self.target.variant:
            return False
        if self._record is not None and role_of(self.judge.prepared.record, document) is not self.target.role:
            return False
        return not self.verdict(document, account).findings

    def mended(self, document: Any, account: Any) -> tuple[Any, Any] | None:
        """The document and account repaired until they are clean, or None; the same result for the same input."""
        key = repr((document, account))  # Hypothesis asks for the same documents again while it shrinks
        if key not in self._mended:
            if len(self._mended) >= _REMEMBERED:
                self._mended.clear()
            self._mended[key] = self._as_mended(document, account)
        return self._mended[key]

    def _as_mended(self, document: Any, account: Any) -> tuple[Any, Any] | None:
        if self.is_clean(document, account):
            return document, account
        own = copy.deepcopy(account)
        kept = places.keeping(own, grows=self.given is None) if own is not None else None
        search = local_search(self._aim, own, Random(0), document=document, kept=kept)
        search.solve(_ROUNDS)
        repaired = search.document.value, search.account.value if self._has_account else None
        return repaired if self.is_clean(*repaired) else None

    @property
    def _has_account(self) -> bool:
        return self.target.role is Role.REQUEST and self.judge.prepared.account() is not None

    def _account(self, data: Any) -> Account | None:
        if not self._has_account or data is None:
            return None
        if self._judged is None or self._judged[0] is not data:
            self._judged = data, self.judge.account(data, "account")
        return self._judged[1]

    def _first(self) -> tuple[Any, Any]:
        for attempt in range(_ATTEMPTS * 2):
            found = self._built(Fullness.MINIMAL if attempt < _ATTEMPTS else Fullness.RANDOM, Random(attempt))
            if found[0] is not None:
                return found
        given = " for the account given" if self.given is not None else ""
        raise NoOrder(f"no valid {self.target.role.value} of {self.target.variant} in {self.target.status!r}{given}")

    def _built(self, fill: Fullness, random: Random) -> tuple[Any, Any]:
        data = self.given if self._has_account else None
        kept = places.keeping(data, grows=False) if data is not None else None
        document, account = built(self.judge, self.target, fill=fill, random=random, account=data, kept=kept)
        account = account if self._has_account else None
        clean = document is not None and self.is_clean(document, account)
        return (document, account) if clean else (None, account)

    def _simplified(self, document: Any) -> Any:
        """The document without all removable values, each value replaced by the simplest that keeps it clean."""
        for path in sorted(json_value.paths(document), key=lambda path: (-len(path), _last_item_first(path))):
            fewer = json_value.without(document, path)
            if self.is_clean(fewer, self.account):
                document = fewer
        generator = self.generators[0][1]
        for path in list(json_value.paths(document)):
            slot = self.slot_at(0, path)
            value = json_value.at(document, path)
            if slot is None or isinstance(value, dict | list) or slot.shows_status:
                continue
            simple = simplest(slot, generator)
            other = document if simple is json_value.ABSENT else json_value.with_value(document, path, simple)
            if self.is_clean(other, self.account):
                document = other
        return document

    def _simplified_account(self) -> Any:
        account = self.account
        if self.given is not None or account is None:
            return account
        for path in sorted(json_value.paths(account), key=lambda path: (-len(path), _last_item_first(path))):
            fewer = json_value.without(account, path)
            if self.is_clean(self.document, fewer):
                account = fewer
        return account


def _last_item_first(path: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple(-step for step in path if isinstance(step, int))
