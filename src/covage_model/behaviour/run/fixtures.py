"""The documents and accounts that orders live on, so that every guard that reads one is decided both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from covage_model.behaviour.space.space import StateSpace
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.valid.lived import lived
from covage_model.documents.make.valid.order_source import NoOrder, OrderSource
from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.presence.role import Role
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Severity

_MOST = 32  # valuations for which documents are looked for


@dataclass(frozen=True, slots=True)
class Fixture:
    """An account, None where the pack has none, and a document for each valuation (its bits in a code) that lives."""

    account: Any
    documents: dict[int, Any]


def fixtures_for(judge: Judge, space: StateSpace) -> tuple[Fixture, ...]:
    """
    Casts for all the valuations for which documents were found; those with most documents first.

    One for each truth that the account alone decides. A document that nobody could begin an order with,
    in whatever status orders begin, is none. Raises NoOrder where there is none at all.
    """
    if not space.atoms:
        return (_any(judge, space),)
    groups: dict[int, list[int]] = {}
    for number in sorted(space.initial, key=lambda number: -_bits(space, number).bit_count())[:_MOST]:
        groups.setdefault(space.codes[number] & space.layout.kept, []).append(number)
    found = (_fixture(judge, space, numbers) for numbers in groups.values())
    made = tuple(sorted((one for one in found if one.documents), key=lambda one: -len(one.documents)))
    if not made:
        raise NoOrder(f"no document was found that an order of {space.variant.name} can begin with")
    return made


def fixtures_of(judge: Judge, space: StateSpace, documents: Sequence[Any], account: Any) -> tuple[Fixture, ...]:
    """
    One cast of these documents, the first for each valuation.

    Raises ValueError for a document that is none of this order, or of which a guard cannot be decided.
    """
    found: dict[int, Any] = {}
    for document in documents:
        choice = choose(judge.prepared.alternatives, document, "")
        if choice.findings or choice.variant != space.variant.name:
            raise ValueError(f"a document is no {space.variant.name}")
        bits = bits_of(judge, space, document, account)
        if bits is None:
            raise ValueError("without an account some guards cannot be decided: give one")
        found.setdefault(bits, document)
    return (Fixture(account, found),)


def bits_of(judge: Judge, space: StateSpace, document: Any, account: Any) -> int | None:
    """The valuation of a document and an account; None where a guard cannot be decided by them."""
    known = None if account is None else judge.account(account, "account")
    ready = judge.readiness(space.variant.name, document, known)
    truths = {atom: ready(atom) for atom in space.atoms}
    if None in truths.values():
        return None
    return sum(space.layout.bits_of(atom) for atom, holds in truths.items() if holds)


def _bits(space: StateSpace, number: int) -> int:
    return space.codes[number] & space.layout.atoms_mask


def _any(judge: Judge, space: StateSpace) -> Fixture:
    """Where no guard reads a document: any valid order; for orders that nobody may send, any of that form."""
    sheet = judge.sheet(space.variant.name)
    try:
        source = OrderSource(judge, OrderTarget(sheet.variant, sheet.requests, Role.REQUEST))
    except NoOrder:
        found = lived(judge, sheet.variant, [()])
        if found is None:
            raise
        return Fixture(found.account, {0: found.documents[0]})
    return Fixture(source.account, {0: source.document})


def _fixture(judge: Judge, space: StateSpace, numbers: Sequence[int]) -> Fixture:
    """As many of these valuations as one account lives with; all at once where that can be, else one by one."""
    atoms = {number: space.configuration(number).atoms for number in numbers}
    chosen = list(numbers)
    found = lived(judge, space.variant.name, [atoms[number] for number in chosen])
    if found is None:
        chosen = []
        for number in numbers:
            more = lived(judge, space.variant.name, [atoms[each] for each in (*chosen, number)])
            if more is not None:
                chosen, found = [*chosen, number], more
    if found is None:
        return Fixture(None, {})
    documents = {_bits(space, number): found.documents[place] for place, number in enumerate(chosen)}
    return Fixture(found.account, {bits: one for bits, one in documents.items() if can_begin(judge, space, one, found)})


def can_begin(judge: Judge, space: StateSpace, document: Any, cast: Any) -> bool:
    """Whether the document has no error in the status that orders begin in."""
    sheet = judge.sheet(space.variant.name)
    account = None if cast.account is None else judge.account(cast.account, "account")
    if sheet.initial not in sheet.request_statuses or document is json_value.ABSENT:
        return True
    findings = judge.blocking(sheet.variant, document, account, sheet.initial).findings
    return all(finding.severity is not Severity.ERROR for finding in findings)
