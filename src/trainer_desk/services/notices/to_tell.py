"""Reads whom somebody still has to tell of a place, with how to reach them (D7).

Nothing marks a place as untold: what was told last is compared with how things stand. Who has seen it behind their own
bell has been told.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from trainer_desk.models import Account, Course, Enrollment, Notice, Person, Resource, Session, Telling
from trainer_desk.models.enums import EnrollmentState, NoticeKind, SessionStatus
from trainer_desk.services.rows.tellings import PlaceFacts, ToTell
from trainer_desk.services.rules.telling import news
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

INSTANT = Session.__table__.c.starts_at.type
NOW: sa.BindParameter[Any] = sa.bindparam("now", type_=INSTANT)
MANAGER, FORMER = aliased(Person), aliased(Resource)
NEVER_TOLD = sa.and_(
    Telling.enrollment_id.is_(None),
    Enrollment.state != EnrollmentState.WITHDRAWN.value,
    Session.status.not_in([SessionStatus.DRAFT.value, SessionStatus.COMPLETED.value]),
    Session.deleted_at.is_(None),
)
TOLD_OTHERWISE = sa.and_(
    Session.status != SessionStatus.COMPLETED.value,
    sa.or_(
        Telling.state != Enrollment.state,
        Telling.status != Session.status,
        *(
            getattr(Telling, name).is_distinct_from(getattr(Session, name))
            for name in ("starts_at", "ends_at", "venue_id")
        ),
    ),
)
COMING = sa.or_(Session.ends_at > NOW, Telling.ends_at > NOW)
UNTOLD = sa.or_(NEVER_TOLD, TOLD_OTHERWISE)
"""Whom there may be something to tell; whether there is, the rule says."""

QUERY: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Enrollment.id,
        Enrollment.state,
        Enrollment.offer_until,
        Session.id.label("session_id"),
        Session.ref,
        sa.func.coalesce(Session.title, Course.title).label("title"),
        Session.status,
        Session.starts_at,
        Session.ends_at,
        Session.venue_id,
        Session.cancel_reason,
        Resource.name.label("venue"),
        Person.id.label("person_id"),
        Person.employee_no,
        Person.name,
        Person.department,
        Person.phone,
        Person.email,
        MANAGER.name.label("manager"),
        MANAGER.phone.label("manager_phone"),
        Telling.state.label("told_state"),
        Telling.status.label("told_status"),
        Telling.starts_at.label("told_starts_at"),
        Telling.ends_at.label("told_ends_at"),
        Telling.venue_id.label("told_venue_id"),
        FORMER.name.label("told_venue"),
        Telling.told_at,
        Telling.told_by,
    )
    .select_from(Session)
    .join(Enrollment, Enrollment.session_id == Session.id)
    .join(Person, Person.id == Enrollment.person_id)
    .join(Course, Course.id == Session.course_id)
    .outerjoin(MANAGER, MANAGER.employee_no == Person.manager_no)
    .outerjoin(Telling, sa.and_(Telling.enrollment_id == Enrollment.id, Telling.deleted_at.is_(None)))
    .outerjoin(Resource, Resource.id == Session.venue_id)
    .outerjoin(FORMER, FORMER.id == Telling.venue_id)
    .where(COMING, UNTOLD)
    .order_by(sa.func.coalesce(Session.starts_at, Telling.starts_at), Session.id, Person.sort_name, Person.id)
)
OF_SESSIONS = QUERY.where(Among(Session.id, "ids"))
BELLS: sa.Select[*tuple[Any, ...]] = (
    sa.select(Account.person_id, Notice.session_id, Notice.seen_at, Notice.starts_at, Notice.ends_at, Notice.venue_id)
    .join(Account, Account.id == Notice.account_id)
    .where(
        Among(Notice.session_id, "ids"),
        Account.person_id.is_not(None),
        Account.disabled_at.is_(None),
        Notice.kind != NoticeKind.REMINDER.value,
    )
    .order_by(Notice.id)
)
"""The last one of a person and session says how things stand now."""


def load_to_tell(db: Db, now: dt.datetime, *, session_ids: Collection[int] | None = None) -> list[ToTell]:
    """Return who has to be told what, by start and name, of all sessions not over at `now` (UTC), or of these."""
    query, values = (QUERY, {}) if session_ids is None else (OF_SESSIONS, {"ids": sorted(session_ids)})
    found = db.execute(query, {"now": now} | values).all()
    if not found:
        return []
    rung = db.execute(BELLS, {"ids": sorted({row.session_id for row in found})}).all()
    bells = {(bell.person_id, bell.session_id): bell for bell in rung}
    return list(_rows(found, bells))


def _rows(found: Collection[Any], bells: dict[tuple[int, int], Any]) -> Iterator[ToTell]:
    for row in found:
        facts = PlaceFacts(
            EnrollmentState(row.state), SessionStatus(row.status), row.starts_at, row.ends_at, row.venue_id
        )
        told = _told(row)
        kind = news(facts, told)
        bell = bells.get((row.person_id, row.session_id))
        if kind is None or (bell is not None and bell.seen_at is not None and _says(bell, facts)):
            continue
        yield ToTell(
            enrollment_id=row.id,
            session_id=row.session_id,
            ref=row.ref,
            title=row.title,
            venue=row.venue,
            person_id=row.person_id,
            employee_no=row.employee_no,
            name=row.name,
            department=row.department,
            phone=row.phone,
            email=row.email,
            manager=row.manager,
            manager_phone=row.manager_phone,
            news=kind,
            facts=facts,
            told=told,
            told_venue=row.told_venue,
            told_at=row.told_at,
            told_by=row.told_by,
            offer_until=row.offer_until,
            reason=row.cancel_reason if facts.status is SessionStatus.CANCELLED else None,
            has_bell=bell is not None,
        )


def _told(row: Any) -> PlaceFacts | None:
    if row.told_at is None:
        return None
    return PlaceFacts(
        EnrollmentState(row.told_state),
        SessionStatus(row.told_status),
        row.told_starts_at,
        row.told_ends_at,
        row.told_venue_id,
    )


def _says(bell: Any, facts: PlaceFacts) -> bool:
    """Whether the newest notice speaks of the session as it is now; an own deed rings no bell, and changes no time."""
    return (bell.starts_at, bell.ends_at, bell.venue_id) == facts.occasion
