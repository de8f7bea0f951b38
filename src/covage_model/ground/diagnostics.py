"""Findings: their place, code and arguments, their severity, and the definition that they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from covage_model.ground.classes import dataclass


class Severity(Enum):
    """The severity of a finding, the highest first."""

    ERROR = "error"
    WARNING = "warning"
    UNCHECKED = "not-checked"  # a rule could not be checked; this does not count as passed
    NOTE = "note"


class Standing(Enum):
    """How well a source supports a definition."""

    STATED = "stated"
    INFERRED = "inferred"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in an input file. `line` and `column` count code points from 1; line 0 means the whole file."""

    file: str
    line: int
    column: int
    pointer: str = ""  # RFC 6901; "" is the whole document


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of a definition in the spec, its sources (own or inherited) and its standing."""

    location: Location
    source: tuple[str, ...] = ()
    standing: Standing = Standing.STATED


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """
    One finding about an input file.

    `code` and `form` name the message in `codes.catalogue`, and `arguments` are its fields; `codes.message`
    formats it. `hint` is what to type instead. `because` is the definition that was broken.
    """

    code: str
    form: str
    arguments: dict[str, Any]
    location: Location
    hint: str | None = None
    severity: Severity = Severity.ERROR
    because: Origin | None = None
    messages: tuple[str | Mapping[str, str], ...] = ()  # by the pack's author; a mapping has a text per language

    def sort_key(self) -> tuple[Location, str, str, str]:
        """The key to sort findings: by place, then code. The same input gives the same output."""
        return (self.location, self.code, self.form, repr(sorted(self.arguments.items(), key=str)))

    def moved(self, location: Location) -> Diagnostic:
        """The same finding at another place."""
        rest = self.hint, self.severity, self.because, self.messages
        return Diagnostic(self.code, self.form, self.arguments, location, *rest)


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings by `sort_key`, which is made only for those at one place with one code and form."""
    alike: dict[tuple[Any, ...], list[Diagnostic]] = {}
    for finding in findings:
        at = finding.location
        key = (at.file, at.line, at.column, at.pointer, finding.code, finding.form)
        alike.setdefault(key, []).append(finding)
    parts = (alike[key] for key in sorted(alike))
    return tuple(
        finding for part in parts for finding in (sorted(part, key=Diagnostic.sort_key) if len(part) > 1 else part)
    )


def severity_of(standing: Standing) -> Severity:
    """The severity of breaking a definition: an error if it is stated or inferred, a warning if it is assumed."""
    return Severity.WARNING if standing is Standing.ASSUMED else Severity.ERROR
