"""
How an order lives: what may be done to it, when, and what is told. By hand: no table, no spec.

`fault` seeds one of three mistakes, each of which somebody could make; "" is the sound office.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

FAULTS = {
    "slot-outlives": "an appointment that was cancelled can still be held: the slot is looked at, not the appointment",
    "told-twice": "rejecting an order that the access operator has, appointment and all, is told twice",
    "letter-is-report": "the letter that welcomes a new service is taken for the report of the order",
}


class Refused(Exception):
    """What was asked cannot be done now; `field` says why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(slots=True)
class Life:
    """Where an order is. The triggers below are its only ways on; each refuses or happens."""

    builds_line: bool
    takes_appointment: bool
    ends_service: bool
    fault: str = ""
    state: str = "draft"
    appointment: Literal["none", "booked", "held"] = "none"
    slot: str | None = None
    service: Literal["none", "created", "active", "terminated"] = "none"
    service_ref: str | None = None
    resources: Literal["allocated", "released"] = "allocated"
    billed: bool = False
    supported: bool = False
    report_sent: bool = False
    letter_sent: bool = False
    told: list[str] = field(default_factory=list)

    def submit(self) -> None:
        self._only_in("draft")
        self._to("submitted", "order-submitted")

    def delete(self) -> None:
        self._only_in("draft")
        self.state, self.appointment, self.slot = "deleted", "none", None

    def acknowledge(self) -> None:
        self._only_in("submitted")
        self._to("acknowledged", "order-acknowledged")

    def send(self) -> None:
        self._only_in("acknowledged")
        self._to("running.sent", "order-running")

    def start_work(self) -> None:
        self._only_in("running.sent")
        self.state = "running.workflow"

    def finalise(self) -> None:
        self._only_in("running.workflow")
        if self.builds_line and self.appointment != "held":
            raise Refused("appointment", "building a line needs an appointment that was held")
        self.state = "running.finalising"

    def reject(self) -> None:
        self._only_in("submitted", "acknowledged", "running.sent", "running.workflow")
        at_work = self.state.startswith("running")
        if self.fault == "told-twice" and at_work and self.appointment != "none":
            self.told.append("order-rejected")
        self.appointment, self.slot = "none", None
        self._to("rejected", "order-rejected")

    def book_appointment(self, slot: str = "") -> None:
        self._only_in("draft", *_OPEN)
        if not self.takes_appointment:
            raise Refused("activation_type", "no appointment for this order")
        if self.appointment != "none":
            raise Refused("appointment", f"already {self.appointment}")
        self.appointment, self.slot = "booked", slot

    def change_appointment(self, slot: str = "") -> None:
        self._booked("draft", *_OPEN)
        self.slot = slot

    def cancel_appointment(self) -> None:
        self._booked("draft", *_OPEN)
        self.appointment = "none"
        if self.fault != "slot-outlives":
            self.slot = None

    def hold_appointment(self) -> None:
        self._only_in("running.workflow")
        if self.slot is None or self.appointment == "held":
            raise Refused("appointment", "none is booked")
        self.appointment = "held"

    def send_report(self) -> None:
        self._only_in("running.finalising")
        if self.report_sent:
            raise Refused("report", "already sent")
        self.report_sent = True

    def create_service(self) -> None:
        self._finalising_service("none")
        self.service = "created"

    def assign_reference(self, reference: str = "") -> None:
        self._finalising_service("created", "active")
        if self.service_ref is not None:
            raise Refused("service_reference", "already assigned")
        self.service_ref = reference

    def activate_commercially(self) -> None:
        self._finalising_service("created")
        self.service, self.billed, self.supported = "active", True, True
        self.letter_sent = True

    def release_resources(self) -> None:
        self._only_in("running.finalising")
        if not self.ends_service or self.resources == "released":
            raise Refused("resources", "nothing to release")
        self.resources = "released"

    def end_service(self) -> None:
        self._only_in("running.finalising")
        if not self.ends_service or self.service == "terminated":
            raise Refused("service", "no service to end")
        self.service, self.billed, self.supported = "terminated", False, False

    def complete(self) -> None:
        self._only_in("running.finalising")
        if not (self.report_sent or (self.fault == "letter-is-report" and self.letter_sent)):
            raise Refused("report", "not sent yet")
        if self.ends_service:
            done = self.service == "terminated" and self.resources == "released"
        else:
            done = self.service == "active" and self.service_ref is not None
        if not done:
            raise Refused("service", "not done yet")
        self._to("completed", "order-completed", "service-terminated" if self.ends_service else "service-activated")

    def _only_in(self, *states: str) -> None:
        if self.state not in states:
            raise Refused("state", f"not possible when the order is {self.state}")

    def _booked(self, *states: str) -> None:
        self._only_in(*states)
        if self.appointment != "booked":
            raise Refused("appointment", "none is booked")

    def _finalising_service(self, *services: str) -> None:
        self._only_in("running.finalising")
        if self.ends_service or self.service not in services:
            raise Refused("service", f"not possible when the service is {self.service}")

    def _to(self, state: str, *events: str) -> None:
        self.state = state
        self.told += events


_OPEN = ("submitted", "acknowledged", "running.sent", "running.workflow")
