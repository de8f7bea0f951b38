"""An endless stream of orders, drawn from a pool of templates. Equal seeds give equal orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.valid.template_pool import OrderTarget, TemplatePool
from covage_model.documents.make.valid.value_generator import Fullness

TEMPLATES = 48  # templates of all targets together, if there are few targets
_MOST = 8  # templates of one target
VARIATIONS = 512  # variations of all templates together


@dataclass(frozen=True, slots=True)
class Generated:
    """An order and its target."""

    target: OrderTarget
    document: Any


def filled_pool(
    judge: Judge,
    targets: Sequence[OrderTarget],
    *,
    seed: int = 0,
    fill: Fullness = Fullness.RANDOM,
    account: Any = None,
    count: int | None = None,
    tick: Callable[[], None] = lambda: None,
) -> TemplatePool:
    """
    A pool of templates for these targets, at most as many as `count` orders need. `tick` is called after each target.

    Orders suit `account` if it is given; else an account is made.
    """
    pool = TemplatePool(judge, fill, Random(f"stock {seed}"), account, account is not None)
    each = min(max(TEMPLATES // max(len(targets), 1), 1), _MOST)
    if count is not None:
        each = min(each, -(-count // max(len(targets), 1)))
    for target in targets:
        pool.add(target, each if fill is Fullness.RANDOM else (each + 1) // 2)
        tick()
    pool.recheck()
    if fill is Fullness.RANDOM:
        held = max(sum(map(len, pool.templates.values())), 1)
        more = VARIATIONS if count is None else min(max(count - held, 0), VARIATIONS)
        pool.vary(more // held)
    return pool


def stream(pool: TemplatePool, *, seed: int = 0) -> Iterator[Generated]:
    """An endless stream of valid orders, each target in turn; empty if no target has a template."""
    random = Random(f"stream {seed}")
    held = [(target, templates) for target, templates in pool.templates.items() if templates]
    while held:
        for target, templates in held:
            template = templates[int(random.random() * len(templates))]
            yield Generated(target, template.instance(random))
