"""What a transition may say of its moves, from the YAML to every reading: who may make them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from covage_model import build_machine, load_pack, verify_pack
from covage_model.behaviour.space.interpreter import Accepted, Refused, Undecided
from covage_model.cli.main import main
from covage_model.pack.model.lifecycle import Deadline

ROOT = Path(__file__).resolve().parents[2]
PAYMENT = ROOT / "tests" / "packs" / "payment"
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def told(capsys: pytest.CaptureFixture[str], *arguments: str, pack: Path = PAYMENT, code: int = 0) -> str:
    """What a command prints."""
    assert main([*arguments, "--pack", str(pack)]) == code
    return capsys.readouterr().out


def written(tmp_path: Path, lifecycle: str, **files: str) -> Path:
    """A pack of one lifecycle and an order."""
    folder = tmp_path / "pack"
    folder.mkdir(exist_ok=True)
    actors = "{asker: Asker, keeper: {fr: Gardien, en: Keeper}}"
    (folder / "pack.yaml").write_text(f"pack: small\nformat: 1\nlanguages: [fr, en]\nactors: {actors}\n")
    (folder / "order.yaml").write_text("order: thing\nstanding: inferred\nfollows: life\nmatch: {what: thing}\n")
    for name, text in {"life": lifecycle, **files}.items():
        (folder / f"{name}.yaml").write_text(text)
    return folder


TWO = """
lifecycle: life
standing: inferred
states: {a: {initial: true}, b: {final: success}}
transitions: {go: {by: [asker, keeper], from: a, to: b}, stay: {by: asker, from: a}}
properties:
  both: {only: {when: {state: a}, by: [keeper, asker]}}
  askers: {only: {when: {state: a}, by: [asker]}}
