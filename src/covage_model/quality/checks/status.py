"""CM312: a status field that cannot show the status of an order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.documents.presence import slots
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.ground.dotted import dotted
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.orders import Variant
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.shared import merged
from covage_model.quality.checks.value_keywords import ValueKeyword, of_slot


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """The `status` path of a lifecycle must be a text field of each order that accepts every status."""
    lifecycles = {lifecycle.name: lifecycle for lifecycle in ground.lifecycles}
    found = [
        (variant.name, finding)
        for variant in ground.variants
        for finding in _of_variant(variant, ground.sheets[variant.name], lifecycles[variant.order.follows])
    ]
    yield from merged(ground, found)


def _of_variant(variant: Variant, sheet: Sheet, lifecycle: Lifecycle) -> Iterator[Diagnostic]:
    path = sheet.status_path
    if path is None:
        return
    arguments = {"path": dotted(path), "lifecycle": lifecycle.name, "order": variant.order.name}
    number = slots.first_list(sheet.root, path)
    slot = slots.through_objects(sheet.root, path)
    if number is not None:
        crossing = {**arguments, "at": dotted(path[:number])}
        yield Diagnostic("CM312", "crosses", crossing, variant.order.origin.location)
    elif slot is None or all(origin.location == lifecycle.origin.location for origin in slot.origins):
        hint = f"add the field {dotted(path)}, read_only: true"
        place = variant.order.origin.location
        yield Diagnostic("CM312", "undeclared", arguments, place, hint, severity=Severity.WARNING)
    else:
        yield from _of_place(slot, sheet.statuses, lifecycle.origin.location, arguments)


def _of_place(
    slot: Slot, statuses: Sequence[str], lifecycle: Location, arguments: dict[str, str]
) -> Iterator[Diagnostic]:
    for keyword in of_slot(slot):
        refused = [status for status in statuses if not keyword.allows(status)]
        if refused:
            yield _refusal(keyword, refused, lifecycle, arguments)
        if refused and keyword.word == "type":
            return  # a field that is no text is reported once


def _refusal(keyword: ValueKeyword, refused: list[str], lifecycle: Location, arguments: dict[str, str]) -> Diagnostic:
    kind = keyword.word == "type"
    more = {
        "keyword": keyword.spoken,
        "value": keyword.written,
        "file": lifecycle.file,
        "line": lifecycle.line,
        **({} if kind else {"statuses": refused}),
    }
    return Diagnostic("CM312", "kind" if kind else "refuses", {**arguments, **more}, keyword.origin.location)
