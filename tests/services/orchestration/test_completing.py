"""A session begins, is completed and opened again: who may, what must be marked, what follows (S4, S5, S6)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    make_accepted,
    make_account,
    make_enrollment,
    make_person,
    make_request,
    make_scheduled,
    prepared,
)
from tests.services.planning.world import ELEVEN, NINE, TEN, World, make_world
from trainer_desk.models import Enrollment, Presence, Session
from trainer_desk.models.enums import Attendance, EnrollmentState, PresenceEnd, Role, SessionStatus
from trainer_desk.services.accounts import logins
from trainer_desk.services.errors import DeskError, NotAllowed, NotFound, Refused, Stale, WrongState
from trainer_desk.services.orchestration import completing, scheduling
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.seats.occupancy import check_in, check_out
from trainer_desk.texts import error_text

DRAFT, SCHEDULED, IN_PROGRESS = SessionStatus.DRAFT, SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS
COMPLETED, CANCELLED = SessionStatus.COMPLETED, SessionStatus.CANCELLED
ATTENDED, NO_SHOW, REGISTERED = Attendance.ATTENDED, Attendance.NO_SHOW, Attendance.REGISTERED
MINUTE = dt.timedelta(minutes=1)
EARLY = NINE - 5 * MINUTE


@pytest.fixture
def world(store_factory: StoreFactory) -> Iterator[World]:
    """Give the organisation at five to nine on the day; at the end its database must be sound."""
    made = make_world(store_factory)
    made.clock.instant = EARLY
    yield made
    with made.store.snapshot() as db:
        assert check_database(db, now=made.clock.instant) == []


def session_of(world: World, *marks: Attendance, status: SessionStatus = IN_PROGRESS, **columns: Any) -> int:
    """Make a session of Ann in the room with people who have these marks: Abel, Bea, Cleo …"""
    with prepared(world.store) as db:
        plan = {"course": world.fire, "trainer": world.ann, "venue": world.room, "status": status}
        session = make_scheduled(db, **(plan | columns))
        for name, mark in zip(("Abel", "Bea", "Cleo"), marks, strict=False):
            make_enrollment(db, session, make_person(db, name, employee_no=f"{name}-{session}"), attendance=mark)
    return session


def act_as(world: World, role: Role, **columns: Any) -> None:
    """Give whoever runs the tests another role, or another trainer to be."""
    with prepared(world.store) as db:
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, world.store.actor, role, actor="boss", now=world.clock.now(), **columns)


def marks(world: World, session: int) -> dict[str, Attendance]:
    """Give how everybody is marked, by first name."""
    rows = sa.text("SELECT p.name, e.attendance FROM enrollments e JOIN people p ON p.id = e.person_id "
                   "WHERE e.session_id = :id")  # fmt: skip
    with world.store.reading() as db:
        return {name: Attendance(mark) for name, mark in db.execute(rows, {"id": session})}


def times(world: World, session: int) -> tuple[SessionStatus, dt.datetime | None, dt.datetime | None]:
    """Give the state of a session, and when it really began and ended."""
    columns = sa.select(Session.status, Session.began_at, Session.finished_at).where(Session.id == session)
    with world.store.reading() as db:
        status, began_at, finished_at = db.execute(columns).one()
    return SessionStatus(status), began_at, finished_at


def test_the_whole_way_and_back(world: World) -> None:
    session = session_of(world, ATTENDED, NO_SHOW, status=SCHEDULED)
    claims = world.claims(session)

    world.do(completing.start, session)
    assert times(world, session) == (IN_PROGRESS, EARLY, None)
    assert world.claims(session) == claims, "a session that runs keeps what it claims"

    world.clock.instant = TEN
    world.do(completing.complete, session)
    assert times(world, session) == (COMPLETED, EARLY, TEN)
    assert not world.claims(session)

    world.clock.instant = ELEVEN
    assert [one.code for one in world.do(completing.reopen, session)] == ["in_the_past"]
    assert times(world, session) == (IN_PROGRESS, EARLY, None)
    assert world.claims(session) == claims
    assert marks(world, session) == {"Abel": ATTENDED, "Bea": NO_SHOW}
    assert world.card(session).version == 4


def test_who_is_not_marked_is_named_and_nothing_is_done(world: World) -> None:
    session = session_of(world, REGISTERED, ATTENDED, REGISTERED)
    with prepared(world.store) as db:
        for state in (EnrollmentState.WAITLISTED, EnrollmentState.WITHDRAWN):
            make_enrollment(db, session, make_person(db, f"Not in ({state})"), state, position=1)
    before = world.columns(session), world.claims(session), marks(world, session)
    with pytest.raises(DeskError) as refusal:
        world.do(completing.complete, session)
    assert refusal.value.code == "not_marked"
    assert [(one.subject, one.facts["name"]) for one in refusal.value.findings] == [
        (f"Abel-{session}", "Abel"), (f"Cleo-{session}", "Cleo"),
    ]  # fmt: skip
    assert error_text(refusal.value) == "Not marked yet: Abel, Cleo. Mark each as attended or no-show."
    assert (world.columns(session), world.claims(session), marks(world, session)) == before


def test_one_step_marks_the_rest_and_completes(world: World) -> None:
    session = session_of(world, REGISTERED, ATTENDED, REGISTERED)
    world.do(completing.complete, session, rest_no_show=True)
    assert world.card(session).status is COMPLETED
    assert marks(world, session) == {"Abel": NO_SHOW, "Bea": ATTENDED, "Cleo": NO_SHOW}
    marked = sa.select(Enrollment.attendance, Enrollment.marked_by).where(Enrollment.session_id == session)
    with world.store.reading() as db:
        assert {(NO_SHOW, world.store.actor), (ATTENDED, None)} == {tuple(row) for row in db.execute(marked)}
    assert undo_last(world.store).value == "Test"
    assert (world.card(session).status, bool(world.claims(session))) == (IN_PROGRESS, True)
    assert marks(world, session) == {"Abel": REGISTERED, "Bea": ATTENDED, "Cleo": REGISTERED}
    redo_last(world.store)
    assert (world.card(session).status, world.claims(session)) == (COMPLETED, set())


def test_without_people_there_is_nobody_to_mark(world: World) -> None:
    session = session_of(world)
    world.do(completing.complete, session)
    assert world.card(session).status is COMPLETED


def test_what_was_never_started_is_completed_once_it_is_over(world: World) -> None:
    session = session_of(world, ATTENDED, status=SCHEDULED)
    world.clock.instant = TEN - MINUTE
    with pytest.raises(WrongState) as refusal:
        world.do(completing.complete, session)
    assert "Before its end, Mon 6 Jul 2026 08:00, it can be completed only once it was started." in error_text(
        refusal.value
    )
    world.clock.instant = TEN
    world.do(completing.complete, session)
    assert times(world, session) == (COMPLETED, None, TEN)


def test_twice_is_once(world: World) -> None:
    """The second one is told that it is done, and changes nothing."""
    session = session_of(world, ATTENDED)
    world.do(completing.complete, session)
    before = world.columns(session)
    with pytest.raises(WrongState) as refusal:
        world.do(completing.complete, session, rest_no_show=True)
    assert refusal.value.facts["state"] is COMPLETED
    assert world.columns(session) == before


@pytest.mark.parametrize("verb", [completing.start, completing.complete, completing.reopen])
def test_an_old_version_and_a_session_that_is_not_there(world: World, verb: Any) -> None:
    state = {completing.start: SCHEDULED, completing.complete: IN_PROGRESS, completing.reopen: COMPLETED}
    session = session_of(world, status=state[verb])
    with pytest.raises(Stale):
        world.do(verb, session, version=7)
    with pytest.raises(NotFound):
        world.do(verb, 987654)
    world.do(verb, session, version=1)


def test_a_room_that_was_given_away_keeps_a_session_completed(world: World) -> None:
    """Whoever completes early frees the room at once; then it may be somebody else's (S6)."""
    session = session_of(world, ATTENDED)
    world.do(completing.complete, session)
    taken = session_of(world, status=SCHEDULED, trainer=world.bo)
    before = world.columns(session)
    with pytest.raises(Refused) as refusal:
        world.do(completing.reopen, session)
    assert [(one.code, one.clashes_with) for one in refusal.value.findings if one.refuses] == [
        ("venue_busy", (world.ref(taken),))
    ]
    assert (world.columns(session), world.claims(session)) == (before, set())


