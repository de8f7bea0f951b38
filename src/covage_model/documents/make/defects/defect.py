"""Defects that an order may have, and invalid orders with a defect."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Slot
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin

PRESENCE = ("missing", "forbidden", "read-only", "unknown-key")


@dataclass(frozen=True, slots=True)
class Defect:
    """
    One defect that an order of this variant may have, and the definition that forbids it.

    `kind` is the name of a keyword, one of `PRESENCE`, "type", "choice", "status", "written-by", "rule" or
    "account-rule". `path` is its place, without list indices; `detail` distinguishes several defects of one place.
    `broken` is the broken statement of the sheet: a demand, a keyword, a rule or an entry of `match`; `slot` is the
    slot of a value.
    """

    kind: str
    variant: str
    path: tuple[str, ...]
    detail: str
    origin: Origin
    broken: Any = field(default=None, compare=False, repr=False)
    slot: Slot | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """An expected finding: its pointer, code and severity ("error", or "warning" for what the pack assumes)."""

    pointer: str
    code: str
    severity: str


@dataclass(frozen=True, slots=True)
class Invalid:
    """
    An order with the defect, its account, and all findings that it must get.

    If the defect causes several findings (not `alone`), `because` has
    the definitions of the others.
    """

    defect: Defect
    target: OrderTarget
    document: Any
    account: Any
    expected: tuple[Expected, ...]
    because: tuple[Origin, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether there is one finding."""
        return len(self.expected) == 1

    @property
    def needs_account(self) -> bool:
        """Whether the defect can be detected only with the account."""
        return self.defect.kind == "account-rule"


@dataclass(frozen=True, slots=True)
class Unmade:
    """
    A defect for which no order was made. `why` is the reason: "nowhere" (it applies to none of these targets),
    "place" (no valid order has its place), or "hidden" (other findings, because of `lines`, came instead).
    """

    defect: Defect
    why: str
    lines: tuple[Origin, ...] = ()


def applies_to(defect: Defect, target: OrderTarget) -> bool:
    """Whether the defect is an error in orders of that role and status."""
    broken, request = defect.broken, target.role is Role.REQUEST
    match defect.kind:
        case "missing" | "forbidden":
            return target.status in broken.statuses and not (broken.records_only and request)
        case "rule":
            return target.status in broken.statuses
        case "account-rule":
            return target.status in broken.statuses and request
        case "read-only" | "unknown-key" | "written-by":
            return request
        case "status":
            return not request
    return True
