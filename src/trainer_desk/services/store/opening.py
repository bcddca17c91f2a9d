"""Looks at a database before it is used: is it there, is it sound, is it ours and of today's schema; makes new ones."""

import contextlib
import os
import stat
from collections.abc import Collection
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import URL, Engine

from trainer_desk.models import Account, Setting
from trainer_desk.models.enums import Role
from trainer_desk.services.clock import Clock, known_zones
from trainer_desk.services.errors import BadValue, DatabaseTrouble
from trainer_desk.services.store import migrating, schema
from trainer_desk.services.store.address import hosts_of, is_file, path_of, shown
from trainer_desk.services.store.certificates import why_not_believed
from trainer_desk.services.store.db import is_sqlite
from trainer_desk.services.store.engines import connect_file, make_reader
from trainer_desk.services.store.login import os_user
from trainer_desk.services.store.passwords import login_of
from trainer_desk.services.store.shares import require_local
from trainer_desk.services.store.trouble import translated
from trainer_desk.services.store.wire import wire_options

CHECKED_AT_ONCE = 16 << 20
"""Bytes that are looked through in the time that nobody notices."""


def current_reader(url: URL, *, check: bool = False) -> Engine:
    """Return an engine for questions to a database that exists and has today's schema (O1); else DatabaseTrouble.

    Its connection is that which looked: to make one costs more than all that is asked of it here.
    """
    reader = make_reader(url)
    try:
        require_one_of(url, _ours(url, _look_by(reader, url, check=check)), {schema.HEAD})
    except BaseException:
        reader.dispose()
        raise
    return reader


def revision_of(url: URL, *, check: bool = False) -> str:
    """Return the revision of a database of ours, whatever it is; raise DatabaseTrouble for any other, and as `look`."""
    return _ours(url, look(url, check=check))


def _ours(url: URL, revision: str | None) -> str:
    if revision is None:
        raise DatabaseTrouble(why="not_ours", database=shown(url))
    return revision


def require_one_of(url: URL, revision: str, wanted: Collection[str]) -> None:
    """Raise DatabaseTrouble that says how the revision of a database is not one of those wanted."""
    if revision not in wanted:
        older = "older_schema" if is_file(url) else "older_server"
        why = older if revision in schema.KNOWN else "newer_schema"
        raise DatabaseTrouble(why=why, database=shown(url), revision=revision, head=schema.HEAD)


def look(url: URL, *, check: bool = False) -> str | None:
    """Return the database's revision (None: no schema of ours); raise DatabaseTrouble when it cannot be used."""
    reader = make_reader(url)
    try:
        return _look_by(reader, url, check=check)
    finally:
        reader.dispose()


def _look_by(reader: Engine, url: URL, *, check: bool) -> str | None:
    if is_file(url):
        _require_file(path_of(url))
    try:
        with translated(), reader.connect() as connection:
            revision = schema.revision_of(connection)
            if check and is_file(url) and not is_checked_later(url):
                require_sound(connection, path_of(url))
            return revision
    except DatabaseTrouble as trouble:
        # There was no connection yet that could be lost, and what is damaged has a name.
        why = trouble.facts.get("reason", "no_server") if trouble.code == "connection_lost" else trouble.facts["why"]
        # Not even to look at the schema: nobody whom an administrator added.
        why = "no_account_here" if why == "not_allowed" and not is_file(url) else why
        if why == "certificate_unknown":
            why = why_not_believed(trouble.facts["detail"], {**wire_options(url), **_settings(url)})
        raise DatabaseTrouble(**trouble.facts | {"why": why} | _place(url)) from trouble


def _settings(url: URL) -> dict[str, str]:
    return {name: value for name, value in url.query.items() if isinstance(value, str)}


def _place(url: URL) -> dict[str, str]:
    """Return the facts of a sentence about a database: its address and, of a server, host, name and login."""
    if is_file(url):
        return {"database": shown(url)}
    service = str(url.query.get("service", ""))
    host = ", ".join(hosts_of(url)) or service or "localhost"
    name = url.database or service or login_of(url)
    return {"database": shown(url), "host": host, "name": name, "login": login_of(url)}


def create(url: URL, zone: str) -> None:
    """Make the schema and the settings of an empty organisation; nothing is left behind if it fails.

    Whoever does so is its first administrator (section I).
    """
    if zone not in known_zones():
        raise BadValue(field="zone", value=zone, why="unknown_zone")
    if is_file(url):
        _require_room(path_of(url))
    elif look(url) is not None:
        raise DatabaseTrouble(why="already_there", database=shown(url))
    else:
        _require_empty(url)
    try:
        if is_file(url):
            _new_file(url)
        migrating.upgrade(url, last=partial(_first_rows, zone=zone))
    except BaseException:
        if is_file(url):
            _remove(path_of(url))
        raise


def _require_file(path: Path) -> None:
    require_local(path)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as trouble:
        raise DatabaseTrouble(why="no_such_file", database=str(path)) from trouble
    except (OSError, ValueError) as trouble:
        raise DatabaseTrouble(why="cannot_open", database=str(path), detail=str(trouble)) from trouble
    if stat.S_ISDIR(mode):
        raise DatabaseTrouble(why="is_a_folder", database=str(path))
    if not stat.S_ISREG(mode):
        raise DatabaseTrouble(why="not_a_database", database=str(path))
    if not os.access(path, os.R_OK):
        raise DatabaseTrouble(why="cannot_open", database=str(path))


def is_checked_later(url: URL) -> bool:
    """Whether a file is so large that looking through its pages must not keep anybody waiting at the start."""
    return is_file(url) and path_of(url).stat().st_size > CHECKED_AT_ONCE


def require_sound(connection: sa.Connection, path: Path) -> None:
    """Look through every page of an SQLite file, keeping few in memory; raise DatabaseTrouble if it is damaged."""
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql("PRAGMA cache_size = -2048")
    answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = {usual}")
    if answer != "ok":
        raise DatabaseTrouble(why="damaged", database=str(path), detail=str(answer))


def _require_room(path: Path) -> None:
    require_local(path)
    try:
        is_taken, has_folder = os.path.lexists(path), path.parent.is_dir()
    except (OSError, ValueError) as trouble:
        raise DatabaseTrouble(why="cannot_open", database=str(path), detail=str(trouble)) from trouble
    if is_taken:
        raise DatabaseTrouble(why="already_there", database=str(path))
    if not has_folder:
        raise DatabaseTrouble(why="no_such_folder", database=str(path.parent))


def _require_empty(url: URL) -> None:
    """Raise DatabaseTrouble when a server's database holds tables, whosever they are."""
    engine = make_reader(url)
    try:
        with translated(), engine.connect() as connection:
            if sa.inspect(connection).get_table_names():
                raise DatabaseTrouble(why="not_empty", database=shown(url))
    finally:
        engine.dispose()


def _new_file(url: URL) -> None:
    with translated():
        engine = sa.create_engine(url, creator=lambda: connect_file(url, "rwc"))
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        finally:
            engine.dispose()


def _first_rows(connection: sa.Connection, zone: str) -> None:
    now = Clock().now()
    login = os_user() if is_sqlite(connection) else connection.execute(sa.text("SELECT session_user")).scalar_one()
    connection.execute(sa.insert(Setting), [{"key": "zone", "value": zone}])
    administrator = {"login": login, "role": Role.ADMINISTRATOR.value, "created_at": now, "updated_at": now}
    connection.execute(sa.insert(Account), [administrator])


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink()
