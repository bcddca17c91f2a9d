"""What must never stand in the tables is refused by the database itself, whoever writes it (C2, S4, design 6)."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from tests.factories import (
    MONDAY,
    at,
    make_block,
    make_course,
    make_draft,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.services.store.raw import raw
from trainer_desk.models import Block, Claim, Course, Qualification, Session
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.trouble import constraint_of

TEN, ELEVEN = at("2026-07-06 10:00"), at("2026-07-06 11:00")

SESSIONS: dict[str, tuple[str, str]] = {
    "end at start": ("ends_at = starts_at", "complete_when_published"),
    "end before start": ("ends_at = '2026-07-06T06:59:59Z'", "complete_when_published"),
    "no start": ("starts_at = NULL", "complete_when_published"),
    "no end": ("ends_at = NULL", "complete_when_published"),
    "no trainer": ("trainer_id = NULL", "complete_when_published"),
    "no venue": ("venue_id = NULL", "complete_when_published"),
    "unknown state": ("status = 'PLANNED'", "status"),
    "small letters": ("status = 'scheduled'", "status"),
    "no capacity at all": ("capacity = 0", "capacity"),
    "negative minimum": ("minimum = -1", "minimum"),
    "unknown waitlist": ("waitlist = 'on'", "waitlist"),
    "unknown order": ("waitlist_order = 'random'", "waitlist_order"),
    "in the trash": ("deleted_at = '2026-07-06T07:00:00Z'", "trash"),
    "cancelled without a reason": ("status = 'CANCELLED'", "reason"),
    "a ref of 61": (f"ref = '{'r' * 61}'", "ref_length"),
    "a title of 201": (f"title = '{'t' * 201}'", "title_length"),
}
INFINITE = ("'infinity'", "'-infinity'")


@pytest.mark.parametrize(("sets", "name"), SESSIONS.values(), ids=SESSIONS.keys())
@pytest.mark.parametrize("status", ["SCHEDULED", "IN_PROGRESS", "COMPLETED"])
def test_a_published_session_is_complete_and_sound(store: Store, status: str, sets: str, name: str) -> None:
    with prepared(store) as db:
        make_scheduled(db, status=status)
    with pytest.raises(DatabaseError) as refusal, raw(store) as db:
        db.exec_driver_sql(f"UPDATE sessions SET {sets}, version = version + 1")
    assert constraint_of(refusal.value) == f"ck_sessions_{name}"


@pytest.mark.parametrize(
    ("status", "column", "name"),
    [
        ("DRAFT", "began_at", "began"),
        ("SCHEDULED", "began_at", "began"),
        ("SCHEDULED", "finished_at", "finished"),
        ("IN_PROGRESS", "finished_at", "finished"),
        ("CANCELLED", "finished_at", "finished"),
    ],
)
def test_only_what_was_started_has_begun_and_only_what_was_completed_is_finished(
    store: Store, status: str, column: str, name: str
) -> None:
    with prepared(store) as db:
        make_scheduled(db, status=status, cancel_reason="Snow" if status == "CANCELLED" else None)
    with pytest.raises(DatabaseError) as refusal, raw(store) as db:
        db.exec_driver_sql(f"UPDATE sessions SET {column} = '2026-07-06T07:00:00Z', version = version + 1")
    assert constraint_of(refusal.value) == f"ck_sessions_{name}"


def test_a_draft_may_be_as_empty_and_odd_as_it_likes(each_store: Store) -> None:
    with prepared(each_store) as db:
        make_draft(db)
        odd = make_draft(db, starts_at=MONDAY)
        db.execute(sa.update(Session).where(Session.id == odd).values(ends_at=MONDAY, version=Session.version + 1))


ROWS: dict[str, tuple[type[Any], dict[str, Any], str]] = {
    "claim of no time": (Claim, {"starts_at": TEN, "ends_at": TEN}, "ck_claims_order"),
    "claim that ends before": (Claim, {"starts_at": ELEVEN, "ends_at": TEN}, "ck_claims_order"),
    "claim of nobody": (Claim, {"starts_at": TEN, "ends_at": ELEVEN, "session_id": None}, "ck_claims_one_owner"),
    "block of no time": (Block, {"starts_at": TEN, "ends_at": TEN}, "ck_blocks_order"),
    "block that ends before": (Block, {"starts_at": ELEVEN, "ends_at": TEN}, "ck_blocks_order"),
    "course of no minutes": (Course, {"duration_minutes": 0}, "ck_courses_duration_minutes"),
    "course of two days": (Course, {"duration_minutes": 1441}, "ck_courses_duration_minutes"),
    "course of no seats": (Course, {"default_capacity": 0}, "ck_courses_default_capacity"),
    "unknown overlap policy": (Course, {"overlap_policy": "maybe"}, "ck_courses_overlap_policy"),
    "until before from": (
        Qualification,
        {"valid_from": MONDAY.date(), "valid_until": TEN.date().replace(day=5)},
        "ck_qualifications_order",
    ),
}


@pytest.mark.parametrize(("model", "columns", "name"), ROWS.values(), ids=ROWS.keys())
def test_rows_that_make_no_sense_are_refused(
    store: Store, model: type[Any], columns: dict[str, Any], name: str
) -> None:
    with prepared(store) as db:
        course, trainer = make_course(db), make_trainer(db)
        session = make_draft(db)
    stamps = {"created_at": MONDAY, "updated_at": MONDAY}
    common: dict[Any, dict[str, Any]] = {
        Claim: {"resource_id": trainer, "session_id": session},
        Block: {"resource_id": trainer} | stamps,
        Course: {"code": "NEW", "title": "New"} | stamps,
        Qualification: {"trainer_id": trainer, "course_id": course} | stamps,
    }
    with pytest.raises(DatabaseError) as refusal, raw(store) as db:
        db.execute(sa.insert(model).values(common[model] | columns))
    assert constraint_of(refusal.value) == name


@pytest.mark.parametrize("endless", INFINITE)
@pytest.mark.parametrize("column", ["starts_at", "ends_at"])
@pytest.mark.parametrize("table", ["sessions", "claims", "blocks"])
def test_time_without_end_is_refused(each_store: Store, table: str, column: str, endless: str) -> None:
    """A server knows such instants, and a file would keep the word, which sorts after every time."""
    with prepared(each_store) as db:
        make_scheduled(db)
        make_block(db, make_trainer(db), MONDAY.replace(year=2030), MONDAY.replace(year=2031))
    bump = "" if table == "claims" else ", version = version + 1"
    with pytest.raises(DatabaseError) as refusal, raw(each_store) as db:
        db.exec_driver_sql(f"UPDATE {table} SET {column} = {endless}{bump}")
    assert constraint_of(refusal.value) in (
        f"{table}_finite",
        f"ck_{table}_order",
        "ck_sessions_complete_when_published",
    )


BROKEN_TEXT = ("'soon'", "'2026-07-06 07:00:00'", "'2026-07-06T07:00:00+02:00'", "'2026-07-06T07:00Z'", "20260706")


@pytest.mark.parametrize("value", BROKEN_TEXT)
def test_a_file_keeps_instants_in_one_form_only(sqlite_store: Store, value: str) -> None:
    """Texts are compared as texts: one in another form would stand at the wrong place in every order and overlap."""
    with prepared(sqlite_store) as db:
        make_scheduled(db)
    for table, bump in (("sessions", ", version = version + 1"), ("claims", "")):
        with pytest.raises(DatabaseError), raw(sqlite_store) as db:
            db.exec_driver_sql(f"UPDATE {table} SET starts_at = {value}{bump}")


def claim(resource: int, session: int, starts: str, ends: str) -> sa.Insert:
    values = {"resource_id": resource, "session_id": session}
    return sa.insert(Claim).values(
        values | {"starts_at": at(f"2026-07-06 {starts}"), "ends_at": at(f"2026-07-06 {ends}")}
    )


OVERLAPS = {
    "the same": ("09:00", "10:00", True),
    "inside": ("09:15", "09:16", True),
    "around": ("08:00", "12:00", True),
    "one second into it": ("08:00", "09:00:01", True),
    "one second left": ("09:59:59", "11:00", True),
    "before": ("08:00", "09:00", False),
    "after": ("10:00", "11:00", False),
}


@pytest.mark.parametrize(("starts", "ends", "clashes"), OVERLAPS.values(), ids=OVERLAPS.keys())
def test_no_client_books_anything_twice(each_store: Store, starts: str, ends: str, clashes: bool) -> None:
    store = each_store
    with prepared(store) as db:
        trainer = make_trainer(db)
        session = make_draft(db)
        db.execute(claim(trainer, session, "09:00", "10:00"))
        db.execute(claim(trainer, session, "20:00", "21:00"))
        db.execute(claim(make_venue(db), session, starts, ends))
    if not clashes:
        with raw(store) as db:
            db.execute(claim(trainer, session, starts, ends))
        return
    for statement in (
        claim(trainer, session, starts, ends),
        moved_to(starts, ends).where(Claim.starts_at == at("2026-07-06 20:00")),
        sa.update(Claim).where(Claim.resource_id != trainer).values(resource_id=trainer),
    ):
        with pytest.raises(DatabaseError) as refusal, raw(store) as db:
            db.execute(statement)
        assert constraint_of(refusal.value) == "claims_overlap"


def moved_to(starts: str, ends: str) -> sa.Update:
    return sa.update(Claim).values(starts_at=at(f"2026-07-06 {starts}"), ends_at=at(f"2026-07-06 {ends}"))


def test_blocks_overlap_each_other_and_come_over_sessions_but_not_the_other_way(each_store: Store) -> None:
    store = each_store
    with prepared(store) as db:
        trainer, other = make_trainer(db), make_trainer(db)
        session = make_draft(db)
        db.execute(claim(trainer, session, "09:00", "10:00"))
        for _ in range(2):
            make_block(db, trainer, at("2026-07-06 08:00"), at("2026-07-06 12:00"))
        make_block(db, None, at("2026-07-07 00:00"), at("2026-07-08 00:00"))
        db.execute(claim(other, session, "11:00", "12:00"))
    holiday = sa.insert(Claim).values(
        resource_id=other, session_id=session, starts_at=at("2026-07-07 10:00"), ends_at=at("2026-07-07 11:00")
    )
    over_leave = sa.update(Claim).where(Claim.resource_id == other).values(resource_id=trainer)
    for statement in (claim(trainer, session, "11:00", "12:00"), over_leave, holiday):
        with pytest.raises(DatabaseError) as refusal, raw(store) as db:
            db.execute(statement)
        assert constraint_of(refusal.value) == "claims_blocked"
    with raw(store) as db:
        db.execute(claim(trainer, session, "12:00", "13:00"))


def test_a_number_column_takes_numbers_only(each_store: Store) -> None:
    with prepared(each_store) as db:
        make_course(db)
    with pytest.raises(DatabaseError), raw(each_store) as db:
        db.exec_driver_sql("UPDATE courses SET duration_minutes = 'twelve', version = version + 1")


def test_what_a_row_points_at_is_there(each_store: Store) -> None:
    with prepared(each_store) as db:
        make_scheduled(db)
    for column in ("course_id", "trainer_id", "venue_id"):
        with pytest.raises(DatabaseError), raw(each_store) as db:
            db.exec_driver_sql(f"UPDATE sessions SET {column} = 987654, version = version + 1")
