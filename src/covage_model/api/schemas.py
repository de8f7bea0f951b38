"""JSON Schemas for a variant, a status and a role."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from covage_model.api.workspace import NoSuchStatus as NoSuchStatus
from covage_model.api.workspace import Pack, Workspace
from covage_model.documents.presence.role import Role
from covage_model.pack.model.text import say

if TYPE_CHECKING:
    from covage_model.documents.schema.flat import Printed
    from covage_model.documents.schema.validator import OrderValidator


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
        hint = f"use one of: {', '.join(legal)}" if legal else "it has none for any status"
        raise NoSuchStatus(f"{variant} has no {role} for the status {status!r}; {hint}")
    chosen = status if status is not None else sheet.requests if role == "request" else sheet.initial
    return print_schema(sheet, pack=pack.name, status=chosen, role=role, language=language)


def order_schema(
    pack: Pack, name: str, *, status: str | None = None, role: str = "request", language: str = "en"
) -> dict[str, Any]:
    """
    The flat JSON Schema (2020-12) of a variant, for a status (default: the one that requests are judged for).

    Each `format` comes with an equivalent pattern. Raises KeyError for an unknown name.
    """
    from covage_model.documents.schema.flat import print_schema

    sheet = pack.judge.sheet(name)
    chosen = status if status is not None else sheet.requests if role == Role.REQUEST.value else sheet.initial
    return print_schema(sheet, pack=pack.name, status=chosen, role=role, language=language).schema


def printed_account(pack: Workspace, *, language: str = "en") -> Printed:
    """As `printed`, of the account. Raises NoSuchOrder where the pack gives accounts no type."""
    from covage_model.documents.schema.flat import print_schema

    sheet = pack.account_sheet
    found = print_schema(sheet, pack=pack.spec.name, status=sheet.initial, role="request", language=language)
    title = say(sheet.title, language, otherwise=sheet.variant)
    return replace(found, schema={**found.schema, "$id": f"urn:spec-pack:{pack.spec.name}:account", "title": title})


def account_schema(pack: Pack, *, language: str = "en") -> dict[str, Any]:
    """The JSON Schema (2020-12) of the account. Raises NoSuchOrder where the pack gives accounts no type."""
    return printed_account(pack, language=language).schema


def any_order(pack: Workspace, *, role: str = "request", language: str = "en") -> dict[str, Any]:
    """One JSON Schema for any order of the pack, for the status that its requests, or new records, are judged for."""
    from covage_model.documents.schema.any_order import any_order_schema

    written = [pack.judge.sheet(name) for name in pack.names]
    sheets = [sheet for sheet in written if sheet.written_by is None or role == "record"]
    schemas = {sheet.variant: order_schema(pack, sheet.variant, role=role, language=language) for sheet in sheets}
    whole: dict[str, Any] = any_order_schema(sheets, schemas, pack=pack.name, role=role)
    return whole


def order_validator(
    pack: Pack,
    order: str,
    variant: str | None = None,
    *,
    status: str | None = None,
    role: str = "request",
    language: str = "en",
) -> OrderValidator:
    """
    A `jsonschema` validator (Draft 2020-12) for the schema of `order_schema`; it asserts our formats.

    `order` is `ORDER/VARIANT`, or `ORDER` with an optional `variant`. Raises KeyError for an unknown name.
    """
    from covage_model.documents.schema.validator import validator_of

    name = order if variant is None else f"{order}/{variant}"
    return validator_of(order_schema(pack, name, status=status, role=role, language=language))
