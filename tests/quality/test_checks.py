"""Checks of a pack's meaning: each finding is reported where it should be, and nowhere else."""

from __future__ import annotations

import copy
import functools
import random
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from covage_model.ground.codes import message
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.files.node import Node
from covage_model.ground.files.read import read_spec
from covage_model.pack.compile.compile import compile_pack
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.checks.check import Checked, check
from covage_model.quality.checks.size import PLACES

ROOT = Path(__file__).parents[2]
PACK = "pack: shop\nformat: 1\nactors: {clerk: Clerk, client: Client}\n"
LIFE = """
    lifecycle: life
    status: status
    states: {open: {initial: true, editable: client}, sent: {}, done: {final: success}}
    transitions:
      send: {by: client, from: open, to: sent}
      finish: {by: clerk, from: sent, to: done}
"""
ORDER = """
    order: sale
    follows: life
    fields:
      status: {read_only: true}
"""


def compiled(*texts: str) -> tuple[SpecPack, tuple[Diagnostic, ...]]:
    nodes: list[Node] = []
    found: list[Diagnostic] = []
    for number, text in enumerate(texts):
        node, findings = read_spec(textwrap.dedent(text).encode(), f"{number}.yaml")
        found.extend(findings)
        nodes.extend([node] if node is not None else [])
    pack, findings = compile_pack([("shop", nodes)])
    assert pack is not None
    return pack, (*found, *findings)


def checked(*texts: str, **options: Any) -> Checked:
    pack, found = compiled(*texts)
    assert not found, found
    return check(pack, **options)


def codes(*texts: str, **options: Any) -> list[str]:
    """Each finding as `CODE form file:pointer`; the pack's own file is left out."""
    return [located(one) for one in checked(PACK, *texts, **options).findings]


def located(finding: Diagnostic) -> str:
    at = finding.location
    return f"{finding.code} {finding.form} {at.file.removesuffix('.yaml')}:{at.pointer}"


def only_finding(*texts: str, **options: Any) -> Diagnostic:
    (finding,) = checked(PACK, *texts, **options).findings
    return finding


def order(fields: str = "", *, rules: str = "", more: str = "") -> str:
    """An order with these fields, one on each line."""
    return "\n".join(
        [
            "order: sale",
            "follows: life",
            textwrap.dedent(more),
            "fields:",
            "  status: {read_only: true}",
            textwrap.indent(textwrap.dedent(fields), "  "),
            *(["rules:", textwrap.indent(textwrap.dedent(rules), "  ")] if rules else []),
        ]
    )


# --- the packs we have ------------------------------------------------------------------------------------------


@functools.cache
def files_of(folder: str) -> tuple[tuple[str, bytes], ...]:
    root = ROOT / folder
    return tuple(
        (str(path), path.read_bytes())
        for path in sorted(root.rglob("*.yaml"))
        if path.relative_to(root).parts[0] not in ("examples", "accounts", "scenarios")
    )


@pytest.mark.parametrize("folder", ["specs/covage", "tests/packs/library"])
def test_a_sound_pack_is_silent(folder: str) -> None:
    nodes = [read_spec(content, name)[0] for name, content in files_of(folder)]
    pack, found = compile_pack([(folder, [node for node in nodes if node is not None])])
    assert pack is not None
    assert not found
    result = check(pack)
    assert [located(finding) for finding in result.findings] == []
    assert set(result.spaces) == set(result.sheets) == {variant.name for variant in pack.variants}


def test_a_small_sound_pack_is_silent() -> None:
    assert codes(LIFE, ORDER) == []


def test_a_pack_of_nothing_is_silent() -> None:
    assert codes() == []


# --- paths and statuses (CM202, CM206) --------------------------------------------------------------------------


def test_findings_about_presence_are_reported_once_for_all_variants() -> None:
    text = order(
        "a: {type: string, required: {when: {b: 1}}}",
        more="variants: {x: {match: {k: x}}, yy: {match: {k: yy}}}",
    )
    finding = only_finding(LIFE, text)
    assert located(finding) == "CM206 unknown 2:/fields/a/required/when/b"
    assert "variants" not in finding.arguments


def test_a_finding_of_some_variants_names_them() -> None:
    text = order(
        """
        a: {type: string, required: {when: {b: 1}}}
        k: {type: string}
        """,
        more="variants: {x: {match: {k: x}}, yy: {match: {k: yy}, fields: {b: {type: integer}}}}",
    )
    assert only_finding(LIFE, text).arguments["variants"] == ["sale/x"]


def test_a_status_that_the_lifecycle_has_not_is_found() -> None:
    assert codes(LIFE, order("a: {type: string, required: never}")) == ["CM202 status-of 2:/fields/a/required"]


def test_a_path_in_an_account_is_judged_by_its_type() -> None:
    types = "types: {account: {fields: {late: {type: boolean, required: {when: {lte: true}}}}}}"
    pack = PACK + "account: account\n"
    assert [located(finding) for finding in checked(pack, LIFE, ORDER, types).findings] == [
        "CM206 unknown 3:/types/account/fields/late/required/when/lte"
    ]


GUARDED = """
    lifecycle: life
    status: status
    states: {open: {initial: true, editable: client}, done: {final: success}}
    transitions:
      finish: {by: clerk, from: open, to: done, guard: {%s}}
"""


@pytest.mark.parametrize(
    ("guard", "form"),
    [
        ("order.size: big", None),
        ("order.items: {some: {kind: film}}", None),
        ("order.sise: big", "unknown"),
        ("order.items.kind: film", "crosses"),
        ("order.items: {some: {kid: film}}", "unknown"),
        ("order.items: {some: {order.sise: big}}", "unknown"),
        ("order.size.big: true", "no-object"),
    ],
)
def test_a_path_in_a_guard_is_there_in_some_order(guard: str, form: str | None) -> None:
    text = order("""
        size: {type: string}
        items: {items: {fields: {kind: {type: string}}}}
    """)
    other = "order: other\nfollows: life\nmatch: {a: 1}\nfields: {status: {read_only: true}}"
    text = text.replace("follows: life", "follows: life\nmatch: {b: 1}")
    found = [finding for finding in checked(PACK, GUARDED % guard, text, other).findings if finding.code == "CM206"]
    assert [finding.form for finding in found] == ([form] if form else [])


