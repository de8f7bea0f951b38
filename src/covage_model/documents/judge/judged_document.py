"""What was found out about one document of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from covage_model.ground.diagnostics import Diagnostic

if TYPE_CHECKING:
    from covage_model.documents.judge.verdict import Verdict
    from covage_model.ground.files.document import Document


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """
    One document of an order file, or one file that could not be read (`verdict` None).

    `findings` are all there are, with lines; `document` shows the lines themselves.
    """

    file: str
    findings: tuple[Diagnostic, ...]
    verdict: Verdict | None = None
    document: Document | None = None
