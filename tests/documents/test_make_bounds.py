"""The search for a document is bounded; giving up is reported."""

from collections.abc import Callable
from pathlib import Path

import pytest

from covage_model import generate_orders, load_pack

PACK = "pack: small\nformat: 1\nlanguages: [en]\nactors: {a: Ann}\n"
LIFE = """lifecycle: life
standing: inferred
states: {open: {initial: true}, over: {final: success}}
transitions:
  done: {by: a, from: open, to: over}
"""
ORDER = "order: thing\nfollows: life\nstanding: inferred\nfields:\n"
LIST = "{type: array, required: true, minItems: %d, items: %s}"
FEW = "{type: string, required: true, minLength: 1}"
PRIMES = (7, 11, 13, 17, 19, 23, 29)


def pack_in(folder: Path, order: str, types: str = "") -> str:
    for name, text in (("pack", PACK), ("life", LIFE), ("order", ORDER + order), ("types", types)):
        if text:
            (folder / f"{name}.yaml").write_text(text)
    return str(folder)


@pytest.mark.parametrize(
    "order",
    [
        f"  many: {LIST % (10**9, '{type: string}')}\n",
        f"  many: {LIST % (500, LIST.replace('required: true, ', '') % (500, '{type: array, minItems: 500}'))}\n",
        f"  many: {LIST % (0, '{type: string}')}\nrules:\n  r: {{then: {{many: {{count: {{min: {10**9}}}}}}}}}\n",
    ],
)
def test_a_document_that_must_be_very_large_is_not_made(tmp_path: Path, order: str) -> None:
    made = generate_orders(load_pack(pack_in(tmp_path, order)), count=1)
    assert [(one.code, one.form, one.arguments["most"]) for one in made.findings] == [("CM516", "too-large", 100_000)]
    assert list(made) == []


def test_a_list_as_long_as_it_must_be_is_made(tmp_path: Path) -> None:
    order = "  many: {type: array, required: true, minItems: 2000, uniqueItems: true, items: {type: string}}\n"
    (document,) = generate_orders(load_pack(pack_in(tmp_path, order)), count=1)
    assert len(set(document["many"])) >= 2000


def rules_over() -> tuple[str, str]:
    rules = "".join(f"  r{each}: {{then: {{code: {{matches: '^([ab]{{{each}}})+$'}}}}}}\n" for each in PRIMES)
    return f"  code: {FEW}\nrules:\n{rules}", ""


def types_over() -> tuple[str, str]:
    names = ["string", *(f"t{each}" for each in PRIMES)]
    types = "".join(
        f"  {name}: {{type: {below}, pattern: '^([ab]{{{each}}})+$'}}\n"
        for name, below, each in zip(names[1:], names, PRIMES, strict=False)
    )
    return f"  code: {{type: {names[-1]}, required: true}}\n", f"types:\n{types}"


@pytest.mark.parametrize("patterns", [rules_over, types_over])
def test_patterns_of_which_no_common_text_is_near_are_given_up(
    tmp_path: Path, patterns: Callable[[], tuple[str, str]]
) -> None:
    order, types = patterns()
    made = generate_orders(load_pack(pack_in(tmp_path, order, types)), count=1)
    assert [(one.code, one.form) for one in made.findings] == [("CM516", "none")]
    assert made.stock.tried < 4
