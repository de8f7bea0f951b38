"""The schema against the lifecycle: what guards read and statuses require can be present (CM308, CM313 to CM315)."""

from __future__ import annotations

import textwrap

import pytest
from test_checks import PACK, checked, codes, located, only_finding, order

from covage_model.ground.diagnostics import Severity


def life(transitions: str, *, states: str = "", more: str = "") -> str:
    """A lifecycle from a draft that the client edits, through `sent`, to `done`; with these transitions added."""
    return (
        textwrap.dedent(f"""
        lifecycle: life
        status: status
        states: {{draft: {{initial: true, editable: client}}, sent: {{}}, {states}done: {{final: success}}}}
        transitions:
          lose: {{by: clerk, from: sent, to: done}}
    """)
        + textwrap.indent(textwrap.dedent(transitions), "  ")
        + textwrap.dedent(more)
    )


SEND = "send: {by: client, from: draft, to: sent}\n"
TWO = "variants: {x: {match: {k: x}%s}, yy: {match: {k: yy}%s}}"


def taking(guard: str, *, source: str = "sent", send: str = SEND, more: str = "") -> str:
    return life(send + f"take: {{by: clerk, from: {source}, to: done, guard: {{{guard}}}}}\n", more=more)


# --- what a lifecycle reads can be there (CM313) -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "source", "form"),
    [
        ("a: {type: string}", "sent", None),
        ("a: {type: string, read_only: true}", "sent", "read-only"),
        ("a: {type: string, forbidden: true}", "sent", "forbidden"),
        ("a: {type: string, forbidden: sent}", "sent", "forbidden"),
        ("a: {type: string, forbidden: sent}", "draft", None),
        ("a: {type: string, forbidden: sent}", "[draft, sent]", None),
        ("a: {type: string, forbidden: {before: sent}}", "draft", "forbidden"),
        ("a: {type: string, forbidden: {before: sent}}", "sent", None),
        ("a: {type: string, forbidden: {from: sent, when: {b: 1}}}\nb: {type: integer}", "sent", None),
    ],
)
def test_a_guard_reads_what_a_document_can_hold_in_that_state(field: str, source: str, form: str | None) -> None:
    found = codes(taking("order.a: {present: true}", source=source), order(field))
    place = "1:/transitions/take/guard/order.a"
    assert [said for said in found if "CM313" in said] == ([] if form is None else [f"CM313 {form} {place}"])


def test_the_forbidden_field_may_be_a_parent_of_the_tested_one() -> None:
    fields = "a: {%s, fields: {b: {items: {fields: {c: {type: string%s}}}}}}"
    life = taking("order.a.b: {some: {c: x}}")
    assert codes(life, order(fields % ("title: A", ""))) == []
    assert codes(life, order(fields % ("read_only: true", ""))) == [
        "CM313 read-only 1:/transitions/take/guard/order.a.b",
        "CM313 read-only 1:/transitions/take/guard/order.a.b/some/c",
    ]
    assert codes(life, order(fields % ("title: A", ", forbidden: true"))) == [
        "CM313 forbidden 1:/transitions/take/guard/order.a.b/some/c"
    ]


def test_a_test_of_a_forbidden_field_names_both_places() -> None:
    finding = only_finding(taking("order.a: x"), order("a: {type: string, forbidden: sent}"))
    assert finding.arguments == {"path": "a", "name": "take", "statuses": ["sent"], "file": "2.yaml", "line": 6}
    assert finding.severity is Severity.ERROR


def test_a_property_that_reads_what_is_never_there_is_a_warning() -> None:
    text = "properties: {p: {never: {state: %s, order.a: x}}}\n"
    field = order("a: {type: string, forbidden: sent}")
    assert codes(life(SEND, more=text % "draft"), field) == []
    finding = only_finding(life(SEND, more=text % "sent"), field)
    assert located(finding) == "CM313 forbidden 1:/properties/p/never/order.a"
    assert (finding.arguments["name"], finding.severity) == ("p", Severity.WARNING)


def test_a_named_condition_is_read_where_a_guard_uses_it() -> None:
    text = "variables: {urgent: {when: {order.a: x}}, unused: {when: {order.a: z}}}\n"
    field = order("a: {type: string, forbidden: sent}")
    assert codes(taking("urgent: true", more=text), field) == ["CM313 forbidden 1:/variables/urgent/when/order.a"]
    assert codes(taking("urgent: true", source="draft", more=text), field) == []


