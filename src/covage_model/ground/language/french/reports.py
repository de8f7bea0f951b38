"""The sentences of reports."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    ": ": " : ",
    "Its messages:": "Ses messages :",
}