def test_a_path_in_a_named_condition_and_a_property_is_looked_up_too() -> None:
    life = textwrap.dedent(LIFE) + (
        "variables: {big: {when: {order.a: 1}}}\nproperties: {p: {never: {big: true, order.b: 2}}}\n"
    )
    assert codes(life, ORDER) == [
        "CM206 unknown 1:/variables/big/when/order.a",
        "CM206 unknown 1:/properties/p/never/order.b",
    ]


def test_a_pack_that_reads_the_account_needs_its_type() -> None:
    rules = "r: {then: {account.late: false}}\ns: {when: {a: x}, then: {a: {among: account.names}}}"
    assert codes(GUARDED % "account.late: false", order("a: {type: string}", rules=rules)) == [
        "CM303 dead-end-if 1:/states/open",  # an account that is late stays so, whatever is edited
        "CM206 no-account 1:/transitions/finish/guard/account.late",
        "CM206 no-account 2:/rules/r/then/account.late",
        "CM206 no-account 2:/rules/s/then/a",
    ]


def test_a_lifecycle_that_nothing_follows_reads_accounts_of_the_type() -> None:
    pack, types = PACK + "account: account\n", "types: {account: {fields: {late: {type: boolean}}}}"
    assert [located(one) for one in checked(pack, GUARDED % "account.lat: false, order.x: 1", types).findings] == [
        "CM304 no-end-if 1:/states/open",  # explored alone: an account that is late stays so
        "CM206 unknown 1:/transitions/finish/guard/account.lat",
    ]


def test_the_test_of_a_record_reads_what_some_order_has() -> None:
    assert [located(one) for one in checked(PACK + "record: {uid: {present: true}}", LIFE, ORDER).findings] == [
        "CM206 unknown 0:/record/uid"
    ]


# --- overlapping match (CM301) ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "example"),
    [
        ("a: x", "a: yy", None),
        ("a: x", "b: x", {"a": "x", "b": "x"}),
        ("a: x", "a: {in: [w, x]}", {"a": "x"}),
        ("a: {in: [u, v]}", "a: {in: [w, x]}", None),
        ("a: {starts: [A]}", "a: {starts: [B]}", None),
        ("a: {starts: [A]}", "a: {starts: [B, AC]}", {"a": "AC"}),
        ("a: {starts: [A]}", "a: {in: [B, AC]}", {"a": "AC"}),
        ("a: 1", "a: true", None),
        ("a: 1", "a: 1.0", {"a": 1}),
        ("a: x", "a.b: yy", None),
        ("a: x, b: 1", "a: x, b: 2", None),
    ],
)
@pytest.mark.parametrize("kind", ["order", "variant"])
def test_matches_are_disjoint(kind: str, one: str, other: str, example: dict[str, Any] | None) -> None:
    if kind == "order":
        texts = [f"order: {name}\nfollows: life\nmatch: {{{said}}}" for name, said in (("p", one), ("q", other))]
    else:
        texts = [f"order: p\nfollows: life\nvariants: {{v: {{match: {{{one}}}}}, w: {{match: {{{other}}}}}}}"]
    found = list(checked(PACK, LIFE.replace("status: status", ""), *texts).findings)
    assert [located(finding)[:13] for finding in found] == ([] if example is None else ["CM301 overlap"])
    for finding in found:
        assert finding.arguments["example"] == example
        assert (finding.arguments["first"], finding.arguments["name"]) in (("p", "q"), ("p/v", "p/w"))


def test_one_without_a_match_among_several_is_found() -> None:
    first, second = (f"order: {name}\nfollows: life\n" for name in ("p", "q"))
    life = LIFE.replace("status: status", "")
    assert codes(life, first) == []
    assert codes(life, first, second + "match: {a: 1}") == ["CM301 no-match 2:/order"]
    assert codes(life, first + "variants: {v: {match: {a: 1}}, w: {fields: {b: {type: string}}}}") == [
        "CM301 no-match 2:/variants/w"
    ]
    assert codes(life, first + "variants: {w: {fields: {b: {type: string}}}}") == []


def test_the_match_of_the_order_distinguishes_variants_too() -> None:
    text = "order: p\nfollows: life\nmatch: {a: {in: [x, yy]}}\nvariants: {v: {match: {a: {in: [x, z]}}}, w: {match: {a: {in: [yy, z]}}}}"
    found = codes(LIFE.replace("status: status", ""), text)
    assert not [one for one in found if one.startswith("CM301")]


# --- lifecycles (CM302 to CM305) --------------------------------------------------------------------------------


def life(states: str, transitions: str, more: str = "") -> str:
    return f"lifecycle: life\nstates: {{{states}}}\ntransitions: {{{transitions}}}\n{textwrap.dedent(more)}"


SALE = "order: sale\nfollows: life\nfields: {a: {type: string}, b: {type: string}}"
TWO = SALE + "\nvariants: {x: {match: {k: x}}, yy: {match: {k: yy}}}"


def test_a_state_that_nothing_enters_is_unreachable() -> None:
    text = life("s: {initial: true}, t: {}, u: {}", "go: {by: clerk, from: s, to: t}")
    finding = only_finding(text, SALE)
    assert located(finding) == "CM302 no-way 1:/states/u"
    assert finding.arguments == {"state": "u", "lifecycle": "life"}


def test_a_state_behind_a_guard_that_never_holds_is_unreachable() -> None:
    text = life("s: {initial: true}, t: {}", "go: {by: clerk, from: s, to: t, guard: {v: 1}}", "variables: {v: [0, 1]}")
    assert codes(text, SALE) == ["CM302 guarded 1:/states/t"]
    assert codes(text) == ["CM302 guarded 1:/states/t"]  # no order follows it: it is explored alone


def test_a_state_behind_unreachable_states_blames_no_guard() -> None:
    text = life(
        "s: {initial: true}, t: {}, u: {}", "go: {by: clerk, from: t, to: u}, stay: {by: clerk, from: u, to: u}"
    )
    assert checked(PACK, text, SALE).findings[1].arguments["sources"] == ["t"]
    assert codes(text, SALE) == ["CM302 no-way 1:/states/t", "CM302 unreached 1:/states/u"]


def test_a_state_that_one_variant_reaches_is_reached() -> None:
    text = life("s: {initial: true}, t: {}", "go: {by: clerk, from: s, to: t, guard: {variant: sale/x}}")
    assert codes(text, TWO) == []


