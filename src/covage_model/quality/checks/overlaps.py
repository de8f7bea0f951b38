"""Finds candidates for overlapping matches without comparing all pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from covage_model.ground import json_value
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import In, Starts
from covage_model.pack.model.matches import Match

_Matches = Sequence[tuple[Match, ...]]


def groups(matches: _Matches) -> Iterator[list[int]]:
    """
    Splits the matches (by number) into groups. No document satisfies two matches of different groups.

    A group is split by each path that all its matches test: those with equal values or with a common prefix
    stay together. This takes nearly linear time if all matches test the same paths.
    """
    pending: list[tuple[list[int], frozenset[tuple[str, ...]]]] = [(list(range(len(matches))), frozenset())]
    while pending:
        group, split = pending.pop()
        path = None if len(group) < 2 else _common_path(matches, group, split)
        if path is None:
            yield group
        else:
            pending.extend((part, split | {path}) for part in _linked(matches, group, path))


def meeting(matches: _Matches, group: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs of a group that one document may satisfy, each once, the smaller number first."""
    path = _common_path(matches, group, frozenset())
    if path is None:
        yield from combinations(sorted(group), 2)
        return
    seen: set[tuple[int, int]] = set()
    for number, others in _links(matches, group, path):
        for other in others:
            pair = (min(number, other), max(number, other))
            if number != other and pair not in seen:
                seen.add(pair)
                yield pair


def _common_path(matches: _Matches, group: Sequence[int], split: frozenset[tuple[str, ...]]) -> tuple[str, ...] | None:
    """A path that all matches of the group test and that is not in `split`."""
    for entry in matches[group[0]]:
        path = entry.path
        if path not in split and all(any(other.path == path for other in matches[number]) for number in group):
            return path
    return None


def _linked(matches: _Matches, group: Sequence[int], path: tuple[str, ...]) -> list[list[int]]:
    leaders = {number: number for number in group}

    def leader(number: int) -> int:
        while leaders[number] != number:
            leaders[number] = leaders[leaders[number]]
            number = leaders[number]
        return number

    for number, others in _links(matches, group, path):
        if others:  # the last one is enough: the others are linked with it already
            leaders[leader(number)] = leader(others[-1])
    parts: dict[int, list[int]] = {}
    for number in group:
        parts.setdefault(leader(number), []).append(number)
    return list(parts.values())


def _links(matches: _Matches, group: Sequence[int], path: tuple[str, ...]) -> Iterator[tuple[int, list[int]]]:
    """For each value and prefix that the group lists for a path, the earlier matches that may accept the same."""
    texts: list[tuple[str, bool, int]] = []
    others: dict[str, list[int]] = {}
    for number in group:
        test = next(entry.test for entry in matches[number] if entry.path == path)
        if isinstance(test, In) and test.absent:
            absent = others.setdefault("", [])  # no canonical JSON is empty
            yield number, absent
            absent.append(number)
        for value in truth.listed(test) or ():
            if isinstance(value, str):
                texts.append((value, True, number))
            else:
                same = others.setdefault(json_value.canonical(value), [])
                yield number, same
                same.append(number)
        if isinstance(test, Starts):
            texts.extend((prefix, False, number) for prefix in test.prefixes)
    yield from _text_links(sorted(texts))


def _text_links(texts: list[tuple[str, bool, int]]) -> Iterator[tuple[int, list[int]]]:
    """
    Links of sorted texts, a prefix before the same text as a value.

    In this order all texts follow their prefix, so the prefixes that are still open form a
    stack, with equal values on top of it.
    """
    stack: list[tuple[str, bool]] = []
    opened: list[int] = []
    for text, is_value, number in texts:
        while stack and not (text == stack[-1][0] if stack[-1][1] else text.startswith(stack[-1][0])):
            stack.pop()
            opened.pop()
        yield number, opened
        stack.append((text, is_value))
        opened.append(number)
