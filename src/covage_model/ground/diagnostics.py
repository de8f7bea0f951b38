"""Findings: where something is, what was found there, how much it counts, and which definition requires it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Severity(Enum):
    """How much a finding counts, the heaviest first."""

    ERROR = "error"
    WARNING = "warning"
    UNCHECKED = "not-checked"  # a rule that could not be checked, which is not a rule that was passed
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
    """The spec line of a definition, its sources (its own or inherited) and its standing."""

    location: Location
    source: tuple[str, ...] = ()
    standing: Standing = Standing.STATED


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """
    One finding about somebody's file.

    `code` and `form` name the sentence in `codes.CATALOGUE`, `arguments` fill it; `codes.message`
    makes the sentence. `hint` is what to type instead.
    """

    code: str
    form: str
    arguments: dict[str, Any]
    location: Location
    hint: str | None = None
    severity: Severity = Severity.ERROR
    because: Origin | None = None
    messages: tuple[str | Mapping[str, str], ...] = ()  # of the pack's author, by language

    def sort_key(self) -> tuple[Location, str, str, str]:
        """Orders findings by place, then code: the same input gives the same bytes."""
        return (self.location, self.code, self.form, repr(sorted(self.arguments.items(), key=str)))


def severity_of(standing: Standing) -> Severity:
    """Breaking what is stated or inferred is an error, what is assumed a warning."""
    return Severity.WARNING if standing is Standing.ASSUMED else Severity.ERROR
