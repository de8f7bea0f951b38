"""Orders changed in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from covage_model.documents.make import places
from covage_model.documents.make.grow import Fullness, Grower, grower
from covage_model.documents.make.hosts import Host, Hosts
from covage_model.documents.make.places import DocumentPlace
from covage_model.documents.make.predict import Found
from covage_model.documents.presence.role import Role
from covage_model.ground import json_value, pointer


@dataclass(frozen=True, slots=True)
class PredictedChange:
    """
    An order changed, and what the sheet says must be found in it.

    `sure`: no condition reads what was changed, so that nothing else can be found.
    """

    host: Host
    document: Any
    found: frozenset[Found]
    sure: bool


def with_value(document: Any, where: str, value: Any) -> Any:
    """The document with another value at a JSON Pointer; the rest is shared."""
    return json_value.placed(document, json_value.path_of(document, pointer.split(where)), value)


def without(document: Any, where: str) -> Any:
    """The document without what is at a JSON Pointer; the rest is shared."""
    return json_value.without(document, json_value.path_of(document, pointer.split(where)))


def place_of(host: Host, hosts: Hosts) -> DocumentPlace:
    """The whole document, as a place."""
    return places.root(host.document, hosts.sheet.root)


def smallest(hosts: Hosts, role: Role | None = None) -> Grower:
    """Values that hold no more than they must, with which to go on from an order."""
    status = hosts.target.status
    return grower(hosts.sheet, (status,), role or hosts.target.role, Fullness.MINIMAL, hosts.random)


def misspelt(value: Any, legal: Iterator[Any] | tuple[Any, ...] = ()) -> Iterator[Any]:
    """Values that somebody may write instead, the nearest first."""
    for word in [value, *legal]:
        if isinstance(word, str):
            yield from (word[:-1], word + "x", word.swapcase(), word[:1] + word, "")
        elif json_value.is_number(word):
            yield from (word + 1, str(word))
        elif isinstance(word, bool):
            yield from (str(word).lower(), not word)
    yield from ("x", 0, None, [], {})


def unknown_names(known: dict[str, Any]) -> Iterator[str]:
    """Names that no field here has: one a letter short, and one that nobody meant."""
    yield from (name[:-1] for name in known if len(name) > 2 and name[:-1] not in known)
    name = "unexpected"
    while name in known:
        name += "_"
    yield name


def below(where: str, name: str) -> str:
    """The pointer of a field of the object at a pointer."""
    return where + pointer.join([name])
