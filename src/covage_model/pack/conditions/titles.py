"""What values of variables and final words are called by people, where the pack says it."""

from __future__ import annotations

from covage_model.pack.conditions.words import scalar
from covage_model.pack.model.conditions import Scalar
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.text import Text


def value_label(variable: str, value: Scalar) -> tuple[str, str]:
    """
    The kind and the name under which labels have what a value of a variable is called.

    >>> value_label("seen", "yes")
    ('value', 'seen = yes')
    """
    return "value", f"{variable} = {scalar(value)}"


def word_titles(lifecycle: Lifecycle) -> dict[tuple[str, str], Text]:
    """The titles of values and of final words, by kind and name; a word is called as the first state that titles it."""
    titles = {
        value_label(variable.name, value): title for variable in lifecycle.variables for value, title in variable.titles
    }
    for state in lifecycle.states:
        if state.final is not None and state.final_title is not None:
            titles.setdefault(("final", state.final), state.final_title)
    return titles
