"""JSON values: absence, equality, reading and editing at a path, and JSON Merge Patch (RFC 7396)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Any


class _Absent:
    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Any = _Absent()


def equal(left: Any, right: Any) -> bool:
    """
    JSON equality: true is not 1, 1 equals 1.0, lists in order, objects in any order.

    >>> equal(1, 1.0), equal(True, 1), equal({"a": [1]}, {"a": [1.0]})
    (True, False, True)
    """
    if isinstance(left, str):  # most are
        return isinstance(right, str) and left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(value, right[key]) for key, value in left.items())
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left == right
    return type(left) is type(right) and bool(left == right)


def canonical(value: Any) -> str:
    """
    A text that is the same for two JSON values exactly if they are `equal`; its length is linear in the value.

    Sets hold these texts, not the values: the hash of a number is predictable, so a hostile document could
    force collisions; the hash of a text is randomized.

    >>> canonical({"b": 1.0, "a": [True]}) == canonical({"a": [True], "b": 1})
    True
    """
    if isinstance(value, dict):
        members = sorted((json.dumps(name), canonical(member)) for name, member in value.items())
        return "{" + ",".join(f"{name}:{member}" for name, member in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float) and value.is_integer():
        return hex(int(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return hex(value)  # decimal digits would take quadratic time
    return json.dumps(value)


def distinct(values: Iterable[Any]) -> list[Any]:
    """The values, each once by JSON equality, in order of first appearance."""
    firsts: dict[str, Any] = {}
    for value in values:
        firsts.setdefault(canonical(value), value)
    return list(firsts.values())


def is_number(value: Any) -> bool:
    """Whether `value` is a number in JSON Schema; a boolean is not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def at(value: Any, path: Sequence[str | int]) -> Any:
    """The value at a path of member names and item numbers, or ABSENT."""
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else ABSENT
        else:
            value = value.get(step, ABSENT) if isinstance(value, dict) else ABSENT
    return value


def paths(value: Any, here: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of all values within, outer ones first."""
    steps: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        steps = value.items()
    elif isinstance(value, list):
        steps = enumerate(value)
    for step, inner in steps:
        yield (*here, step)
        yield from paths(inner, (*here, step))


def path_of(data: Any, names: Iterable[str]) -> tuple[str | int, ...]:
    """
    The path that the names of a JSON Pointer spell in the data: the number of an item is an int, other steps are names.

    >>> path_of({"a": [{"0": 1}]}, ("a", "0", "0"))
    ('a', 0, '0')
    """
    path: list[str | int] = []
    for name in names:
        path.append(int(name) if isinstance(data, list) and name.isascii() and name.isdigit() else name)
        data = at(data, path[-1:])
    return tuple(path)


def placed(data: Any, path: Sequence[str | int], value: Any) -> Any:
    """
    The data with `value` at the path; what is not on the way is shared.

    Objects on the way are made, a value that cannot hold the next step is replaced by an object,
    and an item beyond the end of a list is appended.

    >>> placed({"a": {"b": 1}}, ("a", "c"), 2), placed({"a": 1}, ("a", "b"), 2), placed([1], (5,), 2)
    ({'a': {'b': 1, 'c': 2}}, {'a': {'b': 2}}, [1, 2])
    """
    if not path:
        return value
    step = path[0]
    if isinstance(data, list) and isinstance(step, int):
        inner = data[step] if step < len(data) else {}
        return [*data[:step], placed(inner, path[1:], value), *data[step + 1 :]]
    members = data if isinstance(data, dict) else {}
    return {**members, step: placed(members.get(step, {}), path[1:], value)}


def with_value(data: Any, path: Sequence[str | int], value: Any) -> Any:
    """
    As `placed`, but the data as they are where the path has no holder.

    >>> with_value({"a": [1, 2]}, ("a", 1), 3), with_value({}, ("b", "c"), 3)
    ({'a': [1, 3]}, {})
    """
    holder = at(data, path[:-1])
    in_list = isinstance(holder, list) and bool(path) and isinstance(path[-1], int) and path[-1] < len(holder)
    return placed(data, path, value) if not path or isinstance(holder, dict) or in_list else data


def without(data: Any, path: Sequence[str | int]) -> Any:
    """
    The data without what is at the path, ABSENT without the whole; what is not on the way is shared.

    >>> without({"a": [1, 2]}, ("a", 0)), without({"a": 1}, ("b",)), without(1, ())
    ({'a': [2]}, {'a': 1}, ABSENT)
    """
    if at(data, path) is ABSENT:
        return data
    if not path:
        return ABSENT
    holder = copy(at(data, path[:-1]))
    del holder[path[-1]]
    return placed(data, path[:-1], holder)


def every_value_at(value: Any, names: Sequence[str]) -> Iterator[Any]:
    """All values at the path `names`, where a step through a list means each of its items."""
    if isinstance(value, list):
        for item in value:
            yield from every_value_at(item, names)
    elif not names:
        yield value
    elif isinstance(value, dict) and names[0] in value:
        yield from every_value_at(value[names[0]], names[1:])


class Unreachable(Exception):
    """No merge patch gives the data: it has a null that the target lacks, but null in a patch removes a member."""


def merged(target: Any, patch: Any) -> Any:
    """
    Applies a JSON Merge Patch (RFC 7396): null removes a member; any value but an object replaces.

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
    The smallest merge patch that turns `target` into `wanted`; `{}` if they are equal objects.

    Raises Unreachable if there is none. A null inside a list is allowed, since it is not a member.

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
        if name not in before or not equal(before[name], value):
            patch[name] = difference(before.get(name), value)
    return patch
