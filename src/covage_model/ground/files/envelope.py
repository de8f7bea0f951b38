"""Where a list of objects lies in a JSON text of which only the beginning is known."""

from __future__ import annotations

import json
import re

from covage_model.ground import pointer
from covage_model.ground.patterns import REPEATED

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)' + REPEATED.encode() + rb'"|[{}\[\]:]')
_OPENING, _CLOSING = (b"{", b"["), (b"}", b"]")


def first_list(head: bytes) -> str | None:
    """
    The JSON Pointer of the first list of objects within the object that starts with `head`; None if there is none yet.

    >>> first_list(b'{"page": [1], "data": {"orders": [{"a": ')
    '/data/orders'
    """
    inside: list[bytes] = []  # the brackets that are open
    names: list[bytes] = []  # the key at hand, of each
    text, before = b"", b""
    for token in _TOKEN.findall(head):
        if token in _OPENING:
            if token == b"{" and before == b"[" and inside.count(b"[") == 1:
                try:
                    return pointer.join([json.loads(name) for name in names[:-1]])
                except ValueError:  # a key that is no text
                    return None
            inside.append(token)
            names.append(b'""')
        elif token in _CLOSING:
            if not inside:
                return None
            inside.pop()
            names.pop()
        elif token == b":" and names:
            names[-1] = text
        text = before = token
    return None
