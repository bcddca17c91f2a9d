"""Seats are rows, the counters follow them, and no statement of anybody sells one too many (K1, K3, K5, K7)."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.factories import (
    make_draft,
    make_enrollment,
    make_hold,
    make_people,
    make_person,
    make_scheduled,
    prepared,
)
from tests.services.store.clients import ENROLL, HOLD, connected, until_told
from tests.services.store.raw import raw
from tests.services.store.recount import miscounted
from tests.services.store.seat_rows import UNTIL
from trainer_desk.models import Session
from trainer_desk.models.enums import SEATED, EnrollmentState
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.trouble import constraint_of

CAPACITY = 3
OFFERED, WAITLISTED, WITHDRAWN = EnrollmentState.OFFERED, EnrollmentState.WAITLISTED, EnrollmentState.WITHDRAWN
UNTIL_TEXT = "'2026-07-07T07:00:00Z'"
BUMP = ", version = version + 1"


def move(state: str, where: str) -> str:
    """Give the statement that takes enrollments into a state, with all that the state asks for."""
    until = UNTIL_TEXT if state == OFFERED else "NULL"
    sets = f"state = '{state}', offer_until = {until}, position = coalesce(position, id)"
    return f"UPDATE enrollments SET {sets}{BUMP} WHERE {where}"


def counters(store: Store) -> tuple[int, int, int, int]:
    """Give (taken, offered, held, waiting) of the only session; all counters are what the rows say."""
    assert miscounted(store) == []
    columns = (Session.seats_taken, Session.seats_offered, Session.seats_held, Session.waiting)
    with store.reading() as db:
        taken, offered, held, waiting = db.execute(sa.select(*columns)).one()
    return taken, offered, held, waiting


@pytest.mark.parametrize("before", list(EnrollmentState))
@pytest.mark.parametrize("after", list(EnrollmentState))
def test_the_counters_follow_every_step(each_store: Store, before: EnrollmentState, after: EnrollmentState) -> None:
    store = each_store
    with prepared(store) as db:
        session = make_scheduled(db, capacity=CAPACITY)
        place = make_enrollment(db, session, make_person(db), before)
        make_enrollment(db, session, make_person(db), OFFERED)
    assert counters(store) == (1 + (before in SEATED), 1 + (before == OFFERED), 0, before == WAITLISTED)
    with raw(store) as db:
        db.exec_driver_sql(move(after, f"id = {place}"))
    assert counters(store) == (1 + (after in SEATED), 1 + (after == OFFERED), 0, after == WAITLISTED)


HOLDS = {
    "fewer seats": (f"seats = 1{BUMP}", 1),
    "more seats": (f"seats = 3{BUMP}", 3),
    "released": (f"ended_at = {UNTIL_TEXT}, ended_why = 'released'{BUMP}", 0),
    "filled": (f"seats = 0, ended_at = {UNTIL_TEXT}, ended_why = 'filled'{BUMP}", 0),
    "another label": (f"label = 'Night shift'{BUMP}", 2),
    "longer": (f"until_at = '2027-01-01T00:00:00Z'{BUMP}", 2),
}


@pytest.mark.parametrize(("sets", "held"), HOLDS.values(), ids=HOLDS.keys())
def test_the_counters_follow_held_seats(each_store: Store, sets: str, held: int) -> None:
    store = each_store
    with prepared(store) as db:
        session = make_scheduled(db, capacity=5)
        make_enrollment(db, session, make_person(db))
        hold = make_hold(db, session, 2, until_at=UNTIL)
        make_hold(db, session, 1, until_at=UNTIL)
        make_hold(db, session, 4, until_at=UNTIL, ended_at=UNTIL, ended_why="expired")
    assert counters(store) == (4, 0, 3, 0)
    with raw(store) as db:
        db.exec_driver_sql(f"UPDATE seat_holds SET {sets} WHERE id = {hold}")
    assert counters(store) == (2 + held, 0, 1 + held, 0)


def test_held_seats_come_back_when_the_ending_is_taken_back(each_store: Store) -> None:
    store = each_store
    with prepared(store) as db:
        make_hold(db, make_scheduled(db, capacity=2), 2, until_at=UNTIL)
    for sets, held in ((f"{UNTIL_TEXT}, ended_why = 'expired'", 0), ("NULL, ended_why = NULL", 2)):
        with raw(store) as db:
            db.exec_driver_sql(f"UPDATE seat_holds SET ended_at = {sets}{BUMP}")
        assert counters(store) == (held, 0, held, 0)


FILL = (
    "INSERT INTO enrollments (session_id, person_id, state, enrolled_at, enrolled_by, created_at, updated_at)"
    " SELECT s.id, p.id, CASE WHEN p.id % 3 = 0 THEN 'withdrawn' ELSE 'confirmed' END, p.created_at, 'x',"
    " p.created_at, p.created_at FROM sessions s CROSS JOIN people p ORDER BY {}"
)
TURN = (
    "UPDATE enrollments SET state = CASE state WHEN 'withdrawn' THEN 'offered' ELSE 'withdrawn' END,"
    f" offer_until = CASE state WHEN 'withdrawn' THEN created_at END{BUMP}"
)


def test_one_statement_may_seat_people_in_many_sessions(each_store: Store) -> None:
    """Who comes and who goes in one session is counted together; a session that ends as it was is left alone."""
    store = each_store
    with prepared(store) as db:
        for _ in range(3):
            make_draft(db)
        make_people(db, 9)
    seats = {FILL.format("p.id, s.id DESC"): (6, 0), TURN: (3, 3), f"{TURN} WHERE session_id > 1": (6, 6)}
    for statement, wanted in seats.items():
        with raw(store) as db:
            db.execute(sa.text(statement))
            counted = db.exec_driver_sql("SELECT seats_taken, seats_offered FROM sessions ORDER BY id").all()
        assert {tuple(row) for row in counted[1:]} == {wanted}
        assert miscounted(store) == []
    assert tuple(counted[0]) == (3, 3)


def test_who_is_put_in_or_moved_by_one_statement_is_counted_once(each_store: Store) -> None:
    """Some rows of the statement come, others are changed."""
    store = each_store
    with prepared(store) as db:
        session = make_scheduled(db)
        people = make_people(db, 3)
        make_enrollment(db, session, people[0], WITHDRAWN)
        make_enrollment(db, session, people[1])
    each = ENROLL.format(session=session, person="p.id").replace("VALUES (", "SELECT ").rstrip(")")
    with raw(store) as db:
        db.exec_driver_sql(
            f"{each} FROM people p WHERE true ON CONFLICT (session_id, person_id)"
            " DO UPDATE SET state = 'confirmed', version = enrollments.version + 1"
        )
    assert counters(store) == (3, 0, 0, 0)


def test_a_server_moves_the_counters_once_for_a_whole_statement(postgres_store: Store) -> None:
    """A move for each row would read as many dead rows as it made: a hall of 100,000 would never be full."""
    with prepared(postgres_store) as db:
        for _ in range(2):
            make_draft(db)
        make_people(db, 50)
    with raw(postgres_store) as db:
        db.execute(sa.text(FILL.format("p.id, s.id")))
        assert db.scalar(sa.text("SELECT pg_stat_get_xact_tuples_updated('sessions'::regclass)")) == 2


def test_the_counters_follow_what_is_taken_back(each_store: Store) -> None:
    store = each_store
    with prepared(store) as db:
        session = make_scheduled(db, capacity=CAPACITY)
        people = make_people(db, 3)
    with store.writing("Half") as unit:
        make_enrollment(unit.db, session, people[0])
        inner = unit.db.begin_nested()
        make_enrollment(unit.db, session, people[1], OFFERED)
        make_hold(unit.db, session, 1, until_at=UNTIL)
        inner.rollback()
    assert counters(store) == (1, 0, 0, 0)
    with store.writing("Never") as unit:
        make_enrollment(unit.db, session, people[2], WAITLISTED)
        unit.discard()
    assert counters(store) == (1, 0, 0, 0)


def test_a_full_session_takes_nobody_however_it_is_tried(each_store: Store) -> None:
    store = each_store
    with prepared(store) as db:
        session, other = make_scheduled(db, capacity=2), make_scheduled(db, capacity=5)
        seated, waiting, gone, late = make_people(db, 4)
        make_enrollment(db, session, seated)
        queued = make_enrollment(db, session, waiting, WAITLISTED)
        left = make_enrollment(db, session, gone, WITHDRAWN)
        elsewhere = make_enrollment(db, other, waiting)
        hold = make_hold(db, session, 1, until_at=UNTIL)
        ended = make_hold(db, session, 1, until_at=UNTIL, ended_at=UNTIL, ended_why="released")
        away = make_hold(db, other, 1, until_at=UNTIL)
    attempts: dict[str, str] = {
        ENROLL.format(session=session, person=late): "ck_sessions_seats",
        ENROLL.format(session=session, person=seated): "uq_enrollments_session_id_person_id",
        move("confirmed", f"id = {queued}"): "ck_sessions_seats",
        move("offered", f"id IN ({queued}, {left})"): "ck_sessions_seats",
        f"UPDATE enrollments SET session_id = {session}{BUMP} WHERE id = {elsewhere}": "enrollments_stay",
        f"UPDATE enrollments SET person_id = {gone}{BUMP} WHERE id = {elsewhere}": "enrollments_stay",
        HOLD.format(session=session, seats=1): "ck_sessions_seats",
        f"UPDATE seat_holds SET seats = 2{BUMP} WHERE id = {hold}": "ck_sessions_seats",
        f"UPDATE seat_holds SET ended_at = NULL, ended_why = NULL{BUMP} WHERE id = {ended}": "ck_sessions_seats",
        f"UPDATE seat_holds SET session_id = {session}{BUMP} WHERE id = {away}": "seat_holds_stay",
        f"UPDATE sessions SET capacity = 1{BUMP} WHERE id = {session}": "ck_sessions_seats",
        f"UPDATE sessions SET capacity = 0{BUMP} WHERE id = {other}": "ck_sessions",
        f"UPDATE sessions SET seats_taken = 3 WHERE id = {session}": "ck_sessions_seats",
        f"UPDATE sessions SET seats_taken = -1 WHERE id = {session}": "ck_sessions_seats_not_negative",
    }
    for statement, name in attempts.items():
        with pytest.raises(IntegrityError) as refusal, raw(store) as db:
            db.exec_driver_sql(statement)
        said = constraint_of(refusal.value) or ""
        assert said.startswith(name), statement
        assert miscounted(store) == []


ODD = {
    "a place in the queue without a number": "state = 'waitlisted', position = NULL",
    "an offer without an end": "state = 'offered', offer_until = NULL",
    "a place with the end of an offer": f"state = 'confirmed', offer_until = {UNTIL_TEXT}",
    "an unknown state": "state = 'maybe'",
    "an unknown reason": "state = 'withdrawn', withdrawn_why = 'bored'",
}


@pytest.mark.parametrize("sets", ODD.values(), ids=ODD.keys())
def test_a_place_is_sound(each_store: Store, sets: str) -> None:
    with prepared(each_store) as db:
        make_enrollment(db, make_scheduled(db), make_person(db))
    with pytest.raises(IntegrityError, match="ck_enrollments"), raw(each_store) as db:
        db.exec_driver_sql(f"UPDATE enrollments SET {sets}{BUMP}")


@pytest.mark.parametrize("sets", ["seats = 0", "seats = -1", f"ended_at = {UNTIL_TEXT}", "ended_why = 'released'"])
def test_a_hold_is_sound(each_store: Store, sets: str) -> None:
    with prepared(each_store) as db:
        make_hold(db, make_scheduled(db), 2, until_at=UNTIL)
    with pytest.raises(IntegrityError, match="ck_seat_holds"), raw(each_store) as db:
        db.exec_driver_sql(f"UPDATE seat_holds SET {sets}{BUMP}")


CARELESS = ("OR IGNORE", "OR FAIL", "OR REPLACE", "OR ABORT")


@pytest.mark.parametrize("careless", CARELESS)
def test_a_client_of_a_file_cannot_wave_a_limit_through(sqlite_store: Store, careless: str) -> None:
    """What a statement says about conflicts holds within the triggers, too, and is stronger than what they say."""
    store = sqlite_store
    with prepared(store) as db:
        session = make_scheduled(db, capacity=1)
        waiting, late = make_people(db, 2)
        make_enrollment(db, session, make_person(db))
        make_enrollment(db, session, waiting, WAITLISTED)
    deeds = (
        ENROLL.format(session=session, person=late).replace("INSERT", f"INSERT {careless}", 1),
        HOLD.format(session=session, seats=1).replace("INSERT", f"INSERT {careless}", 1),
        move("confirmed", "state = 'waitlisted'").replace("UPDATE", f"UPDATE {careless}", 1),
    )
    for deed in deeds:
        with connected(store) as client:
            assert until_told(client, [deed]) == "ck_sessions_seats"
        assert counters(store) == (1, 0, 0, 1)
