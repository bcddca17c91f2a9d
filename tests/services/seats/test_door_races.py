"""Many doors let people into one room at one instant: as many as it takes, and no more (K9)."""

import datetime as dt
import multiprocessing
from collections import Counter

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import MONDAY, make_enrollment, make_person, make_scheduled, make_venue, prepared
from tests.services.seats.doors import race
from trainer_desk.models import Enrollment, Presence, Venue

DOORS = 10


@pytest.mark.parametrize(("limit", "times"), [(1, 1), (4, 1), (3, 4)])
def test_the_last_places_in_a_room_are_taken_once(store_factory: StoreFactory, limit: int, times: int) -> None:
    store = store_factory()
    with prepared(store) as db:
        venue = make_venue(db, occupancy_limit=limit)
        starts = (MONDAY, MONDAY + dt.timedelta(hours=2))
        sessions = [make_scheduled(db, venue=venue, capacity=DOORS, starts_at=start) for start in starts]
        numbers = [f"N{place}" for place in range(DOORS)]
        for place, number in enumerate(numbers):
            person = make_person(db, employee_no=number)
            if place % 3:  # every third one is a walk-in, who gets a seat and a place or neither
                make_enrollment(db, sessions[place % 2], person)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.services.seats.doors"])
    with context.Manager() as manager, context.Pool(DOORS) as pool:
        start = manager.Barrier(DOORS)
        wishes = [
            (store_factory.url, start, sessions[place % 2], number, times) for place, number in enumerate(numbers)
        ]
        said = Counter(pool.map(race, wishes, chunksize=1))
    inside = sa.select(sa.func.count()).where(Presence.ended_at.is_(None))
    present = store.read(lambda db: db.scalar(inside))
    assert set(said) <= {"in", "room_full"}
    assert said["in"] == present, said
    assert store.read(lambda db: db.scalar(sa.select(Venue.present))) == present
    assert present <= limit
    assert present == limit or times > 1
    seats = sa.select(Enrollment.session_id, Enrollment.person_id).where(Enrollment.state == "confirmed")
    places = sa.select(Presence.session_id, Presence.person_id).where(Presence.ended_at.is_(None))
    seated = set(store.read(lambda db: db.execute(seats).all()))
    assert set(store.read(lambda db: db.execute(places).all())) <= seated


def test_one_badge_at_two_doors_is_in_one_room(store_factory: StoreFactory) -> None:
    store = store_factory()
    with prepared(store) as db:
        rooms = [make_venue(db, occupancy_limit=1) for _ in range(2)]
        sessions = [make_scheduled(db, venue=room) for room in rooms]
        person = make_person(db, employee_no="1")
        for session in sessions:
            make_enrollment(db, session, person)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.services.seats.doors"])
    with context.Manager() as manager, context.Pool(4) as pool:
        start = manager.Barrier(4)
        wishes = [(store_factory.url, start, sessions[place % 2], "1", 3) for place in range(4)]
        said = Counter(pool.map(race, wishes, chunksize=1))
    assert set(said) <= {"in", "already", "not_found"}
    assert store.read(lambda db: db.scalar(sa.select(sa.func.sum(Venue.present)))) <= 1
