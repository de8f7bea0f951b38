"""CM312: a place that cannot show the state of an order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.checks import places
from covage_model.checks.ground import Ground
from covage_model.checks.shared import merged
from covage_model.checks.statements import Statement, of_slot
from covage_model.diagnostics import Diagnostic, Location, Severity
from covage_model.model.lifecycle import Lifecycle
from covage_model.model.orders import Leaf
from covage_model.presence.sheet import Sheet, Slot


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """The path that a lifecycle names under `status` must be a text of each order's, that any status may be."""
    lifecycles = {lifecycle.name: lifecycle for lifecycle in ground.lifecycles}
    found = [
        (leaf.name, finding)
        for leaf in ground.leaves
        for finding in _of_leaf(leaf, ground.sheets[leaf.name], lifecycles[leaf.order.follows])
    ]
    yield from merged(ground, found)


def _of_leaf(leaf: Leaf, sheet: Sheet, lifecycle: Lifecycle) -> Iterator[Diagnostic]:
    path = sheet.status_path
    if path is None:
        return
    arguments = {"path": ".".join(path), "lifecycle": lifecycle.name, "order": leaf.order.name}
    number = places.first_list(sheet.root, path)
    slot = places.through_objects(sheet.root, path)
    if number is not None:
        said = {**arguments, "at": ".".join(path[:number])}
        yield Diagnostic("CM312", "crosses", said, leaf.order.origin.location)
    elif slot is None or all(origin.location == lifecycle.origin.location for origin in slot.origins):
        hint = f"add the field {'.'.join(path)}, read_only: true"
        place = leaf.order.origin.location
        yield Diagnostic("CM312", "undeclared", arguments, place, hint, severity=Severity.WARNING)
    else:
        yield from _of_place(slot, sheet.statuses, lifecycle.origin.location, arguments)


def _of_place(
    slot: Slot, statuses: Sequence[str], lifecycle: Location, arguments: dict[str, str]
) -> Iterator[Diagnostic]:
    for said in of_slot(slot):
        refused = [status for status in statuses if not said.allows(status)]
        if refused:
            yield _refusal(said, refused, lifecycle, arguments)
        if refused and said.word == "type":
            return  # what is no text is told once


def _refusal(said: Statement, refused: list[str], lifecycle: Location, arguments: dict[str, str]) -> Diagnostic:
    kind = said.word == "type"
    more = {
        "keyword": said.spoken,
        "value": said.said,
        "file": lifecycle.file,
        "line": lifecycle.line,
        **({} if kind else {"statuses": refused}),
    }
    return Diagnostic("CM312", "kind" if kind else "refuses", {**arguments, **more}, said.origin.location)
