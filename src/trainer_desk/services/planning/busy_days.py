"""Counts the sessions of each day, for the dots of the small month, and finds the nearest day that has any."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from trainer_desk.models import Session
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_settings
from trainer_desk.services.rules.times import day_bounds
from trainer_desk.services.store.db import Db

COUNTED = sa.and_(Session.status != SessionStatus.CANCELLED, Session.deleted_at.is_(None))
STARTS = sa.select(Session.starts_at).where(
    Session.starts_at >= sa.bindparam("starts_at"), Session.starts_at < sa.bindparam("ends_at"), COUNTED
)
NEXT = (
    sa.select(Session.starts_at)
    .where(Session.starts_at >= sa.bindparam("ends_at"), COUNTED)
    .order_by(Session.starts_at)
    .limit(1)
)
LAST = (
    sa.select(Session.starts_at)
    .where(Session.starts_at < sa.bindparam("starts_at"), COUNTED)
    .order_by(Session.starts_at.desc())
    .limit(1)
)


def count_by_day(db: Db, first: dt.date, last: dt.date) -> dict[dt.date, int]:
    """Return how many sessions start on each day from `first` to `last` (both included) in the organisation's zone.

    Cancelled sessions and the trash do not count; days without any are left out.
    """
    zone = load_settings(db).zone
    starts = db.execute(STARTS, _bounds(first, last, zone)).scalars()
    return Counter(start.astimezone(zone).date() for start in starts if start is not None)


def nearest_day(db: Db, first: dt.date, last: dt.date) -> dt.date | None:
    """Return the next day after `last` on which a session starts, else the newest before `first`, None without any.

    Days are those of the organisation's zone; cancelled sessions and the trash do not count.
    """
    zone = load_settings(db).zone
    bounds = _bounds(first, last, zone)
    found = db.execute(NEXT, bounds).scalar() or db.execute(LAST, bounds).scalar()
    return None if found is None else found.astimezone(zone).date()


def _bounds(first: dt.date, last: dt.date, zone: ZoneInfo) -> dict[str, dt.datetime]:
    return {"starts_at": day_bounds(first, zone)[0], "ends_at": day_bounds(last, zone)[1]}
