"""The portable spelling of a pattern, and properties that its syntax tree shows without an automaton."""

from __future__ import annotations

from covage_model.ground.iregexp.automaton import automaton
from covage_model.ground.iregexp.charsets import SURROGATES
from covage_model.ground.iregexp.nodes import Alternation, Chars, Node, Pattern, Repeat, Sequence


def portable(pattern: Pattern) -> str:
    r"""
    A spelling that means the same in Python's `re`, ECMA-262 (with u) and the regex crates, ^ and $ included.

    `re` lets $ match before a final newline: see `may_end_in_newline`.

    >>> from covage_model.ground.iregexp.syntax import parse
    >>> portable(parse("^(a|.)-[$]$")), portable(parse("^a|b$"))
    ('^(?:a|[^\\n\\r])-\\$$', '^(?:a|b)$')
    """
    return f"^{_part(pattern.root)}$"


def longest(pattern: Pattern) -> int | None:
    """The length in code points of the longest match; None if there is no longest."""
    return _longest(pattern.root)


def may_end_in_newline(pattern: Pattern) -> bool:
    """Whether some match ends in a newline. If none does, a schema can forbid one beside the pattern."""
    machine = automaton(pattern)
    return any(
        mask & machine.last and any(low <= 10 <= high for low, high in ranges)
        for ranges, mask in zip(machine.sets, machine.members, strict=True)
    )


def literal(text: str) -> str:
    """The portable spelling of exactly `text`."""
    return "".join(_character(ord(character), _SYNTAX) for character in text)


def _longest(node: Node) -> int | None:
    match node:
        case Chars():
            return 1
        case Repeat(part, _, high):
            once = _longest(part)
            if once == 0 or high == 0:
                return 0
            return None if once is None or high is None else once * high
        case Sequence(nodes):
            lengths = [_longest(each) for each in nodes]
            return None if None in lengths else sum(length or 0 for length in lengths)
        case Alternation(nodes):
            lengths = [_longest(each) for each in nodes]
            return None if None in lengths else max(length or 0 for length in lengths)


def _spelled(node: Node) -> str:
    match node:
        case Chars():
            return _class(node)
        case Sequence(parts):
            return "".join(map(_part, parts))
        case Alternation(branches):
            return "|".join(map(_spelled, branches))
        case Repeat(part):
            # the regex crates reject repetitions of the empty string
            return "" if _longest(node) == 0 else _atom(part) + _quantifier(node)


def _part(node: Node) -> str:
    return f"(?:{_spelled(node)})" if isinstance(node, Alternation) else _spelled(node)


def _atom(node: Node) -> str:
    return _spelled(node) if isinstance(node, Chars) else f"(?:{_spelled(node)})"


def _quantifier(node: Repeat) -> str:
    match node.low, node.high:
        case 0, None:
            return "*"
        case 1, None:
            return "+"
        case 0, 1:
            return "?"
        case low, None:
            return f"{{{low},}}"
        case low, high:
            return f"{{{low}}}" if low == high else f"{{{low},{high}}}"
    raise AssertionError(node)  # pragma: no cover - mypy cannot see that the cases are all


def _class(node: Chars) -> str:
    items = _over_surrogates(node.items)
    if not node.negated and len(items) == 1 and items[0][0] == items[0][1]:
        return _character(items[0][0], _SYNTAX)
    inner = "".join(map(_range, items))
    return f"[{'^' if node.negated else ''}{inner}]"


def _over_surrogates(items: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Joins two ranges that only the surrogates separate: it is easier to read, and all engines accept it."""
    joined: list[tuple[int, int]] = []
    for low, high in items:
        if joined and joined[-1][1] + 1 == SURROGATES[0] and low == SURROGATES[1] + 1:
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return joined


def _range(pair: tuple[int, int]) -> str:
    low, high = (_character(code, _SYNTAX_IN_CLASS) for code in pair)
    return low if pair[0] == pair[1] else low + high if pair[0] + 1 == pair[1] else f"{low}-{high}"


def _character(code: int, escaped: frozenset[str]) -> str:
    """The character itself if it is readable or beyond U+FFFF, where engines share no escape; else an escape."""
    character = chr(code)
    if character in escaped:
        return "\\" + character
    if 0x20 <= code < 0x7F or (0xA0 < code < 0x250 and code != 0xAD) or code > 0xFFFF:
        return character
    return _CONTROLS.get(character) or f"\\u{code:04x}"


_SYNTAX = frozenset("^$\\.*+?()[]{}|")
_SYNTAX_IN_CLASS = _SYNTAX - set(".*+?(){}$") | {"-"}
_CONTROLS = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
