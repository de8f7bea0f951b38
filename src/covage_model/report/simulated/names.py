"""What the parts of a simulation are called on its page: the pack's titles, or the names where it gives none."""

from __future__ import annotations

from covage_model.ground.classes import dataclass
from covage_model.ground.language import tell
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.profile import EDIT
from covage_model.pack.model.text import say


@dataclass(frozen=True, slots=True)
class SimulatedNames:
    """The titles of variants, states, triggers and actors in a language."""

    pack: SpecPack
    language: str

    def variant(self, name: str) -> str:
        """The title of an order and its variant, or of an order; of "" that of all orders together."""
        if not name:
            return tell("All orders", self.language)
        try:
            variant = self.pack.explorable_named(name)
        except KeyError:  # all variants of an order
            order = next(each for each in self.pack.orders if each.name == name)
            return say(order.title, self.language, otherwise=name)
        title = say(variant.order.title, self.language, otherwise=variant.order.name)
        if variant.spec is None:
            return title
        return f"{title} – {say(variant.spec.value.title, self.language, otherwise=variant.spec.name)}"

    def state(self, name: str) -> str:
        """The title of a state, in the first lifecycle that has it; of "" that of all ends."""
        if not name:
            return tell("Any end", self.language)
        for lifecycle in self.pack.lifecycles:
            for state in lifecycle.states:
                if state.name == name:
                    return say(state.title, self.language, otherwise=name)
        return name

    def outcome(self, variant: str, name: str) -> str:
        """Whether an end is a `success`, a `failure`, or another `end`."""
        names = [variant] if variant else [each.name for each in self.pack.variants]
        for each in names:
            lifecycle = self.pack.lifecycle(self.pack.explorable_named(each).order.follows)
            for state in lifecycle.states:
                if state.name == name and state.final is not None:
                    return state.final if state.final in ("success", "failure") else "end"
        return "end"

    def trigger(self, name: str) -> str:
        """The title of a transition, in the first lifecycle that has it."""
        if name == EDIT:
            return tell("Edit of the document", self.language)
        for lifecycle in self.pack.lifecycles:
            for transition in lifecycle.transitions:
                if transition.name == name:
                    return say(transition.title, self.language, otherwise=name)
        return name

    def actor(self, name: str) -> str:
        """The title of an actor."""
        return next(
            (say(each.title, self.language, otherwise=name) for each in self.pack.actors if each.name == name), name
        )
