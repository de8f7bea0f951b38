"""Orders without end, cast from a stock: the same seed gives the same orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.grow import Fullness
from covage_model.documents.make.stock import OrderTarget, Stock

MOULDS = 48  # of all targets together, where there are few
_MOST = 8  # of one target


@dataclass(frozen=True, slots=True)
class Generated:
    """An order and what it is."""

    target: OrderTarget
    document: Any


def stocked(
    judge: Judge,
    targets: Sequence[OrderTarget],
    *,
    seed: int = 0,
    fill: Fullness = Fullness.RANDOM,
    account: Any = None,
    count: int | None = None,
    tick: Callable[[], None] = lambda: None,
) -> Stock:
    """
    A stock of moulds for these targets, no more than `count` orders need; `tick` is called after each target.

    `account`: orders are to suit this one as it is; else one is made.
    """
    stock = Stock(judge, fill, Random(f"stock {seed}"), account, account is not None)
    each = min(max(MOULDS // max(len(targets), 1), 1), _MOST)
    if count is not None:
        each = min(each, -(-count // max(len(targets), 1)))
    for target in targets:
        stock.add(target, each if fill is Fullness.RANDOM else (each + 1) // 2)
        tick()
    stock.settle()
    return stock


def stream(stock: Stock, *, seed: int = 0) -> Iterator[Generated]:
    """Valid orders without end, each target in turn; nothing where no target has any. Memory does not grow."""
    random = Random(f"stream {seed}")
    held = [(target, moulds) for target, moulds in stock.moulds.items() if moulds]
    while held:
        for target, moulds in held:
            mould = moulds[int(random.random() * len(moulds))]
            yield Generated(target, mould.cast(random))
