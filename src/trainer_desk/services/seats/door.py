"""Reads a door: who is in the room of a session, who is expected, and how many still fit in (K9).

A presence whose sign of life is overdue does not count, whether or not somebody swept it.
"""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Course, Enrollment, Person, Presence, Resource, SeatHold, Session, Venue
from trainer_desk.models.enums import EnrollmentState, SessionStatus, VenueKind
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.door import DoorRow, ExpectedPerson, Occupancy
from trainer_desk.services.rows.seats import PresenceRow
from trainer_desk.services.rules.capacity import available
from trainer_desk.services.rules.occupancy import presence_seconds
from trainer_desk.services.seats.presences import USUAL
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.gate import goes_through_gate, through_gate

NOW = sa.bindparam("now", type_=Session.starts_at.type)
OF_SESSION = Session.id == sa.bindparam("session_id")
INSIDE = sa.and_(Presence.ended_at.is_(None), sa.or_(Presence.lapses_at.is_(None), Presence.lapses_at > NOW))
"""Still in the room at `now`."""

HERE = sa.and_(Presence.session_id == Session.id, Presence.venue_id == Session.venue_id, INSIDE)
COUNTS = (
    sa.select(sa.func.count()).where(Presence.venue_id == Session.venue_id, INSIDE).scalar_subquery().label("present"),
    Venue.occupancy_limit,
    sa.select(sa.func.count()).where(HERE).scalar_subquery().label("session_present"),
    Session.capacity,
)
COUNT = sa.select(*COUNTS).outerjoin(Venue, Venue.id == Session.venue_id).where(OF_SESSION)
ENDED_OFFERS = sa.select(sa.func.count()).where(
    Enrollment.session_id == Session.id,
    Enrollment.state == EnrollmentState.OFFERED.value,
    Enrollment.offer_until <= NOW,
)
ENDED_HOLDS = sa.select(sa.func.coalesce(sa.func.sum(SeatHold.seats), 0)).where(
    SeatHold.session_id == Session.id, SeatHold.ended_at.is_(None), SeatHold.until_at <= NOW
)
DOOR = (
    sa.select(
        Session.id,
        Session.ref,
        sa.func.coalesce(Session.title, Course.title).label("title"),
        Session.status,
        Session.starts_at,
        Session.ends_at,
        Session.venue_id,
        Resource.name.label("venue"),
        Venue.kind,
        Venue.presence_seconds,
        USUAL,
        Session.deleted_at,
        (Session.seats_taken - ENDED_OFFERS.scalar_subquery() - ENDED_HOLDS.scalar_subquery()).label("taken"),
        Session.capacity,
    )
    .join(Course, Course.id == Session.course_id)
    .outerjoin(Venue, Venue.id == Session.venue_id)
    .outerjoin(Resource, Resource.id == Venue.id)
    .where(OF_SESSION)
)
EXPECTED = (
    sa.select(
        Person.id,
        Person.employee_no,
        Person.name,
        Person.department,
        Enrollment.state == EnrollmentState.OFFERED.value,
        Presence.id.is_not(None),
        Presence.entered_at,
    )
    .select_from(Enrollment)
    .join(Session, Session.id == Enrollment.session_id)
    .join(Person, Person.id == Enrollment.person_id)
    .outerjoin(Presence, sa.and_(Presence.person_id == Enrollment.person_id, HERE))
    .where(
        Enrollment.session_id == sa.bindparam("session_id"),
        sa.or_(
            Enrollment.state == EnrollmentState.CONFIRMED.value,
            sa.and_(Enrollment.state == EnrollmentState.OFFERED.value, Enrollment.offer_until > NOW),
        ),
    )
    .order_by(Person.sort_name, Person.id)
)
PRESENCES = (
    sa.select(
        Presence.id,
        Presence.person_id,
        Person.employee_no,
        Person.name,
        Presence.entered_at,
        Presence.entered_by,
        Presence.lapses_at,
    )
    .join(Person, Person.id == Presence.person_id)
    .where(Presence.session_id == sa.bindparam("session_id"), INSIDE)
    .order_by(Person.sort_name, Person.id)
)


def load_presences(db: Db, session_id: int, now: dt.datetime) -> list[PresenceRow]:
    """Return by name who is in for a session at `now` (UTC)."""
    return [PresenceRow(*row) for row in db.execute(PRESENCES, {"session_id": session_id, "now": now})]


def count_people(db: Db, session_id: int, now: dt.datetime) -> Occupancy:
    """Return how many people are in the room of a session at `now` (UTC), and how many it takes (K9)."""
    if goes_through_gate(db):  # others' people in the same room are counted, but nobody sees who they are
        return Occupancy(**through_gate(db, "people_in", session_id))
    return Occupancy(*db.execute(COUNT, {"session_id": session_id, "now": now}).one())


def load_door(db: Db, session_id: int, now: dt.datetime) -> DoorRow:
    """Return a session as its door sees it at `now` (UTC). Raises NotFound, also for the trash."""
    asked = {"session_id": session_id, "now": now}
    row: Any = db.execute(DOOR, asked).one_or_none()
    if row is None:
        raise NotFound(kind="session", key=session_id)
    if row.deleted_at is not None:
        raise NotFound(kind="session", key=row.ref, why="in_trash")
    people = tuple(ExpectedPerson(*person) for person in db.execute(EXPECTED, asked))
    return DoorRow(
        session_id=row.id,
        ref=row.ref,
        title=row.title,
        status=SessionStatus(row.status),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        venue_id=row.venue_id,
        venue=row.venue or "",
        presence_seconds=None
        if row.kind is None
        else presence_seconds(VenueKind(row.kind), row.presence_seconds, row.usual),
        occupancy=count_people(db, session_id, now),
        expected=sum(not person.offered for person in people),
        free_seats=available(row.capacity, row.taken),
        people=people,
    )
