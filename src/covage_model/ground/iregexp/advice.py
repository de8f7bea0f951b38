"""Hints for pattern syntax that I-Regexp does not have, or that engines interpret differently."""

from __future__ import annotations

MISREAD = {
    "^": r'"^" inside a pattern is an anchor to most engines: type "\^" for the character',
    "$": '"$" inside a pattern is an anchor to most engines: type "[$]" for the character',
    "]": r'"]" closes no class: type "\]" for the character',
    "}": r'"}" closes no quantifier: type "\}" for the character',
}
ADVICE_IN_CLASS = {
    "d": 'type "0-9"',
    "w": 'type "A-Za-z0-9_"',
    "s": r'type " \t\n\r"',
    "u": "type the character itself",
    "x": "type the character itself",
}
ADVICE = {
    **ADVICE_IN_CLASS,
    "d": 'type "[0-9]"',
    "D": 'type "[^0-9]"',
    "w": 'type "[A-Za-z0-9_]"',
    "W": 'type "[^A-Za-z0-9_]"',
    "s": r'type "[ \t\n\r]"',
    "S": r'type "[^ \t\n\r]"',
    "b": "word boundaries do not exist here",
    "B": "word boundaries do not exist here",
    "A": '"^" already anchors the start',
    "z": '"$" already anchors the end',
    "Z": '"$" already anchors the end',
    "0": "there are no back-references, write the group again",
    "k": "there are no back-references, write the group again",
    "$": 'type "[$]"',
}
