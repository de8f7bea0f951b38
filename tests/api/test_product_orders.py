"""The payloads of a real API, TMF622 product orders, can be said: `@type`, dates, references; a small test pack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from covage_model import (
    Pack,
    check_pack,
    draw_lifecycle,
    generate_defects,
    generate_orders,
    judge,
    load_pack,
    order_schema,
    verify_pack,
)
from covage_model.documents.make.defects.defect import Invalid
from covage_model.ground.json_value import placed, without

FOLDER = Path(__file__).resolve().parents[1] / "packs" / "product-order"
LINE: dict[str, Any] = json.loads((FOLDER / "examples" / "line.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(str(FOLDER))


def found(pack: Pack, document: Any, **asked: Any) -> list[tuple[str, str]]:
    return [(each.code, each.location.pointer) for each in judge(pack, document, **asked).findings]


def test_the_pack_is_sound_and_its_lifecycle_ends(pack: Pack) -> None:
    assert check_pack(str(FOLDER)) == ()
    assert verify_pack(pack, "product-order").findings == ()
    assert "inProgress" in str(draw_lifecycle(pack, "ordering", form="mermaid"))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ((("@type",), "ProductOrdr"), [("CM401", "/@type")]),
        ((("productOrderItem", 0, "@type"), "Item"), [("CM404", "/productOrderItem/0/@type")]),
        (
            (("productOrderItem", 0, "product", "productCharacteristic", 0, "name"), "colour"),
            [("CM407", "/productOrderItem/0/product/productCharacteristic")],
        ),
        ((("requestedCompletionDate",), "2031-05-01T09:59:59+02:00"), [("CM407", "/requestedCompletionDate")]),
        (
            (("productOrderItem", 1, "action"), "add"),
            [("CM403", "/productOrderItem/1"), ("CM403", "/productOrderItem/1")],
        ),
        ((("productOrderItem", 0, "@tpye"), "Item"), [("CM406", "/productOrderItem/0/@tpye")]),
    ],
)
def test_what_is_wrong_is_found_at_its_place(pack: Pack, change: Any, expected: list[tuple[str, str]]) -> None:
    assert found(pack, LINE) == []
    path, value = change
    places = [(code, where) for code, where in found(pack, placed(LINE, path, value))]
    assert [(code, where.startswith(start)) for (code, where), (_, start) in zip(places, expected, strict=True)] == [
        (code, True) for code, _ in expected
    ]


def test_without_its_type_an_order_is_of_the_class_itself(pack: Pack) -> None:
    plain = without(LINE, ("@type",))
    assert judge(pack, plain).variant == "product-order"
    assert found(pack, plain) == []
    assert judge(pack, {"@type": "CancelProductOrder", "productOrder": {"id": "1"}}).variant == "cancel-product-order"


def test_a_record_has_what_the_server_writes(pack: Pack) -> None:
    record = {
        **LINE,
        "id": "1",
        "href": "https://api.invalid/1",
        "state": "completed",
        "orderDate": "2031-05-01T08:00:00Z",
        "completionDate": "2031-05-01T09:00:00+01:00",
    }
    assert found(pack, record) == []
    assert found(pack, {**record, "completionDate": "2031-05-01T08:59:59+01:00"}) == [("CM407", "/completionDate")]


def test_the_schema_agrees_and_orders_are_made_and_spoilt(pack: Pack) -> None:
    schema = order_schema(pack, "product-order")
    assert "ends-after-it-starts" in schema["$comment"]
    validator = Draft202012Validator(schema)
    made = list(generate_orders(pack, count=12, seed=2))
    for document in made:
        assert found(pack, document) == []
    assert all(validator.is_valid(each) for each in made if each.get("@type") != "CancelProductOrder")
    spoilt = [each for each in generate_defects(pack, "product-order", seed=2) if isinstance(each, Invalid)]
    assert {"line-has-a-speed", "ends-after-it-starts"} <= {each.defect.detail for each in spoilt}
    assert all(judge(pack, each.document).findings for each in spoilt)
