"""CM306: a field that is both required and forbidden."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import field

from covage_model.documents.presence.sheet import Demand, Sheet
from covage_model.documents.presence.slots import slots_on
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Origin
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions.tree import identity
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.places import in_reading_order
from covage_model.quality.checks.shared import merged

_Judged = tuple[str, str]  # a status and a role


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """Each such field, with the statuses and roles in which documents are judged so."""
    found = [
        (variant, finding) for variant, sheet in ground.sheets.items() for finding in _Contradictions(sheet).found()
    ]
    yield from merged(ground, found)
    if ground.account is not None:
        yield from _Contradictions(ground.account).found()


@dataclass(frozen=True, slots=True)
class _NeededPlace:
    """A place that must be there because of a field (`both`), the choice (`match`) or the lifecycle (`status`)."""

    path: tuple[str, ...]
    start: int
    form: str
    demand: Demand | None
    origin: Origin


@dataclass(slots=True)
class _Contradictions:
    """Compares the demands of one sheet with each other."""

    sheet: Sheet
    judged: list[_Judged] = field(init=False)
    _refused: dict[tuple[str, ...], list[Demand]] = field(default_factory=dict)  # what is forbidden, by path

    def __post_init__(self) -> None:
        sheet = self.sheet
        for demand in sheet.forbidden:
            self._refused.setdefault(demand.path, []).append(demand)
        asked = () if sheet.written_by is not None else sheet.request_statuses
        records = sheet.statuses if sheet.status_path is not None else (sheet.initial,)
        requests = asked or (() if sheet.written_by is not None else (sheet.initial,))
        self.judged = [*((status, "request") for status in requests), *((status, "record") for status in records)]

    def found(self) -> Iterator[Diagnostic]:
        """Each pair of contradicting places once, with all its statuses and roles."""
        merged: dict[Hashable, Diagnostic] = {}
        for finding in self._found():
            key = (finding.form, finding.arguments["path"], finding.location, finding.arguments["line"])
            known = merged.setdefault(key, finding)
            for name, position in (("statuses", 0), ("roles", 1)):
                here = {*known.arguments[name], *finding.arguments[name]}
                order = dict.fromkeys(judged[position] for judged in self.judged)
                known.arguments[name] = [status_or_role for status_or_role in order if status_or_role in here]
        yield from merged.values()

    def _found(self) -> Iterator[Diagnostic]:
        for needed in self._needed():
            for demand in self._forbidding(needed.path, needed.start):
                if demand.when is None:
                    yield from self._finding(needed, demand)
        yield from self._same_when()
        yield from self._unsendable()

    def _needed(self) -> Iterator[_NeededPlace]:
        sheet = self.sheet
        for demand in sheet.required:
            if demand.when is None:
                yield _NeededPlace(demand.path, demand.start, "both", demand, demand.origin)
        for entry in (entry for entry in sheet.match if entry.there):
            yield _NeededPlace(entry.path, 0, "match", None, entry.origin)
        if sheet.status_path is not None:
            yield _NeededPlace(sheet.status_path, 0, "status", None, self._status_origin(sheet.status_path))

    def _status_origin(self, path: tuple[str, ...]) -> Origin:
        return [*slots_on(self.sheet.root, path)][-1].origins[0]

    def _finding(self, needed: _NeededPlace, demand: Demand) -> Iterator[Diagnostic]:
        judged = [
            here
            for here in self.judged
            if self._needs(needed, here) and _asks(demand, here) and not self._hidden(needed, here)
        ]
        yield from _contradiction(needed.form, needed.path, needed.origin, demand.origin, judged)

    def _needs(self, needed: _NeededPlace, here: _Judged) -> bool:
        if needed.demand is not None:
            return _asks(needed.demand, here)
        return needed.form == "match" or here[1] == "record"

    def _forbidding(self, path: Sequence[str], start: int) -> Iterator[Demand]:
        """The demands that forbid a step of a path after the first `start` names."""
        for steps in range(start + 1, len(path) + 1):
            yield from self._refused.get(tuple(path[:steps]), ())

    def _hidden(self, needed: _NeededPlace, here: _Judged) -> bool:
        """Whether the object that would hold the place is forbidden too: then the place is not needed."""
        above = self._forbidding(needed.path[: needed.start], 0)
        return any(demand.when is None and _asks(demand, here) for demand in above)

    def _same_when(self) -> Iterator[Diagnostic]:
        for required in self.sheet.required:
            for forbidden in () if required.when is None else self._forbidding(required.path, required.start):
                if required.level == forbidden.level and identity(required.when) == identity(forbidden.when):
                    judged = [here for here in self.judged if _asks(required, here) and _asks(forbidden, here)]
                    yield from _contradiction("same-when", required.path, required.origin, forbidden.origin, judged)

    def _unsendable(self) -> Iterator[Diagnostic]:
        """Entries of `match` that test a read-only field, which no request may have."""
        judged = [here for here in self.judged if here[1] == "request"]
        for entry in (entry for entry in self.sheet.match if entry.there):
            for slot in slots_on(self.sheet.root, entry.path):
                if slot.read_only is not None:
                    yield from _contradiction("read-only", entry.path, entry.origin, slot.read_only, judged)


def _asks(demand: Demand, here: _Judged) -> bool:
    return here[0] in demand.statuses and not (demand.records_only and here[1] == "request")


def _contradiction(
    form: str, path: Sequence[str], origin: Origin, other: Origin, judged: Sequence[_Judged]
) -> Iterator[Diagnostic]:
    if not judged:
        return
    first, second = origin.location, other.location
    if not in_reading_order(first, second):
        first, second = second, first
    arguments = {
        "path": dotted(path),
        "statuses": list(dict.fromkeys(status for status, _ in judged if status)),
        "roles": list(dict.fromkeys(role for _, role in judged)),
        "file": first.file,
        "line": first.line,
    }
    yield Diagnostic("CM306", form, arguments, second)
