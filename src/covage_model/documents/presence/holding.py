"""Which fields a request in a status can have, and which objects it always has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from covage_model.documents.presence.sheet import Sheet
from covage_model.documents.presence.slots import innermost, slots_on
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a request cannot have a field: it is `read-only`, `forbidden`, or `unknown` (there is no such field)."""

    form: str
    origin: Origin


@dataclass(slots=True)
class Bars:
    """The bars of one sheet, computed once for each status."""

    sheet: Sheet
    _forbidden: dict[str, dict[tuple[str, ...], Origin]] = field(default_factory=dict)

    def bar(self, path: Sequence[str], status: str) -> Bar | None:
        """
        Why no valid request in `status` has the field at `path`; None if one can have it.

        A field that is forbidden under a condition counts as possible. In an order that others write (`written_by`),
        read-only fields are no bar.
        """
        return self._of_slots(path) or self.forbidden(tuple(path), status)

    def _of_slots(self, path: Sequence[str]) -> Bar | None:
        on_the_way = list(slots_on(self.sheet.root, path))
        if self.sheet.written_by is None:
            for slot in on_the_way:
                if slot.read_only is not None:
                    return Bar("read-only", slot.read_only)
        last = innermost([self.sheet.root, *on_the_way][-1])
        if len(on_the_way) == len(path) or last is None or last.properties is None:
            return None  # it may hold anything, or it is no object, which has its own finding
        return Bar("unknown", last.origins[0])

    def forbidden(self, path: tuple[str, ...], status: str) -> Bar | None:
        """The bar of a field that is forbidden in `status` without a condition, itself or an object around it."""
        if status not in self._forbidden:
            always = [demand for demand in self.sheet.forbidden if demand.when is None and status in demand.statuses]
            self._forbidden[status] = {demand.path: demand.origin for demand in reversed(always)}
        known = self._forbidden[status]
        steps = next((number for number in range(1, len(path) + 1) if path[:number] in known), None)
        return None if steps is None else Bar("forbidden", known[path[:steps]])


def surely_there(sheet: Sheet, host: tuple[str, ...], shown: frozenset[str]) -> bool:
    """Whether the object at `host` is always required, itself or on the way to another field, in statuses `shown`."""
    if any(entry.there and entry.path[: len(host)] == host for entry in sheet.match):
        return True
    for demand in sheet.required:
        reaches = demand.start < len(host) <= len(demand.path) and demand.path[: len(host)] == host
        if reaches and demand.when is None and shown <= demand.statuses and not demand.records_only:
            around = demand.path[: demand.start]
            if not around or surely_there(sheet, around, shown):
                return True
    return False
