"""
Printed schemas work in other engines: strict mode, patterns beside formats, `$schema`.

`COVAGE_LONG=1` also compiles them with Ajv, if Node and npm are installed, and compares its verdicts.
"""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import jsonschema_rs
import pytest
from documents import Documents
from effort import LONG
from random_packs import Packs
from strict_mode import faults
from test_schema_equals_interpreter import PACKS, compiled, loaded, targets

from covage_model import Pack, load_pack, order_validator
from covage_model.documents.judge.verdict import Judge, judge_of
from covage_model.documents.presence.role import Role
from covage_model.documents.schema.flat import DIALECT, print_schema
from covage_model.documents.schema.validator import validator_of
from covage_model.ground import formats

STRINGS = 100_000 if LONG else 1_500
RANDOM = range(20_000, 20_000 + (40 if LONG else 4))
PER_SCHEMA = 40 if LONG else 20

# A mailbox of RFC 5321 that ajv-formats takes for none; where `format` only annotates, Ajv accepts it as we do.
HOST_WITHOUT_DOT = re.compile(r'@[A-Za-z0-9-]+"')

Named = tuple[str, dict[str, Any]]


def judges(random_packs: range = RANDOM) -> Iterator[tuple[str, Judge]]:
    for name, folder in PACKS.items():
        yield name, judge_of(loaded(folder))
    for seed in random_packs:
        yield f"random-{seed}", judge_of(compiled(Packs(Random(seed)).pack()))


def schemas(judge: Judge, name: str) -> Iterator[tuple[str, str, Role, Named]]:
    """Every schema of a pack: all variants, statuses and roles."""
    for variant in judge.pack.variants:
        for status, role in targets(judge.sheet(variant.name)):
            printed = print_schema(
                judge.sheet(variant.name), pack=name, status=status, role=role.value, language="en"
            ).schema
            yield variant.name, status, role, (f"{name} {variant.name} {status} {role.value}", printed)


def every_schema() -> list[Named]:
    return [named for name, judge in judges() for *_, named in schemas(judge, name)]


def test_every_printed_schema_meets_its_metaschema_and_the_strict_rules() -> None:
    seen = every_schema()
    for number, (name, schema) in enumerate(seen):
        assert schema["$schema"] == DIALECT
        if LONG or number % 8 == 0:
            validator_of(schema).check_schema(schema)
        assert jsonschema_rs.meta.is_valid(schema), name
        assert list(faults(schema)) == [], name
    assert len(seen) > 120


@pytest.mark.parametrize("name", formats.FORMATS)
def test_a_format_and_its_pattern_accept_the_same_texts(name: str) -> None:
    keywords = dict(formats.PORTABLE[name])
    pattern, longest = re.compile(keywords["pattern"]), keywords.get("maxLength", 10**6)
    seen = {True: 0, False: 0}
    for text in near_a_format(name, Random(7)):
        accepted = pattern.search(text) is not None and not text.endswith("\n") and len(text) <= longest
        assert formats.FORMATS[name](text) is accepted, text
        seen[accepted] += 1
    assert min(seen.values()) > STRINGS / 20


SEEDS = {
    "date": ["2024-02-29", "2023-02-28", "1900-02-29", "2000-02-29", "0000-02-29", "9999-12-31", "2024-04-30"],
    "date-time": [
        *("2024-02-29T12:30:00Z", "2016-12-31T23:59:60Z", "2016-12-31t23:59:60z", "2016-12-31T23:59:60.5Z"),
        *(
            "2026-02-28 12:00:00Z",
            "2026-02-28T12:00:00+0100",
            "2026-02-28T12:00:00.25-23:59",
            "2017-01-01T00:59:60+01:00",
        ),
    ],
    "uuid": ["123e4567-e89b-42d3-a456-426614174000", "ABCDEFAB-CDEF-ABCD-EFAB-CDEFABCDEFAB"],
    "email": [
        "a@b",
        "name.of@example.com",
        "a..b@c",
        "a@" + "b" * 63 + ".c",
        f"{'a' * 240}@example.com",
        "a@-b",
        "a@b-",
    ],
}


