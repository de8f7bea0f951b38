"""Why a trigger does what it does, for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import AtomTruths, DocumentEdit, Step, StepOutcome
from covage_model.behaviour.space.reasons import Reason
from covage_model.behaviour.why.answer import Answer, Blame, FailedAccountRule, Way
from covage_model.ground import codes, json_value
from covage_model.ground.diagnostics import Severity
from covage_model.ground.files.document import Document
from covage_model.pack.conditions import words
from covage_model.pack.model.conditions import Atom, Not, Scalar
from covage_model.pack.model.lifecycle import Transition
from covage_model.pack.model.pack import Actor
from covage_model.pack.model.text import say
from covage_model.report import text

_VERDICTS = {
    StepOutcome.MOVED: "is possible",
    StepOutcome.REFUSED: "is refused",
    StepOutcome.UNDECIDED: "is not decided",
}
_HEADS = {
    "onward": "The nearest way from here:",
    "turn": "No way leads there from here. The nearest after another turn:",
    "restart": "The shortest from the start:",
    "account": "No way leads there with this account. With another, the shortest from the start:",
}


@dataclass(frozen=True, slots=True)
class WhyNames:
    """A language, what actors are called in it, and the file that findings speak of."""

    language: str
    actors: Mapping[str, str]
    document: Document | None = None

    def by(self, actor: str | None) -> str:
        """Who acts, after what is done; nothing for nobody."""
        return f" by {text.escaped(self.actors.get(actor, actor))}" if actor else ""

    def atoms(self, atoms: AtomTruths) -> str:
        """Atoms and their truths, joined."""
        return "; ".join(self.atom(variant, holds=holds) for variant, holds in atoms)

    def atom(self, atom: Atom, *, holds: bool) -> str:
        """An atom and its truth."""
        return words.describe(atom if holds else Not(atom), self.language)


def speaker(actors: Iterable[Actor], language: str, document: Document | None = None) -> WhyNames:
    """How to say things about a pack with these actors."""
    names = {actor.name: say(actor.title, language, otherwise=actor.name) for actor in actors}
    return WhyNames(language, names, document)


def answered(answer: Answer, speaker: WhyNames) -> str:
    """The whole answer: what happens, what says no, and the ways to where nothing does."""
    lines = [*_head(answer, speaker)]
    for blame in answer.blames:
        lines += _blame(answer, blame, speaker)
    lines += [f"  note: {text.escaped(say(one, speaker.language))}" for one in answer.messages]
    for way in answer.ways:
        lines += _way(answer, way, speaker)
    if answer.verdict is not StepOutcome.MOVED and not answer.ways:
        lines.append(_never(answer))
    return "".join(f"{line}\n" for line in lines)


def _head(answer: Answer, speaker: WhyNames) -> list[str]:
    session, transition = answer.session, answer.trigger
    trace = ", ".join("fill" if step.is_edit else step.trigger for step in session.steps)
    stopped = ", where the trace stops" if answer.stopped else ""
    lines = [
        f"{transition.name}{speaker.by(session.actor(transition))} {_VERDICTS[answer.verdict]}{stopped}",
        f"  order: {session.variant.name}, in {where(session.state, session.variables)}",
        *([f"  after: {trace}"] if trace else []),
    ]
    taken = tuple(one for step in session.steps for one in step.assumed)
    lines += [f"  taken for granted: {speaker.atoms(taken)}"] if taken else []
    step = answer.step
    if step.case is not None:
        events = f" ! {', '.join(step.emitted)}" if step.emitted else ""
        lines.append(f"  leads to: {where(step.after.state, step.after.variables)}{events}")
        lines.append(f"  because: {text.because(step.case.origin)}")
    return lines


def where(state: str, variables: tuple[tuple[str, Scalar], ...]) -> str:
    """A state and its variables."""
    values = ", ".join(f"{name} {codes.spelled(value, bare=True)}" for name, value in variables)
    return state + (f" ({values})" if values else "")


def _blame(answer: Answer, blame: Blame, speaker: WhyNames) -> list[str]:
    reason = blame.reason
    lines = [f"- {sentence(answer.session, answer.trigger, reason, speaker)}"]
    lines += [f"    because: {text.because(reason.origin)}"] if reason.origin is not None else []
    shown = [finding for finding in blame.findings if finding.severity is not Severity.UNCHECKED]
    lines += [f"    {line}" for line in text.findings(shown, speaker.language, speaker.document).splitlines()]
    unchecked = ", ".join(str(one.arguments["rule"]) for one in blame.findings if one.severity is Severity.UNCHECKED)
    lines += [f"    not checked, for want of a sound account: {text.escaped(unchecked)}"] if unchecked else []
    return [*lines, *(line for missed in blame.missed for line in _missed(missed, speaker))]


def sentence(session: Session, transition: Transition, reason: Reason, speaker: WhyNames) -> str:
    """What one part says, in one line."""
    if reason.variant is None and reason.kind == "state":
        states = ", ".join(dict.fromkeys(state for case in transition.cases for state in case.source))
        return f"the state is {reason.name}; it is possible in {states}"
    if reason.variant is None:
        return "nothing satisfies the guard here"
    if reason.holds is None:
        return f"nobody knows whether: {speaker.atom(reason.variant, holds=True)}"
    asked = speaker.atom(reason.variant, holds=not reason.holds)
    if reason.kind == "variable":
        value = dict(session.variables)[reason.name]
        return f"{reason.name} is {codes.spelled(value, bare=True)}; the guard asks: {asked}"
    if reason.kind in ("state", "variant", "final"):
        return f"the {reason.kind} is {reason.name}; the guard asks: {asked}"
    return f"the guard asks: {asked}"


def _missed(missed: FailedAccountRule, speaker: WhyNames) -> list[str]:
    """What a rule looks for in the account, and with what."""
    rule = missed.rule
    lines = [f"    {rule.name} looks for: {words.describe(rule.then, speaker.language)}"]
    return lines + [f"      and the document says {path}: {_json(value)}" for path, value in missed.read]


def _way(answer: Answer, way: Way, speaker: WhyNames) -> list[str]:
    own = way.steps[way.kept :]
    if not own:
        lines = [f"{_at_once(way)} {answer.trigger.name} is possible at once"]
    else:
        as_before = f" (as before up to {way.steps[way.kept - 1].trigger})" if way.kept else ""
        lines = [_HEADS[way.kind] + as_before]
        before = way.steps[way.kept - 1].after.variables if way.kept else _variables_at_start(answer, way)
        for number, step in enumerate(own, way.kept + 1):
            lines += _way_step(answer, number, step, before, speaker)
            before = step.after.variables
        lines.append(f"  then {answer.trigger.name} is possible")
    return [*lines, *([f"  provided that: {speaker.atoms(way.assumed)}"] if way.assumed else [])]


def _at_once(way: Way) -> str:
    """Where the trigger is possible without any further move."""
    if way.kind == "onward":
        return "Here"
    if way.kind == "account":
        return "With another account, at the start,"
    return f"After {way.steps[-1].trigger}, before the rest," if way.steps else "At the start, before anything else,"


def _variables_at_start(answer: Answer, way: Way) -> tuple[tuple[str, Scalar], ...]:
    if way.kind == "onward":
        return answer.session.variables
    return tuple((variable.name, variable.values[0]) for variable in answer.session.lifecycle.variables)


def _way_step(
    answer: Answer, number: int, step: Step, before: tuple[tuple[str, Scalar], ...], speaker: WhyNames
) -> list[str]:
    """A move, where it leads, and the variables that it changes."""
    if step.edit is not None:
        return _edit(answer, number, step, step.edit, speaker)
    events = f" ! {', '.join(step.emitted)}" if step.emitted else ""
    after = step.after
    changed = tuple(
        one for one, old in zip(after.variables, before, strict=True) if not json_value.equal(one[1], old[1])
    )
    return [f"  {number}. {step.trigger}{speaker.by(step.actor)} -> {where(after.state, changed)}{events}"]


def _edit(answer: Answer, number: int, step: Step, edit: DocumentEdit, speaker: WhyNames) -> list[str]:
    what = (
        f"edit the document{speaker.by(step.actor)} in {step.after.state}"
        if step.actor
        else "begin with another document"
    )
    wanted = f", so that: {speaker.atoms(edit.wanted)}" if edit.wanted else ""
    lines = [f"  {number}. {what}{wanted}"]
    if edit.patch is not json_value.ABSENT:
        lines.append(f"     merge patch: {_json(edit.patch)}")
    elif answer.session.document is not json_value.ABSENT:
        lines.append("     no such change was found: not decided")
    return lines


def _never(answer: Answer) -> str:
    name, variant = answer.trigger.name, answer.session.variant.name
    if answer.decided:
        return (
            f"{name} is never possible for {variant}: in none of its {answer.configurations} configurations, "
            "whatever the document and the account"
        )
    return f"Whether {name} is ever possible is not decided: only {answer.configurations} configurations were looked at"


def _json(value: Any) -> str:
    return text.escaped(json.dumps(value, ensure_ascii=False))
