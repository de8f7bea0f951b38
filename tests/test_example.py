"""The back office of `examples/` does what the spec says, without reading it: documents, runs and events."""

from __future__ import annotations

import ast
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
import yaml
from back_office.adapter import OneOrder, changes
from back_office.against_spec import caught, differences, held
from back_office.door import BadInput
from back_office.in_process import connect
from back_office.life import FAULTS
from back_office.office import office
from back_office.store import Store
from effort import LONG, examples, share
from hypothesis import given, settings
from hypothesis import strategies as st

from covage_model import Severity, build_suites, generate_defects, generate_orders, judge, load_pack
from covage_model.documents.make.defects.defect import Invalid
from covage_model.ground.json_value import merged

HERE = Path(__file__).resolve().parent.parent / "examples" / "back_office"
PACK = load_pack()
REQUESTED = tuple(name for name in PACK.names if name != "activate-enni")
OPERATOR = {"contacts": [{"contact_uuid": "c0ntact1"}], "ennis": [], "eligibilities": [], "services": []}
SERVICE = {"reference": "S310421_00007", "product": {"code": "AM02"}, "status": "active"}
TERMINATION = {"type": "terminate", "service_ref": "S310421_00007", "operator_info": {"contact_uuid": "c0ntact1"}}


@contextmanager
def http_of(fault: str = "", **given: Any) -> Iterator[httpx.Client]:
    with connect(office(fault=fault, **given)) as http:
        yield http


def variants(quick: tuple[str, ...]) -> tuple[str, ...]:
    return PACK.names if LONG else quick


def test_the_office_does_not_read_the_spec() -> None:
    """An office that read the spec would agree with it trivially."""
    for name in ("documents", "account", "readiness", "life", "store", "door", "office", "in_process"):
        for node in ast.walk(ast.parse((HERE / f"{name}.py").read_text("utf-8"))):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not any(module.startswith("covage_model") for module in modules)


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_the_office_takes_every_valid_order(status: str) -> None:
    made = generate_orders(PACK, *REQUESTED, count=examples(24), seed=1, status=status)
    with http_of() as http:
        for document in made:
            order = OneOrder(http)
            assert order.create(document, made.account), document
            assert status == "draft" or order.fire("submit", "operator"), document
            assert judge(PACK, order.shown(), role="record").findings == ()


def test_the_office_refuses_every_order_that_is_wrong_in_one_thing() -> None:
    wrong = 0
    with http_of() as http:
        for one in generate_defects(PACK, *variants(("terminate-copper",)), role="request"):
            if not isinstance(one, Invalid) or one.target.variant == "activate-enni":
                continue
            verdict = judge(PACK, one.document, role="request", status=one.target.status, account=one.account)
            if not any(finding.severity is Severity.ERROR for finding in verdict.findings):
                continue  # what is assumed an office may see otherwise
            order = OneOrder(http)
            taken = order.create(one.document, one.account)
            assert not (taken and (one.target.status == "draft" or order.fire("submit", "operator"))), one
            wrong += 1
    assert wrong > (900 if LONG else 20)


@pytest.mark.parametrize("cover", ["transitions", "pairs"])
def test_the_office_plays_every_scenario_of_the_suites(cover: str) -> None:
    quick = ("activate-enni", "terminate-copper") if cover == "transitions" else ()
    names = variants(quick)
    if names:
        with http_of() as http:
            assert differences(build_suites(PACK, *names, cover=cover).files(), http) == []


def test_an_office_that_listens_lives_them_too(tmp_path: Path) -> None:
    files = without_refusals(build_suites(PACK, "activate-fiber/create", cover="states").files())
    with listening(str(tmp_path / "office.db")) as url, httpx.Client(base_url=url) as http:
        assert differences(files, http) == []
        listed = http.get("/api/v2/orders/").json()
        runs = [name for name in files if name.endswith(".scenario.yaml")]
        assert len(listed) == len(runs) - sum("state: deleted" in files[name] for name in runs)
    with http_of(database=str(tmp_path / "office.db")) as http:
        assert http.get("/api/v2/orders/").json() == listed  # what was kept outlives the process