"""


def test_only_needs_all_of_a_list_of_actors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, "verify", pack=written(tmp_path, TWO), code=1)
    assert "holds        both" in said
    assert "BROKEN       askers" in said
    assert "thing allows asker or keeper to fire go, after: nothing" in said
    assert "go by Asker or Keeper -> b" in said


def test_any_of_several_actors_is_drawn_and_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = written(tmp_path, TWO)
    assert "▲ Asker ou Gardien" in told(capsys, "draw", "life", "--format", "mermaid", "--lang", "fr", pack=pack)
    scenario = tmp_path / "s.yaml"
    scenario.write_text("scenario: s\ngiven: {order: thing}\nsteps: [stay, go]\nexpect: {state: b}\n")
    report = json.loads(told(capsys, "run", str(scenario), "--format", "json", pack=pack))
    REPORTS.validate(report)
    (played,) = report["scenarios"]
    assert [moment["actor"] for moment in played["trace"]] == [None, "asker", ["asker", "keeper"]]


@pytest.mark.parametrize(
    ("by", "finding"), [("[]", "CM107"), ("[asker, keper]", "did you mean 'keeper'"), ("7", "CM103")]
)
def test_a_list_of_actors_names_actors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], by: str, finding: str
) -> None:
    assert finding in told(capsys, "check", pack=written(tmp_path, TWO.replace("[asker, keeper]", by, 1)), code=1)


# -- outcomes ------------------------------------------------------------------------------------

STEPS = """
scenario: declined once
given: {order: payment}
steps: [pay, confirm: declined, pay, {confirm: accepted}, capture]
expect: {state: paid}
"""


def played(tmp_path: Path, capsys: pytest.CaptureFixture[str], steps: str, *, code: int, pack: Path = PAYMENT) -> str:
    """What `run` prints of a scenario with these steps."""
    scenario = tmp_path / "s.yaml"
    scenario.write_text(
        f"scenario: s\ngiven: {{order: payment}}\nsteps: {steps}\nexpect: {{}}\n".replace("{}", "{final: null}")
    )
    return told(capsys, "run", str(scenario), pack=pack, code=code)


def test_a_scenario_says_which_outcome(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario = tmp_path / "s.yaml"
    scenario.write_text(STEPS)
    said = told(capsys, "run", str(scenario))
    assert "confirm.declined by Customer or Merchant -> waiting" in said
    assert "confirm.accepted by Customer or Merchant -> processing" in said


def test_several_outcomes_and_none_said_is_undecided(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = played(tmp_path, capsys, "[pay, confirm]", code=1)
    assert "CM504 confirm has several outcomes that are possible here: accepted, declined" in said
    assert "hint: say which: `confirm: accepted`" in said


def test_an_outcome_is_refused_by_its_own_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    played(tmp_path, capsys, "[refused: {confirm.declined: state, confirm: state}, pay]", code=0)
    assert "there is no trigger 'confirm.maybe'" in played(tmp_path, capsys, "[pay, confirm: maybe]", code=1)
    assert "expected a name" in played(tmp_path, capsys, "[pay, confirm: {to: paid}]", code=1)


def test_the_only_possible_outcome_need_not_be_said() -> None:
    pack = load_pack(str(PAYMENT))
    machine = build_machine(pack, "payment")
    machine.fire("pay")
    undecided = machine.fire("confirm")
    assert isinstance(undecided, Undecided)
    assert [(each.kind, each.name) for each in undecided.reasons] == [("outcome", "accepted"), ("outcome", "declined")]
    assert machine.state == "confirming"
    for _ in range(2):
        assert isinstance(machine.fire("confirm", outcome="declined"), Accepted)
        machine.fire("pay")
    assert machine.variables["tries"] == 2
    assert machine.may("confirm")
    assert not machine.may("confirm", "declined")  # its guard: no third time
    assert isinstance(machine.fire("confirm", "declined"), Refused)
    taken = machine.fire("confirm")
    assert isinstance(taken, Accepted)
    assert taken.transition.name == "confirm.accepted"
    with pytest.raises(KeyError):
        machine.fire("confirm", outcome="maybe")


def test_the_outcomes_of_one_trigger_may_overlap_and_its_cases_may_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = "go: {by: asker, from: a, CASES: {x: {to: b}, z: {to: a}}}"
    life = "lifecycle: life\nstates: {a: {initial: true}, b: {final: success}}\ntransitions:\n  "
    outcomes = cases.replace("CASES", "outcomes")
    assert "CM305" not in told(capsys, "check", pack=written(tmp_path, life + outcomes))
    listed = "go: {by: asker, from: a, cases: [{to: b}, {to: a}]}"
    assert "CM305" in told(capsys, "check", pack=written(tmp_path, life + listed), code=1)
    inside = "go: {by: asker, from: a, outcomes: {x: {cases: [{to: b}, {to: a}]}}}"
    assert "CM305 go.x has two cases" in told(capsys, "check", pack=written(tmp_path, life + inside), code=1)


def test_each_outcome_is_a_target_a_mutant_and_an_arrow(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "42 of 42 shown" in told(capsys, "suites", "payment", "--out", "suite")
    steps = [path.read_text() for path in (tmp_path / "suite").rglob("*.scenario.yaml")]
    assert any("confirm: declined" in text for text in steps)
    assert any("confirm: accepted" in text for text in steps)
    assert "0 failed" in told(capsys, "run", "suite")
    mutants = told(capsys, "mutate", "--corpus", "suite", "--jobs", "1", "--operators", "transition-drop,target-swap")
    assert re.search(r"(\d+) mutants: \1 killed", mutants)
    drawn = told(capsys, "draw", "payment", "--format", "mermaid", "--lang", "fr")
    assert "Confirmation#58; refusée" in drawn


def test_why_asks_for_the_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    assert "confirm.declined by Customer or Merchant is" in told(
        capsys, "why", "confirm.declined", "--order", "payment"
    )
    assert main(["why", "confirm", "--order", "payment", "--pack", str(PAYMENT)]) == 2
    assert "confirm has several outcomes: ask about one of" in capsys.readouterr().err


# -- deadlines -----------------------------------------------------------------------------------


def test_a_deadline_is_the_clocks_and_counts_in_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    lifecycle = load_pack(str(PAYMENT)).spec.lifecycle("payment")
    (lapse,) = lifecycle.triggered("lapse")
    assert lapse.by == ("clock",)
    assert lapse.deadline == Deadline(7 * 24 * 3600.0, ("confirming",), "7 d")
    drawn = told(capsys, "draw", "payment", "--format", "mermaid", "--lang", "fr")
    assert "lapse (après 7 d)" in drawn
    assert "Horloge" in drawn


@pytest.mark.parametrize(
    ("early", "warned"),
    [
        ("{from: s, after: 6 d, to: b}", True),
        ("{from: s.one, after: 6 d, to: b}", False),  # entered later, and not in every step
        ("{from: s, after: 8 d, to: b}", False),
        ("{from: s, after: 6 d, to: s.one}", False),  # `s` is not left: its time goes on
        ("{from: s, after: 6 d, guard: {v: 1}, to: b}", False),
        ("{from: s, after: 6 d, guard: {v: 0}, to: b}", True),  # the same guard
        ("{from: s, after: 6 d, set: {v: 1}}", False),
        ("{by: asker, from: s, to: b}", False),  # no deadline
    ],
)
def test_a_deadline_that_a_shorter_one_always_beats_is_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], early: str, warned: bool
) -> None:
    life = f"""
