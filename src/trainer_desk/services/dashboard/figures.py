"""What an operator asks of the data: how many sessions are made, and how long they stay in each state (O6)."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models import Change, ChangeRow, Session
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.store.db import is_sqlite

Step = tuple[str, str | None, str | None, dt.datetime]
"""Which session, its state before (None: it was made) and after, and when (UTC)."""


@dataclass(frozen=True, slots=True)
class Stay:
    """How long sessions stayed in a state until they left it: how many did, the median and the longest, in hours."""

    state: SessionStatus
    left: int
    median_hours: float | None
    longest_hours: float | None
    there: int
    """How many are in it now."""


def sessions_made(db: Connection, zone: ZoneInfo, since: dt.datetime) -> dict[dt.date, int]:
    """Return how many sessions were made on each day of `zone` since an instant (UTC), by day."""
    made = db.execute(sa.select(Session.created_at).where(Session.created_at >= since)).scalars()
    return dict(sorted(Counter(at.astimezone(zone).date() for at in made).items()))


def stays(db: Connection, since: dt.datetime) -> tuple[Stay, ...]:
    """Return how long sessions stayed in each state, of all that left it since an instant (UTC), by the journal."""
    hours: dict[str, list[float]] = defaultdict(list)
    entered: dict[str, dt.datetime] = {}
    for session, before, after, at in _steps(db):
        if before is not None and session in entered and at >= since:
            hours[before].append((at - entered[session]).total_seconds() / 3600)
        if after is not None:
            entered[session] = at
    there = dict(
        db.execute(
            sa.select(Session.status, sa.func.count()).where(Session.deleted_at.is_(None)).group_by(Session.status)
        ).all()
    )
    return tuple(_stay(state, hours[state.value], there.get(state.value, 0)) for state in SessionStatus)


def _stay(state: SessionStatus, hours: list[float], there: int) -> Stay:
    if not hours:
        return Stay(state, 0, None, None, there)
    return Stay(state, len(hours), round(median(hours), 2), round(max(hours), 2), there)


def _steps(db: Connection) -> Iterator[Step]:
    """Yield every change of a session's state, the oldest first."""
    before, after = (_state(db, image) for image in (ChangeRow.before, ChangeRow.after))
    moved = sa.or_(ChangeRow.before.is_(sa.null()), before != after)
    query = (
        sa.select(ChangeRow.pk, before, after, Change.at)
        .join(Change, Change.id == ChangeRow.change_id)
        .where(ChangeRow.tbl == "sessions", moved)
        .order_by(ChangeRow.id)
    )
    for row in db.execute(query):
        yield row[0], row[1], row[2], row[3]


def _state(db: Connection, image: object) -> sa.ColumnElement[str]:
    """Return what an image says of the state; on a file images are texts."""
    if is_sqlite(db):
        return sa.func.json_extract(image, "$.status", type_=sa.Text())
    return sa.func.jsonb_extract_path_text(image, "status", type_=sa.Text())
