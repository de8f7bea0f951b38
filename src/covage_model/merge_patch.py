"""JSON Merge Patch (RFC 7396): applied, and found."""

from __future__ import annotations

from typing import Any

from covage_model.conditions import truth


class Unreachable(Exception):
    """No merge patch leads to the data: it has a null that the target lacks, and in a patch null removes."""


def merged(target: Any, patch: Any) -> Any:
    """
    A JSON Merge Patch applied (RFC 7396): null removes, anything but an object replaces.

    >>> merged({"a": 1, "b": {"c": 2}}, {"a": None, "b": {"d": 3}})
    {'b': {'c': 2, 'd': 3}}
    """
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def difference(target: Any, wanted: Any) -> Any:
    """
    The smallest merge patch that turns `target` into `wanted`; `{}` where both are one object.

    Raises Unreachable where there is none. A null inside a list is no member, and no obstacle.

    >>> difference({"a": 1, "b": {"c": 2}}, {"b": {"c": 2, "d": [None]}})
    {'a': None, 'b': {'d': [None]}}
    """
    if not isinstance(wanted, dict):
        if wanted is None:
            raise Unreachable
        return wanted
    before = target if isinstance(target, dict) else {}
    patch: dict[str, Any] = {name: None for name in before if name not in wanted}
    for name, value in wanted.items():
        if name not in before or not truth.equal(before[name], value):
            patch[name] = difference(before.get(name), value)
    return patch
