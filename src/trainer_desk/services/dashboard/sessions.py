"""Sessions that wait for something: marks after their end, a place for who waits, a date (D1)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from trainer_desk.models import Enrollment, Session, SessionResource
from trainer_desk.models.enums import CLAIMING, Attendance, EnrollmentState, SessionRole, SessionStatus
from trainer_desk.services.planning.board import load_cards
from trainer_desk.services.rows.dashboard import Elsewhere, Undated, Unmarked
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.store.db import Db

PATIENCE = dt.timedelta(days=14)
"""For so long a draft may stand without a date before that is told."""

INSTANT = Session.__table__.c.starts_at.type
NOW: sa.BindParameter[Any] = sa.bindparam("now", type_=INSTANT)
OTHER = aliased(Session)
UNMARKED_HERE = (
    sa.select(sa.func.count())
    .where(
        Enrollment.session_id == Session.id,
        Enrollment.state == EnrollmentState.CONFIRMED.value,
        Enrollment.attendance == Attendance.REGISTERED.value,
    )
    .scalar_subquery()
)
AWAITING: sa.Select[int, int] = (
    sa.select(Session.id, UNMARKED_HERE)
    .where(
        Session.status.in_(sorted(CLAIMING)),
        Session.starts_at <= NOW,
        Session.ends_at <= NOW,
        Session.deleted_at.is_(None),
    )
    .order_by(Session.starts_at, Session.id)
)
TEACHES = sa.or_(
    Session.trainer_id == sa.bindparam("trainer_id"),
    Session.id.in_(
        sa.select(SessionResource.session_id).where(
            SessionResource.resource_id == sa.bindparam("trainer_id"),
            SessionResource.role == SessionRole.CO_TRAINER.value,
        )
    ),
)
OF_TRAINER_AWAITING: sa.Select[int, int] = AWAITING.where(TEACHES)
TAUGHT: sa.Select[int] = (
    sa.select(Session.id)
    .where(
        TEACHES,
        Session.status.in_([*sorted(CLAIMING), SessionStatus.COMPLETED.value]),
        Session.ends_at > sa.bindparam("begins", type_=INSTANT),
        Session.starts_at < sa.bindparam("ends", type_=INSTANT),
        Session.deleted_at.is_(None),
    )
    .order_by(Session.starts_at, Session.id)
)
WITH_QUEUE: sa.Select[int, int] = (
    sa.select(Session.id, OTHER.id)
    .join(OTHER, sa.and_(OTHER.course_id == Session.course_id, OTHER.id != Session.id))
    .where(
        Session.status == SessionStatus.SCHEDULED.value,
        Session.starts_at > NOW,
        Session.waiting > 0,
        Session.deleted_at.is_(None),
        OTHER.status == SessionStatus.SCHEDULED.value,
        OTHER.starts_at > NOW,
        OTHER.waiting == 0,
        sa.or_(OTHER.capacity.is_(None), OTHER.seats_taken < OTHER.capacity),
        OTHER.deleted_at.is_(None),
    )
    .order_by(Session.starts_at, Session.id, OTHER.starts_at, OTHER.id)
)
UNDATED: sa.Select[int, dt.datetime] = sa.select(sa.func.count(), sa.func.min(Session.created_at)).where(
    Session.status == SessionStatus.DRAFT.value,
    Session.starts_at.is_(None),
    Session.deleted_at.is_(None),
    Session.created_at < sa.bindparam("before", type_=INSTANT),
)


def awaiting_attendance(db: Db, now: dt.datetime) -> tuple[Unmarked, ...]:
    """Return the sessions that are over at `now` (UTC) and not completed, the oldest first (S8)."""
    return _unmarked(db, AWAITING, {"now": now})


def _unmarked(db: Db, query: sa.Select[int, int], values: Mapping[str, Any]) -> tuple[Unmarked, ...]:
    found = [(int(key), int(people)) for key, people in db.execute(query, values)]
    cards = load_cards(db, [key for key, _people in found], now=values["now"]) if found else {}
    return tuple(Unmarked(cards[key], people) for key, people in found)


def awaiting_of_trainer(db: Db, trainer_id: int, now: dt.datetime) -> tuple[Unmarked, ...]:
    """Return the same of the sessions that a trainer leads or helps in."""
    return _unmarked(db, OF_TRAINER_AWAITING, {"now": now, "trainer_id": trainer_id})


def sessions_of_trainer(
    db: Db, trainer_id: int, begins: dt.datetime, ends: dt.datetime, now: dt.datetime
) -> tuple[SessionCard, ...]:
    """Return what a trainer leads or helps in that is not over at `begins` and starts before `ends` (UTC), by start.

    Seats are those of `now`. What is not scheduled yet, or not any more, is not among them.
    """
    bounds = {"trainer_id": trainer_id, "begins": begins, "ends": ends}
    found = [int(key) for (key,) in db.execute(TAUGHT, bounds)]
    cards = load_cards(db, found, now=now) if found else {}
    return tuple(cards[key] for key in found)


def waiting_elsewhere(db: Db, now: dt.datetime) -> tuple[Elsewhere, ...]:
    """Return the coming sessions in whose queue people wait though another of the course has places, by start."""
    nearest: dict[int, int] = {}
    for session, other in db.execute(WITH_QUEUE, {"now": now}):
        nearest.setdefault(int(session), int(other))
    cards = load_cards(db, sorted({*nearest, *nearest.values()}), now=now) if nearest else {}
    return tuple(Elsewhere(cards[session], cards[other]) for session, other in nearest.items())


def forgotten_drafts(db: Db, now: dt.datetime) -> Undated:
    """Return how many drafts have had no date for longer than `PATIENCE`, as of `now` (UTC)."""
    count, oldest = db.execute(UNDATED, {"before": now - PATIENCE}).one()
    return Undated(int(count), oldest)
