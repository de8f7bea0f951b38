"""
What an order document may hold, and what must be in it before it is submitted.

Written by hand, as an office that never heard of a spec pack would: `covage_model` is not imported here.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

Fault = tuple[str, str]  # the field, and what is wrong with it

Label = Annotated[str, Field(min_length=1)]
Phone = Annotated[str, Field(pattern=r"^(0|\+?33)[0-9]{9}$")]
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_HOST = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
Email = Annotated[str, Field(pattern=rf"^{_ATOM}(\.{_ATOM})*@{_HOST}(\.{_HOST})*$", max_length=254)]
Product = Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9]{2}$")]
Service = Annotated[str, Field(pattern=r"^S[0-9]{6}_[0-9]{5}$")]
Eligibility = Annotated[str, Field(pattern=r"^KOSC_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class Part(BaseModel):
    """An object of the document: no other keys, no conversions, and null is not a value."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def no_nulls(cls, data: Any) -> Any:
        """A key that is there has a value."""
        empty = [key for key, value in data.items() if value is None] if isinstance(data, dict) else []
        if empty:
            raise ValueError(f"null is not a value of {', '.join(empty)}")
        return data


class OperatorInfo(Part):
    contact_uuid: str | None = Field(None, pattern=r"^[0-9a-z]{7,8}$")


class Person(Part):
    first_name: Label | None = None
    last_name: Label | None = None
    phone_number: Phone | None = None
    email: Email | None = None


class EndCustomer(Part):
    name: Label | None = None
    type: Literal["registered", "unregistered"] | None = None
    contact: Person | None = None


class Address(Part):
    kosc_street_code: str | None = Field(None, min_length=1, max_length=11)
    kosc_insee_code: str | None = Field(None, min_length=5, max_length=5)
    zipcode: str | None = Field(None, pattern=r"^[0-9]{5}$")
    street_name: str | None = Field(None, pattern=r'^[^.,;:!?()+*/=<>%"]+$')
    street_number: str | None = Field(None, min_length=1, max_length=7)
    city: Label | None = None
    building_code: str | None = Field(None, pattern=r"^IMB/[0-9A-Z]{5}/[A-Z]/[0-9A-Z]{4}$")
    stairs: Label | None = None
    floor: Label | None = None
    housing_complex: Label | None = None
    door: Label | None = None
    owner_name: Label | None = None


class Line(Part):
    reference: str | None = Field(None, pattern=r"^[0-9]{10}$")
    type: Literal["line_number"] | None = None


class Socket(Part):
    reference: str | None = Field(None, pattern=r"^[0-9A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}$")
    type: Literal["otp"] | None = None


class CopperBound(Part):
    address: Address | None = None
    endpoints: list[Line] | None = Field(None, min_length=1, max_length=1)


class SocketBound(Part):
    address: Address | None = None
    endpoints: list[Socket] | None = Field(None, min_length=1, max_length=1)


class BareBound(Part):
    """A place whose socket is not there yet, or not known."""

    address: Address | None = None


class Switch(Part):
    enabled: bool | None = None


class RepairTime(Switch):
    value: Literal["4h_24_7", "4h_bhbd", "d_plus_1"] | None = None


class Cabling(Switch):
    internal_cabling_length: Literal["0-5m", "5-60m", "60m+"] | None = None


class Term(Switch):
    value: Literal["12_months", "36_months"] | None = None


class Redundancy(Switch):
    value: Literal["active_standby"] | None = None


class Portability(Switch):
    rio_code: str | None = None
    prefix_code: str | None = None
    contract_ref: str | None = None
    operator_code: str | None = None


class FiberOptions(Part):
    gtr: RepairTime | None = None
    grt: RepairTime | None = None
    internal_cabling: Cabling | None = None
    demarcation_device: Switch | None = None
    contract_term: Term | None = None
    enni_redundancy: Redundancy | None = None


class CopperOptions(FiberOptions):
    portability: Portability | None = None
    unlisted_number: Switch | None = None


class EnniOptions(Part):
    gtr: RepairTime | None = None


class Coded(Part):
    code: Product


class Order(Part):
    """What every request may say."""

    type: str
    comment: str | None = None
    operator_order_ref: str | None = None
    operator_order_name: str | None = None
    operator_info: OperatorInfo | None = None


class Activation(Order):
    activation_type: str
    eligibility_ref: Eligibility
    product: Coded
    end_customer: EndCustomer | None = None
    enni_refs: list[Service] | None = None


class Mandate(Part):
    mandate_id: str | None = Field(None, pattern=r"^[0-9]{8}$")


class Copper(Activation):
    activation_info: Mandate | None = None
    options: CopperOptions | None = None
    bounds: list[CopperBound] | None = Field(None, min_length=1, max_length=1)


class FiberWithSocket(Activation):
    options: FiberOptions | None = None
    bounds: list[SocketBound] | None = Field(None, min_length=1, max_length=1)


class FiberWithoutSocket(Activation):
    options: FiberOptions | None = None
    bounds: list[BareBound] | None = Field(None, min_length=1, max_length=1)


class Enni(Order):
    product: Coded
    options: EnniOptions | None = None


class CopperCode(Part):
    code: str | None = Field(None, pattern=r"^[ASM][A-Z][0-9]{2}$")


class Termination(Order):
    service_ref: Service
    product: CopperCode | None = None


COPPER = ("activate", "create", "create_nearby", "create_neighbour")
CONSTRUCTION = ("create", "create_nearby", "create_neighbour")
FIBER: dict[str, type[Order]] = {
    "create": FiberWithoutSocket,
    "activate_defined": FiberWithSocket,
    "activate_undefined": FiberWithoutSocket,
}


def kind_of(document: Any) -> tuple[str, type[Order]] | Fault:
    """What is ordered (`copper/create`, `enni`, ...) and its model, or what keeps us from knowing it."""
    kind, family, how = at(document, "type"), str(at(document, "product.code"))[:1], at(document, "activation_type")
    if kind == "terminate":
        return "terminate", Termination
    if kind != "activate":
        return "type", "activate or terminate"
    if not isinstance(at(document, "product.code"), str) or family not in tuple("ASMEFN"):
        return "product.code", "no such product"
    if family == "N":
        return "enni", Enni
    if how not in (COPPER if family in "ASM" else tuple(FIBER)):
        return "activation_type", "not for this product"
    return (f"copper/{how}", Copper) if family in "ASM" else (f"fiber/{how}", FIBER[how])


def faults(document: Any) -> list[Fault]:
    """What is wrong with a draft: it may be incomplete, what is there must be well formed."""
    kind = kind_of(document)
    if isinstance(kind[1], str):
        return [(kind[0], kind[1])]
    try:
        kind[1].model_validate(document)
    except ValidationError as error:
        return [(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
    refs = at(document, "enni_refs")
    if refs is not None and document["product"]["code"][0] in "AMF":
        return [("enni_refs", "not for this family")]
    return [("enni_refs", "twice the same")] if refs is not None and len(set(refs)) < len(refs) else []


def at(document: Any, path: str) -> Any:
    """The value at a path; the first item of a list stands for the list; None where there is nothing."""
    for name in path.split("."):
        document = document[0] if isinstance(document, list) and document else document
        document = document.get(name) if isinstance(document, dict) else None
    return document
