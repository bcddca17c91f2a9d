"""An organisation of the third revision becomes one of today: nothing is lost, and what is new is watched (O1)."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.conftest import ALL
from tests.factories import (
    MADE,
    MONDAY,
    at,
    make_account,
    make_block,
    make_course,
    make_draft,
    make_enrollment,
    make_equipment,
    make_group,
    make_hold,
    make_item,
    make_people,
    make_run,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.services.store.catalog import catalog, golden
from tests.services.store.older_schema import Rows, make_older, rows_of, widened
from tests.services.store.organisation_rows import fill_organisation, fill_training
from tests.services.store.raw import raw
from tests.services.store.recount import miscounted
from tests.services.store.seat_rows import make_member, make_presence, make_waiver
from tests.services.store.test_seats import BUMP
from trainer_desk.models import Change, ChangeRow, Course, Enrollment, Session
from trainer_desk.models.enums import Attendance, ComplianceStatus, EnrollmentState, Role
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import reverse
from trainer_desk.services.planning.session_checklists import checklist_of_session
from trainer_desk.services.store import schema
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.services.store.upgrade import upgrade_database

NEW_COLUMNS = {
    "sessions": ("booking_request_id", "began_at", "finished_at", "series_id", "series_day"),
    "enrollments": ("result", "score", "marked_at", "marked_by"),
    "blocks": ("source_uid",),
}
NEW_TABLES = (
    "booking_requests", "booking_request_people", "session_checklist_items", "tellings", "certificates",
)  # fmt: skip


class Older(NamedTuple):
    """The address of a database of the third revision, what was in it, and what it is about."""

    address: str
    rows: Rows
    course: int
    session: int
    people: list[int]


@pytest.fixture(params=ALL)
def older(request: pytest.FixtureRequest) -> Older:
    """Give an organisation of the third revision with something of everything, closed."""
    address = str(request.getfixturevalue(f"{request.param}_url"))
    store = make_older(address, "0003")
    course, session, people = fill(store)
    rows = rows_of(store)
    store.close()
    return Older(address, rows, course, session, people)


def fill(store: Store) -> tuple[int, int, list[int]]:
    """Put at least one row into every table that people wrote to then."""
    with prepared(store, "Begun") as db:
        course = make_course(db, "FIRE")
        trainer, helper = (make_trainer(db, code, courses=[course]) for code in ("T1", "T2"))
        hall = make_venue(db, "HALL", turnaround_minutes=15)
        make_venue(db, "HALL-A", part_of=hall)
        lamp = make_equipment(db, "LAMP")
        people = make_people(db, 5)
        fill_organisation(db, people[0], course, trainer)
        make_item(db, people[0], course, ComplianceStatus.COMPLIANT, counts_from=MONDAY.date() + dt.timedelta(days=1))
        make_account(db, store.actor, Role.ADMINISTRATOR)
        run = make_run(db, "JULY", course=course, max_people=6)
        session = make_scheduled(
            db,
            course=course,
            trainer=trainer,
            venue=hall,
            co_trainers=[helper],
            equipment=[lamp],
            capacity=4,
            run_id=run,
        )
        make_draft(db, course=course, extra={"a": [1, None]})
        make_block(db, trainer, at("2026-08-01 00:00"), at("2026-08-02 00:00"))
    with prepared(store, "Seated") as db:
        make_enrollment(db, session, people[0], attendance=Attendance.ATTENDED, remarks="Left early")
        make_enrollment(db, session, people[1])
        make_enrollment(db, session, people[2], EnrollmentState.WAITLISTED)
        make_enrollment(db, session, people[3], EnrollmentState.WITHDRAWN, withdrawn_at=MADE, withdrawn_by="ana")
        make_hold(db, session, 2, until_at=at("2026-07-05 12:00"), ended_at=MADE, ended_why="released")
        make_member(db, session, make_group(db, session, "Red"), people[0])
        make_presence(db, session, hall, people[0])
        make_waiver(db, session)
    with store.writing("Renamed") as unit:
        unit.db.execute(sa.update(Course).values(title="Fire drill", version=Course.version + 1))
    return course, session, people


@pytest.fixture
def store(older: Older) -> Iterator[Store]:
    """Give that organisation after its upgrade."""
    done = upgrade_database(older.address)
    assert (done.before, done.after) == ("0003", schema.HEAD)
    store = open_store(older.address, check=True)
    yield store
    store.close()


def findings(store: Store) -> list[tuple[str, object]]:
    with store.snapshot() as db:
        return [(finding.code, finding.facts) for finding in check_database(db)]


def test_the_catalog_of_an_upgraded_database_is_that_of_a_new_one(store: Store, older: Older) -> None:
    """Also of what was laid by the older program: nothing of it is left over."""
    with store.reading() as db:
        assert catalog(db) == golden(db.dialect.name)


def test_every_row_is_there_as_it_was_and_what_is_new_is_empty(store: Store, older: Older) -> None:
    now = rows_of(store)
    assert now.pop("session_checklist_items"), "what is to come is prepared by the checklist of its course"
    assert len(now.pop("run_members")) == 3, "who has a place in a run is on it"
    assert set(now) == set(older.rows), "no table was emptied, none was filled"
    assert now == widened(older.rows, NEW_COLUMNS)
    assert miscounted(store) == []


def test_sessions_to_come_have_the_checklist_of_their_course(store: Store, older: Older) -> None:
    """The draft has no date, so that it is to come on whatever day this runs."""
    draft = store.read(lambda db: db.scalar(sa.select(Session.id).where(Session.status == "DRAFT")))
    (item,) = store.read(checklist_of_session, draft, zone=ZoneInfo("Europe/Berlin"))
    assert (item.words, item.days_before, item.due_on, item.done_at) == ("Book the room", 7, None, None)


def test_the_check_finds_nothing_before_and_after_further_work(store: Store, older: Older) -> None:
    assert findings(store) == []
    with prepared(store, "Worked on") as db:
        make_enrollment(db, older.session, older.people[4])
        began = {"status": "IN_PROGRESS", "began_at": MONDAY, "version": Session.version + 1}
        db.execute(sa.update(Session).where(Session.id == older.session).values(**began))
    assert findings(store) == []
    assert miscounted(store) == []


def test_rows_of_the_new_tables_are_journaled_and_kept(store: Store, older: Older) -> None:
    with prepared(store, "Trained") as db:
        first = sa.select(Enrollment.id).where(Enrollment.person_id == older.people[0])
        fill_training(db, older.session, db.execute(first).scalar_one(), older.people[0], older.course)
        change = db.execute(sa.select(sa.func.max(Change.id))).scalar_one()
    with store.reading() as db:
        written = db.execute(sa.select(ChangeRow.tbl).where(ChangeRow.change_id == change)).scalars()
        assert set(written) == set(NEW_TABLES)
    for table in set(NEW_TABLES) - {"booking_request_people"}:
        with pytest.raises(sa.exc.DBAPIError, match="nothing_is_deleted"), raw(store) as db:
            db.exec_driver_sql(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "assignment", ["result = 'perhaps'", "score = -1", "booking_request_id = 4711"], ids=["result", "score", "request"]
)
def test_the_new_columns_are_guarded(store: Store, older: Older, assignment: str) -> None:
    table = "sessions" if assignment.startswith("booking") else "enrollments"
    with pytest.raises(sa.exc.IntegrityError), raw(store) as db:
        db.exec_driver_sql(f"UPDATE {table} SET {assignment}{BUMP}")


def test_what_was_done_before_is_undone_where_its_table_is_the_same_and_told_where_not(
    store: Store, older: Older
) -> None:
    """A course looks to the journal as it did then, a session does not."""
    with store.reading() as db:
        ids = dict(db.execute(sa.select(Change.label, Change.id)).all())
    store.write("Undo", reverse, ids["Renamed"])
    with store.reading() as db:
        title = sa.select(Course.title).where(Course.id == older.course)
        assert db.execute(title).scalar_one() == "Course FIRE"
    with pytest.raises(DeskError) as refusal:
        store.write("Undo", reverse, ids["Seated"])
    assert refusal.value.facts["why"] == "cannot_be_undone"
    assert findings(store) == []
