"""Spec files to a pack: files, overlays, inheritance, names. No YAML can make the compiler raise."""

from __future__ import annotations

import copy
import random
import time
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from effort import LONG

from covage_model.api import packs as api
from covage_model.documents.presence.outline import account_sheet, sheet_of
from covage_model.ground import codes
from covage_model.ground.diagnostics import Diagnostic, Location, Standing
from covage_model.ground.files.node import Node, plain
from covage_model.ground.files.read import read_spec
from covage_model.pack.compile import grammar_files
from covage_model.pack.compile.compile import compile_pack, compile_scenario
from covage_model.pack.model.conditions import All, Holds, In, Literal, Ref, Starts
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.values import Field
from covage_model.quality.checks.check import check

ROOT = Path(__file__).parents[2]
PACK = "pack: tiny\nformat: 1\nactors: {sender: Sender, carrier: Carrier}\nsources: {K1: {title: Rules, statements: {S1: a, S2: b}}}"
LIFE = """
    lifecycle: life
    states: {draft: {initial: true}, done: {final: success}}
    transitions: {finish: {by: carrier, from: draft, to: done}}
"""


def node(name: str, text: str) -> Node:
    read, found = read_spec(dedent(text).encode(), name)
    assert read is not None
    assert not found
    return read


def compiled(*packs: dict[str, str]) -> tuple[SpecPack, list[str]]:
    """These packs laid over each other, each given as its files; and the findings as `CODE form file:line`."""
    given = [
        (f"p{number}", [node(f"p{number}/{name}", text) for name, text in files.items()])
        for number, files in enumerate(packs)
    ]
    pack, found = compile_pack(given)
    assert pack is not None, found
    return pack, [f"{one.code} {one.form} {one.location.file}:{one.location.line}" for one in found]


def sound(*packs: dict[str, str]) -> SpecPack:
    pack, found = compiled(*packs)
    assert found == []
    return pack


def field(pack: SpecPack, type_: str, path: str) -> Field:
    return next(one for one in pack.type(type_).value.fields or () if ".".join(one.path) == path)


SECOND = "pack: ours\nformat: 1"

# --- packs over each other


def test_a_later_pack_needs_two_keys_and_may_add_all_others() -> None:
    pack = sound(
        {"pack": "pack: tiny\nformat: 1\nlanguages: [fr, en]"},
        {
            "pack": SECOND + "\nactors: {clerk: {fr: Employé, en: Clerk}}\naccount: customer",
            "t": "types: {customer: {fields: {credit: integer}}}",
        },
    )
    assert pack.languages == ("fr", "en")
    assert [actor.name for actor in pack.actors] == ["clerk"]
    assert pack.account == "customer"


def test_a_later_pack_adds_keys_to_a_type() -> None:
    first = {"pack": PACK, "t": "types:\n  a:\n    type: string\n    minLength: 2"}
    pack = sound(first, {"pack": SECOND, "t": "types:\n  a: {maxLength: 5}\n  b: integer"})
    assert {keyword.name: keyword.value for keyword in pack.type("a").value.keywords} == {
        "minLength": 2,
        "maxLength": 5,
    }
    assert pack.type("b").value.type == "integer"


def test_what_is_said_twice_is_found_at_the_second_place_and_the_first_holds() -> None:
    first = {"pack": PACK, "t": "types:\n  a:\n    type: string\n    minLength: 2"}
    pack, found = compiled(first, {"pack": SECOND, "t": "types:\n  a:\n    maxLength: 5\n    minLength: 3"})
    assert found == ["CM201 said-twice p1/t:4"]
    assert {keyword.name: keyword.value for keyword in pack.type("a").value.keywords} == {
        "minLength": 2,
        "maxLength": 5,
    }


def test_the_finding_about_what_is_said_twice_names_the_first_place() -> None:
    first = node("a.yaml", PACK), node("b.yaml", "types:\n  a: {type: string}")
    second = node("c.yaml", SECOND), node("d.yaml", "types:\n  a: {type: integer}")
    _, found = compile_pack([("p", first), ("q", second)])
    assert codes.message(found[0]) == "'type' is already given in b.yaml, line 2"


def test_a_short_form_in_one_pack_and_keys_in_another_are_one_field() -> None:
    first = {"pack": PACK, "t": "types: {a: {fields: {b: string}}}"}
    pack = sound(first, {"pack": SECOND, "t": "types: {a: {fields: {b: {minLength: 2}}}}"})
    value = field(pack, "a", "b").value
    assert (value.type, value.keywords[0].name) == ("string", "minLength")


