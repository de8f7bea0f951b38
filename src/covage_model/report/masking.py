"""
Personal data in reports: values that the spec marks `personal`, and all that nobody described, are shown as a number.

`<personal 3>` is the third such value in the order of the output. The same value has the same number within a run,
unless 100,000 others came in between.
Hidden are the values of personal fields and of unknown ones, what could not be read, and in the line that is shown of
a file every value besides the one that the finding is about. Names of fields, places and the pack's own words stay.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, cast

from covage_model.documents.judge.judged_document import CleanDocuments, JudgedDocument, RulesNotChecked
from covage_model.documents.judge.verdict import Judge, Verdict
from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import slot_at, with_each_scalar
from covage_model.ground import json_value, pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.digests import blake2b
from covage_model.ground.dotted import keys
from covage_model.ground.files.document import Document
from covage_model.ground.files.text import Text
from covage_model.report.masked_document import MaskedDocument, holds_more, is_hidden, is_secret, names_of
from covage_model.report.secret_values import SecretValues
from covage_model.report.subjects.documents import identity_of

if TYPE_CHECKING:
    from covage_model.behaviour.logs.log_finding import LogFinding
    from covage_model.behaviour.run.outcome import ScenarioOutcome
    from covage_model.behaviour.run.played import Played
    from covage_model.behaviour.run.session import Session
    from covage_model.behaviour.run.step import Step
    from covage_model.behaviour.why.answer import Answer, FailedAccountRule

_ABOUT_FIELDS = frozenset(("CM403", "CM405", "CM406", "CM407", "CM408", "CM409"))  # their hints have no value
_OF_VALUES = frozenset(("CM404", *_ABOUT_FIELDS))
_QUOTED = frozenset(("text", "tag", "anchor", "alias", "directive"))  # arguments that quote a file
_QUOTED_OF_LOGS = _QUOTED | {"name", "column", "first"}  # the first row of a table may be none of names
_QUOTED_OF_RECORDS = frozenset(("value", "pairs"))
_KEPT = 100_000  # values whose numbers are known; perhaps twice as many
_SIZE = 16  # bytes
_UNUSABLE_RECORD = "CM552"
_OURS = frozenset(
    ("path", "name", "rule", "status", "order", "nearest", "expected", "file", "line", "by", "paths", "kind", "legal")
)
_QUOTES = re.compile("[0-9]{2}|['\"«]")  # a hint without any of these quotes nothing of a file


def for_two(judged: Iterable[Any]) -> tuple[Iterator[Any], Iterator[Any]]:
    """The documents for two readers at one pace. `tee` would keep 57 of them, each of which may stand for thousands."""
    source = iter(judged)

    def reader(mine: deque[Any], other: deque[Any]) -> Iterator[Any]:
        while mine or (ahead := next(source, None)) is not None:
            if mine:
                yield mine.popleft()
            else:
                other.append(ahead)
                yield ahead

    first, second = deque[Any](), deque[Any]()
    return reader(first, second), reader(second, first)


@dataclass(slots=True, repr=False, eq=False)
class Mask:
    """The numbers of the values that were hidden so far in a run."""

    judge: Judge
    _last: int = 0
    _numbers: dict[bytes, int] = field(default_factory=dict)  # by digest of the value
    _older: dict[bytes, int] = field(default_factory=dict)  # those from before there were so many

    def judged(
        self, documents: Iterable[JudgedDocument | CleanDocuments | RulesNotChecked]
    ) -> Iterator[JudgedDocument | CleanDocuments | RulesNotChecked]:
        """The documents as they come, with nothing personal in what is shown of them."""
        for one in documents:
            if isinstance(one, CleanDocuments):
                each = [(line, plain, self._verdict(verdict)) for line, plain, verdict in one.each]
                yield replace(one, each=each)
            elif isinstance(one, RulesNotChecked):
                yield one
            else:
                yield self._document(one)

    def hidden(self, value: Any) -> str:
        """What is shown in place of a value."""
        text = value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=repr)
        name = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()
        number = self._numbers.get(name)
        if number is None:
            number = self._older.get(name)
            if number is None:
                number = self._last = self._last + 1
            if len(self._numbers) >= _KEPT:  # so that a run of any length needs no more memory
                self._older, self._numbers = self._numbers, {}
            self._numbers[name] = number
        return f"<personal {number}>"

    def _document(self, one: JudgedDocument) -> JudgedDocument:
        if not one.findings:
            return replace(one, verdict=self._verdict(one.verdict))
        root = self._root(one.verdict)
        secrets = SecretValues((root, one.verdict.data if one.verdict is not None else None))
        content = str(one.text.content) if one.text is not None else None
        if one.verdict is None:
            found = tuple(self._of_no_order(finding, content, secrets) for finding in one.findings)
        else:
            found = tuple(self._finding(finding, root, secrets) for finding in one.findings)
        shown = one.document or one.text
        masked = None if shown is None else MaskedDocument(shown, self.hidden, root)
        return replace(
            one,
            findings=found,
            verdict=self._verdict(one.verdict),
            document=cast("Document", masked) if one.document is not None else None,
            text=cast("Text", masked) if one.document is None and masked is not None else None,
            identity=identity_of(one),
        )

    def _root(self, verdict: Verdict | None) -> Slot | None:
        return self.judge.sheet(verdict.variant).root if verdict is not None and verdict.variant is not None else None

    def _verdict(self, verdict: Verdict | None) -> Verdict | None:
        """The verdict, without the value that names the order where that is personal."""
        key = verdict.key if verdict is not None else None
        if verdict is None or key is None or not is_hidden(self._root(verdict), key.path):
            return verdict
        data: Any = self.hidden(key.value)
        for name in reversed(key.path):
            data = {name: data}
        return replace(verdict, data=data)

    def findings(self, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Findings about accounts, and about files that could not be read."""
        return tuple(self._of_no_order(finding, None, SecretValues()) for finding in found)

    def logged(self, found: Iterable[LogFinding], *, hides_orders: bool) -> Iterator[LogFinding]:
        """The findings about a log as they come, without what they quote of its records, or of names of orders."""
        for one in found:
            finding, fault = self._of_record(one.finding, hides_orders=hides_orders), one.fault
            if fault is not None and hides_orders:
                fault = replace(fault, order=self.hidden(fault.order))
            yield replace(one, finding=finding, fault=fault)

    def played(self, results: Iterable[Played]) -> Iterator[Played]:
        """The scenarios as they come, with nothing personal in their findings."""
        for one in results:
            secrets = self._given(one.outcome) if one.outcome is not None else SecretValues()
            yield replace(one, findings=tuple(self._of_no_order(each, None, secrets) for each in one.findings))

    def given(
        self, document: Document | None, variant: str | None, found: Iterable[Diagnostic]
    ) -> tuple[Document | None, tuple[Diagnostic, ...]]:
        """A document given as this variant, and the findings about it and its account, without what is personal."""
        root = self._root_of(variant)
        secrets = SecretValues((root, document.data if document is not None else None))

        def shown(finding: Diagnostic) -> Diagnostic:
            if document is None or finding.location.file != document.file or finding.code < "CM1":
                return self._of_no_order(finding, None, secrets)
            return self._finding(finding, root, secrets)

        masked = None if document is None else cast("Document", MaskedDocument(document, self.hidden, root))
        return masked, tuple(map(shown, found))

    def answer(self, answer: Answer) -> Answer:
        """What `why` answers, without the values of the document that are personal."""
        session = answer.session
        root = self._root_of(session.variant.name)
        secrets = SecretValues((root, session.document))
        blames = tuple(
            replace(
                blame,
                findings=tuple(self._finding(finding, root, secrets) for finding in blame.findings),
                missed=tuple(self._missed(missed, root) for missed in blame.missed),
            )
            for blame in answer.blames
        )
        ways = tuple(replace(way, steps=tuple(self._step(step, root) for step in way.steps)) for way in answer.ways)
        return replace(answer, blames=blames, ways=ways)

    def session(self, session: Session) -> Session:
        """Where an order is, without the personal values of its document and of the edits that led there."""
        root = self._root_of(session.variant.name)
        chain = [session]
        while chain[-1].before is not None:
            chain.append(chain[-1].before)
        before = None
        for one in reversed(chain):
            before = replace(one, last=None if one.last is None else self._step(one.last, root), before=before)
        return replace(before or session, document=self._inside(session.document, root, hide=False))

    def patch(self, text: str, variant: str) -> str:
        """A change of such an order as somebody typed it, without personal values; hidden where it is no JSON."""
        try:
            return json.dumps(self._inside(json.loads(text), self._root_of(variant), hide=False), ensure_ascii=False)
        except (ValueError, RecursionError):
            return self.hidden(text)

    def _root_of(self, variant: str | None) -> Slot | None:
        """The root of an order; None for what follows no order, of which all is hidden."""
        try:
            return self.judge.sheet(variant).root if variant is not None else None
        except KeyError:
            return None

    def _missed(self, missed: FailedAccountRule, root: Slot | None) -> FailedAccountRule:
        read = ((path, [name.removesuffix("[]") for name in keys(path)], value) for path, value in missed.read)
        told = ((path, self._inside(value, slot_at(root, way), hide=is_hidden(root, way))) for path, way, value in read)
        return replace(missed, read=tuple(told))

    def _step(self, step: Step, root: Slot | None) -> Step:
        """A step, without the personal values of the patch of an edit."""
        edit = step.edit
        if edit is None or edit.patch is json_value.ABSENT:
            return step
        return replace(step, edit=replace(edit, patch=self._inside(edit.patch, root, hide=False)))

    def _given(self, outcome: ScenarioOutcome) -> SecretValues:
        """The personal values of the documents and the account of a scenario."""
        sheet = self.judge.prepared.account()
        root = self._root_of(outcome.variant)
        pairs = [(root, data) for data in outcome.documents]
        pairs += [(root, outcome.verdict.data)] if outcome.verdict is not None else []
        account = outcome.account.data if outcome.account is not None else None
        return SecretValues(*pairs, (sheet.root if sheet is not None else None, account))

    def _of_no_order(self, finding: Diagnostic, content: str | None, secrets: SecretValues) -> Diagnostic:
        """A finding about an account, a scenario, or a file that could not be read; `content` is its text, if known."""
        sheet = self.judge.prepared.account()
        if finding.code in _OF_VALUES and sheet is not None:
            return self._finding(finding, sheet.root, secrets)

        def shown(name: str, value: Any) -> Any:
            if not isinstance(value, str) or name in _OURS - {"name"}:
                return value
            quoted = name in _QUOTED if content is None else value in content
            return self.hidden(value) if quoted or secrets.has(value) else value

        arguments = {name: shown(name, value) for name, value in finding.arguments.items()}
        keeps = finding.hint is None or finding.code in _ABOUT_FIELDS or not _QUOTES.search(finding.hint)
        return replace(finding, arguments=arguments, hint=finding.hint if keeps else None)

    def _of_record(self, finding: Diagnostic, *, hides_orders: bool) -> Diagnostic:
        """A finding about a log. About an order it says the words of the pack, and perhaps the name of the order."""
        reads = finding.code < "CM1" or finding.code == _UNUSABLE_RECORD
        quoted = _QUOTED_OF_LOGS if finding.code < "CM1" else _QUOTED_OF_RECORDS

        def shown(name: str, value: Any) -> Any:
            if name not in quoted and not (hides_orders and name == "order"):
                return value
            if isinstance(value, dict):
                return {member: self.hidden(item) for member, item in value.items()}
            return self.hidden(value)

        arguments = {name: shown(name, value) for name, value in finding.arguments.items()}
        hint = finding.hint
        if hint is not None and reads and (finding.form == "missing" or _QUOTES.search(hint)):
            hint = None  # the names of a record's members are values where a table has no head
        return replace(finding, arguments=arguments, hint=hint)

    def _finding(self, finding: Diagnostic, root: Slot | None, secrets: SecretValues) -> Diagnostic:
        path = pointer.split(finding.location.pointer)
        hide, holds = is_hidden(root, path), holds_more(slot_at(root, names_of(path)))

        def shown(name: str, value: Any) -> Any:
            if name in _OURS or (finding.code < "CM1" and (name == "key" or not isinstance(value, str))):
                return value  # names of fields, and the numbers of lines, columns and limits
            if isinstance(value, dict | list):
                return self._inside(value, slot_at(root, names_of(path)), hide=hide)
            return self.hidden(value) if hide or holds or secrets.has(value) else value

        arguments = {name: shown(name, value) for name, value in finding.arguments.items()}
        hint = finding.hint
        if hint is not None and (((hide or holds) and finding.code not in _ABOUT_FIELDS) or secrets.are_in(hint)):
            hint = None
        return replace(finding, arguments=arguments, hint=hint)

    def _inside(self, value: Any, slot: Slot | None, *, hide: bool) -> Any:
        """A copy of a value in which each value that is hidden is replaced."""

        def masked(scalar: Any, slot: Slot | None, personal: bool) -> Any:  # noqa: FBT001  as it is called
            kept = scalar in (None, json_value.ABSENT) or not is_secret(slot, personal=personal)
            return scalar if kept else self.hidden(scalar)

        return with_each_scalar(slot, value, masked, personal=hide)
