"""Where things are in a document and in its sheet, and findings about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from covage_model.documents.presence.anchor import is_list
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import json_value, pointer
from covage_model.ground.diagnostics import Diagnostic, Location, Origin, Severity, severity_of


class Role(Enum):
    """Who wrote a document: somebody who asks, or the platform that answers."""

    REQUEST = "request"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Question:
    """
    What a document is judged for.

    `failed` are the paths that the choice already speaks of. `account` is ABSENT where none was
    given; `unsound` holds the names of its parts that have findings themselves.
    """

    file: str
    status: str
    role: Role
    failed: frozenset[tuple[str, ...]] = frozenset()
    account: Any = json_value.ABSENT
    unsound: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class At:
    """An object of the document: the scopes around it (itself the last), and where it is."""

    scopes: tuple[Any, ...]
    value: Any
    pointer: str


def objects(data: Any, path: Sequence[str], level: int) -> Iterator[At]:
    """
    Each object at `path`, with the scopes of the `level` lists crossed on the way.

    What is no object is passed over, and so is what lies below no list where one should be: its type
    is wrong already, and a condition has no item to read there.
    """
    return (at for at in _below(data, path, (data,), "") if len(at.scopes) == level + 1)


def _below(value: Any, path: Sequence[str], scopes: tuple[Any, ...], where: str) -> Iterator[At]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _below(item, path, (*scopes, item), f"{where}/{index}")
    elif isinstance(value, dict):
        if not path:
            yield At(scopes, value, where)
        elif path[0] in value:
            yield from _below(value[path[0]], path[1:], scopes, where + pointer.join([path[0]]))


def slot_at(root: Slot, path: Sequence[str]) -> Slot | None:
    """The slot that a path leads to, through the items of lists; None where the sheet knows none."""
    slot: Slot | None = root
    for name in path:
        slot = below_slot(slot, name)
    return slot


def to_first_list(slot: Slot | None, names: Sequence[str]) -> list[str]:
    """The names up to the first that is a list: what is missing in its items cannot be pointed at."""
    found = [names[0]]
    for name in names[1:]:
        if slot is not None and is_list(slot):
            break
        found.append(name)
        slot = below_slot(slot, name)
    return found


def below_slot(slot: Slot | None, name: str) -> Slot | None:
    """The slot of a field of the objects here."""
    inner = innermost(slot)
    return (inner.properties or {}).get(name) if inner is not None else None


def innermost(slot: Slot | None) -> Slot | None:
    """What the items of a list are, and of lists of lists; anything else is itself."""
    while slot is not None and is_list(slot):
        slot = slot.items
    return slot


def found(
    code: str,
    form: str,
    slot: Slot | None,
    where: str,
    question: Question,
    origin: Origin,
    **arguments: Any,
) -> Diagnostic:
    """A finding for what the definition at `origin` says of this place; its standing decides how heavy it is."""
    severity = Severity.UNCHECKED if code == "CM408" else severity_of(origin.standing)
    messages = slot.messages if slot is not None else ()
    return Diagnostic(
        code, form, arguments, place(question, where), severity=severity, because=origin, messages=messages
    )


def place(question: Question, where: str) -> Location:
    """A place by pointer: its line is found when somebody looks."""
    return Location(question.file, 0, 0, where)