def test_a_parent_stands_for_its_steps() -> None:
    states = (
        "s: {initial: true}, p: {states: {one: {initial: true}, two: {}}}, q: {states: {one: {initial: true}, two: {}}}"
    )
    assert codes(life(states, "go: {by: clerk, from: s, to: p}"), SALE) == [
        "CM302 no-way 1:/states/p/states/two",
        "CM302 no-way 1:/states/q",
    ]
    assert codes(life(states, "go: {by: clerk, from: s, to: p}")) == [
        "CM302 no-way 1:/states/p/states/two",
        "CM302 no-way 1:/states/q",
    ]


def test_a_dead_end_is_shown_with_the_shortest_way_to_it() -> None:
    text = life(
        "s: {initial: true}, t: {}, u: {}, e: {final: yes_}",
        "end: {by: clerk, from: [s, t], to: e}, fwd: {by: clerk, from: s, to: t}, "
        "stop: {by: clerk, from: t, to: u, set: {v: 1}}, stay: {by: clerk, from: u}",
        "variables: {v: [0, 1]}",
    )
    finding = only_finding(text, SALE)
    assert located(finding) == "CM303 dead-end 1:/states/u"
    assert finding.arguments == {"state": "u", "lifecycle": "life", "trace": ["fwd", "stop"], "variables": {"v": 1}}
    assert finding.severity is Severity.ERROR


def test_where_no_state_is_final_a_run_may_stop() -> None:
    assert codes(life("s: {initial: true}, t: {}", "go: {by: clerk, from: s, to: t}"), SALE) == []


def test_a_dead_end_of_one_variant_names_it() -> None:
    text = life(
        "s: {initial: true}, t: {}, e: {final: good}",
        "go: {by: clerk, from: s, to: t}, end: {by: clerk, from: t, to: e, guard: {variant: sale/x}}",
    )
    finding = only_finding(text, TWO)
    assert (located(finding), finding.arguments["variants"]) == ("CM303 dead-end 1:/states/t", ["sale/yy"])


ATOMS = life(
    "s: {initial: true, editable: client}, t: {}, e: {final: good}",
    "go: {by: clerk, from: s, to: t}, end: {by: clerk, from: t, to: e, guard: {order.a: x, order.b: {present: true}}}",
)


def test_a_dead_end_that_hangs_on_the_document_is_a_warning() -> None:
    finding = only_finding(ATOMS, SALE)
    assert (located(finding), finding.severity) == ("CM303 dead-end-if 1:/states/t", Severity.WARNING)
    atoms = finding.arguments["atoms"]
    assert atoms
    for atom in atoms:
        assert atom.startswith(("order.a (line ", "order.b (line "))
        assert atom.endswith(" does not hold")


def test_a_dead_end_whatever_the_document_says_is_an_error() -> None:
    assert (
        located(only_finding(ATOMS.replace("from: t, to: e", "from: s, to: e"), SALE)) == "CM303 dead-end 1:/states/t"
    )


def test_editing_leads_out_of_a_state() -> None:
    text = life(
        "s: {initial: true, editable: client}, e: {final: good}",
        "end: {by: clerk, from: s, to: e, guard: {order.a: x}}",
    )
    assert codes(text, SALE) == []


def test_going_round_for_ever_is_no_way_to_an_end() -> None:
    text = life(
        "s: {initial: true}, t: {}, u: {}, e: {final: good}",
        "end: {by: clerk, from: s, to: e}, fwd: {by: clerk, from: s, to: t}, "
        "a: {by: clerk, from: t, to: u}, b: {by: clerk, from: u, to: t}",
    )
    found = checked(PACK, text, SALE).findings
    assert [located(one) for one in found] == ["CM304 no-end 1:/states/t", "CM304 no-end 1:/states/u"]
    assert [one.arguments["trace"] for one in found] == [["fwd"], ["fwd", "a"]]


def test_a_way_to_a_dead_end_is_reported_once() -> None:
    text = life(
        "s: {initial: true}, t: {}, u: {}, e: {final: good}",
        "end: {by: clerk, from: s, to: e}, fwd: {by: clerk, from: s, to: t}, a: {by: clerk, from: t, to: u}",
    )
    assert codes(text, SALE) == ["CM303 dead-end 1:/states/u"]


def test_an_end_may_be_unreachable_for_some_documents() -> None:
    text = life(
        "s: {initial: true, editable: client}, t: {}, u: {}, e: {final: good}",
        "fwd: {by: clerk, from: s, to: t}, a: {by: clerk, from: t, to: u}, b: {by: clerk, from: u, to: t}, "
        "end: {by: clerk, from: t, to: e, guard: {order.a: x}}",
    )
    found = checked(PACK, text, SALE).findings
    assert [located(one) for one in found] == ["CM304 no-end-if 1:/states/t", "CM304 no-end-if 1:/states/u"]
    assert {one.severity for one in found} == {Severity.WARNING}


def test_editing_may_be_the_way_to_an_end() -> None:
    text = life(
        "s: {initial: true, editable: client}, t: {editable: client}, e: {final: good}",
        "fwd: {by: clerk, from: s, to: t}, back: {by: clerk, from: t, to: s}, "
        "end: {by: clerk, from: t, to: e, guard: {order.a: x}}",
    )
    assert codes(text, SALE) == []


CASES = """
    lifecycle: life
    states: {s: {initial: true}, t: {}}
    variables: {v: [0, 1, 2]}
    transitions:
      up: {by: clerk, from: s, guard: {v: 0}, set: {v: 1}}
      go:
        by: clerk
        from: s
        cases:
          - {to: t, guard: {v: {max: 0}}}
          - {to: s, guard: {v: {min: %s}}}
"""


def test_two_cases_enabled_at_once_are_found_where_the_second_is() -> None:
    finding = only_finding(CASES.replace("{max: 0}", "{max: 1}") % 1, SALE)
    assert located(finding) == "CM305 both 1:/transitions/go/cases/1"
    assert finding.arguments["trace"] == ["up"]
    assert (finding.arguments["trigger"], finding.arguments["file"], finding.arguments["line"]) == ("go", "1.yaml", 11)
    assert codes(CASES % 1, SALE) == []


def test_two_cases_that_the_document_enables_are_an_error_too() -> None:
    text = """
    lifecycle: life
    states: {s: {initial: true, editable: client}, t: {}}
    transitions:
      go: {by: clerk, from: s, cases: [{to: t, guard: {order.a: x}}, {to: s, guard: {order.b: %s}}]}
    """
    finding = only_finding(text % "x", TWO)
    assert (located(finding), finding.severity) == ("CM305 both-if 1:/transitions/go/cases/1", Severity.ERROR)
    assert codes(text.replace("order.b", "order.a") % "yy", SALE) == []


