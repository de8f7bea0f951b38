"""A document that is no order at all: nothing in it decides for an order type, or nearly does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from covage_model.documents.judge.entries import legal_values, passes
from covage_model.documents.judge.near import is_near
from covage_model.documents.judge.prepared import Alternative
from covage_model.ground import json_value, pointer
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.dotted import dotted
from covage_model.ground.nearest import typed, value_hint
from covage_model.pack.model.conditions import Scalar, Starts
from covage_model.pack.model.matches import Match

_FEW = 12
_EACH = "*"  # in a pointer, every item of a list
_LOOKED_AT = 10_000  # values of a document in which orders are looked for
_ITEMS = 20  # items of a list that are looked at
_DEEP = 6


def is_none(candidates: Sequence[Alternative], data: Any) -> bool:
    """Whether no entry of any `match` holds for the document, and none is a misspelling of a key or a value away."""
    return not any(passes(entry, data) or is_near(entry, data) for entry in _entries(candidates))


def finding(candidates: Sequence[Alternative], best: Alternative, data: Any, file: str) -> Diagnostic:
    """
    The one finding about a document that is no order; `best` is the variant that is nearest all the same.

    It names where orders lie in the document, if they do; else the value that decides against, or what is missing.
    """
    entries = list(_entries(candidates))
    there = next(_envelopes(candidates, entries, data), None)
    if there is not None:
        where = Location(file, 0, 0, pointer.join(step for step in there if step != _EACH))
        at = pointer.join(there)
        return Diagnostic("CM401", "envelope", {"pointer": at}, where, f"give `--at {at}`")
    other = next((entry for entry in entries if json_value.at(data, entry.path) is not json_value.ABSENT), None)
    entry = other or next((entry for entry in best.order if not passes(entry, data)), entries[0])
    legal = legal_values([each for each in entries if each.path == entry.path])
    where = Location(file, 0, 0, pointer.join(entry.path))
    if other is None:
        paths = ", ".join(dict.fromkeys(dotted(each.path) for each in entries))
        return Diagnostic("CM401", "none", {"paths": paths, "legal": legal}, where, because=entry.origin)
    value = json_value.at(data, entry.path)
    starts = isinstance(entry.test, Starts)
    legal = legal if starts else _taken(candidates, entry, data, legal)
    hint = f"begin with one of: {', '.join(map(typed, legal[:_FEW]))}" if starts else value_hint(value, legal)
    arguments = {"path": dotted(entry.path), "found": value, "legal": legal}
    return Diagnostic("CM401", "other", arguments, where, hint, because=entry.origin)


def _taken(candidates: Sequence[Alternative], entry: Match, data: Any, legal: list[Scalar]) -> list[Scalar]:
    """The values that are not refused at this place again: what else the document says may make it another order."""
    from covage_model.documents.judge import choose  # which asks this module about documents that are no order

    def is_taken(value: Scalar) -> bool:
        choice = choose.choose(candidates, json_value.with_value(data, entry.path, value), "")
        return entry.path not in choice.failed

    return [value for value in legal[:_FEW] if is_taken(value)] or legal


def _entries(candidates: Sequence[Alternative]) -> Iterator[Match]:
    """The entries of all candidates, those of order types first, each once."""
    seen = set[int]()
    for own in (False, True):
        for candidate in candidates:
            for entry in candidate.own if own else candidate.order:
                if id(entry) not in seen:
                    seen.add(id(entry))
                    yield entry


def _envelopes(candidates: Sequence[Alternative], entries: list[Match], data: Any) -> Iterator[tuple[str, ...]]:
    """The paths of lists in which an object fits an entry, and of objects that are orders; outer ones first."""
    todo: list[tuple[tuple[str, ...], Any]] = [((), data)]
    for number in range(_LOOKED_AT):
        if number >= len(todo):
            return
        path, value = todo[number]
        if isinstance(value, list):
            objects = [item for item in value[:_ITEMS] if isinstance(item, dict)]
            if any(passes(entry, item) for item in objects for entry in entries):
                yield path
            inside: list[tuple[tuple[str, ...], Any]] = [((*path, _EACH), item) for item in objects]
        else:
            if path and _is_order(candidates, value):
                yield path
            inside = [((*path, name), member) for name, member in value.items() if isinstance(member, dict | list)]
        if len(path) < _DEEP:
            todo.extend(inside)


def _is_order(candidates: Sequence[Alternative], value: Any) -> bool:
    return any(all(passes(entry, value) for entry in (*each.order, *each.own)) for each in candidates)
