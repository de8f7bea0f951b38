"""Builds what a move does: the variables that it sets and the events that it emits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.ground import json_value
from covage_model.ground.files.node import Node
from covage_model.ground.nearest import one_of, value_hint
from covage_model.pack.compile.build_conditions import Scope
from covage_model.pack.compile.context import Context, listed
from covage_model.pack.model.conditions import Scalar
from covage_model.pack.model.lifecycle import Action, Effects, Sum


def effects_of(parts: Sequence[Node], scope: Scope) -> Effects:
    """What the `set` of these mappings say together; no variable may be set by two of them."""
    effects: dict[str, tuple[Node, Scalar | Sum]] = {}
    for node in parts:
        said = node.value.get("set")
        for name, child in ({} if said is None else said.value).items():
            value = _becomes(name, child, scope)
            if value is None:
                continue
            if name in effects:
                at = effects[name][0].at
                scope.context.finding("CM201", "said-twice", child, name=name, file=at.file, line=at.line)
            effects[name] = child, value[0]
    return tuple((name, value) for name, (_, value) in effects.items())


def emitted_of(parts: Sequence[Node], context: Context) -> Iterator[str]:
    """The events that the `emits` of these mappings name, in order; one that two of them name is reported."""
    firsts: dict[str, Node] = {}
    for node in parts:
        for item in listed(node.value.get("emits")):
            first = firsts.setdefault(item.value, item)
            if first is not item:
                at = first.at
                context.finding("CM201", "said-twice", item, name=item.value, file=at.file, line=at.line)
            elif context.known("event", item, context.events):
                yield str(item.value)


def action_of(node: Node | None, scope: Scope) -> Action | None:
    """The `entry` or `exit` of a state."""
    if node is None:
        return None
    scope.context.check_sources(node)
    emits = tuple(emitted_of([node], scope.context))
    return Action(effects_of([node], scope), emits, scope.context.origin(node))


def _becomes(name: str, node: Node, scope: Scope) -> tuple[Scalar | Sum] | None:
    """What the variable is set to, as a tuple; None if it is not legal, which is then reported."""
    context = scope.context
    legal = (scope.variables or {}).get(name)
    if legal is None or name in scope.conditions:
        context.known("variable", Node(name, node.location, node.key), _finite(scope))
        return None
    if isinstance(node.value, dict):
        return _sum(name, node, scope)
    declared = [value for value in legal if json_value.equal(node.value, value)]
    if not declared:
        hint = value_hint(node.value, legal)
        context.finding("CM202", "variable-value", node, hint=hint, name=node.value, of=name)
        return None
    return (declared[0],)


def _sum(name: str, node: Node, scope: Scope) -> tuple[Sum] | None:
    context = scope.context
    at, add = node.value.get("at"), node.value.get("add")
    if at is not None and not context.known("variable", at, _finite(scope)):
        return None
    read = name if at is None else str(at.value)
    for each in (name, read) if add is not None else ():
        if each not in scope.whole:
            hint = one_of(scope.whole) if scope.whole else "give it `min` and `max`"
            context.finding("CM211", "add", node, hint=hint, name=each)
            return None
    return (Sum(read, 0 if add is None else int(add.value)),)


def _finite(scope: Scope) -> list[str]:
    return [name for name in (scope.variables or {}) if name not in scope.conditions]
