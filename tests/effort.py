"""How hard the property tests try: a share in `make test`, twenty times that in `make proof`."""

from __future__ import annotations

import os

LONG = bool(os.environ.get("COVAGE_LONG"))


def examples(number: int) -> int:
    """So many examples, or twenty times as many in the long profile."""
    return 20 * number if LONG else number