def test_reopening_is_undone(world: World) -> None:
    session = session_of(world, ATTENDED)
    world.do(completing.complete, session)
    before = world.columns(session, "version", "updated_at")
    world.do(completing.reopen, session)
    undo_last(world.store)
    assert (world.columns(session, "version", "updated_at"), world.claims(session)) == (before, set())


def test_whoever_is_inside_is_out_when_the_session_is_completed(world: World) -> None:
    """So the next session finds the room empty; a badge at the door afterwards says nothing new (K9)."""
    session = session_of(world, ATTENDED)
    badge = f"Abel-{session}"
    world.do(check_in, session, badge)
    world.do(completing.complete, session)
    ended = sa.select(Presence.ended_why).where(Presence.session_id == session)
    with world.store.reading() as db:
        assert list(db.execute(ended).scalars()) == [PresenceEnd.OUT]
    assert world.do(check_out, session, badge).outcome == "was_out"
    with pytest.raises(WrongState):
        world.do(check_in, session, badge)
    undo_last(world.store)
    with world.store.reading() as db:
        assert list(db.execute(ended).scalars()) == [None]


def test_a_session_that_begins_anew_has_not_begun(world: World) -> None:
    """Cancelled while it ran, reinstated: as a draft it has no beginning; while cancelled it keeps what was (S4)."""
    session = session_of(world, status=SCHEDULED)
    world.do(completing.start, session)
    world.do(scheduling.cancel, session, "Alarm")
    assert times(world, session) == (CANCELLED, EARLY, None)
    world.do(scheduling.reinstate, session)
    assert times(world, session) == (DRAFT, None, None)
    world.do(scheduling.publish, session)
    world.do(completing.start, session)
    world.do(scheduling.cancel, session, "Alarm")
    world.do(scheduling.delete_session, session)
    world.do(scheduling.restore_session, session)
    assert times(world, session) == (DRAFT, None, None)


