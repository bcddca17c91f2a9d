"""Engines of both dialects: pragmas, time-outs and how a transaction begins."""

import os
import random
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import URL, Engine, event, pool

from trainer_desk.services.store.address import is_file, path_of
from trainer_desk.services.store.wire import wire_options

WAIT_SECONDS = 10.0
"""How long a writer waits for its turn on SQLite."""

PAUSE_SECONDS = (0.0005, 0.0025)
"""Between tries; SQLite's own back-off of up to 100 ms starves writers of other processes."""

READ_WAIT = 5000
"""Milliseconds that a question waits while another process opens, recovers or closes the file for the last time."""

PRAGMAS = ("foreign_keys = ON", "recursive_triggers = ON", "synchronous = FULL", "cache_size = -32768")
"""The cache is in KiB and fills as pages are read; SQLite's own 2 MiB make a large organisation three times slower."""

ALONE = {"isolation_level": "AUTOCOMMIT"}
SERVER_OPTIONS = (
    "-c timezone=UTC -c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=15s"
)
MIGRATING = "-c timezone=UTC -c lock_timeout=5s -c statement_timeout=0 -c idle_in_transaction_session_timeout=10min"
"""A migration takes as long as it takes, but does not keep readers waiting while it waits for a lock itself."""

PLANNED_ONCE = " -c plan_cache_mode=force_generic_plan"
"""For writes: a server would plan a statement with a list anew for each, which takes longer than to carry it out."""


def make_reader(url: URL) -> Engine:
    """Return the engine for questions: each statement stands alone, so that one costs one round trip."""
    # Told to the engine and not as an execution option, which would be set and taken back around every question.
    pragmas = (f"busy_timeout = {READ_WAIT}", "query_only = ON")
    return _sqlite(url, *pragmas, **ALONE) if is_file(url) else _knocking(_postgresql(url, **ALONE))


def make_writer(url: URL) -> Engine:
    """Return the engine for writes: BEGIN IMMEDIATE on SQLite, READ COMMITTED on PostgreSQL."""
    if not is_file(url):
        return _knocking(_postgresql(url, SERVER_OPTIONS + PLANNED_ONCE))
    engine = _sqlite(url)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def make_migrator(url: URL) -> Engine:
    """Return the engine for migrations: as for writes, but on SQLite references are checked only at the end."""
    if not is_file(url):
        return _knocking(_postgresql(url, MIGRATING), patient=False)
    engine = _sqlite(url)

    @event.listens_for(engine, "connect")
    def _let_tables_be_rebuilt(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = OFF")

    event.listen(engine, "begin", _begin_immediate)
    return engine


def is_writable(path: Path) -> bool:
    """Whether one may write a file and, what SQLite needs as well, beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def connect_file(url: URL, mode: str = "rw") -> sqlite3.Connection:
    """Open an SQLite file with the driver alone; `mode` is `rw` (must exist), `rwc` or `ro`.

    What one may not write is only read. Where nobody has such a file open, nothing is put beside it: a log that a mere
    reader owns would keep out those who may write.
    """
    path = path_of(url)
    if mode == "rw" and not is_writable(path):
        mode = "ro"
    if mode == "ro" and not path.with_name(f"{path.name}-wal").exists():
        mode = "ro&immutable=1"
    address = f"file:{quote(str(path))}?mode={mode}"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=0.002)


def _sqlite(url: URL, *more: str, **options: Any) -> Engine:
    make = partial(connect_file, url)
    # What is only read is opened anew for each question: how, depends on who has it open by then.
    kept: dict[str, Any] = {"poolclass": pool.QueuePool, "pool_size": 4}
    if not is_writable(path_of(url)):
        kept = {"poolclass": pool.NullPool}
    engine = sa.create_engine(url, creator=make, **kept, **options)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        for pragma in (*more, *PRAGMAS):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _postgresql(url: URL, settings: str = SERVER_OPTIONS, **options: Any) -> Engine:
    arguments = {"connect_timeout": 5, "options": settings, "application_name": "trainer-desk"} | wire_options(url)
    return sa.create_engine(url, connect_args=arguments, pool_size=4, max_overflow=4, **options)


def _knocking(engine: Engine, *, patient: bool = True) -> Engine:
    """Have a password looked up when the server asks for one, and a silent line end like a broken one.

    Not the latter for migrations, which take as long as they take.
    """
    # Here and not above: a file needs no driver of a server, and a start is quicker without it.
    from trainer_desk.services.store.knocking import Knocking  # noqa: PLC0415

    door = Knocking(engine.url, patient=patient)

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: object, _record: object, words: Any, named: Any) -> Any:
        return door.connect(words, named)

    return engine


def _begin_immediate(connection: sa.Connection) -> None:
    retry_while_locked(lambda: connection.exec_driver_sql("BEGIN IMMEDIATE"))


def retry_while_locked(step: Callable[[], object], wait_seconds: float = WAIT_SECONDS) -> None:
    """Run a step until SQLite lets it, in short random pauses; the last refusal is raised."""
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            step()
            return
        except (sa.exc.OperationalError, sqlite3.OperationalError) as trouble:
            if "locked" not in str(trouble) or time.monotonic() > deadline:
                raise
        time.sleep(random.uniform(*PAUSE_SECONDS))
