"""Builds the scale databases and keeps them: the full size and a tenth of it, as a file and on a server.

    python -m benchmarks.scale [--size small|full] [--dialect sqlite|postgresql] [--cache DIR]

The schema is the product's own (`create_store`). Triggers and plain indexes are away while the rows go in, and laid
again afterwards; the exclusion constraint of claims stays, so the claims are proven on the server.
"""

import argparse
import datetime as dt
import hashlib
import os
import re
import sqlite3
import tempfile
import time
from contextlib import closing
from importlib.resources import files
from inspect import getsource
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL

from benchmarks import rows
from benchmarks.rows import FULL, TENTH, Scale, Size
from benchmarks.server import kept_server
from tests.postgres_server import drop_postgres_database, make_postgres_database, url_of
from trainer_desk.services.store import objects
from trainer_desk.services.store.address import read_address
from trainer_desk.services.store.engine import create_store
from trainer_desk.services.store.engines import make_writer
from trainer_desk.services.store.migrating import lay_objects

SIZES = {"small": TENTH, "full": FULL}
DIALECTS = ("sqlite", "postgresql")
CACHE_VARIABLE = "TRAINER_DESK_BENCHMARKS"
ZONE = "Europe/Berlin"


def cache_folder(given: str | None = None) -> Path:
    """Return the folder that keeps the databases: the argument, the environment's, or one in the temporary folder."""
    folder = Path(given or os.environ.get(CACHE_VARIABLE) or Path(tempfile.gettempdir()) / "trainer-desk-benchmarks")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def this_monday() -> dt.date:
    """Return the Monday around which the databases lie; a new week builds them anew."""
    today = dt.datetime.now(dt.UTC).date()
    return today - dt.timedelta(days=today.weekday())


def scale_database(dialect: str, size: str, cache: Path, server: str | None) -> str:
    """Return the address of a scale database, built now if the cache does not have it."""
    name = f"scale_{size}_{this_monday():%Y_%m_%d}_{_schema(dialect)}"
    if dialect == "sqlite":
        return _file(cache / f"{name}.desk", SIZES[size])
    assert server is not None
    return _database(server, name, SIZES[size])


def _schema(dialect: str) -> str:
    """Return a short sum of the schema and of what makes the rows: another one needs other databases."""
    folder = files("trainer_desk.models.migrations.versions").iterdir()
    frozen = sorted(file.read_text() for file in folder if file.name.endswith(f"_{dialect}.sql"))
    return hashlib.sha256("\n".join([*frozen, *objects.statements(dialect), getsource(rows)]).encode()).hexdigest()[:8]


def _kind(name: str) -> str:
    """Return what the databases of one size have in common, whatever their week and schema."""
    return "_".join(name.split("_")[:2])


def _file(path: Path, size: Size) -> str:
    if not path.exists():
        part = path.with_suffix(".part")
        for leftover in path.parent.glob(f"{_kind(path.stem)}*"):
            leftover.unlink()
        create_store(str(part), zone=ZONE).close()
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            _fill_file(connection, Scale(size, this_monday()))
        _lay_objects(read_address(str(part)))
        with closing(sqlite3.connect(part)) as connection:
            _search_anew(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        part.rename(path)
    return str(path)


def _fill_file(connection: sqlite3.Connection, scale: Scale) -> None:
    for pragma in ("synchronous = OFF", "cache_size = -400000", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    made = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    indexes = [statement for kind, _, statement in made if kind == "index"]
    connection.execute("BEGIN")
    for kind, name, _ in made:
        if kind in ("index", "trigger"):
            connection.execute(f"DROP {kind} {name}")
    for table, columns, content in scale.tables():
        marks = ", ".join("?" * (columns.count(",") + 1))
        connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", content)
    for statement in indexes:
        connection.execute(statement)
    connection.execute("COMMIT")


def _search_anew(connection: sqlite3.Connection) -> None:
    """Fill the full-text tables, whose triggers saw nothing of the load."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'").fetchall()
    for (name,) in found:
        connection.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
    connection.commit()


def _database(server: str, name: str, size: Size) -> str:
    url = url_of(server, name)
    with psycopg.connect(server) as connection:
        names = {str(row[0]) for row in connection.execute("SELECT datname FROM pg_database")}
    if name in names:
        return url
    part = f"{name}_part"
    for leftover in names:
        if leftover.startswith(_kind(name)):
            drop_postgres_database(server, leftover)
    make_postgres_database(server, part, "template0")
    create_store(url_of(server, part), zone=ZONE).close()
    with psycopg.connect(url_of(server, part), autocommit=True) as connection:
        _fill_server(connection, Scale(size, this_monday()))
        connection.execute("VACUUM ANALYZE")
    with psycopg.connect(server, autocommit=True) as connection:
        statement = sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(part), sql.Identifier(name))
        connection.execute(statement)
    return url


def _fill_server(connection: "psycopg.Connection[tuple[object, ...]]", scale: Scale) -> None:
    """Load under the role of a replica, in which triggers and foreign keys rest; it takes a superuser."""
    plain = "SELECT indexdef, indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'ix%'"
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("SET LOCAL maintenance_work_mem = '256MB'")
        indexes = connection.execute(plain).fetchall()
        for _, name in indexes:
            connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(str(name))))
        for table, columns, content in scale.tables():
            with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as copy:
                for row in content:
                    copy.write_row(row)
            if re.match(r"id\b", columns) and table not in ("trainers", "venues"):
                number = f"pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table})"
                connection.execute(f"SELECT setval({number})".encode())
        for statement, _ in indexes:
            connection.execute(str(statement).encode())


def _lay_objects(url: URL) -> None:
    engine = make_writer(url)
    try:
        with engine.begin() as connection:
            lay_objects(connection)
    finally:
        engine.dispose()


def main() -> None:
    """Build what is asked for and say how long it took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--size", choices=SIZES)
    parser.add_argument("--dialect", choices=DIALECTS)
    parser.add_argument("--cache")
    given = parser.parse_args()
    cache = cache_folder(given.cache)
    dialects = [given.dialect] if given.dialect else DIALECTS
    with kept_server(cache, "postgresql" in dialects) as server:
        for dialect in dialects:
            for size in [given.size] if given.size else SIZES:
                begun = time.perf_counter()
                address = scale_database(dialect, size, cache, server)
                print(f"{dialect} {size}: {address} ({time.perf_counter() - begun:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
