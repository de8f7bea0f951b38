"""
The number of examples of property tests: a share in `make test`.

Twenty times as many in `make proof` (COVAGE_LONG); some tests draw less in `make quick` (COVAGE_QUICK).
"""

from __future__ import annotations

import os

LONG = bool(os.environ.get("COVAGE_LONG"))
QUICK = bool(os.environ.get("COVAGE_QUICK"))


def examples(number: int) -> int:
    """The given number of examples, or twenty times as many in the long profile."""
    return 20 * number if LONG else number
