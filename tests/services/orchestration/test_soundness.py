"""The check of a whole database is silent on a sound one and finds every fault that is planted (O2)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.factories import (
    MONDAY,
    at,
    make_block,
    make_compliance,
    make_course,
    make_draft,
    make_enrollment,
    make_equipment,
    make_people,
    make_person,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.services.store.raw import raw
from trainer_desk.models.enums import ComplianceStatus, EnrollmentState
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.store.engine import Store
from trainer_desk.texts.soundness import soundness_text


@pytest.fixture
def busy(store: Store) -> Store:
    """Give an organisation with something of everything: co-trainers, parts, turnaround, blocks, people, a journal."""
    with prepared(store) as db:
        course = make_course(db, "FIRE")
        ann, bo = (make_trainer(db, code, courses=[course]) for code in ("ANN", "BO"))
        hall = make_venue(db, "HALL", turnaround_minutes=15)
        for part in ("HALL-A", "HALL-B"):
            make_venue(db, part, part_of=hall)
        people = make_people(db, 4)
        for person in people:
            make_compliance(db, person, course, ComplianceStatus.PENDING)
        session = make_scheduled(
            db, course=course, trainer=ann, venue=hall, co_trainers=[bo], equipment=[make_equipment(db)],
            capacity=3, ref="ONE", extra={"a": [1, None]},
        )  # fmt: skip
        for person, state in zip(people, EnrollmentState, strict=True):
            make_enrollment(db, session, person, state)
        make_scheduled(
            db, course=course, trainer=ann, venue=make_venue(db), starts_at=at("2026-07-07 09:00"), ref="TWO"
        )
        make_draft(db, course=course, ref="DRAFT")
        make_scheduled(db, status="CANCELLED", cancel_reason="Snow", deleted_at=MONDAY, ref="GONE")
        make_block(db, hall, at("2026-08-01 00:00"), at("2026-08-02 00:00"), "Floor")
        make_block(db, None, at("2026-12-24 00:00"), at("2026-12-27 00:00"), "Holiday")
    return store


def found(store: Store) -> list[tuple[str, str | None]]:
    """Check, and expect a sentence for each finding; give (code, subject)."""
    with store.snapshot() as db:
        findings = check_database(db)
    assert all(soundness_text(finding, ZoneInfo("Europe/Berlin")).endswith(".") for finding in findings)
    return [(finding.code, finding.subject) for finding in findings]


def test_a_sound_database_has_nothing_to_say(busy: Store) -> None:
    assert found(busy) == []


BUMP = ", version = version + 1"
JOURNALED: dict[str, tuple[Sequence[str], set[str]]] = {
    "a claim is lost": (["DELETE FROM claims WHERE id = (SELECT min(id) FROM claims)"], {"claims_differ"}),
    "a claim is too short": (
        ["UPDATE claims SET ends_at = '2026-07-06T07:30:00Z' WHERE id = (SELECT min(id) FROM claims)"],
        {"claims_differ"},
    ),
    "a claim too many": (
        ["INSERT INTO claims (resource_id, session_id, starts_at, ends_at) SELECT min(resource_id),"
         " (SELECT id FROM sessions WHERE ref = 'DRAFT'), '2027-01-01T00:00:00Z', '2027-01-02T00:00:00Z' FROM claims"],
        {"claims_differ"},
    ),
    "a venue gets a part and its sessions are forgotten": (
        ["UPDATE venues SET part_of_id = NULL WHERE part_of_id IS NOT NULL"],
        {"claims_differ", "block_claims_differ"},
    ),
    "a block is lifted and still holds": (
        [f"UPDATE blocks SET deleted_at = '2026-07-01T00:00:00Z'{BUMP} WHERE reason = 'Floor'"],
        {"block_claims_differ"},
    ),
    "a block is moved without its claims": (
        [f"UPDATE blocks SET ends_at = '2026-08-03T00:00:00Z'{BUMP} WHERE reason = 'Floor'"],
        {"block_claims_differ"},
    ),
    "a claim of a block is lost": (
        ["DELETE FROM claims WHERE id = (SELECT max(id) FROM claims WHERE block_id IS NOT NULL)"],
        {"block_claims_differ"},
    ),
    "the counter is wrong": (["UPDATE sessions SET seats_taken = 1 WHERE ref = 'ONE'"], {"seats_miscounted"}),
    "an old search key": ([f"UPDATE people SET name = 'Renamed'{BUMP} WHERE id = 1"], {"keys_stale"}),
    "an old sort key": ([f"UPDATE resources SET name = 'Renamed'{BUMP} WHERE code = 'ANN'"], {"keys_stale"}),
    "an old sort key of an item": (["UPDATE compliance_items SET sort_name = 'x' WHERE person_id = 1"], {"keys_stale"}),
    "an item that nobody told": (
        ["UPDATE compliance_items SET status = 'COMPLIANT' WHERE person_id = 1"], {"item_differs"}
    ),
    "an item that is lost": (["DELETE FROM compliance_items WHERE person_id = 1"], {"item_differs"}),
    "a change of nothing": (["INSERT INTO changes (actor, at, label) VALUES ('a', '2026-07-01T00:00:00Z', 'b')"],
                            {"journal_torn"}),
    "a session of two days": (
        [f"UPDATE sessions SET ends_at = '2026-07-08T08:00:00Z'{BUMP} WHERE ref = 'ONE'"],
        {"state_incomplete", "claims_differ"},
    ),
    "a completed session with people who are not marked": (
        ["DELETE FROM claims WHERE session_id = 1", f"UPDATE sessions SET status = 'COMPLETED'{BUMP} WHERE id = 1"],
        {"mark_missing"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("statements", "codes"), JOURNALED.values(), ids=JOURNALED.keys())
def test_what_slips_through_the_guards_is_found(busy: Store, statements: Sequence[str], codes: set[str]) -> None:
    with raw(busy) as db:
        for statement in statements:
            db.exec_driver_sql(statement)
    assert {code for code, _subject in found(busy)} == codes


@contextmanager
def unguarded(store: Store) -> Iterator[sa.Connection]:
    """Lend a connection without every trigger, check and reference that would keep a fault from being planted."""
    engine = sa.create_engine(store.url)
    with engine.begin() as db:
        disarm(db)
        yield db
    engine.dispose()


def disarm(db: sa.Connection) -> None:
    if db.dialect.name == "sqlite":
        for name in db.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'").scalars().all():
            db.exec_driver_sql(f"DROP TRIGGER {name}")
        db.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        return
    db.exec_driver_sql("SET session_replication_role = replica")
    checks = db.exec_driver_sql(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint"
        " WHERE contype IN ('c', 'x') AND conrelid IN ('sessions'::regclass, 'claims'::regclass)"
    ).all()
    for table, name in checks:
        db.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


UNGUARDED: dict[str, tuple[str, set[str]]] = {
    "two sessions at one time": (
        "UPDATE claims SET starts_at = '2026-07-06T07:30:00Z', ends_at = '2026-07-06T08:30:00Z'"
        " WHERE session_id = (SELECT id FROM sessions WHERE ref = 'TWO')",
        {"claims_overlap", "claims_differ"},
    ),
    "more people than seats": (
        "UPDATE sessions SET capacity = 1 WHERE ref = 'ONE'",
        {"overbooked", "journal_differs"},
    ),
    "a place that nobody counted": (
        "UPDATE enrollments SET state = 'confirmed' WHERE state = 'withdrawn'",
        {"seats_miscounted", "journal_differs"},
    ),
    "scheduled without a trainer": (
        "UPDATE sessions SET trainer_id = NULL WHERE ref = 'TWO'",
        {"state_incomplete", "claims_differ", "journal_differs"},
    ),
    "scheduled and in the trash": (
        "UPDATE sessions SET deleted_at = '2026-07-01T00:00:00Z' WHERE ref = 'TWO'",
        {"trash_not_empty_handed", "journal_differs"},
    ),
    "written past the journal": ("UPDATE settings SET value = 'Mars' WHERE key = 'zone'", {"journal_differs"}),
    "a person who vanished": ("DELETE FROM enrollments", {"seats_miscounted"}),
    "an entry of the journal that vanished": ("DELETE FROM changes WHERE id = 1", {"journal_torn"}),
}


GUARDS_GONE = {"guard_missing", "and_more", "reference_broken", "rule_broken"}
"""What is told besides where every guard was taken away; of more than two hundred the rest is counted as one."""


@pytest.mark.parametrize(("statement", "codes"), UNGUARDED.values(), ids=UNGUARDED.keys())
def test_what_only_a_missing_guard_lets_in_is_found(busy: Store, statement: str, codes: set[str]) -> None:
    with unguarded(busy) as db:
        db.exec_driver_sql(statement)
    codes_found = {code for code, _subject in found(busy)} - GUARDS_GONE
    assert codes_found - {"journal_differs"} == codes - {"journal_differs"}
    assert codes <= codes_found


GUARDS = {
    "sqlite": ("DROP TRIGGER seats_insert", "DROP TRIGGER journal_people_update", "DROP TRIGGER claims_update"),
    "postgresql": (
        "DROP TRIGGER seats_insert ON enrollments",
        "ALTER TABLE people DISABLE TRIGGER journal_update",
        "ALTER TABLE claims DROP CONSTRAINT claims_overlap",
        "ALTER TABLE sessions DROP CONSTRAINT sessions_finite",
    ),
}


@pytest.mark.parametrize("number", range(4))
def test_a_guard_that_is_gone_is_found_at_once(busy: Store, number: int) -> None:
    several = GUARDS["sqlite" if busy.is_file else "postgresql"]
    with raw(busy) as db:
        db.exec_driver_sql(several[number % len(several)])
    ((code, subject),) = found(busy)
    assert code == "guard_missing"
    assert (subject or "").split(" ")[0] in several[number % len(several)]


def test_a_reference_to_nothing_is_found_in_a_file(sqlite_store: Store) -> None:
    with prepared(sqlite_store) as db:
        make_scheduled(db)
        make_person(db)
    engine = sa.create_engine(sqlite_store.url)
    with engine.begin() as db:
        db.exec_driver_sql("UPDATE sessions SET course_id = 987654, version = version + 1")
    engine.dispose()
    assert {code for code, _subject in found(sqlite_store)} == {"reference_broken"}


def test_pages_that_rot_are_found_in_a_file(sqlite_store: Store) -> None:
    with prepared(sqlite_store) as db:
        make_people(db, 3)
    with raw(sqlite_store) as db:
        db.exec_driver_sql("PRAGMA writable_schema = ON")
        index = "SELECT rootpage FROM sqlite_schema WHERE name = 'ix_people_sort_name'"
        page = db.exec_driver_sql(index).scalar_one()
        db.exec_driver_sql(f"UPDATE sqlite_schema SET rootpage = {page} WHERE name = 'ix_claims_block_id'")
        known = db.exec_driver_sql("PRAGMA schema_version").scalar_one()
        db.exec_driver_sql(f"PRAGMA schema_version = {known + 1}")  # connections that are open look again
    assert "pages_damaged" in {code for code, _subject in found(sqlite_store)}


def test_a_flood_of_one_kind_is_cut_off_and_said_so(store: Store) -> None:
    with prepared(store) as db:
        for person in make_people(db, 250):
            values: dict[str, Any] = {"id": person}
            db.execute(sa.text("UPDATE people SET search = 'x', version = version + 1 WHERE id = :id"), values)
    codes = [code for code, _subject in found(store)]
    assert codes == ["keys_stale"] * 200 + ["and_more"]


def test_old_rows_whose_images_were_put_away_are_no_fault(busy: Store) -> None:
    with unguarded(busy) as db:
        db.exec_driver_sql("DELETE FROM change_rows WHERE tbl = 'people'")
    assert {code for code, _subject in found(busy)} <= {"guard_missing", "and_more"}