def test_sources_of_two_packs_join_and_each_once() -> None:
    first = {"pack": PACK, "t": "types: {a: {type: string, source: [S1, K1]}}"}
    pack = sound(first, {"pack": SECOND, "t": "types: {a: {title: A, source: [S2, S1]}}"})
    assert pack.type("a").value.origin.source == ("S1", "K1", "S2")


def test_an_own_standing_in_a_later_pack_overrides_an_inherited_one() -> None:
    first = {"pack": PACK, "t": "standing: inferred\ntypes: {a: {fields: {b: string, c: string}}}"}
    pack = sound(first, {"pack": SECOND, "t": "types: {a: {fields: {b: {standing: assumed}}}}"})
    assert field(pack, "a", "b").origin.standing is Standing.ASSUMED
    assert field(pack, "a", "c").origin.standing is Standing.INFERRED


def test_the_standing_of_a_later_file_does_not_change_earlier_definitions() -> None:
    first = {"pack": PACK, "t": "types: {a: {fields: {b: string}, standing: inferred}}"}
    pack = sound(first, {"pack": SECOND, "t": "standing: assumed\ntypes: {a: {fields: {c: string}}}"})
    assert field(pack, "a", "b").origin.standing is Standing.INFERRED
    assert field(pack, "a", "c").origin.standing is Standing.ASSUMED
    assert pack.type("a").value.origin.standing is Standing.INFERRED


def test_two_own_standings_of_one_definition_are_a_duplicate() -> None:
    first = {"pack": PACK, "t": "types: {a: {type: string, standing: inferred}}"}
    _, found = compiled(first, {"pack": SECOND, "t": "types: {a: {standing: assumed}}"})
    assert found == ["CM201 said-twice p1/t:1"]


def test_a_later_pack_adds_to_an_order_and_to_its_lifecycle() -> None:
    first = {"pack": PACK, "l": LIFE, "o": "order: parcel\nfollows: life\nmatch: {kind: parcel}"}
    second = {
        "pack": SECOND,
        "l": """
            lifecycle: life
            states: {lost: {final: failure}}
            variables: {tries: [0, 1]}
            transitions: {lose: {by: carrier, from: draft, to: lost, set: {tries: 1}}}
        """,
        "o": "order: parcel\nfields: {weight: number}\nrules: {r: {then: {weight: {min: 1}}}}",
    }
    pack = sound(first, second)
    assert [state.name for state in pack.lifecycles[0].states] == ["draft", "done", "lost"]
    assert [transition.name for transition in pack.lifecycles[0].transitions] == ["finish", "lose"]
    assert [rule.name for rule in pack.orders[0].value.rules] == ["r"]


def test_a_later_pack_may_not_follow_another_lifecycle() -> None:
    first = {"pack": PACK, "l": LIFE, "o": "order: parcel\nfollows: life\nmatch: {kind: parcel}"}
    _, found = compiled(first, {"pack": SECOND, "o": "order: parcel\nfollows: life"})
    assert found == ["CM201 said-twice p1/o:2"]


def test_within_one_pack_an_order_is_written_once() -> None:
    _, found = compiled({"pack": PACK, "l": LIFE, "o": "order: a\nfollows: life", "p": "order: a\nfields: {b: string}"})
    assert found == ["CM201 defined p0/p:1"]


def test_scenarios_of_all_packs_are_kept() -> None:
    first = {
        "pack": PACK,
        "l": LIFE,
        "o": "order: a\nfollows: life\nmatch: {kind: a}",
        "s": "scenario: one\ngiven: {order: a}",
    }
    pack = sound(first, {"pack": SECOND, "s": "scenario: two\ngiven: {order: a}\nsteps: [finish]"})
    assert [scenario.title for scenario in pack.scenarios] == ["one", "two"]


def test_three_packs_are_one() -> None:
    pack = sound(
        {"pack": PACK}, {"pack": SECOND, "t": "types: {a: string}"}, {"pack": SECOND, "t": "types: {a: {minLength: 1}}"}
    )
    assert [keyword.name for keyword in pack.type("a").value.keywords] == ["minLength"]


