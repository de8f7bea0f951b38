"""Whether one record can have become another: for programs, and for files (`validate --before`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from typing import Any

from covage_model.api import orders
from covage_model.api.workspace import Pack
from covage_model.behaviour.run.became import Became, Becoming
from covage_model.behaviour.space.tables import TableUse
from covage_model.documents.judge.judged_document import CleanDocuments, JudgedDocument
from covage_model.documents.judge.unreached import told
from covage_model.documents.judge.verdict import Account, Verdict
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Severity


def record_became(pack: Pack, old: Any, new: Any, *, account: Any = None) -> Became:
    """
    Whether an order that showed the record `old` can show `new` later (JSON data): the moves, or what is nearest.

    Raises ValueError for documents that are no orders of one kind.
    """
    before, after = (pack.judge.verdict(record, "record").variant for record in (old, new))
    if before is None or before != after:
        raise ValueError(f"these are no records of one order: {before or 'no order'} and {after or 'no order'}")
    return Becoming(pack.judge, pack.table(before, TableUse.WAYS), pack.account(account)).became(old, new)


@dataclass(slots=True)
class RecordsBefore:
    """
    The records that orders showed before, by what names them, and comparisons with them.

    A record is compared with the one before of the same name; where neither has one, with the only one.
    """

    pack: Pack
    account: Account | None
    known: dict[str, Verdict] = field(default_factory=dict)
    nameless: list[Verdict] = field(default_factory=list)
    _becoming: dict[str, Becoming] = field(default_factory=dict)

    def read(self, path: str, request: orders.Request) -> tuple[JudgedDocument, ...]:
        """Reads a file of such records; what cannot be read of it is returned."""
        unread = []
        for one in orders.judge_files([path], self.pack.judge, replace(request, exercised=True)):
            if one.verdict is None or one.verdict.variant is None:
                unread.append(one)
            elif one.verdict.key is None:
                self.nameless.append(one.verdict)
            else:
                self.known[_name(one.verdict)] = one.verdict
        return tuple(unread)

    def compared(self, judged: Iterable[JudgedDocument | CleanDocuments]) -> Iterator[JudgedDocument | CleanDocuments]:
        """What was judged, each record with the finding of what it was before."""
        for one in judged:
            if isinstance(one, JudgedDocument) and one.verdict is not None and one.verdict.variant is not None:
                finding = self._finding(one.verdict)
                placed = finding if one.document is None else orders.placed(finding, one.document)
                yield replace(one, findings=(*one.findings, placed))
            else:
                yield one

    def _before(self, verdict: Verdict) -> Verdict | None:
        if verdict.key is not None:
            return self.known.get(_name(verdict))
        return self.nameless[0] if len(self.nameless) == 1 and not self.known else None

    def _finding(self, verdict: Verdict) -> Diagnostic:
        before, place = self._before(verdict), Location(verdict.file, 0, 0)
        if before is None:
            return Diagnostic("CM420", "unknown", {}, place, severity=Severity.NOTE)
        arguments: dict[str, Any] = {"before": before.status, "after": verdict.status}
        name = str(verdict.variant)
        if before.variant != name:
            return Diagnostic("CM420", "kind", {"before": before.variant, "after": name}, place)
        if name not in self._becoming:
            table = self.pack.table(name, TableUse.WAYS)
            self._becoming[name] = Becoming(self.pack.judge, table, self.account)
        becoming = self._becoming[name]
        answer = becoming.became(before.data, verdict.data)
        if answer.moves is not None:
            moves = [f"{move.trigger} ({', '.join(move.actors)})" for move in answer.moves]
            form = "became" if moves else "same"
            return Diagnostic("CM420", form, {**arguments, "moves": moves}, place, severity=Severity.NOTE)
        if not answer.complete:
            return Diagnostic("CM420", "undecided", arguments, place, severity=Severity.UNCHECKED)
        pairs = [(variable.name, shown.value) for variable, shown in becoming.space.lifecycle.shown]
        if answer.nearest is not None:
            status, showing = answer.nearest
            arguments |= {"nearest": [status, *told(pairs, showing)]}
        return Diagnostic("CM420", answer.why, arguments, place)


def _name(verdict: Verdict) -> str:
    key = verdict.key
    return "" if key is None else json_value.canonical([list(key.path), key.value])
