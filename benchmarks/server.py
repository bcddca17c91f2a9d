"""Runs the PostgreSQL whose data stay in the cache folder, so that a scale database is built once and found again."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests import postgres_server

SERVER_VARIABLE = "TRAINER_DESK_TEST_POSTGRES"
MAJOR = 16
SETTINGS = "\nshared_buffers = 512MB\nmax_wal_size = 4GB\ncheckpoint_timeout = 1h\n"


@contextlib.contextmanager
def kept_server(cache: Path, wanted: bool = True) -> Iterator[str | None]:
    """Give the URL of the server: the environment's, or our own of version 16, stopped at the end; None if unwanted.

    Our own runs without fsync, as the tests' servers do.
    """
    if not wanted or SERVER_VARIABLE in os.environ:
        yield os.environ.get(SERVER_VARIABLE)
        return
    data = cache / f"postgresql-{MAJOR}"
    data.mkdir(exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="trainer-desk-postgres-") as base:
        place = postgres_server.install(MAJOR, Path(base), data)
        if not (data / "PG_VERSION").exists():
            place.run("initdb", "-D", str(data), *postgres_server.INITDB)
            with (data / "postgresql.conf").open("a") as settings:
                settings.write(SETTINGS)
        port = postgres_server.start(place)
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            place.run("pg_ctl", "-D", str(data), "-m", "fast", "-w", "stop")
