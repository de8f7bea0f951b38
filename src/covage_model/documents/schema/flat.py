"""The printed schema, and the side table that says where each of its keywords comes from."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import field
from typing import Any

from covage_model.documents.presence.sheet import EDITORS_KEY, Demand, Sheet, Slot
from covage_model.documents.presence.slots import slot_at_steps
from covage_model.documents.schema import place
from covage_model.ground import formats, json_value, pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.conditions import schema as words
from covage_model.pack.model.conditions import TRUE, Condition
from covage_model.pack.model.keywords import Keyword
from covage_model.pack.model.text import say

_HISTORIES = "what no history leads to (CM419)"
_KIND = {
    **dict.fromkeys(("pattern", "format", "minLength", "maxLength"), "string"),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), "number"),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems"), "array"),
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Printed:
    """A JSON Schema and, by JSON Pointer into it, the spec line behind each keyword."""

    schema: dict[str, Any]
    origins: dict[str, Origin]


def print_schema(sheet: Sheet, *, pack: str, status: str, role: str, language: str, as_if: bool = False) -> Printed:
    """
    The flat schema of the documents of a sheet in one status and role ("request" or "record").

    A document meets it exactly when the interpreter has nothing to say but notes, the rules that `$comment` names
    (JSON Schema cannot say them) and what was not checked.
    `as_if` prints what a request would have to meet that nobody here may write.
    """
    printer = _Printer(sheet, status, role, language)
    head = {
        "$schema": DIALECT,
        "$id": f"urn:spec-pack:{pack}:{sheet.variant}:{status or 'any'}:{role}",
        "title": f"{say(sheet.title, language, otherwise=sheet.variant)} ({role}, {status or 'any status'})",
    }
    if sheet.written_by is not None and role == "request" and not as_if:
        printer.origins["/not"] = sheet.origin
        return Printed({**head, "description": f"written by {sheet.written_by} alone", "not": {}}, printer.origins)
    body = printer.slot(sheet.root, "")
    assert isinstance(body, dict)  # the root is an object, never read-only
    parts = body.pop("allOf", [])
    parts += printer.conditions(len(parts))
    body |= {"title": head["title"]} | printer.comment() | ({"allOf": parts} if parts else {})
    return Printed({**head, **body}, printer.origins)


@dataclass(slots=True)
class _Printer:
    """Prints slots top down and remembers where it put what."""

    sheet: Sheet
    status: str
    role: str
    language: str
    origins: dict[str, Origin] = field(default_factory=dict)
    required: dict[tuple[str, ...], dict[str, Origin]] = field(init=False)
    refused: dict[tuple[str, ...], Origin] = field(init=False)

    def __post_init__(self) -> None:
        self.required = {}
        for path, start, origin in self._unconditional():
            for number in range(start, len(path)):
                self.required.setdefault(path[:number], {}).setdefault(path[number], origin)
        self.refused = {
            demand.path: demand.origin for demand in self.sheet.forbidden if demand.when is None and self._asks(demand)
        }

    def _unconditional(self) -> list[tuple[tuple[str, ...], int, Origin]]:
        found = [(entry.path, 0, entry.origin) for entry in self.sheet.match if entry.there]
        if self.role == "record" and self.sheet.status_path is not None:
            found.append((self.sheet.status_path, 0, self.sheet.origin))
        asked = [demand for demand in self.sheet.required if demand.when is None and self._asks(demand)]
        return found + [(demand.path, demand.start, demand.origin) for demand in asked]

    def _asks(self, demand: Demand) -> bool:
        return self.status in demand.statuses and not (demand.records_only and self.role == "request")

    def slot(self, slot: Slot, at: str) -> dict[str, Any] | bool:
        """The schema of the value there; False where there must be none."""
        if slot.read_only is not None and self.role == "request":
            self.origins[at] = slot.read_only
            return False
        if slot.path in self.refused and slot.path:
            self.origins[at] = self.refused[slot.path]
            return False
        self.origins[at] = slot.origins[0]
        printed = self._annotations(slot)
        for assertion, origin in self._assertions(slot):
            self._add(printed, assertion, origin, at)
        if slot.properties is not None:
            self._properties(slot, printed, at)
        if slot.items is not None:
            printed["items"] = self.slot(slot.items, at + "/items")
        return printed

    def _annotations(self, slot: Slot) -> dict[str, Any]:
        printed: dict[str, Any] = {}
        if slot.titles:
            printed["title"] = say(slot.titles[0], self.language)
        if slot.descriptions:
            printed["description"] = "\n".join(dict.fromkeys(say(text, self.language) for text in slot.descriptions))
        if slot.examples:
            printed["examples"] = list(slot.examples)
        if slot.default:
            printed["default"] = slot.default[0]
        return {**printed, "readOnly": True} if slot.read_only is not None else printed

    def _assertions(self, slot: Slot) -> list[tuple[dict[str, Any], Origin]]:
        chosen = [(words.value_schema(entry.test), entry.origin) for entry in slot.chosen]
        if slot.shows_status:
            return [({"enum": list(self.sheet.statuses)}, slot.origins[0]), *chosen]
        if slot.judged_by_choice:
            return chosen
        kinds = {keyword.value for keyword in slot.types}
        types = [({"type": _narrow(keyword.value, kinds)}, keyword.origin) for keyword in slot.types]
        keywords = [(_keyword(keyword, kinds) | self._titles(keyword), keyword.origin) for keyword in slot.keywords]
        return types + chosen + keywords

    def _titles(self, keyword: Keyword) -> dict[str, Any]:
        """The titles of members, which JSON Schema says beside the members alone."""
        if not keyword.titles:
            return {}
        titles = {json_value.canonical(value): say(title, self.language) for value, title in keyword.titles}
        members = [(value, titles.get(json_value.canonical(value))) for value in keyword.value]
        return {"anyOf": [{"const": value, **({"title": title} if title else {})} for value, title in members]}

    def _add(self, printed: dict[str, Any], assertion: dict[str, Any], origin: Origin, at: str) -> None:
        """Put an assertion beside the others; what is said already goes into `allOf`, twice the same is once."""
        known = {key for key, value in assertion.items() if key in printed and json_value.equal(printed[key], value)}
        new = {key: value for key, value in assertion.items() if key not in known}
        if any(key in printed for key in new):
            others = printed.setdefault("allOf", [])
            others.append(assertion)
            at, new = f"{at}/allOf/{len(others) - 1}", assertion
        else:
            printed.update(new)
        for key in new:
            self.origins[f"{at}/{key}"] = origin

    def _properties(self, slot: Slot, printed: dict[str, Any], at: str) -> None:
        printed["properties"] = {
            name: self.slot(child, at + pointer.join(["properties", name]))
            for name, child in (slot.properties or {}).items()
        }
        required = self.required.get(slot.path, {})
        if required:
            printed["required"] = list(required)
            for number, origin in enumerate(required.values()):
                self.origins[f"{at}/required/{number}"] = origin
        if not slot.path:
            printed["properties"].setdefault(EDITORS_KEY, {})
        if self.role == "request":
            printed["additionalProperties"] = False
            self.origins[f"{at}/additionalProperties"] = slot.origins[0]

    def conditions(self, start: int) -> list[Any]:
        """What holds under a condition, and rules over the document: the parts of `allOf` from `start` on."""
        root = self.sheet.root
        parts: list[Any] = []
        for asked, print_one in ((self.sheet.required, place.required), (self.sheet.forbidden, place.forbidden)):
            for demand in asked:
                if demand.when is not None and self._asks(demand):
                    self._part(parts, start, print_one(root, demand), demand.origin)
        for rule in self.sheet.rules:
            if self.status in rule.statuses and place.is_printable(rule):
                self._part(parts, start, place.rule(root, rule), rule.origin)
        histories = self._histories()
        if histories is not None and words.is_printable(histories):
            self._part(parts, start, [words.schema_of(words.simple(words.hoisted(histories)))], self.sheet.origin)
        return parts

    def _histories(self) -> Condition | None:
        """What holds of the records of the status to which a history leads; None where it leads to all."""
        if self.role != "record" or self.sheet.histories is None:
            return None
        condition = self.sheet.histories.condition(self.status)
        return None if condition == TRUE else condition

    def comment(self) -> dict[str, str]:
        """Which rules the schema does not say, as an annotation; nothing where it says them all."""
        asked = [rule for rule in self.sheet.rules if self.status in rule.statuses and not place.is_printable(rule)]
        unsaid = [rule for rule in asked if self.role == "request" or not rule.reads_account]
        histories = self._histories()
        names = [rule.name for rule in unsaid]
        names += [_HISTORIES] if histories is not None and not words.is_printable(histories) else []
        if not names:
            return {}
        self.origins["/$comment"] = unsaid[0].origin if unsaid else self.sheet.origin
        return {"$comment": f"JSON Schema cannot say these rules: {', '.join(names)}"}

    def _part(self, parts: list[Any], start: int, new: list[dict[str, Any]], origin: Origin) -> None:
        for part in new:
            self.origins[f"/allOf/{start + len(parts)}"] = origin
            parts.append(part)


def _narrow(kind: str, kinds: Container[str]) -> str:
    """Every integer is a number: strict engines refuse the wider type inside the narrower one."""
    return "integer" if kind == "number" and "integer" in kinds else kind


def _keyword(keyword: Keyword, kinds: Container[str]) -> dict[str, Any]:
    """The assertion of a keyword; of values of its own type alone where the slot has another type, or none."""
    printed = {keyword.name: keyword.value}
    if keyword.name == "pattern":
        printed = words.exact_pattern(keyword.value)
    elif keyword.name == "format":
        printed = {**printed, **formats.PORTABLE[keyword.value]}
    kind = _KIND.get(keyword.name)
    if kind is None or kind in kinds or (kind == "number" and "integer" in kinds):
        return printed
    return {"if": {"type": kind}, "then": {"type": kind, **printed}}


def schema_pointer(printed: Printed, sheet: Sheet, where: str, origin: Origin | None) -> str:
    """The pointer, in the printed schema, of the keyword that the spec line at `origin` became for that place."""
    prefix, slot = "", sheet.root
    for step in pointer.split(where):
        below = slot_at_steps(slot, [step])
        if below is None:
            break
        prefix += "/items" if slot.is_list else pointer.join(["properties", step])
        slot = below
    candidates = [
        at for at, known in printed.origins.items() if origin is not None and known.location == origin.location
    ]
    near = [at for at in candidates if at.startswith(prefix)]
    return min(near or candidates or [prefix], key=lambda at: (len(at), at))
