"""
The number of examples of property tests: a share in `make test`.

A third of that in `make quick` (COVAGE_QUICK), twenty times as many in `make proof` (COVAGE_LONG).
"""

from __future__ import annotations

import os

LONG = bool(os.environ.get("COVAGE_LONG"))
QUICK = bool(os.environ.get("COVAGE_QUICK"))


def examples(number: int) -> int:
    """The given number of examples; twenty times as many in the long profile, a third in the quick one."""
    return 20 * number if LONG else -(-number // 3) if QUICK else number
