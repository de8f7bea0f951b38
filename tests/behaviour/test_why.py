"""Why a trigger is refused, and the smallest change that allows it. The suggested change is made, and works."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import covage_model
from covage_model.behaviour.run import session as stepping
from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import StepOutcome
from covage_model.behaviour.why import repair
from covage_model.behaviour.why import why as asking
from covage_model.behaviour.why.answer import Answer, Way
from covage_model.cli.main import main
from covage_model.ground import json_value
from covage_model.ground.files import read
from covage_model.pack.model.conditions import DocumentReady

HERE = Path(__file__).parent.parent
ROOT = HERE.parent
LIBRARY = HERE / "packs" / "library"
COVAGE = ROOT / "specs" / "covage"
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))
CREATE = "activate-copper/create"


@pytest.fixture(autouse=True)
def _apart(monkeypatch, tmp_path, tmp_path_factory):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(scope="module")
def covage():
    return covage_model.load_pack(str(COVAGE))


@pytest.fixture(scope="module")
def library():
    return covage_model.load_pack(str(LIBRARY))


def data(*parts: str):
    return json.loads(COVAGE.joinpath(*parts).read_text(encoding="utf-8"))


def call(*argv: str, stdin: bytes = b"") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(["why", *argv], out, err, io.BytesIO(stdin)), out.getvalue(), err.getvalue()


def triggers(way: Way) -> list[str]:
    return [step.trigger for step in way.steps]


def allows(answer: Answer, way: Way) -> bool:
    """Follows the way: each move is accepted, and then the trigger is."""
    session = answer.session
    if way.kind != "onward":
        session = stepping.begin(session.judge, session.variant.name, session.given, session.account)
    session = session.assuming(way.assumed)
    for step in way.steps:
        moved = (
            stepping.fill(session, step.edit.patch) if step.edit is not None else stepping.fire(session, step.trigger)
        )
        assert isinstance(moved, Session), (step, moved)
        assert (moved.state, moved.variables) == (step.after.state, step.after.variables)
        session = moved
    return session.attempt(answer.trigger.name).moved


# --- what says no


def test_each_false_part_of_the_guard_is_named_with_its_line(covage) -> None:
    answer = covage_model.why(covage, "finalise", CREATE, after=["submit", "acknowledge", "send", "start_work"])
    assert answer.verdict is StepOutcome.REFUSED
    assert [(blame.reason.kind, blame.reason.name) for blame in answer.blames] == [
        ("condition", "construction"),
        ("variant", CREATE),
        ("variable", "appointment"),  # booked, as is stated
        ("condition", "construction"),
        ("variable", "appointment"),  # held by then, as is assumed
    ]
    assert answer.blames[2].reason.origin.standing.value == "stated"
    origin = answer.blames[-1].reason.origin
    line = (COVAGE / "lifecycles" / "activate.yaml").read_text(encoding="utf-8").splitlines()[origin.location.line - 1]
    assert "appointment: held" in line
    assert origin.standing.value == "assumed"
    assert [triggers(way) for way in answer.ways] == [["book_appointment", "hold_appointment"]]
    assert [step.actors for step in answer.ways[0].steps] == [("operator",), ("access_operator",)]


def test_a_possible_trigger_is_reported_as_possible(covage) -> None:
    answer = covage_model.why(covage, "acknowledge", CREATE, after=["submit"])
    assert (answer.verdict, answer.ways, answer.step.after.state) == (StepOutcome.MOVED, (), "acknowledged")


def test_a_trace_without_a_document_lists_its_assumptions(covage) -> None:
    answer = covage_model.why(covage, "send", CREATE, after=["submit"])
    assert [(variant.status, holds) for variant, holds in answer.session.steps[0].assumed] == [("submitted", True)]
    assert answer.session.assumed == answer.session.steps[0].assumed


def test_without_a_document_a_guard_that_reads_it_is_undecided_and_the_way_says_what_it_takes(covage) -> None:
    answer = covage_model.why(covage, "submit", CREATE)
    assert answer.verdict is StepOutcome.UNDECIDED
    (way,) = answer.ways
    assert (way.kind, way.steps, way.played) == ("onward", (), False)
    assert way.assumed == ((DocumentReady("submitted"), True),)


def test_a_refused_trigger_of_the_trace_is_explained_instead(covage) -> None:
    answer = covage_model.why(covage, "complete", CREATE, after=["submit", "send", "finalise"])
    assert (answer.trigger.name, answer.stopped) == ("send", True)
    assert [triggers(way) for way in answer.ways] == [["acknowledge"]]


def test_unknown_names_raise(covage) -> None:
    for trigger, order, after in [("fly", CREATE, []), ("submit", "nothing", []), ("submit", CREATE, ["fly"])]:
        with pytest.raises(KeyError):
            covage_model.why(covage, trigger, order, after=after)
    with pytest.raises(ValueError, match="not activate-fiber/create"):
        covage_model.why(
            covage, "submit", "activate-fiber/create", document=data("examples", "drafts", "copper-create.json")
        )


# --- what would allow it


@pytest.mark.hard
def test_every_invalid_example_of_the_pack_is_repaired_by_the_patch_that_is_shown(covage) -> None:
    account = data("accounts", "operator.json")
    repaired = 0
    for path in sorted((COVAGE / "examples" / "invalid").glob("*.json"))[::3]:
        document = json.loads(path.read_text(encoding="utf-8"))
        verdict = covage_model.judge(covage, document, account=account, role="request")
        if any(finding.code in ("CM401", "CM402") for finding in verdict.findings):
            continue
        answer = covage_model.why(covage, "submit", verdict.variant, document=document, account=account)
        if answer.verdict is StepOutcome.REFUSED:
            assert answer.blames[0].findings
            assert answer.ways[0].played, path
            assert allows(answer, answer.ways[0]), path
            repaired += 1
    assert repaired > 15


def test_a_patch_changes_nothing_that_it_could_leave(covage) -> None:
    document = data("examples", "valid", "copper-create-minimal.json")
    spoiled = {**document, "operator_info": {}, "enni_refs": ["S300101_00001"], "colour": "red"}
    account = data("accounts", "operator.json")
    session = covage_model.begin_order(covage, CREATE, document=spoiled, account=account)
    patch = repair.patch(session, ((DocumentReady("submitted"), True),))
    assert set(patch) == {"operator_info", "enni_refs", "colour"}
    for name in patch:
        less = {key: value for key, value in patch.items() if key != name}
        still = stepping.fill(session, less)
        assert not still.attempt("submit").moved, name


def test_a_misspelt_key_is_renamed(covage) -> None:
    document = data("examples", "valid", "copper-create-minimal.json")
    document["eligibility_reff"] = document.pop("eligibility_ref")
    answer = covage_model.why(covage, "submit", CREATE, document=document, account=data("accounts", "operator.json"))
    patch = answer.ways[0].steps[0].edit.patch
    assert patch == {"eligibility_reff": None, "eligibility_ref": document["eligibility_reff"]}


def test_a_rule_over_the_account_says_what_it_looked_for_and_what_the_document_says(covage) -> None:
    document = data("examples", "invalid", "account-contact-unknown.json")
    answer = covage_model.why(
        covage, "submit", "activate-copper/activate", document=document, account=data("accounts", "operator.json")
    )
    (missed,) = answer.blames[0].missed
    assert missed.rule.name == "contact-is-known"
    assert missed.read == (("operator_info.contact_uuid", "nob0dy1"),)


def test_past_a_point_of_no_return_the_way_starts_before_it(covage) -> None:
    trace = ["submit", "acknowledge", "send", "start_work", "book_appointment", "hold_appointment", "finalise"]
    answer = covage_model.why(covage, "cancel_appointment", CREATE, after=trace)
    turn, restart = answer.ways
    assert (turn.kind, turn.kept, triggers(turn)) == ("turn", 5, trace[:5])
    assert (restart.kind, restart.kept, triggers(restart)) == ("restart", 0, ["book_appointment"])


def test_what_no_configuration_allows_is_never_possible(covage) -> None:
    answer = covage_model.why(covage, "book_appointment", "activate-copper/activate", after=["submit"])
    assert (answer.ways, answer.decided) == ((), True)
    assert answer.configurations > 0


def test_a_table_that_is_not_whole_proves_nothing(covage) -> None:
    session = covage_model.begin_order(covage, "activate-copper/activate")
    answer = asking.why(session, "book_appointment", limit=3)
    assert (answer.ways, answer.decided) == ((), False)


def test_a_document_that_can_no_longer_be_edited_would_have_to_be_another_from_the_start(library) -> None:
    document = yaml_of("loan-home.yaml")
    session = covage_model.begin_order(library, "loan/home", document=document, account=account_of("aline.yaml"))
    answer = asking.why(session, "renew", ["submit", "lend"])
    assert {blame.reason.kind for blame in answer.blames} >= {"condition", "order"}
    way = answer.ways[-1]
    assert way.steps[0].edit is not None
    assert (way.steps[0].after.state, way.steps[0].actors) == ("draft", ("reader",))
    assert way.played
    assert allows(answer, way)


def test_another_account_is_suggested_where_this_one_cannot_work(library) -> None:
    account = {**account_of("aline.yaml"), "blocked": True}
    session = covage_model.begin_order(library, "loan/home", document=yaml_of("loan-home.yaml"), account=account)
    answer = asking.why(session, "renew")
    (way,) = answer.ways
    assert way.kind == "account"
    assert any(
        "blocked" in str(atom.ref.names) and holds for atom, holds in way.assumed if not isinstance(atom, DocumentReady)
    )


def test_a_rule_over_the_account_alone_that_no_document_can_keep_asks_for_another_account(library) -> None:
    account = {**account_of("aline.yaml"), "blocked": True, "loans": []}
    session = covage_model.begin_order(library, "loan/home", document=yaml_of("loan-home.yaml"), account=account)
    answer = asking.why(session, "submit")
    assert [missed.rule.name for missed in answer.blames[0].missed] == ["not-blocked"]
    assert [(way.kind, way.played) for way in answer.ways] == [("account", False)]


def yaml_of(name: str, folder: str = "examples"):
    (document,), _ = read.read_documents((LIBRARY / folder / name).read_bytes(), name)
    return document.data


def account_of(name: str):
    return yaml_of(name, "accounts")


def test_a_value_whose_null_must_stay_has_no_merge_patch(library) -> None:
    session = covage_model.begin_order(
        library, "loan/home", document={**yaml_of("loan-home.yaml"), "extras": {"bag": None}, "x": 1}
    )
    patch = repair.patch(session, ((DocumentReady("submitted"), True),))
    assert patch is json_value.ABSENT or "extras" not in patch


# --- the command


def test_the_command_says_it_in_text_with_lines_and_exits_0() -> None:
    document, account = COVAGE / "examples" / "drafts" / "copper-create.json", COVAGE / "accounts" / "operator.json"
    code, out, err = call("submit", "--document", str(document), "--account", str(account))
    assert (code, err) == (0, "")
    assert "submit by Operator is refused" in out
    assert "skeleton.yaml:" in out
    assert "copper-create.json:1:1: error CM403" in out
    assert "merge patch: {" in out
    french = call("submit", "--document", str(document), "--account", str(account), "--lang", "fr")[1]
    assert "document valide pour" in french or "Opérateur" in french


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("complete", "--order", CREATE, "--after", "submit, send"), 1, "where the trace stops"),
        (("book_appointment", "--order", "terminate-copper"), 2, "no trigger"),
        (("book_appointment", "--order", "activate-copper/activate"), 0, "is never possible"),
        (("complet", "--order", CREATE), 2, "did you mean 'complete'"),
        (("complete", "--order", CREATE, "--after", "submitt"), 2, "did you mean 'submit'"),
        (("complete", "--order", "activate-coper"), 2, "did you mean"),
        (("complete", "--order", "activate-copper"), 2, "which variant is meant"),
        (("complete",), 2, "--order"),
        (("x" * 5000, "--order", CREATE), 2, "no trigger"),
        (("\x1b[31m\n", "--order", CREATE), 2, "no trigger"),
        (("submit", "--document", "nowhere.json"), 4, "there is no such file"),
    ],
)
def test_exit_codes(argv: tuple[str, ...], code: int, said: str) -> None:
    got, out, err = call(*argv)
    assert got == code
    assert said in out + err
    assert "\x1b" not in out + err


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("two.ndjson", "{}\n{}\n", 1, "holds more than one document"),
        ("cut.json", '{"a": ', 4, "CM001"),
        ("list.json", "[]", 4, "CM001"),
        ("orders.json", "[{}, {}]", 1, "--at /0"),
        ("other.json", '{"type": "activate", "activation_type": "create", "product": {"code": "AM01"}}', 1, "CM505"),
        ("none.json", "null", 1, "CM404"),
    ],
)
def test_a_document_that_cannot_be_used_is_a_finding(name: str, content: str, code: int, said: str) -> None:
    Path(name).write_text(content, encoding="utf-8")
    got, out, err = call("submit", "--order", "activate-fiber/create", "--document", name)
    assert (got, err) == (code, "")
    assert said in out
    got, out, _ = call("submit", "--order", "activate-fiber/create", "--document", name, "--format", "json")
    assert got == code
    assert json.loads(out)["answer"] is None
    REPORTS.validate(json.loads(out))


def test_a_document_from_stdin_tells_its_own_order() -> None:
    content = (COVAGE / "examples" / "valid" / "fiber-create-minimal.json").read_bytes()
    code, out, _ = call("submit", "--document", "-", "--order", "activate-fiber", stdin=content)
    assert code == 0
    assert "order: activate-fiber/create" in out
    assert "not checked without a valid account" in out


@pytest.mark.parametrize(
    "argv",
    [
        ("finalise", "--order", CREATE, "--after", "submit,acknowledge,send,start_work"),
        ("delete", "--order", CREATE, "--after", "submit"),
        (
            "submit",
            "--document",
            str(COVAGE / "examples" / "invalid" / "account-contact-unknown.json"),
            "--account",
            str(COVAGE / "accounts" / "operator.json"),
        ),
        ("submit", "--document", str(COVAGE / "examples" / "valid" / "copper-create-minimal.json")),
        ("acknowledge", "--order", CREATE, "--after", "submit"),
        (
            "renew",
            "--pack",
            str(LIBRARY),
            "--order",
            "loan/home",
            "--account",
            str(LIBRARY / "accounts" / "blocked.json"),
        ),
        ("restore", "--pack", str(LIBRARY), "--order", "card"),
    ],
)
def test_the_report_is_what_its_schema_says(argv: tuple[str, ...]) -> None:
    _, out, err = call(*argv, "--format", "json")
    assert err == ""
    report = json.loads(out)
    REPORTS.validate(report)
    assert report["answer"]["trigger"] == argv[0]


def write(files: dict[str, str]) -> str:
    for name, content in files.items():
        path = Path("pack") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return "pack"


SMALL = {
    "pack.yaml": "pack: small\nformat: 1\nlanguages: [fr, en]\nactors: {elle: {fr: Élève, en: Pupil}}\n",
    "order.yaml": "order: dessin\nfollows: vie\nmatch: {sorte: dessin}\nfields: {taille: {type: integer}}\n",
    "life.yaml": (
        "lifecycle: vie\nstates: {seul: {initial: true}}\nvariables: {ete: [non, oui]}\n"
        "transitions:\n"
        "  peindre: {by: elle, guard: {ete: oui}}\n"
        "  attendre: {by: elle, guard: {ete: non}, set: {ete: oui}}\n"
        "  jamais: {by: elle, guard: {ete: non, order.taille: {min: 3}}}\n"
    ),
}


@pytest.mark.parametrize(
    ("language", "place", "ends"),
    [
        ("en", "in Submitted (", "Acknowledged ! Order acknowledged"),
        (
            "fr",
            "en Soumise [submitted] (Compte-rendu [report] aucun [none]",
            "! Commande prise en compte [order-acknowledged]",
        ),
    ],
)
def test_titles_name_states_variables_and_events_with_the_name_where_it_is_another_word(
    language: str, place: str, ends: str
) -> None:
    asked = ("send", "--order", "activate-copper/create", "--after", "submit", "--lang", language)
    out = call(*asked)[1]
    assert place in out
    assert any("1. acknowledge " in line and line.endswith(ends) for line in out.splitlines())
    told = json.loads(call(*asked, "--format", "json")[1])["answer"]
    assert (told["state"], told["ways"][0]["moves"][-1]["emitted"]) == ("submitted", ["order-acknowledged"])


def test_a_small_pack_without_status_account_or_end_answers_too() -> None:
    pack = write(SMALL)
    code, out, err = call("peindre", "--pack", pack, "--order", "dessin", "--lang", "fr")
    assert (code, err) == (0, "")
    assert "attendre par Élève -> seul" in out
    assert "alors peindre est possible" in out
    Path("d.json").write_text('{"sorte": "dessin", "taille": 1}', encoding="utf-8")
    code, out, _ = call("jamais", "--pack", pack, "--document", "d.json")
    assert code == 0
    assert "begin with another document" in out
    assert 'merge patch: {"taille": 3}' in out


CHOICES = {
    "pack.yaml": "pack: choices\nformat: 1\nlanguages: [en]\nactors: {clerk: Clerk}\n",
    "order.yaml": "order: note\nfollows: life\nmatch: {kind: note}\n",
    "life.yaml": (
        "lifecycle: life\nstates: {open: {initial: true}}\n"
        "variables: {paid: [false, true], sent: [false, true], late: [false, true], odd: {when: {all: [{paid: false}, {sent: false}]}}}\n"
        "transitions:\n"
        "  close: {by: clerk, guard: {all: [{late: true}, {not: {all: [{paid: false}, {sent: false}]}}]}}\n"
        "  void: {by: clerk, guard: {not: {any: [{paid: false}, {sent: false}]}}}\n"
        "  keep: {by: clerk, guard: {odd: false}}\n"
        "  turn: {by: clerk, guard: {any: [{paid: true}, {all: [{sent: true}, {late: true}]}]}}\n"
        "  pay: {by: clerk, set: {paid: true}}\n"
        "  send: {by: clerk, set: {sent: true}}\n"
        "  wait: {by: clerk, set: {late: true}}\n"
    ),
}


@pytest.mark.parametrize(
    ("trigger", "lines", "in_one_line", "obstacles"),
    [
        (
            "close",
            [
                "- late is false; the guard asks: late",
                "- one of these is enough:",
                "  - paid is false; the guard asks: paid",
                "  - sent is false; the guard asks: sent",
            ],
            "late is false; the guard asks: late; "
            "(either paid is false; the guard asks: paid, or sent is false; the guard asks: sent)",
            {"either": False, "named": None, "parts": [0, {"either": True, "named": None, "parts": [1, 2]}]},
        ),
        (
            "void",
            ["- paid is false; the guard asks: paid", "- sent is false; the guard asks: sent"],
            "paid is false; the guard asks: paid; sent is false; the guard asks: sent",
            {"either": False, "named": None, "parts": [0, 1]},
        ),
        (
            "keep",
            [
                "- the guard asks: not odd",
                "  - one of these is enough:",
                "    - paid is false; the guard asks: paid",
                "    - sent is false; the guard asks: sent",
            ],
            "the guard asks: not odd "
            "(either paid is false; the guard asks: paid, or sent is false; the guard asks: sent)",
            {"either": False, "named": None, "parts": [{"either": True, "named": 0, "parts": [1, 2]}]},
        ),
        (
            "turn",
            [
                "- one of these is enough:",
                "  - paid is false; the guard asks: paid",
                "  - all of these:",
                "    - sent is false; the guard asks: sent",
                "    - late is false; the guard asks: late",
            ],
            "(either paid is false; the guard asks: paid, "
            "or (sent is false; the guard asks: sent; late is false; the guard asks: late))",
            {"either": False, "named": None, "parts": [
                {"either": True, "named": None, "parts": [0, {"either": False, "named": None, "parts": [1, 2]}]}
            ]},
        ),
    ],
)  # fmt: skip
def test_alternatives_are_marked_in_the_answer(
    trigger: str, lines: list[str], in_one_line: str, obstacles: dict[str, Any]
) -> None:
    pack = write(CHOICES)
    asked = (trigger, "--pack", pack, "--order", "note")
    out = call(*asked)[1].splitlines()
    assert [line for line in out if line.lstrip().startswith("- ")] == lines
    assert json.loads(call(*asked, "--format", "json")[1])["answer"]["obstacles"] == obstacles
    screen = io.StringIO()
    main(["step", "--pack", pack, "note"], screen, io.StringIO(), io.BytesIO(b"quit\n"))
    assert f"  refused: {trigger} by Clerk: {in_one_line}" in screen.getvalue().splitlines()


def test_a_document_is_read_as_validate_reads() -> None:
    order = {"type": "terminate", "operator_info": {"contact_uuid": "c0ntact1"}, "service_ref": "S310421"}
    files = {
        "order.json": (json.dumps(order).encode(), ()),
        "list.json.gz": (gzip.compress(json.dumps([{"type": "activate"}, order]).encode()), ("--at", "/1")),
        "table.csv": (b"type,operator_info.contact_uuid,service_ref\nterminate,c0ntact1,S310421\n", ()),
    }
    found = set()
    for name, (content, options) in files.items():
        Path(name).write_bytes(content)
        code, out, err = call("submit", "--document", name, *options)
        assert (code, err) == (0, "")
        found.add(out.partition("error CM404")[2].partition("\n")[0])
    assert len(found) == 1
    assert "S310421" in found.pop()
