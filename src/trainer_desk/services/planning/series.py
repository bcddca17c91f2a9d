"""Series of sessions: reads them with their days, makes them, and writes which days are left out (R3)."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Session
from trainer_desk.models.enums import SessionStatus, SkipWhy
from trainer_desk.services.errors import NotFound
from trainer_desk.services.planning.board import CARD_COLUMNS, card_of, seen
from trainer_desk.services.planning.locking import lock_sessions
from trainer_desk.services.rows.repeating import Series, SeriesDay
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.recurrence import days_of, read_rule
from trainer_desk.services.store.db import Db

SERIES, SKIPS = Base.metadata.tables["series"], Base.metadata.tables["series_skips"]
ONE = sa.select(
    SERIES.c.id, SERIES.c.rule, SERIES.c.zone, SERIES.c.begins_on, SERIES.c.begins_minute, SERIES.c.version
).where(SERIES.c.id == sa.bindparam("id"), SERIES.c.deleted_at.is_(None))
LEFT_OUT = sa.select(SKIPS.c.day, SKIPS.c.why).where(
    SKIPS.c.series_id == sa.bindparam("id"), SKIPS.c.deleted_at.is_(None)
)
MEMBERS: sa.Select[*tuple[Any, ...]] = (
    sa.select(*CARD_COLUMNS, Session.series_day, Session.deleted_at)
    .where(Session.series_id == sa.bindparam("id"))
    .order_by(Session.series_day, Session.deleted_at.is_not(None), Session.id)
)
"""The sessions of a series by day, those in the trash after others of the same day."""

MEMBER_IDS = sa.select(Session.id).where(Session.series_id == sa.bindparam("id"))
OF_SESSION = sa.select(Session.series_id, Session.series_day).where(Session.id == sa.bindparam("session_id"))


def series_of(db: Db, session_id: int) -> tuple[int, dt.date] | None:
    """Return the series of a session and the day for which it stands there; None for one of its own."""
    found = db.execute(OF_SESSION, {"session_id": session_id}).one_or_none()
    return None if found is None or found.series_id is None else (int(found.series_id), found.series_day)


def load_series(db: Db, series_id: int, *, now: dt.datetime | None = None) -> Series:
    """Return a series with all days of its rule, by day; seats are those of `now` (UTC). Raises NotFound.

    A day has its session, also one that was cancelled or lies in the trash, and why it is left out, if it is.
    """
    row: Any = db.execute(ONE, {"id": series_id}).one_or_none()
    if row is None:
        raise NotFound(kind="series", key=f"#{series_id}")
    series = Series(*row)
    skipped = {day: SkipWhy(why) for day, why in db.execute(LEFT_OUT, {"id": series_id})}
    members: dict[dt.date, tuple[SessionCard, bool]] = {}
    for member in db.execute(MEMBERS, {"id": series_id} | seen(now)).all():
        card = card_of(member, {})
        is_out = member.deleted_at is not None or card.status is SessionStatus.CANCELLED
        if member.series_day not in members or not is_out:
            members[member.series_day] = (card, is_out)
    days = sorted({*rule_days(series), *skipped, *members})
    told = tuple(_day(day, members.get(day), skipped.get(day)) for day in days)
    return replace(series, days=tuple(one for one in told if one is not None))


def rule_days(series: Series) -> tuple[dt.date, ...]:
    """Return the days that the rule of a series names."""
    return days_of(read_rule(series.rule, ZoneInfo(series.zone)), series.begins_on)


def lock_members(db: DbSession, series_id: int) -> list[int]:
    """Lock every session of a series, by id, and return their ids: whoever changes the series waits here."""
    ids = sorted(db.execute(MEMBER_IDS, {"id": series_id}).scalars())
    lock_sessions(db, ids)
    return ids


def create_series(
    db: DbSession, rule: str, zone: ZoneInfo, begins: dt.datetime, *, actor: str, now: dt.datetime
) -> int:
    """Make a series without sessions; `begins` is the naive wall clock of its first one. Return its id."""
    row = {
        "rule": rule,
        "zone": zone.key,
        "begins_on": begins.date(),
        "begins_minute": begins.hour * 60 + begins.minute,
        "created_at": now,
        "updated_at": now,
    }
    return int(db.execute(sa.insert(SERIES).values(row).returning(SERIES.c.id)).scalar_one())


def end_rule(db: DbSession, series_id: int, rule: str, *, actor: str, now: dt.datetime) -> None:
    """Give a series another rule, which ends it on another day."""
    changed = {"rule": rule, "version": SERIES.c.version + 1, "updated_at": now}
    db.execute(sa.update(SERIES).where(SERIES.c.id == series_id).values(**changed))


def leave_out(db: DbSession, series_id: int, days: Mapping[dt.date, SkipWhy], *, actor: str, now: dt.datetime) -> None:
    """Have days of a series stand as left out; a row that was taken back counts again."""
    known = set(db.scalars(sa.select(SKIPS.c.day).where(SKIPS.c.series_id == series_id)))
    for day in sorted(known & days.keys()):
        _write(db, series_id, day, {"why": days[day].value, "deleted_at": None}, now)
    rows = [
        {"series_id": series_id, "day": day, "why": days[day].value, "created_at": now, "updated_at": now}
        for day in sorted(days.keys() - known)
    ]
    if rows:
        db.execute(sa.insert(SKIPS), rows)


def take_in(db: DbSession, series_id: int, days: Collection[dt.date], *, actor: str, now: dt.datetime) -> None:
    """Have days of a series no longer stand as left out."""
    for day in sorted(days):
        _write(db, series_id, day, {"deleted_at": now}, now)


def _write(db: DbSession, series_id: int, day: dt.date, values: Mapping[str, Any], now: dt.datetime) -> None:
    statement = sa.update(SKIPS).where(SKIPS.c.series_id == series_id, SKIPS.c.day == day)
    db.execute(statement.values(**values, version=SKIPS.c.version + 1, updated_at=now))


def _day(day: dt.date, member: tuple[SessionCard, bool] | None, why: SkipWhy | None) -> SeriesDay | None:
    """Return a day of the series; None for one that the rule names and nobody made or left out, since it ended."""
    if member is None:
        return None if why is None else SeriesDay(day, None, why, is_out=True)
    card, is_out = member
    return SeriesDay(day, card, why, is_out or why is not None)
