"""A trainer with a login of their own on a real server: own sessions go, everything else is not there (U2)."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory, postgres_organisation
from tests.factories import (
    make_enrollment,
    make_person,
    make_requirement,
    make_scheduled,
    make_session_checklist_item,
    prepared,
)
from tests.logins import login_url, make_login
from tests.postgres_server import Run
from tests.services.planning.world import World, make_world
from trainer_desk.models import ContactLook, Enrollment
from trainer_desk.models.enums import Attendance, Role, SessionStatus
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError, NotAllowed, NotFound
from trainer_desk.services.orchestration import attending, completing, preparing
from trainer_desk.services.orchestration.door import come_in, go_out
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.people.contacts import set_contact
from trainer_desk.services.rows.records import ContactRow
from trainer_desk.services.store.engine import Store

pytestmark = pytest.mark.postgres
ATTENDED, NO_SHOW, REGISTERED = Attendance.ATTENDED, Attendance.NO_SHOW, Attendance.REGISTERED


@dataclass
class Hall:
    """Ann's session that is under way with three people, one of Bo's at the same time, and Ann's own login."""

    world: World
    own: int
    other: int
    people: list[int]
    stranger: int
    item: int
    ann: Store
    url: str

    def do(self, verb: Callable[..., Any], *args: Any, **more: Any) -> Any:
        return self.ann.write("Test", verb, *args, **more).value

    def marks(self, session: int) -> dict[int, str]:
        """Give how people are marked, as the owner sees it."""
        rows = sa.select(Enrollment.person_id, Enrollment.attendance).where(Enrollment.session_id == session)
        return dict(self.world.store.read(lambda db: db.execute(rows).all()))

    def number(self, person: int) -> str:
        number = sa.text("SELECT employee_no FROM people WHERE id = :id")
        return str(self.world.store.read(lambda db: db.scalar(number, {"id": person})))


@pytest.fixture
def hall(run: Run, postgres_server: str) -> Iterator[Hall]:
    with postgres_organisation(run, postgres_server) as url:
        owners = StoreFactory(url)
        world, now = make_world(owners), Clock().now()
        world.store.clock = Clock()
        with prepared(world.store) as db:
            make_requirement(db, world.fire)
            plan = {"course": world.fire, "status": SessionStatus.IN_PROGRESS, "starts_at": now - dt.timedelta(hours=1)}
            own = make_scheduled(db, trainer=world.ann, venue=world.room, capacity=5, **plan)
            other = make_scheduled(db, trainer=world.bo, venue=world.other_room, **plan)
            people = [make_person(db, name) for name in ("Abel", "Bea", "Cleo")]
            for person in people:
                make_enrollment(db, own, person)
            stranger = make_person(db, "Dan")
            make_enrollment(db, other, stranger)
            item = make_session_checklist_item(db, own)
            recompute(db)
        world.do(set_contact, people[0], "Kim", "555")
        logins = StoreFactory(login_url(url, make_login(world.store, Role.TRAINER, trainer_id=world.ann)))
        yield Hall(world, own, other, people, stranger, item, logins(), logins.url)
        with world.store.snapshot() as db:
            assert check_database(db, now=Clock().now()) == []
        logins.close()
        owners.close()


def test_the_whole_way_of_an_own_session(hall: Hall) -> None:
    abel, bea, cleo = hall.people
    hall.do(attending.mark, hall.own, abel, attendance=ATTENDED, remarks="Left early")
    hall.do(attending.mark, hall.own, bea, attendance=NO_SHOW)
    hall.do(completing.complete, hall.own, rest_no_show=True)
    assert hall.marks(hall.own) == {abel: ATTENDED, bea: NO_SHOW, cleo: NO_SHOW}
    hall.do(attending.mark, hall.own, cleo, attendance=ATTENDED)
    held = sa.text("SELECT person_id FROM certificates WHERE withdrawn_at IS NULL ORDER BY 1")
    assert hall.world.store.read(lambda db: db.execute(held).scalars().all()) == [abel, cleo]
    items = sa.text("SELECT person_id FROM compliance_items WHERE status = 'COMPLIANT' ORDER BY 1")
    assert hall.world.store.read(lambda db: db.execute(items).scalars().all()) == [abel, cleo]


def test_marks_and_walk_ins_are_taken_back_and_done_again(hall: Hall) -> None:
    abel = hall.people[0]
    hall.do(attending.mark, hall.own, abel, attendance=ATTENDED)
    [outcome] = hall.do(attending.walk_in, hall.own, [hall.stranger])
    assert outcome.outcome == "enrolled"
    assert undo_last(hall.ann).value == "Test"
    assert hall.stranger not in {one for one, mark in hall.marks(hall.own).items() if mark == REGISTERED}
    assert undo_last(hall.ann).value == "Test"
    assert hall.marks(hall.own)[abel] == REGISTERED
    assert redo_last(hall.ann).value == "Test"
    assert redo_last(hall.ann).value == "Test"
    assert (hall.marks(hall.own)[abel], hall.marks(hall.own)[hall.stranger]) == (ATTENDED, ATTENDED)


