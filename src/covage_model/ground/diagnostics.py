"""The words every room speaks: where something is, what was found there, and why it matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Severity(Enum):
    """How much a finding counts, the heaviest first."""

    ERROR = "error"
    WARNING = "warning"
    UNCHECKED = "not-checked"  # a rule that nothing looked at: never "passed"
    NOTE = "note"


class Standing(Enum):
    """How well a source supports a definition."""

    STATED = "stated"
    INFERRED = "inferred"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A point in a file somebody wrote. `line` and `column` count code points from 1; line 0 means the whole file."""

    file: str
    line: int
    column: int
    pointer: str = ""  # RFC 6901; "" is the whole document


@dataclass(frozen=True, slots=True)
class Origin:
    """The spec line that says something, the sources it names (its own or inherited), and its standing."""

    location: Location
    source: tuple[str, ...] = ()
    standing: Standing = Standing.STATED


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """
    One finding about somebody's file.

    `code` and `form` name the sentence in `codes.CATALOGUE`, `arguments` fill it: nothing is
    joined before a renderer asks for `codes.message`. `hint` says what to type instead.
    """

    code: str
    form: str
    arguments: dict[str, Any]
    location: Location
    hint: str | None = None
    severity: Severity = Severity.ERROR
    because: Origin | None = None
    schema: str = ""  # JSON Pointer of the keyword in the generated schema, where one says it
    messages: tuple[str | Mapping[str, str], ...] = ()  # what the pack's author adds, by language

    def sort_key(self) -> tuple[Location, str, str, str]:
        """Orders findings by place, then code: the same input gives the same bytes."""
        return (self.location, self.code, self.form, repr(sorted(self.arguments.items(), key=str)))


def severity_of(standing: Standing) -> Severity:
    """Breaking what is stated or inferred is an error, what is assumed a warning."""
    return Severity.WARNING if standing is Standing.ASSUMED else Severity.ERROR
