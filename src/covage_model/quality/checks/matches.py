"""CM301: two order types, or two variants of one, that can match the same document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from covage_model.ground import json_value
from covage_model.ground.diagnostics import Diagnostic, Origin
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import In, Literal, Scalar
from covage_model.pack.model.matches import Match
from covage_model.pack.model.orders import VariantSpec
from covage_model.quality.checks import overlaps
from covage_model.quality.checks.ground import Ground

_MOST = 10  # overlaps reported for one definition: thousands that all overlap would make millions of pairs
_Entry = tuple[str, tuple[Match, ...], Origin]


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """Each overlapping pair, at most ten for each definition; and each definition without `match`."""
    orders = {variant.order.name: variant.order for variant in ground.variants}
    yield from _overlaps("order", [(order.name, order.match, order.origin) for order in orders.values()], ())
    for order in orders.values():
        variants = [_entry(order.name, variant) for variant in order.variants]
        yield from _overlaps("variant", variants, order.match)


def _entry(order: str, variant: VariantSpec) -> _Entry:
    return f"{order}/{variant.name}", variant.match, variant.value.origin


def _overlaps(kind: str, entries: Sequence[_Entry], shared: tuple[Match, ...]) -> Iterator[Diagnostic]:
    if len(entries) < 2:
        return
    for name, match, origin in entries:
        if not match:
            hint = "add `match`: what only these documents hold"
            yield Diagnostic("CM301", "no-match", {"kind": kind, "name": name}, origin.location, hint)
    reported: Counter[int] = Counter()
    matching = [entry for entry in entries if entry[1]]
    matches = [match for _, match, _ in matching]
    for group in overlaps.groups(matches):
        for first, other in overlaps.meeting(matches, group):
            if reported[other] < _MOST:
                witness = _witness((*shared, *matches[first], *matches[other]))
                if witness is not None:
                    reported[other] += 1
                    yield _overlap(kind, matching[first], matching[other], witness)


def _overlap(kind: str, entry: _Entry, other: _Entry, witness: dict[str, Scalar]) -> Diagnostic:
    first, second = sorted((entry, other), key=lambda each: each[1][0].origin.location)
    at = first[1][0].origin.location
    arguments = {
        "kind": kind,
        "name": second[0],
        "first": first[0],
        "file": at.file,
        "line": at.line,
        "example": witness,
    }
    hint = "test in both a path that tells them apart"
    return Diagnostic("CM301", "overlap", arguments, second[1][0].origin.location, hint)


def _witness(entries: Sequence[Match]) -> dict[str, Scalar] | None:
    """
    Values with which a document matches all entries; None if there are none. What must be absent is left out.

    Exact: every test is of a scalar, in which no deeper path leads anywhere.
    """
    by_path: dict[tuple[str, ...], list[Match]] = {}
    for entry in entries:
        by_path.setdefault(entry.path, []).append(entry)
    witness: dict[str, Scalar] = {}
    for path, tests in by_path.items():
        below = any(path[:number] in by_path for number in range(1, len(path)))
        candidates = [json_value.ABSENT] if below else _candidates(tests)
        values = [value for value in candidates if all(truth.satisfies(entry.test, value) for entry in tests)]
        if not values:
            return None
        if values[0] is not json_value.ABSENT:
            witness[dotted(path)] = values[0]
    return witness


def _candidates(entries: Sequence[Match]) -> list[Scalar]:
    """Values of which one passes all tests if any value does: the listed values, else the prefixes themselves."""
    prefixes: list[Scalar] = []
    for entry in entries:
        match entry.test:
            case Literal(value):
                return [value]
            case In(values, absent):
                return [*values, *([json_value.ABSENT] if absent else [])]
            case _:
                prefixes.extend(entry.test.prefixes)
    return prefixes