def test_the_door_of_an_own_session(hall: Hall) -> None:
    number = hall.number(hall.people[0])
    came = come_in(hall.ann, "In", hall.own, number).value
    assert (came.outcome, came.occupancy.present, came.walk_in) == ("in", 1, False)
    assert go_out(hall.ann, "Out", hall.own, number).value.outcome == "out"
    assert undo_last(hall.ann).value == "Out"
    assert come_in(hall.ann, "In", hall.own, number).value.outcome == "already"
    assert come_in(hall.ann, "In", hall.own, hall.number(hall.stranger)).value.walk_in


def test_ticks_and_contacts_of_an_own_session(hall: Hall) -> None:
    hall.do(preparing.tick, hall.item)
    hall.do(preparing.untick, hall.item)
    assert undo_last(hall.ann).value == "Test"
    assert hall.do(attending.look_at_contact, hall.own, hall.people[0]) == ContactRow("Kim", "555")
    looks = hall.world.store.read(lambda db: db.execute(sa.select(ContactLook.looked_by)).scalars().all())
    assert looks == [hall.ann.actor]


def test_somebody_elses_session_is_not_there(hall: Hall) -> None:
    for verb, args in (
        (completing.start, [hall.other]),
        (completing.complete, [hall.other]),
        (attending.mark_rest, [hall.other, ATTENDED]),
        (attending.walk_in, [hall.other, hall.people]),
        (attending.admit, [hall.other, hall.people[0]]),
    ):
        with pytest.raises(NotAllowed):
            hall.do(verb, *args)
    with pytest.raises((NotAllowed, NotFound)):
        hall.do(attending.look_at_contact, hall.other, hall.stranger)
    with pytest.raises(DeskError):
        come_in(hall.ann, "In", hall.other, hall.number(hall.people[0]))
    assert hall.marks(hall.other) == {hall.stranger: REGISTERED}


ATTACKS = {
    "a mark of somebody else's session": "UPDATE enrollments SET attendance = 'attended', version = version + 1,"
    " marked_by = session_user WHERE session_id = {other}",
    "a mark in somebody else's name": "UPDATE enrollments SET attendance = 'attended', version = version + 1,"
    " marked_by = 'boss' WHERE session_id = {own}",
    "a mark in nobody's name": "UPDATE enrollments SET attendance = 'attended', version = version + 1"
    " WHERE session_id = {own}",
    "another state of a place": "UPDATE enrollments SET state = 'withdrawn' WHERE session_id = {own}",
    "a session that is simply completed": "UPDATE sessions SET status = 'COMPLETED' WHERE id = {own}",
    "a certificate": "INSERT INTO certificates SELECT * FROM certificates",
    "compliance": "UPDATE compliance_items SET status = 'COMPLIANT'",
    "a certificate past the marks": "SELECT issue_certificate(1, 1, '{{1}}', NULL, NULL, now())",
    "certifying anybody": "SELECT certify_people({own}, NULL, now())",
    "putting anything back": "SELECT put_back('enrollments', '1', NULL, now())",
    "a door of another room": "SELECT check_in({other}, '{number}')",
    "locks of anything": "SELECT lock_seats(ARRAY[{other}], ARRAY[1])",
    "contacts": "SELECT name FROM contacts",
    "a contact of a stranger": "SELECT * FROM contact_of({stranger})",
    "a tick of somebody else": "UPDATE session_checklist_items SET done_at = now(), done_by = 'boss',"
    " version = version + 1 WHERE id = {item}",
}


def refused_or_empty(url: str, statement: str) -> bool:
    """Whether a bare client was refused for want of a right, or found nothing there."""
    with psycopg.connect(url, autocommit=True) as client:
        try:
            return client.execute(statement).rowcount == 0
        except psycopg.Error as refusal:
            return refusal.sqlstate in {"42501", "TD001"}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_bare_client_does_no_more(hall: Hall, attack: str) -> None:
    facts = {"own": hall.own, "other": hall.other, "stranger": hall.stranger, "item": hall.item}
    statement = ATTACKS[attack].format(number=hall.number(hall.people[0]), **facts)
    before = hall.marks(hall.own), hall.marks(hall.other)
    assert refused_or_empty(hall.url, statement)
    assert (hall.marks(hall.own), hall.marks(hall.other)) == before


def test_a_bare_client_marks_and_certificates_follow(hall: Hall) -> None:
    mark = (
        "UPDATE enrollments SET attendance = 'attended', marked_at = now(), marked_by = session_user,"
        f" version = version + 1 WHERE session_id = {hall.own}"
    )
    with psycopg.connect(hall.url, autocommit=True) as client:
        assert client.execute(mark).rowcount == 3
        client.execute(f"SELECT complete_session({hall.own}, NULL, false)")
        people = client.execute("SELECT person_id FROM certificates ORDER BY 1").fetchall()
        assert [one for (one,) in people] == hall.people
        names = client.execute("SELECT name FROM people ORDER BY name").fetchall()
        assert [one for (one,) in names] == ["Abel", "Bea", "Cleo"]
