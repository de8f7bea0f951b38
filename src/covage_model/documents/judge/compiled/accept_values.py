"""
What a slot says of one value, as expressions that are true where the value is not plainly right.

Doubts count as not right: the interpreter looks closer. A float is one where equality or an integer
matters, since engines read numbers beyond 64 bits, and those near zero, as floats.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from covage_model.documents.judge.values import CHECKS
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import formats
from covage_model.ground import iregexp as patterns
from covage_model.ground.iregexp.nodes import Alternation, Chars, Node, Repeat, Sequence

Constant = Callable[[Any], str]
_SHORT = 512  # characters: up to here `re` matches a safe pattern; longer texts go to the automaton
_DEPTH = 16  # of what may hold anything
_TYPES = {
    "string": "type({0}) is not str",
    "object": "type({0}) is not dict",
    "array": "type({0}) is not list",
    "boolean": "{0} is not True and {0} is not False",
    "null": "{0} is not None",
    "integer": "type({0}) is not int",
    "number": "type({0}) is not int and not plain_float({0})",
}


def value_checks(slot: Slot, name: str, constant: Constant, demanded: frozenset[str] = frozenset()) -> Iterator[str]:
    """
    Expressions about the local variable `name`, of which none is true for a value that is plainly right.

    `demanded` are the keywords, and "type", that were seen to hold.
    """
    for said in () if "type" in demanded or _asks_text(slot) else slot.types:
        template = _TYPES[said.value]
        if "plain_float" in template:
            template = template.replace("plain_float", constant(_is_plain_float))
        yield template.format(name)
    kinds = {said.value for said in slot.types}
    if not kinds or (kinds == {"object"} and slot.properties is None) or (kinds == {"array"} and slot.items is None):
        yield f"not {constant(_is_shallow)}({name})"
    for said in slot.keywords:
        if said.name in demanded:
            continue
        yield from _keyword(said.name, said.value, name, kinds, constant)


def _asks_text(slot: Slot) -> bool:
    """Whether a keyword lets nothing but texts pass, or raises TypeError: the type need not be looked at before."""
    if {said.value for said in slot.types} != {"string"} or not slot.keywords:
        return False
    first = slot.keywords[0]
    match first.name:
        case "enum":
            return all(isinstance(one, str) for one in first.value)
        case "const":
            return isinstance(first.value, str)
        case "pattern":
            return _is_quick(patterns.parse(first.value).root)
        case "format":
            return first.value in formats.QUICK
    return False


def _keyword(keyword: str, value: Any, name: str, kinds: set[str], constant: Constant) -> Iterator[str]:
    texts = kinds == {"string"}
    match keyword:
        case "enum" if texts and all(isinstance(one, str) for one in value):
            yield f"{name} not in {constant(frozenset(value))}"
        case "const" if texts and isinstance(value, str):
            yield f"{name} != {constant(value)}"
        case "pattern" if texts:
            yield from _pattern(value, name, constant)
        case "format" if texts and value in formats.QUICK:
            expression, longest = formats.QUICK[value]
            yield f"{constant(re.compile(expression).fullmatch)}({name}) is None or len({name}) > {longest}"
        case "format" if texts:
            yield f"not {constant(formats.FORMATS[value])}({name})"
        case "minLength" if texts:
            yield f"not {name}" if int(value) == 1 else f"len({name}) < {int(value)}"
        case "maxLength" if texts:
            yield f"len({name}) > {int(value)}"
        case "minItems" if kinds == {"array"}:
            yield f"len({name}) < {int(value)}"
        case "maxItems" if kinds == {"array"}:
            yield f"len({name}) > {int(value)}"
        case "uniqueItems" if kinds == {"array"}:
            is_right = f"{constant(CHECKS[keyword])}({name}, {constant(value)})"
            yield f"len({name}) > 1 and ({constant(_has_float)}({name}) or not {is_right})"
        case "enum" | "const" | "uniqueItems":
            yield f"{constant(_has_float)}({name}) or not {constant(CHECKS[keyword])}({name}, {constant(value)})"
        case _:
            yield f"not {constant(CHECKS[keyword])}({name}, {constant(value)})"


def _pattern(pattern: str, name: str, constant: Constant) -> Iterator[str]:
    """Whether a text does not match, or is long: by `re` where that cannot take long, else by the automaton."""
    parsed = patterns.parse(pattern)
    if _is_quick(parsed.root):
        matches = constant(re.compile(patterns.portable(parsed)).fullmatch)
        is_bounded = (patterns.longest(parsed) or 0) in range(1, _SHORT + 1)
        yield f"{matches}({name}) is None" if is_bounded else f"len({name}) > {_SHORT} or {matches}({name}) is None"
    else:
        yield f"not {constant(partial(patterns.matches, pattern))}({name})"


def _is_quick(root: Node) -> bool:
    """Whether a backtracking engine takes at most quadratic time: two open repetitions, none inside another."""
    pending: list[tuple[Node, bool]] = [(root, False)]
    open_ended = 0
    for node, inside in pending:  # grows as it is read
        match node:
            case Chars():
                continue
            case Repeat(part, low, high):
                if low != high and inside:
                    return False
                open_ended += low != high and (high is None or high > 8)
                pending.append((part, inside or low != high))
            case Sequence(nodes) | Alternation(nodes):
                pending.extend((each, inside) for each in nodes)
    return open_ended <= 2


def _is_plain_float(value: Any) -> bool:
    """A float that every reader has read as the same number, zero aside: it may have been too small."""
    return type(value) is float and 1e-300 < abs(value) < 2.0**53


def _has_float(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_has_float, value))
    return isinstance(value, float | dict)


def _is_shallow(value: Any) -> bool:
    """Whether nothing in a value, which may be anything, is deep or a number to doubt."""
    pending = [(value, 0)]
    for one, depth in pending:  # grows as it is read
        if isinstance(one, dict):
            pending.extend((each, depth + 1) for each in one.values())
        elif isinstance(one, list):
            pending.extend((each, depth + 1) for each in one)
        elif isinstance(one, float) and not _is_plain_float(one):
            return False
        if depth > _DEPTH:
            return False
    return True
