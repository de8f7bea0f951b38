"""JSON Schemas for a variant, a status and a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covage_model.api.workspace import NoSuchStatus as NoSuchStatus
from covage_model.api.workspace import Workspace

if TYPE_CHECKING:
    from covage_model.documents.schema.flat import Printed


def printed(
    pack: Workspace, variant: str, *, status: str | None = None, role: str = "request", language: str = "en"
) -> Printed:
    """
    The flat JSON Schema, and the table that maps its parts to spec lines. Raises NoSuchStatus.

    The default status is the one that requests are judged for; for records, the initial one.
    """
    from covage_model.documents.schema.flat import print_schema

    sheet = pack.judge.sheet(variant)
    legal = sheet.request_statuses if role == "request" else sheet.statuses
    if status is not None and status not in legal:
        names = ", ".join(legal) or "none"
        raise NoSuchStatus(f"{variant} has no {role} for the status {status!r}; use one of: {names}")
    chosen = status if status is not None else sheet.requests if role == "request" else sheet.initial
    return print_schema(sheet, pack=pack.spec.name, status=chosen, role=role, language=language)