def test_a_pack_without_a_pack_file_is_found_and_the_others_are_read() -> None:
    given = [("p", [node("a", PACK)]), ("q", [node("b", "types: {c: string}")])]
    pack, found = compile_pack(given)
    assert pack is not None
    assert [(one.code, one.form, one.location.file) for one in found] == [("CM208", "pack", "q")]


# --- files


def test_a_file_says_one_thing_wherever_its_key_stands() -> None:
    pack = sound(
        {
            "pack": f"languages: [en]\n{PACK}",
            "t": "standing: assumed\ntypes: {a: string}",
            "o": f"title: Life\n{dedent(LIFE)}",
        }
    )
    assert (pack.name, len(pack.types), len(pack.lifecycles)) == ("tiny", 1, 1)


@pytest.mark.parametrize("kind", grammar_files.FILES)
def test_an_empty_definition_of_each_kind_raises_nothing(kind: str) -> None:
    for text in (f"{kind}:", f"{kind}: {{}}", f"{kind}: []", f"{kind}: a", f"{kind}: 1"):
        compile_pack([("p", [node("pack.yaml", PACK), node("x.yaml", text)])])


def test_documents_folders_hold_no_spec_files(tmp_path: Path) -> None:
    for name, text in {
        "pack.yaml": "pack: tiny\nformat: 1\ndocuments: [examples]\n",
        "examples/order.yaml": "no: spec\n",
        "deeper/examples/types.yaml": "types: {a: string}\n",
        "notes/readme.md": "for people\n",
        ".hidden/types.yaml": "types: {b: string}\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(text)
    loaded = api.load([str(tmp_path)], cache=False)
    assert loaded.pack is not None
    assert not loaded.findings
    assert [named.name for named in loaded.pack.types] == ["a"]


# --- provenance


def test_what_a_definition_contains_inherits_its_source_and_standing() -> None:
    pack = sound(
        {
            "pack": PACK,
            "t": """
                source: S1
                standing: inferred
                types:
                  a:
                    fields:
                      b: string
                      c: {items: {fields: {d: string}}, source: S2}
                    rules:
                      r: {then: {b: x}, standing: assumed}
            """,
        }
    )
    inner = field(pack, "a", "c").value.items
    assert inner is not None
    assert inner.fields is not None
    origins = [
        pack.type("a").value.origin,
        field(pack, "a", "b").origin,
        inner.fields[0].origin,
        pack.type("a").value.rules[0].origin,
    ]
    assert [origin.source for origin in origins] == [("S1",), ("S1",), ("S2",), ("S1",)]
    assert [origin.standing.value for origin in origins] == ["inferred", "inferred", "inferred", "assumed"]


def test_without_a_standing_a_definition_is_stated() -> None:
    assert sound({"pack": PACK, "t": "types: {a: string}"}).type("a").value.origin.standing is Standing.STATED


def test_states_transitions_and_cases_inherit_too() -> None:
    life = """
        lifecycle: life
        source: S1
        states: {draft: , out: {source: S2, states: {far: {initial: true}}}, done: {final: success}}
        variables: {tries: [0, 1]}
        transitions:
          go: {by: carrier, source: S2, cases: [{from: draft, to: done}, {from: out, to: done, source: K1}]}
    """.replace("draft: ,", "draft: {initial: true},")
    lifecycle = sound({"pack": PACK, "l": life}).lifecycles[0]
    assert {state.name: state.origin.source for state in lifecycle.states} == {
        "draft": ("S1",),
        "out": ("S2",),
        "out.far": ("S2",),
        "done": ("S1",),
    }
    assert lifecycle.variables[0].origin.source == ("S1",)
    assert [case.origin.source for case in lifecycle.transitions[0].cases] == [("S2",), ("K1",)]


def test_an_inherited_source_is_looked_up_once_where_it_is_written() -> None:
    _, found = compiled({"pack": PACK, "t": "source: S9\ntypes: {a: {fields: {b: string}}}"})
    assert found == ["CM204 source p0/t:1"]  # not once for each that inherits it


# --- lifecycles


def test_an_included_lifecycle_lies_under_the_one_that_includes_it() -> None:
    pack = sound(
        {
            "pack": PACK,
            "base": LIFE,
            "own": """
                lifecycle: own
                include: [life]
                states: {draft: {editable: sender}, sent: {}}
                transitions:
                  finish: {guard: {tries: 1}}
                  send: {by: sender, from: draft, to: sent}
                variables: {tries: [0, 1]}
            """,
            "o": "order: a\nfollows: own\nmatch: {kind: a}",
        }
    )
    assert [lifecycle.name for lifecycle in pack.lifecycles] == ["own"]  # the other is a part, and nobody follows it
    own = pack.lifecycles[0]
    assert [state.name for state in own.states] == ["draft", "done", "sent"]
    assert own.state("draft").editable == "sender"
    assert [transition.name for transition in own.transitions] == ["finish", "send"]
    assert own.transitions[0].cases[0].guard != All(())


def test_no_key_of_an_included_lifecycle_is_said_again() -> None:
    own = "lifecycle: own\ninclude: [life]\ntransitions: {finish: {to: draft}}"
    _, found = compiled({"pack": PACK, "l": LIFE, "own": own})
    assert found == ["CM201 said-twice p0/own:3"]


def test_a_lifecycle_that_is_included_and_followed_is_two() -> None:
    orders = {"a": "order: a\nfollows: life\nmatch: {kind: a}", "b": "order: b\nfollows: own\nmatch: {kind: b}"}
    pack = sound({"pack": PACK, "l": LIFE, "own": "lifecycle: own\ninclude: [life]", **orders})
    assert {lifecycle.name for lifecycle in pack.lifecycles} == {"life", "own"}


def test_lifecycles_that_include_each_other_are_found() -> None:
    a, b = "lifecycle: a\ninclude: [b]", "lifecycle: b\ninclude: [a]"
    _, found = compiled({"pack": PACK, "l": LIFE, "a": a, "b": b, "o": "order: o\nfollows: a\nmatch: {kind: o}"})
    assert "CM203 lifecycle p0/b:2" in found


def test_no_from_is_every_state_that_is_not_final_and_a_parent_is_its_steps() -> None:
    life = """
        lifecycle: life
        states: {draft: {initial: true}, out: {states: {near: {initial: true}, far: {}}}, done: {final: success}}
        transitions:
          look: {by: carrier}
          finish: {by: carrier, from: out, to: done}
          leave: {by: carrier, from: draft, to: out}
    """
    look, finish, leave = sound({"pack": PACK, "l": life}).lifecycles[0].transitions
    assert look.cases[0].source == ("draft", "out.near", "out.far")
    assert look.cases[0].target is None
    assert finish.cases[0].source == ("out.near", "out.far")
    assert leave.cases[0].target == "out.near"


def test_what_stands_beside_cases_holds_for_each() -> None:
    life = """
        lifecycle: life
        states: {draft: {initial: true}, sent: {}, done: {final: success}}
        variables: {tries: [0, 1], paid: [false, true]}
        transitions:
          send: {by: sender, from: draft, to: sent, emits: sent}
          finish:
            by: carrier
            from: [draft, sent]
            guard: {paid: true}
            emits: done
            cases:
              - {from: sent, to: done, guard: {tries: 0}, emits: [first]}
              - {to: draft, guard: {tries: 1}, set: {paid: false}}
    """
    pack = sound({"pack": PACK, "l": life, "e": "events: {sent: {}, done: {}, first: {}}"})
    one, other = pack.lifecycles[0].transitions[1].cases
    assert (one.source, other.source) == (("sent",), ("draft", "sent"))
    assert (one.emits, other.emits) == (("done", "first"), ("done",))
    assert isinstance(one.guard, All)
    assert [part.ref.names for part in one.guard.parts if isinstance(part, Holds)] == [("paid",), ("tries",)]


def test_steps_are_shown_as_their_parent_is() -> None:
    life = """
        lifecycle: life
        states: {a: {initial: true, shown_as: visible, states: {b: {initial: true}}}, gone: {shown_as: null}}
        transitions: {go: {by: carrier, from: a, to: gone}}
    """
    lifecycle = sound({"pack": PACK, "l": life}).lifecycles[0]
    assert {state.name: state.status for state in lifecycle.states} == {"a": "visible", "a.b": "visible", "gone": None}


@pytest.mark.parametrize(
    "name", ["document", "state", "variant", "final", "all", "any", "not", "when", "then", "order", "account"]
)
def test_a_variable_may_not_take_a_word(name: str) -> None:
    _, found = compiled({"pack": PACK, "l": f"{dedent(LIFE)}\nvariables: {{{name}: [0, 1]}}\n"})
    assert found == ["CM205 variable p0/l:6"]


def test_values_are_told_apart_by_kind() -> None:
    """1, true and "1" are three values."""
    life = f'{dedent(LIFE)}\nvariables: {{x: [1, true, "1"], z: [0, false]}}\nproperties: {{p: {{never: {{x: true, z: 0}}}}}}\n'
    assert sound({"pack": PACK, "l": life}).lifecycles[0].variables[0].values == (1, True, "1")
    _, found = compiled({"pack": PACK, "l": life.replace("x: true, z: 0", "x: 0, z: true")})
    assert found == ["CM202 variable-value p0/l:7"] * 2


# --- conditions


def test_a_mapping_of_test_words_alone_is_a_test_and_a_field_so_named_is_reached_through_order() -> None:
    order = """
        order: a
        follows: life
        match: {kind: a}
        fields: {lines: {items: {fields: {min: number}}}, when: string, count: number}
        rules:
          r: {then: {lines: {some: {min: 1}}}}
          s: {then: {order.when: x}}
          t: {then: {order.count: 1}}
    """
    rules = sound({"pack": PACK, "l": LIFE, "o": order}).orders[0].value.rules
    assert [rule.then.ref for rule in rules[1:] if isinstance(rule.then, Holds)] == [
        Ref("order", ("when",)),
        Ref("order", ("count",)),
    ]


def test_a_match_takes_literals_in_and_starts() -> None:
    pack = sound(
        {
            "pack": PACK,
            "l": LIFE,
            "o": "order: a\nfollows: life\nmatch: {kind: a, m: {in: [1, null]}, c: {starts: [x]}}",
        }
    )
    assert [match.test for match in pack.orders[0].match] == [Literal("a"), In((1, None)), Starts(("x",))]


# --- scenarios from outside


def test_a_scenario_from_outside_is_compiled_against_the_pack() -> None:
    pack = sound({"pack": PACK, "l": LIFE, "o": "order: a\nfollows: life\nmatch: {kind: a}"})
    scenario, found = compile_scenario(node("s", "scenario: s\ngiven: {order: a}\nsteps: [finish]\nsource: S1"), pack)
    assert scenario is not None
    assert not found
    scenario, found = compile_scenario(node("s", "scenario: s\ngiven: {order: b}\nsource: S9"), pack)
    assert scenario is None
    assert sorted((one.code, one.form) for one in found) == [("CM202", "order"), ("CM204", "source")]


@pytest.mark.parametrize(
    "text",
    ["types: {a: string}", "scenario: s", "[]", "given: {order: a}", "pack: p", "scenario: {}\ngiven: {order: a}"],
)
def test_what_is_no_scenario_is_found(text: str) -> None:
    scenario, found = compile_scenario(node("s", text), sound({"pack": PACK}))
    assert scenario is None
    assert found


# --- a finding about looks hides no other, and makes none up


def test_a_definition_with_findings_is_not_reported_as_missing() -> None:
    types = "types:\n  good: {fields: {b: bad, c: nowhere}}\n  bad: [string]\n"
    _, found = compiled({"pack": PACK, "t": types, "u": "types: {other: {include: [bad]}}"})
    assert found == ["CM103 kind p0/t:3", "CM202 type p0/t:2"]


def test_a_lifecycle_with_a_misspelt_state_still_has_its_others() -> None:
    _, found = compiled(
        {
            "pack": PACK,
            "l": dedent(LIFE).replace("done: {final", "2nd: {}, done: {final").replace("to: done", "to: gone"),
        }
    )
    assert found == ["CM106 key p0/l:3", "CM202 state p0/l:4"]


def test_names_in_a_file_of_unknown_kind_are_not_reported_as_missing() -> None:
    _, found = compiled({"pack": PACK, "t": "typos: {a: string}", "u": "types: {b: {include: [a]}, c: {include: [d]}}"})
    assert found == ["CM105 none p0/t:1", "CM202 type p0/u:1"]


# --- no YAML makes it raise

_EXAMPLES = 1500 if LONG else 60
_CHECKED = 20  # every so many are asked what they mean, too: exploring takes longer than all else
_VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, "", "x", "a.b", "draft", "any", [], {}, ["x"], [None], [[]], {"x": "y"}, {"in": ["a"]}),
    *({"min": 1}, {"present": True}, {"some": {"min": 1}}, {"not": {"a": 1}}, {"when": {"a": 1}, "then": {"b": 1}}),
    *(
        {"type": "string"},
        {"all": []},
        {"document": "draft"},
        {"state": "draft"},
        {"account.x": 1},
        {"items": {"items": "x"}},
    ),
)


