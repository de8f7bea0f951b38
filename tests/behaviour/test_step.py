"""A lifecycle followed step by step: as values, with commands from a pipe, and once on a terminal."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

import covage_model
from covage_model.api import begin
from covage_model.behaviour.run import session as stepping
from covage_model.behaviour.run.scenario_file import CannotSave, session_files
from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import StepOutcome
from covage_model.behaviour.run.undo import UndoHistory
from covage_model.cli.main import main
from covage_model.ground.diagnostics import Diagnostic

HERE = Path(__file__).parent.parent
ROOT = HERE.parent
LIBRARY = HERE / "packs" / "library"
COVAGE = ROOT / "specs" / "covage"
CREATE = "activate-copper/create"
DRAFT = COVAGE / "examples" / "drafts" / "copper-create.json"
ACCOUNT = COVAGE / "accounts" / "operator.json"


@pytest.fixture(autouse=True)
def _apart(monkeypatch, tmp_path, tmp_path_factory):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(scope="module")
def covage():
    return covage_model.load_pack(str(COVAGE))


def step(script: str, *argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = main(["step", *argv], out, err, io.BytesIO(script.encode("utf-8", "surrogateescape")))
    return code, out.getvalue(), err.getvalue()


def moved(result) -> Session:
    assert isinstance(result, Session), result
    return result


# --- as values


def test_a_session_is_a_value_and_undo_is_the_value_before(covage) -> None:
    start = covage_model.begin_order(covage, CREATE)
    booked = moved(stepping.fire(start, "book_appointment"))
    assert start.variables != booked.variables
    assert booked.before is start
    assert [done.trigger for done in booked.steps] == ["book_appointment"]
    walk = UndoHistory(start).on(booked)
    assert walk.undone().now is start
    assert walk.undone().redone() == walk
    assert walk.redone() is None
    assert UndoHistory(start).undone() is None
    assert walk.undone().on(booked).redone() is None


def test_what_is_refused_or_undecided_moves_nothing(covage) -> None:
    start = covage_model.begin_order(covage, CREATE)
    assert stepping.fire(start, "complete").outcome is StepOutcome.REFUSED
    assert stepping.fire(start, "submit").outcome is StepOutcome.UNDECIDED
    with pytest.raises(KeyError):
        stepping.fire(start, "fly")


def test_what_is_granted_is_as_little_as_the_trigger_takes(covage) -> None:
    start = covage_model.begin_order(covage, CREATE)
    submitted = moved(stepping.fire(start, "submit", assuming=True))
    assert [(variant.status, holds) for variant, holds in submitted.assumed] == [("submitted", True)]
    assert start.assumed == ()


def test_a_document_is_filled_where_it_may_be_and_stays_its_order(covage) -> None:
    document = json.loads(DRAFT.read_text(encoding="utf-8"))
    start = covage_model.begin_order(covage, CREATE, document=document)
    filled = moved(stepping.fill(start, {"comment": "porte bleue"}))
    assert (filled.document["comment"], "comment" in start.document) == ("porte bleue", False)
    deleted = moved(stepping.fire(filled, "delete"))
    for session, patch, form in [
        (deleted, {"comment": "x"}, "not-editable"),
        (start, {"activation_type": "create_nearby"}, "choice"),
        (start, [], "choice"),
        (covage_model.begin_order(covage, CREATE), {}, "no-document"),
    ]:
        refused = stepping.fill(session, patch)
        assert isinstance(refused, Diagnostic)
        assert refused.form == form


@pytest.mark.parametrize("folder", [COVAGE, LIBRARY])
def test_an_example_is_found_for_every_leaf_and_its_first_guards_hold(folder: Path) -> None:
    pack = covage_model.load_pack(str(folder))
    for name in pack.names:
        session = begin.example(pack.judge, name)
        assert session is not None, name
        assert any(step.moved for step in session.attempts()), name


def test_a_session_on_an_account_alone_or_on_grants_is_no_scenario(covage) -> None:
    account = json.loads(ACCOUNT.read_text(encoding="utf-8"))
    with pytest.raises(CannotSave):
        session_files(covage_model.begin_order(covage, CREATE, account=account), "t", name="n")
    granted = moved(stepping.fire(covage_model.begin_order(covage, CREATE), "submit", assuming=True))
    with pytest.raises(CannotSave):
        session_files(granted, "t", name="n")


# --- as a script


def test_a_walk_is_saved_as_a_scenario_that_run_plays() -> None:
    script = """\
