"""Servers of a test's own, which it may stop, kill, start anew on the same port, copy to a standby and promote."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg

from tests.postgres_server import INITDB, SETTINGS, Installation, fast_folder, free_port, install

MAJOR = 16
KEPT = {name: value for name, value in SETTINGS.items() if name not in ("synchronous_commit", "max_connections")}
"""A server that is killed must remember what it confirmed, as far as the operating system lives on."""


@dataclass
class OwnServer:
    """A server of one test; `more` are settings of postgresql.conf that it is started with."""

    place: Installation
    port: int
    more: dict[str, str] = field(default_factory=dict)

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """Lead to one of its databases."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it on its port, and wait until it takes connections."""
        settings = KEPT | {"port": str(self.port), "max_connections": "30"} | self.more
        options = " ".join(f"-c {name}={value or repr(value)}" for name, value in settings.items())
        self._control("-l", str(self.place.data / "server.log"), "-o", options, "-w", "start")

    def stop(self, mode: str = "fast") -> None:
        """End it: `fast` tells its clients so, `immediate` is a crash."""
        self._control("-m", mode, "-w", "stop")

    def promote(self) -> None:
        """Make a standby the primary, and wait until it is."""
        self._control("-w", "promote")

    def tell(self, *statements: str) -> None:
        """Carry out statements as an administrator of the server."""
        with psycopg.connect(self.url(), autocommit=True) as db:
            for statement in statements:
                db.execute(statement)  # type: ignore[arg-type]

    def _control(self, *words: str) -> None:
        self.place.run("pg_ctl", "-D", str(self.place.data), *words)


@contextlib.contextmanager
def programs() -> Iterator[Installation]:
    """Lend the programs of a server, copied once for all servers of a test."""
    base = Path(tempfile.mkdtemp(prefix="trainer-desk-cluster-"))
    try:
        yield install(MAJOR, base, base)
    finally:
        shutil.rmtree(base, ignore_errors=True)


@contextlib.contextmanager
def _folder(place: Installation) -> Iterator[Installation]:
    data = Path(tempfile.mkdtemp(prefix="trainer-desk-cluster-", dir=fast_folder()))
    try:
        if place.identity:
            os.chown(data, place.identity["user"], place.identity["group"])
        yield replace(place, data=data)
    finally:
        shutil.rmtree(data, ignore_errors=True)


@contextlib.contextmanager
def own_server(place: Installation, *made_with: str, **more: str) -> Iterator[OwnServer]:
    """Run a fresh server, made with words for `initdb`; whatever became of it meanwhile, it is gone at the end."""
    with _folder(place) as own:
        own.run("initdb", "-D", str(own.data), *INITDB, *made_with)
        server = OwnServer(own, free_port(), more)
        server.start()
        with _ended(server):
            yield server


@contextlib.contextmanager
def standby_of(primary: OwnServer) -> Iterator[OwnServer]:
    """Run a copy that follows a server, made by `pg_basebackup` as an administrator makes it."""
    with _folder(primary.place) as own:
        words = ("-h", "127.0.0.1", "-p", str(primary.port), "-U", "postgres", "-c", "fast", "-R", "--no-sync")
        own.run("pg_basebackup", "-D", str(own.data), *words)
        server = OwnServer(own, free_port(), primary.more)
        server.start()
        with _ended(server):
            yield server


@contextlib.contextmanager
def _ended(server: OwnServer) -> Iterator[None]:
    try:
        yield
    finally:
        if (server.place.data / "postmaster.pid").exists():
            server.stop("immediate")