# --- presence (CM306) -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("a: {type: string, required: true, forbidden: true}", ["both /fields/a/forbidden"]),
        ("a: {type: string, required: sent, forbidden: {before: sent}}", []),
        ("a: {type: string, required: sent, forbidden: done}", ["both /fields/a/forbidden"]),
        ("a: {forbidden: true}\na.b: {type: string, required: true}", ["both /fields/a.b/required"]),
        ("a: {fields: {b: {type: string, required: true}}, forbidden: true}", []),
        ("a: {type: inner, forbidden: true}", []),
        ("a: {type: inner}\na.b: {forbidden: true}", ["both /fields/a.b/forbidden"]),
        ("a: {type: string, required: true, forbidden: {when: {c: x}}}\nc: {type: string}", []),
        (
            "a: {type: string, required: {when: {c: x}}, forbidden: {when: {c: x}}}\nc: {type: string}",
            ["same-when /fields/a/forbidden"],
        ),
        ("a: {type: string, required: {when: {c: x}}, forbidden: {when: {c: yy}}}\nc: {type: string}", []),
        ("a: {type: integer, required: {when: {c: 1}}, forbidden: {when: {c: true}}}\nc: {}", []),
        ("a: {type: string, read_only: true, required: true}", []),
        ("a: {type: string, read_only: true, required: done, forbidden: {before: done}}", []),
        ("k: {forbidden: sent}", ["match /fields/k/forbidden"]),
        ("k: {read_only: true}", ["read-only /fields/k/read_only"]),
        ("k: {forbidden: {when: {a: x}}}\na: {type: string}", []),
    ],
)
def test_presence_does_not_contradict_itself(fields: str, found: list[str]) -> None:
    types = "types: {inner: {fields: {b: {type: string, required: true}}}}"
    said = [one for one in codes(LIFE, order(fields, more="match: {k: x}"), types) if not one.startswith("CM314")]
    assert said == [f"CM306 {one.replace(' ', ' 2:')}" for one in found]


def test_a_status_that_records_may_not_show_is_found() -> None:
    assert codes(LIFE, order("").replace("read_only: true", "read_only: true, forbidden: done")) == [
        "CM306 status 2:/fields/status/forbidden"
    ]


def test_a_variant_without_requests_may_match_read_only_fields() -> None:
    assert codes(LIFE, order("k: {read_only: true}", more="match: {k: x}\nwritten_by: clerk")) == []


def test_a_contradiction_names_its_statuses_and_roles() -> None:
    finding = only_finding(LIFE, order("a: {type: string, read_only: true, required: sent, forbidden: done}"))
    assert finding.arguments["statuses"] == ["done"]
    assert finding.arguments["roles"] == ["record"]


def test_a_contradiction_is_one_finding_however_many_spans_say_so() -> None:
    spans = "required: [sent, done], forbidden: [done, {from: sent, before: done}]"
    finding = only_finding(LIFE, order(f"a: {{type: string, {spans}}}"))
    assert finding.arguments["statuses"] == ["sent", "done"]
    assert "a is forbidden in sent, done, where it is required" in message(finding)


def test_a_pattern_on_which_other_engines_hang_is_a_warning() -> None:
    fields = 'a: {type: string, pattern: "^(a+)+$"}\nb: {type: string, pattern: "^[a-z]+(-[a-z]+)*$"}'
    found = checked(PACK, LIFE, order(fields, rules='r: {then: {b: {matches: "^(b|b)*$"}}}')).findings
    assert [(one.code, one.severity.value) for one in found if one.code == "CM316"] == [("CM316", "warning")] * 2


def test_an_account_may_contradict_itself_too() -> None:
    types = "types: {account: {fields: {late: {type: boolean, required: true, forbidden: true}}}}"
    found = checked(PACK + "account: account", types).findings
    assert [located(one) for one in found] == ["CM306 both 1:/types/account/fields/late/forbidden"]


# --- values (CM307) ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("{type: string, minLength: 5, maxLength: 3}", ["bounds /maxLength"]),
        ("{type: string, minLength: 3, maxLength: 3}", []),
        ("{type: number, minimum: 1, exclusiveMaximum: 1}", ["bounds /exclusiveMaximum"]),
        ("{type: number, exclusiveMinimum: 1, exclusiveMaximum: 2}", []),
        ("{type: integer, exclusiveMinimum: 1, exclusiveMaximum: 2}", ["no-integer /exclusiveMaximum"]),
        ("{type: integer, minimum: 1.2, maximum: 1.8}", ["no-integer /maximum"]),
        ("{type: integer, minimum: 1.2, maximum: 2}", []),
        ("{type: array, minItems: 2, maxItems: 1}", ["bounds /maxItems"]),
        ("{type: text, enum: [1, 2]}", ["values /enum"]),
        ("{type: text, enum: [a, 2]}", ["member /enum"]),
        ("{type: short, enum: [a, ab]}", []),
        ("{type: short, enum: [ab, abc]}", ["member /enum"]),
        ("{type: short, const: abc}", ["values /const"]),
        ("{type: integer, const: 1}", []),
        ("{type: short, type2: x}", None),
        ("{type: [string]}", None),
        ('{type: string, pattern: "^a$", enum: [b]}', ["values /enum"]),
        ('{type: string, pattern: "^a+$", enum: [b, aa]}', ["member /enum"]),
        ('{type: pat, pattern: "^b.*$"}', ["patterns /pattern"]),
        ('{type: pat, pattern: "^.b$"}', []),
        ('{type: string, pattern: "^[a-z]{3}$", maxLength: 2}', ["lengths /maxLength"]),
        ('{type: string, pattern: "^[a-z]{3}$", minLength: 4}', ["lengths /minLength"]),
        ('{type: string, pattern: "^[a-z]{3}$", minLength: 3}', []),
        ("{type: string, format: date, maxLength: 9}", ["lengths /maxLength"]),
        ("{type: string, format: uuid, minLength: 36}", []),
        ("{type: day, format: uuid}", ["formats /format"]),
        ("{type: size, enum: [xl, xxl]}", ["values /enum"]),
        ("{type: size, enum: [s, xl]}", ["member /enum"]),
        ("{type: size, enum: [s]}", []),
        ("{type: size, const: s}", []),
        ("{type: number, enum: [1, 2, 3], minimum: 2, maximum: 1.5}", None),
        ("{enum: [1, a], minimum: 2, maxLength: 0}", ["no-value /enum"]),
        ("{type: string, fields: {a: {type: string}}}", ["types "]),
        ("{type: string, items: {type: string}}", ["types /items"]),
        ("{type: object, fields: {a: {type: string}}}", []),
        ("{type: array, items: {type: string}}", []),
    ],
)
@pytest.mark.parametrize("where", ["type", "field", "event"])
def test_values_at_one_place_can_all_hold(where: str, said: str, found: list[str] | None) -> None:
    types = """
    types:
      text: {type: string}
      short: {type: string, minLength: 1, maxLength: 2}
      pat: {type: string, pattern: "^a.*$"}
      day: {type: string, format: date}
      size: {type: string, enum: [s, m, l]}
    """
    file, pointer = {"type": (4, "/types/it"), "field": (2, "/fields/it"), "event": (4, "/events/it")}[where]
    more = {"type": f"types: {{it: {said}}}", "field": "types: {it: string}", "event": f"events: {{it: {said}}}"}[where]
    text = order(f"it: {said}") if where == "field" else order("")
    pack, broken = compiled(PACK, LIFE, text, types, more)
    findings = [located(one) for one in check(pack).findings]
    if found is None:
        return  # the compiler has said it, or it is told in two ways: it must not raise
    assert not broken
    assert findings == [f"CM307 {one.replace(' ', f' {file}:{pointer}')}" for one in found]


