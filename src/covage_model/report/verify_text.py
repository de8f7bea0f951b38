"""What was decided of properties, for people who read a terminal or a log."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from covage_model.behaviour.space import atoms
from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.verify.evidence import Evidence
from covage_model.behaviour.verify.judge import PropertyOutcome
from covage_model.behaviour.verify.verify import Examined, Verified
from covage_model.ground import codes, json_value
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.text import say
from covage_model.report.text import escaped, findings, number

_FEW = 3  # orders and variants named in a line
_WIDE = 160  # characters of a document
_STEP = "       "  # as `run` indents what happened


def verified(found: Verified, pack: SpecPack, language: str, written: Mapping[str, Sequence[str]]) -> str:
    """
    A line for each property, then each finding with its counterexample, then a summary.

    `written` are the files of counterexamples, by LIFECYCLE.PROPERTY.
    """
    names = {actor.name: say(actor.title, language, otherwise=actor.name) for actor in pack.actors}
    told = _table(found.examined)
    for finding in found.findings:
        told += findings([finding], language)
        shown = found.counterexample(finding)
        if shown is not None:
            told += "".join(f"{line}\n" for line in trace(shown, names))
            files = written.get(f"{finding.arguments['lifecycle']}.{finding.arguments['property']}", ())
            told += f"    written: {', '.join(map(escaped, files))}\n" if files else ""
    return told + _summary(found)


def _table(examined: Sequence[Examined]) -> str:
    lines: list[str] = []
    name = max((len(one.prop.name) for one in examined), default=0)
    kind = max((len(one.prop.kind) for one in examined), default=0)
    for place, one in enumerate(examined):
        if place == 0 or one.lifecycle is not examined[place - 1].lifecycle:
            orders = [decision.variant for decision in one.decisions]
            lines.append(f"{escaped(one.lifecycle.name)}: {_named(orders)}")
        row = f"  {_verdict(one.outcome):11}  {one.prop.name:{name}}  {one.prop.kind:{kind}}  {_remark(one)}"
        lines.append(row.rstrip())
    return "".join(f"{line}\n" for line in lines)


def _verdict(outcome: PropertyOutcome) -> str:
    said: str = outcome.value
    return said.upper() if outcome is PropertyOutcome.BROKEN else said


def _remark(one: Examined) -> str:
    """Of which orders, where it is not the same for all; how long the witnesses are."""
    parts = [
        f"{outcome.value}: {_named(one.variants(outcome))}"
        for outcome in (PropertyOutcome.BROKEN, PropertyOutcome.OPEN)
        if 0 < len(one.variants(outcome)) < len(one.decisions)
    ]
    lengths = sorted(
        len(decision.evidence.trace.moves)
        for decision in one.decisions
        if decision.outcome is PropertyOutcome.HOLDS and decision.evidence is not None
    )
    if lengths:
        shown = str(lengths[0]) if lengths[0] == lengths[-1] else f"{lengths[0]} to {lengths[-1]}"
        parts.append(f"witnessed after {shown} {'move' if lengths[-1] == 1 else 'moves'}")
    return "; ".join(parts)


def _named(names: Sequence[str]) -> str:
    if len(names) <= _FEW:
        return ", ".join(map(escaped, names))
    return f"{', '.join(map(escaped, names[:_FEW]))} and {len(names) - _FEW} more"


def _summary(found: Verified) -> str:
    counts = Counter(one.outcome for one in found.examined)
    said = [f"{counts[outcome]} {_verb(outcome, counts[outcome])}" for outcome in PropertyOutcome if counts[outcome]]
    properties = number(len(found.examined), "property", "properties")
    size = number(sum(len(found.spaces[variant]) for variant in found.variants), "configuration", "configurations")
    variants = number(len(found.variants), "variant", "variants")
    return f"{properties} over {size} of {variants}" + (f": {', '.join(said)}\n" if said else "\n")


def _verb(outcome: PropertyOutcome, count: int) -> str:
    return "hold" if outcome is PropertyOutcome.HOLDS and count != 1 else outcome.value


def trace(shown: Evidence, names: Mapping[str, str]) -> Iterator[str]:
    """A life, move by move: of each configuration what changed, and of each document what it must be."""
    lived = _Lived(shown)
    yield f"{_STEP}start of {escaped(shown.trace.variant)} -> {_where(None, shown.trace.start)}"
    yield from lived.document()
    for step in shown.trace.moves:
        events = f" ! {', '.join(step.emitted)}" if step.emitted else ""
        who = escaped(names.get(step.actor or "", step.actor or ""))
        yield f"{_STEP}{step.trigger} by {who} -> {_where(step.before, step.after)}{events}"
        if step.is_edit:
            yield from lived.document()
    if shown.account is not json_value.ABSENT:
        yield f"{_STEP}account: {_short(shown.account)}"


@dataclass(slots=True)
class _Lived:
    """The documents of a life, told one after another."""

    shown: Evidence
    told: int = 0

    def document(self) -> Iterator[str]:
        number, self.told = self.told, self.told + 1
        if number < len(self.shown.documents):
            wanted = [atoms.told(atom, holds=holds) for atom, holds in self.shown.wanted[number]]
            where = f", of which {', '.join(map(escaped, wanted))}" if wanted else ""
            yield f"{_STEP}  document{where}: {_short(self.shown.documents[number])}"


def _where(before: Configuration | None, after: Configuration) -> str:
    known = dict(before.variables) if before is not None else {}
    changed = [
        f"{name} {codes.spelled(value, bare=True)}"
        for name, value in after.variables
        if name not in known or not json_value.equal(known[name], value)
    ]
    return after.state + (f" ({', '.join(changed)})" if changed else "")


def _short(data: object) -> str:
    whole = json.dumps(data, ensure_ascii=False)
    return escaped(whole if len(whole) <= _WIDE else f"{whole[: _WIDE - 1]}…")
