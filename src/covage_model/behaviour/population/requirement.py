"""Requirements: what a simulation has to show, such as `p95(lead_time, ORDER) <= 30 d` or `share(END) >= 0.9`."""

from __future__ import annotations

import math
import re
from enum import Enum

from covage_model.behaviour.population.figures import Figure
from covage_model.behaviour.population.kernel import Kernel
from covage_model.behaviour.population.measures import (
    Measure,
    ends_of,
    fewest,
    figure,
    is_quantile,
    names,
    variants_named,
)
from covage_model.behaviour.population.simulate import Sampled
from covage_model.ground.classes import dataclass
from covage_model.ground.nearest import nearest
from covage_model.pack.compile.build_laws import seconds

_FORM = re.compile(r"\s*([a-z][a-z0-9.]*)\s*\(([^()]*)\)\s*(<=|>=|<|>)\s*(.+?)\s*")
_DURATION = re.compile(r"[0-9]+(\.[0-9]+)? ?(s|min|h|d|w)")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?(e-[0-9]+)?|\.[0-9]+")
_EXAMPLES = "write it as in `p95(lead_time, ORDER) <= 30 d` or `share(END) >= 0.9`"
LEAD_TIME = "lead_time"


class NoRequirement(ValueError):
    """The text is no requirement; the message says what to type."""


class RequirementOutcome(Enum):
    """Whether a requirement is met."""

    MET = "met"
    MISSED = "missed"
    OPEN = "not decided"


@dataclass(frozen=True, slots=True)
class SimulationRequirement:
    """A measure and the limit that it has to keep: at most (`less`) or at least so much."""

    text: str
    measure: Measure
    less: bool
    limit: float


@dataclass(frozen=True, slots=True)
class Decided:
    """
    A requirement with the sampled figure.

    If it is not decided, `orders` are how many would probably decide it, or give an interval where there is none.
    """

    requirement: SimulationRequirement
    outcome: RequirementOutcome
    figure: Figure | None
    orders: int | None


def requirement(text: str, kernel: Kernel) -> SimulationRequirement:
    """
    The requirement that a text says. Raises NoRequirement.

    `share(END[, ORDER][, DURATION])` is the share of orders that reach the end (within the duration); `mean`, `median`
    and `pNN` are of `lead_time` or of a stretch `A..B`, of an order or variant, of orders that reach an end.
    """
    read = _FORM.fullmatch(text)
    if read is None:
        raise NoRequirement(f"{text!r} is no requirement; {_EXAMPLES}")
    word, arguments, sign, limit = read.groups()
    word = "p50" if word == "median" else word
    given = [part.strip() for part in arguments.split(",")]
    if word not in ("share", "mean") and not is_quantile(word):
        raise NoRequirement(f"there is no figure {word!r}; use share, mean, median or pNN, such as p95")
    return SimulationRequirement(text, _measure(word, given, kernel), sign.startswith("<"), _limit(limit, word))


def _limit(text: str, word: str) -> float:
    if word != "share":
        if not _DURATION.fullmatch(text):
            raise NoRequirement(f"{text!r} is no duration, such as 30 d, 4 h or 10 min")
        return seconds(text)
    number = text.removesuffix("%").strip()
    share = float(number) / (100 if text.endswith("%") else 1) if _NUMBER.fullmatch(number) else math.nan
    if not 0 <= share <= 1:
        raise NoRequirement(f"{text!r} is no share, such as 0.9 or 90 %")
    return share


def _measure(word: str, arguments: list[str], kernel: Kernel) -> Measure:
    orders, ends = names(kernel)
    first, *rest = arguments
    stretch = _stretch(first, kernel) if word != "share" else None
    order = end = within = None
    for name in arguments if word == "share" else rest:
        if word == "share" and _DURATION.fullmatch(name):
            within = seconds(name)
        elif name in ends:
            end = name
        elif name in orders:
            order = name
        else:
            raise NoRequirement(f"there is no end, order or variant {name!r}; {nearest(name, [*ends, *orders]) or ''}")
    if word == "share" and end is None:
        raise NoRequirement(f"a share needs an end; use one of: {', '.join(ends)}")
    variants = variants_named(kernel, order)
    return Measure(word, variants, ends_of(kernel, variants, end), stretch, within)


def _stretch(name: str, kernel: Kernel) -> int | None:
    if name == LEAD_TIME:
        return None
    known = [each.name for each in kernel.between]
    if name in known:
        return known.index(name)
    hint = f"use {LEAD_TIME}" + (f" or {', '.join(known)}" if known else "; `--between A..B` measures stretches")
    raise NoRequirement(f"there is no duration {name!r}; {hint}")


def stretches(texts: list[str]) -> list[str]:
    """
    The stretches `A..B` that requirements ask for.

    >>> stretches(["p95(send..pay, thing) <= 3 d", "share(done) > 0.5"])
    ['send..pay']
    """
    found = (_FORM.fullmatch(text) for text in texts)
    return [name for read in found if read for name in (read[2].split(",")[0].strip(),) if ".." in name]


def decided(requirement: SimulationRequirement, sampled: Sampled) -> Decided:
    """Whether the sampled figure meets the requirement: only if its whole interval is on one side of the limit."""
    sampled_figure = figure(requirement.measure, sampled)
    if sampled_figure is None or sampled_figure.low is None or sampled_figure.high is None:
        return Decided(requirement, RequirementOutcome.OPEN, sampled_figure, fewest(requirement.measure, sampled))
    low, high, limit = sampled_figure.low, sampled_figure.high, requirement.limit
    if (high <= limit) if requirement.less else (low >= limit):
        return Decided(requirement, RequirementOutcome.MET, sampled_figure, None)
    if (low > limit) if requirement.less else (high < limit):
        return Decided(requirement, RequirementOutcome.MISSED, sampled_figure, None)
    distance = abs(sampled_figure.value - limit)
    orders = None
    if distance:
        half = max(high - sampled_figure.value, sampled_figure.value - low)
        orders = math.ceil(sampled.orders * (half / distance) ** 2 * 1.1)
    return Decided(requirement, RequirementOutcome.OPEN, sampled_figure, orders)
