"""
Findings that do not count: those that a baseline has from before, and those that a file suppresses until a day.

A baseline is JSON that `baseline_text` writes: fingerprints, each with how often it was found. Suppressions are TOML:
each entry says which findings, for which reason, and until which day. What cannot be read is never known.
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import partial
from typing import Any

from covage_model import version
from covage_model.api import files
from covage_model.api.conform import ValidatorAnswer
from covage_model.behaviour.logs.log_finding import LogFinding
from covage_model.behaviour.run.played import Played
from covage_model.documents.judge.judged_document import CleanDocuments, JudgedDocument, RulesNotChecked
from covage_model.ground import pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.codes import catalogue, message
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.language import tell
from covage_model.report.blocks import Block, TextLine
from covage_model.report.fingerprints import fingerprints
from covage_model.report.report import UNREADABLE_CODES, Report, Tally
from covage_model.report.subjects.documents import identity_of
from covage_model.report.subjects.replay import identity_of as identity_of_logged

_FORMAT = 1
_COUNTS = (Severity.ERROR, Severity.WARNING)
_KEYS = {"code": str, "rule": str, "pointer": str, "key": str, "reason": str, "until": dt.date}
_SHOWN = 20  # lines about what is gone


class UnusableFile(Exception):
    """A baseline or a file of suppressions that cannot be used; the text says why and what to type."""


class OthersBaseline(UnusableFile):
    """A baseline of another command."""


@dataclass(slots=True)
class Suppression:
    """Findings that are accepted until the end of a day; a criterion that is None fits all."""

    reason: str
    until: dt.date
    code: str | None = None
    rule: str | None = None
    pointer: str | None = None  # `*` stands for one name or index
    key: str | None = None  # what names the order
    used: int = 0

    def fits(self, finding: Diagnostic, key: str | None) -> bool:
        """Whether the finding, about the order with that key, is meant."""
        return (
            self.code in (None, finding.code)
            and self.rule in (None, finding.arguments.get("rule"))
            and self.key in (None, key)
            and (self.pointer is None or _matches(self.pointer, finding.location.pointer))
        )

    def __str__(self) -> str:
        said = {"code": self.code, "rule": self.rule, "pointer": self.pointer, "key": self.key}
        return ", ".join(f"{name} {value}" for name, value in said.items() if value is not None)


def _matches(pattern: str, at: str) -> bool:
    wanted, names = pointer.split(pattern), pointer.split(at)
    return len(wanted) == len(names) and all(want in ("*", name) for want, name in zip(wanted, names, strict=True))


@dataclass(slots=True, repr=False, eq=False)
class KnownFindings:
    """
    Takes known findings away, in the order of the run, and counts them.

    `before` has the findings of the baseline by fingerprint; None: there is none. With `collects`, all that is found
    is kept for a new baseline, and nothing counts.
    """

    before: Mapping[str, Mapping[str, Any]] | None = None
    suppressions: Sequence[Suppression] = ()
    today: dt.date = field(default_factory=dt.date.today)
    collects: bool = False
    known: int = 0
    suppressed: int = 0
    _left: Counter[str] = field(default_factory=Counter)
    _found: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """All of the baseline is still to be met."""
        self._left.update({print_: int(item["count"]) for print_, item in (self.before or {}).items()})

    def judged(
        self, documents: Iterable[JudgedDocument | CleanDocuments | RulesNotChecked]
    ) -> Iterator[JudgedDocument | CleanDocuments | RulesNotChecked]:
        """The documents as they come, with the findings that count."""
        for one in documents:
            if not isinstance(one, JudgedDocument) or not one.findings:
                yield one  # a rule that was not checked is never known
                continue
            key = one.verdict.key if one.verdict is not None else None
            kept = self.new(one.findings, partial(identity_of, one), str(key.value) if key is not None else None)
            yield one if len(kept) == len(one.findings) else replace(one, findings=kept)

    def played(self, results: Iterable[Played]) -> Iterator[Played]:
        """Scenarios as they come, with the findings that count."""
        for one in results:
            kept = self.new(one.findings, str)
            yield one if len(kept) == len(one.findings) else replace(one, findings=kept)

    def answered(self, answers: Iterable[ValidatorAnswer]) -> Iterator[ValidatorAnswer]:
        """The answers of a validator as they come, with the findings that count."""
        for one in answers:
            yield replace(one, findings=self.new(one.findings, partial(str, one.identity))) if one.findings else one

    def logged(self, found: Iterable[LogFinding]) -> Iterator[LogFinding]:
        """The findings about a log that count, as they come."""
        for one in found:
            if self.new((one.finding,), partial(identity_of_logged, one), one.order):
                yield one

    def new(
        self, found: Sequence[Diagnostic], identity: Callable[[], str], key: str | None = None
    ) -> tuple[Diagnostic, ...]:
        """The findings about one order that count; `identity` is as in a `ReportEntry`."""
        if not any(map(_may_be_known, found)):
            return tuple(found)
        prints = fingerprints(found, identity())
        pairs = zip(found, prints, strict=True)
        return tuple(one for one, print_ in pairs if not (_may_be_known(one) and self._is_known(one, print_, key)))

    def _is_known(self, finding: Diagnostic, print_: str, key: str | None) -> bool:
        for suppression in self.suppressions:
            if suppression.fits(finding, key):
                suppression.used += 1
                if suppression.until >= self.today:
                    self.suppressed += 1
                    return True
        if self.collects:
            self._found.setdefault(print_, {**_told(finding), "count": 0})["count"] += 1
        if self._left[print_] > 0:
            self._left[print_] -= 1
            self.known += 1
            return True
        return self.collects

    def told_in(self, report: Report, *, all_was_judged: bool = True) -> Report:
        """The report, which also says what is known, what is gone, and which suppressions have ended or fit nothing."""
        foot = report.foot

        def more(tally: Tally) -> Any:
            found = foot(tally)
            gone = self._gone() if all_was_judged else []
            members: dict[str, Any] = {"known": self.known, "suppressed": self.suppressed, "gone": gone}
            found.blocks = [*found.blocks, *self._blocks(gone, report.language, all_was_judged=all_was_judged)]
            found.members = {**found.members, "baseline": members}
            return found

        report.foot = more
        return report

    def _gone(self) -> list[dict[str, Any]]:
        before = self.before or {}
        return [{**before[print_], "count": left} for print_, left in sorted(self._left.items()) if left > 0]

    def _blocks(self, gone: Sequence[Mapping[str, Any]], language: str, *, all_was_judged: bool) -> Iterator[Block]:
        def line(template: str, indent: int = 0, **values: Any) -> Block:
            return TextLine(tell(template, language, **values), indent)

        if self.collects:
            count = sum(item["count"] for item in self._found.values())
            yield line("the baseline has {count:n} {count:finding|findings}", count=count)
        elif self.before is not None:
            yield line("{count:n} {count:finding is|findings are} in the baseline: not counted", count=self.known)
        if gone and not self.collects:
            count = sum(item["count"] for item in gone)
            told = "{count:n} {count:finding|findings} of the baseline {count:is|are} gone: see --update-baseline"
            yield line(told, count=count)
            yield from (TextLine(_line(item), 4) for item in gone[:_SHOWN])
            if len(gone) > _SHOWN:
                yield line("and {count:n} more", 4, count=len(gone) - _SHOWN)
        if self.suppressions:
            yield line("{count:n} {count:finding is|findings are} suppressed", count=self.suppressed)
        for one in self.suppressions:
            values = {"until": one.until, "which": str(one), "reason": one.reason}
            if one.until < self.today and one.used:
                yield line("a suppression has ended on {until}: {which} ({reason})", 4, **values)
            elif not one.used and all_was_judged:
                yield line("a suppression fits nothing, and can be removed: {which} ({reason})", 4, **values)

    def baseline_text(self, command: str) -> str:
        """The new baseline as JSON, in an order that does not depend on the run."""
        listed = sorted(self._found.items(), key=lambda pair: (pair[1]["code"], pair[1]["pointer"], pair[0]))
        findings = [{"fingerprint": print_, **item} for print_, item in listed]
        tool = {"name": "covage-model", "version": version.VERSION}
        return json.dumps({"format": _FORMAT, "tool": tool, "command": command, "findings": findings}, indent=1) + "\n"


def _may_be_known(finding: Diagnostic) -> bool:
    return finding.severity in _COUNTS and finding.code not in UNREADABLE_CODES


def _told(finding: Diagnostic) -> dict[str, Any]:
    """What a baseline says of a finding besides its fingerprint: no value of an order."""
    rule = finding.arguments.get("rule")
    return {"code": finding.code, "pointer": finding.location.pointer} | ({"rule": rule} if rule else {})


def _line(item: Mapping[str, Any]) -> str:
    times = f", {item['count']:,} times" if item["count"] > 1 else ""
    return f"{item['code']} {item.get('rule', '')}".strip() + f" {item['pointer']}".rstrip() + times


def read_baseline(path: str, command: str) -> dict[str, dict[str, Any]]:
    """The findings of a baseline of a command by fingerprint. Raises UnusableFile, also for one of another command."""
    try:
        data = json.loads(_content(path))
        listed: list[Any] = data["findings"] if data["format"] == _FORMAT else [None]
        found = {str(item["fingerprint"]): {"pointer": "", **item, "count": int(item["count"])} for item in listed}
        of = str(data.get("command", command))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnusableFile(f"{path} is no baseline: write one with --update-baseline") from error
    if of != command:
        raise OthersBaseline(f"{path} is a baseline of `{of}`: give `{command}` a file of its own")
    return found


def may_replace_baseline(path: str, command: str) -> None:
    """Raises UnusableFile if a new baseline of a command would replace one of another."""
    try:
        read_baseline(path, command)
    except OthersBaseline:
        raise
    except UnusableFile:  # there is none yet, or nothing that could be used
        return


def read_suppressions(path: str) -> list[Suppression]:
    """The suppressions of a TOML file. Raises UnusableFile."""
    try:
        data = tomllib.loads(_content(path).decode("utf-8"))
    except ValueError as error:
        raise UnusableFile(f"{path} is no TOML: {error}") from error
    listed = data.pop("suppress", None)
    if data or not isinstance(listed, list):
        raise UnusableFile(f"{path}: each suppression starts with [[suppress]], and nothing else is there")
    return [_suppression(item, f"{path}: suppression {number}") for number, item in enumerate(listed, 1)]


def _suppression(item: Any, where: str) -> Suppression:
    for name, value in item.items() if isinstance(item, dict) else ():
        if name not in _KEYS:
            raise UnusableFile(f"{where}: there is no {name!r}; use {', '.join(_KEYS)}")
        if type(value) is not _KEYS[name] or value == "":
            example = "a day without quotes, as in 2027-12-31" if name == "until" else "a text"
            raise UnusableFile(f"{where}: {name} is {example}")
    if not isinstance(item, dict) or not {"reason", "until"} <= set(item):
        raise UnusableFile(f"{where}: say a reason, and until which day: until = 2027-12-31")
    if not {"code", "rule", "pointer", "key"} & set(item):
        raise UnusableFile(f"{where}: say which findings: code, rule, pointer or key")
    if item.get("code", "CM001") not in catalogue():
        raise UnusableFile(f"{where}: there is no code {item['code']}")
    if item.get("code") in UNREADABLE_CODES:
        raise UnusableFile(f"{where}: {item['code']} says that something was not read: it cannot be suppressed")
    return Suppression(**item)


def _content(path: str) -> bytes:
    content = files.read_bytes(path)
    if isinstance(content, Diagnostic):
        raise UnusableFile(f"{path}: {message(content)}")
    return content