def test_an_order_may_narrow_a_type_and_a_variant_its_order() -> None:
    types = """
    types:
      size: {type: string, enum: [s, m, l], examples: [l], default: m}
      code: {type: string, pattern: "^[A-Z]{2}$", examples: [ZZ]}
    """
    text = order(
        'a: {type: size, enum: [s, m]}\nb: {type: code, pattern: "^A.$"}',
        more="variants: {x: {match: {k: x}, fields: {a: {const: s}}}, yy: {match: {k: yy}}}",
    )
    assert codes(LIFE, text, types) == []


def test_what_a_variant_adds_and_cannot_hold_names_what_it_meets() -> None:
    text = order(
        "a: {type: string, maxLength: 2}",
        more="variants: {x: {match: {k: x}, fields: {a: {minLength: 3}}}, yy: {match: {k: yy}}}",
    )
    finding = only_finding(LIFE, text)
    assert located(finding) == "CM307 bounds 2:/variants/x/fields/a/minLength"
    assert finding.arguments == {
        "path": "a",
        "keyword": "minLength",
        "value": 3,
        "other": "maxLength",
        "against": 2,
        "file": "2.yaml",
        "line": 6,
    }


def test_a_contradiction_in_a_type_is_reported_once() -> None:
    types = "types: {it: {type: string, minLength: 3, maxLength: 2}, host: {fields: {i: it}}}"
    assert codes(LIFE, order("a: it\nb: it\nc: {items: host}"), types) == ["CM307 bounds 3:/types/it/maxLength"]


@pytest.mark.parametrize(
    ("match", "fields", "found"),
    [
        ("k: x", "k: {type: string}", []),
        ("k: x", "k: {type: integer}", ["values /fields/k"]),
        ("k: x", "k: {enum: [yy]}", ["values /fields/k/enum"]),
        ("k: {in: [x, z]}", "k: {enum: [x, yy]}", ["member /match/k", "member /fields/k/enum"]),
        ("k: {starts: [x]}", "k: {enum: [yy]}", ["values /fields/k/enum"]),
        ("k: {starts: [x]}", "k: {type: integer}", ["types /fields/k"]),
        ("k: {starts: [x]}", 'k: {type: string, pattern: "^yyy+$"}', ["patterns /fields/k/pattern"]),
        ("k: {starts: [x]}", 'k: {type: string, pattern: "^[xy]+$"}', []),
        ("k: {starts: [xyz]}", "k: {type: string, maxLength: 2}", ["lengths /fields/k/maxLength"]),
        ("k: x", "k.j: {type: string}", ["values /fields/k.j"]),
        ("l.k: x", "l: {items: {fields: {k: {type: string}}}}", ["match-list /match/l.k"]),
    ],
)
def test_a_choice_can_be_made(match: str, fields: str, found: list[str]) -> None:
    said = codes(LIFE, order(fields, more=f"match: {{{match}}}"))
    assert said == [f"CM307 {one.replace(' ', ' 2:')}" for one in found]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("{type: string, examples: [a, 1]}", ["example"]),
        ("{type: string, examples: [a], default: b}", []),
        ("{type: string, maxLength: 2, default: abc}", ["default"]),
        ("{type: string, format: date, examples: ['2024-02-30']}", ["example"]),
        ("{type: size, examples: [xl]}", ["example"]),
        ("{items: size, examples: [[s, m], [s, xl], s]}", ["example", "example"]),
        ("{type: host, examples: [{size: s}, {size: xl}, {colour: red}, {size: s, more: {any: 1}}]}", ["example"] * 2),
        ("{items: {type: string, examples: [1]}}", ["example"]),
    ],
)
@pytest.mark.parametrize("where", ["type", "field", "variant", "event"])
def test_examples_are_what_their_place_says(where: str, said: str, found: list[str]) -> None:
    types = "types: {size: {type: string, enum: [s, m]}, host: {fields: {size: size, more: {type: object}}}}"
    text = {
        "field": order(f"it: {said}"),
        "variant": order("", more=f"variants: {{v: {{fields: {{it: {said}}}}}}}"),
    }.get(where, order(""))
    more = {"type": f"types: {{it: {said}}}", "event": f"events: {{it: {said}}}"}.get(where, "types: {x: string}")
    findings = checked(PACK, LIFE, text, types, more).findings
    assert [(one.code, one.form) for one in findings] == [("CM307", form) for form in found]


def test_an_example_of_a_type_names_the_type() -> None:
    assert only_finding(LIFE, ORDER, "types: {it: {type: string, examples: [1]}}").arguments["path"] == "it"


def test_a_test_of_an_item_names_its_list() -> None:
    assert only_finding(LIFE, order(FIELDS % ", required: {when: {tags: {some: nwe}}}")).arguments["path"] == "tags"


def test_an_example_of_a_choice_is_one_of_its_values() -> None:
    for example, found in (("x", []), ("z", ["CM307 example 2:/fields/k"])):
        text = order(f"k: {{examples: [{example}]}}", more="variants: {a: {match: {k: x}}, b: {match: {k: yy}}}")
        assert codes(LIFE, text) == found
    text = order("").replace("read_only: true", "read_only: true, examples: [sent]")
    assert codes(LIFE, text) == []


