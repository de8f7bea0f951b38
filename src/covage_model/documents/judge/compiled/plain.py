"""The fast yes for any document of a pack: its variant, role and status found by a look, then its acceptor asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from covage_model.documents.judge import rules
from covage_model.documents.judge.choose import exact
from covage_model.documents.judge.compiled.accept_texts import may_hold_number
from covage_model.documents.judge.compiled.looker import looker
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.verdict import Account, Judge, Verdict, anchored_record, status_for
from covage_model.documents.presence import slots
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Sheet
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.json_value import ABSENT
from covage_model.pack.conditions.lookups import AccountIndex
from covage_model.pack.model.conditions import Condition

if TYPE_CHECKING:
    from covage_model.documents.judge.compiled.closer import CloserLook
    from covage_model.documents.judge.compiled.line_reading import LineReading

KNOWN = 4096  # ways to be chosen that are remembered


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
    numbers: bool  # whether a number may be in it


class _Plains(dict[int, Plain]):
    """What a document is by the rules that were not checked, made when first asked."""

    def __init__(self, make: Callable[[int], Plain]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, unchecked: int) -> Plain:
        plain = self[unchecked] = self._make(unchecked)
        return plain


Ready = Callable[[Any], tuple[int, Plain] | None]  # an acceptor


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
    lines: LineReading | None = None  # how lines are read, once somebody reads them
    lines_read: int = 0
    look: Callable[[Any], tuple[Any, ...]] = field(init=False)  # what tells variants and records apart
    ready: dict[tuple[Any, ...], Ready] = field(default_factory=dict)  # who judges documents, by what was seen in them
    _made: dict[tuple[str, Role, str | None], Ready] = field(default_factory=dict)
    _index: AccountIndex | None = None
    _closer: CloserLook | None = None
    _plains: dict[tuple[str, Role, str], _Plains] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Finds what tells variants and records apart."""
        self.look = looker(*self.looks_at())

    def looks_at(self) -> tuple[Sequence[Sequence[str]], Condition | None]:
        """The paths whose values tell variants apart, and the condition that tells records from requests."""
        alternatives = self.judge.prepared.alternatives
        entries = (entry for one in alternatives for entry in (*one.order, *one.own))
        record = self.judge.prepared.record if self.role is None else None
        anchored = None if record is None else anchored_record(record)
        return tuple(dict.fromkeys(tuple(entry.path) for entry in entries)), anchored

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

    @property
    def closer(self) -> CloserLook:
        """Who explains what is not plainly clean."""
        if self._closer is None:
            from covage_model.documents.judge.compiled.closer import CloserLook  # late: few runs have many faults

            self._closer = CloserLook(self)
        return self._closer

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
        try:
            seen = self.look(data)
            return (self.ready.get(seen) or self._chosen(seen, data))(data)
        except TypeError:  # a list or an object where a choice is made, or another type where a text is looked for
            return None

    def _chosen(self, seen: tuple[Any, ...], data: Any) -> Ready:
        """Who judges documents in which that was seen; nobody where it has findings."""
        kind = self.kind(seen, data)
        if kind is None:
            return never
        if len(self.ready) >= KNOWN:
            self.ready.clear()
        self.ready[seen] = ready = self._judge(*kind)
        return ready

    def kind(self, seen: tuple[Any, ...], data: Any) -> tuple[str, Role] | None:
        """The variant and role of documents in which that was seen; None where that takes a closer look."""
        if any(not (value is ABSENT or isinstance(value, str)) for value in seen[:-1]):
            return None  # numbers have many spellings
        variant = exact(self.judge.prepared.alternatives, data)
        if variant is None:
            return None
        is_record = self.role is Role.RECORD or seen[-1]
        return variant, Role.RECORD if is_record else Role.REQUEST

    def _judge(self, variant: str, role: Role) -> Ready:
        """Who judges documents of a variant. A record says its status, where none is given."""
        if role is Role.REQUEST or self.status is not None:
            return self._of(variant, role, self.status)
        sheet = self.judge.sheet(variant)

        def accept(data: Any) -> tuple[int, Plain] | None:
            return self._of(variant, role, status_for(sheet, data, role, None))(data)

        return accept

    def _of(self, variant: str, role: Role, status: str | None) -> Ready:
        """The acceptor of a variant, role and status."""
        known = self._made.get((variant, role, status))
        if known is None:
            # late: slow to load, and not needed in a run of few documents
            from covage_model.documents.judge.compiled.accept import acceptor

            sheet, context, plains = self.asked_of(variant, role, status)
            accept = acceptor(sheet, context, plains, self.index()) if context.status in sheet.statuses else None
            known = self._made[variant, role, status] = accept or never
        return known

    def index(self) -> AccountIndex:
        """The index of the account, made when first asked."""
        if self._index is None:
            self._index = AccountIndex(ABSENT if self.account is None else self.account.data)
        return self._index

    def asked_of(self, variant: str, role: Role, status: str | None) -> tuple[Sheet, JudgeContext, Mapping[int, Plain]]:
        """What is asked of documents of a variant, role and status, and what those are by the rules not checked."""
        sheet = self.judge.sheet(variant)
        wanted = status_for(sheet, {}, role, status)
        context = self._context("", wanted, role)
        plains = self._plains.get((variant, role, wanted))
        if plains is None:
            unique = tuple({said.path[0]: None for said in sheet.unique if not _is_never_there(sheet, said.path, role)})
            more = bool(sheet.key), unique, may_hold_number(sheet)
            plains = _Plains(lambda bits: Plain(variant, role, wanted, _unchecked(sheet, context, bits), *more))
            self._plains[variant, role, wanted] = plains
        return sheet, context, plains

    def _context(self, file: str, status: str, role: Role) -> JudgeContext:
        given = {} if self.account is None else {"account": self.account.data, "unsound": self.account.unsound}
        return JudgeContext(file, status, role, **given)


def _is_never_there(sheet: Sheet, path: Sequence[str], role: Role) -> bool:
    """Whether only the platform writes what is at a path, so that no plainly clean document has it."""
    return role is Role.REQUEST and any(slot.read_only is not None for slot in slots.slots_on(sheet.root, path))


def never(_: Any) -> None:
    """No document of that kind is plainly clean."""


def is_sound_account(judge: Judge, data: Any) -> bool:
    """Whether an account plainly has no finding; False where the interpreter must look."""
    sheet = judge.prepared.account()
    if sheet is None:
        return True
    from covage_model.documents.judge.compiled.accept import acceptor

    accept = acceptor(sheet, JudgeContext("", sheet.initial, Role.REQUEST), defaultdict(bool)) or never
    try:
        return accept(data) is not None
    except TypeError:  # another type where a text is looked for
        return False


def _unchecked(sheet: Sheet, context: JudgeContext, bits: int) -> tuple[tuple[str, str], ...]:
    """The rules that an acceptor left unchecked: for each the reason, as the form of its finding, and its name."""
    left = (rule for number, rule in enumerate(sheet.rules) if bits >> number & 1)
    return tuple((rules.why_unchecked(rule, context) or "", rule.name) for rule in left)
