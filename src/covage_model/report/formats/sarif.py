"""
Reports as SARIF 2.1.0, which code scanning of GitHub, Azure DevOps and editors read.

GitHub takes 25,000 results of a run and shows the worst 5,000. The worst come first, and the others are counted.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

from covage_model import version
from covage_model.ground import codes, places
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.ground.escape import json_line
from covage_model.report import finding as about
from covage_model.report.citing import ShownSource
from covage_model.report.counting import severities
from covage_model.report.fingerprints import fingerprints
from covage_model.report.report import Foot, Report, ReportEntry
from covage_model.report.worst import Worst

MOST = 25_000
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_SOURCES = "sources"
_IN_A_URI = "%/:?#[]@!$&'()*+,;=~"
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def printer(report: Report, width: int) -> _SarifPrinter:  # noqa: ARG001  formats have one signature
    """The worst results, held back until all are known; each is kept as its text."""
    return _SarifPrinter(report)


class _SarifPrinter:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._worst: Worst[str] = Worst(MOST)
        self._rules: dict[str, int] = {}  # the index of each code
        self._sources: dict[str, ShownSource] = {}  # those that results cite, by id

    def head(self) -> Iterator[str]:
        yield f'{{"$schema":"{_SCHEMA}","version":"2.1.0","runs":[{{"columnKind":"unicodeCodePoints",\n"results":['

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        self._worst.count(entry.counted)
        prints = fingerprints(entry.findings, entry.identity()) if entry.findings else ()
        for finding, fingerprint in zip(entry.findings, prints, strict=True):
            self._worst.add(finding.severity, partial(self._result, finding, fingerprint))
        yield from ()

    def foot(self, foot: Foot) -> Iterator[str]:
        before = "\n"
        for _, result in self._worst.kept():
            yield before + result
            before = ",\n"
        driver = {
            "name": "covage-model",
            "version": version.VERSION,
            "rules": [_rule(code, self._report.language) for code in self._rules],
        }
        ended = foot.members["exit_code"]
        invocation: dict[str, Any] = {"executionSuccessful": ended <= 1, "exitCode": ended}
        if left_out := self._worst.left_out():
            told = {"text": f"not listed{severities(left_out)}"}
            invocation["toolExecutionNotifications"] = [{"level": "warning", "message": told}]
        properties = {"command": self._report.command, **self._report.members, **_small(foot.members)}
        tail = {
            "language": self._report.language,
            "tool": {"driver": driver},
            "invocations": [invocation],
            "properties": properties,
        }
        if self._sources:
            taxa = [_taxon(name, citation) for name, citation in self._sources.items()]
            tail["taxonomies"] = [{"name": _SOURCES, "isComprehensive": False, "taxa": taxa}]
        yield f"\n],{json_line(tail).strip()[1:-1]}}}]}}\n"

    def _result(self, finding: Diagnostic, fingerprint: str) -> str:
        index = self._rules.setdefault(finding.code, len(self._rules))
        lines = [codes.message(finding, self._report.language), *about.remarks(finding, self._report.language)]
        result: dict[str, Any] = {"ruleId": finding.code, "ruleIndex": index, "message": {"text": "\n".join(lines)}}
        if finding.severity is Severity.UNCHECKED:
            result |= {"kind": "open", "level": "none"}
        else:
            result["level"] = _LEVELS[finding.severity]
        result["locations"] = [_location(finding.location)]
        if finding.because is not None:
            related = {"id": 1, **_location(finding.because.location)}
            result["relatedLocations"] = [
                {**related, "message": {"text": about.because(finding.because, self._report.language)}}
            ]
        if cited := [name for citation in about.citations(finding) for name in self._known(citation)]:
            result["taxa"] = [{"id": name, "toolComponent": {"name": _SOURCES}} for name in cited]
        result["partialFingerprints"] = {"covageModel/v1": fingerprint}
        return json_line(result).strip()

    def _known(self, citation: ShownSource) -> tuple[str, ...]:
        """The ids of a citation, which the run explains at its end."""
        self._sources.update(dict.fromkeys(citation.ids, citation))
        return citation.ids


def _taxon(name: str, citation: ShownSource) -> dict[str, Any]:
    """A source: its id, its title and its address."""
    told: dict[str, Any] = {"id": name, "shortDescription": {"text": citation.title}}
    return told if citation.link is None else {**told, "helpUri": quote(citation.link, safe=_IN_A_URI)}


def _rule(code: str, language: str) -> dict[str, Any]:
    page = codes.page(code, language)
    return {
        "id": code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": " ".join(page.explanation.split())},
        "help": {"text": page.explanation},
    }


def _location(at: Location) -> dict[str, Any]:
    path = places.shown(at.file).replace(os.sep, "/")
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(path.encode("utf-8", "surrogateescape"))}}
    if at.line:
        physical["region"] = {"startLine": at.line, "startColumn": at.column}
    logical = {"logicalLocations": [{"fullyQualifiedName": at.pointer}]} if at.pointer else {}
    return {"physicalLocation": physical, **logical}


def _small(members: Any) -> dict[str, Any]:
    """The totals and the exit code, without what a command adds for its own report."""
    return {name: members[name] for name in ("totals", "exit_code", "findings_left_out") if name in members}
