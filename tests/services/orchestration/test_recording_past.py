"""A session that was held is recorded whole in one change, or not at all, and taken back with one undo (R8)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import (
    at,
    make_course,
    make_people,
    make_person,
    make_run,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models import Certificate, Change, Claim, ComplianceItem, Enrollment, Session
from trainer_desk.models.enums import Attendance, OverlapPolicy, Result, SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.recording_past import load_form, record_past
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.rows.attendance import Mark
from trainer_desk.services.rows.past import PastPerson, PastSession
from trainer_desk.services.store.engine import Store
from trainer_desk.texts import error_text

NOW = at("2026-07-10 12:00")
ATTENDED, NO_SHOW = Mark(Attendance.ATTENDED), Mark(Attendance.NO_SHOW)
START, END = at("2026-07-06 09:00"), at("2026-07-06 12:00")


@dataclass
class Desk:
    """A course of a year's validity with its trainer and room, and five people."""

    store: Store
    course: int
    trainer: int
    venue: int
    people: list[int]

    def fields(self, **other: Any) -> dict[str, Any]:
        made = {"course_id": self.course, "trainer_id": self.trainer, "venue_id": self.venue}
        return made | {"starts_at": START, "ends_at": END} | other

    def record(self, fields: dict[str, Any], people: Sequence[PastPerson]) -> PastSession:
        return self.store.write("Record a past session", record_past, fields, people).value

    def count(self, *tables: type[Any]) -> list[int]:
        with self.store.reading() as db:
            return [db.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables]

    def state(self, session_id: int) -> SessionStatus:
        with self.store.reading() as db:
            return SessionStatus(db.execute(sa.select(Session.status).where(Session.id == session_id)).scalar_one())

    def sound(self) -> list[object]:
        with self.store.snapshot() as db:
            return list(check_database(db, now=NOW))


@pytest.fixture
def desk(store: Store) -> Desk:
    store.clock = FixedClock(NOW)
    with prepared(store) as db:
        course = make_course(db, "FIRE", title="Fire", validity_months=12, duration_minutes=180, default_capacity=2)
        trainer, venue = make_trainer(db, "T1", courses=[course]), make_venue(db, "V1", capacity=2)
        return Desk(store, course, trainer, venue, make_people(db, 5))


def all_attended(people: Sequence[int]) -> list[PastPerson]:
    return [PastPerson(person, ATTENDED) for person in people]


def test_everything_is_there_after_one_change_and_gone_after_one_undo(desk: Desk) -> None:
    before = desk.count(Change)[0]
    remark = Mark(Attendance.ATTENDED, "Left early")
    people = [*all_attended(desk.people[:2]), PastPerson(desk.people[2], remark), PastPerson(desk.people[3], NO_SHOW)]
    done = desk.record(desk.fields(), [*people, people[0]])
    assert (done.attended, done.no_shows) == (3, 1)
    assert {one.code for one in done.findings} == {"in_the_past"}
    assert desk.count(Change)[0] == before + 1
    assert desk.state(done.session_id) is SessionStatus.COMPLETED
    with desk.store.reading() as db:
        rows = db.execute(sa.select(Enrollment.attendance, Enrollment.remarks).order_by(Enrollment.person_id)).all()
        expires = set(db.execute(sa.select(ComplianceItem.person_id, ComplianceItem.expires_on)).all())
    assert [tuple(row) for row in rows] == [
        ("attended", None), ("attended", None), ("attended", "Left early"), ("no_show", None)
    ]  # fmt: skip
    assert expires == {(person, dt.date(2027, 7, 6)) for person in desk.people[:3]}
    assert desk.count(Certificate, Claim) == [3, 0]
    assert desk.sound() == []
    assert undo_last(desk.store).value == "Record a past session"
    assert desk.state(done.session_id) is SessionStatus.DRAFT
    assert desk.count(ComplianceItem) == [0]
    assert desk.sound() == []
    redo_last(desk.store)
    assert desk.state(done.session_id) is SessionStatus.COMPLETED
    assert desk.count(ComplianceItem) == [3]
    assert desk.sound() == []


