"""An endless stream of orders, drawn from a pool of templates. Equal seeds give equal orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from covage_model.documents.judge.uniqueness import UniquePaths, UniqueValues
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.valid.samplers import StreamRandom
from covage_model.documents.make.valid.template import OrderTemplate
from covage_model.documents.make.valid.template_pool import OrderTarget, TemplatePool
from covage_model.documents.make.valid.value_generator import Fullness
from covage_model.ground.classes import dataclass

TEMPLATES = 48  # templates of all targets together, if there are few targets
_MOST = 8  # templates of one target
VARIATIONS = 512  # variations of all templates together
_DRAWS = 100  # for an order whose unique values no earlier one has


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


def stream(
    pool: TemplatePool, *, seed: int = 0, spent: Callable[[OrderTarget], None] = lambda _: None
) -> Iterator[Generated]:
    """
    An endless stream of valid orders, each target in turn; empty if no target has a template.

    No two have the same value at a path that is unique. A target without another such value has no more orders:
    `spent` is called with it.
    """
    random = StreamRandom(f"stream {seed}")
    values, taken = UniqueValues(pool.judge), set[bytes]()
    held = {target: templates for target, templates in pool.templates.items() if templates}
    while held:
        for target, templates in list(held.items()):
            document = _drawn(templates, values.of_variant(target.variant), taken, random)
            if document is None:
                del held[target]
                spent(target)
            else:
                yield Generated(target, document)


def _drawn(templates: Sequence[OrderTemplate], unique: UniquePaths, taken: set[bytes], random: Random) -> Any:
    """An order without a value that is `taken`, to which its own are added; None if none was drawn."""
    for _ in range(_DRAWS):
        document = templates[int(random.random() * len(templates))].instance(random)
        if not unique.paths:
            return document
        own = {digest for digest in unique.digests(document) if digest}
        if taken.isdisjoint(own):
            taken |= own
            return document
    return None
