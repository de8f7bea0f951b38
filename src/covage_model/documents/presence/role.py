"""The two roles of a document: a request or a record."""

from __future__ import annotations

from enum import Enum


class Role(Enum):
    """Who wrote a document: somebody who asks, or the platform that answers."""

    REQUEST = "request"
    RECORD = "record"
