"""The fast yes for any document of a pack: its variant, role and status found by a look, then its acceptor asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from covage_model.documents.judge import rules
from covage_model.documents.judge.accept import Acceptor, acceptor, unchecked_rules
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.verdict import Account, Judge, Verdict, anchored_record, status_for
from covage_model.documents.presence.role import Role
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.json_value import ABSENT, at
from covage_model.pack.conditions import indexed

_KNOWN = 4096  # ways to be chosen that are remembered


@dataclass(frozen=True, slots=True)
class Plain:
    """What a plainly clean document was judged as, and the rules that nobody could check: reason and name of each."""

    variant: str
    role: Role
    status: str
    unchecked: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class PlainJudge:
    """
    Says what a document is if it is plainly clean, None where the interpreter must look.

    `role` and `status` are as for `Judge.verdict`. The account must not change meanwhile.
    """

    judge: Judge
    role: Role | None = None
    status: str | None = None
    account: Account | None = None
    _paths: tuple[tuple[str, ...], ...] = field(init=False)
    _is_record: Any = field(init=False)
    _record: bool = field(init=False)  # what documents are where nobody has to look
    _variants: dict[tuple[Any, ...], str | None] = field(default_factory=dict)
    _ready: dict[tuple[str, bool, str | None], tuple[Acceptor, Callable[[int], Plain]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Finds what tells variants and records apart."""
        alternatives = self.judge.prepared.alternatives
        entries = (entry for one in alternatives for entry in (*one.order, *one.own))
        self._paths = tuple(dict.fromkeys(entry.path for entry in entries))
        record = self.judge.prepared.record if self.role is None else None
        self._is_record = None if record is None else indexed.judgement(anchored_record(record), ABSENT)
        self._record = self.role is Role.RECORD

    def verdict(self, data: Any, file: str) -> Verdict | None:
        """
        What `Judge.verdict` says of a plainly clean document, without what was exercised; None for any other.

        Its findings are rules that nobody could check (CM408).
        """
        plain = self.plain(data)
        if plain is None:
            return None
        findings: tuple[Diagnostic, ...] = ()
        sheet = self.judge.sheet(plain.variant)
        if plain.unchecked:
            context = self._context(file, plain.status, plain.role)
            names = {name for _, name in plain.unchecked}
            unchecked = [rule for rule in sheet.rules if rule.name in names and rule.reads_account]
            findings = tuple(
                finding
                for rule in unchecked
                if plain.status in rule.statuses
                for finding in rules.broken(rule, sheet, data, context, [])
            )
        return Verdict(file, plain.variant, plain.role, plain.status, findings, (), data, self.account, sheet.key)

    def plain(self, data: Any) -> Plain | None:
        """What the document is, None where that takes a closer look."""
        if type(data) is not dict:
            return None
        key = tuple([data.get(path[0], ABSENT) if len(path) == 1 else at(data, path) for path in self._paths])
        try:
            variant = self._variants[key]
        except KeyError:
            variant = self._chosen(key, data)
        except TypeError:  # a list or an object where a choice is made
            return None
        if variant is None:
            return None
        is_record = self._is_record((data,)) if self._is_record is not None else self._record
        status = self.status
        if status is None and is_record:
            status = status_for(self.judge.sheet(variant), data, Role.RECORD, None)
        which = (variant, is_record, status)
        ready = self._ready.get(which)
        if ready is None:
            ready = self._ready[which] = self._made(variant, Role.RECORD if is_record else Role.REQUEST, status)
        accept, results = ready
        unchecked = accept(data)
        return results(unchecked) if unchecked is not None else None

    def _chosen(self, key: tuple[Any, ...], data: Any) -> str | None:
        """The variant of a document, None where it has findings or numbers, whose spellings are many, decide."""
        choice = choose(self.judge.prepared.alternatives, data, "")
        variant = None if choice.findings else choice.variant
        if any(not (value is ABSENT or isinstance(value, str)) for value in key):
            return None
        if len(self._variants) >= _KNOWN:
            self._variants.clear()
        self._variants[key] = variant
        return variant

    def _made(self, variant: str, role: Role, status: str | None) -> tuple[Acceptor, Callable[[int], Plain]]:
        """The acceptor of a variant, role and status, and what it says of a document by the rules not checked."""
        sheet = self.judge.sheet(variant)
        status = status_for(sheet, {}, role, status)
        context = self._context("", status, role)
        made = acceptor(sheet, context) if status in sheet.statuses else None

        @cache
        def result(unchecked: int) -> Plain:
            return Plain(variant, role, status, unchecked_rules(sheet, context, unchecked))

        return made or _never, result

    def _context(self, file: str, status: str, role: Role) -> JudgeContext:
        given = {} if self.account is None else {"account": self.account.data, "unsound": self.account.unsound}
        return JudgeContext(file, status, role, **given)


def _never(_: Any) -> None:
    """No document of that kind is plainly clean."""


def is_sound_account(judge: Judge, data: Any) -> bool:
    """Whether an account plainly has no finding; False where the interpreter must look."""
    sheet = judge.prepared.account()
    accept = None if sheet is None else acceptor(sheet, JudgeContext("", sheet.initial, Role.REQUEST))
    return sheet is None or (accept is not None and accept(data) is not None)
