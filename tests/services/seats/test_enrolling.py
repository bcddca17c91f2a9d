"""Enrolling and withdrawing on both databases: hard capacity, idempotent, on record, refused in the wrong state."""

import datetime as dt

import psycopg
import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    BERLIN,
    make_draft,
    make_enrollment,
    make_people,
    make_person,
    make_scheduled,
    make_venue,
    prepared,
)
from trainer_desk.models import Enrollment, Session
from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import DeskError, NotFound, WrongState
from trainer_desk.services.rows.seats import Outcome, Seat
from trainer_desk.services.seats.enrolling import enroll, seat_findings, withdraw
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.services.store.address import is_file
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.engines import connect_file
from trainer_desk.texts import finding_text

NOON = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(hours=1)


def words(outcomes: list[Outcome]) -> list[tuple[str, str | None]]:
    return [(outcome.outcome, outcome.code) for outcome in outcomes]


def seats(store: Store, session: int) -> dict[int, Seat]:
    return {seat.person_id: seat for seat in store.read(load_seats, session)}


def taken(store: Store, session: int) -> int:
    return store.read(lambda db: int(db.scalar(sa.select(Session.seats_taken).where(Session.id == session)) or 0))


def test_people_get_a_place_and_it_is_on_record_when_and_by_whom(store_factory: StoreFactory) -> None:
    store = store_factory(FixedClock(NOON))
    with prepared(store) as db:
        session, people = make_draft(db), make_people(db, 3)
    written = store.write("Add", enroll, session, people, actor="marta")
    assert words(written.value) == [("enrolled", None)] * 3
    assert written.changes.touch("enrollments")
    for seat in seats(store, session).values():
        assert (seat.state, seat.enrolled_at, seat.enrolled_by) == (EnrollmentState.CONFIRMED, NOON, "marta")
        assert (seat.withdrawn_at, seat.withdrawn_by) == (None, None)
    assert taken(store, session) == 3


def test_enrolling_again_changes_nothing(store: Store) -> None:
    with prepared(store) as db:
        session, [person] = make_draft(db), make_people(db, 1)
    store.write("Add", enroll, session, [person])
    again = store.write("Add", enroll, session, [person, person])
    assert words(again.value) == [("already", "already_enrolled")] * 2
    assert not again.changes.keys
    assert taken(store, session) == 1


def test_a_person_named_twice_gets_one_place(store: Store) -> None:
    with prepared(store) as db:
        session, [person] = make_draft(db, capacity=5), make_people(db, 1)
    assert words(store.write("Add", enroll, session, [person, person]).value) == [
        ("enrolled", None),
        ("already", "already_enrolled"),
    ]
    assert taken(store, session) == 1


def test_the_first_free_seats_are_filled_in_order(store: Store) -> None:
    with prepared(store) as db:
        session, people = make_draft(db, capacity=3), make_people(db, 5)
        make_enrollment(db, session, people[3])
    outcomes = store.write("Add", enroll, session, [people[4], people[3], people[0], people[1], people[2]]).value
    assert words(outcomes) == [
        ("enrolled", None),
        ("already", "already_enrolled"),
        ("enrolled", None),
        ("refused", "session_full"),
        ("refused", "session_full"),
    ]
    assert set(seats(store, session)) == {people[0], people[3], people[4]}
    assert taken(store, session) == 3


def test_who_is_unknown_or_has_left_is_refused_and_the_rest_goes_on(store: Store) -> None:
    with prepared(store) as db:
        session = make_draft(db)
        here, gone = make_person(db, employee_no="A1"), make_person(db, employee_no="A2", active=False)
    outcomes = store.write("Add", enroll, session, [gone, 987_654, here]).value
    assert outcomes == [
        Outcome("A2", "refused", "not_found"),
        Outcome("987654", "refused", "not_found"),
        Outcome("A1", "enrolled"),
    ]


