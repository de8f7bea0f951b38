"""Orders that are wrong in one thing, and the findings that they must get, as a Hypothesis strategy."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from covage_model.defects.defect import Defect, Invalid, applies_to
from covage_model.defects.hosts import Host
from covage_model.defects.kinds import defects_of
from covage_model.defects.make import maker_with
from covage_model.generate.stock import Target
from covage_model.orders.question import Role
from covage_model.testing.order_strategy import Kits, any_of, targets

if TYPE_CHECKING:
    from covage_model.api.library import Pack


_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class NearMiss:
    """
    An order that is wrong in one thing, and all that must be found: `findings` are (code, pointer).

    `leaf`, `status`, `role` and `account` (None where the pack has none) are what it is to be judged as;
    `what` says what is wrong and `line` which line of the spec says so.
    """

    document: Any
    account: Any
    findings: frozenset[tuple[str, str]]
    leaf: str
    status: str
    role: str
    what: str
    line: str


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
    misses = _Misses(pack, Kits(pack, targets(pack, names, Role(role), status), account))
    return any_of(misses.kits.targets, misses.of_target)


@dataclass(slots=True, repr=False)
class _Misses:
    """What can go wrong with orders of each target; what the minimal order shows of it is looked at when drawn."""

    pack: Pack
    kits: Kits
    plain: dict[tuple[Target, int], Invalid | None] = field(default_factory=dict)
    found: dict[str, Invalid | None] = field(default_factory=dict)

    def of_target(self, target: Target) -> st.SearchStrategy[NearMiss]:
        """Near misses of one target: a kind of mistake, then one of these, in an order."""
        kinds: dict[str, list[int]] = {}
        defects = self._defects(target)
        for number, defect in enumerate(defects):
            kinds.setdefault(defect.kind, []).append(number)
        if self._plain(target, defects, 0) is None:
            return st.nothing()
        numbers = st.sampled_from([st.sampled_from(some) for some in kinds.values()]).flatmap(_itself)
        pairs = st.tuples(numbers, self.kits.of_target(target))
        return pairs.map(lambda drawn: self._near_miss(target, self._plain(target, defects, drawn[0]), drawn[1]))

    def _defects(self, target: Target) -> Sequence[Defect]:
        sheet = self.pack.judge.sheet(target.leaf)
        return [one for one in defects_of(sheet) if applies_to(one, target) and one.kind != "written-by"]

    def _plain(self, target: Target, defects: Sequence[Defect], number: int) -> Any:
        """The minimal order with that defect, or with the next of which there is an order; None where there is none."""
        for turn in range(len(defects)):
            place = (number + turn) % len(defects)
            if (target, place) not in self.plain:
                kit, _ = self.kits.kit(target)
                self.plain[target, place] = self._broken(target, kit.document, kit.account, defects[place])
            found = self.plain[target, place]
            if found is not None:
                return found
        return None

    def _near_miss(self, target: Target, plain: Invalid, pair: tuple[Any, Any]) -> NearMiss:
        """The defect in the order drawn; in the minimal one where the other has no place for it."""
        found = self._broken(target, *pair, plain.defect) or plain
        defect = found.defect
        where = ".".join(defect.path)
        return NearMiss(
            copy.deepcopy(found.document),  # whoever gets it may change it
            copy.deepcopy(found.account),
            frozenset((one.code, one.pointer) for one in found.expected),
            target.leaf,
            target.status,
            target.role.value,
            " ".join(part for part in (defect.kind, where, defect.detail) if part),
            f"{defect.origin.location.file}:{defect.origin.location.line}",
        )

    def _broken(self, target: Target, document: Any, account: Any, defect: Defect) -> Invalid | None:
        """An order with the defect; remembered: where Hypothesis shrinks, the same is asked again and again."""
        key = repr((target, document, account, defect.kind, defect.path, defect.detail, defect.origin.location))
        if key not in self.found:
            if len(self.found) >= _REMEMBERED:
                self.found.clear()
            self.found[key] = self._made(target, document, account, defect)
        return self.found[key]

    def _made(self, target: Target, document: Any, account: Any, defect: Defect) -> Invalid | None:
        judge = self.pack.judge
        known = None if account is None else judge.account(account, "account")
        made = maker_with(judge, target, Host(document, known)).made(defect, [target])
        return made if isinstance(made, Invalid) else None


def _itself(strategy: st.SearchStrategy[int]) -> st.SearchStrategy[int]:
    return strategy
