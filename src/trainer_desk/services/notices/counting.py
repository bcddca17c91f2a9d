"""Counts whom somebody still has to tell of a place: many places stand alike, so they are judged together (D7).

Every workstation asks this after each change; to read all of them, as the list does, would take seconds in a large
organisation.
"""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Account, Enrollment, Notice, Session, Telling
from trainer_desk.models.enums import EnrollmentState, NoticeKind, SessionStatus
from trainer_desk.services.notices.to_tell import COMING, NOW, UNTOLD
from trainer_desk.services.rows.tellings import PlaceFacts
from trainer_desk.services.rules.telling import news
from trainer_desk.services.store.db import Db

OCCASION = ("starts_at", "ends_at", "venue_id")
EARLIER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""Stands for the start that was told, where any of when and where is another by now."""

LAST = (
    sa.select(Account.person_id, Notice.session_id, sa.func.max(Notice.id).label("id"))
    .join(Account, Account.id == Notice.account_id)
    .where(
        Account.person_id.is_not(None),
        Account.disabled_at.is_(None),
        Notice.kind != NoticeKind.REMINDER.value,
        sa.or_(
            Notice.session_id.in_(sa.select(Session.id).where(Session.ends_at > NOW)),
            Notice.session_id.in_(
                sa.select(Enrollment.session_id)
                .join(Telling, Telling.enrollment_id == Enrollment.id)
                .where(Telling.ends_at > NOW)
            ),
        ),
    )
    .group_by(Account.person_id, Notice.session_id)
    .subquery()
)
"""The newest notice of each person and session: what they know when they have looked at it."""

MOVED = sa.or_(*(getattr(Telling, name).is_distinct_from(getattr(Session, name)) for name in OCCASION))
HEARD = sa.and_(
    Notice.seen_at.is_not(None),
    *(getattr(Notice, name).is_not_distinct_from(getattr(Session, name)) for name in OCCASION),
)
ALIKE = (
    Enrollment.state,
    Session.status,
    Telling.state.label("told_state"),
    Telling.status.label("told_status"),
    sa.case((MOVED, 1), else_=0).label("moved"),
)
COUNT: sa.Select[*tuple[Any, ...]] = (
    sa.select(*ALIKE, sa.func.count().label("places"))
    .select_from(Session)
    .join(Enrollment, Enrollment.session_id == Session.id)
    .outerjoin(Telling, sa.and_(Telling.enrollment_id == Enrollment.id, Telling.deleted_at.is_(None)))
    .outerjoin(LAST, sa.and_(LAST.c.person_id == Enrollment.person_id, LAST.c.session_id == Session.id))
    .outerjoin(Notice, Notice.id == LAST.c.id)
    .where(COMING, UNTOLD, sa.or_(Notice.id.is_(None), sa.not_(HEARD)))
    .group_by(*ALIKE)
)


def count_to_tell(db: Db, now: dt.datetime) -> int:
    """Return how many people have to be told something as of `now` (UTC), each place counted."""
    return sum(row.places for row in db.execute(COUNT, {"now": now}) if _is_news(row))


def _is_news(row: Any) -> bool:
    """Whether places of this kind are to be told; of when and where only counts whether they are still as told."""
    facts = PlaceFacts(EnrollmentState(row.state), SessionStatus(row.status), None, None, None)
    if row.told_state is None:
        return news(facts, None) is not None
    told_start = EARLIER if row.moved else None
    told = PlaceFacts(EnrollmentState(row.told_state), SessionStatus(row.told_status), told_start, None, None)
    return news(facts, told) is not None