@pytest.mark.parametrize(
    ("guard", "found"),
    [
        ("order.a: x", []),
        ("variant: sale/x, order.a: x", ["order.a"]),
        ("any: [{variant: sale/yy}, {order.a: x}]", ["any/1/order.a"]),
    ],
)
def test_only_orders_whose_guard_depends_on_the_test_count(guard: str, found: list[str]) -> None:
    text = order("a: {type: string}", more=TWO % (", fields: {a: {forbidden: true}}", ""))
    said = [one for one in codes(taking(guard), text) if "CM313" in one]
    assert said == [f"CM313 forbidden 1:/transitions/take/guard/{place}" for place in found]


def test_the_orders_are_named_where_they_are_not_all() -> None:
    text = order("a: {type: string}", more=TWO % (", fields: {a: {forbidden: true}}", ""))
    assert only_finding(taking("variant: sale/x, order.a: x"), text).arguments["variants"] == ["sale/x"]


def test_an_order_that_others_write_may_hold_what_is_read_only() -> None:
    assert codes(taking("order.a: x"), order("a: {type: string, read_only: true}", more="written_by: clerk")) == []


def test_a_path_of_no_order_is_reported_once() -> None:
    assert codes(taking("order.b: x"), order("a: {type: string}")) == [
        "CM206 unknown 1:/transitions/take/guard/order.b"
    ]


def test_what_a_part_asks_may_be_there_in_another_lifecycle_that_includes_it() -> None:
    part = "lifecycle: part\nstatus: status\nstates: {s: {initial: true}, e: {final: good}}\ntransitions:\n"
    part += "  go: {by: clerk, from: s, to: e, guard: {order.a: {present: true}}}\n  stop: {by: clerk, from: s, to: e}"
    lives = [f"lifecycle: {name}\ninclude: [part]" for name in ("one", "two")]
    orders = [
        f"order: {name}\nfollows: {life}\nmatch: {{k: {name}}}\nfields: {{status: {{read_only: true}}, a: {{type: string%s}}}}"
        for name, life in (("p", "one"), ("q", "two"))
    ]
    barred = ", forbidden: true"
    assert codes(part, *lives, orders[0] % barred, orders[1] % "") == []
    assert codes(part, *lives, orders[0] % barred, orders[1] % barred) == [
        "CM313 forbidden 1:/transitions/go/guard/order.a"
    ]


def test_a_document_is_never_ready_for_what_its_status_forbids() -> None:
    text = life(
        SEND + "hand_over: {by: client, from: draft, to: done}\n"
        "take: {by: clerk, from: %s, to: done, guard: {document: done}}\n"
    )
    field = order("a: {type: string, required: done, forbidden: sent}")
    (finding,) = [one for one in checked(PACK, text % "sent", field).findings if one.code == "CM313"]
    assert located(finding) == "CM313 ready 1:/transitions/take/guard/document"
    assert (finding.arguments["path"], finding.arguments["status"]) == ("a", "done")
    assert not [one for one in codes(text % "[draft, sent]", field) if "CM313" in one]


# --- what a status requires can have been filled in by then (CM314) ----------------------------------------------


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("a: {type: string, required: sent}", []),
        ("a: {type: string, required: sent, forbidden: {before: sent}}", ["a"]),
        ("a: {type: string, required: sent, forbidden: {before: sent}, read_only: true}", []),
        ("a: {type: string, required: done, forbidden: {from: sent, before: done}}", ["a"]),
        ("a: {type: string, required: {from: sent, when: {b: 1}}, forbidden: {before: sent}}\nb: {type: integer}", []),
        ("a: {type: string, required: sent, forbidden: {before: sent, when: {b: 1}}}\nb: {type: integer}", []),
        ("a: {forbidden: {before: sent}, fields: {b: {type: string, required: sent}}}", []),  # only where a is
        ("a: {required: sent, forbidden: {before: sent}, fields: {b: {type: string, required: sent}}}", ["a", "a.b"]),
        ("a.b: {type: string, required: sent}\na: {forbidden: {before: sent}}", ["a.b"]),
        ("a: {items: {fields: {b: {type: string, required: sent, forbidden: {before: sent}}}}}", []),  # may be empty
        ("a: {type: string, required: sent, forbidden: true}", []),  # CM306 says so
    ],
)
def test_what_a_status_requires_can_have_been_filled_in(field: str, found: list[str]) -> None:
    said = [finding for finding in checked(PACK, life(SEND), order(field)).findings if finding.code == "CM314"]
    assert sorted(finding.arguments["path"] for finding in said) == found


