"""What a lifecycle's parts are called in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from covage_model.behaviour.draw.graph import DrawnActor, DrawnMove
from covage_model.behaviour.draw.texts import clean, text
from covage_model.behaviour.space.explore import StateSpace
from covage_model.pack.conditions import words
from covage_model.pack.model.conditions import TRUE, Condition, Scalar
from covage_model.pack.model.lifecycle import Case, Lifecycle, State, Transition
from covage_model.pack.model.text import say

_OUTCOMES = ("success", "failure")


@dataclass(frozen=True, slots=True)
class DiagramNames:
    """Titles in `language`, names where a thing has none; texts are clean."""

    lifecycle: Lifecycle
    language: str
    actors: Mapping[str, DrawnActor]
    space: StateSpace | None

    def whole(self) -> str:
        """The picture's own title: the order's and its variant's name, or the lifecycle's."""
        if self.space is None:
            return say(self.lifecycle.title, self.language, otherwise=self.lifecycle.name)
        order, variant = self.space.variant.order, self.space.variant.spec
        title = say(order.title, self.language, otherwise=order.name)
        if variant is None:
            return title
        return f"{title} – {say(variant.value.title, self.language, otherwise=variant.name)}"

    def state(self, state: State) -> str:
        """A state's title; a step without one is called by its own name, not by its parent's too."""
        return clean(say(state.title, self.language, otherwise=state.name.rpartition(".")[2]))

    def end(self, state: State) -> tuple[str, str]:
        """The kind of node, and the outcome in words."""
        if state.final is None:
            return "state", ""
        return (state.final if state.final in _OUTCOMES else "end"), clean(text(state.final, self.language))

    def edit(self, actor: str) -> DrawnMove:
        """The document may be changed."""
        return DrawnMove("", text("edit", self.language), self._actor(actor))

    def move(
        self, transition: Transition, case: Case, guard: Condition, effects: tuple[tuple[str, Scalar], ...]
    ) -> DrawnMove:
        """A case, with what is left of its guard and its effects."""
        return DrawnMove(
            trigger=transition.name,
            title=clean(say(transition.title, self.language, otherwise=transition.name)),
            actor=self._actor(transition.by),
            guard=() if guard == TRUE else tuple(map(clean, words.pieces(guard, self.language, self._label))),
            effects=tuple(clean(f"{self._variable(name)} := {words.scalar(value)}") for name, value in effects),
            emits=tuple(map(clean, case.emits)),
        )

    def _actor(self, name: str) -> DrawnActor:
        """Who acts: whoever writes the order, where it is one of these that nobody else may touch."""
        written_by = self.space.variant.order.written_by if self.space is not None else None
        return self.actors.get(written_by or name) or DrawnActor(
            written_by or name, clean(written_by or name), len(self.actors)
        )

    def _label(self, kind: str, name: str) -> str | None:
        match kind:
            case "variable":
                return self._variable(name)
            case "state" | "status":
                return next(
                    (self.state(state) for state in self.lifecycle.states if name in (state.name, state.status)), None
                )
            case "final":
                return text(name, self.language)
            case _:
                return None

    def _variable(self, name: str) -> str:
        titles = {each.name: each.title for each in self.lifecycle.variables}
        titles |= {each.name: each.title for each in self.lifecycle.conditions}
        return say(titles.get(name), self.language, otherwise=name)