def test_a_course_that_asks_for_a_result_certifies_who_passed(desk: Desk) -> None:
    with prepared(desk.store) as db:
        exam = make_course(db, "EXAM", requires_result=True, validity_months=6)
        teacher = make_trainer(db, "T2", courses=[exam])
    assert desk.store.read(load_form).asking == {exam}
    marks = [Mark(Attendance.ATTENDED, result=Result.PASSED, score=90), Mark(Attendance.ATTENDED, result=Result.FAILED)]
    people = [PastPerson(person, mark) for person, mark in zip(desk.people, [*marks, ATTENDED], strict=False)]
    desk.record(desk.fields(course_id=exam, trainer_id=teacher), people)
    with desk.store.reading() as db:
        certified = db.execute(sa.select(Certificate.person_id, Certificate.score)).all()
    assert [tuple(row) for row in certified] == [(desk.people[0], 90)]


def test_more_people_than_the_course_usually_takes_are_recorded(desk: Desk) -> None:
    assert desk.record(desk.fields(), all_attended(desk.people)).attended == 5


REFUSED: dict[str, tuple[dict[str, Any], list[Mark], str]] = {
    "to come": ({"ends_at": at("2026-07-10 12:01")}, [ATTENDED], "A past session is over, and this one ends"),
    "upside down": ({"ends_at": at("2026-07-06 08:00")}, [ATTENDED], "The end must be after the start"),
    "no trainer, no venue": ({"trainer_id": None, "venue_id": None}, [ATTENDED], "Set trainer and venue"),
    "no time": ({"starts_at": None, "ends_at": None}, [ATTENDED], "Set start and end"),
    "no course": ({"course_id": None}, [ATTENDED], "The course is missing"),
    "nobody": ({}, [], "Nobody is on the list"),
    "not marked": ({}, [ATTENDED, Mark()], "everybody stays marked"),
    "a result of an absence": ({}, [Mark(Attendance.NO_SHOW, result=Result.PASSED)], "is for those who attended"),
    "an absurd score": ({}, [Mark(Attendance.ATTENDED, score=1001)], "out of range"),
    "too few seats": ({"capacity": 1}, [ATTENDED, ATTENDED], "Session Full"),
}


@pytest.mark.parametrize(("other", "marks", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_is_told_in_words_and_leaves_nothing(
    desk: Desk, other: dict[str, Any], marks: list[Mark], said: str
) -> None:
    before = desk.count(Change, Session, Enrollment, Claim)
    people = [PastPerson(person, mark) for person, mark in zip(desk.people, marks, strict=False)]
    with pytest.raises(DeskError) as refusal:
        desk.record(desk.fields(**other), people)
    assert said in error_text(refusal.value)
    assert desk.count(Change, Session, Enrollment, Claim) == before


def test_each_person_who_cannot_have_been_there_is_named_with_the_reason(desk: Desk) -> None:
    with prepared(desk.store) as db:
        course = make_course(db, "GAS", requires_intake=True, overlap_policy=OverlapPolicy.BLOCK)
        teacher = make_trainer(db, "T2", courses=[course])
        left = make_person(db, "Lee Left", active=False)
        new = make_person(db, "Nia New")
    with pytest.raises(DeskError) as refusal:
        desk.record(desk.fields(course_id=course, trainer_id=teacher), all_attended([left, new]))
    assert [finding.code for finding in refusal.value.findings] == ["not_found", "intake_missing"]
    said = error_text(refusal.value)
    assert "Lee Left has left" in said
    assert "Nia New has no intake on file" in said
    assert desk.count(Session, Enrollment) == [0, 0]


def test_a_trainer_who_was_teaching_elsewhere_refuses_it_whole(desk: Desk) -> None:
    with prepared(desk.store) as db:
        make_scheduled(db, course=desk.course, trainer=desk.trainer, starts_at=START)
    with pytest.raises(DeskError) as refusal:
        desk.record(desk.fields(), all_attended(desk.people))
    assert refusal.value.code == "trainer_busy"
    assert desk.count(Session, Enrollment) == [1, 0]


def test_the_limit_of_a_run_holds(desk: Desk) -> None:
    with prepared(desk.store) as db:
        run = make_run(db, "JULY", course=desk.course, max_people=2)
    with pytest.raises(DeskError) as refusal:
        desk.record(desk.fields(run_id=run), all_attended(desk.people[:3]))
    assert refusal.value.code == "run_full"
    assert desk.record(desk.fields(run_id=run), all_attended(desk.people[:2])).attended == 2