lifecycle: life
variables: {{v: [0, 1]}}
states: {{a: {{initial: true}}, s: {{states: {{one: {{initial: true}}, two: }}}}, b: {{final: success}}}}
transitions:
  go: {{by: asker, from: a, to: s}}
  more: {{by: asker, from: s.one, to: s.two, set: {{v: 1}}}}
  out: {{by: asker, from: s, to: b}}
  early: {early}
  late: {{from: s, after: 7 d, guard: {{v: 0}}, to: b}}
"""
    said = told(capsys, "check", pack=written(tmp_path, life))
    assert ("CM325 late (after 7 d) never happens: early is always first" in said) is warned


# -- fairness ------------------------------------------------------------------------------------

RETRY = """
lifecycle: life
standing: inferred
states: {a: {initial: true}, b: , c: {final: success}}
transitions:
  send: {by: asker, from: a, to: b}
  answer: {by: keeper, from: b, outcomes: {good: {to: c}, bad: {to: a}}}
properties:
  ends: {leads_to: [{state: a}, {final: any}], WITH}
"""


@pytest.mark.parametrize(
    ("assuming", "verdict"),
    [
        (None, "holds"),  # all moves are fair
        ("[asker, keeper]", "holds"),
        ("[send, answer]", "holds"),
        ("[send, answer.good]", "holds"),
        ("[]", "may stop without the second condition, once the first held, after: nothing"),
        ("[keeper]", "may stop without the second condition, once the first held, after: nothing"),
        ("[asker]", "may stop without the second condition, once the first held, after: send"),
        ("[send, answer.bad]", "for ever without the second condition, once the first held, after: nothing; then send"),
    ],
)
def test_what_leads_on_depends_on_who_never_stops(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], assuming: str | None, verdict: str
) -> None:
    life = RETRY.replace(", WITH", "" if assuming is None else f", assuming: {assuming}")
    assert verdict in told(capsys, "verify", pack=written(tmp_path, life), code=int(verdict != "holds"))


@pytest.mark.parametrize("pair", ["[{state: a}, {final: any}]", "[{state: a}, {trigger: answer.good}]"])
def test_a_counterexample_is_a_lasso_that_is_printed_drawn_and_played(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pair: str
) -> None:
    life = RETRY.replace("[{state: a}, {final: any}]", pair)
    pack = written(tmp_path, life.replace("WITH", "assuming: [asker, answer.bad]"))
    said = told(capsys, "verify", "--out", "found", pack=pack, code=1)
    again = said.index("again and again:")
    assert said.index("send by Asker -> b", again) < said.index("answer.bad by Keeper -> a", again)
    drawn = (tmp_path / "found" / "life.ends.mmd").read_text()
    assert "    loop again and again\n    actor_0->>order_0: send\n" in drawn
    assert "\n    end\n" in drawn
    assert "answer: bad" in (tmp_path / "found" / "life.ends.scenario.yaml").read_text()
    assert "0 failed" in told(capsys, "run", "found", pack=pack)
    report = json.loads(told(capsys, "verify", "--format", "json", pack=pack, code=1))
    REPORTS.validate(report)
    (decision,) = report["properties"][0]["decisions"]
    assert (decision["trace"], decision["loop"]) == (["send", "answer.bad"], 2)


@pytest.mark.parametrize(
    ("said", "finding"),
    [
        ("{always_possible: {final: any}, assuming: [asker]}", "CM209"),
        ("{leads_to: [{state: a}, {state: c}], assuming: [askr]}", "did you mean 'asker'"),
        ("{leads_to: [{state: a}, {state: c}], assuming: [answer.god]}", "did you mean 'answer.good'"),
    ],
)
def test_assuming_names_actors_triggers_and_outcomes_of_leads_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, finding: str
) -> None:
    life = RETRY.partition("  ends:")[0] + f"  ends: {said}\n"
    assert finding in told(capsys, "check", pack=written(tmp_path, life), code=1)


def test_a_loop_of_very_many_moves_is_not_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"v{number}" for number in range(7)]
    moves = [
        f"  {name}_{new}: {{by: asker, from: a, guard: {{{name}: {1 - new}}}, set: {{{name}: {new}}}}}"
        for name in names
        for new in (0, 1)
    ]
    life = "\n".join(
        [
            "lifecycle: life",
            f"variables: {{{', '.join(f'{name}: [0, 1]' for name in names)}}}",
            "states: {a: {initial: true}, c: {final: success}}",
            "transitions:",
            *moves,
            "  end: {by: keeper, from: a, to: c}",
            "properties: {ends: {leads_to: [{state: a}, {state: c}], assuming: [asker]}}",
        ]
    )
    said = told(capsys, "verify", pack=written(tmp_path, life), code=1)
    assert "a configuration from which the assumed moves do not lead to the second, after: nothing" in said


# -- claims on moves -----------------------------------------------------------------------------

REFUNDING = """
lifecycle: life
standing: inferred
variables: {refunded: ["no", all]}
states: {a: {initial: true}, b: , c: {final: success}, d: {final: failure}}
transitions:
  pay: {by: asker, from: a, to: b}
  ask: {by: asker, from: a, to: b}
  drop: {by: asker, from: a, to: d}
  refund: {by: keeper, from: b, set: {refunded: all}}
  charge: {by: keeper, from: b, outcomes: {done: {to: c, emits: charged}, failed: {to: a}}}
