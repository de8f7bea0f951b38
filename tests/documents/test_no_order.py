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


SLIPS: dict[str, tuple[dict[str, Any], str]] = {  # two slips in one order, or a word that is a part of the legal one
    "an ending and a letter": ({"type": "activated", "activation_type": "creat"}, "activate-copper/create"),
    "two words joined, no type": ({"activation_type": "createnearby"}, "activate-copper/create_nearby"),
    "the end of the word": ({"type": "activate", "activation_type": "nearby"}, "activate-copper/create_nearby"),
    "the same, and a slip": ({"type": "activat", "activation_type": "Neighbour"}, "activate-copper/create_neighbour"),
    "a hyphen and a key": ({"typ": "activate", "activation_type": "create-nearby"}, "activate-copper/create_nearby"),
    "fiber, the end of the word": (
        {"type": "activte", "activation_type": "defined", "product": {"code": "EP02"}},
        "activate-fiber/activate_defined",
    ),
    "fiber, the end of the longer word": (
        {"type": "activate", "activation_type": "undefined", "product": {"code": "FP02"}},
        "activate-fiber/activate_undefined",
    ),
    "fiber, words added": (
        {"type": "activate ", "activation_type": "create_pto", "product": {"code": "FP02"}},
        "activate-fiber/create",
    ),
    "another ending, the key in small letters": (
        {"type": "termination", "service_Ref": "S260101_00001", "product": {"code": "AM01"}},
        "terminate-copper",
    ),
}


@pytest.mark.parametrize("kind", SLIPS)
def test_two_slips_lead_to_the_variant_that_was_meant_and_its_word_is_the_hint(kind: str) -> None:
    said, variant = SLIPS[kind]
    verdict = judge(PACK, {"product": {"code": "AM02"}, **said})
    assert verdict.variant == variant
    hints = [finding.hint for finding in verdict.findings if finding.code == "CM402"]
    assert hints in ([], [f"did you mean {variant.partition('/')[2]!r}?"])


@pytest.mark.parametrize("holder", ["copper", 7, None, ["AM01"]])
def test_no_value_is_offered_where_nothing_can_be_typed(holder: Any) -> None:
    document = {"type": "activate", "activation_type": "create", "product": holder}
    found = judge(PACK, document).findings
    code = next(each for each in found if each.arguments.get("path") == "product.code")
    assert (code.code, code.form, code.hint) == ("CM401", "missing", None)
    told = judge(PACK, {**document, "product": {}}).findings
    assert next(each.hint for each in told if each.arguments.get("path") == "product.code") is not None
