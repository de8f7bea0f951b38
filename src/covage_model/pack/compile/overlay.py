"""
Merges definitions that are written in several places, and lets definitions inherit sources.

An inherited `source` or `standing` is written into the definition first (with `key` None), so that an overlay
cannot change the sources that the base inherits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.files.node import Node

Say = Callable[[Diagnostic], None]

PROVENANCE = ("source", "standing")
# kind of definition -> key -> kind of the definitions in it (by name, in a list, or a single one)
_CONTENTS: Mapping[str, Mapping[str, str]] = {
    "types": {"types": "value"},
    "events": {"events": "value"},
    "value": {"fields": "value", "rules": "rule", "items": "value"},
    "order": {"fields": "value", "rules": "rule", "variants": "value"},
    "lifecycle": {
        "states": "state",
        "variables": "variable",
        "transitions": "transition",
        "properties": "property",
    },
    "state": {"states": "state", "entry": "action", "exit": "action"},
    "transition": {"cases": "case", "outcomes": "outcome"},
    "outcome": {"cases": "case"},
    "profile": {
        "time": "section",
        "arrivals": "section",
        "documents": "section",
        "calendars": "section",
        "actors": "section",
        "timers": "section",
        "transitions": "timing",
    },
    "timing": {"waits": "law", "works": "law"},
}
# one definition, not several by name
_ALONE = frozenset({"items", "entry", "exit", "time", "arrivals", "documents", "waits", "works"})
_SHORT = {"variable": "values", "law": "fixed"}


def settled(kind: str, node: Node) -> Node:
    """The definition with its source and standing written into every definition in it."""
    inherited = {key: Node(node.value[key].value, node.value[key].location) for key in PROVENANCE if key in node.value}
    contents = _CONTENTS.get(kind, {})
    entries = {
        key: _settled_content(contents[key], child, inherited, alone=key in _ALONE) if key in contents else child
        for key, child in node.value.items()
    }
    return Node(entries, node.location, node.key)


def _settled_content(kind: str, node: Node, inherited: dict[str, Node], *, alone: bool) -> Node:
    if alone:
        return _heir(kind, node, inherited)
    if isinstance(node.value, list):
        return Node([_heir(kind, item, inherited) for item in node.value], node.location, node.key)
    return Node({name: _heir(kind, child, inherited) for name, child in node.value.items()}, node.location, node.key)


def _heir(kind: str, node: Node, inherited: dict[str, Node]) -> Node:
    long = _long_form(kind, node)
    return settled(kind, Node({**inherited, **long.value}, long.location, long.key))


def _long_form(kind: str, node: Node) -> Node:
    """The mapping of a short form: a type's name, a variable's values, the duration of a law, an empty state."""
    if isinstance(node.value, dict):
        return node
    if kind in _SHORT:
        return Node({_SHORT[kind]: node}, node.location, node.key)
    return Node({} if node.value is None else {"type": node}, node.location, node.key)


def laid_over(first: Node, second: Node, say: Say, *, apart: frozenset[str] = frozenset()) -> Node:
    """
    Merges two definitions: the keys of both, with their sources joined.

    A key in `apart` keeps the value of `second`. Any other key with two values is CM201 at the second place, unless
    both come from the same line.
    """
    entries = {key: child for key, child in first.value.items() if key not in apart}
    for key, child in second.value.items():
        before = entries.get(key)
        entries[key] = child if before is None or key in apart else _joined(key, before, child, say)
    return Node(entries, first.location, first.key)


def _joined(key: str, before: Node, after: Node, say: Say) -> Node:
    if before is after:
        return before
    if key == "source":
        names = [*_listed(before), *_listed(after)]
        return Node(list({item.value: item for item in names}.values()), before.location, before.key or after.key)
    if key == "standing" and (before.key is None or after.key is None):
        return after if before.key is None else before
    if isinstance(before.value, dict) and isinstance(after.value, dict):
        return laid_over(before, after, say)
    if before.location == after.location:
        return before
    arguments = {"name": key, "file": before.at.file, "line": before.at.line}
    say(Diagnostic("CM201", "said-twice", arguments, after.at, "a later file may only add: remove one of the two"))
    return before


def _listed(node: Node) -> list[Node]:
    return node.value if isinstance(node.value, list) else [node]
