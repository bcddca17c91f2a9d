"""Counts the sessions of each day, for the dots of the small month."""

import datetime as dt
from collections import Counter

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Session
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_settings

STARTS = sa.select(Session.starts_at).where(
    Session.starts_at >= sa.bindparam("starts_at"),
    Session.starts_at < sa.bindparam("ends_at"),
    Session.status != SessionStatus.CANCELLED,
    Session.deleted_at.is_(None),
)


def count_by_day(db: Connection | DbSession, first: dt.date, last: dt.date) -> dict[dt.date, int]:
    """Return how many sessions start on each day from `first` to `last` (both included) in the organisation's zone.

    Cancelled sessions and the trash do not count; days without any are left out.
    """
    zone = load_settings(db).zone
    midnight = dt.time()
    bounds = {
        "starts_at": dt.datetime.combine(first, midnight, tzinfo=zone).astimezone(dt.UTC),
        "ends_at": dt.datetime.combine(last + dt.timedelta(days=1), midnight, tzinfo=zone).astimezone(dt.UTC),
    }
    starts = db.execute(STARTS, bounds).scalars()
    return Counter(start.astimezone(zone).date() for start in starts if start is not None)