def test_who_waits_keeps_the_place_in_the_queue(store: Store) -> None:
    with prepared(store) as db:
        session, person = make_draft(db), make_person(db, employee_no="A1")
        make_enrollment(db, session, person, EnrollmentState.WAITLISTED, position=4)
    assert store.write("Add", enroll, session, [person]).value == [Outcome("A1", "already", "already_enrolled", 1)]
    seat = seats(store, session)[person]
    assert (seat.state, seat.position) == (EnrollmentState.WAITLISTED, 1)


def test_withdrawing_frees_the_seat_and_stays_on_record(store_factory: StoreFactory) -> None:
    store = store_factory(FixedClock(NOON))
    with prepared(store) as db:
        session, (first, second) = make_draft(db, capacity=1), make_people(db, 2)
    store.write("Add", enroll, session, [first], actor="marta")
    later = store_factory(FixedClock(LATER))
    later.write("Withdraw", withdraw, session, first, actor="jo")
    gone = seats(store, session)[first]
    assert (gone.state, gone.enrolled_by, gone.withdrawn_by) == (EnrollmentState.WITHDRAWN, "marta", "jo")
    assert (gone.enrolled_at, gone.withdrawn_at) == (NOON, LATER)
    assert taken(store, session) == 0
    assert words(store.write("Add", enroll, session, [second]).value) == [("enrolled", None)]


def test_a_second_withdrawal_changes_nothing(store: Store) -> None:
    with prepared(store) as db:
        session, [person] = make_draft(db), make_people(db, 1)
        make_enrollment(db, session, person, EnrollmentState.WITHDRAWN)
    assert not store.write("Withdraw", withdraw, session, person).changes.keys


def test_a_withdrawn_place_is_revived_as_the_same_enrollment(store_factory: StoreFactory) -> None:
    store = store_factory(FixedClock(LATER))
    with prepared(store) as db:
        session, [person] = make_draft(db, capacity=1), make_people(db, 1)
        row = make_enrollment(
            db,
            session,
            person,
            EnrollmentState.WITHDRAWN,
            withdrawn_at=NOON,
            withdrawn_by="jo",
            attendance=Attendance.NO_SHOW,
            position=2,
        )
    assert words(store.write("Add", enroll, session, [person], actor="marta").value) == [("enrolled", None)]
    seat = seats(store, session)[person]
    assert (seat.enrollment_id, seat.state, seat.position) == (row, EnrollmentState.CONFIRMED, None)
    assert (seat.enrolled_at, seat.enrolled_by, seat.withdrawn_at, seat.withdrawn_by) == (LATER, "marta", None, None)
    assert seat.attendance is Attendance.REGISTERED
    assert taken(store, session) == 1


def test_who_never_was_in_it_cannot_withdraw(store: Store) -> None:
    with prepared(store) as db:
        session, person = make_draft(db), make_person(db, employee_no="A7")
    with pytest.raises(NotFound) as refusal:
        store.write("Withdraw", withdraw, session, person)
    assert refusal.value.facts["key"] == "A7"


@pytest.mark.parametrize("status", [SessionStatus.DRAFT, SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS])
def test_open_states_take_people(store: Store, status: SessionStatus) -> None:
    with prepared(store) as db:
        session, [person] = make_scheduled(db, status=status), make_people(db, 1)
    assert words(store.write("Add", enroll, session, [person]).value) == [("enrolled", None)]
    store.write("Withdraw", withdraw, session, person)


@pytest.mark.parametrize(("status", "reason"), [(SessionStatus.COMPLETED, None), (SessionStatus.CANCELLED, "Storm")])
def test_closed_states_take_nobody_and_let_nobody_go(store: Store, status: SessionStatus, reason: str | None) -> None:
    with prepared(store) as db:
        session, (inside, outside) = make_scheduled(db, status=status, cancel_reason=reason), make_people(db, 2)
        make_enrollment(db, session, inside)
    with pytest.raises(WrongState):
        store.write("Add", enroll, session, [outside])
    with pytest.raises(WrongState):
        store.write("Withdraw", withdraw, session, inside)
    assert set(seats(store, session)) == {inside}