# ---- who ----------------------------------------------------------------------------------------------------------


def test_a_trainer_starts_and_completes_own_sessions_only(world: World) -> None:
    own = session_of(world, ATTENDED, status=SCHEDULED, trainer=world.bo, venue=world.room, co_trainers=[world.ann])
    other = session_of(world, ATTENDED, status=SCHEDULED, trainer=world.cy, venue=world.other_room)
    running = session_of(world, ATTENDED, trainer=world.cy, venue=world.hall, starts_at=ELEVEN)
    act_as(world, Role.TRAINER, trainer_id=world.ann)
    for verb, session in ((completing.start, other), (completing.complete, running), (completing.start, 987654)):
        with pytest.raises(NotAllowed) as refusal:
            world.do(verb, session)
        assert refusal.value.facts["why"] == "not_own_session"
    world.do(completing.start, own)
    world.do(completing.complete, own)
    with pytest.raises(NotAllowed) as refusal:
        world.do(completing.reopen, own)
    assert refusal.value.facts["roles"] == (Role.SUPERVISOR, Role.ADMINISTRATOR)


def test_a_trainer_without_a_trainer_to_be_has_no_session(world: World) -> None:
    session = session_of(world, status=SCHEDULED)
    act_as(world, Role.TRAINER)
    with pytest.raises(NotAllowed):
        world.do(completing.start, session)


def test_a_requester_starts_the_session_that_the_own_request_made(world: World) -> None:
    with prepared(world.store) as db:
        mine = make_request(db, world.fire, requested_by=world.store.actor)
        theirs = make_request(db, world.fire, requested_by="somebody")
    own = session_of(world, ATTENDED, status=SCHEDULED, booking_request_id=mine)
    other = session_of(world, status=SCHEDULED, trainer=world.bo, venue=world.other_room, booking_request_id=theirs)
    with prepared(world.store) as db:
        make_accepted(db, mine, own)
        make_accepted(db, theirs, other)
    nobodys = session_of(world, status=SCHEDULED, trainer=world.cy, venue=world.hall)
    act_as(world, Role.REQUESTER)
    for session in (other, nobodys, 987654):
        with pytest.raises(NotAllowed) as refusal:
            world.do(completing.start, session)
        assert refusal.value.facts["why"] == "not_own_request"
    world.do(completing.start, own)
    assert world.card(own).status is IN_PROGRESS
    with pytest.raises(NotAllowed):
        world.do(completing.complete, own)
