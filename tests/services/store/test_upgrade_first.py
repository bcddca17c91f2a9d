"""An organisation of the first revision becomes one of today: nothing is lost, every seat is counted (O1, K3, K5)."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from tests.conftest import ALL
from tests.factories import (
    MADE,
    at,
    make_block,
    make_course,
    make_draft,
    make_enrollment,
    make_item,
    make_people,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.services.store.catalog import catalog, golden
from tests.services.store.clients import ENROLL
from tests.services.store.older_schema import Rows, make_older, rows_of
from tests.services.store.raw import raw
from tests.services.store.recount import miscounted
from tests.services.store.test_seats import BUMP, UNTIL_TEXT
from trainer_desk.models import Attestation, Change, Contact, Course, Enrollment, Session
from trainer_desk.models.enums import ComplianceStatus, EnrollmentState
from trainer_desk.services.errors import DeskError
from trainer_desk.services.journal.images import is_readable, net_rows
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import reverse
from trainer_desk.services.store import schema
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.services.store.trouble import constraint_of
from trainer_desk.services.store.upgrade import upgrade_database

WAITLISTED, WITHDRAWN = EnrollmentState.WAITLISTED, EnrollmentState.WITHDRAWN

DEEPER = '{"a":[1,null],"b":null}'
"""Metadata that differ from those of the session in nothing but an empty value."""


class Older(NamedTuple):
    """The address of a database of the first revision, what was in it, and whom it is about."""

    address: str
    rows: Rows
    session: int
    people: list[int]


@pytest.fixture(params=ALL)
def older(request: pytest.FixtureRequest) -> Older:
    """Give an organisation of the first revision with something of everything, closed."""
    address = str(request.getfixturevalue(f"{request.param}_url"))
    store = make_older(address, "0001")
    session, people = fill(store)
    rows = rows_of(store)
    store.close()
    return Older(address, rows, session, people)


def fill(store: Store) -> tuple[int, list[int]]:
    """Fill it through the journal, and then past the program with what the program itself never wrote then."""
    with prepared(store, "Begun") as db:
        course = make_course(db, "FIRE")
        trainer, helper = (make_trainer(db, code, courses=[course]) for code in ("T1", "T2"))
        hall = make_venue(db, "HALL", turnaround_minutes=15)
        make_venue(db, "HALL-A", part_of=hall)
        people = make_people(db, 9)
        db.execute(sa.insert(Contact).values(person_id=people[0], name="Ana", phone="+44 1"))
        make_item(db, people[0], course, ComplianceStatus.PENDING)
        session = make_scheduled(
            db, course=course, trainer=trainer, venue=hall, co_trainers=[helper], capacity=4, extra={"a": [1, None]}
        )
        make_scheduled(db, starts_at=at("2026-07-08 09:00"), capacity=1)
        make_draft(db, course=course)
        make_block(db, trainer, at("2026-08-01 00:00"), at("2026-08-02 00:00"))
        make_block(db, None, at("2026-12-24 00:00"), at("2026-12-27 00:00"))
        for person in people[:3]:
            make_enrollment(db, session, person)
        make_enrollment(db, session, people[3], WITHDRAWN, withdrawn_at=MADE, withdrawn_by="ana")
    with prepared(store, "Told") as db:
        make_item(db, people[1], course, ComplianceStatus.COMPLIANT)
    with store.writing("Renamed") as unit:
        unit.db.execute(sa.update(Course).values(title="Fire drill", version=Course.version + 1))
    with prepared(store, "Queued") as db:
        make_enrollment(db, session, people[4], WAITLISTED, position=1)
        for person in people[5:8]:
            make_enrollment(db, session, person, WAITLISTED, position=None)
    with raw(store) as db:
        db.exec_driver_sql(f"UPDATE enrollments SET state = 'offered'{BUMP} WHERE person_id = {people[2]}")
    return session, people


@pytest.fixture
def store(older: Older) -> Iterator[Store]:
    """Give that organisation after its upgrade."""
    done = upgrade_database(older.address)
    assert (done.before, done.after) == ("0001", schema.HEAD)
    store = open_store(older.address, check=True)
    yield store
    store.close()


def test_the_catalog_of_an_upgraded_database_is_that_of_a_new_one(store: Store, older: Older) -> None:
    """Also of what was laid by the older program: nothing of it is left over."""
    with store.reading() as db:
        found, wanted = catalog(db), golden(db.dialect.name)
        assert found == wanted


def test_nothing_is_lost_and_the_seats_are_counted(store: Store, older: Older) -> None:
    now = rows_of(store, older.rows)
    changed: list[tuple[str, str, set[str]]] = []
    for table, rows in older.rows.items():
        assert set(rows) <= set(now[table])
        for key, row in rows.items():
            differs = {name for name, value in row.items() if now[table][key][name] != value}
            changed += [(table, key, differs)] if differs else []
    assert {(table, *sorted(names)) for table, _key, names in changed} == {
        ("enrollments", "state", "version"),
        ("enrollments", "position", "version"),
    }
    assert len(changed) == 4
    with store.reading() as db:
        columns = (Session.seats_taken, Session.seats_offered, Session.seats_held, Session.waiting)
        query = sa.select(*columns, Session.last_position, Session.run_id).order_by(Session.id)
        its, other, draft = (tuple(row) for row in db.execute(query))
        places = dict(db.execute(sa.select(Enrollment.person_id, Enrollment.position)).all())
        states = dict(db.execute(sa.select(Enrollment.person_id, Enrollment.state)).all())
    assert other == draft == (0, 0, 0, 0, 0, None)
    assert its == (3, 0, 0, 4, max(place for place in places.values() if place), None)
    assert states[older.people[2]] == "confirmed", "an offer without an end is a seat"
    waiting = [places[person] for person in older.people[4:8]]
    assert waiting[0] == 1
    assert waiting == sorted(waiting)
    assert len(set(waiting)) == 4
    assert miscounted(store) == []


def test_the_check_finds_nothing_before_and_after_further_work(store: Store, older: Older) -> None:
    assert findings(store) == []
    with prepared(store, "Worked on") as db:
        make_enrollment(db, older.session, older.people[8])
        db.execute(sa.update(Session).values(title="New", version=Session.version + 1))
    with pytest.raises(sa.exc.IntegrityError) as refusal, raw(store) as db:
        db.exec_driver_sql(
            f"UPDATE enrollments SET state = 'offered', offer_until = {UNTIL_TEXT}{BUMP} WHERE state = 'waitlisted'"
        )
    assert constraint_of(refusal.value) == "ck_sessions_seats"
    assert findings(store) == []
    assert miscounted(store) == []


def findings(store: Store) -> list[tuple[str, object]]:
    with store.snapshot() as db:
        return [(finding.code, finding.facts) for finding in check_database(db)]


def test_what_was_written_past_the_journal_is_found_after_an_upgrade_too(store: Store, older: Older) -> None:
    """Images of the first revision know fewer columns; each that they know is compared."""
    plants = {
        "courses": f"UPDATE courses SET title = 'Past it'{BUMP}",
        "sessions": f"UPDATE sessions SET metadata = '{DEEPER}'{BUMP} WHERE metadata IS NOT NULL",
        "enrollments": f"UPDATE enrollments SET promoted_at = {UNTIL_TEXT}{BUMP} WHERE id = 1",
    }
    with raw(store) as db:
        for table, statement in plants.items():
            if store.is_file:
                db.exec_driver_sql(f"DROP TRIGGER journal_{table}_update")
            else:
                db.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER journal_update")
            db.exec_driver_sql(statement)
    found = [finding for finding in findings(store) if finding[0] == "journal_differs"]
    assert {str(facts["table"]) for _code, facts in found if isinstance(facts, dict)} == set(plants)


def test_what_the_upgrade_itself_changed_stands_in_the_journal(store: Store, older: Older) -> None:
    last = max(int(key.strip("[]")) for key in older.rows["changes"])
    with store.writing("Looked at") as unit:
        query = sa.text("SELECT id FROM changes WHERE id > :last AND label = 'direct' ORDER BY id")
        rows = [row for (change,) in unit.db.execute(query, {"last": last}) for row in net_rows(unit.db, change)]
        assert sorted(tuple(row.columns) for row in rows) == [("position",)] * 3 + [("state",)]
        assert not any(is_readable(row) for row in rows), "what is older than the schema is shown and not undone"
        unit.discard()


def test_what_was_told_of_compliance_is_attested_and_its_change_cannot_be_undone(store: Store, older: Older) -> None:
    with store.reading() as db:
        said = db.execute(sa.select(Attestation.person_id, Attestation.status).order_by(Attestation.person_id)).all()
        told = db.execute(sa.select(Change.id).where(Change.label == "Told")).scalar_one()
    assert [tuple(row) for row in said] == [(older.people[0], "PENDING"), (older.people[1], "COMPLIANT")]
    with pytest.raises(DeskError) as refusal:
        store.write("Undo", reverse, told)
    assert refusal.value.facts["why"] == "cannot_be_undone"


def test_who_is_enrolled_after_the_upgrade_is_counted(store: Store, older: Older) -> None:
    with raw(store) as db:
        db.exec_driver_sql(ENROLL.format(session=older.session, person=older.people[8]))
    with pytest.raises(sa.exc.IntegrityError, match="ck_sessions_seats"), raw(store) as db:
        db.exec_driver_sql(f"UPDATE enrollments SET state = 'confirmed'{BUMP} WHERE person_id = {older.people[3]}")
    assert miscounted(store) == []
