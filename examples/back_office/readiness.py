"""What a well-formed draft lacks to be submitted: the two synchronous checks. By hand too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from back_office.documents import Fault, at, kind_of


def unready(document: Any, account: dict[str, Any]) -> list[Fault]:
    """What a well-formed draft lacks to be submitted: the two synchronous checks."""
    kind = str(kind_of(document)[0])
    absent = [(path, "required") for path in _needed(document, kind) if at(document, path) is None]
    return absent or [*_rules(document), *_account_rules(document, kind, account)]


def _needed(document: Any, kind: str) -> Iterator[str]:
    yield "operator_info.contact_uuid"
    if kind.startswith(("copper", "fiber")):
        yield from ("end_customer.name", "end_customer.type", "bounds")
        yield from (f"end_customer.contact.{name}" for name in ("first_name", "last_name", "phone_number", "email"))
    if kind.startswith("copper") or kind == "fiber/activate_defined":
        yield from ("bounds.endpoints.reference", "bounds.endpoints.type")
    if kind in ("copper/create_nearby", "copper/create_neighbour"):
        yield "bounds.address"
    if kind in ("fiber/create", "fiber/activate_undefined"):
        yield "bounds.address.building_code"
    if at(document, "options.internal_cabling.enabled"):
        yield "options.internal_cabling.internal_cabling_length"
    if at(document, "options.enni_redundancy.enabled"):
        yield "options.enni_redundancy.value"


def _rules(document: Any) -> Iterator[Fault]:
    options, refs = at(document, "options") or {}, at(document, "enni_refs")
    if "gtr" in options and "grt" in options:
        yield "options.grt", "gtr and grt are the same option"
    wanted = 2 if at(options, "enni_redundancy.enabled") else 1
    if refs is not None and len(refs) != wanted:
        yield "enni_refs", f"exactly {wanted}"


def _account_rules(document: Any, kind: str, account: dict[str, Any]) -> Iterator[Fault]:
    if at(document, "operator_info.contact_uuid") not in [one["contact_uuid"] for one in account["contacts"]]:
        yield "operator_info.contact_uuid", "not declared"
    if kind == "terminate":
        yield from _service_rules(document["service_ref"], account["services"])
        yield from _family_rules(document, account)
    elif kind != "enni":
        ennis = [one["reference"] for one in account["ennis"]]
        if document["product"]["code"][0] in "SE" and not ennis:
            yield "product.code", "needs an ENNI"
        if not set(document.get("enni_refs", [])) <= set(ennis):
            yield "enni_refs", "not in the account"
        yield from _eligibility_rules(document, kind, account["eligibilities"])


def _service_rules(reference: str, services: list[dict[str, Any]]) -> Iterator[Fault]:
    same = [one for one in services if one["reference"] == reference]
    if not any(one["status"] == "active" for one in same):
        yield "service_ref", "no active service"
    if not any(one["product"]["code"][0] in "ASM" for one in same):
        yield "service_ref", "not a copper service"


def _family_rules(document: Any, account: dict[str, Any]) -> Iterator[Fault]:
    """The product is the order's own; where it shows none, that of the service it ends."""
    of_service = [one["product"]["code"] for one in account["services"] if one["reference"] == document["service_ref"]]
    own = at(document, "product.code")
    if any(code[0] == "S" for code in ([own] if own else of_service)) and not account["ennis"]:
        yield "service_ref", "needs an ENNI"


def _eligibility_rules(document: Any, kind: str, known: list[dict[str, Any]]) -> Iterator[Fault]:
    same = [one for one in known if one["eligibility_ref"] == document["eligibility_ref"]]
    if not same:
        yield "eligibility_ref", "not known"
    elif not any(document["product"]["code"] in one["products"] for one in same):
        yield "product.code", "not offered"
    elif not any(document["activation_type"] in one["activation_types"] for one in same):
        yield "activation_type", "not offered"
    elif kind.startswith("copper/create"):
        lines = [one["line"] for one in same if one.get("line")]
        if not any(line["status"] == "active" for line in lines):
            yield "eligibility_ref", "the line is not active"
        if lines and at(document, "bounds.endpoints.reference") not in [line["reference"] for line in lines]:
            yield "bounds", "another line than the eligibility's"
        yield from _address_rules(kind, at(document, "bounds.address"), [line.get("address") for line in lines])


_BY_CODE, _BY_NAME = ("kosc_street_code", "street_number"), ("zipcode", "street_name", "street_number")


def _address_rules(kind: str, address: Any, of_lines: list[Any]) -> Iterator[Fault]:
    """A new line is at the address of the one that it comes from, or, for a neighbour, at another one."""
    elsewhere = kind == "copper/create_neighbour"
    compared = [same for line in of_lines if (same := _is_same(address, line, doubt=not elsewhere)) is not None]
    if elsewhere and any(compared):
        yield "bounds", "the address of the neighbour's line"
    elif not elsewhere and compared and not any(compared):
        yield "bounds", "another address than the line's"


def _is_same(one: Any, other: Any, *, doubt: bool) -> bool | None:
    """
    Whether two addresses are the same: by code where both show one, else by name; None where they do not say.

    Of one street code, and a number that one of them does not show: `doubt`.
    """
    code = "kosc_street_code"
    if not one or not other:
        return None
    by_code = code in one and code in other
    if by_code and one[code] != other[code]:
        return False
    compared = _BY_CODE if by_code else _BY_NAME
    if not all(name in one and name in other for name in compared):
        return doubt if by_code else None
    return all(one[name] == other[name] for name in compared)
