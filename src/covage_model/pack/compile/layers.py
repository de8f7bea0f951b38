"""Lays profiles over one another. Unlike other definitions, a later profile replaces what an earlier one says."""

from __future__ import annotations

from covage_model.ground.files.node import Node

_BY_NAME = frozenset({"actors", "transitions"})  # sections of entries whose keys are replaced one by one
_BY_KEY = frozenset({"time", "calendars", "arrivals", "mix", "documents", "timers", "log"})


def layered(base: Node, later: Node) -> Node:
    """
    The profile `base` with what `later` says in its place.

    Of a transition or an actor each key is replaced, so that `waits` may change and `weight` stay; calendars and timers
    are replaced whole.
    """
    entries = dict(base.value)
    for key, child in later.value.items():
        before = entries.get(key)
        if before is None or key not in _BY_NAME | _BY_KEY:
            entries[key] = child
        elif key in _BY_NAME:
            names = {**before.value}
            for name, entry in child.value.items():
                names[name] = _over(names[name], entry) if name in names else entry
            entries[key] = Node(names, child.location, child.key)
        else:
            entries[key] = _over(before, child)
    return Node(entries, later.location, later.key)


def _over(before: Node, after: Node) -> Node:
    return Node({**before.value, **after.value}, after.location, after.key)


def with_setting(profile: Node, path: tuple[str, ...], value: Node) -> Node:
    """The profile with one value replaced or added at a path of keys. Raises KeyError where a key is no mapping."""
    key, *rest = path
    if not isinstance(profile.value, dict):
        raise KeyError(key)
    if rest:
        below = profile.value.get(key, Node({}, value.location, value.key))
        value = with_setting(below, tuple(rest), value)
    return Node({**profile.value, key: value}, profile.location, profile.key)
