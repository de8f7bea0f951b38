"""Valid orders generated from a pack, with an account that fits them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from itertools import islice
from typing import TYPE_CHECKING, Any

from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.valid import stream as streaming
from covage_model.documents.make.valid.stream import Generated
from covage_model.documents.make.valid.template_pool import OrderTarget, TemplatePool, targets
from covage_model.documents.make.valid.value_generator import MOST_VALUES, Fullness
from covage_model.documents.presence.role import Role
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.dotted import dotted
from covage_model.ground.nearest import near_miss
from covage_model.pack.model.orders import variants

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack


FILLS = tuple(fill.value for fill in Fullness)


@dataclass(frozen=True, slots=True)
class Generation:
    """
    An iterable of generated orders. Each iteration gives the same orders and keeps none in memory.

    `account` fits them all; it is None if the pack has no account type, and for records, which are judged without
    an account. `findings` list the orders that could not be made. If `count` is None, iteration never ends.
    `spent` are the targets whose unique values ran out, known once the iteration comes there: they have no more orders.
    """

    account: Any
    findings: tuple[Diagnostic, ...]
    count: int | None
    stock: TemplatePool
    seed: int
    spent: dict[OrderTarget, None] = field(default_factory=dict, compare=False)

    def __iter__(self) -> Iterator[Any]:
        """The documents."""
        return (order.document for order in self.orders())

    def orders(self) -> Iterator[Generated]:
        """The documents, each with its variant, status and role."""
        return islice(streaming.stream(self.stock, seed=self.seed, spent=self._spend), self.count)

    def _spend(self, target: OrderTarget) -> None:
        self.spent[target] = None

    def shortage(self) -> tuple[Diagnostic, ...]:
        """A finding for each target of `spent`."""
        return tuple(_spent(self.stock.judge, target) for target in self.spent)


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
    Generates valid orders of these names. An order's name means all its variants; without names, all orders are used.

    They are distributed evenly over the variants; records also over the statuses that they can show (or `status`).
    `account` is the data of an account that the orders must fit. Raises KeyError for an unknown name, ValueError for
    an unknown status, role or fill.
    """
    chosen = check_asked(pack, names, status)
    return generation(
        pack.judge, chosen, Role(role), Fullness(fill), status=status, count=count, seed=seed, account=account,
        named=bool(names),
    )  # fmt: skip


def check_asked(pack: Pack, names: Sequence[str], status: str | None) -> list[str]:
    """The variants of these names (default: all). Raises KeyError for an unknown name, ValueError for a status."""
    known = dict.fromkeys(
        name for order in pack.spec.orders for variant in variants(order) for name in (order.name, variant.name)
    )
    for name in names:
        if name not in known:
            near = near_miss(name, list(known))
            raise KeyError(f"{name}; did you mean {near}?" if near else name)
    chosen = [
        variant.name for variant in pack.spec.variants if not names or {variant.name, variant.order.name} & set(names)
    ]
    statuses = dict.fromkeys(each for variant in chosen for each in pack.judge.sheet(variant).statuses)
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
    """Generates orders of these variants. With `named`, a variant that nobody may send is a finding (CM517)."""
    written = [name for name in names if not _may_be(judge, name, role)]
    wanted = wanted_of(judge, names, role, status)[:count]
    stock = streaming.filled_pool(judge, wanted, seed=seed, fill=fill, account=account, count=count, tick=tick)
    findings = [*no_order(judge, names)]
    findings += [_written_by(judge, name) for name in (written if named or not wanted else ())]
    findings += [_missing(judge, target, stock, given=account is not None) for target in stock.missing]
    return Generation(stock.account, tuple(findings), count, stock, seed)


def no_order(judge: Judge, names: Sequence[str]) -> tuple[Diagnostic, ...]:
    """The finding that there is nothing to generate, if the pack has no order."""
    return () if names else (Diagnostic("CM516", "no-order", {"pack": judge.pack.name}, judge.pack.origin.location),)


def made(judge: Judge, names: Sequence[str], role: str, fill: str, **asked: Any) -> Generation:
    """As `generation`, with the role and the fill as text."""
    return generation(judge, names, Role(role), Fullness(fill), **asked)


def count_of(judge: Judge, names: Sequence[str], role: str, status: str | None) -> int:
    """The number of targets: one for each variant and status."""
    return len(wanted_of(judge, names, Role(role), status))


def wanted_of(judge: Judge, names: Sequence[str], role: Role, status: str | None) -> list[OrderTarget]:
    """The targets of these variants. Requests that only the platform writes are left out."""
    return list(targets(judge, [name for name in names if _may_be(judge, name, role)], role, status))


def _may_be(judge: Judge, name: str, role: Role) -> bool:
    return role is Role.RECORD or judge.sheet(name).written_by is None


def _written_by(judge: Judge, name: str) -> Diagnostic:
    sheet = judge.sheet(name)
    arguments = {"order": name, "by": sheet.written_by}
    return Diagnostic("CM517", "written-by", arguments, sheet.origin.location, because=sheet.origin)


def _missing(judge: Judge, target: OrderTarget, stock: TemplatePool, *, given: bool) -> Diagnostic:
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


def _spent(judge: Judge, target: OrderTarget) -> Diagnostic:
    sheet = judge.sheet(target.variant)
    paths = ", ".join(dotted(said.path) for said in sheet.unique)
    arguments = {"order": target.variant, "status": target.status or "its only status", "paths": paths}
    return Diagnostic("CM516", "spent", arguments, sheet.origin.location, because=sheet.unique[0].origin)
