"""What is said of values: types, fields, presence, rules."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.conditions import Condition
from covage_model.pack.model.keys import KeyPath, OlderPath
from covage_model.pack.model.keywords import Keyword
from covage_model.pack.model.text import Text

JSON_TYPES = ("object", "array", "string", "integer", "number", "boolean", "null")


@dataclass(frozen=True, slots=True)
class Span:
    """
    The statuses and the condition under which a field is required, or forbidden.

    `start` holds from that status on, `before` in every status that is not from that one on.
    """

    start: str | None
    before: str | None
    when: Condition | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Value:
    """
    What one definition says of a value; nothing said elsewhere is overridden.

    `type` is a JSON Schema type or the name of a type of the pack. `fields` is None where the
    definition lists none: an object without any may hold anything.
    """

    origin: Origin = field(compare=False)
    type: str | None = None
    keywords: tuple[Keyword, ...] = ()
    items: Value | None = None
    include: tuple[str, ...] = ()
    fields: tuple[Field, ...] | None = None
    rules: tuple[Rule, ...] = ()
    key: tuple[KeyPath, ...] = ()
    unique: tuple[KeyPath, ...] = ()
    formerly: tuple[OlderPath, ...] = ()
    title: Text | None = None
    description: Text | None = None
    examples: tuple[Any, ...] = ()
    default: tuple[Any, ...] = ()  # none or one
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A value at a path from where it is written, and when it must or must not be there."""

    path: tuple[str, ...]
    value: Value
    required: tuple[Span, ...]  # any of them requires
    forbidden: tuple[Span, ...]
    read_only: Origin | None = field(compare=False)
    message: Text | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition over several fields, or over the account, that holds from the status `start` on."""

    name: str
    when: Condition | None
    then: Condition
    start: str | None
    at: tuple[str, ...] | None
    message: Text | None
    title: Text | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class NamedType:
    """A type of the pack: a value, an object, or a group of fields to include."""

    name: str
    value: Value