properties:
  claim: CLAIM
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("{never: {event: charged, refunded: all}}", "BROKEN: pay, refund, charge.done"),
        ("{never: {event: charged, state: a}}", "holds"),
        ('{never: {trigger: refund, refunded: "no"}}', "holds"),  # judged on where the move leads
        ("{never: {trigger: charge, state: c}}", "BROKEN: pay, charge.done"),
        ("{never: {trigger: charge.failed, state: c}}", "holds"),
        ("{never: {trigger: {in: [pay, ask]}, refunded: all}}", "BROKEN: pay, refund, charge.failed, pay"),
        (
            "{never: {not: {trigger: {in: [pay, ask, drop, refund, charge]}}}}",
            "holds",
        ),  # the start is led to by no move
        ("{leads_to: [{trigger: pay}, {final: any}]}", "holds"),
        ("{leads_to: [{trigger: pay}, {final: failure}]}", "BROKEN: pay, charge.done"),
        ("{leads_to: [{trigger: refund}, {final: any}], assuming: [refund]}", "BROKEN: pay, refund, refund"),
        ("{leads_to: [{event: charged}, {final: any}], assuming: []}", "holds"),  # at once
        ("{leads_to: [{state: c}, {event: charged}]}", "holds"),  # by the same move
        ("{leads_to: [{state: b}, {event: charged}]}", "BROKEN: pay, charge.failed, drop"),
        ("{leads_to: [{trigger: refund}, {event: charged}], assuming: [keeper]}", "BROKEN: pay, refund, charge.failed"),
        ("{always: {when: {event: charged}, then: {state: c}}}", "holds"),
        ("{always: {when: {trigger: refund}, then: {refunded: all, state: c}}}", "BROKEN: pay, refund"),
        ("{always: {any: [{trigger: {present: true}}, {state: b}]}}", "holds"),  # nothing led to the start
        ("{never: {any: [{event: charged}, {state: a}]}}", "BROKEN: "),  # at the start, whatever led there
        ("{sometimes: {event: charged, refunded: all}}", "holds: pay, refund, charge.done"),
        ("{sometimes: {event: {present: false}, state: c}}", "BROKEN: "),
        ("{precedes: [{trigger: pay}, {event: charged}]}", "BROKEN: ask, charge.done"),
        ("{precedes: [{trigger: charge}, {event: charged}]}", "holds"),  # both at once
        ("{precedes: [{state: b}, {trigger: charge}]}", "holds"),
        ("{only: {when: {trigger: charge}, by: [keeper]}}", "holds"),
        ("{only: {when: {trigger: pay, state: a}, by: [keeper]}}", "BROKEN: pay"),  # where it is made
        ("{only: {when: {trigger: pay, state: b}, by: [keeper]}}", "holds"),
        ("{always_possible: {any: [{event: charged}, {final: failure}]}}", "holds"),
        ("{always_possible: {event: charged}}", "BROKEN: drop"),
    ],
)
def test_event_and_trigger_are_judged_on_the_move_and_on_its_target(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], claim: str, verdict: str
) -> None:
    events = "events: {charged: {fields: {at: string}}}\nstanding: inferred\n"
    pack = written(tmp_path, REFUNDING.replace("CLAIM", claim), events=events)
    report = json.loads(told(capsys, "verify", "--format", "json", pack=pack, code=int(verdict.startswith("BROKEN"))))
    (prop,) = report["properties"]
    (decision,) = prop["decisions"]
    assert decision["outcome"] == verdict.partition(":")[0].lower()
    assert ", ".join(decision["trace"] or []) == verdict.partition(": ")[2]


