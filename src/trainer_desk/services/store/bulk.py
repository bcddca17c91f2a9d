"""Writes many rows with one statement: executemany on SQLite, COPY and one INSERT … ON CONFLICT on PostgreSQL."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.store.db import Db, is_sqlite

AT_ONCE = 20_000
"""Rows between two calls of the progress function on SQLite."""


def upsert(
    db: DbSession,
    table: sa.Table,
    columns: Sequence[str],
    key: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    step: Callable[[int], None] = lambda done: None,
    *,
    is_readable: bool = True,
) -> None:
    """Insert rows, or change those whose key exists; `version` goes up where the table has one.

    The values must be in the driver's form (`stored_form`), in the order of `columns`. Not `is_readable` says that
    nobody but the owner reads the table: then a server is not asked to compare.
    """
    if not rows:
        return
    connection = db.connection()
    if is_sqlite(db):
        marks = ", ".join("?" * len(columns))
        insert = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"
        statement = f"{insert} {_on_conflict(table, columns, key)}"
        for start in range(0, len(rows), AT_ONCE):
            connection.exec_driver_sql(statement, list(rows[start : start + AT_ONCE]))
            step(min(start + AT_ONCE, len(rows)))
        return
    _copy(connection, table, columns, rows)
    names = ", ".join(columns)
    conflict = _on_conflict(table, columns, key)
    if not is_readable:
        sets = ", ".join(f"{column} = i.{column}" for column in columns if column not in key)
        same = " AND ".join(f"t.{column} = i.{column}" for column in key)
        connection.exec_driver_sql(f"UPDATE {table.name} t SET {sets} FROM incoming i WHERE {same}")
        conflict = f"i WHERE NOT EXISTS (SELECT FROM {table.name} t WHERE {same})"
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) SELECT {names} FROM incoming {conflict}")
    connection.exec_driver_sql("DROP TABLE incoming")
    step(len(rows))


def stored_form(db: Db) -> Callable[[Any], Any]:
    """Return the function that turns days, instants (UTC) and flags into what the driver stores."""
    return _for_sqlite if is_sqlite(db) else _unchanged


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, dt.date) else value


def _unchanged(value: Any) -> Any:
    return value


def _on_conflict(table: sa.Table, columns: Sequence[str], key: Sequence[str]) -> str:
    kept = {*key, "created_at"}
    changes = [f"{column} = excluded.{column}" for column in columns if column not in kept]
    if "version" in table.columns:
        changes.append(f"version = {table.name}.version + 1")
    return f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {', '.join(changes)}"


def _copy(connection: Connection, table: sa.Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    names = ", ".join(columns)
    # By the types that we know, and not from the table itself: not every column may be read by whoever writes it.
    typed = ", ".join(f"{name} {table.c[name].type.compile(connection.dialect)}" for name in columns)
    connection.exec_driver_sql(f"CREATE TEMP TABLE incoming ({typed}) ON COMMIT DROP")
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY incoming ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
