"""Reads the page of a person: who that is, what they must hold, had, and are enrolled in, as of a day (N4)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from trainer_desk.models import (
    Course,
    Enrollment,
    Intake,
    Person,
    Resource,
    Session,
    TrainingRecord,
)
from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus
from trainer_desk.services.directory import load_settings
from trainer_desk.services.dossiers.missed_days import load_missed_days
from trainer_desk.services.dossiers.moments import MOST, lines_of, seen_from
from trainer_desk.services.errors import NotFound
from trainer_desk.services.journal.history import history_of_person
from trainer_desk.services.people.certificates import certificates_of
from trainer_desk.services.people.standing import load_standing
from trainer_desk.services.rows.dossiers import IntakeNote, PersonDossier, PersonFacts, RecordLine, Spot
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.services.store.db import Db, plain

MANAGER = aliased(Person)
FACTS: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Person.id,
        Person.employee_no,
        Person.name,
        Person.department,
        Person.site,
        Person.job_role,
        Person.manager_no,
        MANAGER.id,
        MANAGER.name,
        Person.email,
        Person.phone,
        Person.placed_on,
        Person.active,
    )
    .outerjoin(MANAGER, MANAGER.employee_no == Person.manager_no)
    .where(Person.id == sa.bindparam("person_id"))
)
RECORDS = (
    sa.select(
        TrainingRecord.id,
        Course.id,
        Course.title,
        TrainingRecord.held_on,
        TrainingRecord.provider,
        TrainingRecord.expires_on,
        TrainingRecord.number,
    )
    .join(Course, Course.id == TrainingRecord.course_id)
    .where(TrainingRecord.person_id == sa.bindparam("person_id"), TrainingRecord.deleted_at.is_(None))
    .order_by(TrainingRecord.held_on.desc(), TrainingRecord.id.desc())
)
SPOTS: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Session.id,
        Session.ref,
        sa.func.coalesce(Session.title, Course.title),
        Session.starts_at,
        Session.ends_at,
        Session.status,
        Resource.name,
        Enrollment.state,
        Enrollment.attendance,
        Enrollment.offer_until,
    )
    .join(Session, Session.id == Enrollment.session_id)
    .join(Course, Course.id == Session.course_id)
    .outerjoin(Resource, Resource.id == Session.venue_id)
    .where(
        Enrollment.person_id == sa.bindparam("person_id"),
        Enrollment.state != EnrollmentState.WITHDRAWN.value,
        Session.deleted_at.is_(None),
        Session.status != SessionStatus.CANCELLED.value,
    )
    .order_by(sa.nulls_last(Session.starts_at), Session.id)
)
INTAKES = (
    sa.select(Intake.id, Intake.held_on, Intake.note)
    .where(Intake.person_id == sa.bindparam("person_id"), Intake.deleted_at.is_(None))
    .order_by(Intake.held_on.desc(), Intake.id.desc())
)


def load_person(db: Db, person_id: int, day: dt.date | None, *, now: dt.datetime) -> PersonDossier:
    """Return the page of a person as of a day of the organisation's zone, None: today; `now` is UTC. Raises NotFound.

    A session that has ended by then is past; of today, by `now`.
    """
    row = db.execute(FACTS, {"person_id": person_id}).one_or_none()
    if row is None:
        raise NotFound(kind="person", key=f"#{person_id}")
    zone = load_settings(db).zone
    today = now.astimezone(zone).date()
    day = day or today
    coming, past = _spots(db, person_id, seen_from(day, zone, now), now)
    return PersonDossier(
        facts=PersonFacts(*row),
        zone=zone,
        day=day,
        held=tuple(load_standing(db, person_id, day, today=today)),
        records=tuple(RecordLine(*record) for record in db.execute(RECORDS, {"person_id": person_id})),
        coming=coming,
        past=past,
        intakes=tuple(IntakeNote(*one) for one in db.execute(INTAKES, {"person_id": person_id})),
        history=lines_of(history_of_person(plain(db), person_id, limit=MOST)),
        certificates=certificates_of(db, person_id),
        missed=tuple(load_missed_days(db, person_id=person_id)),
    )


def _spots(db: Db, person_id: int, instant: dt.datetime, now: dt.datetime) -> tuple[tuple[Spot, ...], tuple[Spot, ...]]:
    """Return the places in what ends after an instant, and in what had ended, the last first."""
    spots = [
        _spot(row)
        for row in db.execute(SPOTS, {"person_id": person_id})
        if row.offer_until is None or row.offer_until > now
    ]
    coming = [spot for spot in spots if spot.ends_at is None or spot.ends_at > instant]
    past = [spot for spot in spots if spot.ends_at is not None and spot.ends_at <= instant]
    return tuple(_ranked(db, person_id, coming)), tuple(reversed(past))


def _spot(row: Any) -> Spot:
    key, ref, title, starts_at, ends_at, status, venue, state, attendance, offer_until = row
    return Spot(
        key, ref, title, starts_at, ends_at, SessionStatus(status), venue, EnrollmentState(state),
        Attendance(attendance), None, offer_until,
    )  # fmt: skip


def _ranked(db: Db, person_id: int, spots: Sequence[Spot]) -> list[Spot]:
    """Say of each place in a queue which one it is, by the order of that queue."""
    ranked = []
    for spot in spots:
        if spot.state is EnrollmentState.WAITLISTED:
            seats = load_seats(db, spot.session_id)
            rank = next((seat.position for seat in seats if seat.person_id == person_id), None)
            ranked.append(replace(spot, rank=rank))
        else:
            ranked.append(spot)
    return ranked
