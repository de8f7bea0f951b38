"""A Hypothesis strategy for orders with one defect, with their expected findings."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from covage_model.api.drawing import (
    BaseOrder,
    Defect,
    Invalid,
    NoOrder,
    OrderTarget,
    Role,
    applies_to,
    defects_of,
    maker_with,
)
from covage_model.ground.classes import dataclass
from covage_model.ground.dotted import dotted
from covage_model.testing.order_strategy import OrderSources, any_of, given_account, itself, targets
from covage_model.testing.pretty import Pretty

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack

_REMEMBERED = 4096
_THOROUGHLY = 6  # attempts to find an order with the defect, if the minimal order cannot have it
_BRIEFLY = 1  # attempts for other orders, because the minimal order is the fallback


@dataclass(frozen=True, slots=True, repr=False)
class NearMiss(Pretty):
    """
    An order with one defect. `findings` are all expected findings as (code, JSON Pointer).

    Judge it for `variant`, `status`, `role` and `account` (None if the pack has no account type). `what` describes the
    mistake; `line` is `FILE:LINE` of the broken constraint.
    """

    document: Any
    account: Any
    findings: frozenset[tuple[str, str]]
    variant: str
    status: str
    role: str
    what: str
    line: str

    def parts(self) -> Mapping[str, Any]:
        """The mistake, its spec line, the expected findings, the document and the account."""
        findings = sorted(self.findings)
        parts = {"what": self.what, "line": self.line, "findings": findings, "document": self.document}
        return parts | {"account": self.account}


def near_misses(
    pack: Pack,
    *names: str,
    status: str | None = None,
    role: str = "request",
    account: Any = None,
) -> st.SearchStrategy[NearMiss]:
    """
    Draws orders of these names (default: all that somebody may send), each with one broken constraint of the pack.

    Usually there is one expected finding. If a condition couples fields, there are all that the interpreter reports.
    They shrink toward the minimal order with the first constraint broken. Apart from the mistake, they fit `account`.
    Raises as `orders` does.
    """
    misses = _Misses(pack, OrderSources(pack, targets(pack, names, Role(role), status), given_account(pack, account)))
    return any_of(misses.sources.targets, misses.of_target)


@dataclass(slots=True, repr=False)
class _Misses:
    """The near misses of each target. Which defects the minimal order can have is computed when drawing."""

    pack: Pack
    sources: OrderSources
    plain: dict[tuple[OrderTarget, int], Invalid | None] = field(default_factory=dict)
    found: dict[tuple[OrderTarget, int, str], Invalid | None] = field(default_factory=dict)

    def of_target(self, target: OrderTarget) -> st.SearchStrategy[NearMiss]:
        """Near misses of one target: draws a kind of defect, a defect of that kind, and an order. Raises NoOrder."""
        kinds: dict[str, list[int]] = {}
        defects = self._defects(target)
        for number, defect in enumerate(defects):
            kinds.setdefault(defect.kind, []).append(number)
        if self._plain(target, defects, 0) is None:
            raise NoOrder(f"no {target.role.value} of {target.variant} with one defect was found")
        numbers = st.sampled_from([st.sampled_from(some) for some in kinds.values()]).flatmap(itself)
        pairs = st.tuples(numbers, self.sources.of_target(target))
        return pairs.map(lambda drawn: self._near_miss(target, defects, *drawn))

    def _defects(self, target: OrderTarget) -> Sequence[Defect]:
        sheet = self.pack.judge.sheet(target.variant)
        return [each for each in defects_of(sheet) if applies_to(each, target) and each.kind != "written-by"]

    def _plain(self, target: OrderTarget, defects: Sequence[Defect], number: int) -> tuple[int, Invalid] | None:
        """The minimal order with that defect, else with the next possible one; None if there is none."""
        source, _ = self.sources.source(target)
        for turn in range(len(defects)):
            place = (number + turn) % len(defects)
            if (target, place) not in self.plain:
                self.plain[target, place] = self._made(target, source.pair, defects[place], _THOROUGHLY)
            order = self.plain[target, place]
            if order is not None:
                return place, order
        return None

    def _near_miss(
        self, target: OrderTarget, defects: Sequence[Defect], number: int, pair: tuple[Any, Any]
    ) -> NearMiss:
        """The drawn order with the defect; the minimal order with it if the drawn one cannot have it."""
        minimal = self._plain(target, defects, number)
        assert minimal is not None, "of_target has checked it"
        place, plain = minimal
        invalid = self._broken(target, pair, defects, place) or plain
        defect = invalid.defect
        where = dotted(defect.path)
        return NearMiss(
            copy.deepcopy(invalid.document),  # the test may change it
            copy.deepcopy(invalid.account),
            frozenset((expected.code, expected.pointer) for expected in invalid.expected),
            target.variant,
            target.status,
            target.role.value,
            " ".join(part for part in (defect.kind, where, defect.detail) if part),
            f"{defect.origin.location.file}:{defect.origin.location.line}",
        )

    def _broken(
        self, target: OrderTarget, pair: tuple[Any, Any], defects: Sequence[Defect], number: int
    ) -> Invalid | None:
        """The order with the defect, or None. Cached, because Hypothesis repeats the same draws when it shrinks."""
        key = target, number, repr(pair)
        if key not in self.found:
            if len(self.found) >= _REMEMBERED:
                self.found.clear()
            self.found[key] = self._made(target, pair, defects[number], _BRIEFLY)
        return self.found[key]

    def _made(self, target: OrderTarget, pair: tuple[Any, Any], defect: Defect, attempts: int) -> Invalid | None:
        judge, (document, account) = self.pack.judge, pair
        known = None if account is None else judge.account(account, "account")
        made = maker_with(judge, target, BaseOrder(document, known), attempts).made(defect, [target])
        return made if isinstance(made, Invalid) else None
