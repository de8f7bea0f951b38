"""
The oracle's reading of tests: which values pass one, and which tests exclude each other.

Written from the language's description alone. An *atom* is a test of the document or the account in a
lifecycle; a *valuation* gives each atom a truth.
"""

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
    """Whether some value of each path passes its (path, test, truth)s, and some two those that compare two paths."""
    by_path: dict[str, list[tuple[Any, bool]]] = {}
    for path, test, holds in tests:
        if path != "document":
            by_path.setdefault(path, []).append((test, holds))
    return _comparable(tests) and all(map(_some_value, by_path.values()))


NOTHING, LIST, OBJECT, OTHER = "nothing", "list", "object", "~~~~"  # kinds of values, and the end of a text
OF_LISTS = {"count", "some", "every"}


def _some_value(tests: list[tuple[Any, bool]]) -> bool:
    """Whether one of many values passes these tests, or does not, as it is told; what is not known may be either."""
    named = [value for test, _ in tests for value in _literals(test)]
    prefixes = [prefix for test, _ in tests if isinstance(test, dict) for prefix in listed(test.get("starts", ""))]
    numbers = [value for value in named if isinstance(value, int | float) and not isinstance(value, bool)]
    tried: list[tuple[str, Any]] = [(kind, None) for kind in (NOTHING, LIST, OBJECT)]
    tried += [("named", value) for value in (None, True, False, 0, *named)]
    tried += [("named", number + step / 8) for number in numbers for step in range(-8, 9)]
    tried += [("text", prefix + OTHER) for prefix in prefixes] + [("text", OTHER)]
    return any(all(_gives(test, *each) in (None, holds) for test, holds in tests) for each in tried)


def _literals(test: Any) -> list[Any]:
    if not isinstance(test, dict):
        return [test]
    words = ("in", *sorted(NEEDS_A_VALUE - {"matches"}))
    return [each for word in words for each in listed(test.get(word, [])) if not isinstance(each, dict)]


def _gives(test: Any, kind: str, value: Any) -> bool | None:
    """The truth of a test for a value; None where it depends on more than is known."""
    if not isinstance(test, dict):
        return kind == "named" and same(value, test)
    told = [_gives_word(word, said, kind, value) for word, said in test.items()]
    return False if False in told else None if None in told else True


def _gives_word(word: str, said: Any, kind: str, value: Any) -> bool | None:
    if word == "present":
        return bool(said) is (kind != NOTHING)
    if kind == NOTHING:
        return word == "every" or (word == "count" and _counts_none(said))
    if isinstance(said, dict) and "at" in said:
        return None
    if word in OF_LISTS:
        return None if kind == LIST else False
    if kind in (LIST, OBJECT) or (kind == "text" and word not in ("starts", "matches")):
        return False
    if kind == "text" and word == "matches":
        return None
    return _passes_word(value, word, said)


def _counts_none(said: Any) -> bool:
    return said == 0 if not isinstance(said, dict) else not said.get("min")


# Two values of each relation: absent, before, after, equal, one instant written twice, equal or not without an order.
PAIRS = ((None, None), (1, 2), (2, 1), (1, 1), ("12:00+01:00", "11:00Z"), ("x", "x"), ("x", "y"))
LEVEL = {"12:00+01:00": 3, "11:00Z": 3, 1: 1, 2: 2}  # what is ordered


def _comparable(tests: list[tuple[str, Any, bool]]) -> bool:
    """Whether for each two paths (and each path and bound) some two values satisfy all comparisons of them."""
    compared = [(path, *_comparison(test), holds) for path, test, holds in tests if _comparison(test)]
    for _, _, other, holds in compared:
        if holds and isinstance(other, dict):
            beside = [(test, truth) for at, test, truth in tests if at == other["at"]]
            if any(not _some_value([(test, truth), ({"present": True}, True)]) for test, truth in beside):
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
    """The relation and the place that is compared with, of a test with one comparison word."""
    if not isinstance(test, dict) or len(test) != 1:
        return None
    ((word, said),) = test.items()
    return (word, said) if isinstance(said, dict) and set(said) == {"at"} else None


def _stands(left: Any, right: Any, relation: str) -> bool:
    if left is None or right is None:
        return False
    if relation == "is":
        return bool(left == right)
    if left not in LEVEL or right not in LEVEL:
        return False
    first, second = LEVEL[left], LEVEL[right]
    return {"min": first >= second, "max": first <= second, "above": first > second, "below": first < second}[relation]


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
    if word in ("above", "below"):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return bool(value > said) if word == "above" else bool(value < said)
    if word in ("in", "is"):
        return any(same(value, each) for each in listed(said))
    if word == "starts":
        return isinstance(value, str) and value.startswith(tuple(listed(said)))
    if word == "present":
        return bool(said)
    raise ValueError(f"{word} does not test a scalar")
