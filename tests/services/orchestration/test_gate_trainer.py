"""A trainer of a server starts, marks and completes own sessions through its functions (S4, A2, A5, U2)."""

import datetime as dt

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import make_account, make_enrollment, make_person, make_requirement, make_scheduled, prepared
from tests.services.planning.world import World, make_world
from trainer_desk.models import Certificate, Enrollment
from trainer_desk.models.enums import Attendance, Role, SessionStatus
from trainer_desk.services.accounts import logins
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError, Stale, WrongState
from trainer_desk.services.orchestration import attending, completing
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.people.compliance import recompute

ATTENDED, NO_SHOW, REGISTERED = Attendance.ATTENDED, Attendance.NO_SHOW, Attendance.REGISTERED


@pytest.fixture
def world(each_factory: StoreFactory) -> World:
    """Give the organisation by the real clock, to whose trainer Ann the tests' own login is raised by `become_ann`."""
    made = make_world(each_factory)
    made.store.clock = Clock()
    return made


def become_ann(world: World) -> None:
    """Let whoever runs the tests be the trainer Ann."""
    with prepared(world.store) as db:
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, world.store.actor, Role.TRAINER, actor="boss", now=world.clock.now(), trainer_id=world.ann)


def session_of(world: World, *marks: Attendance, status: SessionStatus = SessionStatus.IN_PROGRESS) -> int:
    """Make a session of Ann that is under way, with people who are marked so; the course must be held."""
    now = Clock().now()
    with prepared(world.store) as db:
        make_requirement(db, world.fire)
        plan = {"course": world.fire, "trainer": world.ann, "venue": world.room, "status": status}
        session = make_scheduled(db, starts_at=now - dt.timedelta(minutes=30), **plan)
        for number, mark in enumerate(marks):
            make_enrollment(db, session, make_person(db, f"Person {number}"), attendance=mark)
        recompute(db)
    become_ann(world)
    return session


def people(world: World, session: int) -> list[int]:
    """Give the people of a session by id."""
    rows = sa.select(Enrollment.person_id).where(Enrollment.session_id == session).order_by(Enrollment.person_id)
    with world.store.reading() as db:
        return list(db.execute(rows).scalars())


def certified(world: World) -> list[int]:
    """Give who has a certificate that counts."""
    rows = sa.select(Certificate.person_id).where(Certificate.withdrawn_at.is_(None)).order_by(Certificate.person_id)
    with world.store.reading() as db:
        return list(db.execute(rows).scalars())


def assert_sound(world: World) -> None:
    with world.store.snapshot() as db:
        assert check_database(db, now=Clock().now()) == []


def test_a_trainer_starts_marks_and_completes_and_certificates_follow(world: World) -> None:
    session = session_of(world, REGISTERED, REGISTERED, REGISTERED, status=SessionStatus.SCHEDULED)
    ann, bea, _cleo = people(world, session)
    world.do(completing.start, session)
    for person in (ann, bea):
        world.do(attending.mark, session, person, attendance=ATTENDED)
    with pytest.raises(DeskError) as refusal:
        world.do(completing.complete, session)
    assert refusal.value.code == "not_marked"
    assert refusal.value.facts["names"] == ["Person 2"]
    world.do(completing.complete, session, rest_no_show=True)
    assert (world.card(session).status, world.claims(session)) == (SessionStatus.COMPLETED, set())
    assert certified(world) == [ann, bea]
    assert_sound(world)


def test_a_late_mark_is_followed_and_nobody_becomes_unmarked(world: World) -> None:
    session = session_of(world, ATTENDED, NO_SHOW)
    ann, bea = people(world, session)
    world.do(completing.complete, session)
    world.do(attending.mark, session, bea, attendance=ATTENDED)
    world.do(attending.mark, session, ann, attendance=NO_SHOW)
    assert certified(world) == [bea]
    with pytest.raises(DeskError) as refusal:
        world.do(attending.mark, session, bea, attendance=REGISTERED)
    assert refusal.value.facts["why"] == "stays_marked"
    assert certified(world) == [bea]
    assert_sound(world)


def test_moves_out_of_turn_are_refused_in_the_same_words(world: World) -> None:
    session = session_of(world, ATTENDED)
    with pytest.raises(WrongState) as refusal:
        world.do(completing.start, session)
    assert refusal.value.facts["state"] is SessionStatus.IN_PROGRESS
    with pytest.raises(Stale) as stale:
        world.do(completing.complete, session, version=world.card(session).version - 1)
    assert stale.value.facts["ref"] == world.ref(session)
    world.do(completing.complete, session, version=world.card(session).version)
    with pytest.raises(WrongState):
        world.do(completing.complete, session)
