"""Where in a schema a conditional statement stands: at the deepest object that its condition reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from covage_model.documents.presence.sheet import AnchoredRule, Demand, Slot
from covage_model.documents.presence.slots import crossings, field_of, innermost, is_list, slot_at
from covage_model.pack.conditions import schema as words
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import FALSE, TRUE, All, Condition, Holds, Not, Present, Ref

Schema = dict[str, Any]


def required(root: Slot, demand: Demand) -> list[Schema]:
    """Schemas for the whole document that ask for a conditional requirement."""
    slot, names = innermost(slot_at(root, demand.path[: demand.start])), demand.path[demand.start :]
    return conditional(root, demand.path[: demand.start], demand.level, demand.when or TRUE, _owed(slot, names))


def forbidden(root: Slot, demand: Demand) -> list[Schema]:
    """Schemas for the whole document that refuse what is forbidden under a condition."""
    slot, names = innermost(slot_at(root, demand.path[: demand.start])), demand.path[demand.start :]
    return conditional(root, demand.path[: demand.start], demand.level, demand.when or TRUE, _refused(slot, names))


def rule(root: Slot, said: AnchoredRule) -> list[Schema]:
    """Schemas for the whole document that a rule over documents becomes."""
    lists = crossings(root, said.host)
    scope = said.host[: lists[-1] if lists else 0]  # conditions read from there, though the rule stands below
    host = Holds(Ref("scope", said.host[len(scope) :], said.level), Present(present=True))
    when = words.hoisted(said.when or TRUE)
    when = All((when, host)) if host.ref.names else when
    then = words.hoisted(said.then)
    if all(ref.level == said.level for ref in _scopes(then)):
        return conditional(root, scope, said.level, when, words.schema_of(then))
    return conditional(root, scope, said.level, All((when, Not(then))), dict(words.NOTHING))


def conditional(root: Slot, path: Sequence[str], level: int, when: Condition, fragment: Schema) -> list[Schema]:
    """`fragment` asked of each object at `path` for which `when` holds, as schemas of the whole document."""
    lists = crossings(root, path)
    asked = [(words.hoisted(when), _nested(path[lists[level - 1] if level else 0 :], fragment))]
    for depth in range(level, 0, -1):
        start = lists[depth - 2] if depth > 1 else 0
        way = path[start : lists[depth - 1]]
        asked = [
            (outer, _nested(way, {"items": _if(here, inner)}))
            for condition, inner in asked
            for outer, here in words.cases(condition, depth)
        ]
    return [_if(words.simple(condition), inner) for condition, inner in asked if words.simple(condition) != FALSE]


def _if(condition: Condition, then: Schema) -> Schema:
    return then if condition == TRUE else {"if": words.schema_of(condition), "then": then}


def _nested(names: Sequence[str], inner: Schema) -> Schema:
    return words.if_there(names, inner)


def _owed(slot: Slot | None, names: Sequence[str]) -> Schema:
    """Each step of `names` is there, in each item where a list is crossed."""
    if not names:
        return {}
    if slot is not None and is_list(slot):
        return {"items": _owed(slot.items, names)}
    below = _owed(field_of(slot, names[0]), names[1:])
    return {"required": [names[0]], **({"properties": {names[0]: below}} if below else {})}


def _refused(slot: Slot | None, names: Sequence[str]) -> Any:
    if slot is not None and is_list(slot) and names:
        return {"items": _refused(slot.items, names)}
    if not names:
        return False
    return {"properties": {names[0]: _refused(field_of(slot, names[0]), names[1:])}}


def _scopes(condition: Condition) -> list[Ref]:
    return [ref for ref in truth.references(condition) if ref.root == "scope"]
