"""What people call the actors, states, variables and events of a pack, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from covage_model.behaviour.run.step import AtomTruths, Step
from covage_model.behaviour.space.memory import carried, is_history
from covage_model.ground import codes
from covage_model.ground.classes import dataclass
from covage_model.ground.files.document import Document
from covage_model.ground.language import tell
from covage_model.pack.conditions import words
from covage_model.pack.conditions.titles import value_label, word_titles
from covage_model.pack.model.conditions import Atom, Condition, Not, Scalar
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.text import Text, any_of, say


@dataclass(frozen=True, slots=True)
class PackNames:
    """
    A language, what actors are called in it, and the file that findings speak of.

    `titles` are by kind (state, status, final, variable, value or event) and name; what is not there is called by its
    name. Triggers are always called by their names: these are what one types.
    """

    language: str
    actors: Mapping[str, str]
    document: Document | None = None
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def by(self, actors: Sequence[str]) -> str:
        """Who acts, after what is done: any of these; nothing for nobody."""
        return self.tell(" by {actors}", actors=any_of(actors, self.actors, self.language)) if actors else ""

    def tell(self, template: str, **values: object) -> str:
        """A sentence with its values, in the language."""
        return tell(template, self.language, **values)

    def condition(self, condition: Condition) -> str:
        """A condition in words."""
        return words.describe(condition, self.language, self.titles)

    def atoms(self, atoms: AtomTruths) -> str:
        """Atoms and their truths, joined."""
        return "; ".join(self.atom(atom, holds=holds) for atom, holds in atoms)

    def atom(self, atom: Atom, *, holds: bool) -> str:
        """An atom and its truth."""
        return self.condition(atom if holds else Not(atom))

    def state(self, name: str) -> str:
        """A state."""
        return self.titles.get(("state", name), name)

    def variable(self, name: str) -> str:
        """A variable or a named condition."""
        return self.titles.get(("variable", name), name)

    def value(self, variable: str, value: Scalar) -> str:
        """A value of a variable."""
        return self.titles.get(value_label(variable, value)) or codes.spelled(value, bare=True)

    def final(self, word: str) -> str:
        """The word of an end."""
        return self.titles.get(("final", word), word)

    def events(self, names: Iterable[str]) -> str:
        """Events, joined; nothing for none."""
        return ", ".join(self.titles.get(("event", name), name) for name in names)

    def emitted(self, step: Step) -> str:
        """The events of a step, after where it leads; nothing for none."""
        return f" ! {self.events(step.emitted)}" if step.emitted else ""

    def where(self, state: str, variables: Iterable[tuple[str, Scalar]]) -> str:
        """A state and variables with their values."""
        values = ", ".join(
            f"{self.variable(name)} {self.value(name, value)}"
            for name, value in variables
            if value is not None or not is_history(name)
        )
        return self.state(state) + (f" ({values})" if values else "")


def pack_names(
    pack: SpecPack, lifecycle: Lifecycle | None, language: str, document: Document | None = None
) -> PackNames:
    """What the things of a pack and of one of its lifecycles are called."""
    actors = {actor.name: say(actor.title, language, otherwise=actor.name) for actor in pack.actors}
    titles = {("event", event.name): titled(event.value.title, event.name, language) for event in pack.events}
    for key, title in _titles(lifecycle) if lifecycle is not None else ():
        titles.setdefault(key, titled(title, key[1], language))
    for (kind, name), title in word_titles(lifecycle).items() if lifecycle is not None else ():
        titles[kind, name] = titled(title, name.rpartition(" = ")[2] if kind == "value" else name, language)
    return PackNames(language, actors, document, titles)


def _titles(lifecycle: Lifecycle) -> Iterator[tuple[tuple[str, str], Text | None]]:
    """By kind and name; a status is called as the first state that shows it."""
    for state in lifecycle.states:
        yield ("state", state.name), state.title
        if state.status is not None:
            yield ("status", state.status), state.title
    yield from ((("variable", variable.name), variable.title) for variable in carried(lifecycle))
    yield from ((("variable", condition.name), condition.title) for condition in lifecycle.conditions)


def titled(title: Text | None, name: str, language: str) -> str:
    """
    The title with the name in brackets; the title alone where it is the name in other letters.

    >>> titled({"fr": "Soumise", "en": "Submitted"}, "submitted", "fr")
    'Soumise [submitted]'
    >>> titled({"fr": "Soumise", "en": "Submitted"}, "submitted", "en")
    'Submitted'
    """
    shown = " ".join(say(title, language, otherwise=name).split())
    return shown if _folded(shown) == _folded(name) else f"{shown} [{name}]"


def _folded(text: str) -> str:
    return text.casefold().replace("-", " ").replace("_", " ")
