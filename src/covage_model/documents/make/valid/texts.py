"""Texts for a slot: of its format, its patterns, or in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from covage_model.documents.make.valid.example_form import near
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import iregexp as patterns
from covage_model.ground.iregexp import Pattern
from covage_model.pack.model.conditions import Matches, Starts, Test

_YEAR = "2031"  # far enough to be nobody's, unless an example of the pack says another
_HOST = "example.org"
_LONGEST = 400  # beyond it no text is filled up to a least length


def texts(slot: Slot, random: Random, undecided: Callable[[], None] = lambda: None) -> Iterator[str]:
    """Texts that may do, the nicest first; what the slot takes of them is for the caller to see."""
    said = [one.value for one in slot.keywords if one.name == "format"]
    examples = [one for one in slot.examples if isinstance(one, str)]
    example = random.choice(examples) if examples else ""
    if said:
        yield of_format(said[0], example, random)
    elif example:
        yield near(example, random)
    yield from (text for text in (matching(slot, random, undecided=undecided),) if text is not None)
    yield from sized(slot, f"{name_of(slot)} {random.randrange(10_000)}")
    yield from examples
    if said:
        yield of_format(said[0], "", random)


def name_of(slot: Slot) -> str:
    """What people call the slot, in the pack's first language; else its own name."""
    title = slot.titles[0] if slot.titles else ""
    shown = title if isinstance(title, str) else next(iter(title.values()), "")
    return shown or (slot.path[-1] if slot.path else "x")


def matching(slot: Slot, random: Random, *tests: Test, undecided: Callable[[], None] = lambda: None) -> str | None:
    """
    A text that matches every pattern of the slot and of the tests; None where none was found, or none is asked.

    `undecided` is called where the search met its bound.
    """
    asked = [*patterns_of(slot), *(pattern for test in tests for pattern in _pattern(test))]
    lengths = {name: [one.value for one in slot.keywords if one.name == name] for name in ("minLength", "maxLength")}
    least, most = max(lengths["minLength"], default=0), min(lengths["maxLength"], default=None)
    if not asked:
        return None
    if least > 1 and least <= _LONGEST:
        asked.append(patterns.parse(f"^(.|\\n|\\r){{{least},}}$"))
    try:
        return patterns.sample(asked[0], random, *asked[1:], limit=40 if most is None else min(most, 40))
    except patterns.SearchUndecided:
        undecided()
        return None


def patterns_of(slot: Slot) -> list[Pattern]:
    """What texts at the slot must match, its choice's beginnings included."""
    found = [patterns.parse(one.value) for one in slot.keywords if one.name == "pattern"]
    return [*found, *(patterns.starts(one.test.prefixes) for one in slot.chosen if isinstance(one.test, Starts))]


def _pattern(test: Test) -> list[Pattern]:
    match test:
        case Matches(pattern):
            return [patterns.parse(pattern)]
        case Starts(prefixes):
            return [patterns.starts(prefixes)]
    return []


def sized(slot: Slot, text: str) -> Iterator[str]:
    """The text, cut or filled up to the lengths that the slot asks for."""
    least = max((one.value for one in slot.keywords if one.name == "minLength"), default=0)
    most = min((one.value for one in slot.keywords if one.name == "maxLength"), default=None)
    whole = text if len(text) >= least or least > _LONGEST else (text + " " + text * least)[:least]
    if most is None or len(whole) <= most:
        yield whole
    elif most:
        yield whole[-most:].partition(" ")[2].strip() or whole[-most:]
        yield whole[-most:]
    for sign in ("x", "A"):
        yield sign * min(max(least, 0 if most == 0 else 1), _LONGEST)


def of_format(name: str, example: str, random: Random) -> str:
    """A text of one of the language's formats, like the example in its year or its host."""
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
