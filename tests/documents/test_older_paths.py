"""`formerly`: the hint for a key of older documents is the path of today, and what it says is taken."""

from __future__ import annotations

import copy
import io
import json
import re
from pathlib import Path
from typing import Any

from covage_model import Pack, check_pack, judge, load_pack
from covage_model.cli.main import main
from covage_model.ground.diagnostics import Diagnostic

COVAGE = load_pack()
OLD: dict[str, Any] = {  # the shape of a copper order of version 1
    "type": "activate",
    "activation_type": "activate",
    "eligibility_ref": "KOSC_2b1c6a52-7f0e-4f5e-9d5b-0a4a1c9e7d11",
    "product": {"code": "AM01"},
    "endpoints": [{"endpoint_ref": "0199000001", "endpoint_ref_type": "line_number"}],
    "contacts": {
        "operator": {"contact_uuid": "abcd2345"},
        "owner": {"first_name": "Ada", "last_name": "Essai", "email": "a@example.org", "phone_number": "0199000002"},
    },
    "owner": {"name": "Essai SA", "type": "unregistered"},
    "address": {"insee_code": "01999", "rivoli_code": "VF00042"},
    "options": {"grt": {"enabled": True, "value": "4h_bhbd"}},
}
EXAMPLES = Path(__file__).resolve().parents[2] / "specs/covage/examples/valid"
COPPER: dict[str, Any] = json.loads((EXAMPLES / "copper-activate-minimal.json").read_text(encoding="utf-8"))
PACK = """\
pack: small
format: 1
actors: {clerk: Clerk}
"""
LIFE = """\
lifecycle: life
status: status
states: {draft: {initial: true, editable: clerk}, placed: {final: success}}
transitions: {place: {by: clerk, from: draft, to: placed}}
"""
ORDER = """\
order: parcel
follows: life
match: {kind: parcel}
formerly: {measure: size, amount: number, place: receipt, to.street: address.street, text: lines.note}
fields:
  status: {read_only: true}
  size: string
  number: {type: string, read_only: true}
  receipt: {type: string, forbidden: true}
  address.street: string
  lines: {items: {fields: {note: string}}}
"""