def _contents(folder: str) -> list[tuple[str, Any]]:
    found = []
    scenarios = 0
    for path in sorted((ROOT / folder).rglob("*.yaml")):
        root, _ = read_spec(path.read_bytes(), str(path))
        data = plain(root) if root is not None else None
        if not isinstance(data, dict):
            continue
        scenarios += "scenario" in data
        if grammar_files.FILES.keys() & data and ("scenario" not in data or scenarios < 6):
            found.append((str(path.relative_to(ROOT)), data))
    return found


PACKS = {folder: _contents(folder) for folder in ("specs/covage", "tests/packs/library")}


def _placed(value: Any, file: str, lines: list[int], pointer: str = "") -> Node:
    """The data as nodes, each value on a line of its own."""
    lines[0] += 1
    here = Location(file, lines[0], 1, pointer)
    if isinstance(value, dict):
        entries = {name: _placed(child, file, lines, f"{pointer}/{name}") for name, child in value.items()}
        return Node(entries, here, here)
    if isinstance(value, list):
        return Node(
            [_placed(item, file, lines, f"{pointer}/{number}") for number, item in enumerate(value)], here, here
        )
    return Node(value, here, here)


SOUND = {folder: [_placed(data, file, [0]) for file, data in files] for folder, files in PACKS.items()}


