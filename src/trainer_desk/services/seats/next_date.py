"""Enrolls people in a course without naming a session: each gets the next date that fits (K14)."""

import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Course, Enrollment, Person, Session
from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.rules import queue
from trainer_desk.services.rules.queue import Place, Room, Seeker
from trainer_desk.services.rules.seating import Occasion
from trainer_desk.services.seats.enrolling import number_of
from trainer_desk.services.seats.scope import SeatSession, lock_scope
from trainer_desk.services.seats.seekers import load_newcomers, load_rooms, load_seats_elsewhere, place_of
from trainer_desk.services.seats.settling import settle
from trainer_desk.services.seats.writing import Hand, seat, standings
from trainer_desk.services.store.lists import Among

FURTHEST = 200
"""Dates that are looked at; nobody is served by one that lies further ahead."""

LACKING = ("intake_missing", "prerequisite_missing")

COMING = (
    sa.select(Session.id)
    .where(
        Session.course_id == sa.bindparam("course_id"),
        Session.status == SessionStatus.SCHEDULED.value,
        Session.deleted_at.is_(None),
        Session.starts_at > sa.bindparam("now", type_=Session.starts_at.type),
    )
    .order_by(Session.starts_at, Session.id)
)
"""The scheduled sessions of a course that start after an instant, the next one first."""

LOOKED_AT = COMING.limit(FURTHEST)
PLACES = (
    sa.select(Enrollment.person_id, Enrollment.session_id, Enrollment.state)
    .join(Session, Session.id == Enrollment.session_id)
    .where(
        Among(Enrollment.session_id, "ids"),
        Among(Enrollment.person_id, "people"),
        Enrollment.state != EnrollmentState.WITHDRAWN.value,
    )
    .order_by(Session.starts_at, Session.id)
)


def enroll_next(
    db: DbSession, course_id: int, person_ids: Sequence[int], *, actor: str, now: dt.datetime
) -> list[Outcome]:
    """Give each person a seat on the next coming date of a course that has one and fits; say which (K14).

    A date fits when a seat is free behind those who wait, nothing refuses the person, and they are not elsewhere at
    that time. Who has a place on a coming date already is `already` there; where none fits the person is refused
    with `session_full`, `intake_missing` or `prerequisite_missing`, and nobody is put into a queue. Raises NotFound
    for the course.
    """
    if db.execute(sa.select(Course.id).where(Course.id == course_id)).one_or_none() is None:
        raise NotFound(kind="course", key=course_id)
    dates = list(db.execute(LOOKED_AT, {"course_id": course_id, "now": now}).scalars())
    scope = lock_scope(db, dates, people=person_ids, now=now)
    settle(db, scope, actor=actor, now=now)
    dates = [key for key in dates if _is_coming(scope.sessions[key], now)]  # it was asked before the locks were there
    places = [place_of(scope.sessions[key]) for key in dates]
    occasions = [place.occasion for place in places]
    seats = load_seats_elsewhere(db, occasions, person_ids, now)
    search = _Search(places, seats, load_rooms(db, scope, person_ids))
    here = _places(db, dates, person_ids)
    seekers = load_newcomers(db, dates[0], person_ids) if dates else {}
    outcomes = []
    for person in person_ids:
        outcome, session_id = _find(db, person, seekers.get(person), here, search)
        if session_id is not None:
            seat(db, session_id, standings(db, session_id, [person]), Hand(actor, now))
            here[person] = session_id
        outcomes.append(outcome)
    return outcomes


class _Search:
    """The dates with what is left of each, while one person after the other takes a seat."""

    def __init__(
        self, places: Sequence[Place], seats: Mapping[int, Sequence[Occasion]], rooms: Mapping[int, Room]
    ) -> None:
        self.places, self.rooms = places, rooms
        self.seats = {person: list(held) for person, held in seats.items()}
        self.by_id = {place.occasion.session_id: place for place in places}

    def take(self, seeker: Seeker) -> tuple[Place | None, queue.Fate | None]:
        """Return the first date that fits, its seat taken; else None and why the last one did not."""
        fate = None
        for place in self.places:
            wish = Seeker(place.occasion.session_id, seeker.sitter)
            (fate,) = queue.settle([place], [wish], self.seats, self.rooms, strict=True)
            if fate.seated:
                self.seats.setdefault(seeker.sitter.person_id, []).append(place.occasion)
                return place, fate
        return None, fate


def _is_coming(session: SeatSession, now: dt.datetime) -> bool:
    occasion = session.occasion
    is_scheduled = occasion.status is SessionStatus.SCHEDULED and not session.is_deleted
    return is_scheduled and occasion.starts_at is not None and occasion.starts_at > now


def _find(
    db: DbSession, person_id: int, seeker: Seeker | None, here: Mapping[int, int], search: _Search
) -> tuple[Outcome, int | None]:
    if person_id in here and seeker is not None:
        ref = search.by_id[here[person_id]].occasion.ref
        return Outcome(seeker.sitter.employee_no, "already", "already_enrolled", session=ref), None
    if seeker is None or not seeker.sitter.active:
        known = db.execute(sa.select(Person.active).where(Person.id == person_id)).scalar_one_or_none()
        return Outcome(number_of(db, person_id), "refused", "session_full" if known else "not_found"), None
    place, fate = search.take(seeker)
    number = seeker.sitter.employee_no
    if place is None or fate is None:
        reason = fate.reason if fate is not None else None
        if reason is not None and reason.code in LACKING:  # no other date helps, and there is a way out
            return Outcome(number, "refused", reason.code, findings=(reason,)), None
        return Outcome(number, "refused", "session_full"), None
    return Outcome(number, "enrolled", findings=fate.findings, session=place.occasion.ref), place.occasion.session_id


def _places(db: DbSession, dates: Sequence[int], person_ids: Sequence[int]) -> dict[int, int]:
    """Return the first coming date on which each person has a place or waits."""
    found: dict[int, int] = {}
    for person, session_id, _state in db.execute(PLACES, {"ids": list(dates), "people": list(person_ids)}):
        found.setdefault(person, session_id)
    return found
