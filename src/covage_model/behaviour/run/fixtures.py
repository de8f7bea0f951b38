"""Fixtures for tests: documents and accounts with which every guard that reads one is decided both ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from covage_model.behaviour.space.space import StateSpace
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.valid.lived import Lived, lived
from covage_model.documents.make.valid.order_source import NoOrder, OrderSource
from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.presence.role import Role
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Severity

_MOST = 32  # valuations for which documents are searched


@dataclass(frozen=True, slots=True)
class Fixture:
    """An account (None if the pack has no account type) and a document for each valuation, by the valuation's bits."""

    account: Any
    documents: dict[int, Any]


def fixtures_for(judge: Judge, space: StateSpace) -> tuple[Fixture, ...]:
    """
    Fixtures with a document for each valuation for which one was found; those with most documents first.

    There is one fixture for each valuation of the atoms that the account alone decides. Documents that no order
    can begin with are left out. Raises NoOrder if none is left.
    """
    if not space.atoms:
        return (_any(judge, space),)
    groups: dict[int, list[int]] = {}
    for number in sorted(space.initial, key=lambda number: -_bits(space, number).bit_count())[:_MOST]:
        groups.setdefault(space.codes[number] & space.layout.kept, []).append(number)
    fixtures = [_fixture(judge, space, numbers) for numbers in groups.values()]
    usable = sorted((fixture for fixture in fixtures if fixture.documents), key=lambda fixture: -len(fixture.documents))
    if not usable:
        raise NoOrder(f"no document was found that an order of {space.variant.name} can begin with")
    return tuple(usable)


def fixtures_of(judge: Judge, space: StateSpace, documents: Sequence[Any], account: Any) -> tuple[Fixture, ...]:
    """
    One fixture of these documents, the first for each valuation.

    Raises ValueError for a document of another order, or if a guard cannot be decided.
    """
    by_valuation: dict[int, Any] = {}
    for document in documents:
        choice = choose(judge.prepared.alternatives, document, "")
        if choice.findings or choice.variant != space.variant.name:
            raise ValueError(f"a document is no {space.variant.name}")
        bits = bits_of(judge, space, document, account)
        if bits is None:
            raise ValueError("without an account some guards cannot be decided: give one")
        by_valuation.setdefault(bits, document)
    return (Fixture(account, by_valuation),)


def bits_of(judge: Judge, space: StateSpace, document: Any, account: Any) -> int | None:
    """The valuation of a document and an account, as bits; None if an atom is undecided."""
    known = None if account is None else judge.account(account, "account")
    ready = judge.readiness(space.variant.name, document, known)
    truths = {atom: ready(atom) for atom in space.atoms}
    if None in truths.values():
        return None
    return sum(space.layout.bits_of(atom) for atom, holds in truths.items() if holds)


def _bits(space: StateSpace, number: int) -> int:
    return space.codes[number] & space.layout.atoms_mask


def _any(judge: Judge, space: StateSpace) -> Fixture:
    """The fixture if no guard reads a document: any valid request; if there is none, any document of the order."""
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
    """Documents for as many of these valuations as one account allows: for all at once, else added one by one."""
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
    return Fixture(
        found.account,
        {bits: document for bits, document in documents.items() if can_begin(judge, space, document, found)},
    )


def can_begin(judge: Judge, space: StateSpace, document: Any, given: Fixture | Lived) -> bool:
    """Whether an order can begin with the document: it has no error in the initial status."""
    sheet = judge.sheet(space.variant.name)
    account = None if given.account is None else judge.account(given.account, "account")
    if sheet.initial not in sheet.request_statuses or document is json_value.ABSENT:
        return True
    findings = judge.blocking(sheet.variant, document, account, sheet.initial).findings
    return all(finding.severity is not Severity.ERROR for finding in findings)
