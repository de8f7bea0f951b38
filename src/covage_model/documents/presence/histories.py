"""What is known of the records to which a history leads, from the explored table of their variant."""

from __future__ import annotations

from itertools import compress

from covage_model.documents.presence.anchor import Anchor
from covage_model.documents.presence.sheet import RecordHistories, ShownPlace, Slot
from covage_model.documents.presence.slots import every_slot, slot_at, slots_on
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Atom, Holds
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.pack import SpecPack


def record_histories(pack: SpecPack, variant: str, lifecycle: Lifecycle, root: Slot) -> RecordHistories | None:
    """
    What the variant's records show of their history; None if no table is known.

    Guards read a record without its read-only fields, so a test of one of these tells nothing. Another check tells of
    paths that no order has.
    """
    known = next((each for each in pack.histories if each.variant == variant), None)
    if known is None:
        return None
    anchor = Anchor(root, None, (), (), lambda _: None)
    shown = [
        ShownPlace(each.name, value.value, anchor.condition(value.when), value.origin)
        for each, value in lifecycle.shown
    ]
    kept = [True] * len(shown)
    for test in known.tests:
        kept.append(not _reads_read_only(root, test))
        place = (isinstance(test, Holds) and test.origin) or lifecycle.origin
        shown.append(ShownPlace(None, None, anchor.condition(test), place))
    reached = {
        status: tuple(dict.fromkeys(tuple(compress(way, kept)) for way in ways))
        for status, ways in known.reached.items()
    }
    return RecordHistories(tuple(compress(shown, kept)), reached, lifecycle.origin)


def _reads_read_only(root: Slot, test: Atom) -> bool:
    """Whether a place that the test reads, one around it or one below it is read-only."""
    paths = [ref.names for ref in tree.references(test) if ref.root == "order"]
    around = [slot for path in paths for slot in slots_on(root, path)]
    read = (slot for path in paths if (slot := slot_at(root, path)) is not None)
    return any(
        slot.read_only is not None for slot in [*around, *(below for each in read for below in every_slot(each))]
    )