def without_refusals(files: dict[str, str]) -> dict[str, str]:
    """Scenarios with only their accepted steps: a socket is slow."""
    found = dict(files)
    for name in files:
        if name.endswith(".scenario.yaml"):
            scenario = yaml.safe_load(files[name])
            kept = [step for step in scenario["steps"] if isinstance(step, str) or "refused" not in step]
            found[name] = yaml.safe_dump({**scenario, "steps": kept})
    return found


@contextmanager
def listening(database: str) -> Iterator[str]:
    """The office on a free port of this machine, for the duration of the block."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(office(database, fault=""), log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize(
    ("call", "status", "field"),
    [
        (("POST", "/api/v2/orders/", {"type": "terminate"}), 400, "service_ref"),
        (("POST", "/api/v2/orders/", {"type": "activate", "product": {"code": "NN01"}}), 400, "product.code"),
        (("PATCH", "{order}", {"status": "completed"}), 400, "status"),
        (("PATCH", "{order}", {"comment": None, "zipcode": "00010"}), 400, "zipcode"),
        (("PATCH", "{order}", {"status": "submitted"}), 400, "service_ref"),
        (("POST", "{order}appointment/", {"slot": "soon"}), 400, "body.slot"),
        (("POST", "/internal/orders/{uuid}/acknowledge", None), 400, "state"),
        (("POST", "/internal/orders/{uuid}/submit", None), 400, "product.code"),
        (("POST", "/internal/orders/{uuid}/vanish", None), 400, "trigger"),
        (("GET", "/api/v2/orders/none/", None), 404, None),
    ],
)
def test_errors_have_the_documented_form(call: tuple[str, str, Any], status: int, field: str | None) -> None:
    method, path, body = call
    with http_of(account=OPERATOR) as http:
        uuid = http.post("/api/v2/orders/", json=TERMINATION).json()["uuid"]
        order = f"/api/v2/orders/{uuid}/"
        answer = http.request(method, path.format(order=order, uuid=uuid), json=body)
        error = answer.json()
        assert answer.status_code == status
        assert list(error) == ["apirequest_uuid", "error", "details"]
        assert error["apirequest_uuid"].startswith("KOSC_")
        assert (error["details"] or [{}])[0].get("field") == field
        assert http.get(order).json()["status"] == "draft"


DEEP = '{"comment":' + '{"a":' * 900 + "1" + "}" * 901
BAD_ACCOUNTS = [
    {},
    {**OPERATOR, "contacts": 5},
    {**OPERATOR, "contacts": [{}]},
    {**OPERATOR, "services": [{**SERVICE, "product": {}}]},
    {**OPERATOR, "services": [{**SERVICE, "product": {"code": ""}}]},
    {**OPERATOR, "ennis": [{"reference": 2**64}]},
    {**OPERATOR, "eligibilities": [{"eligibility_ref": "e", "activation_types": [[]], "products": []}]},
    {**OPERATOR, "eligibilities": [{"eligibility_ref": "e", "activation_types": [], "products": [], "line": []}]},
]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/v2/orders/", '{"type": "terminate", "service_ref": "S310421_00007", "comment": "\\ud800"}'),
        ("POST", "/api/v2/orders/", '{"type": "terminate", "\\udfff": 1}'),
        ("POST", "/api/v2/orders/", '{"type": NaN}'),
        ("POST", "/api/v2/orders/", '{"type": ' + "9" * 5000 + "}"),
        ("POST", "/api/v2/orders/", '{"type": "activate", "activation_type": [], "product": {"code": {}}}'),
        ("POST", "/api/v2/orders/", DEEP),
        ("POST", "/api/v2/orders/", "\ufeff{"),
        ("POST", "/api/v2/orders/", "[]"),
        ("PATCH", "{order}", '{"comment": "\\ud800"}'),
        ("PATCH", "{order}", '{"comment": {"a": "\\ud800"}}'),
        ("PATCH", "{order}", DEEP),
        ("PATCH", "{order}", '{"status": ["submitted"]}'),
        ("POST", "{order}appointment/", '{"slot": 1e400}'),
        ("POST", "{order}appointment/", '{"slot": 99999999999999999999}'),
        ("POST", "{order}appointment/", '{"slot": "\\ud800"}'),
        ("PUT", "/internal/account/", '{"contacts": ["\\ud800"], "ennis": [], "services": [], "eligibilities": []}'),
        *(("PUT", "/internal/account/", json.dumps(account)) for account in BAD_ACCOUNTS),
        ("GET", "/api/events/?sort_value=9223372036854775808", None),
        ("GET", "/api/events/?sort_value=-1", None),
        ("GET", "/api/events/?limit=99999999999999999999", None),
        ("GET", "/api/events/?limit=-1", None),
        ("GET", "/api/v2/orders/%ED%A0%80/", None),
        ("GET", "/api/v3/", None),
        ("DELETE", "/api/events/", None),
    ],
)
def test_whatever_is_sent_is_answered_and_breaks_nothing(method: str, path: str, body: str | None) -> None:
    with http_of(account={**OPERATOR, "services": [SERVICE]}) as http:
        uuid = http.post("/api/v2/orders/", json=TERMINATION).json()["uuid"]
        order = f"/api/v2/orders/{uuid}/"
        headers = {"content-type": "application/json"}
        answer = http.request(method, path.format(order=order), content=body, headers=headers)
        assert 400 <= answer.status_code < 500
        assert list(answer.json()) == ["apirequest_uuid", "error", "details"]
        assert [one["uuid"] for one in http.get("/api/v2/orders/").json()] == [uuid]
        assert http.patch(order, json={"status": "submitted"}).json()["status"] == "submitted"


def test_an_account_that_is_misshapen_at_the_start_stops_the_office() -> None:
    for account in BAD_ACCOUNTS[1:]:
        with pytest.raises(BadInput, match=r"(contacts|ennis|services|eligibilities)"):
            office(account=account)


def test_workers_that_share_a_database_submit_an_order_once(tmp_path: Path) -> None:
    """Two offices on one file, as with `uvicorn --workers 2`: each order is submitted by both at once."""
    path, count = str(tmp_path / "office.db"), 40
    with http_of(database=path, account={**OPERATOR, "services": [SERVICE]}) as one, http_of(database=path) as two:
        uuids = [one.post("/api/v2/orders/", json=TERMINATION).json()["uuid"] for _ in range(count)]
        together, answers = threading.Barrier(2), list[int]()

        def submit(http: httpx.Client) -> None:
            for uuid in uuids:
                together.wait()
                answers.append(http.patch(f"/api/v2/orders/{uuid}/", json={"status": "submitted"}).status_code)

        threads = [threading.Thread(target=submit, args=(http,)) for http in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        told = [event["object_uuid"] for event in two.get("/api/events/", params={"limit": 1000}).json()]
    assert sorted(told) == sorted(uuids)
    assert sorted(answers) == [200] * count + [400] * count


def test_what_one_worker_has_read_stays_true_until_it_has_written(tmp_path: Path) -> None:
    path = str(tmp_path / "office.db")
    mine = Store(path)
    with http_of(database=path, account={**OPERATOR, "services": [SERVICE]}) as http:
        uuid = http.post("/api/v2/orders/", json=TERMINATION).json()["uuid"]
        later = threading.Thread(
            target=http.patch, args=(f"/api/v2/orders/{uuid}/",), kwargs={"json": {"comment": "x"}}
        )
        with mine.transaction():
            kept = mine.get(uuid)
            assert kept is not None
            later.start()
            later.join(0.2)
            assert later.is_alive()
            kept.life.submit()
            mine.put(kept)
        later.join()
        shown = http.get(f"/api/v2/orders/{uuid}/").json()
    mine.close()
    assert (shown["status"], shown.get("comment")) == ("submitted", None)


def test_every_worker_knows_the_account(tmp_path: Path) -> None:
    path = str(tmp_path / "office.db")
    with http_of(database=path) as one, http_of(database=path) as two:
        uuid = two.post("/api/v2/orders/", json=TERMINATION).json()["uuid"]
        assert one.put("/internal/account/", json={**OPERATOR, "services": [SERVICE]}).status_code == 200
        assert two.patch(f"/api/v2/orders/{uuid}/", json={"status": "submitted"}).json()["status"] == "submitted"


def test_a_submission_with_changes_makes_both_or_none() -> None:
    with http_of(account={**OPERATOR, "services": [SERVICE]}) as http:
        uuid = http.post("/api/v2/orders/", json={**TERMINATION, "operator_info": {}}).json()["uuid"]
        path = f"/api/v2/orders/{uuid}/"
        refused = http.patch(path, json={"status": "submitted", "comment": "now"})
        assert (refused.status_code, http.get(path).json().get("comment")) == (400, None)
        done = http.patch(path, json={"status": "submitted", "operator_info": {"contact_uuid": "c0ntact1"}})
        assert done.json()["status"] == "submitted"
        assert http.patch(path, json={"comment": "later"}).status_code == 400
        event = http.get("/api/events/").json()[0]
        assert (event["type"], event["object_uuid"], event["sort_value"]) == ("order-submitted", uuid, 1)
        assert http.get("/api/events/", params={"sort_value": 1}).json() == []


JSON = st.recursive(st.text(max_size=2), lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3))


@settings(max_examples=examples(30))
@given(JSON, JSON)
def test_the_patch_of_a_change_makes_it(old: Any, new: Any) -> None:
    assert merged(old, changes(old, new)) == new


SHORTEST = {
    "slot-outlives": "book_appointment submit cancel_appointment acknowledge send start_work hold_appointment",
    "told-twice": "submit acknowledge send book_appointment reject",
    "letter-is-report": "submit acknowledge send start_work book_appointment hold_appointment finalise create_service"
    " assign_reference activate_commercially complete",
}


@pytest.mark.parametrize("fault", share(FAULTS))
def test_each_fault_is_caught_and_cut_to_the_fewest_steps(fault: str) -> None:
    said = caught(PACK, fault)
    assert said.split("the first:")[1].split() == SHORTEST[fault].split()
    assert said in (HERE.parent.parent / "docs" / "example.md").read_text("utf-8")


@pytest.mark.skipif(not LONG, reason="to find them takes many runs")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_machine_finds_each_fault_and_tells_the_fewest_steps(fault: str) -> None:
    said = held(PACK, "activate-copper/create", fault)
    steps = re.findall("^  [1-9][0-9]*. ([a-z_]+)", said, re.MULTILINE)
    assert sorted(steps) == sorted(SHORTEST[fault].split())  # in which order is of the run
    assert steps[-1] == SHORTEST[fault].split()[-1]
    if fault == "slot-outlives":
        refused = said.partition(" must be refused\n")[2].partition("the document and the account")[0]
        assert refused.replace(f"{HERE.parent.parent}/", "") in (HERE.parent.parent / "docs" / "example.md").read_text()


@pytest.mark.long
@pytest.mark.parametrize("variant", variants(("terminate-copper",)))
def test_a_machine_agrees_with_the_sound_office(variant: str) -> None:
    assert held(PACK, variant, runs=10 if LONG else 1) == ""


def test_a_weaker_criterion_misses_a_fault() -> None:
    """What the criteria `pairs` and `guards` are for."""
    files = build_suites(PACK, "activate-copper/create", cover="states").files()
    for fault in ("told-twice", "letter-is-report"):
        with http_of(fault) as http:
            assert differences(files, http) == []


SCENARIOS = HERE.parent.parent / "specs" / "covage" / "scenarios"
WITH_ACCOUNT = ("address-", "neighbour-", "terminate-sdsl", "account-terminate-")  # of rules that compare with it


@pytest.mark.parametrize(
    "path", [path for path in sorted(SCENARIOS.glob("*valid/*.yaml")) if path.stem.startswith(WITH_ACCOUNT)]
)
def test_the_office_takes_what_the_scenarios_of_the_pack_take(path: Path) -> None:
    scenario = yaml.safe_load(path.read_text("utf-8"))
    given = {
        name: json.loads((path.parent / scenario["given"][name]).read_text("utf-8")) for name in ("document", "account")
    }
    with http_of() as http:
        order = OneOrder(http)
        ready = order.create(given["document"], given["account"]) and order.fire("submit", "operator")
    assert ready is (scenario["expect"]["findings"] == [])