def test_late_papers_after_the_end_are_taken(store_factory: StoreFactory) -> None:
    store = store_factory(FixedClock(dt.datetime(2027, 1, 1, tzinfo=dt.UTC)))
    with prepared(store) as db:
        session, [person] = make_scheduled(db), make_people(db, 1)
    assert words(store.write("Add", enroll, session, [person]).value) == [("enrolled", None)]


def test_a_session_in_the_trash_or_unknown_is_not_found(store: Store) -> None:
    with prepared(store) as db:
        session, [person] = make_draft(db, deleted_at=NOON), make_people(db, 1)
    for missing in (session, session + 1000):
        with pytest.raises(NotFound):
            store.write("Add", enroll, missing, [person])


def test_the_venue_warns_and_refuses_nobody(store: Store) -> None:
    with prepared(store) as db:
        venue = make_venue(db, "HALL", capacity=20)
        session, people = make_draft(db, venue=venue), make_people(db, 25)
    store.write("Add", enroll, session, people[:20])
    assert store.read(seat_findings, session) == ()
    outcomes = store.write("Add", enroll, session, people).value
    assert words(outcomes)[20:] == [("enrolled", None)] * 5
    [finding] = store.read(seat_findings, session)
    assert finding_text(finding, BERLIN) == "Venue Capacity Exceeded (25/20)."
    assert not finding.refuses


def test_thousands_of_people_are_added_at_once(store: Store) -> None:
    with prepared(store) as db:
        session, people = make_draft(db), make_people(db, 2345)
    outcomes = store.write("Add", enroll, session, people).value
    assert {outcome.outcome for outcome in outcomes} == {"enrolled"}
    assert taken(store, session) == 2345


def test_the_roster_is_by_name_with_what_they_hold(store: Store) -> None:
    with prepared(store) as db:
        session = make_draft(db)
        for name in ("Zoë Ali", "Özil Ben", "anna Cox"):
            make_enrollment(db, session, make_person(db, name))
    assert [seat.name for seat in store.read(load_seats, session)] == ["anna Cox", "Özil Ben", "Zoë Ali"]


def test_no_client_can_oversell_by_statement(store: Store) -> None:
    """Whoever writes past the program still meets the CHECK."""
    with prepared(store) as db:
        session, people = make_draft(db, capacity=1), make_people(db, 3)
    store.write("Add", enroll, session, people[:1])
    noon = "'2026-06-01T12:00:00Z'"
    insert = (
        "INSERT INTO enrollments (session_id, person_id, state, enrolled_at, enrolled_by, created_at, updated_at)"
        f" VALUES ({session}, {people[1]}, 'confirmed', {noon}, 'x', {noon}, {noon})"
    )
    with pytest.raises(Exception, match="ck_sessions_seats"):
        _raw(store, insert)
    queued = insert.replace("'confirmed'", "'waitlisted', 1").replace("state,", "state, position,")
    _raw(store, queued)
    offer = f"UPDATE enrollments SET state = 'offered', offer_until = {noon}, version = version + 1"
    with pytest.raises(Exception, match="ck_sessions_seats"):
        _raw(store, f"{offer} WHERE state = 'waitlisted'")
    assert taken(store, session) == 1


def test_the_database_names_the_refusal_as_full(store: Store) -> None:
    with prepared(store) as db:
        session, people = make_draft(db, capacity=1), make_people(db, 2)

    def oversell() -> None:
        with prepared(store) as db:
            for person in people:
                make_enrollment(db, session, person)

    with pytest.raises(DeskError) as refusal:
        oversell()
    assert refusal.value.code == "session_full"
    assert store.read(lambda db: db.scalar(sa.select(sa.func.count()).select_from(Enrollment))) == 0


def _raw(store: Store, statement: str) -> None:
    if is_file(store.url):
        connection = connect_file(store.url)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(statement)
        finally:
            connection.close()
        return
    with psycopg.connect(store.url.set(drivername="postgresql").render_as_string(hide_password=False)) as server:
        server.execute(statement)
