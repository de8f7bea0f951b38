"""Findings about a document as its file has it: with the line and the column, and with numbers as they are spelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covage_model.ground.diagnostics import Diagnostic

if TYPE_CHECKING:
    from covage_model.documents.judge.verdict import Judge, Verdict
    from covage_model.ground.files.document import Document


def as_spelt(finding: Diagnostic, document: Document, judge: Judge, verdict: Verdict) -> Diagnostic:
    """The finding with a number as the file spells it."""
    text = document.spelling(finding.location.pointer) if isinstance(finding.arguments.get("found"), float) else None
    if text is None:
        return finding
    from covage_model.documents.judge import hints  # late: few findings are about such numbers
    from covage_model.documents.presence.slots import slot_at_steps
    from covage_model.ground import pointer

    root = judge.sheet(verdict.variant).root if verdict.variant is not None else None
    return hints.as_spelt(finding, text, slot_at_steps(root, pointer.split(finding.location.pointer)))


def placed(finding: Diagnostic, document: Document) -> Diagnostic:
    """The finding with its line and column: those of the key for an unknown or forbidden field, else of the value."""
    where = finding.location.pointer
    at_key = finding.code in ("CM405", "CM406", "CM409")
    return finding.moved(document.key_at(where) if at_key else document.at(where))
