"""How many minutes each trainer is booked in a week, in one statement, and in the coming weeks (L1, L2)."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import ColumnElement

from trainer_desk.models import Session, SessionResource
from trainer_desk.models.enums import CLAIMING, SessionRole, SessionStatus
from trainer_desk.services.rows.load import Week
from trainer_desk.services.rules.load import LoadMinutes
from trainer_desk.services.rules.times import week_bounds
from trainer_desk.services.store.db import Db, dialect_of


def _word(value: str) -> ColumnElement[str]:
    """Write a word of an enum into the statement itself: a list of values would be expanded on every call."""
    return sa.literal_column(f"'{value}'", sa.Text())


WEEKS = 6
"""How many weeks are told, the one of the day first."""

SIXTY = sa.literal_column("60", sa.Integer())
NONE = sa.literal_column("0", sa.Integer())
COUNTED = [_word(status) for status in (*sorted(CLAIMING), SessionStatus.COMPLETED)]


def _seconds(instant: InstrumentedAttribute[dt.datetime | None]) -> ColumnElement[int]:
    return sa.func.unixepoch(instant, type_=sa.Integer)


def _minutes(dialect: str) -> ColumnElement[Any]:
    if dialect == "sqlite":
        return (_seconds(Session.ends_at) - _seconds(Session.starts_at)) // SIXTY
    return sa.cast(sa.func.extract("epoch", Session.ends_at - Session.starts_at) / SIXTY, sa.Integer)


def _statement(dialect: str) -> sa.Select[int, int, int]:
    minutes = _minutes(dialect)
    in_week = sa.and_(
        Session.starts_at >= sa.bindparam("starts_at"),
        Session.starts_at < sa.bindparam("ends_at"),
        Session.status.in_(COUNTED),
    )
    lead = sa.select(Session.trainer_id.label("trainer_id"), Session.status, minutes.label("minutes")).where(
        in_week, Session.trainer_id.is_not(None)
    )
    co = (
        sa.select(SessionResource.resource_id, Session.status, minutes)
        .join(Session, Session.id == SessionResource.session_id)
        .where(in_week, SessionResource.role == _word(SessionRole.CO_TRAINER))
    )
    taught = sa.union_all(lead, co).subquery()
    done = taught.c.status == _word(SessionStatus.COMPLETED)
    return sa.select(
        taught.c.trainer_id,
        sa.func.sum(sa.case((done, NONE), else_=taught.c.minutes)),
        sa.func.sum(sa.case((done, taught.c.minutes), else_=NONE)),
    ).group_by(taught.c.trainer_id)


STATEMENTS = {dialect: _statement(dialect) for dialect in ("sqlite", "postgresql")}


def trainer_minutes(db: Db, starts_at: dt.datetime, ends_at: dt.datetime) -> dict[int, LoadMinutes]:
    """Return booked and delivered minutes by trainer id for sessions that start in [starts_at, ends_at) (UTC)."""
    bounds = {"starts_at": starts_at, "ends_at": ends_at}
    rows = db.execute(STATEMENTS[dialect_of(db)], bounds).all()
    return {trainer: LoadMinutes(booked, delivered) for trainer, booked, delivered in rows}


def coming_weeks(db: Db, day: dt.date, zone: ZoneInfo) -> Callable[[int], tuple[Week, ...]]:
    """Return what tells the hours of any trainer (by id) in six weeks, the one of `day` in `zone` first (L2)."""
    monday = day - dt.timedelta(days=day.weekday())
    mondays = [monday + dt.timedelta(weeks=step) for step in range(WEEKS)]
    loads = [(first, trainer_minutes(db, *week_bounds(first, zone))) for first in mondays]

    def weeks_of(trainer_id: int) -> tuple[Week, ...]:
        return tuple(Week(first, *load.get(trainer_id, LoadMinutes())) for first, load in loads)

    return weeks_of
