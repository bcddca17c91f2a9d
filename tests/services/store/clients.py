"""Programs of others: the drivers alone, with nothing of ours set, all at one instant."""

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from sqlalchemy.exc import DBAPIError

from trainer_desk.services.store.address import path_of
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.trouble import constraint_of

LEVELS = {"READ COMMITTED": "DEFERRED", "REPEATABLE READ": "IMMEDIATE", "SERIALIZABLE": "EXCLUSIVE"}
"""Every isolation level of a server, and beside it one of the ways in which a transaction begins on a file."""

CLIENTS = 16
STAMPS = "'2026-07-01T10:00:00Z'"
PATIENCE = 30
"""Seconds; a race that takes longer is stuck."""

ENROLL = (
    "INSERT INTO enrollments (session_id, person_id, state, enrolled_at, enrolled_by, created_at, updated_at)"
    f" VALUES ({{session}}, {{person}}, 'confirmed', {STAMPS}, 'x', {STAMPS}, {STAMPS})"
)
HOLD = (
    "INSERT INTO seat_holds (session_id, seats, label, until_at, held_by, created_at, updated_at)"
    f" VALUES ({{session}}, {{seats}}, 'Held', '2027-01-01T00:00:00Z', 'x', {STAMPS}, {STAMPS})"
)

Deed = str | Sequence[str]
"""The statements of one transaction."""


def at_once(store: Store, level: str, deeds: Sequence[Deed]) -> Counter[str]:
    """Let one client for each deed do it at one instant; give what they were told: `done`, or what refused them.

    Whoever is told to try again tries again. A client looks at the database first, where a transaction may begin with
    that, so that what it knows is old when it writes.
    """
    barrier = threading.Barrier(len(deeds))
    told: list[str] = []

    def client(deed: Deed) -> None:
        with connected(store, level) as db:
            told.append(until_told(db, [deed] if isinstance(deed, str) else deed, barrier))

    threads = [threading.Thread(target=client, args=(deed,), daemon=True) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(told) == len(deeds), "a client is stuck"
    return Counter(told)


@contextmanager
def connected(store: Store, level: str = "READ COMMITTED") -> Iterator["Client"]:
    """Lend a client of its own."""
    if store.is_file:
        with closing(sqlite3.connect(path_of(store.url), timeout=PATIENCE, isolation_level=None)) as file:
            yield Client(file, f"BEGIN {LEVELS[level]}")
        return
    url = store.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg.connect(url, autocommit=True)) as server:
        yield Client(server, f"BEGIN ISOLATION LEVEL {level}")


class Client:
    """A connection of a driver, and the statement that begins a transaction on it."""

    def __init__(self, connection: Any, begin: str) -> None:
        self.connection = connection
        self.begin = begin
        self.may_look = not begin.endswith(("IMMEDIATE", "EXCLUSIVE"))  # those would wait for each other

    def do(self, statements: Sequence[str], barrier: threading.Barrier | None) -> None:
        """Run one transaction; the barrier stands after the first look, or before the transaction begins."""
        if barrier is not None and not self.may_look:
            barrier.wait(PATIENCE)
        self.connection.execute(self.begin)
        try:
            if barrier is not None and self.may_look:
                self.connection.execute("SELECT count(*) FROM enrollments").fetchone()
                barrier.wait(PATIENCE)
            for statement in statements:
                self.connection.execute(statement)
            self.connection.execute("COMMIT")
        except (sqlite3.Error, psycopg.Error):
            self.connection.execute("ROLLBACK")
            raise


def until_told(client: Client, statements: Sequence[str], barrier: threading.Barrier | None = None) -> str:
    """Try again after a deadlock or a failure to serialise, as every client must; give `done` or the refusal's name."""
    while True:
        try:
            client.do(statements, barrier)
        except (psycopg.Error, sqlite3.Error) as error:
            if getattr(error, "sqlstate", None) not in ("40001", "40P01") and "locked" not in str(error):
                return constraint_of(DBAPIError(None, None, error)) or str(error)
        else:
            return "done"
        barrier = None
