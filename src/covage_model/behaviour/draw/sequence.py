"""A trace as Mermaid's `sequenceDiagram`: who did what, and what became of the order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from covage_model.behaviour.draw.mermaid import quoted, spelled
from covage_model.behaviour.draw.texts import clean, text
from covage_model.behaviour.run.step import Step
from covage_model.behaviour.run.trace import Trace
from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.memory import carried, is_history
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import words
from covage_model.pack.conditions.titles import value_label, word_titles
from covage_model.pack.model.conditions import Scalar
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.text import any_of, say

_ORDER = "order_0"  # the id of whom everything happens to


def to_sequence(
    trace: Trace,
    lifecycle: Lifecycle,
    *,
    language: str,
    actors: Mapping[str, str],
    events: Mapping[str, str],
    title: str,
    last: str = "",
    loop: int = 0,
) -> str:
    """
    The moves as numbered messages to the order, with what changed below each; `last` stands below all.

    The last `loop` moves are made again and again.

    `actors` and `events` are titles by name.
    """
    speaker = _SequenceNames(lifecycle, language, actors, events)
    head = ["---", f"title: {quoted(clean(title))}", "---", "sequenceDiagram"]
    body = [*_participants(trace, speaker), "autonumber", *_moves(trace, speaker, loop)]
    body += [f"Note over {_ORDER}: {_said(last)}"] if last else []
    return "\n".join([*head, *(f"    {line}" for line in body)]) + "\n"


@dataclass(frozen=True, slots=True)
class _SequenceNames:
    """Titles in one language, names where there are none."""

    lifecycle: Lifecycle
    language: str
    actors: Mapping[str, str]
    events: Mapping[str, str]

    def trigger(self, step: Step) -> str:
        if step.is_edit:
            return text("edit", self.language)
        found = self.lifecycle.transition(step.trigger)
        return say(found.title, self.language, otherwise=found.name)

    def state(self, name: str) -> str:
        return say(self.lifecycle.state(name).title, self.language, otherwise=name)

    def variable(self, name: str) -> str:
        found = next(one for one in carried(self.lifecycle) if one.name == name)
        return say(found.title, self.language, otherwise=name)

    def value(self, name: str, value: Scalar) -> str:
        title = word_titles(self.lifecycle).get(value_label(name, value))
        return say(title, self.language, otherwise=words.scalar(value))


def _participants(trace: Trace, speaker: _SequenceNames) -> Iterator[str]:
    for number, actors in enumerate(_acting(trace)):
        yield f"actor actor_{number} as {_said(any_of(actors, speaker.actors, speaker.language))}"
    yield f"participant {_ORDER} as {_said(trace.variant)}"


def _acting(trace: Trace) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(step.actors for step in trace.moves))


def _moves(trace: Trace, speaker: _SequenceNames, loop: int) -> Iterator[str]:
    ids = {actors: f"actor_{number}" for number, actors in enumerate(_acting(trace))}
    yield _note(None, trace.start, (), speaker)
    for number, step in enumerate(trace.moves):
        if loop and number == len(trace.moves) - loop:
            yield f"loop {_said(text('forever', speaker.language))}"
        yield f"{ids[step.actors]}->>{_ORDER}: {_said(speaker.trigger(step))}"
        yield _note(step.before, step.after, step.emitted, speaker)
    if loop:
        yield "end"


def _note(before: Configuration | None, after: Configuration, emitted: tuple[str, ...], speaker: _SequenceNames) -> str:
    """The state, the variables that changed, the events."""
    known = dict(before.variables) if before is not None else {}
    lines = [speaker.state(after.state)]
    lines += [
        f"{speaker.variable(name)} := {speaker.value(name, value)}"
        for name, value in after.variables
        if (not json_value.equal(known[name], value) if name in known else not is_history(name))
    ]
    lines += [f"→ {speaker.events.get(event, event)}" for event in emitted]
    return f"Note over {_ORDER}: {'<br/>'.join(map(_said, lines))}"


def _said(said: str) -> str:
    """A text that means nothing to Mermaid: the bare word `end` would close a block."""
    return re.sub(r"\b(e)(?=nd\b)", "#101;", spelled(clean(said)), flags=re.IGNORECASE)
