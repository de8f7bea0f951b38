"""
The number of examples of property tests: a share in `make test`.

Twenty times as many in `make proof` (COVAGE_LONG); some tests draw less in `make quick` (COVAGE_QUICK).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

Kind = TypeVar("Kind")
LONG = bool(os.environ.get("COVAGE_LONG"))
QUICK = bool(os.environ.get("COVAGE_QUICK"))


def examples(number: int) -> int:
    """About half of the given number of examples, or twenty times as many in the long profile."""
    return 20 * number if LONG else (number + 1) // 2


def share(kinds: Iterable[Kind]) -> list[Kind]:
    """Each third kind, or all in the long profile: for tests that take long and seldom fail alone."""
    return list(kinds) if LONG else list(kinds)[::3]
