"""The journal records who did what and when, before and after, raw SQL included, and nobody takes it back (U4)."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError

from tests.databases import StoreFactory
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
from tests.services.store.seat_rows import UNTIL, make_member, make_presence, make_waiver
from trainer_desk.models import (
    Change,
    ChangeRow,
    Contact,
    Course,
    Person,
    Session,
    Setting,
)
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.journal.images import net_rows, present_image
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.objects import journaled

NOON = dt.datetime(2026, 7, 1, 10, 0, tzinfo=dt.UTC)


def entries(store: Store, after: int = 0) -> list[tuple[str, str, str, Any, Any]]:
    """Give the rows of changes after that one as (label, table, key, before, after)."""
    statement = (
        sa.select(Change.label, ChangeRow.tbl, ChangeRow.pk, ChangeRow.before, ChangeRow.after)
        .join(Change, Change.id == ChangeRow.change_id)
        .where(Change.id > after)
        .order_by(ChangeRow.id)
    )
    with store.reading() as db:
        return [(row[0], row[1], row[2], row[3], row[4]) for row in db.execute(statement)]


def newest(store: Store) -> int:
    with store.reading() as db:
        return int(db.scalar(sa.select(sa.func.coalesce(sa.func.max(Change.id), 0))) or 0)


def one_of_everything(store: Store) -> None:
    """Fill every table that people edit."""
    with prepared(store, "Filled") as db:
        course = make_course(db, "FIRE")
        trainer = make_trainer(db, "T1", courses=[course], weekly_hours=20)
        helper = make_trainer(db, "T2", courses=[course])
        venue = make_venue(db, "V1")
        person = make_person(db)
        db.execute(sa.insert(Contact).values(person_id=person, name="Ana", phone="+44 1"))
        session = make_scheduled(db, course=course, trainer=trainer, venue=venue, co_trainers=[helper])
        enrollment = make_enrollment(db, session, person)
        make_block(db, trainer, MONDAY + dt.timedelta(days=1), MONDAY + dt.timedelta(days=2))
        fill_planning(db, make_run(db, "R1", course=course), person)
        make_hold(db, session, 2, until_at=UNTIL)
        make_member(db, session, make_group(db, session), person)
        make_presence(db, session, venue, person)
        make_waiver(db, session)
        fill_organisation(db, person, course, trainer)
        fill_training(db, session, enrollment, person, course)


def test_a_change_says_who_when_what_and_how_it_was(each_factory: StoreFactory) -> None:
    store = each_factory(FixedClock(NOON))
    with store.writing("Add a course", actor="ana") as unit:
        course = make_course(unit.db, "FIRE")
    first = newest(store)
    with store.writing("Rename it") as unit:
        unit.db.execute(sa.update(Course).values(title="Neu", version=Course.version + 1))
    with store.reading() as db:
        columns = (Change.actor, Change.at, Change.label, Change.kind)
        renamed, added = db.execute(sa.select(*columns).order_by(Change.id.desc()).limit(2)).all()
    assert (added.label, renamed.label, added.kind) == ("Add a course", "Rename it", "do")
    if store.is_file:
        assert (added.actor, added.at) == ("ana", NOON)
    else:  # the login writes, at the server's time, whatever the program says
        assert added.actor == store.actor
        assert abs(added.at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
    assert renamed.actor == store.actor
    ((label, table, key, before, after),) = entries(store, first)
    assert (label, table, key) == ("Rename it", "courses", str(course))
    assert {name for name in after if before[name] != after[name]} == {"title"}
    assert (before["title"], after["title"]) == ("Course FIRE", "Neu")


NOT_IN_AN_IMAGE = {
    "version", "created_at", "updated_at", "seats_taken", "seats_offered", "seats_held", "waiting", "last_position",
    "people_taken", "members_taken", "present", "skip_code", "skip_ref", "lapses_at",
}  # fmt: skip
"""What follows from other rows, tells only how things stand now, or says when the row was written."""


def test_an_image_is_the_whole_row_without_versions_times_of_writing_and_counters(each_store: Store) -> None:
    store = each_store
    one_of_everything(store)
    seen: set[str] = set()
    for _label, table, _key, before, after in entries(store):
        columns = {column.name for column in journaled.table(table).columns}
        assert set(after) == columns - NOT_IN_AN_IMAGE
        assert before is None
        seen.add(table)
    assert seen == set(journaled.TABLES)


def test_the_answer_of_a_write_names_what_it_touched(store: Store) -> None:
    with store.writing("Add") as unit:
        course, person = make_course(unit.db), make_person(unit.db)
    assert unit.changes.keys == {"courses": frozenset({str(course)}), "people": frozenset({str(person)})}
    assert (unit.changes.change_id, unit.changes.label) == (newest(store), "Add")
    with store.writing("Many") as unit:
        for _ in range(501):
            make_person(unit.db)
    assert unit.changes.everything


NOTHING: dict[str, Callable[[Any], Any]] = {
    "nothing at all": lambda db: None,
    "no row": lambda db: db.execute(sa.update(Course).where(Course.id < 0).values(title="x")),
    "the same value": lambda db: db.execute(sa.update(Course).values(title="Course FIRE", version=Course.version + 1)),
    "only the version": lambda db: db.execute(sa.update(Course).values(version=Course.version + 1)),
}


@pytest.mark.parametrize("act", NOTHING.values(), ids=NOTHING.keys())
def test_a_change_without_a_row_leaves_no_trace(each_store: Store, act: Callable[[Any], Any]) -> None:
    store = each_store
    with prepared(store) as db:
        make_course(db, "FIRE")
    last = newest(store)
    with store.writing("Nothing") as unit:
        act(unit.db)
    assert newest(store) == last
    assert not unit.changes.keys
    with store.reading() as db:
        assert db.scalar(sa.select(Course.version)) == 1, "an empty change is taken back whole"


def add_a_course_and_fail(db: Any, **_facts: Any) -> None:
    make_course(db)
    raise ZeroDivisionError


def test_a_rehearsal_and_a_failure_leave_no_trace(store: Store) -> None:
    last = newest(store)
    with store.writing("Rehearsed") as unit:
        make_course(unit.db)
        unit.discard()
    with pytest.raises(ZeroDivisionError):
        store.write("Failed", add_a_course_and_fail)
    with store.writing("Half") as unit:
        make_person(unit.db)
        with pytest.raises(ZeroDivisionError), unit.db.begin_nested():
            add_a_course_and_fail(unit.db)
    assert {table for _label, table, *_rest in entries(store, last)} == {"people"}


def test_raw_sql_is_recorded_as_direct(each_store: Store) -> None:
    store = each_store
    with prepared(store) as db:
        make_course(db, "FIRE")
        make_course(db, "AID")
    last = newest(store)
    with raw(store) as db:
        db.exec_driver_sql("UPDATE courses SET title = 'Raw', version = version + 1")
        db.exec_driver_sql("INSERT INTO settings (key, value) VALUES ('a', 'b')")
    found = entries(store, last)
    assert sorted((label, table) for label, table, *_rest in found) == [
        ("direct", "courses"), ("direct", "courses"), ("direct", "settings"),
    ]  # fmt: skip
    assert {before["title"] for _l, table, _k, before, _a in found if table == "courses"} == {
        "Course FIRE", "Course AID",
    }  # fmt: skip
    with store.reading() as db:
        actors = set(db.scalars(sa.select(Change.actor).where(Change.id > last)))
        assert db.scalar(sa.select(sa.func.count()).where(Change.id > last)) in (1, 2)
    assert actors == {"unknown" if store.is_file else store.actor}


def test_a_change_of_a_key_is_recorded(each_store: Store) -> None:
    store = each_store
    last = newest(store)
    with raw(store) as db:
        db.exec_driver_sql("UPDATE settings SET key = 'ZONE', value = 'Mars' WHERE key = 'zone'")
    images = [(before, after) for _label, _table, _key, before, after in entries(store, last)]
    old, new = {"key": "zone", "value": "Europe/Berlin"}, {"key": "ZONE", "value": "Mars"}
    assert images == [(old, new)] or sorted(images, key=str) == sorted([(old, None), (None, new)], key=str)


def test_contacts_leave_the_fact_and_not_the_value(each_store: Store) -> None:
    store = each_store
    with prepared(store) as db:
        person = make_person(db)
    last = newest(store)
    with store.writing("Contact") as unit:
        unit.db.execute(sa.insert(Contact).values(person_id=person, name="Secret Ana", phone="+44 123"))
    with store.writing("Contact") as unit:
        unit.db.execute(sa.update(Contact).values(phone="+44 (0) 456"))
    with store.writing("Contact") as unit:
        unit.db.execute(sa.update(Contact).values(name=None))
    images = [after for _label, _table, _key, _before, after in entries(store, last)]
    hidden = "(kept secret)"
    assert images == [
        {"person_id": person, "name": hidden, "phone": hidden},
        {"person_id": person, "name": hidden, "phone": hidden},
        {"person_id": person, "name": None, "phone": hidden},
    ]
    with store.reading() as db:
        stored = db.exec_driver_sql("SELECT * FROM change_rows").all()
    assert "Secret" not in str(stored)
    assert "(0) 456" not in str([row[-2:] for row in stored])


@pytest.mark.parametrize("table", ["changes", "change_rows"])
def test_nobody_changes_or_removes_the_journal(each_store: Store, table: str) -> None:
    store = each_store
    one_of_everything(store)
    column = "label" if table == "changes" else "pk"
    attempts = [f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}", f"DELETE FROM {table} WHERE id = 1"]
    attempts += [] if store.is_file else [f"TRUNCATE {table} CASCADE"]
    before = entries(store)
    for statement in attempts:
        with pytest.raises(DatabaseError, match="journal_is_append_only"), raw(store) as db:
            db.exec_driver_sql(statement)
    assert entries(store) == before


@pytest.mark.parametrize("table", journaled.TABLES)
def test_nothing_is_deleted_but_links_and_those_are_recorded(each_store: Store, table: str) -> None:
    store = each_store
    one_of_everything(store)
    last = newest(store)
    with store.reading() as db:
        rows = db.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
    if table in journaled.LINKS:
        with raw(store) as db:
            db.exec_driver_sql(f"DELETE FROM {table}")
        found = entries(store, last)
        assert [(name, after) for _label, name, _key, _before, after in found] == [(table, None)] * int(rows or 0)
        assert all(before for _label, _name, _key, before, _after in found)
    else:
        with pytest.raises(IntegrityError, match="nothing_is_deleted"), raw(store) as db:
            db.exec_driver_sql(f"DELETE FROM {table}")
        assert entries(store, last) == []
    if not store.is_file:
        with pytest.raises(IntegrityError, match="nothing_is_deleted"), raw(store) as db:
            db.exec_driver_sql(f"TRUNCATE {table} CASCADE")


def test_an_open_change_cannot_be_committed_on_a_file(sqlite_store: Store) -> None:
    """Whoever forgets to close the change loses the whole transaction, not the record of it."""

    def leave_it_open() -> None:
        with raw(sqlite_store) as db:
            db.exec_driver_sql("INSERT INTO changes (actor, at, label) VALUES ('a', '2026-07-01T10:00:00Z', 'b')")
            db.exec_driver_sql("INSERT INTO change_open (change_id) VALUES ((SELECT max(id) FROM changes))")
            db.exec_driver_sql("UPDATE settings SET value = 'Europe/Paris' WHERE key = 'zone'")

    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        leave_it_open()
    with sqlite_store.reading() as db:
        assert db.scalar(sa.select(Setting.value)) == "Europe/Berlin"
    with sqlite_store.writing("Next") as unit:
        make_course(unit.db)
    assert entries(sqlite_store)[-1][0] == "Next"


HARD: dict[str, Any] = {
    "quotes": 'it\'s "quoted" and `ticked`; -- no; /* comment */',
    "lines": "one\ntwo\r\tthree\u2028four\u0085five",
    "scripts": "Ωß İı ﷽ e\u0301 👩‍👩‍👧 \U0010ffff",
    "looks like JSON": '{"a": [1, null]}',
    "looks like null": "null",
    "looks like a number": "007",
    "percent and braces": "100 %s %(a)s {b} $1 :c ?",
    "backslashes": "\\u0000 \\n \\",
    "long": "x" * 20_000,
    "empty": "",
}


@pytest.mark.parametrize("value", HARD.values(), ids=HARD.keys())
def test_hard_values_come_back_from_an_image_as_they_were(each_store: Store, value: str) -> None:
    """An image is compared with what is stored, and with the row as it would be recorded now."""
    store = each_store
    extra = {"text": value, value[:50] or "-": [True, None, 2**60, -0.25, 1e-9, [[]], {}]}
    with prepared(store) as db:
        session = make_scheduled(db)
    with store.writing("Hard") as unit:
        hard = {"notes": value, "extra": extra, "decision_on": dt.date(2024, 2, 29), "version": Session.version + 1}
        unit.db.execute(sa.update(Session).values(**hard))
    with store.writing("Looked at") as unit:
        (row,) = net_rows(unit.db, newest_of(unit.db, "Hard"))
        assert row.after is not None
        assert (row.after["notes"], row.after["metadata"], row.after["decision_on"]) == (value, extra, "2024-02-29")
        assert dt.datetime.fromisoformat(row.after["starts_at"]) == MONDAY
        assert present_image(unit.db, row) == row.after
        stored = unit.db.execute(sa.select(Session.notes, Session.extra).where(Session.id == session)).one()
        assert tuple(stored) == (value, extra)
        unit.discard()


def newest_of(db: Any, label: str) -> int:
    return int(db.scalar(sa.select(sa.func.max(Change.id)).where(Change.label == label)))


def test_an_image_holds_plain_json(store: Store) -> None:
    """No number of a machine's own shape and no JSON null in the place of a value that is missing."""
    one_of_everything(store)
    for _label, _table, _key, _before, after in entries(store):
        assert json.loads(json.dumps(after)) == after
        assert not any(isinstance(value, float) for value in after.values())
    with store.reading() as db:
        assert db.scalar(sa.select(sa.func.count()).where(ChangeRow.before.is_not(None))) == 0
        assert db.scalar(sa.select(sa.func.count()).select_from(Person).where(Person.email.is_(None))) == 1
