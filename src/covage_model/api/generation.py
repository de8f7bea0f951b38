"""Valid orders made from a pack, with the account that they suit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make import stream as streaming
from covage_model.documents.make.grow import MOST_VALUES, Fullness
from covage_model.documents.make.stock import OrderTarget, Stock, targets
from covage_model.documents.make.stream import Generated
from covage_model.documents.presence.role import Role
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.nearest import near_miss
from covage_model.pack.model.orders import variants

if TYPE_CHECKING:
    from covage_model.api.library import Pack


FILLS = tuple(fill.value for fill in Fullness)


@dataclass(frozen=True, slots=True)
class Generation:
    """
    Orders to iterate over: each time the same ones, one after the other, none of them kept.

    `account` suits them all: None where the pack has no type for one, and for records, which nobody holds
    against one. `findings` say of what nothing could be made. `count` None: there is no end.
    """

    account: Any
    findings: tuple[Diagnostic, ...]
    count: int | None
    stock: Stock
    seed: int

    def __iter__(self) -> Iterator[Any]:
        """The documents."""
        return (one.document for one in self.orders())

    def orders(self) -> Iterator[Generated]:
        """The documents, each with what it is."""
        return islice(streaming.stream(self.stock, seed=self.seed), self.count)


def generate_orders(
    pack: Pack,
    *names: str,
    count: int | None = None,
    seed: int = 0,
    status: str | None = None,
    role: str = "request",
    fill: str = "random",
    account: Any = None,
) -> Generation:
    """
    Valid orders of these names (an order means all its variants; none given: all that have that role).

    They are spread evenly over the variants, and records over the statuses that they may show (or `status`).
    `account` is data that the orders are to suit. Raises KeyError for a name, ValueError for a status, a
    role or a fill that is none.
    """
    chosen = check_asked(pack, names, status)
    return generation(
        pack.judge, chosen, Role(role), Fullness(fill), status=status, count=count, seed=seed, account=account,
        named=bool(names),
    )  # fmt: skip


def check_asked(pack: Pack, names: Sequence[str], status: str | None) -> list[str]:
    """The variants of these names, all where there are none. Raises KeyError, or ValueError for a status."""
    known = {
        one: variant.name
        for order in pack.spec.orders
        for variant in variants(order)
        for one in (order.name, variant.name)
    }
    for name in names:
        if name not in known:
            near = near_miss(name, list(known))
            raise KeyError(f"{name}; did you mean {near}?" if near else name)
    chosen = [
        variant.name for variant in pack.spec.variants if not names or {variant.name, variant.order.name} & set(names)
    ]
    statuses = dict.fromkeys(one for variant in chosen for one in pack.judge.sheet(variant).statuses)
    if status is not None and status not in statuses:
        raise ValueError(f"no order has the status {status!r}; use one of: {', '.join(statuses)}")
    return chosen


def generation(
    judge: Judge,
    names: Sequence[str],
    role: Role,
    fill: Fullness,
    *,
    status: str | None = None,
    count: int | None = None,
    seed: int = 0,
    account: Any = None,
    named: bool = True,
    tick: Callable[[], None] = lambda: None,
) -> Generation:
    """Orders of these variants; `named`: somebody asked for each, so that one that nobody may send is a finding."""
    written = [name for name in names if not _may_be(judge, name, role)]
    wanted = wanted_of(judge, names, role, status)[:count]
    stock = streaming.stocked(judge, wanted, seed=seed, fill=fill, account=account, count=count, tick=tick)
    findings = [_written_by(judge, name) for name in (written if named or not wanted else ())]
    findings += [_missing(judge, target, stock, given=account is not None) for target in stock.missing]
    return Generation(stock.account, tuple(findings), count, stock, seed)


def made(judge: Judge, names: Sequence[str], role: str, fill: str, **asked: Any) -> Generation:
    """The same, with the role and the fill by name."""
    return generation(judge, names, Role(role), Fullness(fill), **asked)


def count_of(judge: Judge, names: Sequence[str], role: str, status: str | None) -> int:
    """How many different things can be asked for: one for each variant and status."""
    return len(wanted_of(judge, names, Role(role), status))


def wanted_of(judge: Judge, names: Sequence[str], role: Role, status: str | None) -> list[OrderTarget]:
    """One of each that can be asked for: what somebody else writes is not requested."""
    return list(targets(judge, [name for name in names if _may_be(judge, name, role)], role, status))


def _may_be(judge: Judge, name: str, role: Role) -> bool:
    return role is Role.RECORD or judge.sheet(name).written_by is None


def _written_by(judge: Judge, name: str) -> Diagnostic:
    sheet = judge.sheet(name)
    arguments = {"order": name, "by": sheet.written_by}
    return Diagnostic("CM517", "written-by", arguments, sheet.origin.location, because=sheet.origin)


def _missing(judge: Judge, target: OrderTarget, stock: Stock, *, given: bool) -> Diagnostic:
    origin = judge.sheet(target.variant).origin
    arguments: dict[str, Any] = {
        "order": target.variant,
        "status": target.status or "its only status",
        "role": target.role.value,
    }
    form = "too-large" if target in stock.too_large else "none-for-account" if given else "none"
    if form == "too-large":
        arguments["most"] = MOST_VALUES
    return Diagnostic("CM516", form, arguments, origin.location, because=origin)
