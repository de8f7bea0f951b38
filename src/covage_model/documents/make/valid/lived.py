"""Documents for a run: one for each valuation in it, so that each atom has its truth, and one account for all."""

from __future__ import annotations

import copy
from collections.abc import Hashable, Sequence
from random import Random
from typing import Any

from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.verdict import Judge, role_of
from covage_model.documents.make.valid.local_search import Aim, LocalSearch, local_search
from covage_model.documents.make.valid.unready_changes import unready_changes
from covage_model.documents.make.valid.value_generator import Fullness
from covage_model.documents.presence.role import Role
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions.tree import identity, reads_account_alone
from covage_model.pack.model.conditions import Atom, DocumentReady, Holds

Valuation = tuple[tuple[Atom, bool], ...]
_ATTEMPTS = 6
_TRIES = 4
_PASSES = 3  # passes over all valuations, until the account suits all documents


@dataclass(frozen=True, slots=True)
class Lived:
    """An account (None if the pack has no account type), and a request for each valuation, in the given order."""

    account: Any
    documents: tuple[Any, ...]


def lived(judge: Judge, variant: str, valuations: Sequence[Valuation], *, seed: int = 0) -> Lived | None:
    """
    An account and a request for each valuation, in which every atom has the wanted truth.

    The interpreter has checked the result. None: nothing was found in a bounded number of
    attempts, although something may exist. Equal seeds give equal values.
    """
    distinct = list({_key(valuation): valuation for valuation in valuations}.values())
    if not valuations or _contradicted(distinct):
        return None
    if not _account_can_be(judge, variant, distinct[0], seed):
        return None
    for attempt in range(_ATTEMPTS):
        random = Random(f"{seed} {variant} {attempt}")
        found = _Life(judge, variant, random, strict=attempt % 3 < 2, fill=_FILLS[attempt % len(_FILLS)]).live(distinct)
        if found is not None:
            account, documents = found
            by_key = dict(zip(map(_key, distinct), documents, strict=True))
            return Lived(account, tuple(copy.deepcopy(by_key[_key(valuation)]) for valuation in valuations))
    return None


_FILLS = (Fullness.MINIMAL, Fullness.MINIMAL, Fullness.RANDOM)


def _key(valuation: Valuation) -> Hashable:
    return tuple((identity(atom), holds) for atom, holds in valuation)


def _contradicted(asked: Sequence[Valuation]) -> bool:
    """Whether an atom of the account alone must be true in one valuation and false in another, which is impossible."""
    seen: dict[Hashable, bool] = {}
    return any(
        seen.setdefault(identity(atom), holds) is not holds
        for valuation in asked
        for atom, holds in valuation
        if reads_account_alone(atom)
    )


def _account_can_be(judge: Judge, variant: str, valuation: Valuation, seed: int) -> bool:
    """Whether an account is found for the atoms of the account alone (a fast check before documents are searched)."""
    wants = tuple((atom, holds) for atom, holds in valuation if reads_account_alone(atom))
    aim = Aim(judge.sheet(variant), judge.prepared.account(), (), Role.REQUEST, wants, strict=False)
    return not wants or any(local_search(aim, None, Random(f"{seed} {attempt}")).solve() for attempt in range(_TRIES))


