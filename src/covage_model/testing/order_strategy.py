"""
A Hypothesis strategy for valid orders.

An order is the minimal order plus a list of changes. Each change adds a field or sets another value. A change that
makes the order invalid is repaired or skipped: the interpreter accepts every drawn order, and no example is filtered
out. Fewer changes are simpler, so a failing order shrinks to the minimal order and the changes that make it fail.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st

from covage_model.api.drawing import NoOrder, OrderSource, OrderTarget, Role, Slot, ValueGenerator, simplest
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.codes import message
from covage_model.testing import slot_strategies

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack

_CHANGES = 12
_OFTEN = 4  # so many changes of the order for one change of the account
_ITEMS = 2  # so many items of a list are changed one by one
WITH = "with"
T = TypeVar("T")
Path = tuple[Any, ...]  # 0 for the order or 1 for its account, then keys and indexes


def orders(
    pack: Pack,
    *names: str,
    status: str | None = None,
    role: str = "request",
    account: Any = None,
) -> st.SearchStrategy[Any]:
    """
    Draws valid orders of these names (default: all that somebody may send). An order's name means all its variants.

    They are valid for `status` (default: the status that requests are judged for; for records, any that they can
    show). `account` is the data of an account that they must fit; "with" draws pairs of an order and an account that
    fits it; by default the orders fit some account. Raises KeyError for an unknown name, ValueError for an unknown
    status or an invalid account, `NoOrder` for requests that nobody may send. Variants without a valid order are left
    out; drawing raises `NoOrder` if no variant is left.
    """
    sources = OrderSources(pack, targets(pack, names, Role(role), status), given_account(pack, account))
    pairs = any_of(sources.targets, sources.of_target)
    return pairs if isinstance(account, str) else pairs.map(lambda pair: pair[0])


@dataclass(slots=True, repr=False)
class OrderSources:
    """The order sources of some targets; each is built at its first use."""

    pack: Pack
    targets: Sequence[OrderTarget]
    account: Any
    made: dict[OrderTarget, tuple[OrderSource, st.SearchStrategy[Any]]] = field(default_factory=dict)

    def source(self, target: OrderTarget) -> tuple[OrderSource, st.SearchStrategy[Any]]:
        """The source of a target, and the strategy for pairs of an order and its account."""
        if target not in self.made:
            source = OrderSource(self.pack.judge, target, self.account)
            self.made[target] = source, _pairs(source, st.lists(changes(source), max_size=_CHANGES))
        return self.made[target]

    def of_target(self, target: OrderTarget) -> st.SearchStrategy[tuple[Any, Any]]:
        """The strategy for pairs of an order and its account, for one target."""
        return self.source(target)[1]


@st.composite
def _pairs(
    draw: st.DrawFn, source: OrderSource, made: st.SearchStrategy[Sequence[tuple[Path, Any]]]
) -> tuple[Any, Any]:
    """The changed pair. This is not a `map`, because Hypothesis would print how such a value was made."""
    return changed(source, draw(made))


def any_of(
    targets: Sequence[OrderTarget], strategy: Callable[[OrderTarget], st.SearchStrategy[T]]
) -> st.SearchStrategy[T]:
    """
    The union of the strategies of all targets that have an order; drawing raises NoOrder if none has.

    They are all built before the first draw, because building is slow and would count as slow data generation.
    """

    def every() -> st.SearchStrategy[T]:
        strategies, failures = list[st.SearchStrategy[T]](), list[str]()
        for target in targets:
            try:
                strategies.append(strategy(target))
            except NoOrder as error:
                failures.append(str(error))
        if not strategies:
            raise NoOrder("; ".join(failures))
        return st.one_of(strategies)

    return st.deferred(every)


def changed(source: OrderSource, made: Sequence[tuple[Path, Any]]) -> tuple[Any, Any]:
    """The minimal order and its account after these changes; an impossible change is skipped."""
    pair: Any = source.pair
    for path, value in made:
        repaired = source.mended(*json_value.with_value(_way(source, list(pair), path), path, value))
        pair = pair if repaired is None else repaired
    return copy.deepcopy(pair[0]), copy.deepcopy(pair[1])  # the test may change them


def _way(source: OrderSource, pair: Any, path: Path) -> Any:
    """The pair with all parents of the path: missing objects and list items get their simplest values."""
    grower = source.generators[path[0]][1]
    for end in range(2, len(path)):
        here, step = path[:end], path[end]
        slot, value = source.slot_at(path[0], here[1:]), json_value.at(pair, here)
        if slot is None or not (value is json_value.ABSENT or (isinstance(value, list) and len(value) <= step)):
            continue
        if isinstance(step, int):
            had = [] if value is json_value.ABSENT else value
            value = [*had, *(simplest(slot.items, grower) for _ in range(step + 1 - len(had)))]
        else:
            value = simplest(slot, grower)
        pair = json_value.with_value(pair, here, value)
    return pair


def changes(source: OrderSource) -> st.SearchStrategy[tuple[Path, Any]]:
    """Draws a change: the path of a field, mostly of the order, sometimes of the account, and a value for it."""
    every = [_of_root(source, number) for number in range(len(source.generators))]
    often = [each for each, times in zip(every, (_OFTEN, 1), strict=False) for _ in range(times) if not each.is_empty]
    return st.sampled_from(often).flatmap(itself) if often else st.nothing()


def _of_root(source: OrderSource, number: int) -> st.SearchStrategy[tuple[Path, Any]]:
    root, grower = source.generators[number]
    every = (_change(source, grower, path, slot) for path, slot in _fields(root, (number,)))
    possible = [change for change in every if change is not None]
    return st.sampled_from(possible).flatmap(itself) if possible else st.nothing()


def _change(
    source: OrderSource, grower: ValueGenerator, path: Path, slot: Slot
) -> st.SearchStrategy[tuple[Path, Any]] | None:
    if slot.shows_status or (slot.read_only is not None and source.target.role is Role.REQUEST):
        return None
    if slot.path in grower.forbidden:
        return None
    strategy = slot_strategies.values(slot, grower)
    return None if strategy.is_empty else strategy.map(lambda value: (path, value))


def itself(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """The identity function, to flatten a strategy of strategies."""
    return strategy


def _fields(slot: Slot, path: Path) -> Iterator[tuple[Path, Slot]]:
    """Each path with its slot, parents first; of a list the first two items."""
    if len(path) > 1:
        yield path, slot
    for name, child in (slot.properties or {}).items():
        yield from _fields(child, (*path, name))
    if slot.items is not None:
        for number in range(_ITEMS):
            yield from _fields(slot.items, (*path, number))


def targets(pack: Pack, names: Sequence[str], role: Role, status: str | None) -> list[OrderTarget]:
    """The targets to draw. Raises KeyError for an unknown name, ValueError for an unknown status, NoOrder."""
    variants = pack.variants(names)
    sheets = [pack.judge.sheet(variant) for variant in variants]
    if role is Role.REQUEST:
        others = [sheet for sheet in sheets if sheet.written_by is not None]
        sheets = [sheet for sheet in sheets if sheet.written_by is None]
        if not sheets:
            raise NoOrder(
                "; ".join(f"{each.variant} is written by {each.written_by}: nobody sends one" for each in others)
            )
    chosen = []
    for sheet in sheets:
        shown = sheet.statuses if role is Role.RECORD and sheet.status_path is not None else (sheet.requests,)
        wanted = shown if status is None else (status,)
        chosen += [
            OrderTarget(sheet.variant, each, role) for each in wanted if each in sheet.statuses or status is None
        ]
    if not chosen:
        legal = dict.fromkeys(each for sheet in sheets for each in sheet.statuses)
        raise ValueError(f"no order has the status {status!r}; use one of: {', '.join(legal)}")
    return chosen


def given_account(pack: Pack, account: Any) -> Any:
    """The fixed account; None if accounts are generated. Raises TypeError or ValueError for an invalid account."""
    if account is None or account == WITH:
        return None
    if not isinstance(account, dict):
        error = ValueError if isinstance(account, str) else TypeError
        raise error(f"no account: {account!r}; use None, {WITH!r}, or the data of an account")
    for finding in pack.judge.account(account, "account").findings:
        raise ValueError(f"no account: {message(finding)} at {finding.location.pointer!r} ({finding.code})")
    return account
