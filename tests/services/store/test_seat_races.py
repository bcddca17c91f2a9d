"""Clients of all sorts at one instant: no session, run, group or room is oversold, and every counter is right (K3, K8).

They use the drivers alone, at every isolation level; some write with what they saw before others came.
"""

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    make_draft,
    make_enrollment,
    make_group,
    make_hold,
    make_people,
    make_run,
    make_scheduled,
    make_venue,
    prepared,
)
from tests.services.store.clients import CLIENTS, ENROLL, HOLD, LEVELS, Deed, at_once
from tests.services.store.raw import raw
from tests.services.store.recount import miscounted
from tests.services.store.seat_rows import UNTIL
from tests.services.store.test_group_counts import PUT
from tests.services.store.test_presence_counts import ENTER
from tests.services.store.test_run_counts import CANCEL, REINSTATE
from tests.services.store.test_seats import BUMP, FILL, UNTIL_TEXT, move
from trainer_desk.models import Venue
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.engines import make_writer

PLACES = 3
SESSION, RUN, GROUP, ROOM = "ck_sessions_seats", "ck_runs_people", "ck_groups_members", "ck_venues_present"

Scene = Callable[[sa.Connection], tuple[list[Deed], dict[str, int]]]
"""Prepares the database and gives what each client does and what they are told, counted."""


def _one_session(db: sa.Connection) -> tuple[list[Deed], dict[str, int]]:
    session = make_scheduled(db, capacity=PLACES)
    deeds = [ENROLL.format(session=session, person=person) for person in make_people(db, CLIENTS)]
    return [*deeds], {"done": PLACES, SESSION: CLIENTS - PLACES}


def _two_sessions_of_a_run(db: sa.Connection) -> tuple[list[Deed], dict[str, int]]:
    run = make_run(db, max_people=PLACES)
    sessions = [make_draft(db, run_id=run), make_draft(db, run_id=run)]
    people = make_people(db, CLIENTS)
    deeds = [ENROLL.format(session=sessions[place % 2], person=person) for place, person in enumerate(people)]
    return [*deeds], {"done": PLACES, RUN: CLIENTS - PLACES}


