"""Certificates follow completion and marks, and compliance follows certificates, on both databases (A5, A7)."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    at,
    make_course,
    make_enrollment,
    make_person,
    make_requirement,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.services.exchange.files import stored
from trainer_desk.models import Enrollment, Session
from trainer_desk.models.enums import Attendance, CertificateEnd, ComplianceStatus, Result, SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.certifying import certify
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.people.certificates import certificates_of
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.planning import claims
from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.services.rules.certificates import checksum_of
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-06 12:00")
ATTENDED, NO_SHOW = Attendance.ATTENDED, Attendance.NO_SHOW


class Room:
    """Two people in a session of a course that must be held, is valid for a year, and is over now."""

    def __init__(self, store: Store, **course: Any) -> None:
        self.store = store
        with prepared(store) as db:
            self.course = make_course(db, "FIRE", title="Fire safety", validity_months=12, **course)
            self.trainer = make_trainer(db, "SMITH", name="John Smith", courses=[self.course])
            self.venue = make_venue(db)
            self.ada, self.bo = (make_person(db, name, employee_no=name[0]) for name in ("Ada", "Bo"))
            make_requirement(db, self.course)
            recompute(db)
        self.session = self.hold("2026-07-06 09:00", minutes=150)

    def hold(self, wall: str, *people: int, **columns: Any) -> int:
        with prepared(self.store) as db:
            session = make_scheduled(
                db, course=self.course, trainer=self.trainer, venue=self.venue, starts_at=at(wall), **columns
            )
            for person in people or (self.ada, self.bo):
                make_enrollment(db, session, person)
        return session

    def mark(self, session: int, person: int, attendance: Attendance, **columns: Any) -> None:
        """Mark somebody as the sheet does, and let certificates follow."""

        def write(db: Any, *, actor: str, now: dt.datetime) -> None:
            place = sa.update(Enrollment).where(Enrollment.session_id == session, Enrollment.person_id == person)
            db.execute(place.values(attendance=attendance, version=Enrollment.version + 1, **columns))
            certify(db, [session], actor=actor, now=now)

        self.store.write("Mark", write)

    def move(self, session: int, status: SessionStatus) -> None:
        """Complete or reopen a session, and let certificates follow."""

        def write(db: Any, *, actor: str, now: dt.datetime) -> None:
            row = sa.update(Session).where(Session.id == session)
            db.execute(row.values(status=status, version=Session.version + 1))
            claims.drop(db, [session])
            certify(db, [session], actor=actor, now=now)

        self.store.write("Move", write)

    def complete(self, session: int, *attended: int, **columns: Any) -> None:
        for person in attended:
            self.mark(session, person, ATTENDED, **columns)
        self.move(session, SessionStatus.COMPLETED)

    def of(self, person: int) -> tuple[CertificateRow, ...]:
        return self.store.read(certificates_of, person)

    def live(self, person: int) -> list[CertificateRow]:
        return [row for row in self.of(person) if row.is_live]

    def item(self, person: int) -> tuple[str, dt.date | None]:
        rows = stored(self.store, "compliance_items", "person_id", "status", "expires_on")
        return next((status, expires) for key, status, expires in rows if key == person)


@pytest.fixture
def room(store_factory: StoreFactory) -> Room:
    return Room(store_factory(FixedClock(NOW)))


def compliant(year: int, month: int, day: int) -> tuple[str, dt.date]:
    return ComplianceStatus.COMPLIANT, dt.date(year, month, day)


LACKING = (ComplianceStatus.NON_COMPLIANT, None)


def test_completion_certifies_those_who_attended_and_renews_what_they_hold(room: Room) -> None:
    room.mark(room.session, room.bo, NO_SHOW)
    room.mark(room.session, room.ada, ATTENDED)
    assert not room.of(room.ada), "nothing before the completion"
    room.move(room.session, SessionStatus.COMPLETED)
    [made] = room.of(room.ada)
    assert not room.of(room.bo)
    assert (made.revision, made.employee_no, made.person_name, made.course_code) == (1, "A", "Ada", "FIRE")
    assert (made.course_title, made.trainer_name, made.minutes) == ("Fire safety", "John Smith", 150)
    assert (made.held_from, made.held_on, made.expires_on) == (
        dt.date(2026, 7, 6), dt.date(2026, 7, 6), dt.date(2027, 7, 6),
    )  # fmt: skip
    assert made.number == f"2026-{made.days[0].enrollment_id:06d}"
    assert (made.issued_at, made.certified_at, made.checksum) == (NOW, NOW, checksum_of(made))
    assert (room.item(room.ada), room.item(room.bo)) == (compliant(2027, 7, 6), LACKING)


def test_what_is_right_already_stays_as_it_is(room: Room) -> None:
    room.complete(room.session, room.ada)
    before = room.of(room.ada)
    room.store.write("Again", lambda db, *, actor, now: certify(db, [room.session], actor=actor, now=now))
    assert room.of(room.ada) == before


def test_reopening_takes_the_certificate_back_and_completing_gives_the_next_revision(room: Room) -> None:
    room.complete(room.session, room.ada)
    room.move(room.session, SessionStatus.IN_PROGRESS)
    [gone] = room.of(room.ada)
    assert (gone.is_live, gone.withdrawn_why) == (False, CertificateEnd.REOPENED)
    assert room.item(room.ada) == LACKING
    room.move(room.session, SessionStatus.COMPLETED)
    [again] = room.live(room.ada)
    assert (again.number, again.revision) == (gone.number, 2)
    assert room.item(room.ada) == compliant(2027, 7, 6)
    assert not room.store.read(check_database)


def test_a_late_correction_gives_and_takes(room: Room) -> None:
    room.complete(room.session, room.ada)
    room.mark(room.session, room.ada, NO_SHOW)
    room.mark(room.session, room.bo, ATTENDED)
    [gone] = room.of(room.ada)
    assert gone.withdrawn_why is CertificateEnd.CORRECTED
    assert len(room.live(room.bo)) == 1
    assert (room.item(room.ada), room.item(room.bo)) == (LACKING, compliant(2027, 7, 6))


def test_only_a_pass_certifies_where_the_course_asks_for_a_result(store_factory: StoreFactory) -> None:
    room = Room(store_factory(FixedClock(NOW)), requires_result=True)
    room.mark(room.session, room.bo, ATTENDED, result=Result.FAILED)
    room.complete(room.session, room.ada)
    assert not room.of(room.ada)
    assert not room.of(room.bo)
    room.mark(room.session, room.ada, ATTENDED, result=Result.PASSED, score=81)
    [made] = room.live(room.ada)
    assert (made.result, made.score, room.item(room.ada)) == (Result.PASSED, 81, compliant(2027, 7, 6))
    room.mark(room.session, room.ada, ATTENDED, result=Result.PASSED, score=18)
    [next_one] = room.live(room.ada)
    assert (next_one.score, next_one.revision, next_one.number) == (18, 2, made.number)
    room.mark(room.session, room.ada, ATTENDED, result=Result.FAILED)
    assert (room.live(room.ada), room.item(room.ada)) == ([], LACKING)


@pytest.mark.parametrize(
    ("wall", "minutes", "months", "expected"),
    [
        ("2026-01-31 09:00", 60, 1, dt.date(2026, 2, 28)),
        ("2024-01-31 09:00", 60, 1, dt.date(2024, 2, 29)),
        ("2024-02-29 09:00", 60, 12, dt.date(2025, 2, 28)),
        ("2026-01-30 23:00", 120, 1, dt.date(2026, 2, 28)),
        ("2026-01-30 22:00", 120, 1, dt.date(2026, 2, 28)),
        ("2026-03-30 22:00", 120, 12, dt.date(2027, 3, 30)),
        ("2026-03-30 22:00", 121, 12, dt.date(2027, 3, 31)),
    ],
)
def test_the_last_valid_day(
    store_factory: StoreFactory, wall: str, minutes: int, months: int, expected: dt.date
) -> None:
    room = Room(store_factory(FixedClock(NOW)))
    with prepared(room.store) as db:
        course = sa.text("UPDATE courses SET validity_months = :months, version = version + 1 WHERE id = :course")
        db.execute(course, {"months": months, "course": room.course})
    session = room.hold(wall, minutes=minutes)
    room.complete(session, room.ada)
    assert room.live(room.ada)[0].expires_on == expected


def test_a_certificate_keeps_what_it_said_when_names_and_validity_change(room: Room) -> None:
    room.complete(room.session, room.ada)
    before = room.of(room.ada)
    with prepared(room.store) as db:
        db.execute(sa.text("UPDATE courses SET title = 'Other', validity_months = NULL, version = version + 1"))
        db.execute(sa.text("UPDATE people SET name = 'Other', version = version + 1"))
        recompute(db)
    assert room.of(room.ada) == before
    assert room.item(room.ada) == compliant(2027, 7, 6)


def test_a_refresher_renews_the_basic_course_by_its_own_validity(room: Room) -> None:
    with prepared(room.store) as db:
        refresher = make_course(db, "REFRESH", renews_id=room.course, validity_months=1)
        trainer = make_trainer(db, courses=[refresher])
        session = make_scheduled(db, course=refresher, trainer=trainer, starts_at=at("2026-07-06 09:00"))
        make_enrollment(db, session, room.ada)
    room.complete(session, room.ada)
    assert room.item(room.ada)[0] == ComplianceStatus.COMPLIANT
    items = stored(room.store, "compliance_items", "course_id", "person_id", "expires_on")
    assert (room.course, room.ada, dt.date(2027, 7, 6)) in items
    assert (refresher, room.ada, dt.date(2026, 8, 6)) in items
