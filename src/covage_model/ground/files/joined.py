"""Several documents read as one: an account that several files say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from covage_model.ground import json_value, pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Location
from covage_model.ground.files.document import Document

_Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A path of which two documents say different things: neither both objects, nor both lists, nor the same."""

    path: tuple[str, ...]
    first: Location
    second: Location


@dataclass(frozen=True, slots=True)
class JoinedDocuments:
    """
    One document or several as one, in their order: an object has the members of all, a list the items of all.

    `data` is the whole; of what contradicts each other it has the first. Pointers into it are found in the file
    that says what is there.
    """

    documents: tuple[Document, ...]
    data: Any
    contradictions: tuple[Contradiction, ...] = ()

    def at(self, where: str) -> Location:
        """As `Document.at`, in the file that has the place."""
        document, path = self._source(where)
        return document.at(pointer.join(path))

    def key_at(self, where: str) -> Location:
        """As `Document.key_at`, in the file that has the place."""
        document, path = self._source(where)
        return document.key_at(pointer.join(path))

    def _source(self, where: str) -> tuple[Document, _Path]:
        """The first document that says what is at a pointer of the whole, and the path there."""
        holders: list[tuple[Document, _Path]] = [(document, ()) for document in self.documents]
        for step in pointer.split(where) if len(self.documents) > 1 else ():
            holders = _below(holders, step)
        return holders[0] if len(self.documents) > 1 else (self.documents[0], pointer.split(where))


def _below(holders: list[tuple[Document, _Path]], step: str) -> list[tuple[Document, _Path]]:
    """Who of those that say a value says what is below it: at least one, the first where nobody does."""
    first, path = holders[0]
    if isinstance(json_value.at(first.data, path), list):
        number = int(step)
        for document, here in holders:
            items = json_value.at(document.data, here)
            if isinstance(items, list):  # else it contradicts the first
                if number < len(items):
                    return [(document, (*here, number))]
                number -= len(items)
    below = [(document, (*here, step)) for document, here in holders]
    return [one for one in below if json_value.at(one[0].data, one[1]) is not json_value.ABSENT] or [below[0]]


def joined(documents: Sequence[Document]) -> JoinedDocuments:
    """The documents, of which there is at least one, as one."""
    whole = documents[0].data
    found: list[Contradiction] = []
    for number, document in enumerate(documents[1:], 1):
        before = JoinedDocuments(tuple(documents[:number]), whole)
        paths: list[tuple[str, ...]] = []
        whole = _joined(whole, document.data, (), paths)
        places = (pointer.join(path) for path in paths)
        found += [Contradiction(path, before.at(at), document.at(at)) for path, at in zip(paths, places, strict=True)]
    return JoinedDocuments(tuple(documents), whole, tuple(found))


def _joined(first: Any, second: Any, path: tuple[str, ...], contradicting: list[tuple[str, ...]]) -> Any:
    if isinstance(first, dict) and isinstance(second, dict):
        both = dict(first)
        for name, value in second.items():
            inside = (*path, name)
            both[name] = _joined(first[name], value, inside, contradicting) if name in first else value
        return both
    if isinstance(first, list) and isinstance(second, list):
        return [*first, *second]
    if not json_value.equal(first, second):
        contradicting.append(path)
    return first
