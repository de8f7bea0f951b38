"""The report of `verify`: the outcome of each property, with counterexamples."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from covage_model.behaviour.space import atoms
from covage_model.behaviour.verify.evidence import Evidence
from covage_model.behaviour.verify.judge import PropertyOutcome
from covage_model.behaviour.verify.verify import Decision, Examined, Verified
from covage_model.ground import json_value, places
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.language import tell
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.text import say
from covage_model.report import finding as findings
from covage_model.report.blocks import Block, Columns, FindingBlock, Picture, TextLine
from covage_model.report.counting import number
from covage_model.report.names import PackNames, pack_names
from covage_model.report.report import Foot, JudgedCase, Report, ReportEntry, Tally
from covage_model.report.subjects.check import size
from covage_model.report.subjects.step import changed
from covage_model.report.traces import trace_data

_FEW = 3  # orders and variants named in a line
_WIDE = 160  # characters of a document
_INDENT = 7  # of a step, as `run` has it
_COLUMNS = ("lifecycle", "property", "kind", "outcome", "file", "line")


def report(
    verified: Verified,
    pack: SpecPack,
    language: str,
    written: Mapping[str, Sequence[str]],
    sequence: Callable[[Examined], str],
) -> Report:
    """
    A line for each property, then each finding with its counterexample, then a summary.

    `written` are the files of counterexamples, by LIFECYCLE.PROPERTY; `sequence` draws one as Mermaid.
    """
    subject = _Properties(verified, pack, language, written, sequence)
    members = {"pack": pack.name}
    lists = ("findings", "properties")
    return Report("verify", subject.entries(), members, lists, subject.foot, columns=_COLUMNS, language=language)


@dataclass(frozen=True, slots=True)
class _Properties:
    verified: Verified
    pack: SpecPack
    language: str
    written: Mapping[str, Sequence[str]]
    sequence: Callable[[Examined], str]

    def entries(self) -> Iterator[ReportEntry]:
        yield ReportEntry(lambda: _table(self.verified.examined, self.language))
        for finding in self.verified.findings:
            yield self._finding(finding)
        for examined in self.verified.examined:
            yield self._examined(examined)

    def foot(self, _: Tally) -> Foot:
        verified = self.verified
        sizes = {name: size(space) for name, space in verified.spaces.items() if name in verified.variants}
        return Foot([TextLine(_summary(verified, self.language))], {"state_spaces": sizes})

    def _finding(self, finding: Diagnostic) -> ReportEntry:
        return ReportEntry(
            lambda: self._with_trace(finding),
            (finding,),
            member="findings",
            data=lambda: findings.data(finding, self.language),
        )

    def _with_trace(self, finding: Diagnostic) -> Iterator[Block]:
        yield FindingBlock(finding, self.language)
        shown = self.verified.counterexample(finding)
        if shown is None:
            return
        lifecycle = self.pack.lifecycle(self.pack.explorable_named(shown.trace.variant).order.follows)
        yield from trace(shown, pack_names(self.pack, lifecycle, self.language))
        files = self.written.get(f"{finding.arguments['lifecycle']}.{finding.arguments['property']}", ())
        if files:
            yield TextLine(tell("written: {files}", self.language, files=", ".join(files)), 4)

    def _examined(self, examined: Examined) -> ReportEntry:
        at = examined.prop.origin.location
        row = (
            examined.lifecycle.name,
            examined.prop.name,
            examined.prop.kind,
            examined.outcome.value,
            places.shown(at.file),
            str(at.line),
        )
        picture = Picture(lambda: self.sequence(examined))
        return ReportEntry(
            lambda: (picture,) if examined in self.verified.broken else (),
            member="properties",
            data=lambda: self._data(examined),
            rows=lambda: (row,),
            # what is broken or not decided has a finding, which is a failed test
            case=(lambda: _case(examined)) if examined.outcome is PropertyOutcome.HOLDS else None,
        )

    def _data(self, examined: Examined) -> dict[str, Any]:
        shown = examined.counterexample
        return {
            "lifecycle": examined.lifecycle.name,
            "property": examined.prop.name,
            "kind": examined.prop.kind,
            "title": say(examined.prop.title, self.language) if examined.prop.title is not None else None,
            "outcome": examined.outcome.value,
            "because": findings.origin_data(examined.prop.origin),
            "decisions": [_decision(decision) for decision in examined.decisions],
            "counterexample": _evidence(shown) if shown is not None else None,
            "files": list(self.written.get(f"{examined.lifecycle.name}.{examined.prop.name}", ())),
        }


def _case(examined: Examined) -> JudgedCase:
    return JudgedCase(examined.prop.name, examined.lifecycle.name)


def _table(examined: Sequence[Examined], lang: str) -> Iterator[Block]:
    widths = (11, max((len(each.prop.name) for each in examined), default=0))
    kind = max((len(each.prop.kind) for each in examined), default=0)
    for place, each in enumerate(examined):
        if place == 0 or each.lifecycle is not examined[place - 1].lifecycle:
            orders = [decision.variant for decision in each.decisions]
            yield TextLine(f"{each.lifecycle.name}{tell(': ', lang)}{_named(orders, lang)}")
        row = [_verdict(each.outcome, lang), each.prop.name, each.prop.kind, _remark(each, lang)]
        yield Columns([row], 2, least=(*widths, kind))


def _verdict(outcome: PropertyOutcome, lang: str) -> str:
    word: str = tell(outcome.value, lang)
    return word.upper() if outcome is PropertyOutcome.BROKEN else word


def _remark(examined: Examined, lang: str) -> str:
    """The orders with another outcome than the rest, and the lengths of the witnesses."""
    parts = [
        f"{tell(outcome.value, lang)}{tell(': ', lang)}{_named(examined.variants(outcome), lang)}"
        for outcome in (PropertyOutcome.BROKEN, PropertyOutcome.OPEN)
        if 0 < len(examined.variants(outcome)) < len(examined.decisions)
    ]
    lengths = sorted(
        len(decision.evidence.trace.moves)
        for decision in examined.decisions
        if decision.outcome is PropertyOutcome.HOLDS and decision.evidence is not None
    )
    if lengths:
        shown = (
            str(lengths[0])
            if lengths[0] == lengths[-1]
            else tell("{least} to {most}", lang, least=lengths[0], most=lengths[-1])
        )
        parts.append(tell("witnessed after {shown} {most:move|moves}", lang, shown=shown, most=lengths[-1]))
    return "; ".join(parts)


def _named(names: Sequence[str], lang: str) -> str:
    if len(names) <= _FEW:
        return ", ".join(names)
    return tell("{names} and {count} more", lang, names=", ".join(names[:_FEW]), count=len(names) - _FEW)


def _summary(verified: Verified, lang: str) -> str:
    counts = Counter(examined.outcome for examined in verified.examined)
    outcomes = [
        f"{counts[outcome]} {_verb(outcome, counts[outcome], lang)}" for outcome in PropertyOutcome if counts[outcome]
    ]
    properties = number(len(verified.examined), "property", "properties", lang=lang)
    size = number(sum(len(verified.spaces[variant]) for variant in verified.variants), "configuration", lang=lang)
    variants = number(len(verified.variants), "variant", lang=lang)
    over = "{properties} over {size} of {variants}"
    whole = tell(over, lang, properties=properties, size=size, variants=variants)
    return whole + (tell(": ", lang) + ", ".join(outcomes) if outcomes else "")


def _verb(outcome: PropertyOutcome, count: int, lang: str) -> str:
    one = outcome.value
    several = "hold" if outcome is PropertyOutcome.HOLDS else one
    return tell(f"{{count:{one}|{several}}}", lang, count=count)


def trace(shown: Evidence, names: PackNames) -> Iterator[Block]:
    """A run, step by step: the changes of each configuration, and the documents with the tests that decide the run."""
    documents = _documents(shown, names)
    start = shown.trace.start
    yield TextLine(
        f"{names.tell('start of {name}', name=shown.trace.variant)} -> {names.where(start.state, start.variables)}",
        _INDENT,
    )
    yield from next(documents, ())
    for place, step in enumerate(shown.trace.moves):
        if shown.loop and place == len(shown.trace.moves) - shown.loop:
            yield TextLine(names.tell("again and again:"), _INDENT)
        where = names.where(step.after.state, changed(step.before.variables, step.after.variables))
        yield TextLine(f"{step.trigger}{names.by(step.actors)} -> {where}{names.emitted(step)}", _INDENT)
        if step.is_edit:
            yield from next(documents, ())
    if shown.loop == 0:
        yield TextLine(names.tell("and nothing more: what could still happen need not"), _INDENT)
    if shown.account is not json_value.ABSENT:
        yield TextLine(names.tell("account: {data}", data=_short(shown.account)), _INDENT)


def _documents(shown: Evidence, names: PackNames) -> Iterator[Sequence[Block]]:
    """The lines of each document of a run, in order."""
    for document, valuation in zip(shown.documents, shown.wanted, strict=False):
        where = names.tell(", of which {line}", line=names.atoms(valuation)) if valuation else ""
        yield [TextLine(names.tell("document{where}: {data}", where=where, data=_short(document)), _INDENT + 2)]


def _short(data: object) -> str:
    whole = json.dumps(data, ensure_ascii=False)
    return whole if len(whole) <= _WIDE else f"{whole[: _WIDE - 1]}…"


def _decision(decision: Decision) -> dict[str, Any]:
    shown = decision.evidence
    data = {
        "order": decision.variant,
        "outcome": decision.outcome.value,
        "why": decision.why or None,
        "trace": [step.trigger for step in shown.trace.moves] if shown is not None else None,
    }
    return data if shown is None or shown.loop is None else {**data, "loop": shown.loop}


def _evidence(shown: Evidence) -> dict[str, Any]:
    """A run as JSON. `documents` are that at the start, and one more for each edit."""
    return {
        "order": shown.trace.variant,
        "trace": trace_data(shown.trace),
        "asked": [[atoms.atom_text(atom, holds=holds) for atom, holds in valuation] for valuation in shown.wanted],
        "documents": list(shown.documents),
        "account": None if shown.account is json_value.ABSENT else shown.account,
    }
