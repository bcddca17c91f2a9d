"""A session that was held is recorded in one change: all of it, or nothing where anything refuses (R8)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import make_person, make_scheduled, prepared
from tests.services.planning.world import ELEVEN, NINE, TEN, World, make_world
from trainer_desk.models import Certificate, Course, Enrollment, Session
from trainer_desk.models.enums import Attendance, Result, SessionStatus
from trainer_desk.services.errors import DeskError, Refused
from trainer_desk.services.orchestration.recording_past import record_past
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.rows.past import PastPerson, PastSession, Recorded

ATTENDED, NO_SHOW = Attendance.ATTENDED, Attendance.NO_SHOW
LIVE = sa.select(sa.func.count()).select_from(Certificate).where(Certificate.withdrawn_at.is_(None))


@pytest.fixture
def world(each_factory: StoreFactory) -> Iterator[World]:
    """Give the organisation the day after; at the end its database must be sound."""
    made = make_world(each_factory)
    made.clock.instant = NINE + dt.timedelta(days=1)
    yield made
    with made.store.snapshot() as db:
        assert check_database(db, now=made.clock.instant) == []


@pytest.fixture
def paper(world: World) -> PastSession:
    """Give a paper that says: Ann taught three people in the room, of whom one did not come."""
    with prepared(world.store) as db:
        people = [make_person(db, name, employee_no=name) for name in ("Abel", "Bea", "Cleo")]
    marks = (ATTENDED, ATTENDED, NO_SHOW)
    listed = tuple(PastPerson(person, mark) for person, mark in zip(people, marks, strict=True))
    return PastSession(world.fire, world.ann, world.room, NINE, TEN, listed, title="Drill", notes="From paper")


def record(world: World, paper: PastSession) -> Recorded:
    return world.store.write("Record", record_past, paper).value


def counted(world: World) -> tuple[int, int, int]:
    """Give how many sessions are not in the trash, how many people were ever in one, and certificates that count."""
    with world.store.reading() as db:
        there = sa.select(sa.func.count()).select_from(Session).where(Session.deleted_at.is_(None))
        people = sa.select(sa.func.count()).select_from(Enrollment)
        return tuple(db.scalar(one) or 0 for one in (there, people, LIVE))  # type: ignore[return-value]


def test_one_change_makes_a_completed_session_with_marks_and_certificates(world: World, paper: PastSession) -> None:
    done = record(world, paper)
    assert (done.attended, done.findings) == (2, ())
    with world.store.reading() as db:
        found = db.execute(sa.select(Session.status, Session.title, Session.capacity, Session.notes)).one()
        marks = list(db.execute(sa.select(Enrollment.attendance).order_by(Enrollment.person_id)).scalars())
    assert found == (SessionStatus.COMPLETED, "Drill", None, "From paper")
    assert marks == [ATTENDED, ATTENDED, NO_SHOW]
    assert counted(world) == (1, 3, 2)


def test_one_undo_takes_all_of_it_back_and_redo_brings_it_again(world: World, paper: PastSession) -> None:
    record(world, paper)
    assert undo_last(world.store).value == "Record"
    assert counted(world) == (0, 3, 0)
    assert redo_last(world.store).value == "Record"
    assert counted(world) == (1, 3, 2)


def test_results_decide_who_is_certified(world: World, paper: PastSession) -> None:
    with prepared(world.store) as db:
        db.execute(sa.update(Course).values(requires_result=True, version=Course.version + 1))
    first, second, third = paper.people
    results = (replace(first, result=Result.PASSED, score=90), replace(second, result=Result.FAILED), third)
    record(world, replace(paper, people=results))
    assert counted(world) == (1, 3, 1)


def test_who_is_named_twice_counts_once(world: World, paper: PastSession) -> None:
    assert record(world, replace(paper, people=paper.people + paper.people)).attended == 2


def test_a_session_without_people_is_recorded_as_well(world: World, paper: PastSession) -> None:
    assert record(world, replace(paper, people=())).attended == 0


@pytest.mark.parametrize(
    ("wrong", "codes"),
    [
        ({"trainer_id": None, "venue_id": None}, {"missing_trainer", "missing_venue"}),
        ({"starts_at": None, "ends_at": None}, {"missing_start", "missing_end"}),
        ({"ends_at": NINE}, {"end_before_start"}),
        ({"ends_at": ELEVEN + dt.timedelta(days=300)}, {"bad_value"}),
        ({"starts_at": NINE + dt.timedelta(days=2), "ends_at": TEN + dt.timedelta(days=2)}, {"bad_value"}),
        ({"people": (PastPerson(99_999),)}, {"not_found"}),
        ({"people": (PastPerson(1, Attendance.REGISTERED),)}, {"bad_value"}),
    ],
)
def test_what_is_wrong_leaves_nothing(world: World, paper: PastSession, wrong: dict[str, Any], codes: set[str]) -> None:
    with pytest.raises(DeskError) as refusal:
        record(world, replace(paper, **wrong))
    assert ({one.code for one in refusal.value.findings} or {refusal.value.code}) == codes
    assert counted(world) == (0, 0, 0)


def test_a_room_that_was_taken_is_told_with_the_session(world: World, paper: PastSession) -> None:
    with prepared(world.store) as db:
        make_scheduled(db, course=world.fire, trainer=world.bo, venue=world.room, starts_at=NINE, ref="OTHER")
    with pytest.raises(Refused) as refusal:
        record(world, paper)
    assert [(one.code, one.clashes_with) for one in refusal.value.findings] == [("venue_busy", ("OTHER",))]
    assert counted(world)[0] == 1


def test_everybody_who_cannot_have_sat_there_is_named(world: World, paper: PastSession) -> None:
    with prepared(world.store) as db:
        db.execute(sa.update(Course).values(requires_intake=True, version=Course.version + 1))
    with pytest.raises(Refused) as refusal:
        record(world, paper)
    assert [(one.code, one.subject) for one in refusal.value.findings] == [
        ("intake_missing", name) for name in ("Abel", "Bea", "Cleo")
    ]
    assert counted(world) == (0, 0, 0)
