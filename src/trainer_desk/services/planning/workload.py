"""How many minutes each trainer is booked in a week, in one statement (L1)."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import ColumnElement

from trainer_desk.models import Session, SessionResource
from trainer_desk.models.enums import CLAIMING, SessionRole, SessionStatus
from trainer_desk.services.rules.load import LoadMinutes
from trainer_desk.services.store.db import Db, dialect_of


def _word(value: str) -> ColumnElement[str]:
    """Write a word of an enum into the statement itself: a list of values would be expanded on every call."""
    return sa.literal_column(f"'{value}'", sa.Text())


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
