"""The titles of a lifecycle's parts in one language, as a picture shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field

from covage_model.behaviour.draw.citing import citation
from covage_model.behaviour.draw.graph import DrawnActor, DrawnMove
from covage_model.behaviour.draw.texts import clean, text
from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import words
from covage_model.pack.conditions.titles import value_label, word_titles
from covage_model.pack.model.conditions import TRUE, Condition, Scalar
from covage_model.pack.model.lifecycle import Case, Effects, Lifecycle, State, Sum, Transition
from covage_model.pack.model.text import say

_OUTCOMES = ("success", "failure")


@dataclass(frozen=True, slots=True)
class DiagramNames:
    """Titles in `language`, names where there is no title. All texts are clean (see `texts.clean`)."""

    lifecycle: Lifecycle
    language: str
    actors: Mapping[tuple[str, ...], DrawnActor]
    space: StateSpace | None
    events: Mapping[str, str]  # titles by name
    _variables: dict[str, str] = field(default_factory=dict)  # and named conditions, by name
    _states: dict[str, str] = field(default_factory=dict)  # by name, and by status
    _words: dict[tuple[str, str], str] = field(default_factory=dict)  # see `word_titles`

    def __post_init__(self) -> None:
        """Looks every title up once."""
        titles = {each.name: each.title for each in self.lifecycle.variables}
        titles |= {each.name: each.title for each in self.lifecycle.conditions}
        for name, title in titles.items():
            self._variables[name] = clean(say(title, self.language, otherwise=name))
        for state in self.lifecycle.states:
            for name in filter(None, (state.name, state.status)):
                self._states.setdefault(name, self.state(state))
        for label, title in word_titles(self.lifecycle).items():
            self._words[label] = clean(say(title, self.language))

    def whole(self) -> str:
        """The picture's title: of the order and its variant, or of the lifecycle."""
        if self.space is None:
            return say(self.lifecycle.title, self.language, otherwise=self.lifecycle.name)
        order, variant = self.space.variant.order, self.space.variant.spec
        title = say(order.title, self.language, otherwise=order.name)
        if variant is None:
            return title
        return f"{title} – {say(variant.value.title, self.language, otherwise=variant.name)}"

    def state(self, state: State) -> str:
        """A state's title; for a step without one the last part of its name."""
        return clean(say(state.title, self.language, otherwise=state.name.rpartition(".")[2]))

    def end(self, state: State) -> tuple[str, str]:
        """The kind of node (see `DrawnState`), and the outcome in words."""
        if state.final is None:
            return "state", ""
        return (state.final if state.final in _OUTCOMES else "end"), self._final(state.final)

    def _final(self, word: str) -> str:
        return self._words.get(("final", word)) or clean(text(word, self.language))

    def edit(self, actor: str) -> DrawnMove:
        """The move that changes the document."""
        return DrawnMove("", text("edit", self.language), self._actor((actor,)))

    def actions(self, state: State) -> Iterator[DrawnMove]:
        """What entering and leaving a state does, as lines in it."""
        for key, action in (("entry", state.entry), ("exit", state.exit)):
            if action is not None:
                title = clean(text(key, self.language))
                yield DrawnMove(
                    trigger="",
                    title=title,
                    actor=None,
                    effects=self.effects(action.effects),
                    emits=self.emitted(action.emits),
                    cited=citation([action.origin]),
                )

    def move(self, transition: Transition, case: Case, guard: Condition = TRUE, effects: Effects = ()) -> DrawnMove:
        """The move of a case; `guard` and `effects` are what is left to show of them."""
        title = say(transition.title, self.language, otherwise=transition.name)
        if transition.deadline is not None:
            title = f"{title} ({text('after', self.language)} {transition.deadline.words})"
        return DrawnMove(
            trigger=transition.name,
            title=clean(title),
            actor=self._actor(transition.by),
            guard=() if guard == TRUE else tuple(map(clean, words.pieces(guard, self.language, self.label))),
            effects=self.effects(effects),
            emits=self.emitted(case.emits),
        )

    def effects(self, effects: Effects) -> tuple[str, ...]:
        """What variables become: `tries := tries + 1`."""
        return tuple(
            clean(f"{self._variable(name)} := {becomes(name, value, self._variable, self.value)}")
            for name, value in effects
        )

    def emitted(self, names: Iterable[str]) -> tuple[str, ...]:
        """What events are called."""
        return tuple(clean(self.events.get(name, name)) for name in names)

    def _variable(self, name: str) -> str:
        return self._variables.get(name, name)

    def _actor(self, names: tuple[str, ...]) -> DrawnActor:
        """Those actors, or who alone writes the order, where one is drawn that has such a writer."""
        acting = names if self.space is None else self.space.variant.order.acting(names)
        return self.actors.get(acting) or DrawnActor(acting[0], clean(acting[0]), len(self.actors))

    def value(self, variable: str, value: Scalar) -> str:
        """A variable's value: its title, or as it is written."""
        return self._words.get(value_label(variable, value)) or words.scalar(value)

    def label(self, kind: str, name: str) -> str | None:
        """What a thing in a condition is called; None for what has no name here."""
        match kind:
            case "variable":
                return self._variables.get(name, name)
            case "state" | "status":
                return self._states.get(name)
            case "final":
                return self._final(name)
            case _:
                return self._words.get((kind, name))


def becomes(
    variable: str, value: Scalar | Sum, called: Callable[[str], str], valued: Callable[[str, Scalar], str]
) -> str:
    """
    The value that an effect gives a variable: `sent`, or `tries + 1`.

    `called` is what a variable is called, `valued` what a value of a variable is.
    """
    if not isinstance(value, Sum):
        return valued(variable, value)
    more = f" {'-' if value.add < 0 else '+'} {abs(value.add)}" if value.add else ""
    return called(value.at) + more