def near_a_format(name: str, random: Random) -> Iterator[str]:
    """Texts that nearly have a format: a part of a valid text, or one with a character or two changed."""
    signs = {"date": "0123456789-", "uuid": "0123456789abcdefABCDEF-g"}.get(name, "0123459aA@.-:TtZz +_\n")
    for number in range(STRINGS):
        text = list(random.choice(SEEDS[name]))
        if name in ("date", "date-time") and number % 2:
            text[:10] = f"{random.randrange(10_000):04}-{random.randrange(14):02}-{random.randrange(33):02}"
        if name == "date-time" and number % 3 == 0:
            text[11:19] = f"{random.randrange(26):02}:{random.randrange(62):02}:{random.randrange(62):02}"
        for _ in range(random.choice((0, 0, 1, 1, 2))):
            at = random.randrange(len(text) + 1)
            text[at : at + random.choice((0, 1))] = random.choice(["", *signs])
        yield "".join(text)


def test_second_60_is_accepted_in_one_time_only() -> None:
    def accepted(time: str) -> bool:
        return formats.is_date_time(f"2016-12-31T{time}")

    assert accepted("23:59:60Z")
    assert not any(map(accepted, ("23:59:60z", "23:59:60.0Z", "23:59:60+00:00", "22:59:60-01:00", "12:00:60Z")))


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


def test_a_ready_validator_asserts_formats_and_knows_the_status(pack: Pack) -> None:
    order = {"type": "terminate", "service_ref": "S310421_00007"}
    validator = order_validator(pack, "terminate-copper", status="draft")
    assert validator.is_valid(order)
    assert not order_validator(pack, "terminate-copper").is_valid({"type": "terminate"})
    assert order_validator(pack, "activate-copper", "create", role="record").schema["$id"].endswith(":record")
    with pytest.raises(KeyError):
        order_validator(pack, "activate-copper", "nothing")


def test_an_order_may_name_its_schema(pack: Pack) -> None:
    order = {"type": "terminate", "service_ref": "S310421_00007"}
    named = {"$schema": "./terminate.json", **order}
    for role in ("request", "record"):
        before, after = (pack.judge.verdict(one, "it", role=Role(role), status="draft") for one in (order, named))
        assert before.findings == after.findings
        validator = order_validator(pack, "terminate-copper", status="draft", role=role)
        assert validator.is_valid(named) is validator.is_valid(order)
    assert order_validator(pack, "terminate-copper", status="draft").is_valid(named)
    below = {**order, "extra": {"$schema": "x"}}
    assert not order_validator(pack, "terminate-copper", status="draft").is_valid(below)


def documents(judge: Judge, variant: str, status: str, role: Role, number: int) -> Iterator[Any]:
    """Documents of a variant; half of them are spoiled in one or two places."""
    drawn = Documents(judge.sheet(variant), Random(f"{variant} {status} {role}"))
    for count in range(number):
        yield drawn.spoiled(drawn.draw(status, role), (0, 1, 0, 2)[count % 4])


def exact_in_javascript(value: Any) -> bool:
    """Whether JavaScript reads the value exactly: its numbers fit doubles, and its texts are whole characters."""
    if isinstance(value, dict):
        return all(exact_in_javascript(name) and exact_in_javascript(below) for name, below in value.items())
    if isinstance(value, list):
        return all(map(exact_in_javascript, value))
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) < 2**53
    return not isinstance(value, str) or value.isascii() or not re.search("[\ud800-\udfff]", value)


