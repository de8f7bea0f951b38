"""
The API: the calls of the documentation under `/api/`, and under `/internal/` what Covage and the access operator do.

The documentation does not show the calls that delete a draft or book an appointment: those here are made up.
Run it: `uvicorn --factory back_office.office:office`; it listens on 127.0.0.1 unless told otherwise.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import Body, FastAPI

from back_office.account import account_faults
from back_office.documents import CONSTRUCTION, faults, kind_of
from back_office.door import After, BadInput, Json, PageSize, Unknown, answer_errors
from back_office.life import Life, Refused
from back_office.readiness import unready
from back_office.store import Kept, Store

Record = dict[str, Any]
Slot = Annotated[datetime, Body(embed=True)]
BY_OPERATOR = ("submit", "delete", "book_appointment", "change_appointment", "cancel_appointment")
BY_OTHERS = (
    "acknowledge", "send", "start_work", "hold_appointment", "finalise", "create_service", "assign_reference",
    "activate_commercially", "release_resources", "end_service", "send_report", "complete", "reject",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """What the calls share: what is kept, and the fault that is seeded."""

    store: Store
    fault: str


def office(database: str | None = None, account: Record | None = None, fault: str | None = None) -> FastAPI:
    """
    The office. What is not given comes from BACK_OFFICE_DATABASE, BACK_OFFICE_ACCOUNT and BACK_OFFICE_FAULT.

    An account that is given replaces the one that the database holds. Raises BadInput where it is misshapen.
    """
    given = os.environ
    store = Store(database or given.get("BACK_OFFICE_DATABASE", ":memory:"))
    seeded = fault if fault is not None else given.get("BACK_OFFICE_FAULT", "")
    desk = Desk(store, seeded)
    account = account or _read(given.get("BACK_OFFICE_ACCOUNT"))
    if account is not None:
        _replace_account(desk, account)
    app = FastAPI(title="A small order back office")
    _for_operators(app, desk)
    _appointments(app, desk)
    _inside(app, desk)
    answer_errors(app)
    return app


def _for_operators(app: FastAPI, desk: Desk) -> None:
    @app.post("/api/v2/orders/", status_code=201)
    async def create(document: Json) -> Record:
        if kind_of(document)[0] == "enni":
            raise BadInput([("product.code", "ENNI orders are made by Covage")])
        return _create(desk, document)

    @app.get("/api/v2/orders/")
    async def every() -> list[Record]:
        return [kept.record() for kept in desk.store.all() if kept.life.state != "deleted"]

    @app.get("/api/v2/orders/{uuid}/")
    async def one(uuid: str) -> Record:
        return _shown(desk, uuid).record()

    @app.patch("/api/v2/orders/{uuid}/")
    async def modify(uuid: str, changes: Json) -> Record:
        """Merge what is given (RFC 7396); `{"status": "submitted"}`, alone or with it, submits."""
        with desk.store.transaction():
            kept = _own(desk, uuid)
            submits = changes.pop("status", None)
            if submits not in (None, "submitted"):
                raise BadInput([("status", "can only become submitted")])
            if changes or not submits:
                _edit(kept, changes)
            if submits:
                _fire(desk, kept, "submit")
            desk.store.put(kept)
            return kept.record()

    @app.delete("/api/v2/orders/{uuid}/", status_code=204)
    async def delete(uuid: str) -> None:
        _pull(desk, _own, uuid, "delete")

    @app.get("/api/events/")
    async def events(object_uuid: str | None = None, sort_value: After = 0, limit: PageSize = 100) -> list[Record]:
        """The oldest first, as `?sort=creation_date` has them; pass the last `sort_value` to read on."""
        return desk.store.events(object_uuid, sort_value, limit)


def _appointments(app: FastAPI, desk: Desk) -> None:
    @app.post("/api/v2/orders/{uuid}/appointment/", status_code=201)
    async def book(uuid: str, slot: Slot) -> Record:
        return _pull(desk, _own, uuid, "book_appointment", slot.isoformat())

    @app.put("/api/v2/orders/{uuid}/appointment/")
    async def change(uuid: str, slot: Slot) -> Record:
        return _pull(desk, _own, uuid, "change_appointment", slot.isoformat())

    @app.delete("/api/v2/orders/{uuid}/appointment/", status_code=204)
    async def cancel(uuid: str) -> None:
        _pull(desk, _own, uuid, "cancel_appointment")


def _inside(app: FastAPI, desk: Desk) -> None:
    @app.put("/internal/account/")
    async def replace_account(account: Json) -> Record:
        return _replace_account(desk, account)

    @app.post("/internal/orders/", status_code=201)
    async def create(document: Json) -> Record:
        return _create(desk, document)

    @app.get("/internal/orders/{uuid}/")
    async def look(uuid: str) -> Record:
        return inside(_there(desk, uuid))

    @app.patch("/internal/orders/{uuid}/")
    async def modify(uuid: str, changes: Json) -> Record:
        with desk.store.transaction():
            kept = _covages(desk, uuid)
            _edit(kept, changes)
            desk.store.put(kept)
            return kept.record()

    @app.post("/internal/orders/{uuid}/{trigger}")
    async def play(uuid: str, trigger: str) -> Record:
        if trigger in BY_OTHERS:
            return _pull(desk, _there, uuid, trigger)
        if trigger in BY_OPERATOR:
            return _pull(desk, _covages, uuid, trigger)
        raise BadInput([("trigger", "there is none of that name")])


def inside(kept: Kept) -> Record:
    """What only the office sees of an order: where it is, and what has been done."""
    life = kept.life
    common = {
        "state": life.state,
        "report": "sent" if life.report_sent else "none",
        "service": life.service,
        "billing": "on" if life.billed else "off",
        "support": "on" if life.supported else "off",
    }
    if life.ends_service:
        return {**common, "resources": life.resources}
    reference = "none" if life.service_ref is None else "assigned"
    return {**common, "appointment": life.appointment, "service_reference": reference}


def _replace_account(desk: Desk, account: Record) -> Record:
    found = account_faults(account)
    if found:
        raise BadInput(found)
    with desk.store.transaction():
        desk.store.replace_account(account)
    return account


def _create(desk: Desk, document: Record) -> Record:
    found = faults(document)
    if found:
        raise BadInput(found)
    kind = str(kind_of(document)[0])
    builds = kind.startswith("copper/") and kind.removeprefix("copper/") in CONSTRUCTION
    life = Life(builds, builds or kind == "fiber/create", ends_service=kind == "terminate", fault=desk.fault)
    if life.ends_service:
        life.service, life.billed, life.supported = "active", True, True
    with desk.store.transaction():
        return desk.store.add(document, life).record()


def _edit(kept: Kept, changes: Record) -> None:
    if kept.life.state != "draft":
        raise Refused("state", "only a draft can be changed")
    changed = _merged(kept.document, changes)
    found = faults(changed)
    if not found and kind_of(changed) != kind_of(kept.document):
        found = [("activation_type", "another order: delete this draft, create that one")]
    if found:
        raise BadInput(found)
    kept.document = changed


def _pull(desk: Desk, find: Callable[[Desk, str], Kept], uuid: str, trigger: str, *arguments: str) -> Record:
    with desk.store.transaction():
        kept = find(desk, uuid)
        _fire(desk, kept, trigger, *arguments)
        desk.store.put(kept)
        return inside(kept)


def _fire(desk: Desk, kept: Kept, trigger: str, *arguments: str) -> None:
    if trigger == "submit" and kept.life.state == "draft":
        found = unready(kept.document, desk.store.account())
        if found:
            raise BadInput(found)
    if trigger == "assign_reference":
        arguments = (f"S{kept.reference[1:]}",)
    getattr(kept.life, trigger)(*arguments)


def _there(desk: Desk, uuid: str) -> Kept:
    kept = desk.store.get(uuid)
    if kept is None:
        raise Unknown
    return kept


def _shown(desk: Desk, uuid: str) -> Kept:
    kept = _there(desk, uuid)
    if kept.life.state == "deleted":
        raise Unknown
    return kept


def _own(desk: Desk, uuid: str) -> Kept:
    """An order that the operator may change."""
    kept = _shown(desk, uuid)
    if kind_of(kept.document)[0] == "enni":
        raise BadInput([("product.code", "ENNI orders are read-only")])
    return kept


def _covages(desk: Desk, uuid: str) -> Kept:
    """An order that Covage itself makes."""
    kept = _there(desk, uuid)
    if kind_of(kept.document)[0] != "enni":
        raise BadInput([("product.code", "this order is the operator's")])
    return kept


def _merged(old: Any, new: Any) -> Any:
    if not isinstance(new, dict):
        return new
    kept = old if isinstance(old, dict) else {}
    merged = {name: _merged(kept.get(name), value) for name, value in new.items() if value is not None}
    return {**{name: value for name, value in kept.items() if name not in new}, **merged}


def _read(path: str | None) -> Record | None:
    return dict(json.loads(Path(path).read_text("utf-8"))) if path else None
