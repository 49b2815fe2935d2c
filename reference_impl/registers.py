"""The registers of a node: JSON documents, counters and the outbox in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Document = dict[str, Any]

_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS document (
    no INTEGER PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (name, key)
);
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS outbox (
    no INTEGER PRIMARY KEY AUTOINCREMENT, peer TEXT NOT NULL, telegram_id TEXT NOT NULL,
    body TEXT NOT NULL, serial TEXT NOT NULL, ref TEXT NOT NULL
);
"""
_CLEAR = "DELETE FROM document; DELETE FROM counter WHERE name <> 'serial'; DELETE FROM outbox;"
_SERIAL_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A telegram that waits for its delivery; `ref` is the node's own reference to a record."""

    no: int
    to: str
    telegram_id: str
    values: Mapping[str, Any] = field(repr=False)
    serial: str
    ref: str = ""


class Registers:
    """Registers in the file `path`, or in memory; one thread at a time.

    Documents live in named tables, ordered by first writing. What happens inside `atomic()`
    happens wholly or not at all, a killed process included. Set `newest_first` and the outbox
    gives its latest entry first.
    """

    def __init__(self, path: Path | None = None, *, first_serial: int = 1) -> None:
        self.newest_first = False
        self._first_serial = first_serial
        self._depth = 0
        self._db = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False
        )
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def clear(self) -> None:
        """Forget everything but which serials were used."""
        self._db.executescript(_CLEAR)

    def forget_outbox(self) -> None:
        """Strike every entry off."""
        self._db.execute("DELETE FROM outbox")

    def forget(self, table: str) -> None:
        """Remove every document of a table."""
        self._db.execute("DELETE FROM document WHERE name = ?", (table,))

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Make the changes of the block one transaction; blocks may nest."""
        if not self._depth:
            self._db.execute("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            if not self._depth:
                self._db.execute("ROLLBACK")
            raise
        self._depth -= 1
        if not self._depth:
            self._db.execute("COMMIT")

    def get(self, table: str, key: str) -> Document | None:
        """Read one document, None when there is none."""
        found = self._db.execute(
            "SELECT body FROM document WHERE name = ? AND key = ?", (table, key)
        ).fetchone()
        return None if found is None else _document(found[0])

    def put(self, table: str, key: str, document: Mapping[str, Any]) -> None:
        """Write one document, in the place of an earlier one."""
        self._db.execute(
            "INSERT INTO document (name, key, body) VALUES (?, ?, ?)"
            " ON CONFLICT (name, key) DO UPDATE SET body = excluded.body",
            (table, key, json.dumps(document, ensure_ascii=False)),
        )

    def delete(self, table: str, key: str) -> None:
        """Remove one document, if it is there."""
        self._db.execute("DELETE FROM document WHERE name = ? AND key = ?", (table, key))

    def rows(self, table: str) -> list[tuple[str, Document]]:
        """List (key, document) of a table in the order of first writing."""
        found = self._db.execute(
            "SELECT key, body FROM document WHERE name = ? ORDER BY no", (table,)
        )
        return [(key, _document(body)) for key, body in found]

    def find(self, table: str, field_name: str, value: str) -> tuple[str, Document] | None:
        """Find the first (key, document) whose member `field_name` equals `value`."""
        found = self._db.execute(
            "SELECT key, body FROM document WHERE name = ? AND json_extract(body, ?) = ?"
            " ORDER BY no",
            (table, f"$.{field_name}", value),
        ).fetchone()
        return None if found is None else (found[0], _document(found[1]))

    def count(self, counter: str, *, first: int = 1) -> int:
        """Advance a counter and give its new value, starting at `first`."""
        row = self._db.execute(
            "INSERT INTO counter (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
            (counter, first),
        ).fetchone()
        return int(row[0])

    def serial(self) -> str:
        """Allot the next serial: ten digits, never twice in the life of the registers."""
        return str(self.count("serial", first=self._first_serial)).zfill(_SERIAL_DIGITS)

    def send(self, to: str, telegram_id: str, values: Mapping[str, Any], ref: str = "") -> Entry:
        """Append a telegram for the peer `to` to the outbox, with a serial of its own."""
        serial = self.serial()
        row = self._db.execute(
            "INSERT INTO outbox (peer, telegram_id, body, serial, ref)"
            " VALUES (?, ?, ?, ?, ?) RETURNING no",
            (to, telegram_id, json.dumps(dict(values), ensure_ascii=False), serial, ref),
        ).fetchone()
        return Entry(int(row[0]), to, telegram_id, dict(values), serial, ref)

    def next(self, to: str) -> Entry | None:
        """Give the oldest undelivered entry for a peer; it stays until `done`."""
        order = "DESC" if self.newest_first else "ASC"
        return next(iter(self._entries(to, f"ORDER BY no {order} LIMIT 1")), None)

    def pending(self, to: str) -> tuple[Entry, ...]:
        """List the undelivered entries for a peer, oldest first."""
        return tuple(self._entries(to, "ORDER BY no"))

    def done(self, entry: Entry) -> bool:
        """Strike an entry off; False when that was done before."""
        return self._db.execute("DELETE FROM outbox WHERE no = ?", (entry.no,)).rowcount > 0

    def renumber(self, entry: Entry) -> None:
        """Give an undelivered entry another serial, at its place in the outbox."""
        self._db.execute("UPDATE outbox SET serial = ? WHERE no = ?", (self.serial(), entry.no))

    def _entries(self, to: str, tail: str) -> Iterator[Entry]:
        found = self._db.execute(
            "SELECT no, peer, telegram_id, body, serial, ref FROM outbox"  # noqa: S608 - own words
            f" WHERE peer = ? {tail}",
            (to,),
        ).fetchall()
        for no, peer, telegram_id, body, serial, ref in found:
            yield Entry(no, peer, telegram_id, _document(body), serial, ref)


def _document(body: str) -> Document:
    document: Document = json.loads(body)
    return document
