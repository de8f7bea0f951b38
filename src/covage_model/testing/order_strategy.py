"""
Valid orders as a Hypothesis strategy.

An order is the minimal one and a list of changes, each of which adds a field or gives one another value.
What does not fit together is mended, or not made: every order is valid by the interpreter, and none is thrown
away. Fewer changes are simpler, so that a failing order shrinks to the minimal one and what makes it fail.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st

from covage_model.api.drawing import Grower, NoOrder, OrderSource, OrderTarget, Role, Slot, simplest
from covage_model.ground import json_value
from covage_model.ground.codes import message
from covage_model.testing import slot_strategies

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack

_CHANGES = 12
_OFTEN = 4  # times an order is changed, where its account is changed once
_ITEMS = 2  # of a list, that are changed one by one
WITH = "with"
T = TypeVar("T")
Path = tuple[Any, ...]  # of a pair: the number 0 for the order or 1 for its account, then names and numbers


def orders(
    pack: Pack,
    *names: str,
    status: str | None = None,
    role: str = "request",
    account: Any = None,
) -> st.SearchStrategy[Any]:
    """
    Valid orders of these names (an order means all its variants; none given: all that somebody may send).

    `status` is what they are valid for (default: what requests are judged for; of records any that they may
    show). `account` is data that they suit; "with" gives pairs of an order and an account that it suits;
    without it the orders suit some account. Raises KeyError for a name, ValueError for a status or an account
    that is none, `NoOrder` for what nobody may send. What has no valid order is left out; drawing raises
    `NoOrder` where nothing else is left.
    """
    sources = OrderSources(pack, targets(pack, names, Role(role), status), given_account(pack, account))
    pairs = any_of(sources.targets, sources.of_target)
    return pairs if isinstance(account, str) else pairs.map(lambda pair: pair[0])


@dataclass(slots=True, repr=False)
class OrderSources:
    """The sources of some targets, each made when it is first drawn from."""

    pack: Pack
    targets: Sequence[OrderTarget]
    account: Any
    made: dict[OrderTarget, tuple[OrderSource, st.SearchStrategy[Any]]] = field(default_factory=dict)

    def source(self, target: OrderTarget) -> tuple[OrderSource, st.SearchStrategy[Any]]:
        """The source of a target, and pairs of an order and its account."""
        if target not in self.made:
            source = OrderSource(self.pack.judge, target, self.account)
            self.made[target] = source, _pairs(source, st.lists(changes(source), max_size=_CHANGES))
        return self.made[target]

    def of_target(self, target: OrderTarget) -> st.SearchStrategy[tuple[Any, Any]]:
        """Pairs of one target."""
        return self.source(target)[1]


@st.composite
def _pairs(
    draw: st.DrawFn, source: OrderSource, made: st.SearchStrategy[Sequence[tuple[Path, Any]]]
) -> tuple[Any, Any]:
    """No `map`: of what that makes, Hypothesis shows how it is made."""
    return changed(source, draw(made))


def any_of(
    targets: Sequence[OrderTarget], strategy: Callable[[OrderTarget], st.SearchStrategy[T]]
) -> st.SearchStrategy[T]:
    """
    Of any target that has an order; drawing raises NoOrder where none has.

    All are made before a test begins to draw: to make them takes longer, and is not slow drawing.
    """

    def every() -> st.SearchStrategy[T]:
        found, none = list[st.SearchStrategy[T]](), list[str]()
        for target in targets:
            try:
                found.append(strategy(target))
            except NoOrder as error:
                none.append(str(error))
        if not found:
            raise NoOrder("; ".join(none))
        return st.one_of(found)

    return st.deferred(every)


def changed(source: OrderSource, made: Sequence[tuple[Path, Any]]) -> tuple[Any, Any]:
    """The minimal order after these changes, and its account; a change that cannot be is not made."""
    pair: Any = source.pair
    for path, value in made:
        found = source.mended(*json_value.with_value(_way(source, list(pair), path), path, value))
        pair = pair if found is None else found
    return copy.deepcopy(pair[0]), copy.deepcopy(pair[1])  # whoever gets it may change it


def _way(source: OrderSource, pair: Any, path: Path) -> Any:
    """The pair with the simplest objects on the way to the path, and lists as long as it needs."""
    grower = source.growers[path[0]][1]
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
    """Where and what: a field of the order, in spec order, at times one of the account, and a value that it takes."""
    every = [_of_root(source, number) for number in range(len(source.growers))]
    often = [one for one, times in zip(every, (_OFTEN, 1), strict=False) for _ in range(times) if not one.is_empty]
    return st.sampled_from(often).flatmap(itself) if often else st.nothing()


def _of_root(source: OrderSource, number: int) -> st.SearchStrategy[tuple[Path, Any]]:
    root, grower = source.growers[number]
    every = (_change(source, grower, path, slot) for path, slot in _fields(root, (number,)))
    found = [one for one in every if one is not None]
    return st.sampled_from(found).flatmap(itself) if found else st.nothing()


def _change(source: OrderSource, grower: Grower, path: Path, slot: Slot) -> st.SearchStrategy[tuple[Path, Any]] | None:
    if slot.shows_status or (slot.read_only is not None and source.target.role is Role.REQUEST):
        return None
    if slot.path in grower.barred:
        return None
    strategy = slot_strategies.values(slot, grower)
    return None if strategy.is_empty else strategy.map(lambda value: (path, value))


def itself(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """What a strategy of strategies is flattened with."""
    return strategy


def _fields(slot: Slot, path: Path) -> Iterator[tuple[Path, Slot]]:
    """Each place of the sheet, the outer first; of a list its first two items."""
    if len(path) > 1:
        yield path, slot
    for name, child in (slot.properties or {}).items():
        yield from _fields(child, (*path, name))
    if slot.items is not None:
        for number in range(_ITEMS):
            yield from _fields(slot.items, (*path, number))


def targets(pack: Pack, names: Sequence[str], role: Role, status: str | None) -> list[OrderTarget]:
    """What can be drawn. Raises KeyError for a name, ValueError for a status of none."""
    variants = pack.variants(names)
    sheets = [pack.judge.sheet(variant) for variant in variants]
    if role is Role.REQUEST:
        others = [sheet for sheet in sheets if sheet.written_by is not None]
        sheets = [sheet for sheet in sheets if sheet.written_by is None]
        if not sheets:
            raise NoOrder(
                "; ".join(f"{one.variant} is written by {one.written_by}: nobody sends one" for one in others)
            )
    found = []
    for sheet in sheets:
        shown = sheet.statuses if role is Role.RECORD and sheet.status_path is not None else (sheet.requests,)
        wanted = shown if status is None else (status,)
        found += [OrderTarget(sheet.variant, one, role) for one in wanted if one in sheet.statuses or status is None]
    if not found:
        legal = dict.fromkeys(one for sheet in sheets for one in sheet.statuses)
        raise ValueError(f"no order has the status {status!r}; use one of: {', '.join(legal)}")
    return found


def given_account(pack: Pack, account: Any) -> Any:
    """The account that stays as it is; None where one is made. Raises TypeError or ValueError for what is none."""
    if account is None or account == WITH:
        return None
    if not isinstance(account, dict):
        error = ValueError if isinstance(account, str) else TypeError
        raise error(f"no account: {account!r}; use None, {WITH!r}, or the data of an account")
    for finding in pack.judge.account(account, "account").findings:
        raise ValueError(f"no account: {message(finding)} at {finding.location.pointer!r} ({finding.code})")
    return account
