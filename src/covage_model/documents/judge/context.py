"""What a document is judged for."""

from __future__ import annotations

from typing import Any

from covage_model.documents.presence.role import Role
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class JudgeContext:
    """
    The file, the status and the role that a document is judged for, and the account it is judged with.

    `failed` are the paths for which the choice of the variant has findings already. `account` is ABSENT
    where none was given; `unsound` holds the names of its parts that have findings themselves.
    """

    file: str
    status: str
    role: Role
    failed: frozenset[tuple[str, ...]] = frozenset()
    account: Any = json_value.ABSENT
    unsound: frozenset[str] = frozenset()