def test_an_editable_state_on_the_way_is_enough() -> None:
    ways = SEND + "mend: {by: client, from: fixing, to: done}\n"
    text = life(ways, states="fixing: {editable: client}, ").replace("from: sent, to: done", "from: sent, to: fixing")
    field = order("a: {type: string, required: done, forbidden: {before: fixing}}")
    assert codes(text, field) == []
    assert codes(text.replace("fixing: {editable: client}", "fixing: {}"), field) == ["CM314 late 2:/fields/a/required"]


def test_a_field_that_cannot_be_filled_in_names_where_it_is_forbidden() -> None:
    finding = only_finding(life(SEND), order("a: {type: string, required: sent, forbidden: {before: sent}}"))
    assert located(finding) == "CM314 late 2:/fields/a/required"
    assert finding.arguments == {
        "path": "a", "statuses": ["sent", "done"], "barred": ["draft"], "file": "2.yaml", "line": 6,
    }  # fmt: skip
    assert finding.hint is not None


def test_a_field_present_from_the_start_needs_no_editable_state() -> None:
    text = life(SEND).replace(", editable: client", "")
    assert codes(text, order("a: {type: string, required: sent}")) == []
    assert codes(text, order("a: {type: string, required: sent, forbidden: {before: sent}}")) == [
        "CM314 late 2:/fields/a/required"
    ]


def test_a_guard_on_a_field_that_cannot_be_filled_in_is_reported_once() -> None:
    text = life("send: {by: client, from: draft, to: sent, guard: {document: sent}}\n")
    assert codes(text, order("a: {type: string, required: sent, forbidden: {before: sent}}")) == [
        "CM314 late 2:/fields/a/required"
    ]


def test_an_order_that_others_write_is_theirs_to_fill_in() -> None:
    field = "a: {type: string, required: sent, forbidden: {before: sent}}"
    assert codes(life(SEND), order(field, more="written_by: clerk")) == []


def test_an_unfillable_field_of_one_variant_names_it() -> None:
    text = order("a: {type: string, required: sent}", more=TWO % (", fields: {a: {forbidden: {before: sent}}}", ""))
    finding = only_finding(life(SEND), text)
    assert (located(finding), finding.arguments["variants"]) == ("CM314 late 2:/fields/a/required", ["sale/x"])


# --- a condition that contradicts the schema, or itself (CM308) --------------------------------------------------


def test_a_guard_is_judged_by_the_orders_that_it_is_about() -> None:
    text = order("a: {type: string}", more=TWO % (", fields: {a: {enum: [p, q]}}", ", fields: {a: {enum: [r]}}"))
    assert codes(taking("order.a: r"), text) == []
    finding = only_finding(taking("variant: sale/x, order.a: r"), text)
    assert located(finding) == "CM308 value 1:/transitions/take/guard/order.a"
    assert finding.arguments["variants"] == ["sale/x"]
    assert codes(taking("any: [{not: {variant: sale/x}}, {order.a: r}]"), text) == [
        "CM308 value 1:/transitions/take/guard/any/1/order.a"
    ]
    assert "variants" not in only_finding(taking("order.a: z"), text).arguments


@pytest.mark.parametrize(("present", "severity"), [("true", Severity.WARNING), ("false", Severity.ERROR)])
def test_what_the_order_was_chosen_by_is_always_there(present: str, severity: Severity) -> None:
    text = order("a: {type: string}", more="match: {k: x}")
    finding = only_finding(taking(f"order.k: {{present: {present}}}"), text)
    assert (located(finding), finding.severity) == ("CM308 there 1:/transitions/take/guard/order.k", severity)
    assert codes(taking(f"order.a: {{present: {present}}}"), text) == []


