"""The places of a document that was read before are those that the careful reader gives."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from covage_model.ground import pointer
from covage_model.ground.files import json_offsets, json_reader
from covage_model.ground.files.builder import Builder
from covage_model.ground.files.document import Document
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.place import Place, find
from covage_model.ground.files.text import Text

KEYS = ["a", "b", "", ":", "\n", 'é"', "{[", "\\"]


def offsets(place: Place) -> Any:
    """The places of a tree, and the types of its values, since true equals 1."""
    value = place.value
    if isinstance(value, dict):
        value = {name: offsets(item) for name, item in value.items()}
    elif isinstance(value, list):
        value = [offsets(item) for item in value]
    return type(value), value, place.start, place.key


def some_value(random: Random, depth: int = 0) -> Any:
    way = random.random()
    if depth < 4 and way < 0.35:
        return {random.choice(KEYS): some_value(random, depth + 1) for _ in range(random.randint(0, 4))}
    if depth < 4 and way < 0.55:
        return [some_value(random, depth + 1) for _ in range(random.randint(0, 4))]
    return random.choice([1, 1.5e30, -0.0, True, None, "x", "}],:{", '\\"', ""])


def compare(spelled: str) -> None:
    text = Text("f", f'  {spelled}\n {{"next": 1}}')
    careful = json_reader._grow(Builder(text, Limits()), 2)
    assert offsets(json_reader.places(text, 2)) == offsets(careful), spelled


def test_the_places_of_random_documents() -> None:
    for seed in range(500):
        random = Random(seed)
        compare(json.dumps(some_value(random), indent=random.choice([None, 1]), ensure_ascii=random.random() < 0.5))


@pytest.mark.parametrize(
    "spelled", ['{"a":1,"a":{"b":2},"c":[1,{"a":3,"a":4}]}', '{"a":{"b":1},"a":[2]}', "[]", "{}", '"text"', "12"]
)
def test_of_a_key_that_is_written_twice_the_first_counts(spelled: str) -> None:
    compare(spelled)


def test_one_value_is_found_without_the_places_of_the_others() -> None:
    for seed in range(300):
        random = Random(seed)
        spelled = json.dumps(some_value(random), indent=random.choice([None, 1]), ensure_ascii=random.random() < 0.5)
        alone(f'  {spelled}\n {{"next": 1}}', random)
    for spelled in ('  {"a":1,"a":{"b":2},"c" : [ 1 , {"a":3,"a":NaN} ] }', "  [ ]", '  "text"', '  {"":{"":[[]]}}'):
        alone(spelled, Random(1))


def alone(spelled: str, random: Random) -> None:
    """Compares a value at each pointer, and at pointers at which nothing is."""
    root = json_reader.places(Text("f", spelled), 2)
    pointers = [""]
    for one in pointers:  # grows as it is read
        value = find(root, one)[0].value
        steps = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        pointers += [one + pointer.join([step]) for step in steps]
    for one in (*pointers, *(random.choice(pointers) + wrong for wrong in ("/zz", "/0", "/99", "/00", "/-1"))):
        place, exists = find(root, one)
        found = json_offsets.offsets(spelled, 2, pointer.split(one))
        assert found == json_offsets.Offsets(place.start, place.key, exists), (spelled, one)


def test_what_only_the_whole_look_can_place_is_left_to_it() -> None:
    deep = "[" * 3000 + "]" * 3000
    assert json_offsets.offsets(f"[{deep}, 1]", 0, ["1"]) is None
    document = Document("f", [1, 2], f"[{deep}, 1]", "json")
    assert document.at("/1").column == len(deep) + 4
