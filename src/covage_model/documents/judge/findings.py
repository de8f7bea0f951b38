"""Findings about places of a document."""

from __future__ import annotations

from typing import Any

from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.presence.sheet import Slot
from covage_model.ground.diagnostics import Diagnostic, Location, Origin, Severity, severity_of


def finding_at(
    code: str,
    form: str,
    slot: Slot | None,
    where: str,
    context: JudgeContext,
    origin: Origin,
    **arguments: Any,
) -> Diagnostic:
    """A finding because of the definition at `origin`, as heavy as its standing; `where` is a JSON Pointer."""
    severity = Severity.UNCHECKED if code == "CM408" else severity_of(origin.standing)
    messages = slot.messages if slot is not None else ()
    return Diagnostic(
        code, form, arguments, location_at(context, where), severity=severity, because=origin, messages=messages
    )


def location_at(context: JudgeContext, where: str) -> Location:
    """A location by JSON Pointer; its line is looked up when it is printed."""
    return Location(context.file, 0, 0, where)
