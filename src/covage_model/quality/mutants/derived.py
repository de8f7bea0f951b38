"""Equivalent mutants: two packs are equivalent if everything derived from them is equal, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.behaviour.space.tables import Tables, TableUse
from covage_model.documents.judge.prepared import PreparedPack
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.presence import statuses
from covage_model.documents.presence.sheet import Sheet
from covage_model.documents.schema.flat import print_schema
from covage_model.documents.schema.place import is_printable


def same(before: PreparedPack, after: PreparedPack, variants: Iterable[str]) -> bool:
    """
    Whether everything derived from these variants, the account and the choice of a variant is equal.

    That is: schemas in each status and role, state tables, and what no schema has: rules over the
    account, `written_by`, matches, the test of a record, and the account's schema.
    """
    if repr((before.record, before.alternatives)) != repr((after.record, after.alternatives)):
        return False
    if list(_of_account(before)) != list(_of_account(after)):
        return False
    return all(_same_variant(before, after, variant) for variant in variants)


def _same_variant(before: PreparedPack, after: PreparedPack, name: str) -> bool:
    first, second = before.sheet(name), after.sheet(name)
    return (
        all(schema == other for schema, other in zip(_schemas(first), _schemas(second), strict=True))
        and _beside_schemas(first) == _beside_schemas(second)
        and table(before, name) == table(after, name) is not None
    )


def _schemas(sheet: Sheet) -> Iterator[bytes]:
    """The statuses, then all schemas. Sheets with other statuses differ at the first value, so `zip` stops there."""
    yield json.dumps([sheet.statuses, sheet.request_statuses, sheet.initial, sheet.requests]).encode()
    printed = [(status, "request") for status in sheet.request_statuses]
    printed += [(status, "record") for status in sheet.statuses or (statuses.UNSHOWN,)]
    for status, role in printed:
        schema = print_schema(sheet, pack="", status=status, role=role, language="en", as_if=True).schema
        yield json.dumps(schema).encode()


def _beside_schemas(sheet: Sheet) -> str:
    unsaid = [rule for rule in sheet.rules if not is_printable(rule)]
    return repr((sheet.written_by, sheet.match, sheet.key, sheet.unique, unsaid, _histories(sheet)))


def _histories(sheet: Sheet) -> object:
    """Which records a history leads to."""
    known = sheet.histories
    return known and ([(each.variable, each.value, each.when) for each in known.shown], known.reached)


def _of_account(prepared: PreparedPack) -> Iterator[bytes]:
    sheet = prepared.account()
    if sheet is not None:
        yield from _schemas(sheet)


def table(prepared: PreparedPack, variant: str) -> bytes | None:
    """
    The explored table of a variant as bytes: configurations, and each move with its actor and its events.

    None if it is too large; such a mutant is not called equivalent.
    """
    space = Tables(Judge(prepared)).table(variant, TableUse.COMPARISON)
    if not space.complete:
        return None
    states = [(state.name, state.status, state.final, state.editable) for state in space.layout.states]
    moves = [[_told(space, space.stored(number, n)) for n in _row(space, number)] for number in range(len(space))]
    return repr((states, space.atoms, space.valuations, space.initial, space.codes, moves)).encode()


def _told(space: StateSpace, move: Move) -> tuple[str, tuple[str, ...], tuple[str, ...], int]:
    return move.trigger, move.actors, space.passage(move).emits, move.target


def _row(space: StateSpace, number: int) -> range:
    return range(space.offsets[number], space.offsets[number + 1])
