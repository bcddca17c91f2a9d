"""An administrator of a server checks and repairs with an own login; nobody else counts anything again (O2, U2)."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.factories import make_course, make_enrollment, make_group, make_people, make_run, make_scheduled, prepared
from tests.logins import make_login, open_as
from tests.services.orchestration.test_repairing import found
from tests.services.orchestration.test_soundness import unguarded
from tests.services.store.conftest import postgres_store
from tests.services.store.raw import raw
from trainer_desk.models import GroupMember
from trainer_desk.models.enums import Role
from trainer_desk.services.errors import DeskError, NotAllowed
from trainer_desk.services.orchestration.repairing import repair_database
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.store.engine import Store

__all__ = ["postgres_store"]


@pytest.fixture
def miscounted(postgres_store: Store) -> Store:
    """Give an organisation on a server whose counters are all wrong, and a claim and a key."""
    with prepared(postgres_store) as db:
        course = make_course(db)
        session = make_scheduled(db, course=course, run_id=make_run(db, course=course, max_people=3), ref="ONE")
        people = make_people(db, 3)
        for person in people:
            make_enrollment(db, session, person)
        red = make_group(db, session, "Red")
        db.execute(sa.insert(GroupMember).values(session_id=session, person_id=people[0], group_id=red))
    with raw(postgres_store) as db:
        for statement in (
            "UPDATE sessions SET seats_taken = 1, waiting = 2",
            "UPDATE runs SET people_taken = 1",
            "UPDATE groups SET members_taken = 0",
            "UPDATE venues SET present = 4",
            "DELETE FROM claims",
            "UPDATE people SET search = 'x', version = version + 1 WHERE id = 1",
        ):
            db.exec_driver_sql(statement)
    with unguarded(postgres_store) as db:
        db.exec_driver_sql(f"UPDATE run_seats SET seats = 5 WHERE person_id = {people[1]}")
        db.exec_driver_sql(f"DELETE FROM run_seats WHERE person_id = {people[2]}")
    return postgres_store


@pytest.fixture
def administrator(miscounted: Store) -> Iterator[Store]:
    store = open_as(miscounted, make_login(miscounted, Role.ADMINISTRATOR))
    yield store
    store.close()


def test_an_administrator_repairs_what_triggers_alone_may_write(administrator: Store) -> None:
    with administrator.snapshot() as db:
        findings = check_database(db)
    codes = {finding.code for finding in findings} - {"guard_missing", "and_more"}
    assert {"seats_miscounted", "run_miscounted", "group_miscounted", "room_miscounted", "claims_differ"} <= codes
    mended = repair_database(administrator, [one for one in findings if one.code != "guard_missing"])
    assert {finding.code for finding in mended} == codes
    assert found(administrator) <= {"guard_missing", "and_more"}


def test_guards_are_the_owners(administrator: Store) -> None:
    with administrator.snapshot() as db:
        findings = [finding for finding in check_database(db) if finding.code == "guard_missing"]
    assert findings
    with pytest.raises(DeskError) as refusal:
        repair_database(administrator, findings)
    assert refusal.value.facts["why"] in {"not_allowed", "no_owner"}


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.TRAINER, Role.REQUESTER])
def test_nobody_else_counts_again(miscounted: Store, role: Role) -> None:
    store = open_as(miscounted, make_login(miscounted, role))
    try:
        with pytest.raises(NotAllowed):
            repair_database(store, [])
        with pytest.raises(DeskError), store.writing("Past the program") as unit:
            unit.db.execute(sa.text("SELECT recount('seats', 1)"))
    finally:
        store.close()
