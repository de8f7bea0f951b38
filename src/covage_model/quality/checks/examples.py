"""CM307: examples and defaults that do not fit their own definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Any

from covage_model.documents.presence import slots
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.dotted import dotted
from covage_model.pack.model.values import Value
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.value_keywords import ValueKeyword, of_document, refusal

_Problem = tuple[str, Any, Location]  # the keyword and its value as written, and where


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """Checks each example and default against its definition. Definitions closer to the document may be narrower."""
    for named, sheet in ground.alone:
        yield from _of_definition(named.value, [sheet], named.name)
    orders = {variant.order.name: variant.order for variant in ground.variants}
    for name, order in orders.items():
        sheets = [ground.sheets[variant.name] for variant in ground.variants if variant.order.name == name]
        yield from _of_definition(order.value, sheets)
    for variant in ground.variants:
        if variant.spec is not None:
            yield from _of_definition(variant.spec.value, [ground.sheets[variant.name]])


def _of_definition(value: Value, sheets: Sequence[Sheet], name: str = "") -> Iterator[Diagnostic]:
    """The examples and defaults of a definition, checked in each sheet; it is enough if they fit in one of them."""
    slots: dict[int, list[tuple[Slot, _Examined]]] = {}
    values: dict[int, Value] = {}
    for sheet in sheets:
        examined = _Examined(sheet)
        for inner, slot in _with_slots(value, sheet.root):
            if inner.examples or inner.default:
                values[id(inner)] = inner
                slots.setdefault(id(inner), []).append((slot, examined))
    for key, inner in values.items():
        given = [("example", value) for value in inner.examples] + [("default", value) for value in inner.default]
        for form, example in given:
            problems = [examined.problem(slot, example) for slot, examined in slots[key]]
            if problems and None not in problems:
                path = dotted(filter(None, (name, *slots[key][0][0].path)))
                yield _finding(form, example, inner, path, problems[0])


def _with_slots(value: Value, slot: Slot) -> Iterator[tuple[Value, Slot]]:
    yield value, slot
    for field_ in value.fields or ():
        below = slots.slot_at(slot, field_.path)
        if below is not None:
            yield from _with_slots(field_.value, below)
    if value.items is not None and slot.items is not None:
        yield from _with_slots(value.items, slot.items)


@dataclass(frozen=True, slots=True)
class _Examined:
    """The slots of one sheet with the keywords of each, collected once."""

    sheet: Sheet
    _keywords: dict[int, list[ValueKeyword]] = field(default_factory=dict)

    def problem(self, slot: Slot, value: Any) -> _Problem | None:
        """The first keyword of the slot, or of a slot below it, that the value breaks."""
        if id(slot) not in self._keywords:
            self._keywords[id(slot)] = of_document(slot, self.sheet.statuses)
        refused = refusal(self._keywords[id(slot)], value)
        if refused is not None:
            return refused.spoken, refused.written, refused.origin.location
        return next((problem for problem in self._below(slot, value) if problem is not None), None)

    def _below(self, slot: Slot, value: Any) -> Iterator[_Problem | None]:
        if isinstance(value, dict) and slot.properties is not None:
            for name, child in value.items():
                if name in slot.properties:
                    yield self.problem(slot.properties[name], child)
                else:
                    yield "fields", name, slot.origins[0].location
        if isinstance(value, list) and slot.items is not None:
            yield from (self.problem(slot.items, item) for item in value)


def _finding(form: str, value: Any, inner: Value, path: str, problem: _Problem | None) -> Diagnostic:
    keyword, against, at = problem or ("", None, inner.origin.location)
    arguments = {
        "path": path,
        "found": value,
        "keyword": keyword,
        "against": against,
        "file": at.file,
        "line": at.line,
    }
    return Diagnostic("CM307", form, arguments, inner.origin.location)
