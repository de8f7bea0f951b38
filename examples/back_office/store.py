"""
Orders, events and the account, kept in SQLite.

Each call that changes something is one transaction, which takes the write lock before it reads:
several workers may share a file, and what one of them has read stays true until it has written.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from back_office.account import ACCOUNT_LISTS
from back_office.life import Life

_TABLES = """
CREATE TABLE IF NOT EXISTS orders (
    number INTEGER PRIMARY KEY, uuid TEXT UNIQUE NOT NULL, reference TEXT UNIQUE NOT NULL, document TEXT NOT NULL,
    life TEXT NOT NULL, creation_date TEXT NOT NULL, modification_date TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS events (
    sort_value INTEGER PRIMARY KEY AUTOINCREMENT, event_uuid TEXT NOT NULL, type TEXT NOT NULL,
    object_type TEXT NOT NULL, object_uuid TEXT NOT NULL, object_alias TEXT NOT NULL, event_date TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS account (only INTEGER PRIMARY KEY CHECK (only = 1), content TEXT NOT NULL);
"""
_PATIENCE = 30  # seconds that a worker waits for another one's transaction


@dataclass(slots=True)
class Kept:
    """An order as it is kept."""

    uuid: str
    reference: str
    document: dict[str, Any]
    life: Life
    creation_date: str
    modification_date: str

    def record(self) -> dict[str, Any]:
        """What the API shows of it."""
        shown = {"uuid": self.uuid, "reference": self.reference, "status": self.life.state.split(".")[0]}
        dates = {"creation_date": self.creation_date, "modification_date": self.modification_date}
        made = self.life.state == "completed" and not self.life.ends_service
        return {**self.document, **shown, **dates, **({"service_ref": self.life.service_ref} if made else {})}


class Store:
    """The database. `path` is a file, or `:memory:`."""

    def __init__(self, path: str = ":memory:") -> None:
        self._database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        self._database.row_factory = sqlite3.Row
        self._database.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done within is kept, or nothing of it. No other worker writes meanwhile."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def account(self) -> dict[str, Any]:
        """What is known of the operator; nothing at first."""
        row = self._database.execute("SELECT content FROM account").fetchone()
        return json.loads(row["content"]) if row else {name: [] for name in ACCOUNT_LISTS}

    def replace_account(self, account: dict[str, Any]) -> None:
        """From now on this is known of the operator, whichever worker is asked."""
        self._database.execute("INSERT OR REPLACE INTO account VALUES (1, ?)", (json.dumps(account),))

    def add(self, document: dict[str, Any], life: Life) -> Kept:
        """A new order, with an identifier and a reference."""
        now = _now()
        number = self._database.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM orders").fetchone()[0]
        kept = Kept(str(uuid4()), f"O{datetime.now(UTC):%y%m%d}_{number % 100_000:05}", document, life, now, now)
        self._database.execute(
            "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, kept.uuid, kept.reference, json.dumps(document), json.dumps(asdict(life)), now, now),
        )
        return kept

    def get(self, uuid: str) -> Kept | None:
        """The order with this identifier."""
        row = self._database.execute("SELECT * FROM orders WHERE uuid = ?", (uuid,)).fetchone()
        return _kept(row) if row else None

    def all(self) -> list[Kept]:
        """Every order, the oldest first."""
        return [_kept(row) for row in self._database.execute("SELECT * FROM orders ORDER BY number")]

    def put(self, kept: Kept) -> None:
        """Keep the order as it is now, and the events that its life has told since."""
        told, kept.life.told = kept.life.told, []
        kept.modification_date = _now()
        self._database.execute(
            "UPDATE orders SET document = ?, life = ?, modification_date = ? WHERE uuid = ?",
            (json.dumps(kept.document), json.dumps(asdict(kept.life)), kept.modification_date, kept.uuid),
        )
        for one in told:
            about = one.split("-")[0]
            alias = kept.reference if about == "order" else kept.life.service_ref or kept.document.get("service_ref")
            event = (str(uuid4()), one, about, kept.uuid, alias, kept.modification_date)
            self._database.execute("INSERT INTO events VALUES (NULL, ?, ?, ?, ?, ?, ?)", event)

    def events(self, uuid: str | None, after: int, limit: int) -> list[dict[str, Any]]:
        """The events told after a sort value, the oldest first; of one object, or of all."""
        rows = self._database.execute(
            "SELECT * FROM events WHERE sort_value > ? AND (? IS NULL OR object_uuid = ?) ORDER BY sort_value LIMIT ?",
            (after, uuid, uuid, limit),
        )
        return [{**dict(row), "creation_date": row["event_date"], "data": {}} for row in rows]


def _kept(row: sqlite3.Row) -> Kept:
    return Kept(
        row["uuid"], row["reference"], json.loads(row["document"]), Life(**json.loads(row["life"])),
        row["creation_date"], row["modification_date"],
    )  # fmt: skip


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")
