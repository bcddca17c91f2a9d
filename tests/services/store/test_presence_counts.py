"""A room knows who is in it, takes no more than its limit, and a person is in one room at a time (K9)."""

from typing import NamedTuple

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.factories import make_draft, make_enrollment, make_people, make_venue, prepared
from tests.services.store.clients import STAMPS, connected, until_told
from tests.services.store.raw import raw
from tests.services.store.recount import miscounted
from tests.services.store.seat_rows import UNTIL, make_presence
from tests.services.store.test_seats import BUMP, CARELESS, UNTIL_TEXT
from trainer_desk.models import Venue
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.trouble import constraint_of

ENTER = (
    "INSERT INTO presences (session_id, venue_id, person_id, entered_at, entered_by, created_at, updated_at)"
    f" VALUES ({{}}, {{}}, {{}}, {STAMPS}, 'x', {STAMPS}, {STAMPS})"
)
LEAVE = f"UPDATE presences SET ended_at = {UNTIL_TEXT}, ended_why = '{{}}'{BUMP} WHERE {{}}"
BACK = f"UPDATE presences SET ended_at = NULL, ended_why = NULL{BUMP} WHERE {{}}"


class House(NamedTuple):
    """A session, a booth for two, a hall without a limit, and five people of whom the first is in the booth."""

    session: int
    booth: int
    hall: int
    people: list[int]
    first: int


def house(store: Store) -> House:
    with prepared(store) as db:
        session, booth, hall = make_draft(db), make_venue(db, "BOOTH"), make_venue(db, "HALL")
        people = make_people(db, 5)
        for person in people:
            make_enrollment(db, session, person)
        first = make_presence(db, session, booth, people[0])
        db.execute(sa.update(Venue).where(Venue.id == booth).values(occupancy_limit=2))
    return House(session, booth, hall, people, first)


def present(store: Store) -> tuple[int, ...]:
    """Give the counters of booth and hall; all counters are what the rows say."""
    assert miscounted(store) == []
    with store.reading() as db:
        return tuple(db.scalars(sa.select(Venue.present).order_by(Venue.id)))


def test_who_is_present_is_counted(each_store: Store) -> None:
    store = each_store
    its = house(store)
    assert present(store) == (1, 0)
    one, two, three = its.people[1:4]
    several = ", ".join([ENTER.format(its.session, its.hall, two), ENTER.split(" VALUES ")[1].format(
        its.session, its.hall, three)])  # fmt: skip
    steps = {
        ENTER.format(its.session, its.booth, one): (2, 0),
        several: (2, 2),
        f"UPDATE presences SET lapses_at = {UNTIL_TEXT}": (2, 2),
        LEAVE.format("out", f"id = {its.first}"): (1, 2),
        f"UPDATE presences SET ended_why = 'lost'{BUMP} WHERE id = {its.first}": (1, 2),
        ENTER.format(its.session, its.hall, its.people[0]): (1, 3),
        LEAVE.format("withdrawn", f"venue_id = {its.hall}"): (1, 0),
        BACK.format(f"id = {its.first}"): (2, 0),
        LEAVE.format("lost", "ended_at IS NULL"): (0, 0),
    }
    for statement, wanted in steps.items():
        with raw(store) as db:
            db.exec_driver_sql(statement)
        assert present(store) == wanted, statement


def test_a_presence_that_is_over_when_it_is_written_counts_nowhere(each_store: Store) -> None:
    its = house(each_store)
    with prepared(each_store) as db:
        make_presence(db, its.session, its.booth, its.people[1], ended_at=UNTIL, ended_why="out")
    assert present(each_store) == (1, 0)


def test_a_full_room_takes_nobody_however_it_is_tried(each_store: Store) -> None:
    store = each_store
    its = house(store)
    with prepared(store) as db:
        make_presence(db, its.session, its.booth, its.people[1])
        gone = make_presence(db, its.session, its.booth, its.people[2], ended_at=UNTIL, ended_why="out")
        away = make_presence(db, its.session, its.hall, its.people[3])
    attempts = {
        ENTER.format(its.session, its.booth, its.people[4]): "ck_venues_present",
        BACK.format(f"id = {gone}"): "ck_venues_present",
        f"UPDATE presences SET venue_id = {its.booth}{BUMP} WHERE id = {away}": "presences_stay",
        f"UPDATE venues SET occupancy_limit = 1 WHERE id = {its.booth}": "ck_venues_present",
        f"UPDATE venues SET present = -1 WHERE id = {its.hall}": "ck_venues_present",
        f"UPDATE venues SET occupancy_limit = 0 WHERE id = {its.hall}": "ck_venues_",
        f"UPDATE venues SET presence_seconds = 0 WHERE id = {its.hall}": "ck_venues_presence_seconds",
        f"UPDATE presences SET ended_why = 'out'{BUMP} WHERE id = {away}": "ck_presences_ended",
        LEAVE.format("bored", f"id = {away}"): "ck_presences_ended_why",
    }
    for statement, name in attempts.items():
        with pytest.raises(IntegrityError) as refusal, raw(store) as db:
            db.exec_driver_sql(statement)
        assert str(constraint_of(refusal.value)).startswith(name), statement
        assert present(store) == (2, 1)


def test_a_person_is_in_one_room_at_a_time(each_store: Store) -> None:
    store = each_store
    its = house(store)
    with prepared(store) as db:
        earlier = make_presence(db, its.session, its.hall, its.people[0], ended_at=UNTIL, ended_why="out")
        other = make_presence(db, its.session, its.hall, its.people[1])
    for statement in (
        ENTER.format(its.session, its.booth, its.people[0]),
        ENTER.format(its.session, its.hall, its.people[0]),
        BACK.format(f"id = {earlier}"),
        f"UPDATE presences SET person_id = {its.people[0]}{BUMP} WHERE id = {other}",
    ):
        with pytest.raises(IntegrityError) as refusal, raw(store) as db:
            db.exec_driver_sql(statement)
        assert constraint_of(refusal.value) == "uq_presences_person_id", statement
        assert present(store) == (1, 1)


@pytest.mark.parametrize("careless", CARELESS)
def test_a_client_of_a_file_cannot_wave_the_limit_through(sqlite_store: Store, careless: str) -> None:
    its = house(sqlite_store)
    with prepared(sqlite_store) as db:
        make_presence(db, its.session, its.booth, its.people[1])
    with connected(sqlite_store) as client:
        entering = ENTER.format(its.session, its.booth, its.people[2]).replace("INSERT", f"INSERT {careless}", 1)
        assert until_told(client, [entering]) == "ck_venues_present"
    assert present(sqlite_store) == (2, 0)
