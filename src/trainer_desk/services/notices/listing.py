"""Reads what an account is told: notices that triggers wrote, and the reminders that are due (D6)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from trainer_desk.models import BookingRequest, Course, Enrollment, Resource, Session, SessionResource
from trainer_desk.models import Notice as Stored
from trainer_desk.models.enums import EnrollmentState, NoticeKind, SessionRole, SessionStatus
from trainer_desk.services.directory import load_settings
from trainer_desk.services.rows.accounts import Identity
from trainer_desk.services.rows.notices import Notice
from trainer_desk.services.rules.reminders import due_lead
from trainer_desk.services.store.db import Db

KEPT = dt.timedelta(days=14)
"""How long a notice that was seen is still shown."""

MOST = 200
"""Notices that are read at a time, the newest."""

INSTANT = Session.__table__.c.starts_at.type
PLACE, FORMER = aliased(Resource), aliased(Resource)
TITLE = sa.func.coalesce(Session.title, Course.title, "").label("title")
TRAINER = sa.bindparam("trainer_id", type_=sa.Integer())
TEACHES = sa.case(
    (Session.trainer_id == TRAINER, True),
    (
        sa.exists().where(
            SessionResource.session_id == Session.id,
            SessionResource.resource_id == TRAINER,
            SessionResource.role == SessionRole.CO_TRAINER.value,
        ),
        True,
    ),
    else_=False,
).label("teaches")
NOTICES: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Stored.id,
        Stored.kind,
        Stored.at,
        Stored.actor,
        TITLE,
        Stored.session_id,
        Session.ref,
        Stored.booking_request_id,
        Stored.starts_at,
        Stored.ends_at,
        PLACE.name,
        Stored.was_starts_at,
        Stored.was_ends_at,
        FORMER.name,
        Stored.until_at,
        Stored.outcome,
        sa.case(
            (Stored.kind == NoticeKind.CANCELLED.value, Session.cancel_reason),
            (Stored.kind == NoticeKind.DECIDED.value, BookingRequest.decision_reason),
        ),
        Stored.lead_minutes,
        TEACHES,
        Stored.seen_at,
    )
    .outerjoin(Session, Session.id == Stored.session_id)
    .outerjoin(BookingRequest, BookingRequest.id == Stored.booking_request_id)
    .outerjoin(Course, Course.id == sa.func.coalesce(BookingRequest.course_id, Session.course_id))
    .outerjoin(PLACE, PLACE.id == Stored.venue_id)
    .outerjoin(FORMER, FORMER.id == Stored.was_venue_id)
    .where(
        Stored.account_id == sa.bindparam("account_id"),
        sa.or_(Stored.seen_at.is_(None), Stored.seen_at > sa.bindparam("since", type_=INSTANT)),
    )
    .order_by(Stored.at.desc(), Stored.id.desc())
    .limit(MOST)
)
COMING: sa.Select[*tuple[Any, ...]] = (
    sa.select(Session.id, Session.ref, TITLE, Session.starts_at, Session.ends_at, PLACE.name.label("venue"), TEACHES)
    .join(Course, Course.id == Session.course_id)
    .outerjoin(PLACE, PLACE.id == Session.venue_id)
    .where(
        Session.status == SessionStatus.SCHEDULED.value,
        Session.starts_at > sa.bindparam("now", type_=INSTANT),
        Session.starts_at <= sa.bindparam("until", type_=INSTANT),
        sa.or_(
            TEACHES,
            sa.exists().where(
                Enrollment.session_id == Session.id,
                Enrollment.person_id == sa.bindparam("person_id", type_=sa.Integer()),
                Enrollment.state == EnrollmentState.CONFIRMED.value,
            ),
        ),
    )
)
"""What begins so soon that its people and trainers may have to be reminded."""

SEEN = sa.select(Stored.session_id, Stored.starts_at, Stored.lead_minutes).where(
    Stored.account_id == sa.bindparam("account_id"),
    Stored.kind == NoticeKind.REMINDER.value,
    Stored.starts_at > sa.bindparam("now", type_=INSTANT),
)


def load_notices(db: Db, who: Identity, now: dt.datetime) -> list[Notice]:
    """Return what an account is told, newest first: all that it has not seen, and what it saw in the last two weeks.

    Reminders are not stored until they are seen: at `now` (UTC) the latest one of each session that begins soon.
    """
    if who.account_id is None:
        return []
    found = db.execute(NOTICES, {"account_id": who.account_id, "trainer_id": who.trainer_id, "since": now - KEPT}).all()
    notices = [Notice(row[0], NoticeKind(row[1]), *row[2:]) for row in found]
    return sorted([*notices, *_due(db, who, now)], key=lambda notice: notice.at, reverse=True)


def _due(db: Db, who: Identity, now: dt.datetime) -> Sequence[Notice]:
    """Return the reminders that are due and that the account has not seen."""
    leads = load_settings(db).reminder_minutes
    if not leads or (who.person_id is None and who.trainer_id is None):
        return []
    until = now + dt.timedelta(minutes=max(leads))
    own = {"person_id": who.person_id, "trainer_id": who.trainer_id}
    coming = db.execute(COMING, own | {"now": now, "until": until}).all()
    seen = {tuple(row) for row in db.execute(SEEN, {"account_id": who.account_id, "now": now})} if coming else set()
    return [
        Notice(
            None,
            NoticeKind.REMINDER,
            row.starts_at - dt.timedelta(minutes=lead),
            "",
            row.title,
            session_id=row.id,
            ref=row.ref,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            venue=row.venue,
            lead_minutes=lead,
            teaches=bool(row.teaches),
        )
        for row in coming
        if (lead := due_lead(row.starts_at, leads, now)) and (row.id, row.starts_at, lead) not in seen
    ]
