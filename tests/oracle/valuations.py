"""
The oracle's reading of tests: which values pass one, and which tests exclude each other.

Written from the language's description alone. An *atom* is a test of the document or the account in a
lifecycle; a *valuation* gives each atom a truth.
"""

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

Scalar = str | int | float | bool | None

JOINING = {"all", "any", "not", "when", "then"}  # the words that join conditions
NEEDS_A_VALUE = {
    "min",
    "max",
    "above",
    "below",
    "is",
    "matches",
}  # false where nothing is; no other exclusion is decided


def atom(path: str, test: Any) -> str:
    """The text of a test on `order.` or `account.`, or of `document: S`."""
    return f"document {test}" if path == "document" else json.dumps([path, test], sort_keys=True)


def same(left: Any, right: Any) -> bool:
    """JSON equality: true is not 1, and 1 is 1.0."""
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def listed(said: Any) -> list[Any]:
    """A list as it is; anything else as a list of one."""
    return said if isinstance(said, list) else [said]


def atoms_in(condition: Any) -> Iterator[tuple[str, Any]]:
    """Each (path, test) of `condition` on the document or the account."""
    for key, said in condition.items():
        if key in JOINING:
            for part in listed(said):
                yield from atoms_in(part)
        elif key == "document" or key.split(".")[0] in ("order", "account"):
            yield key, said


def possible(tests: list[tuple[str, Any, bool]]) -> bool:
    """Whether none of these (path, test, truth) on one path, or comparisons of two paths, exclude each other."""
    return _comparable(tests) and not any(
        _exclude(one, other) or _exclude(other, one)
        for one, other in itertools.combinations(tests, 2)
        if one[0] == other[0] != "document"
    )


# Two values of each relation: absent, before, after, equal, one instant written twice, equal or not without an order.
PAIRS = ((None, None), (1, 2), (2, 1), (1, 1), ("12:00+01:00", "11:00Z"), ("x", "x"), ("x", "y"))
LEVEL = {"12:00+01:00": 3, "11:00Z": 3, 1: 1, 2: 2}  # what is ordered


def _comparable(tests: list[tuple[str, Any, bool]]) -> bool:
    """Whether for each two paths (and each path and bound) some two values satisfy all comparisons of them."""
    compared = [(path, *_comparison(test), holds) for path, test, holds in tests if _comparison(test)]
    for _, _, other, holds in compared:
        if holds and isinstance(other, dict):
            beside = [(test, truth) for at, test, truth in tests if at == other["at"]]
            if any(_exclude(("", {"matches": ""}, True), ("", test, truth)) for test, truth in beside):
                return False
    for path, _, other, _ in compared:
        same = [
            (relation, holds, at == path)
            for at, relation, to, holds in compared
            if (at, to) == (path, other) or (isinstance(other, dict) and (at, to) == (other["at"], {"at": path}))
        ]
        if not any(
            all(_stands(*(pair if forth else pair[::-1]), relation) is holds for relation, holds, forth in same)
            for pair in PAIRS
        ):
            return False
    return True


def _comparison(test: Any) -> tuple[str, Any] | None:
    """The relation and what is compared with, of a test with one comparison word and a place, or `above`, `below`."""
    if not isinstance(test, dict) or len(test) != 1:
        return None
    ((word, said),) = test.items()
    placed = isinstance(said, dict) and set(said) == {"at"}
    return (word, said) if placed or word in ("above", "below") else None


def _stands(left: Any, right: Any, relation: str) -> bool:
    if left is None or right is None:
        return False
    if relation == "is":
        return bool(left == right)
    if left not in LEVEL or right not in LEVEL:
        return False
    first, second = LEVEL[left], LEVEL[right]
    return {"min": first >= second, "max": first <= second, "above": first > second, "below": first < second}[relation]


def _exclude(one: tuple[str, Any, bool], other: tuple[str, Any, bool]) -> bool:
    (_, test, holds), (_, second, second_holds) = one, other
    if holds and _needs_a_value(test):
        return (second == {"present": True} and not second_holds) or (second == {"present": False} and second_holds)
    if _kind(test) == "other" or _kind(second) == "other":
        return False
    if holds and second_holds:
        return _no_common_value(test, second)
    if holds:
        return _implies(test, second)
    return not second_holds and {_kind(test), _kind(second)} == {"there", "absent"}


def _kind(test: Any) -> str:
    """The kind of a test: listed `values`, `starts`, `there`, `absent`, or `other`."""
    if not isinstance(test, dict) or set(test) == {"in"}:
        return "values"
    if set(test) == {"starts"}:
        return "starts"
    if set(test) == {"present"}:
        return "there" if test["present"] else "absent"
    return "other"


def _needs_a_value(test: Any) -> bool:
    return isinstance(test, dict) and bool(test) and set(test) <= NEEDS_A_VALUE


def _values(test: Any) -> list[Any]:
    return list(test["in"]) if isinstance(test, dict) else [test]


def _has(value: Any, test: Any) -> bool:
    """Whether a value that is present passes a test of one of the four decided kinds."""
    kind = _kind(test)
    if kind == "values":
        return any(same(value, each) for each in _values(test))
    if kind == "starts":
        return isinstance(value, str) and value.startswith(tuple(listed(test["starts"])))
    return kind == "there"


def _no_common_value(test: Any, second: Any) -> bool:
    kind, second_kind = _kind(test), _kind(second)
    if kind == "values":
        return not any(_has(value, second) for value in _values(test))
    if second_kind == "values":
        return not any(_has(value, test) for value in _values(second))
    if kind == second_kind == "starts":
        pairs = itertools.product(listed(test["starts"]), listed(second["starts"]))
        return not any(a.startswith(b) or b.startswith(a) for a, b in pairs)
    return (kind == "absent") != (second_kind == "absent")


def _implies(test: Any, second: Any) -> bool:
    """Whether every value that passes `test` passes `second`."""
    kind, second_kind = _kind(test), _kind(second)
    if kind == "values":
        return all(_has(value, second) for value in _values(test))
    if kind == second_kind == "starts":
        return all(a.startswith(tuple(listed(second["starts"]))) for a in listed(test["starts"]))
    if kind == "starts":
        return second_kind == "there"
    return kind == second_kind


def passes(value: Scalar, test: Any) -> bool:
    """Whether a scalar that is present passes a test; several test words mean *and*."""
    if not isinstance(test, dict):
        return same(value, test)
    return all(_passes_word(value, word, said) for word, said in test.items())


def _passes_word(value: Scalar, word: str, said: Any) -> bool:
    if word == "matches":
        pattern = said.removeprefix("^").removesuffix("$")
        return isinstance(value, str) and re.fullmatch(pattern, value) is not None
    if word in ("min", "max"):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return bool(value >= said) if word == "min" else bool(value <= said)
    if word in ("in", "starts", "present"):
        return _has(value, {word: said})
    raise ValueError(f"{word} does not test a scalar")
