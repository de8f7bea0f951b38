"""Where in a schema a conditional statement stands: at the deepest object that its condition reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from covage_model.documents.presence.sheet import AnchoredRule, Demand, Slot
from covage_model.documents.presence.slots import (
    crossings,
    field_of,
    innermost,
    scopes,
    slot_at,
    through_objects,
)
from covage_model.pack.conditions import schema as words
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import FALSE, TRUE, All, Condition, Holds, Not, Present, Ref

Schema = dict[str, Any]


def required(root: Slot, demand: Demand) -> list[Schema]:
    """Schemas of the whole document that ask for a conditional requirement."""
    slot, names = innermost(slot_at(root, demand.path[: demand.start])), demand.path[demand.start :]
    return conditional(root, demand.path[: demand.start], demand.level, demand.when or TRUE, _required(slot, names))


def forbidden(root: Slot, demand: Demand) -> list[Schema]:
    """Schemas of the whole document that refuse what is forbidden under a condition."""
    slot, names = innermost(slot_at(root, demand.path[: demand.start])), demand.path[demand.start :]
    return conditional(root, demand.path[: demand.start], demand.level, demand.when or TRUE, _refused(slot, names))


def is_printable(anchored: AnchoredRule) -> bool:
    """Whether JSON Schema can say a rule: it reads the document alone, and compares no two values."""
    conditions = [anchored.then] if anchored.when is None else [anchored.then, anchored.when]
    return not anchored.reads_account and all(map(words.is_printable, conditions))


def rule(root: Slot, anchored: AnchoredRule) -> list[Schema]:
    """Schemas of the whole document for a rule over documents."""
    lists = crossings(root, anchored.host)
    scope = anchored.host[: lists[-1] if lists else 0]  # conditions read from there, though the rule stands below
    host = Holds(Ref("scope", anchored.host[len(scope) :], anchored.level), Present(present=True))
    when = words.hoisted(anchored.when or TRUE)
    when = All((when, host)) if host.ref.names else when
    then = words.hoisted(anchored.then)
    if all(ref.level == anchored.level for ref in tree.references(then) if ref.root == "scope"):
        return conditional(root, scope, anchored.level, when, words.schema_of(then))
    return conditional(root, scope, anchored.level, All((when, Not(then))), dict(words.NOTHING))


def conditional(root: Slot, path: Sequence[str], level: int, when: Condition, fragment: Schema) -> list[Schema]:
    """`fragment` asked of each object at `path` for which `when` holds, as schemas of the whole document."""
    lists, slots = crossings(root, path), scopes(root, path)
    inside = path[lists[level - 1] if level else 0 :]
    asked = [(words.hoisted(when), _nested(slots[level], inside, fragment))]
    for depth in range(level, 0, -1):
        outside, way = slots[depth - 1], path[lists[depth - 2] if depth > 1 else 0 : lists[depth - 1]]
        asked = [
            (outer, _nested(outside, way, of_type(through_objects(outside, way), "array", {"items": _if(here, inner)})))
            for condition, inner in asked
            for outer, here in words.cases(condition, depth)
        ]
    printed = [(words.simple(condition), inner) for condition, inner in asked]
    return [_if(condition, inner) for condition, inner in printed if condition != FALSE and inner]


def of_type(slot: Slot | None, kind: str, schema: Schema) -> Schema:
    """
    `schema` asked of a value of the type `kind`, and nothing of other values.

    Where the slot asks for that type anyway, the schema may ask for it too: strict engines want each
    keyword beside its type.
    """
    printed = {"type": kind, **schema}
    typed = slot is not None and not slot.judged_by_choice and any(kind == each.value for each in slot.types)
    return printed if typed else {"if": {"type": kind}, "then": printed}


def _if(condition: Condition, then: Schema) -> Schema:
    return then if condition == TRUE or not then else {"if": words.schema_of(condition), "then": then}


def _nested(slot: Slot | None, names: Sequence[str], inner: Schema) -> Schema:
    """`inner` asked of what `names` lead to through objects, where it is there."""
    if not names:
        return inner
    return of_type(slot, "object", {"properties": {names[0]: _nested(field_of(slot, names[0]), names[1:], inner)}})


def _required(slot: Slot | None, names: Sequence[str]) -> Schema:
    """Each step of `names` is there, in each item where a list is crossed."""
    if not names:
        return {}
    if slot is not None and slot.is_list:
        return of_type(slot, "array", {"items": _required(slot.items, names)})
    below = _required(field_of(slot, names[0]), names[1:])
    return of_type(slot, "object", {"required": [names[0]], "properties": {names[0]: below}})


def _refused(slot: Slot | None, names: Sequence[str]) -> Any:
    """The last of `names` is not there, in no item where a list is crossed."""
    if not names:
        return False
    if slot is not None and slot.is_list:
        return of_type(slot, "array", {"items": _refused(slot.items, names)})
    return of_type(slot, "object", {"properties": {names[0]: _refused(field_of(slot, names[0]), names[1:])}})
