"""JSON Pointers (RFC 6901), which name places in documents, schemas and files."""

from __future__ import annotations

from collections.abc import Iterable


def join(parts: Iterable[str | int]) -> str:
    """
    Spell a path as a JSON Pointer.

    >>> join(["lifecycle", "states", 0, "a/b"])
    '/lifecycle/states/0/a~1b'
    >>> join([])
    ''
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def below(where: str, name: str) -> str:
    """
    The pointer of a member of the object at `where`.

    >>> below("/states", "a/b")
    '/states/a~1b'
    """
    return f"{where}/{name}" if "~" not in name and "/" not in name else where + join((name,))


def split(text: str) -> tuple[str, ...]:
    """
    The names in a JSON Pointer.

    >>> split("/a~1b/0")
    ('a/b', '0')
    >>> split("")
    ()
    """
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in text.split("/")[1:])


def parent(text: str) -> str:
    """
    The pointer of the value that holds the one at `text`; of the whole document, its own.

    >>> parent("/a/b")
    '/a'
    """
    return text.rpartition("/")[0]