# --- conditions (CM308) -----------------------------------------------------------------------------------------

FIELDS = """
    k: {}
    size: {type: string, enum: [s, m]}
    code: {type: string, pattern: "^[A-Z]{2}$"}
    name: {type: string, maxLength: 3}
    number: {type: integer, minimum: 1, maximum: 9}
    flag: {type: boolean}
    items: {items: {fields: {kind: {type: string, enum: [film, game]}}}, minItems: 2, maxItems: 4}
    tags: {items: {type: string, enum: [new, old]}}
    thing: {}
    day: {type: string, format: date}
    target: {type: string%s}
"""


@pytest.mark.parametrize(
    ("condition", "form"),
    [
        ("size: s", None),
        ("size: xl", "value"),
        ("size: 1", "value"),
        ("size: {in: [s, xl]}", "value"),
        ("size: {starts: [s, x]}", None),
        ("size: {starts: [x]}", "test"),
        ('size: {matches: "^[a-m]$"}', None),
        ('size: {matches: "^x$"}', "test"),
        ("size: {min: 1}", "kind"),
        ("size: {some: a}", "kind"),
        ("size: {every: a}", "kind"),
        ("size: {count: 1}", "kind"),
        ("code: AB", None),
        ("code: ABC", "value"),
        ("code: {starts: [A]}", None),
        ("code: {starts: [a]}", "test"),
        ('code: {matches: "^A.*$"}', None),
        ('code: {matches: "^.$"}', "test"),
        ("name: abcd", "value"),
        ("name: {starts: [abcd]}", "test"),
        ("number: 3", None),
        ("number: 3.0", None),
        ("number: 0", "value"),
        ('number: "3"', "value"),
        ("number: {min: 9}", None),
        ("number: {min: 10}", "test"),
        ("number: {max: 0}", "test"),
        ("number: {starts: [a]}", "kind"),
        ('number: {matches: "^a$"}', "kind"),
        ("flag: true", None),
        ('flag: "true"', "value"),
        ("flag: 1", "value"),
        ("flag: {present: true}", None),
        ("items: {count: 3}", None),
        ("items: {count: 0}", None),
        ("items: {count: 1}", "test"),
        ("items: {count: {min: 5}}", "test"),
        ("items: {count: {min: 1, max: 1, where: {kind: film}}}", None),
        ("items: {count: {max: 1}}", None),
        ("items: {some: {kind: film}}", None),
        ("items: {some: {kind: gane}}", "value"),
        ("items: {every: {not: {kind: gane}}}", "value"),
        ("items: {count: {max: 2, where: {kind: gane}}}", "value"),
        ("items: {some: {kind: film, order.size: xl}}", "value"),
        ("items: x", "value"),
        ("tags: {some: new}", None),
        ("tags: {some: nwe}", "value"),
        ("tags: {some: {in: [new, old]}}", None),
        ("thing: 1", None),
        ("thing: {starts: [a]}", None),
        ("thing: {some: {x: 1}}", None),
        ("day: '2024-02-29'", None),
        ("day: '2024-02-30'", "value"),
        ("status: sent", None),
        ("status: snet", "value"),
        ("all: [{size: xl}, {flag: true}]", "value"),
        ("any: [{size: xl}, {flag: true}]", "value"),
        ("not: {size: xl}", "value"),
        ("when: {size: xl}, then: {flag: true}", "value"),
    ],
)
@pytest.mark.parametrize("where", ["required", "rule", "lifecycle", "record"])
def test_a_test_that_its_place_never_passes_is_found(where: str, condition: str, form: str | None) -> None:
    fields, rules, text, pack = FIELDS % "", "", LIFE, PACK
    if where == "required":
        fields = FIELDS % f", required: {{when: {{{condition}}}}}"
    elif where == "rule":
        rules = f"r: {{when: {{flag: true}}, then: {{{condition}}}}}"
    elif where == "record":
        pack += f"record: {{{condition}}}\n"
    else:
        ready = _of_order(condition)
        text = textwrap.dedent(LIFE) + f"variables: {{v: {{when: {{{ready}}}}}}}\n"
    found = checked(pack, text, order(fields, rules=rules)).findings
    assert [(one.code, one.form) for one in found] == ([] if form is None else [("CM308", form)])


def _of_order(condition: str) -> str:
    """The condition as it is written in a lifecycle."""
    said = yaml.safe_load("{" + condition + "}")

    def moved(entries: Any) -> Any:
        if isinstance(entries, list):
            return [moved(one) for one in entries]
        joined = {"all", "not", "when", "then"} | ({"any"} if isinstance(entries.get("any"), list) else set())
        return {
            key if key in joined else f"order.{key}": moved(one) if key in joined else one
            for key, one in entries.items()
        }

    text = yaml.safe_dump(moved(said), default_flow_style=True, width=10_000).strip()
    return text[1:-1]


def test_a_test_is_named_with_what_it_meets() -> None:
    finding = only_finding(LIFE, order(FIELDS % ", required: {when: {size: mm}}"))
    assert finding.location.pointer == "/fields/target/required/when/size"
    assert finding.hint is not None
    assert "'m'" in finding.hint
    said = {key: finding.arguments[key] for key in ("path", "value", "keyword", "against")}
    assert said == {"path": "size", "value": "mm", "keyword": "enum", "against": ["s", "m"]}


def test_a_test_inside_a_list_is_judged_by_the_item() -> None:
    text = order("""
        items:
          items:
            fields:
              kind: {type: string, enum: [film, game]}
              length: {type: integer, required: {when: {kind: %s}}}
              parts: {items: {fields: {side: {type: string, required: {when: {order.colour: %s}}}}}}
        colour: {type: string, enum: [red]}
    """)
    assert codes(LIFE, text % ("film", "red")) == []
    assert codes(LIFE, text % ("flim", "read")) == [
        "CM308 value 2:/fields/items/items/fields/length/required/when/kind",
        "CM308 value 2:/fields/items/items/fields/parts/items/fields/side/required/when/order.colour",
    ]


def test_a_test_of_the_account_is_judged_by_its_type() -> None:
    types = "types: {account: {fields: {level: {type: string, enum: [low, high]}}}}"
    for value, found in (("low", []), ("lwo", ["value", "value"])):
        text = order("", rules=f"r: {{then: {{account.level: {value}}}}}")
        life = GUARDED % f"account.level: {value}"
        result = checked(PACK + "account: account\n", life, text, types)
        assert [one.form for one in result.findings if one.code == "CM308"] == found


