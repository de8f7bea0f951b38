"""The number of examples of property tests: a share in `make test`, twenty times that in `make proof`."""

from __future__ import annotations

import os

LONG = bool(os.environ.get("COVAGE_LONG"))


def examples(number: int) -> int:
    """The given number of examples, or twenty times as many in the long profile."""
    return 20 * number if LONG else number
