"""The fast yes for lines that typed decoding reads; it knows no more than `plain`, and takes less time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any

from covage_model.documents.judge.compiled.looker import typed_looker
from covage_model.documents.judge.compiled.plain import KNOWN, Plain, PlainJudge, Ready, never
from covage_model.documents.judge.compiled.typed import TypedReader, typed_reader
from covage_model.documents.judge.verdict import status_for
from covage_model.documents.presence.role import Role
from covage_model.ground.classes import dataclass


def typed_judge(plain: PlainJudge) -> TypedJudge | None:
    """The judge of typed documents for the same pack, role, status and account; None where none can be made."""
    reader = typed_reader([plain.judge.sheet(one.variant) for one in plain.judge.prepared.alternatives])
    look = typed_looker(*plain.looks_at(), reader.root) if reader is not None else None
    return TypedJudge(plain, reader, look) if reader is not None and look is not None else None


@dataclass(slots=True)
class TypedJudge:
    """As `PlainJudge`, for documents that `reader` has decoded."""

    plain: PlainJudge
    reader: TypedReader
    look: Callable[[Any], tuple[Any, ...]]
    ready: dict[tuple[Any, ...], Ready] = field(default_factory=dict)
    _made: dict[tuple[str, Role, str | None], Ready] = field(default_factory=dict)

    def accepted(self, value: Any) -> tuple[int, Plain] | None:
        """
        How many members the objects of the document have, and what it is. None where that takes a closer look.

        Nulls where the type is Any are not counted.
        """
        try:
            seen = self.look(value)
            return (self.ready.get(seen) or self._chosen(seen, value))(value)
        except TypeError:  # a list or an object where a choice is made
            return None

    def _chosen(self, seen: tuple[Any, ...], value: Any) -> Ready:
        kind = self.plain.kind(seen, self.reader.plain(value))
        if kind is None:
            return never
        if len(self.ready) >= KNOWN:
            self.ready.clear()
        self.ready[seen] = ready = self._judge(*kind)
        return ready

    def _judge(self, variant: str, role: Role) -> Ready:
        status = self.plain.status
        if role is Role.REQUEST or status is not None:
            return self._of(variant, role, status)
        sheet, to_plain = self.plain.judge.sheet(variant), self.reader.plain

        def accept(value: Any) -> tuple[int, Plain] | None:
            return self._of(variant, role, status_for(sheet, to_plain(value), role, None))(value)

        return accept

    def _of(self, variant: str, role: Role, status: str | None) -> Ready:
        """The acceptor of a variant, role and status."""
        known = self._made.get((variant, role, status))
        if known is None:
            known = self._made[variant, role, status] = self._acceptor(variant, role, status) or never
        return known

    def _acceptor(self, variant: str, role: Role, status: str | None) -> Ready | None:
        from covage_model.documents.judge.compiled.accept import acceptor

        sheet, context, plains = self.plain.asked_of(variant, role, status)
        if context.status not in sheet.statuses:
            return None
        return acceptor(sheet, context, plains, self.plain.index(), self.reader)
