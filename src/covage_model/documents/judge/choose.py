"""Which order and variant a document is, by `match` alone; the nearest one where it is none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from covage_model.documents.judge.prepared import Alternative
from covage_model.ground import json_value, pointer
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.nearest import typed, value_hint
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import In, Literal, Scalar, Starts
from covage_model.pack.model.matches import Match

_LONG = 64  # beyond this many characters nobody mistyped a word


@dataclass(frozen=True, slots=True)
class Choice:
    """
    The variant a document is judged as, and the paths whose tests it fails.

    No failure: it is that variant. With failures: the nearest, and one finding per failing path; `others`
    are those it might have meant just as well, where nothing it says comes near any of them.
    `variant` is None where the document is no object, or the pack has no orders.
    """

    variant: str | None
    findings: tuple[Diagnostic, ...] = ()
    failed: frozenset[tuple[str, ...]] = frozenset()
    others: tuple[str, ...] = ()


def choose(candidates: Sequence[Alternative], data: Any, file: str) -> Choice:
    """The variant of a document. The locations of findings are JSON Pointers; lines are looked up later."""
    if not isinstance(data, dict):
        return Choice(None, (_no_object(data, file),))
    for candidate in candidates:
        if all(_passes(entry, data) for entry in (*candidate.order, *candidate.own)):
            return Choice(candidate.variant)
    nearest = _nearest(candidates, data)
    if not nearest:
        return Choice(None)
    best = nearest[0]
    failing = [(entry, "CM401") for entry in best.order if not _passes(entry, data)]
    failing += [(entry, "CM402") for entry in best.own if not _passes(entry, data)]
    same = [other for other in candidates if all(_passes(entry, data) for entry in other.order)] or list(candidates)
    by_path = {entry.path: (entry, code) for entry, code in reversed(failing)}
    findings = tuple(_finding(entry, code, data, file, best, same) for entry, code in by_path.values())
    misspelt = all(_misspelt(entry, json_value.at(data, entry.path)) for entry, _ in failing)
    others = () if misspelt else tuple(other.variant for other in nearest[1:])
    return Choice(best.variant, findings, frozenset(by_path), others)


def _nearest(candidates: Sequence[Alternative], data: Any) -> list[Alternative]:
    """
    The candidates of the same order type with the fewest failing entries; where none has the type, of any.

    Those that take the smallest edit come first.
    """
    failing = [_failing(candidate, data) for candidate in candidates]
    counts = [(wrong_type, len(entries)) for wrong_type, entries in failing]
    least = min(counts, default=None)
    tied = [
        (sum(_edit(entry, json_value.at(data, entry.path)) for entry in entries), number)
        for number, ((_, entries), count) in enumerate(zip(failing, counts, strict=True))
        if count == least
    ]
    return [candidates[number] for _, number in sorted(tied)]


def _failing(candidate: Alternative, data: Any) -> tuple[bool, list[Match]]:
    """Whether the order type fails, and the entries that fail."""
    order = [entry for entry in candidate.order if not _passes(entry, data)]
    return bool(order), order + [entry for entry in candidate.own if not _passes(entry, data)]


def _misspelt(entry: Match, value: Any) -> bool:
    return isinstance(value, str) and 3 * _edit(entry, value) <= len(value) + 2 and not isinstance(entry.test, Starts)


def _passes(entry: Match, data: Any) -> bool:
    return truth.satisfies(entry.test, json_value.at(data, entry.path))


def _edit(entry: Match, value: Any) -> int:
    """How many characters to change so that the entry accepts the value; an absent one is written anew."""
    text = "" if value is json_value.ABSENT else value[:_LONG] if isinstance(value, str) else _spelled(value)[:_LONG]
    return min(
        edits(text, _spelled(legal)[:_LONG], prefix=isinstance(entry.test, Starts)) for legal in legal_values((entry,))
    )


def edits(text: str, wanted: str, *, prefix: bool = False) -> int:
    """
    The Levenshtein distance; with `prefix`, to the nearest text that begins with `wanted`.

    >>> edits("creat", "create"), edits("DA01", "A", prefix=True)
    (1, 1)
    """
    row = list(range(len(wanted) + 1))
    best = row[-1]
    for number, char in enumerate(text, 1):
        row, before = [number], row
        for index, other in enumerate(wanted):
            row.append(min(before[index] + (char != other), before[index + 1] + 1, row[index] + 1))
        best = min(best, row[-1])
    return best if prefix else row[-1]


def legal_values(entries: Sequence[Match]) -> list[Scalar]:
    """What the entries accept, in spec order: literals, or the beginnings of texts."""
    found: list[Scalar] = []
    for entry in entries:
        match entry.test:
            case Literal(value):
                values: tuple[Scalar, ...] = (value,)
            case In(values):
                pass
            case Starts(prefixes):
                values = prefixes
        found.extend(values)
    return json_value.distinct(found)


def _finding(entry: Match, code: str, data: Any, file: str, best: Alternative, same: list[Alternative]) -> Diagnostic:
    legal = _legal(entry, code, data, same)
    value = json_value.at(data, entry.path)
    missing = value is json_value.ABSENT
    arguments = {"path": ".".join(entry.path), "legal": legal, "nearest": best.variant}
    if not missing:
        arguments["found"] = value
    starts = isinstance(entry.test, Starts)
    form = "missing" if missing else "starts" if starts else "value"
    place = Location(file, 0, 0, pointer.join(entry.path))
    hint = f"begin with one of: {', '.join(map(typed, legal[:12]))}" if starts else value_hint(value, legal)
    return Diagnostic(code, form, arguments, place, hint, because=entry.origin)


def _legal(entry: Match, code: str, data: Any, same: list[Alternative]) -> list[Scalar]:
    """
    What may stand at the path of an entry: what makes the document an order type (CM401) or a variant (CM402).

    Where no value at this path alone does, what the entry accepts.
    """
    legal: list[Match] = []
    for candidate in same:
        asked = candidate.order if code == "CM401" else (*candidate.order, *candidate.own)
        if all(_passes(other, data) for other in asked if other.path != entry.path):
            legal.extend(found for found in asked if found.path == entry.path)
    return legal_values(legal or (entry,))


def _spelled(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _no_object(data: Any, file: str) -> Diagnostic:
    return Diagnostic("CM404", "type", {"expected": ["object"], "found": data}, Location(file, 0, 0, ""))
