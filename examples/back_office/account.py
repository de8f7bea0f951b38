"""What may be known of an operator. Keys that the office does not read are kept as they are."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from back_office.documents import Address, Fault, Label, Product

ACCOUNT_LISTS = ("contacts", "ennis", "services", "eligibilities")


class Known(BaseModel):
    """Something known: no conversions, other keys are not looked at."""

    model_config = ConfigDict(extra="allow", strict=True)


class Contact(Known):
    contact_uuid: Label


class Enni(Known):
    reference: Label


class ProductOf(Known):
    code: Product


class Service(Known):
    reference: Label
    product: ProductOf
    status: Label


class ReferenceLine(Known):
    reference: Label
    status: Literal["active", "inactive"]
    address: Address | None = None


class Eligibility(Known):
    eligibility_ref: Label
    activation_types: list[Label]
    products: list[Product]
    line: ReferenceLine | None = None


class Account(Known):
    contacts: list[Contact]
    ennis: list[Enni]
    services: list[Service]
    eligibilities: list[Eligibility]


def account_faults(account: Any) -> list[Fault]:
    """What is wrong with an account; nothing where the checks before submission can read it."""
    try:
        Account.model_validate(account)
    except ValidationError as error:
        return [(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
    return []
