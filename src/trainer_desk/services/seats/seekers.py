"""Reads what the queue's rule needs: places with their free seats, who waits, what they hold elsewhere, runs (K5)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from trainer_desk.models import ComplianceItem, Course, Enrollment, Person, RunSeat, Session, Setting
from trainer_desk.models.enums import (
    SEATED,
    ComplianceStatus,
    EnrollmentState,
    OverlapPolicy,
    SessionStatus,
    WaitlistMode,
    WaitlistOrder,
)
from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rules.queue import Place, Room, Seeker, promotes, queue_key
from trainer_desk.services.rules.seating import BUSY, Occasion, Sitter
from trainer_desk.services.rules.times import local
from trainer_desk.services.seats.scope import Scope, SeatSession
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

NOW = sa.bindparam("now", type_=Session.starts_at.type)
ITEM = sa.and_(ComplianceItem.course_id == Session.course_id, ComplianceItem.person_id == Person.id)
PERSON = (
    Person.id,
    Person.employee_no,
    Person.name,
    Person.active,
    Person.intake_on.is_not(None).label("has_intake"),
    ComplianceItem.status,
    ComplianceItem.expires_on,
)
WAITING = (
    sa.select(Enrollment.session_id, Enrollment.position, Enrollment.skip_code, Enrollment.skip_ref, *PERSON)
    .select_from(Enrollment)
    .join(Session, Session.id == Enrollment.session_id)
    .join(Person, Person.id == Enrollment.person_id)
    .outerjoin(ComplianceItem, ITEM)
    .where(Among(Enrollment.session_id, "ids"), Enrollment.state == EnrollmentState.WAITLISTED.value)
    .order_by(Enrollment.session_id, Enrollment.position)
)
NEWCOMERS = (
    sa.select(
        Session.id.label("session_id"),
        sa.null().label("position"),
        sa.null().label("skip_code"),
        sa.null().label("skip_ref"),
        *PERSON,
    )
    .select_from(Session)
    .join(Person, Among(Person.id, "people"))
    .outerjoin(ComplianceItem, ITEM)
    .where(Session.id == sa.bindparam("session_id"))
)
ELSEWHERE = (
    sa.select(
        Enrollment.person_id,
        Session.id,
        Session.ref,
        sa.func.coalesce(Session.title, Course.title).label("title"),
        Session.status,
        Session.starts_at,
        Session.ends_at,
        Course.title.label("course"),
        Course.overlap_policy,
    )
    .select_from(Enrollment)
    .join(Session, Session.id == Enrollment.session_id)
    .join(Course, Course.id == Session.course_id)
    .where(
        Among(Enrollment.person_id, "people"),
        Enrollment.state.in_(sorted(SEATED)),
        sa.or_(Enrollment.offer_until.is_(None), Enrollment.offer_until > NOW),
        Session.status.in_(sorted(BUSY)),
        Session.starts_at < sa.bindparam("ends_at", type_=Session.starts_at.type),
        Session.ends_at > sa.bindparam("starts_at", type_=Session.starts_at.type),
    )
)
ON_RUN = sa.select(RunSeat.run_id, RunSeat.person_id).where(
    Among(RunSeat.run_id, "runs"), Among(RunSeat.person_id, "people"), RunSeat.seats > 0
)
ZONE = sa.select(Setting.value).where(Setting.key == "zone")


def queue_moves(session: SeatSession, now: dt.datetime) -> bool:
    """Whether the queue of a session moves at `now` (UTC)."""
    occasion = session.occasion
    return not session.is_deleted and promotes(occasion.status, occasion.starts_at, session.waitlist, now)


def place_of(session: SeatSession, zone: ZoneInfo | None = None) -> Place:
    """Return a session as the queue's rule sees it; `zone` is needed where the queue goes by urgency.

    Where people wait for a draft, newcomers stand behind them, although nobody is promoted yet.
    """
    free = session.free
    is_draft = session.occasion.status is SessionStatus.DRAFT
    if is_draft and session.waiting and session.waitlist is not WaitlistMode.OFF:
        free = 0
    starts_at = session.occasion.starts_at
    day = local(starts_at, zone).date() if zone is not None and starts_at is not None else None
    return Place(
        occasion=session.occasion,
        free=free,
        waitlist=session.waitlist,
        order=session.order,
        run_id=session.run_id,
        day=day,
        expiring_days=session.expiring_days,
    )


def zone_of(db: Db, sessions: Iterable[SeatSession]) -> ZoneInfo | None:
    """Return the organisation's zone if one of the sessions ranks its queue by urgency: only then a day matters."""
    if not any(session.order is WaitlistOrder.URGENT for session in sessions):
        return None
    return ZoneInfo(db.execute(ZONE).scalar() or Settings().zone_name)


