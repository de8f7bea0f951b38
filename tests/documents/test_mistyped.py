"""A value of a wrong type or format is one finding: no rule that reads it is said to be broken too."""

from __future__ import annotations

from typing import Any

import pytest

from covage_model import Pack, judge, load_pack

PACK = "pack: small\nformat: 1\nactors: {clerk: Clerk}\naccount: known\n"
LIFE = """\
lifecycle: life
states: {draft: {initial: true, shown_as: draft, editable: clerk}, placed: {final: success, shown_as: placed}}
status: status
transitions: {place: {by: clerk, from: draft, to: placed}}
requests: draft
"""
TYPES = """\
types:
  known: {fields: {rooms: {items: string}, floors: {items: floor}}}
  floor: {fields: {room: string, age: integer}}
  stay:
    fields: {from: {type: string, format: date}, to: {type: string, format: date}, nights: {type: integer}}
    rules: {forwards: {then: {to: {min: {at: from}}}}}
"""
ORDER = """\
order: booking
follows: life
match: {kind: booking}
fields:
  status: {read_only: true}
  start: {type: string, format: date}
  end: {type: string, format: date, standing: assumed}
  paid: {type: boolean}
  room: {type: string}
  colour: {type: string, pattern: "^[a-z]+$"}
  guest.age: {type: integer}
  stays: {items: stay}
rules:
  ordered: {then: {end: {min: {at: start}}}, standing: assumed}
  later: {then: {start: {above: 2020-01-01}}}
  settled: {when: {room: {present: true}}, then: {paid: true}}
  grown: {then: {guest.age: {min: 18}}}
  long: {then: {stays: {some: {nights: {min: 2}}}}}
  known: {then: {room: {among: account.rooms}}}
  free: {then: {account.floors: {some: {all: [{room: {among: order.room}}, {age: {min: 1}}]}}}}
  both: {then: {start: {above: 2020-01-01}, colour: red}}
  strict: {then: {end: {above: 2020-01-01}}}
"""
SOUND: dict[str, Any] = {
    "kind": "booking",
    "start": "2024-05-01",
    "end": "2024-05-03",
    "paid": True,
    "room": "12",
    "colour": "red",
    "guest": {"age": 40},
    "stays": [{"from": "2024-05-01", "to": "2024-05-03", "nights": 2}],
}
ACCOUNT = {"rooms": ["12"], "floors": [{"room": "12", "age": 3}]}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("pack")
    for name, text in (("pack", PACK), ("life", LIFE), ("types", TYPES), ("order", ORDER)):
        (folder / f"{name}.yaml").write_text(text.replace("2020-01-01", '"2020-01-01"'), encoding="utf-8")
    return load_pack(str(folder))


def found(pack: Pack, **changed: Any) -> list[str]:
    """Code and pointer of each finding, with the rule's name."""
    document = {name: value for name, value in (SOUND | changed).items() if value is not None}
    return [
        " ".join(filter(None, (finding.code, finding.location.pointer, finding.arguments.get("rule"))))
        for finding in judge(pack, document, account=ACCOUNT).findings
    ]


@pytest.mark.parametrize(
    ("changed", "findings"),
    [
        ({}, []),
        ({"start": 20240501}, ["CM404 /start"]),
        ({"start": "01/05/2024"}, ["CM404 /start"]),
        ({"start": "2024-02-30"}, ["CM404 /start"]),
        ({"paid": "true"}, ["CM404 /paid"]),
        ({"guest": {"age": "40"}}, ["CM404 /guest/age"]),
        ({"guest": 40}, ["CM404 /guest"]),
        ({"room": 12}, ["CM404 /room"]),
        ({"stays": [{"from": "5/1", "to": "2024-05-03", "nights": 2}]}, ["CM404 /stays/0/from"]),
        ({"stays": [{"from": "2024-05-01", "to": "2024-05-03", "nights": "2"}]}, ["CM404 /stays/0/nights"]),
        ({"stays": "none"}, ["CM404 /stays"]),
    ],
)
def test_a_value_of_a_wrong_type_is_the_only_finding(pack: Pack, changed: dict[str, Any], findings: list[str]) -> None:
    assert found(pack, **changed) == findings


@pytest.mark.parametrize(
    ("changed", "findings"),
    [
        # what is of the right type breaks rules as ever, and so does what is not there
        ({"paid": False}, ["CM407 /paid settled"]),
        ({"colour": "blue"}, ["CM407 /start both"]),
        ({"room": "13"}, ["CM407 /room free", "CM407 /room known"]),
        ({"colour": "RED"}, ["CM404 /colour", "CM407 /start both"]),
        ({"guest": None}, ["CM407 /guest/age grown"]),
        # a rule of two tests is broken by the other one
        ({"start": 1, "colour": "blue"}, ["CM404 /start", "CM407 /start both"]),
        # in one item; the other breaks the rule
        (
            {"stays": [{"from": 1, "to": 2, "nights": 3}, {"from": "2024-05-02", "to": "2024-05-01"}]},
            ["CM404 /stays/0/from", "CM404 /stays/0/to", "CM407 /stays/1/to forwards"],
        ),
    ],
)
def test_a_rule_that_is_broken_all_the_same_is_found(pack: Pack, changed: dict[str, Any], findings: list[str]) -> None:
    assert sorted(found(pack, **changed)) == sorted(findings)


def test_a_finding_that_is_no_error_hides_no_rule_that_is_one(pack: Pack) -> None:
    """`end` has an assumed format: a warning. The rule `strict` is stated: an error, which stays."""
    findings = judge(pack, SOUND | {"end": "soon"}, account=ACCOUNT).findings
    assert [(one.code, one.arguments.get("rule"), one.severity.value) for one in findings] == [
        ("CM404", None, "warning"),
        ("CM407", "strict", "error"),
    ]
