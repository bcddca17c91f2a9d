"""The history of a session tells of everything that belongs to it, and of nothing else, on both databases (U4)."""

import datetime as dt

import pytest

from tests.databases import StoreFactory
from tests.factories import at, make_enrollment, make_person, make_scheduled, make_venue, prepared
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.journal.history import history_of_session
from trainer_desk.services.planning.waivers import waive
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.seats.groups import assign, make_group, remove_group
from trainer_desk.services.seats.holds import hold_seats
from trainer_desk.services.seats.occupancy import check_in
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-06 08:55")


@pytest.fixture
def store(store_factory: StoreFactory) -> Store:
    return store_factory(FixedClock(NOW))


def told(store: Store, session: int) -> list[tuple[str, set[str]]]:
    """Give what the history says, newest first: the label and the tables of each change."""
    return [(entry.label, {row[0] for row in entry.rows}) for entry in store.read(history_of_session, session)]


def test_seats_groups_presences_and_waivers_stand_in_it(store: Store) -> None:
    with prepared(store) as db:
        room = make_venue(db, "ROOM", capacity=2, occupancy_limit=30)
        mine, other = make_scheduled(db, venue=room, capacity=9), make_scheduled(db)
        people = [make_person(db, employee_no=number) for number in ("1", "2", "3", "4")]
        for person in people[:3]:
            make_enrollment(db, mine, person)
        make_enrollment(db, other, people[3])
    until = NOW + dt.timedelta(hours=1)
    group = {session: store.write(f"Group {session}", make_group, session, "A").value for session in (mine, other)}
    store.write("Assign", assign, group[mine], people[:1])
    store.write("Assign elsewhere", assign, group[other], people[3:])
    store.write("Hold", hold_seats, mine, 2, "Acme", until)
    store.write("Hold elsewhere", hold_seats, other, 2, "Acme", until)
    store.write("Check in", check_in, mine, "1")
    store.write("Check in elsewhere", check_in, other, "4")
    store.write("Waive", waive, mine, "venue_capacity_exceeded", "ROOM", "Chairs are there")
    store.write("Enroll", enroll, mine, people[3:])
    store.write("Remove", remove_group, group[mine])
    assert told(store, mine) == [
        ("Remove", {"groups", "group_members"}),
        ("Enroll", {"enrollments"}),
        ("Waive", {"waivers"}),
        ("Check in", {"presences"}),
        ("Hold", {"seat_holds"}),
        ("Assign", {"group_members"}),
        (f"Group {mine}", {"groups"}),
        ("Prepared", {"sessions", "enrollments"}),
    ]
    assert [label for label, _tables in told(store, other)][:3] == [
        "Check in elsewhere", "Hold elsewhere", "Assign elsewhere",
    ]  # fmt: skip
