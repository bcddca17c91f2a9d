"""Workstations want the last place in a group at one instant: one gets it, and everybody is counted once (K10)."""

import multiprocessing
import threading
from collections import Counter

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from tests.databases import StoreFactory
from tests.factories import make_draft, make_enrollment, make_group, make_people, prepared
from tests.services.seats.group_racing import race
from trainer_desk.models import Group, GroupMember
from trainer_desk.services.errors import DeskError
from trainer_desk.services.seats.groups import assign, load_groups, remove_group, unassign
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.engines import make_writer
from trainer_desk.services.store.trouble import constraint_of

WORKSTATIONS = 8
LEVELS = ("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")


def crowd(store: Store, capacity: int, taken: int, *, groups: int = 1) -> tuple[int, list[int], list[int]]:
    """Make a session with as many people as there are workstations, and groups of which the first has members."""
    with prepared(store) as db:
        session, people = make_draft(db), make_people(db, WORKSTATIONS + taken)
        for person in people:
            make_enrollment(db, session, person)
        made = [make_group(db, session, capacity=capacity) for _ in range(groups)]
        for person in people[WORKSTATIONS:]:
            db.execute(sa.insert(GroupMember).values(session_id=session, person_id=person, group_id=made[0]))
    return session, people[:WORKSTATIONS], made


def run_race(url: str, session: int, wishes: list[tuple[int | None, int]]) -> Counter[str]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.services.seats.group_racing"])
    with context.Manager() as manager, context.Pool(len(wishes)) as pool:
        start = manager.Barrier(len(wishes))
        told = pool.map(race, [(url, start, session, *wish) for wish in wishes], chunksize=1)
    return Counter(word for words in told for word in words)


def require_counted(store: Store, session: int) -> None:
    with store.reading() as db:
        counted = dict(db.execute(sa.select(Group.id, Group.members_taken)).all())
    assert {group.id: len(group.members) for group in store.read(load_groups, session)} == counted


def test_the_last_place_in_a_group_is_given_once(store_factory: StoreFactory) -> None:
    store = store_factory()
    session, people, [group] = crowd(store, capacity=3, taken=2)
    told = run_race(store_factory.url, session, [(person, group) for person in people])
    assert told == {"assigned": 1, "group_full": WORKSTATIONS - 1}
    require_counted(store, session)


def test_who_is_spread_and_assigned_at_one_instant_is_in_one_group(store_factory: StoreFactory) -> None:
    store = store_factory()
    session, people, groups = crowd(store, capacity=2, taken=0, groups=3)
    wishes: list[tuple[int | None, int]] = [(None, groups[0]) for _ in range(3)] + [
        (person, groups[1]) for person in people[:4]
    ]
    told = run_race(store_factory.url, session, wishes)
    assert set(told) <= {"assigned", "moved", "already", "group_full"}
    members = [person for group in store.read(load_groups, session) for person in group.members]
    assert len(members) == len(set(members)) == 6
    require_counted(store, session)


def test_people_of_two_groups_change_places_without_waiting_for_each_other_forever(store: Store) -> None:
    session, people, groups = crowd(store, capacity=WORKSTATIONS, taken=0, groups=2)
    told: list[str] = []

    def go_round(person: int, first: int, second: int) -> None:
        for group in (first, second) * 3:
            told.extend(outcome.outcome for outcome in store.write("Move", assign, group, [person]).value)
        store.write("Out", unassign, session, [person])

    threads = [
        threading.Thread(target=go_round, args=(person, *(groups if place % 2 else reversed(groups))))
        for place, person in enumerate(people[:4])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(told) == {"assigned": 4, "moved": 20}
    assert all(not group.members for group in store.read(load_groups, session))
    require_counted(store, session)


def test_a_group_that_is_removed_meanwhile_takes_nobody(store: Store) -> None:
    _session, people, [group] = crowd(store, capacity=WORKSTATIONS, taken=0)
    barrier = threading.Barrier(2)
    told: list[str] = []

    def put() -> None:
        barrier.wait()
        try:
            told.extend(outcome.outcome for outcome in store.write("Put", assign, group, people).value)
        except DeskError as refusal:
            told.append(refusal.code)

    thread = threading.Thread(target=put)
    thread.start()
    barrier.wait()
    store.write("Remove", remove_group, group)
    thread.join()
    assert set(told) in ({"assigned"}, {"not_found"})
    with store.reading() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(GroupMember)) == 0


@pytest.mark.parametrize("level", LEVELS)
def test_raw_clients_never_overfill_a_group(each_factory: StoreFactory, level: str) -> None:
    store = each_factory()
    session, people, [group] = crowd(store, capacity=3, taken=1)
    engine = make_writer(store.url)
    if not store.is_file:  # a file has one level
        engine = engine.execution_options(isolation_level=level)
    barrier = threading.Barrier(len(people))
    told: list[str] = []

    def insert(person: int) -> str:
        while True:
            try:
                with engine.begin() as db:
                    db.execute(sa.insert(GroupMember).values(session_id=session, person_id=person, group_id=group))
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) in ("40001", "40P01"):
                    continue
                return constraint_of(error) or type(error).__name__
            return "in"

    def take(person: int) -> None:
        barrier.wait()
        told.append(insert(person))

    threads = [threading.Thread(target=take, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    assert Counter(told) == {"in": 2, "ck_groups_members": WORKSTATIONS - 2}
    require_counted(store, session)
