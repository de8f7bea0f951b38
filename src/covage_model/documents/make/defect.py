"""The nouns: what may be wrong with an order, and an order in which it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from covage_model.documents.make.stock import OrderTarget
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Slot
from covage_model.ground.diagnostics import Origin

PRESENCE = ("missing", "forbidden", "read-only", "unknown-key")


@dataclass(frozen=True, slots=True)
class Defect:
    """
    One thing that an order of this variant may get wrong, and the line that says so.

    `kind` is the name of a keyword, one of `PRESENCE`, "type", "choice", "status", "written-by", "rule" or
    "account-rule". `path` is where, list steps unmarked; `detail` says which, where one place has several.
    `said` is what the sheet says there: a demand, a keyword, a rule, an entry of `match`; `slot` is the
    place of a value.
    """

    kind: str
    variant: str
    path: tuple[str, ...]
    detail: str
    origin: Origin
    said: Any = field(default=None, compare=False, repr=False)
    slot: Slot | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """A finding that must be there, by code and place; `severity` is "error", or "warning" for what is assumed."""

    pointer: str
    code: str
    severity: str


@dataclass(frozen=True, slots=True)
class Invalid:
    """
    An order in which the defect is, the account that goes with it, and all that must be found.

    `alone`: it has this one finding. Else what breaks one thing breaks another, and `because` says
    which lines the other findings come from.
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
        """Whether whoever does not know the account cannot find it."""
        return self.defect.kind == "account-rule"


@dataclass(frozen=True, slots=True)
class Unmade:
    """
    A defect of which no order was made, and why: no valid order holds the `place`; no `value` tried is wrong in
    this alone, and the `lines` are wrong too; or `nothing` was found that shows it.
    """

    defect: Defect
    why: str
    lines: tuple[Origin, ...] = ()


def applies_to(defect: Defect, target: OrderTarget) -> bool:
    """Whether it is wrong in an order of that role and status."""
    said, request = defect.said, target.role is Role.REQUEST
    match defect.kind:
        case "missing" | "forbidden":
            return target.status in said.statuses and not (said.records_only and request)
        case "rule":
            return target.status in said.statuses
        case "account-rule":
            return target.status in said.statuses and request
        case "read-only" | "unknown-key" | "written-by":
            return request
        case "status":
            return not request
    return True
