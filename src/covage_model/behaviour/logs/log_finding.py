"""A finding about a log, with what it is about."""

from __future__ import annotations

from typing import Any

from covage_model.behaviour.logs.follow import OrderFault
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class LogFinding:
    """
    A finding about a log, and what it is about.

    `about` is the same in the next run: the name of an order, the data of a record, or a word for the log as a whole.
    It is None where nothing could be read. `order` is the name of the order, if there is one. `fault` has the records
    and the repair of an order that could not have happened.
    """

    finding: Diagnostic
    about: Any = None
    order: str | None = None
    fault: OrderFault | None = None
