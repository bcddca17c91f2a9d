"""What follows from other rows is put right, in the journal and each whole; what people must decide stays (O2)."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    MONDAY,
    make_course,
    make_enrollment,
    make_group,
    make_people,
    make_person,
    make_run,
    make_scheduled,
    prepared,
)
from tests.services.orchestration.test_soundness import BUMP, busy, unguarded
from tests.services.store.raw import raw
from trainer_desk.models import Account, Base, Change, GroupMember, Presence, Session
from trainer_desk.models.enums import EnrollmentState, Role
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import NotAllowed
from trainer_desk.services.journal.steps import NEWEST_DONE
from trainer_desk.services.orchestration.repairing import LABELS, REPAIRS, repair_database
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.objects import missing_objects
from trainer_desk.texts.soundness import REPAIRS as SAID
from trainer_desk.texts.soundness import repair_text

__all__ = ["busy"]
BEFORE = MONDAY - dt.timedelta(days=7)
BERLIN = ZoneInfo("Europe/Berlin")


def found(store: Store) -> set[str]:
    with store.snapshot() as db:
        return {finding.code for finding in check_database(db, now=BEFORE)}


def repaired(store: Store) -> list[str]:
    """Repair all that a check finds, and expect a sentence for each; give the codes."""
    with store.snapshot() as db:
        findings = check_database(db, now=BEFORE)
    mended = repair_database(store, findings)
    assert all(repair_text(finding, BERLIN).endswith(".") for finding in mended)
    return [finding.code for finding in mended]


MENDED: dict[str, tuple[Sequence[str], list[str]]] = {
    "a lost claim": (["DELETE FROM claims WHERE id = (SELECT min(id) FROM claims)"], ["claims_differ"]),
    "a claim too many": (
        [
            "INSERT INTO claims (resource_id, session_id, starts_at, ends_at) SELECT min(resource_id),"
            " (SELECT id FROM sessions WHERE ref = 'DRAFT'), '2027-01-01T00:00:00Z', '2027-01-02T00:00:00Z' FROM claims"
        ],
        ["claims_differ"],
    ),
    "parts that were forgotten": (
        ["UPDATE venues SET part_of_id = NULL WHERE part_of_id IS NOT NULL"],
        ["claims_differ", "block_claims_differ"],
    ),
    "a lifted absence": (
        [f"UPDATE blocks SET deleted_at = '2026-07-01T00:00:00Z'{BUMP} WHERE reason = 'Floor'"],
        ["block_claims_differ"],
    ),
    "a wrong counter": (
        ["UPDATE sessions SET seats_taken = 1, waiting = 7 WHERE ref = 'ONE'"],
        ["seats_miscounted"],
    ),
    "an old key of a person": ([f"UPDATE people SET name = 'Renamed'{BUMP} WHERE id = 1"], ["keys_stale"]),
    "an old key of a trainer": (
        [f"UPDATE resources SET name = 'Renamed'{BUMP} WHERE code = 'ANN'"],
        ["keys_stale"],
    ),
    "an old key of an item": (
        ["UPDATE compliance_items SET sort_name = 'x' WHERE person_id = 1"],
        ["keys_stale"],
    ),
    "an item that nobody told": (
        ["UPDATE compliance_items SET status = 'COMPLIANT' WHERE person_id = 1"],
        ["item_differs"],
    ),
    "a lost item": (["DELETE FROM compliance_items WHERE person_id = 1"], ["item_differs"]),
}


@pytest.mark.parametrize(("statements", "codes"), MENDED.values(), ids=MENDED.keys())
def test_what_follows_from_other_rows_is_put_right(busy: Store, statements: Sequence[str], codes: list[str]) -> None:
    with raw(busy) as db:
        for statement in statements:
            db.exec_driver_sql(statement)
    assert found(busy) == set(codes)
    assert set(repaired(busy)) == set(codes)
    assert found(busy) == set()
    with busy.reading() as db:
        labels = set(db.execute(sa.select(Change.label).where(Change.label.startswith("Repair"))).scalars())
        steps = db.execute(NEWEST_DONE, {"actor": busy.actor}).all()
    assert labels == {LABELS[code] for code in codes}
    assert {step.label for step in steps} <= {LABELS["keys_stale"], "Prepared"} or not steps
    assert repaired(busy) == []


def test_counters_of_runs_groups_and_rooms(store: Store) -> None:
    with prepared(store) as db:
        course = make_course(db)
        run = make_run(db, course=course, max_people=3)
        session = make_scheduled(db, course=course, run_id=run, ref="ONE")
        people = make_people(db, 3)
        for person in people:
            make_enrollment(db, session, person)
        red = make_group(db, session, "Red")
        db.execute(sa.insert(GroupMember).values(session_id=session, person_id=people[0], group_id=red))
        venue = db.execute(sa.select(Session.venue_id)).scalar_one()
        inside = {"entered_at": MONDAY, "entered_by": "ana", "created_at": MONDAY, "updated_at": MONDAY}
        db.execute(sa.insert(Presence).values(session_id=session, venue_id=venue, person_id=people[0], **inside))
    assert found(store) == set()
    with raw(store) as db:
        for statement in (
            "UPDATE runs SET people_taken = 1",
            "UPDATE groups SET members_taken = 0",
            "UPDATE venues SET present = 0",
        ):
            db.exec_driver_sql(statement)
    with unguarded(store) as db:
        db.exec_driver_sql(f"UPDATE run_seats SET seats = 0 WHERE person_id = {people[0]}")
        db.exec_driver_sql(f"UPDATE run_seats SET seats = 5 WHERE person_id = {people[1]}")
    repaired(store)
    assert found(store) == set()
    with store.reading() as db:
        assert db.execute(sa.select(Base.metadata.tables["runs"].c.people_taken)).scalar_one() == 3


def test_guards_are_laid_again_before_anything_is_written(busy: Store) -> None:
    with unguarded(busy) as db:
        db.exec_driver_sql("UPDATE enrollments SET state = 'confirmed' WHERE state = 'withdrawn'")
    assert {"guard_missing", "seats_miscounted"} <= found(busy)
    assert {"guard_missing", "seats_miscounted"} <= set(repaired(busy))
    with busy.reading() as db:
        assert not [name for name in missing_objects(db) if not name.startswith(("ck_", "sessions"))]
    assert not {"seats_miscounted"} & found(busy)


def test_what_people_must_decide_stays_and_does_not_keep_the_rest_from_being_mended(busy: Store) -> None:
    with unguarded(busy) as db:
        db.exec_driver_sql("UPDATE sessions SET capacity = 1, seats_taken = 1 WHERE ref = 'ONE'")
        db.exec_driver_sql("UPDATE sessions SET seats_taken = 2 WHERE ref = 'TWO'")
        db.exec_driver_sql("UPDATE resources SET sort_name = 'x' WHERE code = 'ANN'")
    mended = repaired(busy)
    assert {"keys_stale", "seats_miscounted"} <= set(mended)
    assert {"overbooked"} <= found(busy)
    assert not {"keys_stale", "seats_miscounted"} & found(busy)


OF_TWO = "session_id = (SELECT id FROM sessions WHERE ref = 'TWO')"


def test_a_claim_on_what_is_taken_by_now_is_not_forced(busy: Store) -> None:
    """Two sessions stand in one room: claims of one are missing, and cannot come back while the other is there."""
    with unguarded(busy) as db:
        two = f"(SELECT min(id) FROM claims WHERE {OF_TWO})"
        db.exec_driver_sql(f"DELETE FROM claims WHERE id = {two}")
        one = "(SELECT {} FROM sessions WHERE ref = 'ONE')"
        db.exec_driver_sql(
            f"UPDATE sessions SET starts_at = {one.format('starts_at')}, ends_at = {one.format('ends_at')}"
            " WHERE ref = 'TWO'"
        )
    assert "claims_differ" in found(busy)
    with busy.reading() as db:
        before = db.exec_driver_sql(f"SELECT * FROM claims WHERE {OF_TWO} ORDER BY id").all()
    assert before
    assert "claims_differ" not in repaired(busy)
    assert "claims_differ" in found(busy)
    with busy.reading() as db:
        assert db.exec_driver_sql(f"SELECT * FROM claims WHERE {OF_TWO} ORDER BY id").all() == before


def test_whoever_waits_beside_a_free_seat_gets_it(store_factory: StoreFactory) -> None:
    store = store_factory(FixedClock(BEFORE))
    with prepared(store) as db:
        session = make_scheduled(db, capacity=2, waitlist="enrol", ref="ONE")
        make_enrollment(db, session, make_person(db), EnrollmentState.WAITLISTED)
    assert found(store) == {"promotion_lost"}
    assert repaired(store) == ["promotion_lost"]
    assert found(store) == set()


def test_only_an_administrator_repairs(store_factory: StoreFactory) -> None:
    store = store_factory()
    with prepared(store) as db:
        db.execute(sa.update(Account).values(role=Role.SUPERVISOR.value, version=Account.version + 1))
    with pytest.raises(NotAllowed):
        repair_database(store, [])


def test_every_repair_is_named_and_told() -> None:
    assert set(REPAIRS) == set(LABELS) == set(SAID) - {"guard_missing"}