def _spots(value: Any) -> list[tuple[Any, Any]]:
    keys = list(value) if isinstance(value, dict) else range(len(value))
    below = [spot for key in keys if isinstance(value[key], dict | list) for spot in _spots(value[key])]
    return [*((value, key) for key in keys), *below]


def _mutated(data: Any, everywhere: list[tuple[Any, Any]], chance: random.Random) -> Any:
    data = copy.deepcopy(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        spots = _spots(data)
        if not spots:
            break
        holder, key = chance.choice(spots)
        match chance.choice(("delete", "twice", "value", "graft", "graft", "wrap", "rename")):
            case "delete":
                del holder[key]
            case "twice" if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[key]))
            case "twice":
                holder[f"{key}2"] = copy.deepcopy(holder[key])
            case "wrap":
                holder[key] = [holder[key]]
            case "rename" if isinstance(holder, dict):
                holder[chance.choice([*holder, f"{key}x"])] = holder.pop(key)
            case "graft":
                alike = [spot for spot in everywhere if spot[1] == key] or everywhere
                other, name = chance.choice(alike)
                holder[key] = copy.deepcopy(other[name])
            case _:
                holder[key] = copy.deepcopy(chance.choice(_VALUES))
    return data


def test_no_mutation_of_a_pack_makes_the_compiler_raise(capsys: pytest.CaptureFixture[str]) -> None:
    chance, started, seen, done = random.Random(11), time.process_time(), set(), 0
    everywhere = {folder: [spot for _, data in files for spot in _spots(data)] for folder, files in PACKS.items()}
    for number in range(_EXAMPLES):
        folder = chance.choice(list(PACKS))
        files = list(SOUND[folder])
        for place in chance.sample(range(len(files)), chance.choice((1, 1, 2, 3))):
            name, data = PACKS[folder][place]
            files[place] = _placed(_mutated(data, everywhere[folder], chance), name, [0])
        pack, found = compile_pack([(folder, files)])
        seen |= {(one.code, one.form) for one in found}
        _are_sentences(found)
        assert pack is not None or found
        if pack is not None:
            _is_usable(pack, found, meaning=number % _CHECKED == 0)
        done += 1
    with capsys.disabled():
        print(f"\n  {done} mutated packs, {len(seen)} forms of findings, {time.process_time() - started:.1f} s")
    assert len(seen) >= 15


def _are_sentences(found: tuple[Diagnostic, ...]) -> None:
    for one in found:
        assert "\n" not in codes.message(one)
        assert one.location.line > 0
    assert len({one.sort_key() for one in found}) == len(found)


def _is_usable(pack: SpecPack, found: tuple[Diagnostic, ...], *, meaning: bool) -> None:
    """The next steps of the command line work: `check` also after findings, the others only without."""
    if meaning:
        check(pack, faulty_files=frozenset(one.location.file for one in found), limit=2_000)
    if not found:
        for variant in pack.variants:
            sheet_of(pack, variant)
        account_sheet(pack)
