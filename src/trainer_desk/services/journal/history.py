"""The history of one thing: who changed what and when, newest first, and who did so last (U4)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models import Change, ChangeRow, Enrollment
from trainer_desk.services.store.db import Db

PAGE = 200


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One change of a thing: `rows` are (table, key, before, after) of the rows that concern it; `at` is UTC."""

    id: int
    at: dt.datetime
    by: str
    label: str
    kind: str
    rows: tuple[tuple[str, str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who wrote last, when (UTC) and under which label."""

    by: str
    at: dt.datetime
    label: str


def of_row(table: str, key: str) -> sa.ColumnElement[bool]:
    """Return the condition for the images of one row; `key` is its primary key as text."""
    return sa.and_(ChangeRow.tbl == table, ChangeRow.pk == key)


def of_session(session_id: int) -> sa.ColumnElement[bool]:
    """Return the condition for the images of a session with its co-trainers and equipment."""
    links = sa.and_(ChangeRow.tbl == "session_resources", ChangeRow.pk.startswith(f"{session_id},", autoescape=True))
    return sa.or_(of_row("sessions", str(session_id)), links)


def last_change(db: Db, concerned: sa.ColumnElement[bool], *, since: int = 0) -> LastChange | None:
    """Return the newest change of images that the condition names, after the change `since`."""
    newest = (
        sa.select(Change.actor, Change.at, Change.label)
        .join(ChangeRow, ChangeRow.change_id == Change.id)
        .where(concerned, Change.id > since)
        .order_by(ChangeRow.id.desc())
        .limit(1)
    )
    row = db.execute(newest).one_or_none()
    return None if row is None else LastChange(*row)


def history_of_session(db: Connection, session_id: int, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return the changes of a session, its resources and its people, newest first."""
    places = sa.select(sa.cast(Enrollment.id, sa.Text)).where(Enrollment.session_id == session_id)
    seats = sa.and_(ChangeRow.tbl == "enrollments", ChangeRow.pk.in_(places))
    return _entries(db, sa.or_(of_session(session_id), seats), limit)


def history_of_row(db: Connection, table: str, key: str, *, limit: int = PAGE) -> list[ChangeEntry]:
    """Return the changes of one row of a table, newest first; `key` is its primary key as text."""
    return _entries(db, of_row(table, key), limit)


def _entries(db: Connection, concerned: sa.ColumnElement[bool], limit: int) -> list[ChangeEntry]:
    statement = (
        sa.select(
            Change.id, Change.at, Change.actor, Change.label, Change.kind,
            ChangeRow.tbl, ChangeRow.pk, ChangeRow.before, ChangeRow.after,
        )
        .join(ChangeRow, ChangeRow.change_id == Change.id)
        .where(concerned)
        .order_by(ChangeRow.id.desc())
        .limit(limit)
    )  # fmt: skip
    entries: dict[int, ChangeEntry] = {}
    for row in db.execute(statement):
        known = entries.get(row.id)
        images = (*(known.rows if known else ()), (row.tbl, row.pk, row.before, row.after))
        entries[row.id] = ChangeEntry(row.id, row.at, row.actor, row.label, row.kind, images)
    return list(entries.values())
