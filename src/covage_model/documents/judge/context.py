"""What a document is judged for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class JudgeContext:
    """
    The file, the status and the role that a document is judged for, and the account it is judged with.

    `failed` are the paths for which the choice of the variant has findings already. `account` is ABSENT
    where none was given; `unsound` holds the names of its parts that have findings themselves.

    `passes` says whether a value is plainly clean at its slot, and need not be looked at. `apart` gets the rules that
    nobody could check, reason and name of each, which then are no findings.
    """

    file: str
    status: str
    role: Role
    failed: frozenset[tuple[str, ...]] = frozenset()
    account: Any = json_value.ABSENT
    unsound: frozenset[str] = frozenset()
    passes: Callable[[Slot, Any], bool] | None = None
    apart: dict[tuple[str, str], None] | None = None