@dataclass(slots=True)
class _Life:
    """One attempt: an account and documents that share it."""

    judge: Judge
    variant: str
    random: Random
    strict: bool
    fill: Fullness
    account: Any = None

    def live(self, valuations: Sequence[Valuation]) -> tuple[Any, list[Any]] | None:
        """The account and a document for each valuation, or None."""
        documents: dict[int, Any] = {}
        hardest_first = sorted(range(len(valuations)), key=lambda number: -_ready_count(valuations[number]))
        for passed in range(_PASSES):
            for number in hardest_first:
                if number in documents and self.as_asked(documents[number], valuations[number]):
                    continue
                start = documents.get(hardest_first[0]) if passed < _PASSES - 1 else None
                tries = _TRIES if documents else 1  # try longer before losing what was found so far
                documents[number] = self._tried(valuations[number], start, tries)
                if documents[number] is None:
                    return None
            if all(self.as_asked(documents[number], valuations[number]) for number in hardest_first):
                return self.account, [documents[number] for number in range(len(valuations))]
        return None

    def _tried(self, valuation: Valuation, start: Any, tries: int) -> Any:
        tried = (self._document(valuation, start) for _ in range(tries))
        return next((document for document in tried if document is not None), None)

    def as_asked(self, document: Any, valuation: Valuation, *, but: frozenset[str] = frozenset()) -> bool:
        """Whether the document is a request of this variant with these truths, readiness in statuses `but` aside."""
        account = self.judge.account(self.account, "") if self._has_account else None
        if account is not None and account.findings:
            return False
        choice = choose(self.judge.prepared.alternatives, document, "")
        if (
            choice.variant != self.variant
            or choice.findings
            or role_of(self.judge.prepared.record, document) is Role.RECORD
        ):
            return False
        ready = self.judge.readiness(self.variant, document, account)
        return all(
            ready(atom) is holds
            for atom, holds in valuation
            if not (isinstance(atom, DocumentReady) and atom.status in but)
        )

    @property
    def _has_account(self) -> bool:
        return self.judge.prepared.account() is not None

    def _document(self, valuation: Valuation, start: Any) -> Any:
        """A document with this valuation: `start` changed if possible, else a new one, else None."""
        statuses = {holds: _statuses(valuation, holds=holds) for holds in (True, False)}
        wants = tuple((atom, holds) for atom, holds in valuation if isinstance(atom, Holds))
        for ready in dict.fromkeys(((*statuses[True], *statuses[False]), statuses[True])):
            for base in (start, None) if start is not None else (None,):
                aim = Aim(
                    self.judge.sheet(self.variant),
                    self.judge.prepared.account(),
                    ready,
                    Role.REQUEST,
                    wants,
                    self.strict,
                )
                search = local_search(aim, copy.deepcopy(self.account), self.random, fill=self.fill, document=base)
                search.solve()
                found = self._unready(search, valuation, statuses[False])
                if found is not None:
                    return found
        return None

    def _unready(self, search: LocalSearch, valuation: Valuation, statuses: tuple[str, ...]) -> Any:
        """The document made unready for these statuses, with the whole valuation; None if that fails."""
        before, self.account = self.account, search.account.value
        left = frozenset(statuses)
        if self.as_asked(search.document.value, valuation, but=left):
            for status in statuses:
                left -= {status}
                if not self.as_asked(search.document.value, valuation, but=left):
                    self._made_unready(search, valuation, status, left)
            if self.as_asked(search.document.value, valuation):
                return search.document.value
        self.account = before
        return None

    def _made_unready(self, search: LocalSearch, valuation: Valuation, status: str, left: frozenset[str]) -> None:
        """
        Applies a change that keeps all other atoms; if possible one with a single finding that is valid at the start.

        A document that is invalid from the start never reaches the guard that should refuse it.
        """
        sound, account = search.document.value, copy.deepcopy(search.account.value)
        best: tuple[tuple[int, bool], Any, Any] | None = None
        for defect in list(unready_changes(search, status)):
            search.document.put(copy.deepcopy(sound))
            search.account.put(copy.deepcopy(account))
            self.account = search.account.value
            defect()
            if self.as_asked(search.document.value, valuation, but=left):
                document = search.document.value
                initial = self.judge.sheet(self.variant).initial
                cost = (self._count(document, initial), self._count(document, status) != 1)
                if best is None or cost < best[0]:
                    best = cost, document, self.account
                if best[0] == (0, False):
                    break
        if best is not None:
            _, document, self.account = best
            search.document.put(document)
            search.account.put(self.account)

    def _count(self, document: Any, status: str) -> int:
        account = self.judge.account(self.account, "") if self._has_account else None
        return len(self.judge.blocking(self.variant, document, account, status).findings)


def _statuses(valuation: Valuation, *, holds: bool) -> tuple[str, ...]:
    return tuple(atom.status for atom, truth_ in valuation if isinstance(atom, DocumentReady) and truth_ is holds)


def _ready_count(valuation: Valuation) -> int:
    return len(_statuses(valuation, holds=True))
