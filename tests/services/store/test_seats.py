"""Seats are rows, the counter follows them, and no client at any isolation sells one too many (K1, K3)."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.databases import StoreFactory
from tests.factories import make_draft, make_enrollment, make_people, make_person, make_scheduled, prepared
from tests.services.store.raw import raw
from trainer_desk.models import Enrollment, Session
from trainer_desk.models.enums import SEATED, EnrollmentState
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.engines import make_writer
from trainer_desk.services.store.trouble import constraint_of

CAPACITY = 3
CLIENTS = 12
INSERT = sa.text(
    "INSERT INTO enrollments (session_id, person_id, state, enrolled_at, enrolled_by, created_at, updated_at) VALUES"
    " (:session, :person, 'confirmed', '2026-07-01T10:00:00Z', 'x', '2026-07-01T10:00:00Z', '2026-07-01T10:00:00Z')"
)
MOVE = "UPDATE enrollments SET state = '{}', version = version + 1 WHERE id = {}"


def counter(store: Store) -> tuple[int, int]:
    """Give the counter of the only session and what its rows say."""
    taken = sa.select(sa.func.count()).where(Enrollment.state.in_(sorted(SEATED)))
    with store.reading() as db:
        return int(db.scalar(sa.select(Session.seats_taken)) or 0), int(db.scalar(taken) or 0)


@pytest.mark.parametrize("before", list(EnrollmentState))
@pytest.mark.parametrize("after", list(EnrollmentState))
def test_the_counter_follows_every_step(store: Store, before: EnrollmentState, after: EnrollmentState) -> None:
    with prepared(store) as db:
        session = make_scheduled(db, capacity=CAPACITY)
        place = make_enrollment(db, session, make_person(db), before)
        make_enrollment(db, session, make_person(db), EnrollmentState.OFFERED)
    assert counter(store) == (1 + (before in SEATED), 1 + (before in SEATED))
    with raw(store) as db:
        db.exec_driver_sql(MOVE.format(after, place))
    assert counter(store) == (1 + (after in SEATED), 1 + (after in SEATED))


FILL = (
    "INSERT INTO enrollments (session_id, person_id, state, enrolled_at, enrolled_by, created_at, updated_at)"
    " SELECT s.id, p.id, CASE WHEN p.id % 3 = 0 THEN 'withdrawn' ELSE 'confirmed' END, p.created_at, 'x',"
    " p.created_at, p.created_at FROM sessions s CROSS JOIN people p ORDER BY {}"
)
TURN = (
    "UPDATE enrollments SET state = CASE state WHEN 'withdrawn' THEN 'offered' ELSE 'withdrawn' END,"
    " version = version + 1"
)
SEATS = (
    "SELECT s.seats_taken, (SELECT count(*) FROM enrollments e WHERE e.session_id = s.id"
    " AND e.state IN ('confirmed', 'offered')) FROM sessions s ORDER BY s.id"
)


def test_one_statement_may_seat_people_in_many_sessions(each_store: Store) -> None:
    """Who comes and who goes in one session is counted together; a session that ends as it was is left alone."""
    store = each_store
    with prepared(store) as db:
        for _ in range(3):
            make_draft(db)
        make_people(db, 9)
    seats = {FILL.format("p.id, s.id DESC"): (6, 6), TURN: (3, 3), f"{TURN} WHERE session_id > 1": (6, 6)}
    for statement, wanted in seats.items():
        with raw(store) as db:
            db.execute(sa.text(statement))
            counted = [tuple(row) for row in db.exec_driver_sql(SEATS)]
        assert set(counted[1:]) == {wanted}
    assert counted[0] == (3, 3)


def test_a_server_moves_the_counter_once_for_a_whole_statement(postgres_store: Store) -> None:
    """A move for each row would read as many dead rows as it made: a hall of 100,000 would never be full."""
    with prepared(postgres_store) as db:
        for _ in range(2):
            make_draft(db)
        make_people(db, 50)
    with raw(postgres_store) as db:
        db.execute(sa.text(FILL.format("p.id, s.id")))
        assert db.scalar(sa.text("SELECT pg_stat_get_xact_tuples_updated('sessions'::regclass)")) == 2


def test_statements_that_seat_people_crosswise_wait_in_line(postgres_store: Store) -> None:
    store = postgres_store
    with prepared(store) as db:
        for _ in range(20):
            make_draft(db)
        make_people(db, 40)
    engine, told = make_writer(store.url), []
    barrier = threading.Barrier(4)

    def fill(share: int, order: str) -> None:
        statement = FILL.replace("ORDER BY", f"WHERE p.id % 4 = {share} ORDER BY").format(order)
        barrier.wait()
        with engine.begin() as db:
            db.execute(sa.text(statement))
        told.append(share)

    orders = ("s.id, p.id", "s.id DESC, p.id", "p.id, s.id", "p.id, s.id DESC")
    threads = [threading.Thread(target=fill, args=(share, order)) for share, order in enumerate(orders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    assert sorted(told) == [0, 1, 2, 3]
    with store.reading() as db:
        assert all(taken == people for taken, people in db.exec_driver_sql(SEATS))


def test_the_counter_follows_what_is_taken_back(each_store: Store) -> None:
    store = each_store
    with prepared(store) as db:
        session = make_scheduled(db, capacity=CAPACITY)
        people = make_people(db, 3)
    with store.writing("Half") as unit:
        make_enrollment(unit.db, session, people[0])
        inner = unit.db.begin_nested()
        make_enrollment(unit.db, session, people[1])
        inner.rollback()
    assert counter(store) == (1, 1)
    with store.writing("Never") as unit:
        make_enrollment(unit.db, session, people[2])
        unit.discard()
    assert counter(store) == (1, 1)


def test_a_full_session_takes_nobody_however_it_is_tried(each_store: Store) -> None:
    store = each_store
    with prepared(store) as db:
        session, other = make_scheduled(db, capacity=1), make_scheduled(db, capacity=5)
        seated, waiting, gone = make_people(db, 3)
        make_enrollment(db, session, seated)
        queued = make_enrollment(db, session, waiting, EnrollmentState.WAITLISTED)
        make_enrollment(db, session, gone, EnrollmentState.WITHDRAWN)
        elsewhere = make_enrollment(db, other, waiting)
    bump = ", version = version + 1"
    attempts: dict[str, str] = {
        f"INSERT INTO enrollments (session_id, person_id, state, enrolled_at, enrolled_by, created_at, updated_at)"
        f" SELECT {session}, person_id, 'offered', enrolled_at, 'x', created_at, updated_at FROM enrollments"
        f" WHERE id = {elsewhere} AND false OR id = {elsewhere}": "uq_enrollments",
        f"UPDATE enrollments SET state = 'confirmed'{bump} WHERE id = {queued}": "ck_sessions_seats",
        f"UPDATE enrollments SET state = 'offered'{bump} WHERE session_id = {session}": "ck_sessions_seats",
        f"UPDATE enrollments SET session_id = {session}{bump} WHERE id = {elsewhere}": "enrollments_stay",
        f"UPDATE enrollments SET person_id = {gone}{bump} WHERE id = {elsewhere}": "enrollments_stay",
        f"UPDATE sessions SET capacity = 0{bump} WHERE id = {session}": "ck_sessions",
        f"UPDATE sessions SET capacity = 0{bump} WHERE id = {other}": "ck_sessions",
        f"UPDATE sessions SET seats_taken = 2 WHERE id = {session}": "ck_sessions_seats",
        f"UPDATE sessions SET seats_taken = -1 WHERE id = {session}": "ck_sessions_seats_not_negative",
    }
    for statement, name in attempts.items():
        with pytest.raises(IntegrityError) as refusal, raw(store) as db:
            db.exec_driver_sql(statement)
        said = constraint_of(refusal.value) or ""
        assert said.startswith(name), statement


Outcome = Counter[str]


def race(store: Store, level: str | None, session: int, people: list[int]) -> Outcome:
    """Let as many raw clients as there are people take a seat at one instant; give what each was told at the end."""
    engine = make_writer(store.url)
    if level is not None:
        engine = engine.execution_options(isolation_level=level)
    barrier = threading.Barrier(len(people))
    told: list[str] = []

    def take(person: int) -> None:
        barrier.wait()
        told.append(until_told(lambda: insert(person)))

    def insert(person: int) -> None:
        with engine.begin() as db:
            db.execute(INSERT, {"session": session, "person": person})

    threads = [threading.Thread(target=take, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    return Counter(told)


def until_told(step: Callable[[], None]) -> str:
    """Try again after a failure to serialise, as every client at those levels must."""
    while True:
        try:
            step()
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) in ("40001", "40P01"):
                continue
            return constraint_of(error) or type(error).__name__
        return "seated"


LEVELS = ("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")


@pytest.mark.parametrize("level", LEVELS)
def test_raw_clients_never_oversell(each_factory: StoreFactory, level: str) -> None:
    store = each_factory()
    with prepared(store) as db:
        session = make_scheduled(db, capacity=CAPACITY)
        people = make_people(db, CLIENTS)
    told = race(store, None if store.is_file else level, session, people)  # a file has one level
    assert told == {"seated": CAPACITY, "ck_sessions_seats": CLIENTS - CAPACITY}
    assert counter(store) == (CAPACITY, CAPACITY)


def test_without_the_counter_the_race_is_lost(each_store: Store) -> None:
    """The fault that the tests above must be able to see."""
    store = each_store
    with prepared(store) as db:
        session = make_scheduled(db, capacity=CAPACITY)
        people = make_people(db, CLIENTS)
    with raw(store) as db:
        db.exec_driver_sql("DROP TRIGGER seats_insert" + ("" if store.is_file else " ON enrollments"))
    assert race(store, None, session, people)["seated"] > CAPACITY