def _everybody_into_both_sessions_of_a_run(db: sa.Connection) -> tuple[list[Deed], dict[str, int]]:
    """Whoever gets into one session gets into the other, too, and nobody else into either."""
    run = make_run(db, max_people=PLACES)
    sessions = [make_draft(db, run_id=run), make_draft(db, run_id=run)]
    people = make_people(db, CLIENTS // 2)
    deeds = [ENROLL.format(session=session, person=person) for person in people for session in sessions]
    return [*deeds], {"done": 2 * PLACES, RUN: CLIENTS - 2 * PLACES}


def _both_sessions_in_one_transaction_and_crosswise(db: sa.Connection) -> tuple[list[Deed], dict[str, int]]:
    run = make_run(db, max_people=PLACES)
    sessions = [make_draft(db, run_id=run, capacity=PLACES), make_draft(db, run_id=run, capacity=PLACES)]
    deeds: list[Deed] = []
    for place, person in enumerate(make_people(db, CLIENTS)):
        deeds.append([ENROLL.format(session=one, person=person) for one in sessions[:: 1 if place % 2 else -1]])
    return deeds, {"done": PLACES, RUN: CLIENTS - PLACES}


def _holds_and_people(db: sa.Connection) -> tuple[list[Deed], dict[str, int]]:
    session = make_scheduled(db, capacity=PLACES)
    deeds = [HOLD.format(session=session, seats=1) for _ in range(CLIENTS // 2)]
    deeds += [ENROLL.format(session=session, person=person) for person in make_people(db, CLIENTS // 2)]
    return [*deeds], {"done": PLACES, SESSION: CLIENTS - PLACES}


def _a_hold_is_filled_while_others_come(db: sa.Connection) -> tuple[list[Deed], dict[str, int]]:
    """Two of the three seats are held for two people; there is one for everybody else."""
    session = make_scheduled(db, capacity=PLACES)
    make_hold(db, session, 2, until_at=UNTIL)
    first, second, *others = make_people(db, CLIENTS)
    less = (
        f"UPDATE seat_holds SET seats = seats - 1, ended_at = CASE seats WHEN 1 THEN created_at END,"
        f" ended_why = CASE seats WHEN 1 THEN 'filled' END{BUMP} WHERE session_id = {session}"
    )
    deeds: list[Deed] = [[less, ENROLL.format(session=session, person=person)] for person in (first, second)]
    deeds += [ENROLL.format(session=session, person=person) for person in others]
    return deeds, {"done": 3, SESSION: CLIENTS - 3}


def _everybody_who_waits(db: sa.Connection) -> tuple[list[Deed], dict[str, int]]:
    run = make_run(db, max_people=PLACES)
    session = make_draft(db, run_id=run, capacity=PLACES + 1)
    places = [make_enrollment(db, session, one, EnrollmentState.WAITLISTED) for one in make_people(db, CLIENTS)]
    deeds = [move(("confirmed", "offered")[place % 2], f"id = {place}") for place in places]
    return [*deeds], {"done": PLACES, RUN: CLIENTS - PLACES}


def _cancelled_sessions_come_back(db: sa.Connection) -> tuple[list[Deed], dict[str, int]]:
    """Each brings two people; there is room for those of one."""
    run = make_run(db, max_people=PLACES)
    sessions = [make_draft(db, run_id=run, status="CANCELLED", cancel_reason="Snow") for _ in range(CLIENTS)]
    for session in sessions:
        for person in make_people(db, 2):
            make_enrollment(db, session, person)
    return [REINSTATE.format(session) for session in sessions], {"done": 1, RUN: CLIENTS - 1}


def _a_group(db: sa.Connection) -> tuple[list[Deed], dict[str, int]]:
    session = make_draft(db)
    group = make_group(db, session, capacity=PLACES)
    deeds = [PUT.format(session, person, group) for person in make_people(db, CLIENTS)]
    return [*deeds], {"done": PLACES, GROUP: CLIENTS - PLACES}


def _a_room(db: sa.Connection) -> tuple[list[Deed], dict[str, int]]:
    session, room = make_draft(db), make_venue(db)
    db.execute(sa.update(Venue).values(occupancy_limit=PLACES))
    deeds = [ENTER.format(session, room, person) for person in make_people(db, CLIENTS)]
    return [*deeds], {"done": PLACES, ROOM: CLIENTS - PLACES}


def _one_person_at_many_doors(db: sa.Connection) -> tuple[list[Deed], dict[str, int]]:
    session, (person,) = make_draft(db), make_people(db, 1)
    deeds = [ENTER.format(session, make_venue(db), person) for _ in range(CLIENTS)]
    return [*deeds], {"done": 1, "uq_presences_person_id": CLIENTS - 1}


SCENES: dict[str, Scene] = {
    "one session": _one_session,
    "two sessions of a run": _two_sessions_of_a_run,
    "everybody into both sessions of a run": _everybody_into_both_sessions_of_a_run,
    "both sessions in one transaction": _both_sessions_in_one_transaction_and_crosswise,
    "holds and people": _holds_and_people,
    "a hold is filled": _a_hold_is_filled_while_others_come,
    "everybody who waits": _everybody_who_waits,
    "cancelled sessions come back": _cancelled_sessions_come_back,
    "a group": _a_group,
    "a room": _a_room,
    "one person at many doors": _one_person_at_many_doors,
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES.keys())
def test_clients_at_one_instant_never_oversell(each_factory: StoreFactory, scene: Scene, level: str) -> None:
    store = each_factory()
    with prepared(store) as db:
        deeds, wanted = scene(db.connection())
    told = at_once(store, level, deeds)
    assert told == wanted
    assert miscounted(store) == []


@pytest.mark.parametrize("level", LEVELS)
def test_a_run_is_counted_right_while_its_sessions_come_and_go(each_factory: StoreFactory, level: str) -> None:
    """People come, go and change places while the sessions are cancelled, come back and join the run."""
    store = each_factory()
    with prepared(store) as db:
        run = make_run(db)
        one, two = make_draft(db, run_id=run), make_draft(db, run_id=run)
        alone = make_draft(db)
        people = make_people(db, CLIENTS)
        for person in people[:6]:
            make_enrollment(db, one, person)
        for person in people[3:9]:
            make_enrollment(db, two, person, EnrollmentState.OFFERED)
    swap = f"CASE person_id WHEN {people[0]} THEN 'withdrawn' ELSE 'confirmed' END"
    deeds: list[Deed] = [
        ENROLL.format(session=one, person=people[9]),
        ENROLL.format(session=two, person=people[9]),
        ENROLL.format(session=alone, person=people[10]),
        ENROLL.format(session=alone, person=people[11]),
        f"UPDATE sessions SET run_id = {run}{BUMP} WHERE id = {alone}",
        f"UPDATE enrollments SET state = {swap}{BUMP} WHERE session_id = {one} AND person_id <= {people[1]}",
        CANCEL.format(one),
        [CANCEL.format(two), REINSTATE.format(two)],
        f"UPDATE sessions SET deleted_at = {UNTIL_TEXT}{BUMP} WHERE id = {two}",
        move("withdrawn", f"session_id = {two} AND person_id = {people[4]}"),
        move("confirmed", f"session_id = {two} AND person_id = {people[5]}"),
        move("withdrawn", f"person_id = {people[3]}"),
    ]
    told = at_once(store, level, deeds)
    assert set(told) <= {"done", "run_frozen"}
    assert told["done"] >= len(deeds) - 1
    assert miscounted(store) == []


def test_statements_that_seat_people_crosswise_wait_in_line(postgres_store: Store) -> None:
    """Nobody is told to try again: the rows are locked in one order, whatever the order of the statement."""
    store = postgres_store
    with prepared(store) as db:
        run = make_run(db)
        for _ in range(20):
            make_draft(db, run_id=run)
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
    assert miscounted(store) == []


FAULTS: dict[str, tuple[str, str, Scene]] = {
    "seats": ("seats_insert", "enrollments", _one_session),
    "people of a run": ("run_people", "run_seats", _two_sessions_of_a_run),
    "held seats": ("holds_insert|holds_count", "seat_holds", _holds_and_people),
    "members": ("members_insert|members_count", "group_members", _a_group),
    "presences": ("presences_insert|presences_count", "presences", _a_room),
}


@pytest.mark.parametrize(("triggers", "table", "scene"), FAULTS.values(), ids=FAULTS.keys())
def test_without_its_counting_the_race_is_lost(each_store: Store, triggers: str, table: str, scene: Scene) -> None:
    """The faults that the tests above must be able to see."""
    store = each_store
    with prepared(store) as db:
        deeds, wanted = scene(db.connection())
    name = triggers.split("|")[0 if store.is_file else -1]
    with raw(store) as db:
        db.exec_driver_sql(f"DROP TRIGGER {name}" + ("" if store.is_file else f" ON {table}"))
    assert at_once(store, "READ COMMITTED", deeds)["done"] > wanted["done"]
    assert miscounted(store)
