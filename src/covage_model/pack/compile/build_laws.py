"""Builds laws of durations from what people know: a median and a percentile, a mean and a deviation, quantiles."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from statistics import NormalDist

from covage_model.ground.files.node import Node, plain
from covage_model.ground.gamma import gamma_quantile
from covage_model.pack.compile.context import Context
from covage_model.pack.compile.grammar_profile import UNITS
from covage_model.pack.model.profile import Law

_SHARES = {"p90": 0.90, "p95": 0.95, "p99": 0.99}
_KNOWN = ("median", *_SHARES, "mean", "sd")
_DIRECT = ("fixed", "uniform", "triangular", "exponential")
_LEAST_SHAPE, _MOST_SHAPE = 1e-2, 1e6
_NEEDS = "give `median` and one of p90, p95, p99, or `mean` and `sd`; or one of them and `law: exponential`"


def seconds(text: str) -> float:
    """
    The seconds of a duration.

    >>> seconds("1.5 h"), seconds("10min")
    (5400.0, 600.0)
    """
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz ")
    return float(number) * UNITS[text[len(number) :].strip()]


def law_of(node: Node, context: Context) -> Law | None:
    """The law in a settled mapping; None, with a finding, if no such distribution exists."""
    context.check_sources(node)
    entries = {key: child for key, child in node.value.items() if key not in ("source", "standing", "from")}
    for kind in _DIRECT:
        if kind in entries:
            return _direct(kind, entries[kind], node, context)
    if "quantiles" in entries:
        return _quantiles(entries["quantiles"], node, context)
    return _fitted(entries, node, context)


def _law(kind: str, numbers: tuple[float, ...], node: Node, context: Context) -> Law:
    entries = {key: plain(child) for key, child in node.value.items() if key not in ("source", "standing", "from")}
    return Law(kind, numbers, _words(entries), context.origin(node))


def _words(entries: Mapping[str, object]) -> str:
    def of(value: object) -> str:
        if isinstance(value, dict):
            return ", ".join(f"{key} %: {each}" for key, each in value.items())
        return " to ".join(value) if isinstance(value, list) else str(value)

    if set(entries) == {"fixed"}:
        return str(entries["fixed"])
    parts = [of(value) if key == "law" else f"{key} {of(value)}" for key, value in entries.items()]
    return ", ".join(parts)


def _direct(kind: str, child: Node, node: Node, context: Context) -> Law | None:
    items = child.value if isinstance(child.value, list) else [child]
    numbers = tuple(seconds(item.value) for item in items)
    if list(numbers) != sorted(numbers):
        context.finding("CM210", "descends", child, key=kind, hint="the smallest first")
        return None
    certain = not numbers[-1] if kind == "exponential" else numbers[0] == numbers[-1]
    return _law("fixed" if certain else kind, numbers[:1] if certain else numbers, node, context)


def _quantiles(child: Node, node: Node, context: Context) -> Law | None:
    points = sorted((float(share.lstrip("p")), seconds(value.value)) for share, value in child.value.items())
    if points[0][0] != 0 or points[-1][0] != 100:
        context.finding("CM210", "ends", child, hint="add `p0` with the least duration and `p100` with the longest")
        return None
    values = [value for _, value in points]
    if values != sorted(values):
        context.finding("CM210", "descends", child, key="quantiles", hint="a higher percentage is no shorter")
        return None
    numbers = tuple(number for share, value in points for number in (share / 100, value))
    return _law("quantiles", numbers, node, context)


def _fitted(entries: dict[str, Node], node: Node, context: Context) -> Law | None:
    kind = str(entries["law"].value) if "law" in entries else ""
    given = {key: seconds(entries[key].value) for key in _KNOWN if key in entries}
    words = frozenset(given)
    if kind == "exponential":
        if words != {"mean"} and words != {"median"}:
            context.finding("CM210", "needs", node, found=sorted(words), hint="give `mean` or `median` alone")
            return None
        mean = given["mean"] if "mean" in given else given["median"] / math.log(2)
        return _law("exponential" if mean else "fixed", (mean,), node, context)
    share = next((key for key in _SHARES if key in given), None)
    if words != {"mean", "sd"} and words != {"median", share}:
        context.finding("CM210", "needs", node, found=sorted(words), hint=_NEEDS)
        return None
    centre = "mean" if "mean" in given else "median"
    if not given[centre]:
        context.finding("CM210", "zero", entries[centre], key=centre, hint="write the law as a duration: `0 s`")
        return None
    if share is None:
        return _by_moments(kind, given["mean"], given["sd"], node, context)
    if given[share] < given["median"]:
        context.finding("CM210", "below", entries[share], key=share)
        return None
    return _by_percentile(kind, given["median"], given[share], _SHARES[share], node, context)


def _by_moments(kind: str, mean: float, deviation: float, node: Node, context: Context) -> Law | None:
    if not deviation:
        return _law("fixed", (mean,), node, context)
    ratio = deviation / mean
    if kind == "gamma":
        return _law(kind, (ratio**-2, mean * ratio**2), node, context)
    if kind == "weibull":
        shape = _solved(lambda shape: math.lgamma(1 + 2 / shape) - 2 * math.lgamma(1 + 1 / shape), math.log1p(ratio**2))
        if shape is None:
            _too_wide(kind, node, context)
            return None
        return _law(kind, (shape, mean / math.gamma(1 + 1 / shape)), node, context)
    variance = math.log1p(ratio**2)
    return _law("log-normal", (math.log(mean) - variance / 2, math.sqrt(variance)), node, context)


def _by_percentile(kind: str, median: float, high: float, share: float, node: Node, context: Context) -> Law | None:
    if high == median:
        return _law("fixed", (median,), node, context)
    spread = math.log(high / median)
    if kind == "weibull":
        shape = math.log(-math.log1p(-share) / math.log(2)) / spread
        return _law(kind, (shape, median / math.log(2) ** (1 / shape)), node, context)
    if kind == "gamma":
        solved = _solved(lambda shape: math.log(gamma_quantile(shape, share) / gamma_quantile(shape, 0.5)), spread)
        if solved is None:
            _too_wide(kind, node, context)
            return None
        return _law(kind, (solved, median / gamma_quantile(solved, 0.5)), node, context)
    return _law("log-normal", (math.log(median), spread / NormalDist().inv_cdf(share)), node, context)


def _too_wide(kind: str, node: Node, context: Context) -> None:
    context.finding("CM210", "wide", node, law=kind, hint="use `law: log-normal` or `quantiles`")


def _solved(falling: Callable[[float], float], wanted: float) -> float | None:
    """The shape at which a falling function has the wanted value, or None."""
    low, high = math.log(_LEAST_SHAPE), math.log(_MOST_SHAPE)
    if not falling(math.exp(low)) >= wanted >= falling(math.exp(high)):
        return None
    for _ in range(100):
        middle = (low + high) / 2
        if falling(math.exp(middle)) > wanted:
            low = middle
        else:
            high = middle
    return math.exp((low + high) / 2)
