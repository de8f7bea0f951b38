"""Names of coverage items for people, in English and French."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.classes import dataclass

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "case": "case",
        "required": "required",
        "forbidden": "forbidden",
        "read_only": "read_only",
        "unique": "unique",
        "history": "back to",
        "range": "reaches",
        "broken": "broken",
        "true": "is true",
        "false": "is false",
    },
    "fr": {
        "case": "cas",
        "required": "exigé",
        "forbidden": "interdit",
        "read_only": "en lecture seule",
        "unique": "unique",
        "history": "revient à",
        "range": "atteint",
        "broken": "non respecté",
        "true": "est vrai",
        "false": "est faux",
    },
}


@dataclass(frozen=True, slots=True)
class Label:
    """
    The name of a coverage item, in parts.

    `owner` is the type, order, variant or lifecycle; `about` the field, rule or transition; `case` the number of the
    case, 0 if there is only one; `presence` is required, forbidden, read_only, unique, history, range or "";
    `written` the text of the value, condition or step; `way` what must be seen of it: broken, true, false, or "" for
    any.
    """

    owner: str
    about: str = ""
    case: int = 0
    presence: str = ""
    written: str = ""
    way: str = ""

    def text(self, language: str) -> str:
        """
        The label on one line.

        >>> Label("life", "close", case=2, written='{"seen":"no"}', way="false").text("en")
        'life: close, case 2: {"seen":"no"} is false'
        >>> Label("note", "text", presence="required", written='"sent"', way="broken").text("fr")
        'note : text exigé "sent", non respecté'
        """
        words = _WORDS[language]
        colon = " : " if language == "fr" else ": "
        text = colon.join(part for part in (self.owner, self.about) if part)
        text += f", {words['case']} {self.case}" if self.case else ""
        text += f" {words[self.presence]}" if self.presence else ""
        if self.way in ("true", "false"):
            return f"{text}{colon}{self.written} {words[self.way]}"
        text += f" {self.written}" if self.written else ""
        return f"{text}, {words[self.way]}" if self.way else text
