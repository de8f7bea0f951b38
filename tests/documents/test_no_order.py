"""A document that is no order gives one finding. A nearly right one is judged as the nearest order."""

from __future__ import annotations

from typing import Any

import pytest

from covage_model import judge, load_pack

PACK = load_pack()

NONE: dict[str, tuple[Any, str, str]] = {
    "nothing": ({}, "none", "/type"),
    "another thing": ({"name": "x", "bounds": [1]}, "none", "/type"),
    "another type": ({"type": "letter", "service_ref": "S1"}, "other", "/type"),
    "a type that is no text": ({"type": ["x"]}, "other", "/type"),
    "a list of orders": ({"orders": [{"type": "terminate"}]}, "envelope", "/orders"),
    "pages of orders": ({"p": [{"o": [{"type": "terminate"}]}, {"o": []}]}, "envelope", "/p/o"),
}
NEAR: dict[str, tuple[Any, str]] = {
    "a slip in a value": ({"type": "terminat"}, "terminate-copper"),
    "another case": ({"type": "Terminate"}, "terminate-copper"),
    "a slip in a key": ({"tpye": "terminate"}, "terminate-copper"),
    "another entry that holds": ({"activation_type": "create", "product": {"code": "AM01"}}, "activate-copper/create"),
}


@pytest.mark.parametrize("kind", NONE)
def test_what_is_no_order_is_one_finding(kind: str) -> None:
    data, form, at = NONE[kind]
    verdict = judge(PACK, data)
    assert verdict.variant is None
    assert [(one.code, one.form, one.location.pointer) for one in verdict.findings] == [("CM401", form, at)]


@pytest.mark.parametrize(
    ("data", "at"),
    [
        ({"orders": [{"x": 1}, {"type": "terminate"}]}, "/orders"),
        ({"a/b": {"orders": [{"type": "terminate"}]}}, "/a~1b/orders"),
        ({"p": [{"o": []}, {"o": [{"type": "terminate"}]}]}, "/p/*/o"),
        ({"order": {"type": "terminate", "service_ref": "S1"}}, "/order"),
    ],
)
def test_an_envelope_is_told_what_to_type(data: Any, at: str) -> None:
    (finding,) = judge(PACK, data).findings
    assert (finding.form, finding.hint) == ("envelope", f"give `--at {at}`")


@pytest.mark.parametrize("kind", NEAR)
def test_a_nearly_right_document_is_judged_as_the_nearest_variant(kind: str) -> None:
    data, variant = NEAR[kind]
    verdict = judge(PACK, data)
    assert verdict.variant == variant
    assert len(verdict.findings) > 1
