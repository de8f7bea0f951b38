"""The page of a code: its title, its messages and their explanation."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground import language
from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What `explain` prints for a code; `messages` are templates by form (see `codes`)."""

    title: str
    messages: Mapping[str, str]
    explanation: str

    def typeset(self) -> Page:
        """The page of a French catalogue with its blanks as French has them."""
        messages = {form: language.typeset(template) for form, template in self.messages.items()}
        return Page(language.typeset(self.title), messages, language.typeset(self.explanation))
