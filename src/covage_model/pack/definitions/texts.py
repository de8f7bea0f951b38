"""Conditions as short texts, the same for the same condition: names for what has none."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from covage_model.ground.dotted import dotted, in_condition
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import (
    TRUE,
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
    Scalar,
    Some,
    Starts,
    Test,
)
from covage_model.pack.model.lifecycle import Case, Sum, Variable
from covage_model.pack.model.values import Span

_LONG = 120
_BARE = ("here", "variable", "item", "scope")


def condition(said: Condition) -> str:
    """
    The condition as the language writes it, on one line; a long one is cut, and told from others by a digest.

    >>> condition(Holds(Ref("variable", ("seen",)), Literal("no")))
    '{"seen":"no"}'
    """
    return _short(_written(said))


def span(said: Span) -> str:
    """
    When something is required or forbidden.

    >>> span(Span(None, None, None, None)), span(Span("sent", None, None, None))
    ('true', '"sent"')
    """
    if said.before is None and said.when is None:
        return scalar(True if said.start is None else said.start)
    parts: dict[str, Any] = {"from": said.start, "before": said.before}
    parts["when"] = None if said.when is None else _written(said.when)
    return _short({name: value for name, value in parts.items() if value is not None})


def case(said: Case) -> str:
    """When a case is taken and where it leads: that, and not which of several it is, tells it from the others."""
    to = {"history": said.to} if said.history else said.target
    parts = {"guard": None if said.guard == TRUE else _written(said.guard), "to": to}
    return _short({**{name: value for name, value in parts.items() if value is not None}, "from": list(said.source)})


def becomes(value: Scalar | Sum) -> str:
    """
    What a variable is set to.

    >>> becomes("on"), becomes(Sum("tries", 1)), becomes(Sum("tries"))
    ('"on"', '{"at":"tries","add":1}', '{"at":"tries"}')
    """
    if not isinstance(value, Sum):
        return scalar(value)
    return _short({"at": value.at, **({"add": value.add} if value.add else {})})


def values(variable: Variable) -> list[tuple[str, Any]]:
    """Each value of a variable with its text; a range is one."""
    if variable.whole:
        return [(_short({"min": variable.values[0], "max": variable.values[-1]}), variable.values)]
    return [(scalar(value), value) for value in variable.values]


def scalar(value: Any) -> str:
    """A value as JSON: true is not "true"."""
    return _short(value)


def plain(value: Scalar) -> str:
    """A value as YAML writes it where nothing else is meant: a text without quotes, all else as JSON."""
    return value if isinstance(value, str) else scalar(value)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if len(text) <= _LONG:
        return text
    return f"{text[: _LONG - 20]}…{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _written(condition: Condition) -> Any:
    """A condition as a spec file writes it."""
    return tree.fold(condition, _joined)


def _joined(condition: Condition, parts: list[Any]) -> Any:
    match condition:
        case All():
            return {"all": parts}
        case AnyOf():
            return {"any": parts}
        case Not():
            return {"not": parts[0]}
        case Implies():
            return {"when": parts[0], "then": parts[1]}
        case DocumentReady(status):
            return {"document": status}
        case Holds(ref, test):
            return {_path(ref): _tested(test)}


def _path(ref: Ref) -> str:
    return in_condition(ref.names) if ref.root in _BARE and ref.names else dotted((ref.root, *ref.names))


def _tested(test: Test) -> Any:
    match test:
        case Literal(value):
            return value
        case In(values, absent):
            return [*values, {"present": False}] if absent else {"in": list(values)}
        case Starts(prefixes):
            return {"starts": list(prefixes)}
        case Present(present):
            return {"present": present}
        case Matches(pattern):
            return {"matches": pattern}
        case Range(least, most):
            return {"min": least, "max": most}
        case Count(least, most, where):
            return {"count": {"min": least, "max": most, "where": None if where is None else _written(where)}}
        case Some(inner):
            return {"some": _written(inner)}
        case Every(inner):
            return {"every": _written(inner)}
        case Among(ref):
            return {"among": _path(ref)}
        case Compare(relation, other):
            return {relation: {"at": _path(other)} if isinstance(other, Ref) else other}
