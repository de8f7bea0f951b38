"""The fast yes for any document of a pack: its variant, role and status found by a look, then its acceptor asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING, Any

from covage_model.documents.judge import rules
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.looker import looker
from covage_model.documents.judge.verdict import Account, Judge, Verdict, anchored_record, status_for
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Sheet
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.json_value import ABSENT

if TYPE_CHECKING:
    from covage_model.documents.judge.accept import Acceptor

_KNOWN = 4096  # ways to be chosen that are remembered


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """
    What a plainly clean document was judged as, and the rules that nobody could check: reason and name of each.

    Documents of one `PlainJudge` that are alike in this have the same object.
    """

    variant: str
    role: Role
    status: str
    unchecked: tuple[tuple[str, str], ...]
    key: bool  # whether the order may have a name
    unique: tuple[str, ...]  # fields at its top in or below which a value may be that no other order may have


class _Plains(dict[int, Plain]):
    """What a document is by the rules that were not checked, made when first asked."""

    def __init__(self, make: Callable[[int], Plain]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, unchecked: int) -> Plain:
        plain = self[unchecked] = self._make(unchecked)
        return plain


_Ready = tuple["Acceptor", _Plains]


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
    asked: int = 0  # documents of the run that were not lines; whoever asks counts them
    _look: Callable[[Any], tuple[Any, ...]] = field(init=False)  # what tells variants and records apart
    _ready: dict[tuple[Any, ...], _Ready | str | None] = field(default_factory=dict)  # by what was seen
    _made: dict[tuple[str, Role, str | None], _Ready] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Finds what tells variants and records apart."""
        alternatives = self.judge.prepared.alternatives
        entries = (entry for one in alternatives for entry in (*one.order, *one.own))
        record = self.judge.prepared.record if self.role is None else None
        anchored = None if record is None else anchored_record(record)
        self._look = looker(tuple(dict.fromkeys(entry.path for entry in entries)), anchored)

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

    def clean_verdict(self, plain: Plain, data: Any, file: str) -> Verdict:
        """The verdict on a document that is this, without findings."""
        key = self.judge.sheet(plain.variant).key
        return Verdict(file, plain.variant, plain.role, plain.status, (), (), data, self.account, key)

    def plain(self, data: Any) -> Plain | None:
        """What the document is, None where that takes a closer look."""
        accepted = self.accepted(data)
        return accepted[1] if accepted is not None else None

    def accepted(self, data: Any) -> tuple[int, Plain] | None:
        """
        How many members the objects of the document have, and what it is. None where that takes a closer look.

        Members of values that may be anything are not counted.
        """
        if type(data) is not dict:
            return None
        seen = self._look(data)
        try:
            ready = self._ready[seen]
        except KeyError:
            ready = self._chosen(seen, data)
        except TypeError:  # a list or an object where a choice is made
            return None
        if ready is None:
            return None
        if isinstance(ready, str):  # the variant of a record, which says its status
            status = self.status or status_for(self.judge.sheet(ready), data, Role.RECORD, None)
            ready = self._of(ready, Role.RECORD, status)
        try:
            accepted = ready[0](data)
        except TypeError:  # another type where a text is looked for
            return None
        return (accepted[0], ready[1][accepted[1]]) if accepted is not None else None

    def _chosen(self, seen: tuple[Any, ...], data: Any) -> _Ready | str | None:
        """What judges a document, None where it has findings or numbers, whose spellings are many, decide."""
        choice = choose(self.judge.prepared.alternatives, data, "")
        variant = None if choice.findings else choice.variant
        is_record = self.role is Role.RECORD or seen[-1]
        if any(not (value is ABSENT or isinstance(value, str)) for value in seen[:-1]):
            return None
        ready: _Ready | str | None = variant
        if variant is not None and not is_record:
            ready = self._of(variant, Role.REQUEST, self.status)
        if len(self._ready) >= _KNOWN:
            self._ready.clear()
        self._ready[seen] = ready
        return ready

    def _of(self, variant: str, role: Role, status: str | None) -> _Ready:
        """The acceptor of a variant, role and status, and what it says of a document by the rules not checked."""
        known = self._made.get((variant, role, status))
        if known is None:
            from covage_model.documents.judge.accept import acceptor  # slow to load, and few documents need none

            sheet = self.judge.sheet(variant)
            wanted = status_for(sheet, {}, role, status)
            context = self._context("", wanted, role)
            accept = acceptor(sheet, context) if wanted in sheet.statuses else None
            kind, named = (
                (variant, role, wanted),
                (bool(sheet.key), tuple({said.path[0]: None for said in sheet.unique})),
            )
            plains = _Plains(lambda bits: Plain(*kind, _unchecked(sheet, context, bits), *named))
            known = self._made[variant, role, status] = (accept or _never, plains)
        return known

    def _context(self, file: str, status: str, role: Role) -> JudgeContext:
        given = {} if self.account is None else {"account": self.account.data, "unsound": self.account.unsound}
        return JudgeContext(file, status, role, **given)


def _never(_: Any) -> None:
    """No document of that kind is plainly clean."""


def is_sound_account(judge: Judge, data: Any) -> bool:
    """Whether an account plainly has no finding; False where the interpreter must look."""
    sheet = judge.prepared.account()
    if sheet is None:
        return True
    from covage_model.documents.judge.accept import acceptor

    accept = acceptor(sheet, JudgeContext("", sheet.initial, Role.REQUEST)) or _never
    try:
        return accept(data) is not None
    except TypeError:  # another type where a text is looked for
        return False


def _unchecked(sheet: Sheet, context: JudgeContext, bits: int) -> tuple[tuple[str, str], ...]:
    """The rules that an acceptor left unchecked: for each the reason, as the form of its finding, and its name."""
    left = (rule for number, rule in enumerate(sheet.rules) if bits >> number & 1)
    return tuple((rules.why_unchecked(rule, context) or "", rule.name) for rule in left)
