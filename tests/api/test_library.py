"""The public names, used as another program would use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import transitions
from jsonschema import Draft202012Validator

import covage_model
from covage_model import (
    BrokenPack,
    NoSuchDiagram,
    NoSuchPack,
    build_machine,
    check_pack,
    draw_lifecycle,
    judge,
    judge_files,
    load_pack,
    message,
    order_schema,
    run_scenario,
)
from covage_model.behaviour.space.interpreter import Accepted, Refused, Undecided

ROOT = Path(__file__).resolve().parents[2]
COVAGE = ROOT / "specs" / "covage"


@pytest.fixture(scope="module")
def pack() -> covage_model.Pack:
    return load_pack()


@pytest.fixture(scope="module")
def order() -> dict[str, object]:
    text = (COVAGE / "examples" / "valid" / "copper-create-full.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@pytest.fixture(scope="module")
def account() -> dict[str, object]:
    return dict(json.loads((COVAGE / "accounts" / "operator.json").read_text(encoding="utf-8")))


def test_every_public_name_is_there() -> None:
    for name in covage_model.__all__:
        assert getattr(covage_model, name) is not None
    with pytest.raises(AttributeError):
        _ = covage_model.nothing_of_the_kind


def test_the_format_checkers_are_public() -> None:
    assert covage_model.FORMATS["date"]("2024-02-29")
    assert not covage_model.FORMATS["date"]("2023-02-29")
    assert {"date", "date-time", "email", "uuid"} <= set(covage_model.FORMATS)


def test_a_pack_is_named_by_a_text_or_a_path() -> None:
    library = Path(__file__).parents[1] / "packs" / "session"
    assert load_pack(library).spec.name == load_pack(str(library)).spec.name == "session"
    with pytest.raises(TypeError, match="not int"):
        load_pack(3)  # type: ignore[arg-type]  # what a caller without types gives


def test_a_pack_is_loaded_and_checked() -> None:
    assert check_pack(str(COVAGE)) == ()
    with pytest.raises(NoSuchPack):
        load_pack("nowhere")


def test_a_broken_pack_says_its_first_finding(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("pack: mine\nformat: 2\n", encoding="utf-8")
    with pytest.raises(BrokenPack, match="2 is more than 1") as caught:
        load_pack(str(tmp_path))
    assert [finding.code for finding in caught.value.findings] == ["CM104"]


def test_a_document_is_judged(pack: covage_model.Pack, order: dict[str, object], account: dict[str, object]) -> None:
    assert judge(pack, order, account=account).findings == ()
    verdict = judge(pack, {**order, "comment": 3}, account=account)
    assert [(f.code, f.location.pointer) for f in verdict.findings] == [("CM404", "/comment")]
    assert message(verdict.findings[0]) == "3 is not of type string"
    assert [finding.code for finding in judge(pack, order, status="nowhere").findings] == ["CM413"]


def test_files_are_judged_at_their_lines(pack: covage_model.Pack, tmp_path: Path) -> None:
    path = tmp_path / "order.json"
    path.write_text('{\n  "type": "activate",\n  "typo": 1\n}\n', encoding="utf-8")
    (judged,) = judge_files(pack, [str(path)])
    assert ("CM406", 3) in [(finding.code, finding.location.line) for finding in judged.findings]


def test_the_schema_is_one_for_any_engine(pack: covage_model.Pack, order: dict[str, object]) -> None:
    schema = order_schema(pack, "activate-copper/create")
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid(order)
    assert not Draft202012Validator(schema).is_valid({**order, "typo": 1})


def test_a_machine_is_live(pack: covage_model.Pack, order: dict[str, object], account: dict[str, object]) -> None:
    machine = build_machine(pack, "activate-copper/create", document=order, account=account)
    assert isinstance(machine, transitions.Machine)
    assert isinstance(machine.fire("submit"), Accepted)
    assert machine.state == "submitted"
    assert machine.emitted == ("order-submitted",)
    assert isinstance(machine.fire("complete"), Refused)


def test_a_machine_without_a_document_does_not_guess(pack: covage_model.Pack, order: dict[str, object]) -> None:
    assert isinstance(build_machine(pack, "activate-copper/create").fire("submit"), Undecided)
    without_account = build_machine(pack, "activate-copper/create", document=order)
    assert isinstance(without_account.fire("submit"), Undecided)


def test_scenarios_are_run(pack: covage_model.Pack) -> None:
    (played,) = run_scenario(pack, str(COVAGE / "scenarios" / "lives" / "copper-create-completes.yaml"))
    assert played.findings == ()
    assert played.outcome is not None
    assert played.outcome.trace is not None
    assert played.outcome.trace.end.state == "completed"


def test_lifecycles_are_drawn(pack: covage_model.Pack) -> None:
    assert str(draw_lifecycle(pack, "activate-copper/create", form="mermaid", language="fr")).startswith("---\ntitle:")
    with pytest.raises(NoSuchDiagram):
        draw_lifecycle(pack, "nothing")
