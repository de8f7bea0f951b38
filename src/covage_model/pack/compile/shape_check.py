"""Checks the shape of a spec file: finds every CM1xx and what a list has twice; returns what has no finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from covage_model.ground import dotted, json_value
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files.node import Node, plain
from covage_model.ground.nearest import in_other_quotes, nearest, quotes_hint
from covage_model.pack.compile import grammar, grammar_files
from covage_model.pack.compile.shapes import (
    Anything,
    Boolean,
    ByKey,
    ByKeys,
    ByKind,
    Items,
    Keys,
    Named,
    Null,
    Number,
    Shape,
    String,
)


def check_file(node: Node) -> tuple[str | None, Node | None, tuple[Diagnostic, ...]]:
    """
    The kind of a spec file, its part with the right shape, and the findings.

    The kind is a key of `grammar_files.FILES`, or None if it is not known.
    """
    findings: list[Diagnostic] = []
    if not isinstance(node.value, dict):
        return None, None, (_finding("CM103", "kind", node.location, expected="a mapping", found=_kind(node.value)),)
    kinds = [key for key in node.value if key in grammar_files.FILES]
    if len(kinds) != 1:
        return None, None, (_which_file(node, kinds),)
    pruned = _check(node, grammar_files.FILES[kinds[0]], findings.append)
    return kinds[0], pruned, tuple(findings)


def _which_file(node: Node, kinds: list[str]) -> Diagnostic:
    names = ", ".join(grammar_files.FILES)
    if kinds:
        return _finding("CM105", "several", node.value[kinds[1]].at, found=kinds, expected=list(grammar_files.FILES))
    return _finding(
        "CM105", "none", node.location, expected=list(grammar_files.FILES), hint=f"start with one of: {names}"
    )


def _check(node: Node, shape: Shape, say: Callable[[Diagnostic], None], key: str = "") -> Node | None:
    """The part of `node` that has the shape, or None; `key` is the key whose value it is."""
    match shape:
        case Named(name):
            return _check(node, grammar.SHAPES[name], say, key)
        case ByKind(options):
            chosen = next((option for option in options if _fits(node.value, option)), None)
            if chosen is None:
                say(_wrong_kind(node, options))
                return None
            return _check(node, chosen, say, key)
        case ByKeys(words, inner, outer):
            return _check_by_keys(node, words, inner, outer, say, key)
        case ByKey(word, inner, outer):
            return _check(node, inner if isinstance(node.value, dict) and word in node.value else outer, say, key)
        case _ if not _fits(node.value, shape):
            say(_wrong_kind(node, (shape,)))
            return None
        case Items():
            return _check_items(node, shape, say, key)
        case Keys():
            return _check_keys(node, shape, say)
        case String() | Number():
            problem = _scalar_problem(node, shape)
            if problem is not None:
                say(problem)
            return node if problem is None else None
        case _:
            return node


def _check_by_keys(
    node: Node, words: tuple[str, ...], inner: Shape | None, outer: Shape, say: Callable[[Diagnostic], None], key: str
) -> Node | None:
    if not isinstance(node.value, dict) or not node.value or any(name not in words for name in node.value):
        return _check(node, outer, say, key)
    if inner is not None:
        return _check(node, inner, say, key)
    say(_finding("CM103", "bare-test", node.at, found=", ".join(node.value)))
    return None


def _check_items(node: Node, shape: Items, say: Callable[[Diagnostic], None], key: str) -> Node | None:
    if len(node.value) < shape.least:
        say(_finding("CM107", "few", node.at, least=shape.least, found=len(node.value)))
        return None
    if shape.most is not None and len(node.value) > shape.most:
        say(_finding("CM107", "many", node.at, most=shape.most, found=len(node.value)))
        return None
    items = _each_once(node, say, key) if shape.once else node.value
    kept = [sound for item in items if (sound := _check(item, shape.item, say)) is not None]
    return Node(kept, node.location, node.key) if len(kept) >= shape.least else None


def _each_once(node: Node, say: Callable[[Diagnostic], None], key: str) -> list[Node]:
    """The items, each at its first place; any other place of it is a finding."""
    firsts: dict[str, Node] = {}
    for item in node.value:
        first = firsts.setdefault(json_value.canonical(plain(item)), item)
        if first is not item:
            structured = isinstance(item.value, dict | list)
            arguments = {"line": first.at.line} if structured else {"name": item.value}
            form = "item" if structured else "value"
            say(_finding("CM201", form, item.at, hint="remove one of the two", of=key, **arguments))
    return list(firsts.values())


def _check_keys(node: Node, shape: Keys, say: Callable[[Diagnostic], None]) -> Node | None:
    """The mapping without faulty entries; None if the rest breaks the grammar, which builders rely on."""
    kept: dict[str, Node] = {}
    problems = list(_key_problems(node, shape))
    for problem in problems:
        say(problem)
    for key, child in node.value.items():
        expected = shape.known.get(key)
        if expected is None and shape.names is not None and shape.named is not None and _spelled(key, shape.names):
            expected = shape.named
        if expected is not None:
            sound = _check(child, expected, say, key)
            if sound is not None:
                kept[key] = sound
    left = Node(kept, node.location, node.key)
    if len(kept) < len(node.value):
        problems = list(_key_problems(left, shape))
    return None if problems else left


def _key_problems(node: Node, shape: Keys) -> Iterator[Diagnostic]:
    keys = list(node.value)
    for key in keys:
        if key in shape.known:
            continue
        if shape.names is None:
            yield _unknown_key(node.value[key], key, shape)
        elif not _spelled(key, shape.names):
            hint = _path_hint(key, shape.names)
            yield _finding("CM106", "key", node.value[key].at, hint=hint, found=key, expected=shape.names.what)
    for key in shape.required:
        if key not in keys:
            yield _finding("CM102", "missing", node.at, key=key, where=shape.what)
    if shape.one_of:
        present = [group for group in shape.one_of if any(key in keys for key in group)]
        if len(present) != 1:
            yield _one_of(node, shape, present)
    for pair in shape.together:
        if (pair[0] in keys) != (pair[1] in keys):
            alone, other = pair if pair[0] in keys else pair[::-1]
            yield _finding("CM108", "alone", node.value[alone].at, key=alone, other=other)
    if len(keys) < shape.least:
        yield _finding("CM107", "empty", node.at, what=shape.what)


def _one_of(node: Node, shape: Keys, present: list[tuple[str, ...]]) -> Diagnostic:
    legal = ["/".join(group) for group in shape.one_of]
    if not present:
        return _finding("CM105", "one-of-none", node.at, where=shape.what, expected=legal)
    group = {key: number for number, keys in enumerate(shape.one_of) for key in keys}
    first = next(key for key in node.value if key in group)
    second = next(key for key in node.value if key in group and group[key] != group[first])
    at = node.value[second].at
    return _finding("CM105", "one-of-several", at, where=shape.what, expected=legal, first=first, found=second)


def _unknown_key(node: Node, key: str, shape: Keys) -> Diagnostic:
    return _finding(
        "CM101", "key", node.at, hint=nearest(key, shape.known), key=key, where=shape.what, legal=sorted(shape.known)
    )


def _scalar_problem(node: Node, shape: String | Number) -> Diagnostic | None:
    value = node.value
    if isinstance(shape, Number):
        if shape.whole and value != int(value):
            return _finding("CM103", "kind", node.at, expected="a whole number", found=repr(value))
        if (shape.least is not None and value < shape.least) or (shape.most is not None and value > shape.most):
            low = shape.least is not None and value < shape.least
            return _finding("CM104", "low" if low else "high", node.at, found=value, least=shape.least, most=shape.most)
        return None
    if shape.choices and value not in shape.choices:
        return _finding(
            "CM104", "choice", node.at, hint=nearest(value, shape.choices), found=value, legal=list(shape.choices)
        )
    if not _spelled(value, shape) or len(value) < shape.least:
        return _finding("CM106", "value", node.at, hint=_path_hint(value, shape), found=value, expected=shape.what)
    return None


def _path_hint(text: str, shape: String) -> str | None:
    """How to write what should be a path: without marks of lists, or with its odd keys in `["…"]`."""
    if shape.pattern != dotted.PATTERN:
        return None
    if "[]" in text:
        path = text.replace("[]", "")
    elif "[" in text and text.count('["') != text.count('"]'):
        path = dotted.dotted([text])
    else:
        path = dotted.dotted(dotted.keys(text) if '["' in text else [text] if "[" in text else text.split("."))
    if not _spelled(path, shape) or "'" in path:
        return None
    return f"write it as '{path}'" if "[" in path else f"write it as {path}"


def _spelled(text: str, shape: String) -> bool:
    return shape.pattern is None or re.fullmatch(shape.pattern, text) is not None


def _fits(value: Any, shape: Shape) -> bool:
    match shape:
        case String():
            return isinstance(value, str)
        case Boolean():
            return isinstance(value, bool)
        case Number():
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Null():
            return value is None
        case Items():
            return isinstance(value, list)
        case Keys() | ByKeys() | ByKey():
            return isinstance(value, dict) or (isinstance(shape, ByKey) and _fits(value, shape.outer))
        case Named(name):
            return _fits(value, grammar.SHAPES[name])
        case ByKind(options):
            return any(_fits(value, option) for option in options)
        case Anything():
            return True


def _wrong_kind(node: Node, options: tuple[Shape, ...]) -> Diagnostic:
    expected = " or ".join(dict.fromkeys(_expected(option) for option in options))
    return _finding("CM103", "kind", node.at, hint=_quotes(node, options), expected=expected, found=_kind(node.value))


def _quotes(node: Node, options: tuple[Shape, ...]) -> str | None:
    """The hint that the value would do with quotes, or without them."""
    other = in_other_quotes(node.value)
    if other is json_value.ABSENT or not any(_fits(other, option) for option in options):
        return None
    return quotes_hint(other)


def _expected(shape: Shape) -> str:
    match shape:
        case String(what) | Keys(what=what):
            return what.partition(" (")[0]
        case Boolean():
            return "true or false"
        case Number(whole):
            return "a whole number" if whole else "a number"
        case Null():
            return "nothing"
        case Items():
            return "a list"
        case ByKeys(_, _, outer) | ByKey(_, _, outer):
            return _expected(outer)
        case ByKind(options):
            return " or ".join(dict.fromkeys(_expected(option) for option in options))
        case Named(name):
            return _expected(grammar.SHAPES[name])
        case Anything():
            return "any value"


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value!r}"
    if isinstance(value, str):
        return f"the text {value!r}" if len(value) <= 40 else "a text"
    return "a list" if isinstance(value, list) else "a mapping"


def _finding(code: str, form: str, location: Location, *, hint: str | None = None, **arguments: Any) -> Diagnostic:
    return Diagnostic(code, form, arguments, location, hint)
