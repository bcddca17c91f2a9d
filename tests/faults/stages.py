"""A database that goes back to where it was as often as a test asks: a file is copied, a server's made anew."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from sqlalchemy import Connection

from tests.postgres_server import drop_postgres_database, make_postgres_database, url_of
from trainer_desk.models import Base
from trainer_desk.services.store.address import is_file, path_of, read_address
from trainer_desk.services.store.engine import Store

OWN = frozenset({"id", "change_id", "undoes", "op_key", "xid", "uuid", "pk", "before", "after", "group_id", "at"})
"""Columns that differ from one time to the next: ids that a transaction took and did not use, and a server's time."""

Content = dict[str, list[dict[str, Any]]]
"""The rows of each table."""


class Stage(Protocol):
    """The test's database under an address that stays."""

    url: str

    def reset(self) -> None:
        """Put everything back to where it was; nobody may be connected."""

    def quiet(self) -> None:
        """Wait until the database has noticed that everybody has gone."""


class FileStage:
    """A file, and the copy that was made of it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.file = Path(path_of(read_address(url)))
        self.copy = self.file.with_suffix(".before")
        shutil.copyfile(self.file, self.copy)

    def reset(self) -> None:
        for ending in ("-wal", "-shm"):
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
        shutil.copyfile(self.copy, self.file)

    def quiet(self) -> None:
        """Nothing is left of a process that has gone: its locks go with it."""


class ServerStage:
    """A database of a server, and the template that was made of it."""

    def __init__(self, url: str, server_url: str) -> None:
        self.url, self.server_url = url, server_url
        self.name = url.rsplit("/", 1)[-1]
        self.template = f"desk_before_{uuid.uuid4().hex}"
        self.watch = psycopg.connect(server_url, autocommit=True)
        make_postgres_database(server_url, self.template, self.name)

    def reset(self) -> None:
        drop_postgres_database(self.server_url, self.name)
        make_postgres_database(self.server_url, self.name, self.template)

    def quiet(self) -> None:
        present = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        while self.watch.execute(present, [self.name]).fetchone() != (0,):
            pass

    def close(self) -> None:
        self.watch.close()
        drop_postgres_database(self.server_url, self.template)


@contextmanager
def staged(store: Store) -> Iterator[Stage]:
    """Lend the stage of a store's database as it is now; the store lets go of its connections."""
    store.close()
    if is_file(store.url):
        yield FileStage(str(path_of(store.url)))
        return
    url = store.url.set(drivername="postgresql").render_as_string(hide_password=False)
    stage = ServerStage(url, url_of(url, "postgres"))
    try:
        yield stage
    finally:
        stage.close()


def content(db: Connection) -> Content:
    """Give everything that a database says, on a connection that shows one state."""
    return {
        table.name: [dict(row) for row in db.exec_driver_sql(f"SELECT * FROM {table.name}").mappings()]
        for table in Base.metadata.sorted_tables
    }


def told_again(content: Content) -> Content:
    """Leave out what differs when the same is done once more, and bring rows into one order."""
    return {
        name: sorted(
            ({key: row[key] for key in row.keys() - OWN} for row in rows), key=lambda row: str(sorted(row.items()))
        )
        for name, rows in content.items()
    }
