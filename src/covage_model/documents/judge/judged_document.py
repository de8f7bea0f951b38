"""What was found out about one document of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from covage_model.ground.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from covage_model.documents.judge.verdict import Verdict
    from covage_model.ground.files.document import Document


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """
    One document of an order file, or what could not be read of it or is only noted (`verdict` None).

    `findings` have lines; `document` shows the lines themselves.
    """

    file: str
    findings: tuple[Diagnostic, ...]
    verdict: Verdict | None = None
    document: Document | None = None

    @property
    def unreadable(self) -> bool:
        """Whether a document was not judged because it could not be read."""
        errors = (finding for finding in self.findings if finding.severity is Severity.ERROR)
        return self.verdict is None and any(finding.code < "CM1" for finding in errors)
