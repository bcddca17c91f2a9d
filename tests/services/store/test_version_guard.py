"""Whoever writes a row raises its version by one, or the database refuses; counters do not count (U5)."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from tests.factories import (
    MONDAY,
    make_block,
    make_course,
    make_enrollment,
    make_group,
    make_hold,
    make_person,
    make_run,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.services.store.organisation_rows import fill_organisation, fill_planning, fill_training
from tests.services.store.raw import raw
from tests.services.store.seat_rows import UNTIL, make_presence, make_waiver
from trainer_desk.models import Session
from trainer_desk.services.errors import DeskError
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.objects import journaled

GUARDED = [name for name in journaled.TABLES if journaled.guarded_columns(name)]


def test_every_table_that_people_edit_one_by_one_is_guarded() -> None:
    assert set(GUARDED) == {
        "people", "courses", "resources", "qualifications", "runs", "sessions", "blocks", "enrollments", "seat_holds",
        "groups", "presences", "waivers", "intakes", "checklist_items", "accounts", "requirements", "attestations",
        "training_records", "attachments", "booking_requests", "session_checklist_items", "tellings", "certificates",
        "series", "series_skips", "run_members",
    }  # fmt: skip


@pytest.fixture
def session(each_store: Store) -> int:
    with prepared(each_store) as db:
        session = make_scheduled(db, capacity=5)
        person = make_person(db)
        enrollment = make_enrollment(db, session, person)
        fill_planning(db, make_run(db), person)
        make_hold(db, session, 1, until_at=UNTIL)
        make_group(db, session)
        make_presence(db, session, make_venue(db), person)
        make_waiver(db, session)
        fill_organisation(db, person, make_course(db), make_trainer(db))
        fill_training(db, session, enrollment, person, make_course(db))
        make_block(db, None, MONDAY, MONDAY + dt.timedelta(days=1))
    return session


def attempt(store: Store, sets: str, table: str = "sessions") -> None:
    with raw(store) as db:
        db.exec_driver_sql(f"UPDATE {table} SET {sets}")


FORGETFUL = (
    "title = 'x'",
    "title = 'x', version = version",
    "title = 'x', version = version + 2",
    "title = 'x', version = version - 1",
    "status = 'DRAFT'",
    "notes = notes",
)


@pytest.mark.parametrize("sets", FORGETFUL)
def test_a_write_that_forgets_the_version_is_refused(each_store: Store, session: int, sets: str) -> None:
    with pytest.raises(DatabaseError, match="version_guard"):
        attempt(each_store, sets)
    assert version(each_store) == 1


@pytest.mark.parametrize("table", GUARDED)
def test_on_every_table(each_store: Store, session: int, table: str) -> None:
    column = journaled.guarded_columns(table)[0]
    with pytest.raises(DatabaseError, match="version_guard"):
        attempt(each_store, f"{column} = {column}", table)
    attempt(each_store, f"{column} = {column}, version = version + 1", table)


def test_a_bulk_statement_through_the_program_is_refused_in_words(each_store: Store, session: int) -> None:
    def forget(db: Any, **_facts: Any) -> None:
        db.execute(sa.update(Session).values(title="x"))

    with pytest.raises(DeskError) as refusal:
        each_store.write("Forgetful", forget)
    assert refusal.value.code == "stale"
    assert version(each_store) == 1


COUNTED = {
    "sessions": ("seats_taken", "seats_offered", "seats_held", "waiting", "last_position"),
    "runs": ("people_taken",),
    "groups": ("members_taken",),
    "enrollments": ("skip_code", "skip_ref"),
    "presences": ("lapses_at",),
}


def test_what_is_counted_or_looked_at_again_needs_no_new_version(each_store: Store, session: int) -> None:
    for table, columns in COUNTED.items():
        assert not set(columns) & set(journaled.guarded_columns(table))
        attempt(each_store, ", ".join(f"{column} = {column}" for column in columns), table)


def test_a_seat_taken_is_no_new_version(each_store: Store, session: int) -> None:
    with prepared(each_store) as db:
        make_enrollment(db, session, make_person(db))
    with each_store.reading() as db:
        assert db.execute(sa.select(Session.seats_taken, Session.version)).one() == (3, 1)


def version(store: Store) -> int:
    with store.reading() as db:
        return int(db.scalar(sa.select(Session.version)) or 0)