@pytest.mark.long
def test_verdicts_are_the_same_without_format_checkers() -> None:
    seen = {True: 0, False: 0}
    for name, judge in judges(RANDOM[:4]):
        for variant, status, role, (_, schema) in schemas(judge, name):
            asserting, ignoring = (
                validator_of(schema),
                jsonschema_rs.Draft202012Validator(schema, validate_formats=False),
            )
            for document in documents(judge, variant, status, role, PER_SCHEMA // 4):
                if exact_in_javascript(document):
                    accepted = asserting.is_valid(document)
                    assert ignoring.is_valid(document) is accepted, (schema["$id"], document)
                    seen[accepted] += 1
    assert min(seen.values()) > 50


@pytest.fixture(scope="module")
def ajv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which Ajv is installed."""
    npm = shutil.which("npm")
    if not LONG or npm is None or shutil.which("node") is None:
        pytest.skip("takes COVAGE_LONG=1, Node and npm")
    folder = tmp_path_factory.mktemp("ajv")
    (folder / "package.json").write_text("{}")
    command = [npm, "install", "--no-audit", "--no-fund", "ajv@8", "ajv-formats@3"]
    if subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=False).returncode:
        pytest.skip("npm could not install ajv")
    shutil.copy(Path(__file__).with_name("ajv.js"), folder)
    return folder


def ajv_answers(
    folder: Path, named: list[Named], cases: list[tuple[int, Any]], *, with_formats: bool
) -> dict[str, Any]:
    """The answers of Ajv."""
    texts = [(number, json.dumps(document)) for number, document in cases]
    task = {"schemas": named, "documents": texts, "formats": with_formats}
    answer = subprocess.run(
        ["node", "ajv.js"], cwd=folder, input=json.dumps(task).encode(), capture_output=True, timeout=1200, check=True
    )
    return dict(json.loads(answer.stdout))


def test_ajv_compiles_every_schema_in_strict_mode_and_agrees(ajv: Path) -> None:
    named: list[Named] = []
    cases: list[tuple[int, Any]] = []
    expected: list[bool] = []
    for name, judge in judges():
        for variant, status, role, one in schemas(judge, name):
            validator = validator_of(one[1])
            for document in filter(exact_in_javascript, documents(judge, variant, status, role, PER_SCHEMA)):
                cases.append((len(named), document))
                expected.append(validator.is_valid(document))
            named.append(one)
    for with_formats in (False, True):
        answer = ajv_answers(ajv, named, cases, with_formats=with_formats)
        assert [(one[0], why) for one, why in zip(named, answer["refused"], strict=True) if why is not None] == []
        wrong = [
            (named[number][0], document)
            for (number, document), theirs, ours in zip(cases, answer["verdicts"], expected, strict=True)
            if theirs is not ours and not (with_formats and HOST_WITHOUT_DOT.search(json.dumps(document)))
        ]
        assert wrong == [], (with_formats, len(wrong), len(cases), wrong[:3])
    print(f"\nAjv: {len(named)} schemas, {len(cases)} documents, {sum(expected)} of them valid")


def test_our_strict_rules_are_those_of_ajv(ajv: Path) -> None:
    random, spoiled = Random(3), list[Named]()
    for name, schema in every_schema():
        for _ in range(2):
            changed = copy.deepcopy(schema)
            spoil(changed, random)
            spoiled.append((name, changed))
    answer = ajv_answers(ajv, spoiled, [], with_formats=False)
    for (name, schema), why in zip(spoiled, answer["refused"], strict=True):
        found = list(faults(schema))
        assert found or why is None, (name, why)
        surely = [fault for fault in found if "required" not in fault]
        assert why is not None or not surely, (name, surely)
    assert sum(why is not None for why in answer["refused"]) > 100


def spoil(schema: dict[str, Any], random: Random) -> None:
    """Removes or changes something in a schema that strict mode may need."""
    found = [below for below in subschemas(schema) if below]
    below = random.choice(found)
    match random.randrange(5):
        case 0:
            below.pop("type", None)
        case 1 if below.get("properties"):
            below["properties"].pop(random.choice(list(below["properties"])))
        case 2:
            below["type"] = random.choice(["object", "array", "string", "integer", "number"])
        case 3:
            below["required"] = ["a-name"]
        case _:
            below.pop(
                random.choice([word for word in ("then", "contains", "items", "properties") if word in below] or ["x"]),
                None,
            )


def subschemas(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for word in ("not", "if", "then", "else", "items", "contains"):
            yield from subschemas(schema.get(word))
        for below in (*schema.get("properties", {}).values(), *schema.get("allOf", ()), *schema.get("anyOf", ())):
            yield from subschemas(below)
