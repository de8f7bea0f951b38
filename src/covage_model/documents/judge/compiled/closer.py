"""
The closer look at many documents that are not plainly clean: the interpreter, spared what is plainly right.

What was seen in a document says its variant, as for the fast yes; values that the compiled judge accepts are passed
over, and rules that nobody can check are told apart. What is found is what `Judge.verdict` finds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.judge import judge
from covage_model.documents.judge.verdict import Verdict, status_for
from covage_model.ground.classes import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from covage_model.documents.judge.compiled.plain import PlainJudge
    from covage_model.documents.presence.role import Role
    from covage_model.documents.presence.sheet import Sheet, Slot

_Kind = tuple[str, "Role"]
_UNKNOWN: Any = object()
_KEPT = 4096
_FEW = 32  # values of a slot after which its compilation pays off


@dataclass(slots=True, repr=False, eq=False)
class CloserLook:
    """Explains documents of one `PlainJudge`; what it has compiled serves all of them."""

    plain: PlainJudge
    _kinds: dict[tuple[Any, ...], _Kind | None] = field(default_factory=dict)  # by what was seen
    _passes: dict[_Kind, Callable[[Slot, Any], bool]] = field(default_factory=dict)

    def verdict(self, data: Any, file: str, *, doubtful: bool = False) -> Verdict:
        """
        What `Judge.verdict` says, without what was exercised, and with the rules not checked apart.

        `doubtful`: the document is known not to be plainly clean.
        """
        whole, account = self.plain.judge, self.plain.account
        clean = None if doubtful else self.plain.plain(data)
        if clean is not None:
            key = whole.sheet(clean.variant).key
            return Verdict(file, clean.variant, clean.role, clean.status, (), (), data, account, key, clean.unchecked)
        kind = self._kind(data)
        if kind is not None:
            variant, role = kind
            sheet = whole.sheet(variant)
            status = status_for(sheet, data, role, self.plain.status)
            if status in sheet.statuses:
                unchecked: dict[tuple[str, str], None] = {}
                context = self._context(file, status, kind, unchecked)
                found = judge(sheet, data, context).findings
                return Verdict(file, variant, role, status, found, (), data, account, sheet.key, tuple(unchecked))
        asked = self.plain
        how: dict[str, Any] = {"role": asked.role, "status": asked.status, "account": account}
        return told_apart(replace(whole.verdict(data, file, **how, passes=self._passes_of), exercised=()))

    def _kind(self, data: Any) -> _Kind | None:
        """The variant and the role; None where that takes the interpreter."""
        if type(data) is not dict:
            return None
        try:
            seen = self.plain.look(data)
            known = self._kinds.get(seen, _UNKNOWN)
        except TypeError:  # a list or an object where a choice is made
            return None
        if known is _UNKNOWN:
            if len(self._kinds) >= _KEPT:
                self._kinds.clear()
            self._kinds[seen] = self.plain.kind(seen, data)
        return self._kinds[seen]

    def _context(self, file: str, status: str, kind: _Kind, apart: dict[tuple[str, str], None]) -> JudgeContext:
        account = self.plain.account
        given = {} if account is None else {"account": account.data, "unsound": account.unsound}
        return JudgeContext(file, status, kind[1], passes=self._passes_of(*kind), apart=apart, **given)

    def _passes_of(self, variant: str, role: Role) -> Callable[[Slot, Any], bool]:
        passes = self._passes.get((variant, role))
        if passes is None:
            sheet = self.plain.judge.sheet(variant)
            passes = self._passes[variant, role] = _SlotPasses(sheet, JudgeContext("", sheet.initial, role)).passes
        return passes


class _SlotPasses:
    """Says whether a value is plainly clean at a slot; one that is asked about often is compiled."""

    def __init__(self, sheet: Sheet, context: JudgeContext) -> None:
        self._sheet, self._context = sheet, context
        self._known: dict[int, Callable[[Any], object]] = {}  # by id of the slot, which its sheet keeps
        self._asked: Counter[int] = Counter()

    def passes(self, slot: Slot, value: Any) -> bool:
        accept = self._known.get(id(slot))
        if accept is None:
            self._asked[id(slot)] += 1
            if self._asked[id(slot)] <= _FEW:
                return False
            # late: a start takes longer with it
            from covage_model.documents.judge.compiled.accept import value_acceptor

            accept = self._known[id(slot)] = value_acceptor(self._sheet, slot, self._context)
        try:
            return accept(value) is not None
        except (TypeError, AttributeError):  # another type than is looked for
            return False


def told_apart(verdict: Verdict) -> Verdict:
    """The verdict with the rules that nobody could check apart from its findings."""
    unchecked = {(one.form, str(one.arguments["rule"])): None for one in verdict.findings if one.code == "CM408"}
    if not unchecked:
        return verdict
    found = tuple(one for one in verdict.findings if one.code != "CM408")
    return replace(verdict, findings=found, unchecked=tuple(unchecked))
