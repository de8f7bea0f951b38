"""Which places a request of some status can hold, and which are there whatever it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from covage_model.documents.presence.sheet import Sheet
from covage_model.documents.presence.slots import innermost, slots_on
from covage_model.ground.diagnostics import Origin


@dataclass(frozen=True, slots=True)
class Bar:
    """What keeps a place out of a request: `read-only`, `forbidden`, or `unknown` (no field is called so)."""

    form: str
    origin: Origin


@dataclass(slots=True)
class Bars:
    """What requests of one sheet cannot hold, looked up once for each status."""

    sheet: Sheet
    _forbidden: dict[str, dict[tuple[str, ...], Origin]] = field(default_factory=dict)

    def bar(self, path: Sequence[str], status: str) -> Bar | None:
        """
        Why no request that `status` has nothing against holds the place at `path`; None where one may.

        What is forbidden under a condition may be there. An order that others write is no request:
        what is read-only is theirs to write.
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
            return None  # it may hold anything, or is no object and has its finding
        return Bar("unknown", last.origins[0])

    def forbidden(self, path: tuple[str, ...], status: str) -> Bar | None:
        """What forbids the place, or what holds it, in `status` without a condition; None where nothing does."""
        if status not in self._forbidden:
            always = [one for one in self.sheet.forbidden if one.when is None and status in one.statuses]
            self._forbidden[status] = {one.path: one.origin for one in reversed(always)}
        known = self._forbidden[status]
        steps = next((number for number in range(1, len(path) + 1) if path[:number] in known), None)
        return None if steps is None else Bar("forbidden", known[path[:steps]])


def surely_there(sheet: Sheet, host: tuple[str, ...], shown: frozenset[str]) -> bool:
    """Whether the object at `host` is required, for itself or on the way to another, whenever `shown` is."""
    if any(entry.path[: len(host)] == host for entry in sheet.match):
        return True
    for one in sheet.required:
        reaches = one.start < len(host) <= len(one.path) and one.path[: len(host)] == host
        if reaches and one.when is None and shown <= one.statuses and not one.records_only:
            around = one.path[: one.start]
            if not around or surely_there(sheet, around, shown):
                return True
    return False
