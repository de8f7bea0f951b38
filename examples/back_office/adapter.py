"""The office as the spec's tests see it: one order over HTTP, the calls by their names in the spec."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import httpx

from back_office.documents import kind_of
from covage_model.testing import Adapter

_PAGE = 100
_SLOTS = {"book_appointment": ("POST", "2031-03-14T09:00:00Z"), "change_appointment": ("PUT", "2031-03-17T14:00:00Z")}


class OneOrder(Adapter):
    """One order in the office that `http` reaches: over a socket, or in the same process."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        self._document: Any = None
        self._path = self._inner = self._uuid = ""

    def create(self, document: Any, account: Any) -> bool:
        """A draft, once the office knows the account; an ENNI's order is one of Covage's own."""
        known = self._done("PUT", "/internal/account/", account)
        orders = "/internal/orders/" if kind_of(document)[0] == "enni" else "/api/v2/orders/"
        answer = self._http.post(orders, json=document)
        self._document, self._uuid = document, answer.json().get("uuid", "")
        self._path, self._inner = f"{orders}{self._uuid}/", f"/internal/orders/{self._uuid}/"
        return known and _done(answer)

    def fire(self, trigger: str, actor: str) -> bool:
        """A call of the operator's, or what somebody else does, played."""
        if actor != "operator":
            return self._done("POST", f"{self._inner}{trigger}")
        if trigger == "submit":
            return self._done("PATCH", self._path, {"status": "submitted"})
        if trigger == "delete":
            return self._done("DELETE", self._path)
        if trigger == "cancel_appointment":
            return self._done("DELETE", f"{self._path}appointment/")
        method, slot = _SLOTS[trigger]
        return self._done(method, f"{self._path}appointment/", {"slot": slot})

    def edit(self, document: Any) -> bool:
        """The draft becomes this document."""
        made = self._done("PATCH", self._path, changes(self._document, document))
        self._document = document if made else self._document
        return made

    def shown(self) -> Any:
        """The record that the API gives back; a deleted order is not found any more."""
        answer = self._http.get(f"/api/v2/orders/{self._uuid}/")
        return answer.json() if answer.is_success else None

    def events(self) -> Sequence[str]:
        """The types of all its events, read page by page."""
        found, page = list[Any](), [None] * _PAGE
        while len(page) == _PAGE:
            asked = {"object_uuid": self._uuid, "sort_value": found[-1]["sort_value"] if found else 0, "limit": _PAGE}
            page = self._http.get("/api/events/", params=asked).json()
            found += page
        return [one["type"] for one in found]

    def inside(self) -> dict[str, str]:
        """The state and the variables, as only the office knows them."""
        return dict(self._http.get(self._inner).json())

    def _done(self, method: str, path: str, body: Any = None) -> bool:
        return _done(self._http.request(method, path, json=body))


def over(http: httpx.Client) -> Callable[[], OneOrder]:
    """What gives a fresh adapter for each order."""
    return lambda: OneOrder(http)


def changes(old: Any, new: Any) -> Any:
    """The merge patch (RFC 7396) that makes `new` of `old`."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    gone = {name: None for name in old if name not in new}
    return gone | {name: changes(old.get(name), value) for name, value in new.items() if old.get(name) != value}


def _done(answer: httpx.Response) -> bool:
    """Whether the office did it. To refuse is 400 or 404 in the documented form; all else that fails is an error."""
    if not answer.is_success and answer.status_code not in (400, 404):
        answer.raise_for_status()
    assert answer.is_success or set(answer.json()) == {"apirequest_uuid", "error", "details"}
    return answer.is_success
