"""Mutation operators for the choice of a variant: matches, `written_by`, and the test of a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from covage_model.pack.model.conditions import In, Starts
from covage_model.pack.model.matches import Match
from covage_model.pack.model.orders import Order
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.mutants.mutant import MutantEdit, Path, ValueChange


def edits(order: Order, path: Path) -> Iterator[MutantEdit]:
    """Every mutation of the matches and the writer of an order type."""
    if order.written_by is not None:
        anyone = ValueChange((*path, "written_by"), None)
        yield MutantEdit("written-by-drop", order.origin, order.name, order.written_by, None, anyone)
    yield from _values(order.match, (*path, "match"), order.name)
    for number, variant in enumerate(order.variants):
        name = f"{order.name}/{variant.name}"
        yield from _values(variant.match, (*path, "variants", number, "match"), name)
        if number + 1 < len(order.variants):
            other = order.variants[number + 1]
            pair = (replace(variant, match=other.match), replace(other, match=variant.match))
            swapped = (*order.variants[:number], *pair, *order.variants[number + 2 :])
            change = ValueChange((*path, "variants"), swapped)
            yield MutantEdit("match-swap", variant.value.origin, name, variant.name, other.name, change)


def of_record(pack: SpecPack) -> Iterator[MutantEdit]:
    """Drops the test that tells a record from a request."""
    if pack.record is not None:
        yield MutantEdit("record-drop", pack.origin, pack.name, pack.record, None, ValueChange(("record",), None))


def _values(match: tuple[Match, ...], path: Path, name: str) -> Iterator[MutantEdit]:
    for number, entry in enumerate(match):
        there = (*path, number, "test")
        for value, test in _fewer(entry.test):
            yield MutantEdit("match-value-drop", entry.origin, name, value, None, ValueChange(there, test))


def _fewer(test: Any) -> Iterator[tuple[Any, In | Starts]]:
    match test:
        case In(values, absent) if len(values) + absent > 1:
            for number, value in enumerate(values):
                yield value, In((*values[:number], *values[number + 1 :]), absent)
            if absent:
                yield None, In(values)
        case Starts(prefixes) if len(prefixes) > 1:
            for number, prefix in enumerate(prefixes):
                yield prefix, Starts((*prefixes[:number], *prefixes[number + 1 :]))
