"""Orders that are wrong in one thing, and the findings that they must get, as a Hypothesis strategy."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from covage_model.api.drawing import (
    Defect,
    Host,
    Invalid,
    NoOrder,
    OrderTarget,
    Role,
    applies_to,
    defects_of,
    maker_with,
)
from covage_model.testing.order_strategy import OrderSources, any_of, given_account, itself, targets
from covage_model.testing.pretty import Pretty

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack

_REMEMBERED = 4096
_THOROUGHLY = 6  # attempts at an order with the defect, where the minimal one has no place for it
_BRIEFLY = 1  # where another order has none: the minimal one is at hand


@dataclass(frozen=True, slots=True, repr=False)
class NearMiss(Pretty):
    """
    An order that is wrong in one thing, and all that must be found: `findings` are (code, pointer).

    `variant`, `status`, `role` and `account` (None where the pack has none) are what it is to be judged as;
    `what` says what is wrong and `line` which line of the spec says so.
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
        """What is wrong, what must be found, and where."""
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
    Orders of these names (none given: all that somebody may send), each wrong in one thing that the pack says.

    Mostly there is one finding; where a condition couples fields there are those that the interpreter predicts.
    They shrink toward the minimal order with the first thing wrong. `account`: they suit it but for what is
    wrong. Raises as `orders` does.
    """
    misses = _Misses(pack, OrderSources(pack, targets(pack, names, Role(role), status), given_account(pack, account)))
    return any_of(misses.sources.targets, misses.of_target)


@dataclass(slots=True, repr=False)
class _Misses:
    """What can go wrong with orders of each target; what the minimal order shows of it is looked at when drawn."""

    pack: Pack
    sources: OrderSources
    plain: dict[tuple[OrderTarget, int], Invalid | None] = field(default_factory=dict)
    found: dict[tuple[OrderTarget, int, str], Invalid | None] = field(default_factory=dict)

    def of_target(self, target: OrderTarget) -> st.SearchStrategy[NearMiss]:
        """Near misses of one target: a kind of mistake, then one of these, in an order. Raises NoOrder."""
        kinds: dict[str, list[int]] = {}
        defects = self._defects(target)
        for number, defect in enumerate(defects):
            kinds.setdefault(defect.kind, []).append(number)
        if self._plain(target, defects, 0) is None:
            raise NoOrder(f"nothing was found to be wrong with a {target.role.value} of {target.variant} alone")
        numbers = st.sampled_from([st.sampled_from(some) for some in kinds.values()]).flatmap(itself)
        pairs = st.tuples(numbers, self.sources.of_target(target))
        return pairs.map(lambda drawn: self._near_miss(target, defects, *drawn))

    def _defects(self, target: OrderTarget) -> Sequence[Defect]:
        sheet = self.pack.judge.sheet(target.variant)
        return [one for one in defects_of(sheet) if applies_to(one, target) and one.kind != "written-by"]

    def _plain(self, target: OrderTarget, defects: Sequence[Defect], number: int) -> tuple[int, Invalid] | None:
        """The minimal order with that defect, or with the next of which there is an order; None where there is none."""
        source, _ = self.sources.source(target)
        for turn in range(len(defects)):
            place = (number + turn) % len(defects)
            if (target, place) not in self.plain:
                self.plain[target, place] = self._made(target, source.pair, defects[place], _THOROUGHLY)
            found = self.plain[target, place]
            if found is not None:
                return place, found
        return None

    def _near_miss(
        self, target: OrderTarget, defects: Sequence[Defect], number: int, pair: tuple[Any, Any]
    ) -> NearMiss:
        """The defect in the order drawn; in the minimal one where the other has no place for it."""
        found = self._plain(target, defects, number)
        assert found is not None, "of_target has seen one"
        place, plain = found
        invalid = self._broken(target, pair, defects, place) or plain
        defect = invalid.defect
        where = ".".join(defect.path)
        return NearMiss(
            copy.deepcopy(invalid.document),  # whoever gets it may change it
            copy.deepcopy(invalid.account),
            frozenset((one.code, one.pointer) for one in invalid.expected),
            target.variant,
            target.status,
            target.role.value,
            " ".join(part for part in (defect.kind, where, defect.detail) if part),
            f"{defect.origin.location.file}:{defect.origin.location.line}",
        )

    def _broken(
        self, target: OrderTarget, pair: tuple[Any, Any], defects: Sequence[Defect], number: int
    ) -> Invalid | None:
        """An order with the defect; remembered: where Hypothesis shrinks, the same is asked again and again."""
        key = target, number, repr(pair)
        if key not in self.found:
            if len(self.found) >= _REMEMBERED:
                self.found.clear()
            self.found[key] = self._made(target, pair, defects[number], _BRIEFLY)
        return self.found[key]

    def _made(self, target: OrderTarget, pair: tuple[Any, Any], defect: Defect, attempts: int) -> Invalid | None:
        judge, (document, account) = self.pack.judge, pair
        known = None if account is None else judge.account(account, "account")
        made = maker_with(judge, target, Host(document, known), attempts).made(defect, [target])
        return made if isinstance(made, Invalid) else None