def load_waiting(db: Db, session_ids: Collection[int]) -> list[Seeker]:
    """Return everybody who waits in these sessions; whoever has left the organisation waits in vain."""
    if not session_ids:
        return []
    rows = db.execute(WAITING, {"ids": sorted(session_ids)}).all()
    return [_seeker(row) for row in rows if row.active]


def load_ranks(db: Db, session: SeatSession) -> dict[int, int]:
    """Return the rank in the queue of everybody who waits in a session, by person; 1 is next."""
    queued = sorted(
        load_waiting(db, [session.occasion.session_id]), key=queue_key(place_of(session, zone_of(db, [session])))
    )
    return {seeker.sitter.person_id: rank for rank, seeker in enumerate(queued, start=1)}


def load_newcomers(db: Db, session_id: int, people: Collection[int]) -> dict[int, Seeker]:
    """Return those of these people who exist, by id, as seekers of a seat in a session."""
    rows = db.execute(NEWCOMERS, {"session_id": session_id, "people": list(people)})
    return {row.id: _seeker(row) for row in rows}


def load_seats_elsewhere(
    db: Db, occasions: Iterable[Occasion], people: Collection[int], now: dt.datetime
) -> dict[int, list[Occasion]]:
    """Return the sessions around these occasions in which people have a seat that keeps them busy, by person.

    An offer that ended by `now` (UTC) keeps nobody busy.
    """
    spans = [(one.starts_at, one.ends_at) for one in occasions if one.starts_at and one.ends_at]
    found: dict[int, list[Occasion]] = defaultdict(list)
    if not spans or not people:
        return found
    starts_at, ends_at = min(span[0] for span in spans), max(span[1] for span in spans)
    asked = {"people": sorted(people), "starts_at": starts_at, "ends_at": ends_at, "now": now}
    for row in db.execute(ELSEWHERE, asked):
        found[row.person_id].append(
            Occasion(
                row.id, row.ref, row.title, row.course, SessionStatus(row.status), row.starts_at, row.ends_at,
                OverlapPolicy(row.overlap_policy),
            )
        )  # fmt: skip
    return found


def load_rooms(db: Db, scope: Scope, people: Collection[int]) -> dict[int, Room]:
    """Return what the capped runs of the scope can still take, and which of these people are on them already (K8)."""
    rooms = {
        session.run_id: Room(session.run or "", max(0, session.max_people - session.people_taken), session.max_people)
        for session in scope.sessions.values()
        if session.run_id is not None and session.max_people is not None
    }
    if rooms and people:
        for run_id, person_id in db.execute(ON_RUN, {"runs": sorted(rooms), "people": sorted(people)}):
            rooms[run_id].people.add(person_id)
    return rooms


def _seeker(row: Any) -> Seeker:
    sitter = Sitter(row.id, row.employee_no, row.name, row.active, row.has_intake)
    status = None if row.status is None else ComplianceStatus(row.status)
    return Seeker(row.session_id, sitter, row.position, status, row.expires_on, (row.skip_code, row.skip_ref))
