"""The two roles of a document: a request or a record."""

from __future__ import annotations

from enum import Enum


class Role(Enum):
    """A request is written by a client, a record by the platform."""

    REQUEST = "request"
    RECORD = "record"
