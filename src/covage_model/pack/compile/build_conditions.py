"""Builds conditions from YAML mappings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.ground.dotted import dotted, keys
from covage_model.ground.files.node import Node
from covage_model.ground.nearest import one_of, value_hint
from covage_model.pack.compile import grammar
from covage_model.pack.compile.context import Context
from covage_model.pack.model.conditions import (
    MOVE_WORDS,
    All,
    Among,
    AnyOf,
    Compare,
    Condition,
    Count,
    DocumentReady,
    Every,
    Holds,
    Implies,
    In,
    Literal,
    Matches,
    Not,
    Present,
    Range,
    Ref,
    Some,
    Starts,
    Test,
)

LIFECYCLE_WORDS = ("document", "state", "variant", "final")
RESERVED_VARIABLES = (
    *(*LIFECYCLE_WORDS, *MOVE_WORDS, *grammar.TEST_WORDS),
    *("all", "any", "not", "when", "then", "order", "account"),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """
    The context of a condition: what its paths may refer to.

    `root` is that of a path without one, outside of a lifecycle. `variables` is None outside of a lifecycle, else the
    legal values by name (True and False for a named condition; these are also in `conditions`). `whole` are those
    with `min` and `max`. `states`, `finals` and `variants` are the legal words; so are `events` and `triggers` where a
    condition is judged on moves too.
    """

    context: Context
    origin: Origin
    account: bool = False
    among: bool = False
    compares: bool = False  # values with each other, and dates
    item: bool = False
    root: str = "here"
    variables: Mapping[str, tuple[Any, ...]] | None = None
    conditions: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    finals: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    events: tuple[str, ...] | None = None
    triggers: tuple[str, ...] = ()


def condition_of(node: Node, scope: Scope) -> Condition:
    """The condition in a mapping. Parts that are not allowed in this scope are reported and left out."""
    if not isinstance(node.value, dict) or all(key in grammar.TEST_WORDS for key in node.value):
        return _tested(Ref("item"), node, scope)
    parts = [
        part
        for key, child in node.value.items()
        if key != "then"
        for part in (_entry(key, child, node.value, scope),)
        if part is not None
    ]
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _entry(key: str, child: Node, entries: dict[str, Node], scope: Scope) -> Condition | None:
    if key == "all":
        return All(tuple(condition_of(item, scope) for item in child.value))
    if key == "any":
        return AnyOf(tuple(condition_of(item, scope) for item in child.value))
    if key == "not":
        return Not(condition_of(child, scope))
    if key == "when":
        return Implies(condition_of(child, scope), condition_of(entries["then"], scope))
    ref = _ref(key, child, scope)
    if ref is None:
        return None
    if ref.root == "document":
        return _ready(child, scope)
    _check_words(ref, child, scope)
    return _tested(ref, child, scope)


def _tested(ref: Ref, node: Node, scope: Scope) -> Condition:
    """The test of the value at `ref`; several comparisons hold together."""
    origin = _origin(node, scope)
    tests: list[Test] = []
    if isinstance(node.value, dict) and next(iter(node.value)) in grammar.COMPARISONS:
        tests = list(_comparisons(ref, node.value, scope))
    else:
        tests = [_test_of(node, scope)]
    parts = tuple(Holds(ref, test, origin) for test in tests)
    return parts[0] if len(parts) == 1 else All(parts)


def _comparisons(ref: Ref, entries: Mapping[str, Node], scope: Scope) -> Iterator[Test]:
    bounds = {word: entries[word].value for word in ("min", "max") if word in entries and _is_number(entries[word])}
    if bounds:
        yield Range(bounds.get("min"), bounds.get("max"))
    for word, child in entries.items():
        if isinstance(child.value, dict):
            _may_compare(child, scope)
            other = _other_side(ref, child.value["at"], scope)
            if other is not None:
                yield Compare(word, other)
        elif word == "is":
            yield Literal(child.value)
        elif word not in bounds:
            if not _is_number(child):
                _may_compare(child, scope)
            yield Compare(word, child.value)


def _is_number(node: Node) -> bool:
    return json_value.is_number(node.value)


def _may_compare(node: Node, scope: Scope) -> None:
    if not scope.compares:
        scope.context.finding("CM209", "comparison", node)


def _other_side(ref: Ref, node: Node, scope: Scope) -> Ref | None:
    """The place that is compared with: a variable with variables alone, and no word of a lifecycle."""
    other = _ref(node.value, node, scope)
    if other is None:
        return None
    words = [each.root if each.root in LIFECYCLE_WORDS else dotted(each.names) for each in (ref, other)]
    wrong = [word for word in words if word in (*LIFECYCLE_WORDS, *scope.conditions)]
    if (other.root == "variable") is not (ref.root == "variable") or (wrong and scope.variables is not None):
        scope.context.finding("CM209", "sides", node, path=words[0], other=words[1])
        return None
    return other


def _ref(key: str, node: Node, scope: Scope) -> Ref | None:
    first, *rest = keys(key)
    if first in ("order", "account") and not key.startswith("["):
        if first == "account" and not scope.account:
            scope.context.finding("CM209", "account", node, path=key)
            return None
        if not rest:
            scope.context.finding("CM209", "root", node, hint=f"go on with a dot and a field: {key}.field", path=key)
            return None
        return Ref(first, tuple(rest))
    if scope.item:
        return Ref("item", (first, *rest))
    if scope.variables is None:
        return Ref(scope.root, (first, *rest))
    if first in LIFECYCLE_WORDS and not rest:
        return Ref(first)
    if first in MOVE_WORDS and not rest:
        if scope.events is None:
            scope.context.finding("CM209", "move", node, name=first)
            return None
        return Ref(first)
    if scope.context.known("variable", Node(key, node.location, node.key), scope.variables):
        return Ref("variable", (key,))
    return None


def _ready(node: Node, scope: Scope) -> Condition | None:
    if not isinstance(node.value, str):
        scope.context.finding("CM209", "document", node, hint=one_of(scope.statuses))
        return None
    if not scope.context.known("status", node, scope.statuses):
        return None
    return DocumentReady(node.value, _origin(node, scope))


def _check_words(ref: Ref, node: Node, scope: Scope) -> None:
    """Reports literals that are no state, outcome, variant or variable value of the lifecycle."""
    legal: tuple[Any, ...] | None = {
        "state": scope.states,
        "final": (*scope.finals, "any"),
        "variant": scope.variants,
        "event": scope.events or (),
        "trigger": scope.triggers,
        "variable": (scope.variables or {}).get(ref.names[0]) if ref.names else None,
    }.get(ref.root)
    if legal is None:
        return
    literals = node.value["in"].value if isinstance(node.value, dict) and "in" in node.value else [node]
    for literal in literals:
        if isinstance(literal.value, dict):
            continue
        if not any(json_value.equal(literal.value, value) for value in legal):
            hint = value_hint(literal.value, legal)
            scope.context.finding(
                "CM202", f"{ref.root}-value", literal, hint=hint, name=literal.value, of=dotted(ref.names)
            )


def _test_of(node: Node, scope: Scope) -> Test:
    if not isinstance(node.value, dict):
        return Literal(node.value)
    entries = node.value
    word = next(iter(entries))
    child = entries[word]
    inner = replace(scope, item=True, variables=None)
    match word:
        case "in":
            return In(tuple(item.value for item in child.value))
        case "starts":
            return Starts(tuple(item.value for item in child.value))
        case "present":
            return Present(child.value)
        case "matches":
            return Matches(child.value) if scope.context.pattern(child) else Present(present=True)
        case "count":
            return _count(child, inner)
        case "some":
            return Some(condition_of(child, inner))
        case "every":
            return Every(condition_of(child, inner))
        case _:
            return _among(child, scope)


def _count(node: Node, inner: Scope) -> Count:
    if not isinstance(node.value, dict):
        return Count(int(node.value), int(node.value))
    least, most, where = (node.value.get(key) for key in ("min", "max", "where"))
    return Count(
        int(least.value) if least else 0,
        int(most.value) if most else None,
        condition_of(where, inner) if where else None,
    )


def _among(node: Node, scope: Scope) -> Test:
    if not scope.among:
        scope.context.finding("CM209", "among", node, path=node.value)
    first, *rest = keys(node.value)
    if first in ("order", "account") and not node.value.startswith("["):
        return Among(Ref(first, tuple(rest)))
    return Among(Ref("item" if scope.item else "here", (first, *rest)))


def _origin(node: Node, scope: Scope) -> Origin:
    return Origin(node.at, scope.origin.source, scope.origin.standing)
