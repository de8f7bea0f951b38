"""What to type instead of a value that a place does not take: never what the place would refuse again."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import field, replace
from math import isfinite
from typing import Any

from covage_model.documents.judge.straight import plain_form, straightened, unlike
from covage_model.documents.judge.values import fits
from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import listed_values
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.files import scalars
from covage_model.ground.nearest import in_other_quotes, near_miss, nearest, one_of, quotes_hint
from covage_model.ground.patterns import regex
from covage_model.ground.spelt import SpeltNumber
from covage_model.pack.model.keywords import Keyword

_ZEROS = 4  # a spreadsheet drops the zeros that a number begins with
_DIGITS = 32
_FEW = 12
_FORMS = ("pattern", "format")
_FRENCH_NUMBER = regex(r"-?[0-9]{1,3}(?:\s?[0-9]{3})*(?:,[0-9]+)?|-?[0-9]+,[0-9]+")
_SPOKEN = {"oui": True, "vrai": True, "yes": True, "non": False, "faux": False, "no": False}
_WRITTEN = {
    "date": "2024-12-31",
    "date-time": "2024-12-31T08:30:00Z",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    "email": "name@example.com",
}


def as_spelt(finding: Diagnostic, text: str, slot: Slot | None) -> Diagnostic:
    """The finding about a number that the document spells as `text`: message and hint have it so, as far as it fits."""
    arguments = {**finding.arguments, "found": SpeltNumber(text)}
    hint = finding.hint
    if hint == quotes_hint(json.dumps(finding.arguments["found"])) and (slot is None or fits(slot, text)):
        hint = quotes_hint(text)
    return replace(finding, arguments=arguments, hint=hint)


@dataclass(slots=True)
class Hinter:
    """
    Hints for the findings about one document.

    Words are compared only `comparisons` times: a document may have many findings and an `enum` many members.
    """

    comparisons: int = 100_000
    _listed: dict[int, list[Any]] = field(default_factory=dict)  # by id of the slot, which its sheet keeps

    def value(self, slot: Slot, keyword: Keyword, value: Any, *, needed: bool) -> str | None:
        """
        A hint for a value that breaks a keyword of the slot, `type` among them; None where nothing is near.

        `needed`: the value cannot be left out.
        """
        if id(slot) not in self._listed:
            self._listed[id(slot)] = [member for member in listed_values(slot) if fits(slot, member)]
        listed = self._listed[id(slot)]
        if value in (None, "") and not needed:
            return "leave it out"
        return next(_hints(slot, keyword, value, listed), None) if self._affords(listed) else None

    def name(self, name: str, known: Collection[str], free: Sequence[str], there: Container[str]) -> str | None:
        """A hint for an unknown field: `known` fields are described, `free` ones may be added, others are `there`."""
        if not self._affords(known):
            return None
        near = near_miss(name, known)
        if near is not None and near in there:
            return f"{near!r} is there already: remove one of them"
        hint = nearest(name, free)
        alike = _alike(name, near) if near is not None and near in free else ""
        return f"{hint} {alike}" if alike else hint

    def _affords(self, words: Collection[Any]) -> bool:
        self.comparisons -= 1 + len(words)
        return self.comparisons >= 0


def _hints(slot: Slot, keyword: Keyword, value: Any, listed: list[Any]) -> Iterator[str]:
    """Hints, the best first."""
    quotes = in_other_quotes(value)
    if quotes is not json_value.ABSENT and fits(slot, quotes):
        yield quotes_hint(quotes)
    if isinstance(value, str) and (meant := _SPOKEN.get(value.strip().lower())) is not None and fits(slot, meant):
        yield f"write {json.dumps(meant)}"
    zeros = _with_lost_zeros(slot, value)
    if zeros is not None:
        yield f"a leading zero may be lost: write {json.dumps(zeros)}"
    if isinstance(value, str) and (number := _number(value)) is not None and fits(slot, json.loads(number)):
        yield f"write it without quotes: {number}" if number == value else f"write {number}"
    if isinstance(value, str) and not listed and keyword.name in _FORMS:
        straight = straightened(value, lambda text: fits(slot, text))
        if straight is not None:
            alike = unlike(value)
            yield f"write {json.dumps(straight, ensure_ascii=False)}" + (f": {alike}" if alike else "")
    near = near_miss(value, [member for member in listed if isinstance(member, str)])
    if near is not None:
        alike = _alike(str(value), near)
        yield f"did you mean {near!r}? {alike}" if alike else f"did you mean {near!r}?"
    if len(listed) == 1:
        yield f"write {json.dumps(listed[0], ensure_ascii=False)}"
    elif keyword.name in ("enum", "type") and 0 < len(listed) <= _FEW:
        yield one_of(listed) or ""
    if keyword.name in _FORMS or value in (None, ""):
        yield from (f"for example {text}" for text in slot.examples if isinstance(text, str) and fits(slot, text))
        written = _WRITTEN.get(keyword.value) if isinstance(keyword.value, str) else None
        if written is not None and fits(slot, written):
            yield f"write it as {written}"


def _alike(word: str, meant: str) -> str:
    """Which characters of a word only look like those that are meant: by eye nobody finds them."""
    plain = "".join(map(plain_form, word))
    if plain == meant:
        return unlike(word)
    if len(word) != len(meant):
        return ""
    pairs = {pair: None for pair in zip(word, meant, strict=True) if pair[0] != pair[1]}
    if not all(wrong.isalpha() and not wrong.isascii() and right.isascii() for wrong, right in pairs):
        return ""
    return ", ".join(f"U+{ord(wrong):04X} is not the letter {right}" for wrong, right in pairs)


def _number(text: str) -> str | None:
    """The number in a text as JSON has it; also of one that is written in French, 1 000 or 12,50."""
    if len(text) > _DIGITS or _FRENCH_NUMBER.fullmatch(text) is None:
        is_number = len(text) <= _DIGITS and scalars.NUMBER.fullmatch(text) is not None and isfinite(float(text))
        return text if is_number else None
    whole, _, decimals = re.sub(r"\s", "", text).partition(",")
    spelled = f"{whole}.{decimals}" if decimals else whole
    return spelled if scalars.NUMBER.fullmatch(spelled) else str(int(whole))


def _with_lost_zeros(slot: Slot, value: Any) -> str | None:
    """The digits of a number, or of a text, with the fewest zeros before them that make the slot take it."""
    if isinstance(value, int) and not isinstance(value, bool) and value < 10**_DIGITS:
        value = str(value)
    digits = value if isinstance(value, str) else ""
    if not 0 < len(digits) <= _DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    return next((text for text in ("0" * n + digits for n in range(1, _ZEROS + 1)) if fits(slot, text)), None)