@pytest.mark.parametrize(
    ("guard", "more", "place"),
    [
        ("order.num: {min: 5}, all: [{order.num: {max: 7}}]", "", None),
        ("order.num: {min: 5}, all: [{order.num: {max: 3}}]", "", "transitions/take/guard/all/0/order.num"),
        ("order.num: {min: 5}, any: [{order.num: {max: 3}}, {order.a: x}]", "", None),
        ("order.num: {min: 5}, not: {order.num: {max: 3}}", "", None),
        ("order.a: {matches: '^A.*$'}, all: [{order.a: {starts: [B]}}]", "", "transitions/take/guard/all/0/order.a"),
        ("order.a: {matches: '^A.*$'}, big: true", "{order.a: B}", "variables/big/when/order.a"),
        ("order.a: {matches: '^A.*$'}, big: false", "{order.a: B}", None),
        ("order.a: {matches: '^A.*$'}, big: {present: true}", "{order.a: B}", None),
        ("order.l: {count: 2}, all: [{order.l: {some: {all: [{m: {min: 1}}, {m: {max: 0}}]}}}]", "",
         "transitions/take/guard/all/0/order.l/some/all/1/m"),
        ("order.l: {every: {m: 1}}, all: [{order.l: {every: {m: 2}}}]", "", None),  # of an empty list
    ],
)  # fmt: skip
def test_two_tests_that_no_value_passes_together_are_found(guard: str, more: str, place: str | None) -> None:
    fields = order("num: {type: number}\na: {type: string}\nl: {items: {fields: {m: {type: number}}}}")
    named = f"variables: {{big: {{when: {more}}}}}\n" if more else ""
    assert codes(taking(guard, more=named), fields) == ([] if place is None else [f"CM308 together 1:/{place}"])


def test_two_tests_of_a_rule_that_no_value_passes_together_are_found() -> None:
    rules = "r: {when: {num: {min: 5}, all: [{num: {max: 3}}]}, then: {a: x}}\ns: {when: {num: {min: 5}}, then: {num: {max: 3}}}"
    found = codes(life(SEND), order("num: {type: number}\na: {type: string}", rules=rules))
    assert found == ["CM308 together 2:/rules/r/when/all/0/num"]


# --- a way around what asks for readiness (CM315) ----------------------------------------------------------------

ASKING = "send: {by: client, from: draft, to: sent, guard: {document: sent}}\n"
REQUIRED = "a: {type: string, required: sent}"


@pytest.mark.parametrize(
    ("more", "field", "found"),
    [
        ("", REQUIRED, False),
        ("hurry: {by: client, from: draft, to: sent}\n", REQUIRED, True),
        ("hurry: {by: client, from: draft, to: sent, guard: {document: done}}\n", REQUIRED, False),
        ("hurry: {by: client, from: draft, to: sent, guard: {any: [{document: sent}, {order.b: x}]}}\n", REQUIRED, True),
        ("hurry: {by: client, from: draft, to: sent}\n", "a: {type: string, required: draft}", False),
        ("hurry: {by: client, from: draft, to: sent}\n", "a: {type: string, required: sent, read_only: true}", False),
        ("hurry: {by: client, from: draft, to: sent}\n", "a: {type: string, required: {from: sent, when: {b: x}}}", False),
    ],
)  # fmt: skip
def test_a_way_around_what_asks_for_readiness_is_found(more: str, field: str, found: bool) -> None:
    said = codes(life(ASKING + more), order(f"{field}\nb: {{type: string}}"))
    assert said == (["CM315 around 1:/transitions/hurry"] if found else [])


def test_a_way_around_is_reported_with_the_missing_field() -> None:
    finding = only_finding(life(ASKING + "hurry: {by: client, from: draft, to: sent}\n"), order(REQUIRED))
    assert finding.arguments == {"trigger": "hurry", "status": "sent", "paths": ["a"], "lifecycle": "life"}
    assert finding.severity is Severity.WARNING


def test_a_lifecycle_without_readiness_tests_has_no_such_finding() -> None:
    assert codes(life(SEND), order(REQUIRED)) == []


def test_a_way_behind_an_earlier_readiness_test_is_no_way_around() -> None:
    text = life(
        "check: {by: client, from: draft, to: ready, guard: {document: sent}}\n"
        "send: {by: client, from: ready, to: sent}\n",
        states="ready: {}, ",
    )
    assert codes(text, order(REQUIRED)) == []
    assert codes(text.replace("ready: {}", "ready: {editable: client}"), order(REQUIRED)) == [
        "CM315 around 1:/transitions/send"
    ]