def small(folder: Path, order: str = ORDER) -> Pack:
    for name, text in (("pack", PACK), ("life", LIFE), ("order", order)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_pack(str(folder))


def unknown(pack: Pack, document: Any) -> list[Diagnostic]:
    return [finding for finding in judge(pack, document).findings if finding.code == "CM406"]


def moved(document: Any, finding: Diagnostic) -> None:
    """Does what the hint says: the value at the older path goes to the path of today, through the first item of lists."""
    assert finding.hint is not None
    holder = document
    for step in finding.location.pointer.split("/")[1:-1]:
        holder = holder[int(step) if isinstance(holder, list) else step]
    name = finding.location.pointer.rpartition("/")[2]
    whole = re.fullmatch(r"an older name: (?:write|move what it holds to) (.*)", finding.hint)
    pairs = [(name, whole[1])] if whole else re.findall(r"([\w.]+) → ([\w.]+)", finding.hint)
    for old, now in pairs:
        *way, last = old.split(".")
        inner = holder
        for step in way:
            inner = inner[step]
        value, target = inner.pop(last), holder
        *way, last = now.split(".")
        for step in way:
            target = target.setdefault(step, [{}] if step == "bounds" else {})
            target = target[0] if isinstance(target, list) else target
        target[last] = {**target.get(last, {}), **value} if isinstance(value, dict) else value
    holder.pop(name, None)


def test_an_order_of_the_older_api_is_clean_when_each_hint_is_typed() -> None:
    document = copy.deepcopy(OLD)
    typed = list[str | None]()
    while found := unknown(COVAGE, document):
        typed.append(found[0].hint)
        moved(document, found[0])
    assert "older names: move contacts.owner → end_customer.contact, contacts.operator → operator_info" in typed
    assert "an older name: move what it holds to end_customer" in typed
    paths = ["bounds.endpoints", "bounds.address", "reference", "type", "kosc_insee_code"]
    assert {f"an older name: write {path}" for path in paths} <= set(typed)
    assert [finding.code for finding in judge(COVAGE, document).findings if finding.code != "CM408"] == []


def test_what_says_so_is_told_with_its_source() -> None:
    (finding, *_) = unknown(COVAGE, {**OLD, "contacts": {}})
    assert finding.because is not None
    assert (finding.because.source, finding.because.standing.value) == (("K7", "C21"), "inferred")


def test_no_path_is_offered_that_is_refused(tmp_path: Path) -> None:
    pack = small(tmp_path)

    def hint(**more: Any) -> str | None:
        return unknown(pack, {"kind": "parcel", **more})[0].hint

    assert hint(measure="big") == "an older name: write size"
    assert hint(measure="big", size="big") == "'size' is there already: remove one of them"
    assert hint(amount="1") == "use one of: address, lines, size"  # number is read-only
    assert hint(place="x") == "use one of: address, lines, size"  # receipt is forbidden
    assert hint(to={"street": "x"}) == "older names: move to.street → address.street"
    assert hint(to={"town": "x"}) == "use one of: address, lines, size"
    assert hint(to=3) == "use one of: address, lines, size"
    assert hint(text="x", lines=[{"note": "y"}]) == "'lines.note' is there already: remove one of them"
    record = judge(pack, {"kind": "parcel", "status": "placed", "measure": "big"}, role="record")
    assert [finding.hint for finding in record.findings if finding.code == "CM406"] == [None]


def test_paths_that_cannot_be_meant_are_findings(tmp_path: Path) -> None:
    said = "formerly: {size: address.street, old: nowhere, older: lines.none, oldest: size.inner}"
    small(tmp_path)
    (tmp_path / "order.yaml").write_text(re.sub("formerly: .*", said, ORDER), encoding="utf-8")
    found = [(one.code, one.arguments["path"], one.location.line) for one in check_pack(str(tmp_path))]
    assert sorted(found) == [
        ("CM206", "lines.none", 4),
        ("CM206", "nowhere", 4),
        ("CM206", "size.inner", 4),
        ("CM328", "size", 4),
    ]


def missing(document: Any, pack: Pack = COVAGE) -> dict[str, str | None]:
    found = judge(pack, document).findings
    return {finding.location.pointer: finding.hint for finding in found if finding.code == "CM403"}


def test_what_is_missing_is_there_under_an_older_name_or_a_misspelt_one() -> None:
    hints = missing(OLD)
    assert hints["/bounds"] == "an older name of it is there: endpoints"
    assert hints["/operator_info/contact_uuid"] == "an older name of it is there: contacts.operator.contact_uuid"
    new = copy.deepcopy(COPPER)
    new["bound"] = new.pop("bounds")
    assert missing(new)["/bounds"] == "a name like it is there: bound"
    new = copy.deepcopy(COPPER)
    endpoints = new["bounds"][0].pop("endpoints")
    assert missing(new)["/bounds/0/endpoints"] is None
    assert missing({**new, "endpoints": endpoints})["/bounds/0/endpoints"] == "an older name of it is there: endpoints"
    new["bounds"][0]["endpoint"] = endpoints
    assert missing(new)["/bounds/0/endpoints"] == "a name like it is there: endpoint"


def test_an_older_name_that_lacks_what_is_missing_is_not_offered(tmp_path: Path) -> None:
    order = ORDER.replace(
        "address.street: string", "address.street: string\n  size.width: {type: integer, required: true}"
    )
    pack = small(tmp_path, order.replace("  size: string\n", ""))
    assert missing({"kind": "parcel", "measure": {"width": "1"}}, pack) == {
        "/size/width": "an older name of it is there: measure.width"
    }
    assert missing({"kind": "parcel", "measure": {"height": 1}}, pack) == {"/size/width": None}


def test_a_column_of_an_older_name_is_told_the_path_of_today(tmp_path: Path) -> None:
    small(tmp_path)
    table = tmp_path / "orders.csv"

    def hints(header: str, *more: str) -> list[str | None]:
        table.write_text(f"kind,{header}\nparcel,x\n", encoding="utf-8")
        out = io.StringIO()
        main(["validate", str(table), "--pack", str(tmp_path), "--format", "json", *more], out, out)
        findings = [one for document in json.loads(out.getvalue())["documents"] for one in document["findings"]]
        return [finding["hint"] for finding in findings if finding["code"] == "CM406"]

    assert hints("measure") == ["an older name: write size"]
    assert hints("to.street") == ["an older name: write address.street"]
    assert hints("text") == ["an older name: write lines.note"]
    assert hints("amount") == hints("place") == ["use one of: address, kind, lines, number, receipt, size, status"]
    assert hints("measure", "--role", "record") != ["an older name: write size"]
    assert hints("to.town") == ["use one of: address, kind, lines, number, receipt, size, status"]
    table.write_text("type,endpoints[2].reference\nactivate,x\n", encoding="utf-8")
    out = io.StringIO()
    main(["validate", str(table)], out, out)
    assert "older names: move endpoints → bounds.endpoints" in out.getvalue()
