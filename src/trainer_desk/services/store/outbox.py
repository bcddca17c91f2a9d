"""A small file on this computer in which changes wait until the database answers; it survives a crash (ADR 14).

It is an SQLite file of its own, one for each database and login. Several windows may share it: each sends only what
was kept first, under the key that it was kept with, so that everything arrives once and in order.
"""

import hashlib
import json
import os
import sqlite3
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import URL

from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store.address import shown

BUSY_SECONDS = 5.0
"""How long another window may take with the file."""

FORM = 1
"""The form of the file; one of a newer program is left alone."""

TABLE = """
CREATE TABLE IF NOT EXISTS kept (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    payload TEXT NOT NULL,
    refusal TEXT
) STRICT
"""
KEPT = "SELECT id, key, label, payload, refusal FROM kept"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: its operation key, its label for the journal, and what it is in plain JSON values.

    `refusal` says why it was set aside; None: it waits.
    """

    id: int
    key: str
    label: str
    payload: Mapping[str, Any]
    refusal: Mapping[str, Any] | None = None


def outbox_file(folder: Path, url: URL, login: str) -> Path:
    """Return the file of a database and a login below a folder; it may not exist yet."""
    name = hashlib.sha256(f"{login}\n{shown(url)}".encode()).hexdigest()[:24]
    return folder / "outbox" / f"{name}.kept"


class Outbox:
    """The file at `path`, made when something is kept for the first time; may be used from several threads.

    Without a path it is kept in memory, for as long as the program runs.

    Whatever goes wrong with it is DatabaseTrouble with why `outbox`.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._file: sqlite3.Connection | None = None

    def keep(self, label: str, payload: Mapping[str, Any]) -> Entry:
        """Keep a change behind all others; once this returns it is on the disk."""
        key, words = uuid4().hex, json.dumps(payload)
        with self._open() as file:
            insert = "INSERT INTO kept (key, label, payload) VALUES (?, ?, ?)"
            number = file.execute(insert, (key, label, words)).lastrowid
        return Entry(number or 0, key, label, json.loads(words))

    def entries(self) -> list[Entry]:
        """Return everything that is kept, in order, what was set aside too; nothing without a file."""
        return self._read(f"{KEPT} ORDER BY id")

    def first(self) -> Entry | None:
        """Return what waits longest, None if nothing does."""
        found = self._read(f"{KEPT} WHERE refusal IS NULL ORDER BY id LIMIT 1")
        return found[0] if found else None

    def set_aside(self, number: int, refusal: Mapping[str, Any]) -> None:
        """Let what was refused wait no longer, and keep why until somebody has decided about it."""
        with self._open() as file:
            file.execute("UPDATE kept SET refusal = ? WHERE id = ?", (json.dumps(refusal), number))

    def remove(self, numbers: Collection[int]) -> None:
        """Forget what arrived, or what somebody gave up."""
        with self._open() as file:
            file.executemany("DELETE FROM kept WHERE id = ?", [(number,) for number in numbers])

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _read(self, question: str) -> list[Entry]:
        if self._file is None and (self.path is None or not self.path.exists()):
            return []
        with self._open() as file:
            rows = file.execute(question).fetchall()
        return [_entry(*row) for row in rows]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Lend the file, in one transaction."""
        try:
            with self._lock:
                if self._file is None:
                    self._file = _connect(self.path)
                self._file.execute("BEGIN IMMEDIATE")
                try:
                    yield self._file
                    self._file.execute("COMMIT")
                except BaseException:
                    if self._file.in_transaction:
                        self._file.execute("ROLLBACK")
                    raise
        except (OSError, sqlite3.Error, ValueError) as trouble:
            raise DatabaseTrouble(why="outbox", database=str(self.path), detail=str(trouble)) from trouble


def _connect(path: Path | None) -> sqlite3.Connection:
    """Open the file, readable by its owner alone: it holds names and remarks."""
    if path is not None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    file = sqlite3.connect(
        ":memory:" if path is None else path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        form = int(file.execute("PRAGMA user_version").fetchone()[0])
        if form > FORM:
            raise ValueError(f"form {form}")
        file.execute("PRAGMA synchronous = FULL")
        if form < FORM:
            file.execute(TABLE)
            file.execute(f"PRAGMA user_version = {FORM}")
    except (sqlite3.Error, ValueError):
        file.close()
        raise
    return file


def _entry(number: int, key: str, label: str, payload: str, refusal: str | None) -> Entry:
    return Entry(number, key, label, json.loads(payload), None if refusal is None else json.loads(refusal))
