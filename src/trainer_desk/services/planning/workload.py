"""How many minutes each trainer is booked in a week, in one statement (L1)."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import Session as DbSession
from sqlalchemy.sql.elements import ColumnElement

from trainer_desk.models import Session, SessionResource
from trainer_desk.models.enums import CLAIMING, SessionRole, SessionStatus
from trainer_desk.services.rules.load import LoadMinutes

COUNTED = (*sorted(CLAIMING), SessionStatus.COMPLETED)


def _minutes(dialect: str) -> ColumnElement[Any]:
    if dialect == "sqlite":
        return (sa.func.unixepoch(Session.ends_at) - sa.func.unixepoch(Session.starts_at)) / 60
    return sa.cast(sa.func.extract("epoch", Session.ends_at - Session.starts_at) / 60, sa.Integer)


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
        .where(in_week, SessionResource.role == SessionRole.CO_TRAINER)
    )
    taught = sa.union_all(lead, co).subquery()
    done = taught.c.status == SessionStatus.COMPLETED
    return sa.select(
        taught.c.trainer_id,
        sa.func.coalesce(sa.func.sum(taught.c.minutes).filter(~done), 0),
        sa.func.coalesce(sa.func.sum(taught.c.minutes).filter(done), 0),
    ).group_by(taught.c.trainer_id)


STATEMENTS = {dialect: _statement(dialect) for dialect in ("sqlite", "postgresql")}


def trainer_minutes(db: Connection | DbSession, starts_at: dt.datetime, ends_at: dt.datetime) -> dict[int, LoadMinutes]:
    """Return booked and delivered minutes by trainer id for sessions that start in [starts_at, ends_at) (UTC)."""
    dialect = db.dialect if isinstance(db, Connection) else db.get_bind().dialect
    bounds = {"starts_at": starts_at, "ends_at": ends_at}
    rows = db.execute(STATEMENTS[dialect.name], bounds)
    return {row[0]: LoadMinutes(int(row[1]), int(row[2])) for row in rows}
