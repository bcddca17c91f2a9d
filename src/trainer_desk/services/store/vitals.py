"""What a database says of itself: its software, its bytes, how quick it answers, and what protects it (O6, U3)."""

import os
import stat
import time
from dataclasses import dataclass
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.services.store.address import path_of
from trainer_desk.services.store.db import is_sqlite
from trainer_desk.services.store.login import owner_of

TRIES = 7
"""The middle one of so many questions tells how quick the database answers."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """`software` with its version, bytes, milliseconds of one question, and whether the line is encrypted."""

    software: str
    size: int
    latency_ms: float
    journal: str | None = None
    """Of a file: how it keeps its log, which is `wal` unless somebody changed it."""
    owner: str | None = None
    mode: int | None = None
    """Of a file: the bits of its permissions."""
    encrypted: bool | None = None
    """Of a server."""

    @property
    def is_open_to_all(self) -> bool:
        """Whether everybody on this computer may write the file."""
        return self.mode is not None and bool(self.mode & stat.S_IWOTH)


def load_vitals(db: Connection) -> Vitals:
    """Return what the database at the other end of a connection says."""
    return _of_file(db) if is_sqlite(db) else _of_server(db)


def _of_file(db: Connection) -> Vitals:
    path = path_of(db.engine.url)
    about = path.stat()
    beside = sum(other.stat().st_size for other in (path.with_name(f"{path.name}-wal"),) if other.exists())
    return Vitals(
        software=f"SQLite {_one(db, 'SELECT sqlite_version()')}",
        size=about.st_size + beside,
        latency_ms=_latency(db),
        journal=str(_one(db, "PRAGMA journal_mode")),
        owner=owner_of(path),
        mode=stat.S_IMODE(about.st_mode) if os.name == "posix" else None,
    )


def _of_server(db: Connection) -> Vitals:
    return Vitals(
        software=f"PostgreSQL {_one(db, 'SHOW server_version')}",
        size=int(_one(db, "SELECT pg_database_size(current_database())")),
        latency_ms=_latency(db),
        encrypted=bool(_one(db, "SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)")),
    )


def _one(db: Connection, statement: str) -> Any:
    return db.execute(sa.text(statement)).scalar_one()


def _latency(db: Connection) -> float:
    """Return the milliseconds of a question about nothing."""
    took = []
    for _ in range(TRIES):
        begun = time.perf_counter()
        _one(db, "SELECT 1")
        took.append((time.perf_counter() - begun) * 1000)
    return round(median(took), 2)