def test_what_can_hold_in_one_variant_is_no_finding() -> None:
    text = order(
        "a: {type: string, required: {when: {k: %s}}}",
        more="variants: {x: {match: {k: x}}, yy: {match: {k: yy}}}",
    )
    assert codes(LIFE, text % "x") == []
    assert codes(LIFE, text % "{in: [x, yy]}") == ["CM308 always 2:/fields/a/required/when/k"]
    assert codes(LIFE, text % "z") == ["CM308 value 2:/fields/a/required/when/k"]


def test_a_condition_that_repeats_the_match_is_reported() -> None:
    text = order(
        "a: {type: string}",
        more="variants: {x: {match: {k: x}, fields: {a: {required: {when: {k: %s}}}}}, yy: {match: {k: yy}}}",
    )
    assert codes(LIFE, text % "yy") == ["CM308 value 2:/variants/x/fields/a/required/when/k"]
    finding = only_finding(LIFE, text % "x")
    assert (located(finding), finding.severity) == (
        "CM308 always 2:/variants/x/fields/a/required/when/k",
        Severity.WARNING,
    )


@pytest.mark.parametrize(
    ("condition", "form"),
    [
        ("v: {min: 2}", None),
        ("v: {min: 3}", "variable"),
        ("v: {starts: [a]}", "variable"),
        ("named: {min: 1}", "variable"),
        ("named: false", None),
        ("state: {starts: [op]}", None),
        ("state: {starts: [x]}", "variable"),
        ("state: {present: true}", None),
        ("final: {present: false}", None),
        ("final: {starts: [suc]}", None),
        ("final: {starts: [x]}", "variable"),
        ("variant: sale", None),
        ("variant: {starts: [sa]}", None),
        ("variant: other", "variant"),
        ("variant: {in: [sale, other]}", "variant"),
        ("variant: {starts: [oth]}", "variable"),
    ],
)
def test_a_test_in_a_lifecycle_can_hold(condition: str, form: str | None) -> None:
    life = textwrap.dedent(LIFE) + (
        f"variables: {{v: [0, 1, 2], named: {{when: {{v: 0}}}}}}\nproperties: {{p: {{never: {{{condition}}}}}}}\n"
    )
    other = "order: other\nfollows: solo\nmatch: {a: 2}"
    solo = "lifecycle: solo\nstates: {s: {initial: true}}"
    found = checked(PACK, life, order("", more="match: {a: 1}"), other, solo).findings
    assert [(one.code, one.form) for one in found] == ([] if form is None else [("CM308", form)])


def test_what_can_hold_in_one_of_the_lifecycles_that_include_it_is_no_finding() -> None:
    part = "lifecycle: part\nstates: {s: {initial: true}}\nproperties: {p: {never: {variant: %s}}}"
    lives = [f"lifecycle: {name}\ninclude: [part]" for name in ("one", "two")]
    orders = [f"order: {name}\nfollows: {life}\nmatch: {{a: {name}}}" for name, life in (("p", "one"), ("q", "two"))]
    assert codes(part % "p", *lives, *orders) == []


# --- limits (CM311) ---------------------------------------------------------------------------------------------


def test_a_limit_is_reported_and_checks_of_the_whole_table_are_skipped() -> None:
    text = life(
        "s: {initial: true}, t: {}, never: {}, e: {final: good}",
        "up: {by: clerk, from: s, guard: {v: 0}, set: {v: 1}}, go: {by: clerk, from: s, to: t}, "
        "end: {by: clerk, from: t, to: e}",
        "variables: {v: [0, 1]}",
    )
    finding = only_finding(text, SALE, limit=2)
    assert (located(finding), finding.severity) == ("CM311 limit 1:/lifecycle", Severity.WARNING)
    assert (finding.arguments["limit"], finding.arguments["variants"]) == (2, ["sale"])
    assert codes(text, SALE) == ["CM302 no-way 1:/states/never"]


def test_types_that_double_at_each_step_are_not_laid_out() -> None:
    steps = [f"t{n}: {{fields: {{a: {{type: t{n + 1}}}, b: {{type: t{n + 1}}}}}}}" for n in range(40)]
    types = "types: {" + ", ".join([*steps, "t40: {type: string}"]) + "}"
    start = time.perf_counter()
    found = checked(PACK, LIFE, order("a: {type: t0}"), types).findings
    assert time.perf_counter() - start < 20
    assert {(one.code, one.form) for one in found} == {("CM311", "places")}
    assert "sale" in {one.arguments["name"] for one in found}
    assert {one.arguments["limit"] for one in found} == {PLACES}


def test_types_that_rest_on_each_other_too_often_are_not_followed() -> None:
    steps = [f"  t{n}: {{fields: {{a: {{type: t{n + 1}}}}}}}" for n in range(600)]
    types = "\n".join(["types:", *steps, "  t600: {type: string}"])
    found = checked(PACK, LIFE, order("a: {type: t0}"), types).findings
    assert {one.code for one in found} == {"CM311"}
    assert {one.form for one in found} <= {"depth", "places"}


def test_a_too_large_account_is_reported_and_not_read() -> None:
    steps = [f"  t{n}: {{fields: {{a: {{type: t{n + 1}}}}}}}" for n in range(600)]
    types = "\n".join(["types:", *steps, "  t600: {type: string}"])
    found = checked(PACK + "account: t0\n", LIFE, order(""), types).findings
    assert {one.code for one in found} == {"CM311"}


# --- the status (CM312) -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "fields", "form"),
    [
        ("status", "status: {read_only: true}", None),
        ("status", "status: {type: string}", None),
        ("status", "status: {type: integer}", "kind"),
        ("status", "status: {items: {type: string}}", "kind"),
        ("status.shown", "status: {fields: {shown: {type: string}}}", None),
        ("status", "status: {fields: {shown: {type: string}}}", "kind"),
        ("status.shown", "status: {items: {fields: {shown: {type: string}}}}", "crosses"),
        ("status", "a: {type: string}", "undeclared"),
        ("status", "status: {enum: [open, sent]}", "refuses"),
        ("status", "status: {enum: [open, sent, done]}", None),
    ],
)
def test_the_place_of_the_status_can_show_it(path: str, fields: str, form: str | None) -> None:
    text = "\n".join(["order: sale", "follows: life", "fields:", textwrap.indent(fields, "  ")])
    found = checked(PACK, LIFE.replace("status: status", f"status: {path}"), text).findings
    assert [(one.code, one.form) for one in found] == ([] if form is None else [("CM312", form)])
    assert [one.severity for one in found] == [Severity.WARNING if form == "undeclared" else Severity.ERROR] * len(
        found
    )


