"""Certificates follow completion and marks, and compliance follows certificates, on both databases (A5, A7)."""

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import at, make_course, make_enrollment, make_scheduled, make_trainer, prepared
from tests.services.exchange.files import stored
from tests.services.orchestration.certified import LACKING, NOW, Room, compliant
from trainer_desk.models.enums import Attendance, CertificateEnd, ComplianceStatus, Result, SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.exchange.importing.run import import_file
from trainer_desk.services.orchestration.certifying import certify
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, reverse, undo_last
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.rules.certificates import checksum_of

ATTENDED, NO_SHOW = Attendance.ATTENDED, Attendance.NO_SHOW


@pytest.fixture
def room(store_factory: StoreFactory) -> Room:
    return Room(store_factory(FixedClock(NOW)))


def test_completion_certifies_those_who_attended_and_renews_what_they_hold(room: Room) -> None:
    room.mark(room.session, room.ada, ATTENDED)
    assert not room.of(room.ada), "nothing before the completion"
    room.complete(room.session)
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
    room.reopen(room.session)
    [gone] = room.of(room.ada)
    assert (gone.is_live, gone.withdrawn_why) == (False, CertificateEnd.REOPENED)
    assert room.item(room.ada) == LACKING
    room.complete(room.session)
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


def test_what_never_expires_stays_so_when_the_course_gets_a_validity(store_factory: StoreFactory) -> None:
    room = Room(store_factory(FixedClock(NOW)), validity_months=None)
    room.complete(room.session, room.ada)
    with prepared(room.store) as db:
        db.execute(sa.text("UPDATE courses SET validity_months = 1, version = version + 1"))
        recompute(db)
    assert room.item(room.ada) == (ComplianceStatus.COMPLIANT, None)


def test_a_file_that_corrects_marks_gives_and_takes(room: Room, tmp_path: Path) -> None:
    room.complete(room.session, room.ada)
    [ref] = [ref for key, ref in stored(room.store, "sessions", "id", "ref") if key == room.session]
    path = tmp_path / "enrollments.csv"
    path.write_text(f"session,employee_no,attendance\n{ref},A,no_show\n{ref},B,attended\n", encoding="utf-8")
    assert import_file(room.store, "enrollments", path).updated == 2
    assert (room.live(room.ada), len(room.live(room.bo))) == ([], 1)
    path.write_text(f"session,employee_no,attendance\n{ref},B,registered\n", encoding="utf-8")
    assert [row.error.code for row in import_file(room.store, "enrollments", path).refused] == ["wrong_state"]
    assert not room.store.read(check_database)


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


def test_undo_takes_a_completion_back_and_redo_gives_the_same_certificate(room: Room) -> None:
    room.complete(room.session, room.ada)
    before = room.live(room.ada)
    undo_last(room.store)
    assert (room.status(room.session), room.live(room.ada)) == (SessionStatus.SCHEDULED, [])
    assert room.item(room.ada) == LACKING
    redo_last(room.store)
    [again] = room.live(room.ada)
    assert (again.id, again.checksum) == (before[0].id, before[0].checksum)
    assert room.item(room.ada) == compliant(2027, 7, 6)
    assert not room.store.read(check_database)


def test_undo_of_a_mark_takes_the_certificate_that_rests_on_it(room: Room) -> None:
    """A trainer corrected a mark, a supervisor completed; then the trainer undoes the correction."""
    room.mark(room.session, room.bo, ATTENDED)
    room.mark(room.session, room.ada, NO_SHOW)
    with prepared(room.store, "Marked by the trainer") as db:
        place = sa.text(
            "UPDATE enrollments SET attendance = 'attended', version = version + 1"
            " WHERE session_id = :session AND person_id = :person"
        )
        db.execute(place, {"session": room.session, "person": room.ada})
    room.complete(room.session)
    assert len(room.live(room.ada)) == 1
    [(_label, change)] = stored(room.store, "changes", "label", "id", label="Marked by the trainer")
    room.store.write("Undo", reverse, change, undoes=change)
    assert room.live(room.ada) == []
    assert (room.item(room.ada), room.item(room.bo)) == (LACKING, compliant(2027, 7, 6))


def test_undo_of_a_corrected_score_brings_the_revision_before_back(store_factory: StoreFactory) -> None:
    room = Room(store_factory(FixedClock(NOW)), requires_result=True)
    room.complete(room.session, room.ada, result=Result.PASSED, score=80)
    room.mark(room.session, room.ada, ATTENDED, score=90)
    undo_last(room.store)
    assert [(row.revision, row.score) for row in room.live(room.ada)] == [(1, 80)]
    redo_last(room.store)
    assert [(row.revision, row.score) for row in room.live(room.ada)] == [(2, 90)]
    assert not room.store.read(check_database)
