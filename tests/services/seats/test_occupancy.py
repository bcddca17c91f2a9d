"""Checking in and out on both databases: both limits, walk-ins, offers, the queue, one place at a time, lost signs."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from tests.databases import StoreFactory, copy_of_sqlite_template, postgres_organisation
from tests.factories import (
    MONDAY,
    make_account,
    make_course,
    make_draft,
    make_enrollment,
    make_hold,
    make_people,
    make_person,
    make_run,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.services.seats.gate import turn_clock
from trainer_desk.models import Enrollment, Presence, Session, SessionResource, Venue
from trainer_desk.models.enums import EnrollmentState, Role, SessionRole, SessionStatus, VenueKind, WaitlistMode
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import DeskError, NotAllowed, NotFound, Refused, Stale, WrongState
from trainer_desk.services.orchestration.door import come_in, go_out, stay_in
from trainer_desk.services.orchestration.undoing import redo_last, reverse, undo_last
from trainer_desk.services.rows.door import DoorRow, Passage
from trainer_desk.services.seats.door import load_door, load_presences
from trainer_desk.services.seats.enrolling import withdraw
from trainer_desk.services.store.engine import Store
from trainer_desk.texts import error_text, fix_text

BEFORE = MONDAY - dt.timedelta(minutes=20)
AFTER = MONDAY + dt.timedelta(minutes=5)
CONFIRMED, WAITING, OFFERED, GONE = EnrollmentState


@dataclass
class Door:
    """A database with a clock that is moved by hand, and what a person at the door does there."""

    store: Store
    clock: FixedClock

    def __post_init__(self) -> None:
        self.actor, self.last = self.store.actor, self.store

    def keeper(self, session: int) -> Store:
        """Give the store of whoever keeps the door of a session."""
        return self.store

    def come(self, session: int, number: str) -> Passage:
        return come_in(self.keeper(session), "In", session, number).value

    def go(self, session: int, number: str) -> Passage:
        return go_out(self.keeper(session), "Out", session, number).value

    def undo(self) -> str | None:
        """Take back what was done last at a door."""
        return undo_last(self.last).value

    def redo(self) -> str | None:
        return redo_last(self.last).value

    def refused(self, session: int, number: str) -> DeskError:
        with pytest.raises(DeskError) as refusal:
            self.come(session, number)
        return refusal.value

    def wait(self, seconds: int) -> None:
        self.clock.instant += dt.timedelta(seconds=seconds)

    def look(self, session: int) -> DoorRow:
        return self.store.read(load_door, session, self.clock.instant)

    def inside(self, session: int) -> list[str]:
        return [row.employee_no for row in self.store.read(load_presences, session, self.clock.instant)]

    def counter(self, venue: int) -> int:
        return self.store.read(lambda db: int(db.scalar(sa.select(Venue.present).where(Venue.id == venue)) or 0))

    def states(self, session: int) -> dict[str, int]:
        counted = sa.select(Enrollment.state, sa.func.count()).where(Enrollment.session_id == session)
        return self.store.read(lambda db: dict(db.execute(counted.group_by(Enrollment.state)).all()))

    def endings(self) -> list[str | None]:
        return self.store.read(
            lambda db: list(db.execute(sa.select(Presence.ended_why).order_by(Presence.id)).scalars())
        )


class TrainersDoor(Door):
    """A door kept by the trainer of each session with a login of their own, through the functions of the server."""

    def __init__(self, url: str, store: Store, clock: FixedClock) -> None:
        super().__init__(store, clock)
        login = f"trainer_{uuid4().hex[:8]}"
        with prepared(store) as db:
            db.execute(sa.text(f"CREATE ROLE {login} LOGIN SUPERUSER"))
            self.trainer = make_trainer(db)
            make_account(db, login, Role.TRAINER, trainer_id=self.trainer)
        self.own = StoreFactory(f"postgresql://{login}@{url.rsplit('@', 1)[-1]}")(clock)
        self.actor, self.last = login, self.own

    def keeper(self, session: int) -> Store:
        links = postgresql.insert(SessionResource).on_conflict_do_nothing()
        known = sa.select(Session.id).where(Session.id == session)
        with prepared(self.store) as db:
            if db.execute(known).first() is not None:
                helps = {"session_id": session, "resource_id": self.trainer, "role": SessionRole.CO_TRAINER}
                db.execute(links.values(helps))
        turn_clock(self.store, self.clock)
        return self.own

    def wait(self, seconds: int) -> None:
        super().wait(seconds)
        turn_clock(self.store, self.clock)


MakeDoor = Callable[[], Door]


@pytest.fixture(params=["sqlite", *(pytest.param(way, marks=pytest.mark.postgres) for way in ("postgres", "trainer"))])
def door(request: pytest.FixtureRequest) -> Iterator[Door]:
    """Give a door kept by planners on each kind of database, and by trainers of a server."""
    clock, run = FixedClock(AFTER), request.getfixturevalue("run")
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = copy_of_sqlite_template(run, request.getfixturevalue("tmp_path") / "organisation.desk")
        else:
            server = request.getfixturevalue("postgres_server")
            url = stack.enter_context(postgres_organisation(run, server))
        factory = StoreFactory(url)
        stack.callback(factory.close)
        store = factory(clock)
        door = TrainersDoor(url, store, clock) if request.param == "trainer" else Door(store, clock)
        stack.callback(door.own.close) if isinstance(door, TrainersDoor) else None
        yield door


def test_somebody_with_a_seat_comes_in_and_goes_out(door: Door) -> None:
    with prepared(door.store) as db:
        venue = make_venue(db, "R1", name="Room 1", occupancy_limit=3)
        session = make_scheduled(db, venue=venue, capacity=5, title="Fire")
        for number in ("1", "2"):
            make_enrollment(db, session, make_person(db, f"Person {number}", employee_no=number))
    came = door.come(session, "1")
    assert (came.outcome, came.is_in, came.walk_in, came.accepted) == ("in", True, False, False)
    assert (came.entered_at, came.left_at, came.name, came.venue_id) == (AFTER, None, "Person 1", venue)
    room = came.occupancy
    assert (room.present, room.limit, room.session_present, room.capacity) == (1, 3, 1, 5)
    row = door.look(session)
    assert (row.title, row.venue, row.expected, row.free_seats, row.presence_seconds) == ("Fire", "Room 1", 2, 3, None)
    assert [(person.employee_no, person.is_in, person.entered_at) for person in row.people] == [
        ("1", True, AFTER),
        ("2", False, None),
    ]
    [inside] = door.store.read(load_presences, session, AFTER)
    assert (inside.entered_by, inside.lapses_at) == (door.actor, None)
    door.wait(600)
    went = door.go(session, "1")
    assert (went.outcome, went.is_in, went.left_at) == ("out", False, AFTER + dt.timedelta(minutes=10))
    assert (went.presence_id, went.occupancy.present) == (came.presence_id, 0)
    assert (door.inside(session), door.counter(venue), door.endings()) == ([], 0, ["out"])


def test_twice_is_no_second_row(door: Door) -> None:
    with prepared(door.store) as db:
        session = make_scheduled(db)
        make_enrollment(db, session, make_person(db, employee_no="1"))
    first, second = door.come(session, "1"), door.come(session, "1")
    assert (second.outcome, second.presence_id, second.occupancy.present) == ("already", first.presence_id, 1)
    door.go(session, "1")
    door.wait(5)
    assert door.go(session, "1").outcome == "was_out"
    again = door.come(session, "1")
    assert (again.outcome, again.presence_id != first.presence_id, again.walk_in) == ("in", True, False)
    assert door.endings() == ["out", None]


def test_the_room_has_a_hard_limit_over_all_its_sessions(door: Door) -> None:
    with prepared(door.store) as db:
        venue = make_venue(db, "R1", name="Room 1", occupancy_limit=2)
        one = make_scheduled(db, venue=venue)
        other = make_scheduled(db, venue=venue, starts_at=MONDAY + dt.timedelta(hours=2))
        for number, session in (("1", one), ("2", other), ("3", one)):
            make_enrollment(db, session, make_person(db, f"Person {number}", employee_no=number))
    door.come(one, "1")
    door.come(other, "2")
    refusal = door.refused(one, "3")
    assert isinstance(refusal, Refused)
    [finding] = refusal.findings
    assert (finding.code, finding.subject, finding.fixes) == ("room_full", "R1", ())
    assert (finding.facts, refusal.facts["person"]) == ({"people": 2, "capacity": 2, "name": "Room 1"}, "Person 3")
    assert error_text(refusal) == "Room full (2/2)."
    assert door.look(one).occupancy.present == 2
    door.go(other, "2")
    assert door.come(one, "3").occupancy.present == 2


def test_the_session_has_a_hard_limit_of_its_own(door: Door) -> None:
    with prepared(door.store) as db:
        venue = make_venue(db, "R1", name="Room 1", occupancy_limit=9)
        session = make_scheduled(db, venue=venue, capacity=2)
        make_enrollment(db, session, make_person(db, employee_no="1"))
        for number in ("2", "3"):
            make_person(db, employee_no=number)
    walk_in = door.come(session, "2")
    assert (walk_in.outcome, walk_in.walk_in) == ("in", True)
    assert door.come(session, "2").walk_in
    refusal = door.refused(session, "3")
    assert refusal.findings[0].facts == {"people": 2, "capacity": 2, "name": "Room 1"}
    assert (door.states(session), door.inside(session)) == ({"confirmed": 2}, ["2"])
    assert door.go(session, "2").walk_in
    assert not door.come(session, "1").walk_in


def test_held_seats_are_not_for_walk_ins(door: Door) -> None:
    with prepared(door.store) as db:
        session = make_scheduled(db, capacity=2)
        make_hold(db, session, 2, until_at=AFTER + dt.timedelta(minutes=1))
        make_person(db, employee_no="1")
    assert door.look(session).free_seats == 0
    assert door.refused(session, "1").code == "room_full"
    door.wait(60)
    assert door.look(session).free_seats == 2
    assert door.come(session, "1").walk_in


def test_a_refused_walk_in_leaves_nothing_behind(door: Door) -> None:
    with prepared(door.store) as db:
        venue = make_venue(db, occupancy_limit=1)
        session = make_scheduled(db, venue=venue)
        make_enrollment(db, session, make_person(db, employee_no="1"))
        make_person(db, employee_no="2")
    door.come(session, "1")
    assert door.refused(session, "2").code == "room_full"
    assert door.states(session) == {"confirmed": 1}
    assert door.undo() == "In"
    assert door.inside(session) == []


@pytest.mark.parametrize("mode", [WaitlistMode.ENROL, WaitlistMode.OFFER])
def test_the_waitlist_is_offered_to_who_has_no_place_in_it(door: Door, mode: WaitlistMode) -> None:
    door.clock.instant = BEFORE
    with prepared(door.store) as db:
        venue = make_venue(db, name="Room 1")
        session = make_scheduled(db, venue=venue, capacity=1, waitlist=mode)
        make_enrollment(db, session, make_person(db, employee_no="1"))
        make_enrollment(db, session, make_person(db, employee_no="2"), WAITING)
        ann = make_person(db, "Ann", employee_no="3")
    [finding] = door.refused(session, "3").findings
    [fix] = finding.fixes
    assert (fix.code, fix.facts) == ("join_waitlist", {"person_id": ann, "person": "Ann"})
    assert fix_text(fix, dt.UTC) == "Put Ann on the waitlist."  # type: ignore[arg-type]
    assert door.refused(session, "2").findings[0].fixes == ()
    assert door.states(session) == {"confirmed": 1, "waitlisted": 1}
    door.clock.instant = AFTER
    assert door.refused(session, "3").findings[0].fixes == (), "after the start nobody waits any more"


def test_a_waiting_person_at_the_door_takes_a_seat_that_is_free_by_now(door: Door) -> None:
    with prepared(door.store) as db:
        session = make_scheduled(db, capacity=2, waitlist=WaitlistMode.ENROL)
        first, second = make_person(db, employee_no="1"), make_person(db, employee_no="2")
        make_enrollment(db, session, make_person(db, employee_no="3"))
        make_enrollment(db, session, make_person(db, employee_no="4"))
        for person in (first, second):
            make_enrollment(db, session, person, WAITING)
    assert door.refused(session, "2").code == "room_full"
    position = sa.select(Enrollment.position).where(Enrollment.person_id == second)
    assert door.store.read(lambda db: db.scalar(position)) == 2
    leaver = door.store.read(lambda db: db.scalar(sa.select(Enrollment.person_id).where(Enrollment.position.is_(None))))
    assert leaver is not None
    door.store.write("Withdraw", withdraw, session, leaver)
    came = door.come(session, "2")
    assert (came.outcome, came.walk_in) == ("in", True)
    assert door.states(session) == {"confirmed": 2, "waitlisted": 1, "withdrawn": 1}


def test_an_open_offer_is_accepted_by_coming_in(door: Door) -> None:
    door.clock.instant = BEFORE
    with prepared(door.store) as db:
        session = make_scheduled(db, capacity=1)
        make_enrollment(db, session, make_person(db, employee_no="1"), OFFERED)
    row = door.look(session)
    assert (row.expected, row.people[0].offered) == (0, True)
    came = door.come(session, "1")
    assert (came.outcome, came.accepted, came.walk_in) == ("in", True, False)
    assert door.states(session) == {"confirmed": 1}
    door.undo()
    assert (door.states(session), door.inside(session)) == ({"offered": 1}, [])


def test_who_let_an_offer_lapse_is_a_walk_in(door: Door) -> None:
    with prepared(door.store) as db:
        session = make_scheduled(db, capacity=1)
        person = make_person(db, employee_no="1")
        make_enrollment(db, session, person, OFFERED)
        until = sa.update(Enrollment).where(Enrollment.person_id == person)
        db.execute(until.values(offer_until=AFTER, version=Enrollment.version + 1))
    assert (door.look(session).people, door.look(session).free_seats) == ((), 1)
    came = door.come(session, "1")
    assert (came.walk_in, came.accepted) == (True, False)
    assert door.states(session) == {"confirmed": 1}


def test_what_keeps_somebody_from_a_seat_is_told_and_not_called_a_full_room(door: Door) -> None:
    with prepared(door.store) as db:
        course = make_course(db, requires_intake=True)
        run = make_run(db, course=course, max_people=1)
        session = make_scheduled(db, course=course, run_id=run)
        make_enrollment(db, session, make_person(db, employee_no="1"))
        make_person(db, "No Intake", employee_no="2")
        make_person(db, employee_no="3", intake_on=dt.date(2026, 1, 1))
    assert door.refused(session, "2").code == "intake_missing"
    assert door.refused(session, "3").code == "run_full"
    assert door.states(session) == {"confirmed": 1}


def test_checking_in_elsewhere_ends_the_former_presence(door: Door) -> None:
    with prepared(door.store) as db:
        here, there = make_venue(db, occupancy_limit=1), make_venue(db, occupancy_limit=1)
        one, other = make_scheduled(db, venue=here), make_scheduled(db, venue=there, starts_at=MONDAY)
        third = make_scheduled(db, venue=there, starts_at=MONDAY + dt.timedelta(hours=3))
        person = make_person(db, employee_no="1")
        for session in (one, other, third):
            make_enrollment(db, session, person)
    door.come(one, "1")
    door.come(other, "1")
    assert (door.inside(one), door.inside(other)) == ([], ["1"])
    assert (door.counter(here), door.counter(there)) == (0, 1)
    assert door.come(third, "1").occupancy.present == 1, "the own place in the same room does not fill it"
    assert door.endings() == ["out", "out", None]
    door.undo()
    assert (door.inside(other), door.inside(third), door.counter(there)) == (["1"], [], 1)


def test_nobody_goes_out_of_a_room_that_they_never_entered(door: Door) -> None:
    with prepared(door.store) as db:
        one, other = make_scheduled(db), make_scheduled(db)
        person = make_person(db, "Ann", employee_no="1")
        make_enrollment(db, one, person)
        make_enrollment(db, other, person)
    door.come(one, "1")
    with pytest.raises(NotFound) as refusal:
        door.go(other, "1")
    assert error_text(refusal.value).startswith("Ann has not checked in here")
    assert door.inside(one) == ["1"]


@pytest.mark.parametrize("verb", ["come", "go"])
def test_unknown_and_inactive_people_are_not_known_at_the_door(door: Door, verb: str) -> None:
    with prepared(door.store) as db:
        session = make_scheduled(db)
        make_enrollment(db, session, make_person(db, employee_no="9", active=False))
    for number in ("404", "9", "", "' OR 1=1 --", "x" * 500):
        with pytest.raises(NotFound) as refusal:
            getattr(door, verb)(session, number)
        assert (refusal.value.facts["kind"], refusal.value.facts["key"]) == ("person", number)


@pytest.mark.parametrize("status", [SessionStatus.DRAFT, SessionStatus.COMPLETED, SessionStatus.CANCELLED])
def test_only_sessions_that_are_scheduled_or_running_have_a_door(door: Door, status: SessionStatus) -> None:
    with prepared(door.store) as db:
        session = make_scheduled(db, status=status, cancel_reason="none")
        make_enrollment(db, session, make_person(db, employee_no="1"))
    for move in (door.come, door.go):
        with pytest.raises(WrongState) as refusal:
            move(session, "1")
        assert "scheduled or in progress" in error_text(refusal.value)


def test_who_is_inside_may_leave_whatever_became_of_the_session(door: Door) -> None:
    with prepared(door.store) as db:
        session = make_scheduled(db)
        make_enrollment(db, session, make_person(db, employee_no="1"))
    door.come(session, "1")
    with prepared(door.store) as db:
        ends = sa.update(Session).where(Session.id == session)
        db.execute(ends.values(status=SessionStatus.COMPLETED.value, version=Session.version + 1))
    assert door.go(session, "1").outcome == "out"


def test_a_session_in_the_trash_or_without_a_row_has_no_door(door: Door) -> None:
    error = NotAllowed if isinstance(door, TrainersDoor) else NotFound
    with prepared(door.store) as db:
        gone = make_draft(db, deleted_at=BEFORE)
        make_person(db, employee_no="1")
    for session in (gone, 987_654):
        for move in (door.come, door.go):
            with pytest.raises(error):
                move(session, "1")
        with pytest.raises(NotFound):
            door.look(session)


def test_the_presence_of_a_crashed_client_frees_its_place_by_itself(door: Door) -> None:
    with prepared(door.store) as db:
        venue = make_venue(db, kind=VenueKind.VIRTUAL, occupancy_limit=2)
        session = make_scheduled(db, venue=venue)
        for number in ("1", "2", "3"):
            make_enrollment(db, session, make_person(db, employee_no=number))
    crashed, living = door.come(session, "1"), door.come(session, "2")
    assert door.look(session).presence_seconds == 90
    door.wait(60)
    assert stay_in(door.last, [living.presence_id]).value == (living.presence_id,)
    assert door.refused(session, "3").code == "room_full"
    door.wait(30)
    assert (door.inside(session), door.look(session).occupancy.present) == (["2"], 1), "read, before anybody swept"
    assert door.counter(venue) == 2
    assert stay_in(door.last, [crashed.presence_id, living.presence_id]).value == (living.presence_id,)
    assert door.come(session, "3").occupancy.present == 2
    assert (door.counter(venue), door.endings()) == (2, ["lost", None, None])
    ended = sa.select(Presence.ended_at).where(Presence.id == crashed.presence_id)
    assert door.store.read(lambda db: db.scalar(ended)) == AFTER + dt.timedelta(seconds=90)
    assert door.undo() == "In"
    assert (door.inside(session), door.endings()) == (["2"], ["lost", None, "out"]), "what ran out stays over"


def test_a_second_scan_is_a_sign_of_life_and_no_change(door: Door) -> None:
    with prepared(door.store) as db:
        session = make_scheduled(db, venue=make_venue(db, kind=VenueKind.VIRTUAL, presence_seconds=30))
        make_enrollment(db, session, make_person(db, employee_no="1"))
    door.come(session, "1")
    for _ in range(4):
        door.wait(25)
        written = come_in(door.keeper(session), "Again", session, "1")
        assert (written.value.outcome, written.changes.keys) == ("already", {})
    assert door.undo() == "In"
    door.come(session, "1")
    door.wait(30)
    assert door.go(session, "1").outcome == "was_out"
    assert door.endings() == ["out", "lost"]


def test_a_lost_presence_elsewhere_does_not_keep_anybody_out(door: Door) -> None:
    with prepared(door.store) as db:
        one = make_scheduled(db, venue=make_venue(db, kind=VenueKind.VIRTUAL))
        other = make_scheduled(db)
        person = make_person(db, employee_no="1")
        make_enrollment(db, one, person)
        make_enrollment(db, other, person)
    door.come(one, "1")
    door.wait(91)
    assert door.come(other, "1").outcome == "in"
    assert door.endings() == ["lost", None]


def test_no_sign_of_life_is_needed_in_a_room(door: Door) -> None:
    with prepared(door.store) as db:
        session = make_scheduled(db)
        make_enrollment(db, session, make_person(db, employee_no="1"))
    came = door.come(session, "1")
    assert stay_in(door.last, [came.presence_id, 987_654]).value == ()
    assert stay_in(door.last, []).value == ()
    door.wait(8 * 3600)
    assert door.inside(session) == ["1"]


def test_whoever_is_withdrawn_while_inside_is_out(door: Door) -> None:
    with prepared(door.store) as db:
        venue = make_venue(db)
        session, [person] = make_scheduled(db, venue=venue), make_people(db, 1)
        make_enrollment(db, session, person)
        number = db.scalar(sa.text("SELECT employee_no FROM people"))
    door.come(session, str(number))
    door.store.write("Withdraw", withdraw, session, person)
    assert (door.inside(session), door.counter(venue), door.endings()) == ([], 0, ["withdrawn"])


def test_undo_and_redo_of_coming_and_going(door: Door) -> None:
    with prepared(door.store) as db:
        venue = make_venue(db, occupancy_limit=1)
        session = make_scheduled(db, venue=venue, capacity=5)
        make_person(db, employee_no="1")
        make_person(db, employee_no="2")
    door.come(session, "1")
    door.go(session, "1")
    door.undo()
    assert (door.inside(session), door.counter(venue)) == (["1"], 1)
    door.undo()
    assert (door.inside(session), door.states(session)) == ([], {"withdrawn": 1})
    door.redo()
    assert (door.inside(session), door.states(session)) == (["1"], {"confirmed": 1})
    left = go_out(door.keeper(session), "Out", session, "1").changes.change_id
    door.come(session, "2")
    with pytest.raises(DeskError) as refusal:
        door.last.write("Undo", reverse, left)
    assert (refusal.value.code, door.inside(session)) == ("room_full", ["2"])


def test_going_out_is_not_undone_once_the_person_is_in_elsewhere(door: Door) -> None:
    with prepared(door.store) as db:
        one, other = make_scheduled(db), make_scheduled(db)
        person = make_person(db, employee_no="1")
        make_enrollment(db, one, person)
        make_enrollment(db, other, person)
    door.come(one, "1")
    left = go_out(door.keeper(one), "Out", one, "1").changes.change_id
    door.come(other, "1")
    with pytest.raises(DeskError) as refusal:
        door.last.write("Undo", reverse, left)
    assert refusal.value.code == Stale.code
    assert (door.inside(one), door.inside(other)) == ([], ["1"])


def test_a_session_that_moves_to_another_room_is_entered_there_anew(door: Door) -> None:
    with prepared(door.store) as db:
        old, new = make_venue(db), make_venue(db)
        session = make_scheduled(db, venue=old)
        make_enrollment(db, session, make_person(db, employee_no="1"))
    door.come(session, "1")
    with prepared(door.store) as db:
        move = sa.update(Session).where(Session.id == session)
        db.execute(move.values(venue_id=new, version=Session.version + 1))
    assert not door.look(session).people[0].is_in
    assert door.come(session, "1").outcome == "in"
    assert (door.counter(old), door.counter(new)) == (0, 1)
