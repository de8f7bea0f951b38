"""What a run of `validate` adds up to: what was judged as what, findings by code and file, rules not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import TypeVar

from covage_model.documents.judge.judged_document import CleanDocuments, JudgedDocument, RulesNotChecked
from covage_model.ground import codes, places
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.language import metavar, tell
from covage_model.report.blocks import Block, Columns, TextLine

_REASONS = {
    "no-account": "no account was given ({account})",
    "unsound-account": "the account has findings in parts that they read",
}
_FIRST = "{rules}: in {documents:n}, first in {first}"
_NO_ORDER = "no order"
_SHOWN = 20  # rows of a table
_FILES = 10_000  # with findings, that are counted apart
_Kind = tuple[str, str, str]  # variant, role, status
Key = TypeVar("Key")


@dataclass(slots=True, repr=False, eq=False)
class DocumentTotals:
    """Adds documents up as they come; `account` is the option that gives an account."""

    account: str
    language: str = "en"
    documents: int = 0
    clean: int = 0
    compared: bool = False  # whether a finding tells of two documents that are alike
    _judged: Counter[_Kind] = field(default_factory=Counter)
    _faulty: Counter[_Kind] = field(default_factory=Counter)  # documents that are not clean
    _codes: Counter[str] = field(default_factory=Counter)
    _files: Counter[str] = field(default_factory=Counter)
    _unchecked: tuple[Diagnostic, ...] = ()  # a finding for each rule and reason

    @property
    def rules_not_checked(self) -> int:
        """How many rules were not checked in some document."""
        return len({finding.arguments["rule"] for finding in self._unchecked})

    def add(self, one: JudgedDocument) -> None:
        """Count one document, or what could not be read."""
        faults = [finding for finding in one.findings if finding.severity in (Severity.ERROR, Severity.WARNING)]
        for finding in one.findings:
            self.compared = self.compared or finding.code == "CM415"
            if finding.severity is not Severity.UNCHECKED:
                self._codes[finding.code] += 1
        if faults:
            self._files[one.file if one.file in self._files or len(self._files) < _FILES else ""] += len(faults)
        if one.verdict is None:
            return
        verdict = one.verdict
        kind = (verdict.variant or _NO_ORDER, verdict.role.value, verdict.status)
        self.documents += 1
        self.clean += not faults
        self._judged[kind] += 1
        self._faulty[kind] += bool(faults)

    def add_clean(self, clean: CleanDocuments) -> None:
        """Count documents that are plainly clean."""
        for plain, number, _ in clean.counts:
            self.documents += number
            self.clean += number
            self._judged[plain.variant, plain.role.value, plain.status] += number

    def add_not_checked(self, rules: RulesNotChecked) -> None:
        """Take the rules that were not checked in the run."""
        self._unchecked = rules.findings

    def blocks(self) -> Iterator[Block]:
        """The rules not checked, and the tables: nothing where they would say what was just said."""
        yield from self._rules()
        if self.documents > 1 and self._codes:
            rows = [
                (code, codes.page(code, self.language).title, self._count(count)) for code, count in _most(self._codes)
            ]
            yield from self._table("findings by code", rows, 0, 2)
        if len(self._files) > 1:
            files = [
                (places.shown(name) or tell("other files", self.language), self._count(count))
                for name, count in _most(self._files)[:_SHOWN]
            ]
            yield from self._table("errors and warnings by file", files, len(self._files), 1)
        if len(self._judged) == 1:
            yield TextLine(
                tell(
                    "judged as {kind}",
                    self.language,
                    kind=", ".join(filter(None, self._kind(next(iter(self._judged))))),
                )
            )
        elif self._judged:
            judged = [
                (*self._kind(kind), self._count(count), self._not_clean(self._faulty[kind]))
                for kind, count in _most(self._judged)[:_SHOWN]
            ]
            yield from self._table("judged as", judged, len(self._judged), 3, 4)

    def _rules(self) -> Iterator[Block]:
        """The rules that were not checked, on one line where they share reason, count and first place."""
        lines: dict[tuple[str, str, int], list[str]] = {}
        for finding in self._unchecked:
            reason, arguments = finding.form.removesuffix("-in-run"), finding.arguments
            lines.setdefault((reason, _place(finding), arguments["orders"]), []).append(arguments["rule"])
        if self.documents <= 1:
            for (reason, first, _), rules in lines.items():
                yield TextLine(
                    tell(
                        "{first}: {why}: {rules}",
                        self.language,
                        first=first,
                        why=self._why(reason),
                        rules=", ".join(rules),
                    )
                )
            return
        for reason in dict.fromkeys(reason for reason, _, _ in lines):
            yield TextLine(self._why(reason))
            for (other, first, documents), rules in sorted(lines.items(), key=_most_documents):
                if other == reason:
                    yield TextLine(
                        tell(_FIRST, self.language, rules=", ".join(rules), documents=documents, first=first), indent=4
                    )

    def _why(self, reason: str) -> str:
        why = tell(_REASONS[reason], self.language, account=metavar(self.account, self.language))
        word = tell(Severity.UNCHECKED.value, self.language)
        return tell("{word} CM408 {why}, so these rules were not checked", self.language, word=word, why=why)

    def _kind(self, kind: _Kind) -> _Kind:
        variant, role, status = kind
        known = tell(variant, self.language) if variant == _NO_ORDER else variant
        return known, tell(role, self.language), status

    def _count(self, count: int) -> str:
        return tell("{count:n}", self.language, count=count)

    def _not_clean(self, count: int) -> str:
        return tell("{count:n} not clean", self.language, count=count) if count else ""

    def _table(self, title: str, rows: Iterable[tuple[str, ...]], whole: int, *right: int) -> Iterator[Block]:
        shown = list(rows)
        yield TextLine(tell(title, self.language))
        yield Columns(shown, indent=4, right=frozenset(right))
        if whole > len(shown):
            yield TextLine(tell("and {count:n} more", self.language, count=whole - len(shown)), indent=4)


def _place(finding: Diagnostic) -> str:
    """Where the first order starts; the file alone where that is its first line."""
    file = places.shown(finding.location.file)
    return file if finding.location.line == 1 else f"{file}:{finding.location.line}"


def _most_documents(line: tuple[tuple[str, str, int], list[str]]) -> tuple[int, list[str]]:
    (_, _, documents), rules = line
    return -documents, rules


def _most(counts: Counter[Key]) -> list[tuple[Key, int]]:
    """The largest counts first."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
