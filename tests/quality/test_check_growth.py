"""The work of `check` is linear in the size of the pack."""

import sys
from collections.abc import Callable, Mapping
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

import pytest
from effort import share

from covage_model.api import packs
from covage_model.ground.diagnostics import Location, Origin
from covage_model.pack.model.conditions import In, Literal, Starts
from covage_model.pack.model.matches import Match
from covage_model.quality.checks import matches, overlaps

PACK = "pack: tiny\nformat: 1\nlanguages: [en]\nactors: {us: Us}\n"
LIFE = "lifecycle: life\nstates: {s: {initial: true}}\n"
ORDER = "order: thing\nfollows: life\nmatch: {kind: k}\n"
HERE = Origin(Location("f", 1, 1))


def listed(number: int) -> str:
    return "[" + ", ".join(f"e{one}" for one in range(number)) + "]"


def variants(number: int, match: str) -> str:
    lines = "".join(f"  v{one}: {{match: {{{match.format(one)}}}}}\n" for one in range(number))
    return f"order: thing\nfollows: life\nmatch: {{a: x}}\nvariants:\n{lines}"


def fields(number: int, of: str) -> str:
    return ORDER + "fields:\n  g: {type: string}\n" + "".join(f"  f{one}: {{{of}}}\n" for one in range(number))


def types(number: int, of: str) -> str:
    return "types:\n" + "".join(f"  t{one}: {{{of}}}\n" for one in range(number))


def diamonds(number: int) -> str:
    steps = (
        f"  a{one}: {{include: [t{one - 1}]}}\n  b{one}: {{include: [t{one - 1}]}}\n  t{one}: {{include: [a{one}, b{one}]}}\n"
        for one in range(1, number + 1)
    )
    return "types:\n  t0: {fields: {x: {type: string}}}\n" + "".join(steps)


def states(number: int) -> str:
    return LIFE.replace("true}}", "true}" + "".join(f", s{one}: {{}}" for one in range(number)) + "}")


def chain(number: int) -> str:
    """A lifecycle of that many states, one after the other."""
    names = [f"s{one}" for one in range(number)]
    states = ", ".join(f"{name}: {{{'initial: true' if name == 's0' else ''}}}" for name in names)
    steps = pairwise([*names, "end"])
    moves = ", ".join(f"to_{target}: {{by: us, from: {source}, to: {target}}}" for source, target in steps)
    return f"lifecycle: life\nstates: {{{states}, end: {{final: success}}}}\ntransitions: {{{moves}}}"


PACKS: Mapping[str, Callable[[int], tuple[str, ...]]] = {
    "variants": lambda n: (variants(n, "kind: k{0}"),),
    "variants of several paths": lambda n: (variants(n, "kind: k{0}, other: x"),),
    "variants that begin alike": lambda n: (variants(n, "kind: {{starts: [k{0}-]}}"),),
    "variants that are the same": lambda n: (variants(n, "kind: k"),),
    "orders": lambda n: tuple(ORDER.replace("thing", f"t{one}").replace(": k}", f": k{one}}}") for one in range(n)),
    "enum": lambda n: (f"{ORDER}fields: {{f: {{enum: {listed(n)}}}}}",),
    "enum and a test": lambda n: (
        f"{ORDER}fields: {{f: {{enum: {listed(n)}}}}}\nrules: {{r: {{then: {{f: {{in: {listed(n)}}}}}}}}}",
    ),
    "match and enum": lambda n: (
        f"{ORDER}fields: {{kind: {{enum: {listed(n)}}}}}".replace("kind: k}", f"kind: {{in: {listed(n)}}}}}"),
    ),
    "examples": lambda n: (f"{ORDER}fields: {{f: {{enum: {listed(n)}, examples: {listed(n)}}}}}",),
    "required and forbidden": lambda n: (fields(n, "type: string, required: true, forbidden: {when: {g: a}}"),),
    "required and forbidden under conditions": lambda n: (
        fields(n, "type: string, required: {when: {g: b}}, forbidden: {when: {g: a}}"),
    ),
    "types": lambda n: (ORDER, types(n, "type: string")),
    "a chain of states": lambda n: (ORDER, chain(n)),
    "lifecycles that no order follows": lambda n: tuple(chain(1).replace(": life", f": life{one}") for one in range(n)),
    "unreachable states": lambda n: (ORDER, states(n)),
}


def loaded(folder: Path, texts: tuple[str, ...]) -> packs.Loaded:
    folder.mkdir()
    more = [] if any("lifecycle:" in text for text in texts) else [LIFE]
    for number, text in enumerate((PACK, *more, *texts)):
        (folder / ("pack.yaml" if number == 0 else f"{number}.yaml")).write_text(text, encoding="utf-8")
    return packs.load((str(folder),), cache=False)


def calls(action: Callable[[], Any]) -> int:
    """The number of function calls: the same on every machine, however busy."""
    count = 0

    def profile(_: FrameType, event: str, __: Any) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        action()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.hard
@pytest.mark.parametrize("kind", share(PACKS))
def test_twice_as_much_takes_about_twice_the_work(kind: str, tmp_path: Path) -> None:
    loaded(tmp_path / "warm", PACKS[kind](5))
    work = [calls(lambda n=n: loaded(tmp_path / str(n), PACKS[kind](n))) for n in (60, 120, 240)]  # type: ignore[misc]
    assert work[2] - work[1] < 2.6 * (work[1] - work[0])


def test_what_is_included_by_many_ways_counts_once(tmp_path: Path) -> None:
    found = loaded(tmp_path / "p", (f"{ORDER}include: [t30]\n", diamonds(30)))
    assert found.findings == ()


def test_of_variants_that_all_overlap_each_is_named_with_ten_others_at_most(tmp_path: Path) -> None:
    found = loaded(tmp_path / "p", (variants(50, "kind: k"),)).findings
    assert {one.code for one in found} == {"CM301"}
    names = [one.arguments["name"] for one in found]
    assert len(set(names)) == 49
    assert max(map(names.count, names)) == 10


def test_matches_are_grouped_as_comparing_each_with_each_says() -> None:
    random = Random(3)
    texts = ["", "a", "ab", "abc", "abd", "b", "ba", "1"]

    def test() -> Literal | In | Starts:
        values = [random.choice([*texts, 1, 1.0, True, False, 2]) for _ in range(3)]
        prefixes = tuple(random.choice(texts[1:]) for _ in range(2))
        return random.choice([Literal(values[0]), In(tuple(values)), Starts(prefixes)])

    for _ in range(800):
        found = [
            tuple(Match((path,), test(), HERE) for path in random.sample("xyz", random.randint(1, 3)))
            for _ in range(random.randint(1, 7))
        ]
        both = {pair for pair in combinations(range(len(found)), 2) if meets(found[pair[0]], found[pair[1]])}
        pairs = [pair for group in overlaps.groups(found) for pair in overlaps.meeting(found, group)]
        assert len(set(pairs)) == len(pairs)
        assert {(one, other) for one, other in pairs if meets(found[one], found[other])} == both


def meets(one: tuple[Match, ...], other: tuple[Match, ...]) -> bool:
    return matches._witness((*one, *other)) is not None
