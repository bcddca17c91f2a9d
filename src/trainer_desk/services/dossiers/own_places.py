"""Reads what one person may sign up for, and what they are enrolled in, offered or waiting for (K13)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from trainer_desk.models import Course, Enrollment, Person, Resource, Session, Venue
from trainer_desk.models.enums import CLAIMING, EnrollmentState, SessionStatus, WaitlistMode
from trainer_desk.services.accounts.identity import who_is
from trainer_desk.services.directory import load_hues, load_settings
from trainer_desk.services.errors import NotAllowed, NotFound
from trainer_desk.services.planning.board import CARD_COLUMNS, card_of, seen
from trainer_desk.services.rows.signing_up import AskedCourse, OpenSessions, OwnPlace, OwnSchedule, PersonalSession
from trainer_desk.services.seats.scope import read_scope
from trainer_desk.services.seats.seekers import load_ranks
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.gate import goes_through_gate
from trainer_desk.services.store.lists import Among

TEACHER, PLACE = aliased(Resource), aliased(Resource)
INSTANT = Session.__table__.c.starts_at.type
SEEN: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        *CARD_COLUMNS,
        Course.code,
        Course.title,
        Course.category,
        Course.sign_up,
        Session.description,
        Session.waitlist,
        TEACHER.name,
        PLACE.name,
        Venue.site,
    )
    .join(Course, Course.id == Session.course_id)
    .outerjoin(TEACHER, TEACHER.id == Session.trainer_id)
    .outerjoin(PLACE, PLACE.id == Session.venue_id)
    .outerjoin(Venue, Venue.id == Session.venue_id)
    .where(Session.deleted_at.is_(None), Session.starts_at.is_not(None), Session.ends_at.is_not(None))
    .order_by(Session.starts_at, Session.id)
)
TO_SIGN_UP: sa.Select[*tuple[Any, ...]] = SEEN.where(
    Session.status == SessionStatus.SCHEDULED.value,
    Session.starts_at > sa.bindparam("after", type_=INSTANT),
    Course.sign_up.is_(sa.true()),
    Course.active.is_(sa.true()),
)
OWN_SESSIONS: sa.Select[*tuple[Any, ...]] = SEEN.where(
    Among(Session.id, "ids"),
    Session.status.in_(sorted(CLAIMING)),
    Session.ends_at > sa.bindparam("after", type_=INSTANT),
)
PLACES = sa.select(
    Enrollment.session_id, Enrollment.state, Enrollment.offer_until, Enrollment.skip_code, Enrollment.skip_ref
).where(
    Enrollment.person_id == sa.bindparam("person_id"),
    Enrollment.state != EnrollmentState.WITHDRAWN.value,
    sa.or_(Enrollment.offer_until.is_(None), Enrollment.offer_until > sa.bindparam("now", type_=INSTANT)),
)
"""An offer that has ended is none, whether somebody has swept it or not (K5)."""

ASKED = (
    sa.select(Course.id, Course.code, Course.title, Course.category, Course.duration_minutes)
    .where(Course.active.is_(sa.true()), Course.sign_up.is_(sa.false()))
    .order_by(Course.title, Course.id)
)
SEEN_PLACES = sa.text("SELECT session_id, taken, rank FROM seen_places()")
WHO = sa.select(Person.id, Person.employee_no, Person.name).where(Person.id == sa.bindparam("person_id"))


def load_open_sessions(db: Db, login: str, *, now: dt.datetime) -> OpenSessions:
    """Return what a login may sign up for at `now` (UTC), with the own places, and the courses to be asked for."""
    person_id = who_is(db, login).person_id
    hues = load_hues(db)
    places = {} if person_id is None else _places(db, person_id, now)
    sessions = _read(db, TO_SIGN_UP, {"after": now}, hues, places, now)
    return OpenSessions(
        zone=load_settings(db).zone,
        now=now,
        person_id=person_id,
        sessions=_ranked(db, sessions, person_id, now),
        on_request=tuple(
            AskedCourse(key, code, title, category, hues[category], minutes)
            for key, code, title, category, minutes in db.execute(ASKED)
        ),
    )


def load_own_schedule(db: Db, login: str, *, now: dt.datetime) -> OwnSchedule:
    """Return the schedule of the person that a login stands for. Raises NotAllowed where it stands for nobody."""
    identity = who_is(db, login)
    if identity.person_id is None:
        raise NotAllowed(role=identity.role, why="no_person")
    return load_schedule(db, identity.person_id, now=now)


def load_schedule(db: Db, person_id: int, *, now: dt.datetime) -> OwnSchedule:
    """Return where a person has a seat, an offer or a place in the queue and that is not over at `now` (UTC), by start.

    Drafts are left out, and what was cancelled. Raises NotFound.
    """
    who = db.execute(WHO, {"person_id": person_id}).one_or_none()
    if who is None:
        raise NotFound(kind="person", key=f"#{person_id}")
    places = _places(db, person_id, now)
    sessions = _read(db, OWN_SESSIONS, {"ids": sorted(places), "after": now}, load_hues(db), places, now)
    return OwnSchedule(load_settings(db).zone, now, *who, _ranked(db, sessions, person_id, now))


def _places(db: Db, person_id: int, now: dt.datetime) -> dict[int, OwnPlace]:
    """Return how a person stands, by session; those without any place are left out."""
    rows = db.execute(PLACES, {"person_id": person_id, "now": now})
    return {
        row.session_id: OwnPlace(EnrollmentState(row.state), None, row.offer_until, row.skip_code, row.skip_ref)
        for row in rows
    }


def _read(
    db: Db,
    query: sa.Select[*tuple[Any, ...]],
    values: dict[str, Any],
    hues: Mapping[str, int],
    places: Mapping[int, OwnPlace],
    now: dt.datetime,
) -> list[PersonalSession]:
    rows = db.execute(query, values | seen(now))
    return [_personal(row, hues, places.get(row[0])) for row in rows]


def _personal(row: Any, hues: Mapping[str, int], mine: OwnPlace | None) -> PersonalSession:
    card: Any = card_of(row, {})
    code, title, category, sign_up, description, waitlist, trainer, venue, site = row[len(CARD_COLUMNS) :]
    return PersonalSession(
        session_id=card.id,
        ref=card.ref,
        course_id=card.course_id,
        course=code,
        title=card.title or title,
        description=description,
        hue=hues[category],
        status=card.status,
        starts_at=card.starts_at,
        ends_at=card.ends_at,
        trainer=trainer,
        venue=venue,
        site=site or "",
        capacity=card.capacity,
        seats_taken=card.seats_taken,
        waiting=card.waiting,
        waitlist=WaitlistMode(waitlist),
        sign_up=sign_up,
        mine=mine,
    )


def _ranked(
    db: Db, sessions: Iterable[PersonalSession], person_id: int | None, now: dt.datetime
) -> tuple[PersonalSession, ...]:
    """Say of each place in a queue which one it is, by the order of that queue."""
    if goes_through_gate(db):
        return _seen(db, sessions)
    ranked = []
    for session in sessions:
        mine = session.mine
        if person_id is not None and mine is not None and mine.state is EnrollmentState.WAITLISTED:
            queue = read_scope(db, [session.session_id], now).sessions[session.session_id]
            ranked.append(replace(session, mine=replace(mine, rank=load_ranks(db, queue).get(person_id))))
        else:
            ranked.append(session)
    return tuple(ranked)


def _seen(db: Db, sessions: Iterable[PersonalSession]) -> tuple[PersonalSession, ...]:
    """Say the same of own places with what a server tells of those that a login does not see."""
    found = {key: (taken, rank) for key, taken, rank in db.execute(SEEN_PLACES)}
    told = []
    for session in sessions:
        taken, rank = found.get(session.session_id, (session.seats_taken, None))
        mine = session.mine and replace(session.mine, rank=rank)
        told.append(replace(session, seats_taken=taken, mine=mine))
    return tuple(told)
