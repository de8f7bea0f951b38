"""Which order and variant a document is, by `match` alone; the nearest one where it is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from covage_model.documents.judge.entries import legal_values, misspelt, passes
from covage_model.documents.judge.prepared import Alternative
from covage_model.ground import json_value, pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.dotted import dotted
from covage_model.ground.nearest import typed, value_hint
from covage_model.pack.model.conditions import Scalar, Starts
from covage_model.pack.model.matches import Match


@dataclass(frozen=True, slots=True)
class Choice:
    """
    The variant a document is judged as, and the paths whose tests it fails.

    No failure: it is that variant. With failures: the nearest, and one finding per failing path; `others`
    are those it might have meant just as well, where nothing it says comes near any of them.
    `variant` is None where the document is no object or no order at all, or the pack has no orders.
    """

    variant: str | None
    findings: tuple[Diagnostic, ...] = ()
    failed: frozenset[tuple[str, ...]] = frozenset()
    others: tuple[str, ...] = ()


def choose(candidates: Sequence[Alternative], data: Any, file: str) -> Choice:
    """The variant of a document. The locations of findings are JSON Pointers; lines are looked up later."""
    if not isinstance(data, dict):
        return Choice(None, (_no_object(data, file),))
    held = _Held(data)
    variant = _exact(candidates, held)
    if variant is not None:
        return Choice(variant)
    nearest = _nearest(candidates, held)
    if not nearest:
        return Choice(None)
    best = nearest[0]
    from covage_model.documents.judge import no_order  # late: few documents are none

    if no_order.is_none(candidates, data):
        return Choice(None, (no_order.finding(candidates, best, data, file),))
    failing = [(entry, "CM401") for entry in best.order if not held.one(entry)]
    failing += [(entry, "CM402") for entry in best.own if not held.one(entry)]
    same = [other for other in candidates if held.all_of(other.order)] or list(candidates)
    by_path = {entry.path: (entry, code) for entry, code in reversed(failing)}
    findings = tuple(_finding(entry, code, held, file, best, same) for entry, code in by_path.values())
    slip = all(misspelt(entry, json_value.at(data, entry.path)) for entry, _ in failing)
    others = () if slip else tuple(other.variant for other in nearest[1:])
    return Choice(best.variant, findings, frozenset(by_path), others)


def exact(candidates: Sequence[Alternative], data: dict[str, Any]) -> str | None:
    """The variant that a document is; None where `choose` has findings."""
    return _exact(candidates, _Held(data))


def _exact(candidates: Sequence[Alternative], held: _Held) -> str | None:
    for candidate in candidates:
        if held.all_of(candidate.order) and held.all_of(candidate.own):
            return candidate.variant
    return None


class _Held:
    """Which entries hold for a document; many candidates share an entry, of which it is asked once."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self._known: dict[int, bool] = {}  # by id of an entry

    def one(self, entry: Match) -> bool:
        known = self._known.get(id(entry))
        if known is None:
            known = self._known[id(entry)] = passes(entry, self.data)
        return known

    def all_of(self, entries: Sequence[Match]) -> bool:
        return all(map(self.one, entries))


def _nearest(candidates: Sequence[Alternative], held: _Held) -> list[Alternative]:
    """
    The candidates of the order type that the document is, or is a slip away from; where there is none, of any.

    Of these the ones of which the fewest entries fail that are no slip, then those of which the most hold or nearly do,
    then those with the fewest slips. The one that takes the smallest edit comes first.
    """
    from covage_model.documents.judge.near import change, is_near  # late: most documents name their variant

    data = held.data
    near: dict[int, bool] = {}  # by id of an entry: many candidates share it
    failing = [_failing(candidate, held) for candidate in candidates]
    for entry in (entry for entries in failing for entry in entries):
        if id(entry) not in near:
            near[id(entry)] = is_near(entry, data)
    distances = [_distance(candidate, entries, near) for candidate, entries in zip(candidates, failing, strict=True)]
    least = min(distances, default=None)
    tied = [
        (sum(change(entry, data) for entry in failing[number]), number)
        for number, distance in enumerate(distances)
        if distance == least
    ]
    return [candidates[number] for _, number in sorted(tied)]


def _distance(candidate: Alternative, failing: list[Match], near: dict[int, bool]) -> tuple[bool, int, int, int]:
    """How far a candidate is, compared part by part: see `_nearest`."""
    far = [entry for entry in failing if not near[id(entry)]]
    other_type = any(entry is order for entry in far for order in candidate.order)
    held = len(candidate.order) + len(candidate.own) - len(far)
    return other_type, len(far), -held, len(failing) - len(far)


def _failing(candidate: Alternative, held: _Held) -> list[Match]:
    """The entries that fail, those of the order type first."""
    return [entry for entry in (*candidate.order, *candidate.own) if not held.one(entry)]


def _finding(entry: Match, code: str, held: _Held, file: str, best: Alternative, same: list[Alternative]) -> Diagnostic:
    data = held.data
    legal = _legal(entry, code, held, same)
    value = json_value.at(data, entry.path)
    missing = value is json_value.ABSENT
    arguments = {"path": dotted(entry.path), "legal": legal, "nearest": best.variant}
    if not missing:
        arguments["found"] = value
    starts = isinstance(entry.test, Starts)
    form = "missing" if missing else "starts" if starts else "value"
    place = Location(file, 0, 0, pointer.join(entry.path))
    hint = f"begin with one of: {', '.join(map(typed, legal[:12]))}" if starts else value_hint(value, legal)
    if not legal:
        hint = "remove it"
    if missing and not isinstance(_holder(data, entry.path), dict):
        hint = None  # nothing can be typed there yet: that its holder is no object is a finding of its own
    return Diagnostic(code, form, arguments, place, hint, because=entry.origin)


def _holder(data: Any, path: Sequence[str]) -> Any:
    """What the document has nearest above a path."""
    above = (json_value.at(data, path[:depth]) for depth in reversed(range(len(path))))
    return next(value for value in above if value is not json_value.ABSENT)


def _legal(entry: Match, code: str, held: _Held, same: list[Alternative]) -> list[Scalar]:
    """
    What may stand at the path of an entry: what makes the document an order type (CM401) or a variant (CM402).

    Where no value at this path alone does, what the entry accepts.
    """
    legal: list[Match] = []
    for candidate in same:
        asked = candidate.order if code == "CM401" else (*candidate.order, *candidate.own)
        if all(held.one(other) for other in asked if other.path != entry.path):
            legal.extend(found for found in asked if found.path == entry.path)
    return legal_values(legal or (entry,))


def _no_object(data: Any, file: str) -> Diagnostic:
    return Diagnostic("CM404", "type", {"expected": ["object"], "found": data}, Location(file, 0, 0, ""))
