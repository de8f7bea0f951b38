"""An order changed in one place with its predicted findings; and helpers to change orders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.documents.make.defects.base_orders import BaseOrder, BaseOrders
from covage_model.documents.make.defects.predict import Found
from covage_model.documents.make.valid import places
from covage_model.documents.make.valid.places import DocumentPlace
from covage_model.documents.make.valid.unready_changes import unknown_name
from covage_model.documents.make.valid.value_generator import Fullness, ValueGenerator, value_generator
from covage_model.documents.presence.role import Role
from covage_model.ground import json_value, pointer
from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class PredictedChange:
    """
    A changed order and the findings that the sheet predicts for it.

    `sure`: no condition reads the changed place, so there is no other finding.
    """

    host: BaseOrder
    document: Any
    found: frozenset[Found]
    sure: bool


def with_value(document: Any, where: str, value: Any) -> Any:
    """The document with another value at a JSON Pointer. Unchanged parts are shared."""
    return json_value.placed(document, json_value.path_of(document, pointer.split(where)), value)


def without(document: Any, where: str) -> Any:
    """The document without the value at a JSON Pointer. Unchanged parts are shared."""
    return json_value.without(document, json_value.path_of(document, pointer.split(where)))


def place_of(host: BaseOrder, hosts: BaseOrders) -> DocumentPlace:
    """The root of the document as a place."""
    return places.root(host.document, hosts.sheet.root)


def smallest(hosts: BaseOrders, role: Role | None = None) -> ValueGenerator:
    """A generator of minimal values that extend an order."""
    status = hosts.target.status
    return value_generator(hosts.sheet, (status,), role or hosts.target.role, Fullness.MINIMAL, hosts.random)


def misspelt(value: Any) -> Iterator[Any]:
    """Likely misspellings of the value, the nearest first."""
    if isinstance(value, str):
        yield from (value[:-1], value + "x", value.swapcase(), value[:1] + value, "")
    elif json_value.is_number(value):
        yield from (value + 1, str(value))
    elif isinstance(value, bool):
        yield from (str(value).lower(), not value)
    yield from ("x", 0, None, [], {})


def unknown_names(known: dict[str, Any]) -> Iterator[str]:
    """Names of no field: each known name without its last letter, and an unrelated one."""
    yield from (name[:-1] for name in known if len(name) > 2 and name[:-1] not in known)
    yield unknown_name(known)


def below(where: str, name: str) -> str:
    """The pointer of a field of the object at a pointer."""
    return where + pointer.join([name])
