r"""
Paths of a document as texts: keys joined by dots, and `["…"]` for a key that holds what paths use.

`item.@type` has the keys `item` and `@type`; `ext["a.b"]` has `ext` and `a.b`. In the quotes, `\"` is a
quote and `\\` a backslash. A first key that conditions read as a word is quoted there: `["order"]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from covage_model.ground.patterns import regex

# The characters of a key that is written as it is: no controls, no blanks, none that paths use.
PLAIN = '[^\u0000-\u0020."\\[\\]\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]'
_SPECIAL = '([.\\[\\]\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]|\\\\")'
_QUOTED_PLAIN = (
    '([^\u0000-\u0020."\\\\\\[\\]\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]|\\\\\\\\)'
)
WORDS = ("all", "any", "not", "when", "then", "order", "account")
_QUOTED = rf'\["({_QUOTED_PLAIN}*{_SPECIAL}({_QUOTED_PLAIN}|{_SPECIAL})*)"\]'
_FIRST_WORD = rf'\["({"|".join(WORDS)})"\]'
PATTERN = rf"({PLAIN}+|{_QUOTED}|{_FIRST_WORD})(\.{PLAIN}+|{_QUOTED})*"

_STEP = regex(rf'\.?({PLAIN}+)|\["((?:[^"\\]|\\.)*)"\]')
_IS_PLAIN = regex(PLAIN + "+")


def keys(path: str) -> tuple[str, ...]:
    """
    The keys of a path.

    >>> keys("item.@type"), keys('ext["a.b"].c'), keys('["order"]')
    (('item', '@type'), ('ext', 'a.b', 'c'), ('order',))
    """
    if '["' not in path:
        return tuple(path.split("."))
    return tuple(step[1] if step[2] is None else unquoted(step[2]) for step in _STEP.finditer(path))


def unquoted(text: str) -> str:
    """What the quotes of a key hold."""
    return re.sub(r"\\(.)", r"\1", text)


def dotted(names: Iterable[str]) -> str:
    """
    The path of these keys; `[]` after a name marks a list and stays.

    >>> dotted(("item", "@type")), dotted(("ext", "a.b", "c")), dotted(("lines[]", "a b"))
    ('item.@type', 'ext["a.b"].c', 'lines[]["a b"]')
    """
    joined = ".".join(names := tuple(names))
    if _simple(joined, len(names)):
        return joined
    text = ""
    for name in names:
        key = name
        while key.endswith("[]"):
            key = key[:-2]
        if _IS_PLAIN.fullmatch(key) or not name:
            text += f".{name}" if text else name
        else:
            escaped = key.replace("\\", "\\\\").replace('"', '\\"')
            text += f'["{escaped}"]{name[len(key) :]}'
    return text


def in_condition(names: tuple[str, ...]) -> str:
    """
    The path as a condition writes it, from where it stands: a first key that would be read as a word is quoted.

    >>> in_condition(("order", "size")), in_condition(("size", "order"))
    ('["order"].size', 'size.order')
    """
    if not names or names[0] not in WORDS:
        return dotted(names)
    rest = dotted(names[1:])
    return f'["{names[0]}"]' + (f".{rest}" if rest and not rest.startswith("[") else rest)


def below(path: str, key: str) -> str:
    """
    The path of a key in the object at a path.

    >>> below("lines[]", "id"), below("", "id"), below("ext", "a.b")
    ('lines[].id', 'id', 'ext["a.b"]')
    """
    step = dotted((key,))
    return f"{path}.{step}" if path and not step.startswith("[") else path + step


def _simple(joined: str, count: int) -> bool:
    """Whether the keys need no quotes, as nearly all do; `joined` has one dot less than keys."""
    letters = joined.replace("_", "a").replace(".", "a")
    return letters.isascii() and letters.isalnum() and joined.count(".") == max(count - 1, 0)
