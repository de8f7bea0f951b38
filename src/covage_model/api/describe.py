"""The table of fields and rules of a variant."""

from __future__ import annotations

from dataclasses import replace

from covage_model.api.workspace import NoSuchStatus as NoSuchStatus
from covage_model.api.workspace import Workspace
from covage_model.documents.tables.table import Table, account_table, table


def table_of(pack: Workspace, variant: str, *, status: str | None = None, role: str | None = None) -> Table:
    """The fields and rules of a variant, optionally only for one status or one role. Raises NoSuchStatus."""
    sheet = pack.judge.sheet(variant)
    if status is not None and status not in sheet.statuses:
        hint = f"use one of: {', '.join(sheet.statuses)}" if sheet.statuses else "it has none"
        raise NoSuchStatus(f"{variant} has no status {status!r}; {hint}")
    named = pack.spec.variant(variant)
    return table(named, sheet, pack.spec.lifecycle(named.order.follows), status=status, role=role)


def account(pack: Workspace) -> Table:
    """
    The fields of an account, its own rules and those of orders that read it, each once.

    Raises NoSuchOrder where the pack gives accounts no type.
    """
    found = account_table(pack.account_sheet)
    read = {row.rule.origin: row for name in pack.names for row in table_of(pack, name).rules if row.rule.reads_account}
    return replace(found, rules=(*found.rules, *read.values()))


def variants(pack: Workspace) -> list[tuple[Table, str]]:
    """The table of each variant, with the name of the lifecycle that it follows."""
    return [(table_of(pack, variant.name), variant.order.follows) for variant in pack.spec.variants]