def test_a_first_condition_that_no_move_has_is_vacuous(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    life = REFUNDING.replace("CLAIM", "{leads_to: [{trigger: pay, state: c}, {final: any}]}")
    events = "events: {charged: {fields: {at: string}}}\n"
    assert "CM511" in told(capsys, "verify", pack=written(tmp_path, life, events=events))


def test_the_payment_keeps_its_promises() -> None:
    examined = verify_pack(load_pack(str(PAYMENT))).examined
    assert {each.prop.name: each.outcome.value for each in examined} == {"once": "holds", "settles": "holds"}


def test_an_edit_is_a_move_without_trigger_and_the_start_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    life = """
lifecycle: life
standing: inferred
states: {a: {initial: true, editable: asker}, b: {final: success}}
transitions: {go: {by: asker, from: a, to: b, guard: {order.urgent: false}}}
properties: {claim: {never: {order.urgent: true, not: {trigger: go}}}}
"""
    pack = written(tmp_path, life)
    (pack / "order.yaml").write_text(
        "order: thing\nstanding: inferred\nfollows: life\nmatch: {what: thing}\n"
        "fields: {what: string, urgent: {type: boolean, required: true}}\n"
    )
    report = json.loads(told(capsys, "verify", "--format", "json", pack=pack, code=1))
    assert report["properties"][0]["decisions"][0]["trace"] == ["edit"]
