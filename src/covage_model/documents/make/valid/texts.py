"""Texts for a slot: by its format, by its patterns, or in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from covage_model.documents.make.valid.example_form import near
from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import keyword_values
from covage_model.ground import iregexp as patterns
from covage_model.ground.iregexp import Pattern
from covage_model.pack.model.conditions import Matches, Starts, Test

_YEAR = "2031"  # the year of dates, unless an example of the pack has another
_HOST = "example.org"
_LONGEST = 400  # texts are not made longer than this to reach `minLength`


def texts(slot: Slot, random: Random, undecided: Callable[[], None] = lambda: None) -> Iterator[str]:
    """Candidate texts, the nicest first. The caller has to check that they fit the slot."""
    formats = keyword_values(slot, "format")
    examples = [example for example in slot.examples if isinstance(example, str)]
    example = random.choice(examples) if examples else ""
    if formats:
        yield of_format(formats[0], example, random)
    elif example:
        yield near(example, random)
    yield from (text for text in (matching(slot, random, undecided=undecided),) if text is not None)
    yield from sized(slot, f"{name_of(slot)} {random.randrange(10_000)}")
    yield from examples
    if formats:
        yield of_format(formats[0], "", random)


def name_of(slot: Slot) -> str:
    """The title of the slot in the pack's first language; else its name."""
    title = slot.titles[0] if slot.titles else ""
    shown = title if isinstance(title, str) else next(iter(title.values()), "")
    return shown or (slot.path[-1] if slot.path else "x")


def matching(slot: Slot, random: Random, *tests: Test, undecided: Callable[[], None] = lambda: None) -> str | None:
    """
    A text that matches every pattern of the slot and of the tests; None if none was found, or there is no pattern.

    `undecided` is called if the search gives up.
    """
    wanted = [*patterns_of(slot), *(pattern for test in tests for pattern in _pattern(test))]
    least = max(keyword_values(slot, "minLength"), default=0)
    most = min(keyword_values(slot, "maxLength"), default=None)
    if not wanted:
        return None
    if least > 1 and least <= _LONGEST:
        wanted.append(patterns.parse(f"^(.|\\n|\\r){{{least},}}$"))
    try:
        return patterns.sample(wanted[0], random, *wanted[1:], limit=40 if most is None else min(most, 40))
    except patterns.SearchUndecided:
        undecided()
        return None


def patterns_of(slot: Slot) -> list[Pattern]:
    """The patterns that texts must match, including the prefixes in `match`."""
    own = list(map(patterns.parse, keyword_values(slot, "pattern")))
    prefixes = (entry.test.prefixes for entry in slot.chosen if isinstance(entry.test, Starts))
    return [*own, *map(patterns.starts, prefixes)]


def _pattern(test: Test) -> list[Pattern]:
    match test:
        case Matches(pattern):
            return [patterns.parse(pattern)]
        case Starts(prefixes):
            return [patterns.starts(prefixes)]
    return []


def sized(slot: Slot, text: str) -> Iterator[str]:
    """The text cut or padded to the slot's length bounds."""
    least = max(keyword_values(slot, "minLength"), default=0)
    most = min(keyword_values(slot, "maxLength"), default=None)
    whole = text if len(text) >= least or least > _LONGEST else (text + " " + text * least)[:least]
    if most is None or len(whole) <= most:
        yield whole
    elif most:
        yield whole[-most:].partition(" ")[2].strip() or whole[-most:]
        yield whole[-most:]
    for sign in ("x", "A"):
        yield sign * min(max(least, 0 if most == 0 else 1), _LONGEST)


def of_format(name: str, example: str, random: Random) -> str:
    """A text of a format, with the year or the host of the example."""
    match name:
        case "date":
            return _day(example, random)
        case "date-time":
            clock = f"{random.randrange(7, 20):02}:{random.randrange(60):02}:{random.randrange(60):02}"
            return f"{_day(example, random)}T{clock}Z"
        case "uuid":
            signs = f"{random.getrandbits(128):032x}"
            variant = "89ab"[random.randrange(4)]
            return f"{signs[:8]}-{signs[8:12]}-4{signs[13:16]}-{variant}{signs[17:20]}-{signs[20:]}"
    local, _, host = example.partition("@")
    return f"{local or 'name'}-{random.randrange(10_000)}@{host or _HOST}"


def _day(example: str, random: Random) -> str:
    year = example[:4] if len(example) >= 10 else _YEAR
    return f"{year}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"