# --- what is broken already -------------------------------------------------------------------------------------


def rest_on_faults(*texts: str) -> list[str]:
    pack, found = compiled(PACK, *texts)
    files = frozenset(finding.location.file for finding in found)
    assert files
    return [located(finding) for finding in check(pack, faulty_files=files).findings]


def test_an_order_in_a_file_with_findings_is_passed_over() -> None:
    broken = order("a: {type: string, required: true, forbidden: true}\nb: {tpye: string}")
    other = "order: other\nfollows: life\nfields: {status: {}, c: {type: string, required: true, forbidden: true}}"
    assert rest_on_faults(LIFE, broken, other) == ["CM306 both 3:/fields/c/forbidden"]


def test_what_rests_on_a_type_with_findings_is_passed_over() -> None:
    types = "types: {inner: {fields: {b: {tpye: string}, c: {type: string, required: true, forbidden: true}}}}"
    outer = "types: {outer: {fields: {i: inner, s: {type: string, minLength: 3, maxLength: 2}}}}"
    assert rest_on_faults(LIFE, order("a: {type: outer}"), types, outer) == []
    assert rest_on_faults(LIFE, order("a: {type: string}"), types, outer) == []


def test_a_lifecycle_in_a_file_with_findings_is_passed_over_with_its_orders() -> None:
    broken = life("s: {initial: true}, t: {}, u: {}", "go: {by: clerk, from: s, to: t, gard: {v: 1}}")
    assert rest_on_faults(broken, order("a: {type: string, required: true, forbidden: true}")) == []


def test_what_reads_a_broken_account_is_not_judged_by_it() -> None:
    types = "types: {account: {fields: {late: {tpye: boolean}}}}"
    text = order("a: {type: string, required: true, forbidden: true}", rules="r: {then: {account.late.day: 1}}")
    pack, found = compiled(PACK + "account: account\n", LIFE, text, types)
    files = frozenset(finding.location.file for finding in found)
    assert [located(one) for one in check(pack, faulty_files=files).findings] == ["CM306 both 2:/fields/a/forbidden"]


def test_missing_names_are_not_reported_when_a_file_could_not_be_read() -> None:
    broken = "order: [sale]\nfollows: life"
    assert (
        rest_on_faults(GUARDED % "order.size: big", broken, "order: s\nfollows: life\nfields: {status: {}}")
        == ["CM303 dead-end-if 1:/states/open"]
        or rest_on_faults(GUARDED % "order.size: big", broken, "order: s\nfollows: life\nfields: {status: {}}") == []
    )


@pytest.mark.parametrize(
    "texts",
    [
        ["lifecycle: life\nstatus: status", ORDER],
        ["lifecycle: life\nstates: {s: {}, t: {}}", ORDER],
        ["lifecycle: life\nstates: {s: {initial: true}, t: {initial: true}}", ORDER],
        ["lifecycle: life\nstates: {s: {initial: true}, p: {states: {q: {}}}}\n"
         "transitions: {go: {by: clerk, from: s, to: p}}", ORDER],
        [ORDER],
        ["types: {a: {include: [b]}, b: {include: [a], fields: {c: a}}}", LIFE, order("a: {type: a}")],
        ["types: {a: {fields: {x: a, yy: a}}}", LIFE, order("a: {type: a}")],
        ["lifecycle: life\ninclude: [life]\nstates: {s: {initial: true}}", ORDER],
        [LIFE.replace("finish:", "state:"), ORDER],
    ],
)  # fmt: skip
def test_a_pack_that_is_broken_is_survived(texts: list[str]) -> None:
    pack, found = compiled(PACK, *texts)
    assert check(pack).findings is not None
    check(pack, faulty_files=frozenset(finding.location.file for finding in found))


# --- mutations --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["specs/covage", "tests/packs/library"])
@settings(max_examples=examples(3), deadline=None)
@given(seed=st.integers(0, 2**32))
def test_no_mutation_of_a_pack_makes_it_raise(folder: str, seed: int) -> None:
    draw = random.Random(seed)
    nodes = []
    for name, data, node in sound_files(folder):
        changes = draw.choice([0, 0, 1, 2])
        if not changes:
            nodes.append(node)
            continue
        changed = copy.deepcopy(data)
        for _ in range(changes):
            mutate(changed, draw)
        nodes.append(read_spec(yaml.safe_dump(changed, sort_keys=False).encode(), name)[0])
    pack, found = compile_pack([(folder, [node for node in nodes if node is not None])])
    if pack is not None:
        loose = check(pack, limit=2000)
        strict = check(pack, faulty_files=frozenset(one.location.file for one in found), limit=2000)
        assert list(loose.findings) == sorted(loose.findings, key=Diagnostic.sort_key)
        assert check(pack, limit=2000).findings == loose.findings
        for one in strict.findings:
            assert one.code.startswith(("CM2", "CM3")), one
            assert message(one) and message(one, "fr")


@functools.cache
def sound_files(folder: str) -> tuple[tuple[str, Any, Node | None], ...]:
    """Each file, as data or as its nodes."""
    return tuple((name, yaml.safe_load(content), read_spec(content, name)[0]) for name, content in files_of(folder))


def mutate(data: Any, draw: random.Random) -> None:
    """Changes one thing: a key is removed or moved, a value replaced, a list cut."""
    places = list(containers(data))
    place = draw.choice(places)
    keys = list(place) if isinstance(place, dict) else list(range(len(place)))
    if not keys:
        return
    key, other = draw.choice(keys), draw.choice(keys)
    action = draw.randrange(5)
    if action == 0:
        del place[key]
    elif action == 1:
        place[key], place[other] = place[other], place[key]
    elif action == 2:
        place[key] = draw.choice([None, 1, 10**400, True, "x", [], {}, "submitted", "draft", ["x"], {"min": 3}])
    elif action == 3:
        theirs = draw.choice(places)
        place[key] = copy.deepcopy(draw.choice([*(theirs.values() if isinstance(theirs, dict) else theirs), 0]))
    elif isinstance(place, dict):
        theirs = draw.choice(places)
        if isinstance(theirs, dict) and theirs is not place:
            place.update(copy.deepcopy(dict(list(theirs.items())[:1])))


def containers(data: Any) -> Any:
    if isinstance(data, dict | list):
        yield data
        for value in data.values() if isinstance(data, dict) else data:
            yield from containers(value)
