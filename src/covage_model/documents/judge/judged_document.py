"""What was found out about the documents of a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from covage_model.documents.judge.compiled.plain import Plain
    from covage_model.documents.judge.verdict import Verdict
    from covage_model.ground.files.document import Document
    from covage_model.ground.files.text import Text


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """
    One document of an order file, or what could not be read of it or is only noted (`verdict` None).

    `findings` have lines; `document` shows the lines themselves, `text` those of what was not read. `identity` is what
    the document is known by in the next run, where what stands here no longer says it.
    """

    file: str
    findings: tuple[Diagnostic, ...]
    verdict: Verdict | None = None
    document: Document | None = None
    text: Text | None = None
    identity: str = ""

    @property
    def unreadable(self) -> bool:
        """Whether a document was not judged because it could not be read."""
        errors = (finding for finding in self.findings if finding.severity is Severity.ERROR)
        return self.verdict is None and any(finding.code < "CM1" for finding in errors)


@dataclass(frozen=True, slots=True)
class CleanDocuments:
    """
    Documents of one file, or of small files, that are plainly clean, but for rules that nobody could check.

    `counts` has what they were judged as, how many there are, and the line of the first. `each` has the line of every
    one, what it was judged as, and its verdict if it has a name or a unique value; or nothing, where nobody asks for
    each. `last` is the line of the last of them. Where they come from several files, `file` is
    the first of these and `until` the last.
    """

    file: str
    counts: Sequence[tuple[Plain, int, int]]
    last: int
    each: Sequence[tuple[int, Plain, Verdict | None]] = ()
    until: str = ""


@dataclass(frozen=True, slots=True)
class RulesNotChecked:
    """The rules that nobody could check for some orders of a run: one finding (CM408) for each, at the first order."""

    findings: tuple[Diagnostic, ...]
    identity: str = "run"  # what they are about, the same in the next run