# a draft is completed by hand
fill {"operator_info": {"contact_uuid": "c0ntact1"}, "comment": "é"}
fill {"comment": null}
why submit
fill {"bounds": [{"endpoints": [{"reference": "0199000102", "type": "line_number"}]}]}
fill {"end_customer": {"name": "Société Fictive", "type": "unregistered"}}
fill {"end_customer": {"contact": {"first_name": "Camille", "last_name": "Exemple", "phone_number": "0639980001", "email": "c@example.org"}}}
submit
undo
redo
book_appointment
acknowledge
save lives/mine.yaml
"""
    code, out, err = step(script, CREATE, "--document", str(DRAFT), "--account", str(ACCOUNT))
    assert (code, err) == (0, ""), out
    assert "error CM403 bounds is missing" in out
    assert sorted(os.listdir("lives")) == ["mine.account.json", "mine.order.json", "mine.scenario.yaml"]
    told = io.StringIO()
    assert main(["run", "lives/mine.scenario.yaml"], told, told) == 0, told.getvalue()
    assert "acknowledge by Covage -> Acknowledged" in told.getvalue()
    code, out, _ = step("save lives/mine.yaml\n", CREATE, "--document", str(DRAFT))
    assert (code, "is there already" in out) == (1, True)


def test_a_walk_without_a_document_is_saved_too() -> None:
    code, _, _ = step("warn\nwarn\nsave card\n", "card", "--pack", str(LIBRARY))
    assert code == 0
    told = io.StringIO()
    assert main(["run", "--pack", str(LIBRARY), "card.scenario.yaml"], told, told) == 0, told.getvalue()


def test_triggers_are_pulled_by_name_or_number_and_what_cannot_be_done_fails_the_script() -> None:
    code, out, _ = step("1\nshow\n", "card", "--pack", str(LIBRARY))
    assert code == 0
    assert "so far: warn" in out
    assert "events: card-warned" in out
    assert "document: none" in out
    for line, said in [
        ("9", "there is no number 9"),
        ("²", "there is no trigger"),
        ("wran", "did you mean 'warn'"),
        ("restore", "restore is refused: `why restore` says why"),
        ("undo", "there is nothing to undo"),
        ("redo", "there is nothing to redo"),
        ("fill {", "that is not a patch"),
        ('fill {"a": NaN}', "that is not a patch"),
        ("fill " + "[" * 5000, "that is not a patch"),
        ('fill {"a": 1}', "there is no document to change"),
        ("why", "there is no trigger ''"),
        ("save", "a file needs a name"),
        ("draw x.tiff", "no picture format is called tiff"),
        ("x" * 9000, "there is no trigger"),
        ("\x1b[2J", "there is no trigger"),
    ]:
        code, out, err = step(f"{line}\n", "card", "--pack", str(LIBRARY))
        assert (code, err) == (1, ""), line
        assert said in out, line
        assert "\x1b" not in out


def test_an_undecided_guard_stops_and_says_what_to_do() -> None:
    code, out, _ = step("submit\nwhy submit\nquit\nnever read\n", CREATE)
    assert code == 1
    assert "undecided: submit by Operator" in out
    assert "submit is not decided" in out
    assert "provided that: document valid for Submitted" in out
    assert "never read" not in out


def test_help_and_drawings_are_there() -> None:
    code, out, _ = step("help\ndraw\ndraw card.dot\n", "card", "--pack", str(LIBRARY))
    assert code == 0
    assert "fill {JSON}" in out
    assert "stateDiagram-v2" in out
    assert Path("card.dot").read_text(encoding="utf-8").startswith("digraph")


def test_a_trigger_named_like_a_command_is_fired_by_its_number_or_by_fire() -> None:
    Path("p").mkdir()
    Path("p/pack.yaml").write_text("pack: p\nformat: 1\nlanguages: [en]\nactors: {me: Me}\n")
    Path("p/o.yaml").write_text("order: o\nfollows: l\nmatch: {k: o}\n")
    Path("p/l.yaml").write_text(
        "lifecycle: l\nstates: {a: {initial: true}, b: {}}\n"
        "transitions: {undo: {by: me, from: a, to: b}, quit: {by: me, from: b, to: a}}\n"
    )
    code, out, _ = step("fire undo\n1\nundo\nfire quit\nshow\n", "o", "--pack", "p")
    assert code == 0
    assert "so far: undo, quit" in out


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("activate-copper",), 2, "which variant is meant"),
        (("activate-copper", "--example"), 2, "which variant is meant"),
        (("activate-coper/create",), 2, "did you mean"),
        ((CREATE, "--example", "--document", "x.json"), 2, "--document means nothing with --example"),
        ((CREATE, "--document", "-"), 2, "give the document as a file"),
        ((CREATE, "--document", "nowhere.json"), 4, "there is no such file"),
        (("activate-fiber", "--document", str(DRAFT)), 1, "CM505"),
    ],
)
def test_a_session_that_cannot_begin_gives_the_reason(argv: tuple[str, ...], code: int, said: str) -> None:
    got, out, err = step("", *argv)
    assert (got, out) == (code, "")
    assert said in err


def test_an_example_walks_to_its_end() -> None:
    script = "submit\nacknowledge\nsend\nstart_work\nfinalise\ncreate_service\nassign_reference\nactivate_commercially\nsend_report\ncomplete\nshow\n"
    code, out, _ = step(script, "activate-copper/activate", "--example", "--lang", "fr")
    assert code == 0
    assert "completed" in out
    assert "submit par Opérateur" in out


# --- on a terminal


@pytest.mark.skipif(sys.platform == "win32", reason="no pty there")
def test_a_terminal_is_prompted_and_control_d_ends(monkeypatch) -> None:
    import pty

    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "rb", buffering=0) as stdin:
        os.write(ours, b"warn\nfly\n\x04")
        out, err = io.StringIO(), io.StringIO()
        code = main(["step", "card", "--pack", str(LIBRARY)], out, err, stdin)
    os.close(ours)
    assert (code, err.getvalue()) == (0, "")  # somebody's slip is no failure
    told = out.getvalue()
    assert told.count("> ") >= 3
    assert "(warnings 1)" in told


RECORDS = Path(__file__).resolve().parents[2] / "specs" / "covage" / "examples"


def test_a_walk_from_a_record_begins_in_a_place_that_can_show_it() -> None:
    record = str(RECORDS / "valid" / "record-copper-running-referenced.json")
    code, out, _ = step("send_report\nplace 4\ncomplete\nsave walked.yaml\nplace 5\n", "--record", record)
    assert "shown as In progress [running]: 4 places can show this record" in out
    assert "> complete\nactivate-copper/create, in Completed" in out
    assert "a scenario begins at the start of an order, and this walk did not" in out
    assert "type place and a number from 1 to 4" in out
    assert code == 1


def test_a_record_that_no_place_can_show() -> None:
    code, out, _ = step("", "--record", str(RECORDS / "invalid" / "record-acknowledged-with-service.json"))
    assert (code, "0 places can show this record" in out) == (1, True)


@pytest.mark.parametrize("command", [["run"], ["why", "fit"], ["step"]])
@pytest.mark.parametrize(
    ("name", "content", "more"),
    [
        (
            "page.json",
            b'{"data": [{"number": "1", "kind": "parcel", "status": "small", "weight": 2}]}',
            ["--at", "/data/0"],
        ),
        (
            "page.csv",
            "number,kind,status,weight\n1,parcel,small,2\n".encode("utf-16"),
            ["--encoding", "utf-16"],
        ),
    ],
)
def test_a_record_is_read_where_and_as_it_is_written(
    command: list[str], name: str, content: bytes, more: list[str], tmp_path: Path
) -> None:
    golden = str(Path(__file__).resolve().parents[1] / "golden" / "CM419-document")
    (tmp_path / name).write_bytes(content)
    out = io.StringIO()
    argv = [*command, "--pack", golden, "--record", str(tmp_path / name), *more]
    code = main(argv, out, out, io.BytesIO())
    assert (code, "small: 1 place can show this record" in out.getvalue() or "fit is refused" in out.getvalue()) == (
        0,
        True,
    )
