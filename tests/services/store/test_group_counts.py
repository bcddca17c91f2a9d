"""A person of a session is in one of its groups, and no group gets more members than it takes (K10)."""

from typing import NamedTuple

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.factories import make_draft, make_enrollment, make_group, make_people, prepared
from tests.services.store.clients import connected, until_told
from tests.services.store.raw import raw
from tests.services.store.recount import miscounted
from tests.services.store.seat_rows import make_member
from tests.services.store.test_seats import BUMP, CARELESS, UNTIL_TEXT
from trainer_desk.models import Group
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.trouble import constraint_of

PUT = "INSERT INTO group_members (session_id, person_id, group_id) VALUES ({}, {}, {})"


class Split(NamedTuple):
    """Session 1 with four people in groups A (for two) and B (for any number), and session 2 with group C."""

    session: int
    other: int
    a: int
    b: int
    c: int
    people: list[int]


def split(store: Store) -> Split:
    with prepared(store) as db:
        session, other = make_draft(db), make_draft(db)
        people = make_people(db, 4)
        for person in people:
            make_enrollment(db, session, person)
            make_enrollment(db, other, person)
        a, b = make_group(db, session, "A", capacity=2), make_group(db, session, "B")
        c = make_group(db, other, "C", capacity=3)
        make_member(db, session, a, people[0])
        make_member(db, session, a, people[1])
        make_member(db, session, b, people[2])
    return Split(session, other, a, b, c, people)


def members(store: Store) -> tuple[int, ...]:
    """Give the counters of the groups in the order of their names; all counters are what the rows say."""
    assert miscounted(store) == []
    with store.reading() as db:
        return tuple(db.scalars(sa.select(Group.members_taken).order_by(Group.name)))


def test_the_members_are_counted_however_they_come_and_go(each_store: Store) -> None:
    store = each_store
    its = split(store)
    assert members(store) == (2, 1, 0)
    first, second = its.people[:2]
    steps = {
        f"DELETE FROM group_members WHERE person_id = {first}": (1, 1, 0),
        PUT.format(its.session, its.people[3], its.a): (2, 1, 0),
        PUT.format(its.other, second, its.c): (2, 1, 1),
        f"UPDATE group_members SET group_id = {its.b} WHERE group_id = {its.a}": (0, 3, 1),
        f"UPDATE group_members SET group_id = {its.b} WHERE group_id = {its.b}": (0, 3, 1),
        f"UPDATE group_members SET person_id = {first} WHERE person_id = {second} AND group_id = {its.b}": (0, 3, 1),
        f"DELETE FROM group_members WHERE session_id = {its.session}": (0, 0, 1),
    }
    for statement, wanted in steps.items():
        with raw(store) as db:
            db.exec_driver_sql(statement)
        assert members(store) == wanted, statement


def test_a_full_group_takes_nobody_however_it_is_tried(each_store: Store) -> None:
    store = each_store
    its = split(store)
    last = its.people[3]
    attempts = {
        PUT.format(its.session, last, its.a): "ck_groups_members",
        f"UPDATE group_members SET group_id = {its.a} WHERE group_id = {its.b}": "ck_groups_members",
        f"UPDATE groups SET capacity = 1{BUMP} WHERE id = {its.a}": "ck_groups_members",
        f"UPDATE groups SET capacity = 0{BUMP} WHERE id = {its.c}": "ck_groups_capacity",
        f"UPDATE groups SET members_taken = -1 WHERE id = {its.c}": "ck_groups_members_not_negative",
        f"UPDATE groups SET name = 'A'{BUMP} WHERE id = {its.b}": "uq_groups_session_id_name",
        PUT.format(its.session, its.people[0], its.b): "pk_group_members",
    }
    for statement, name in attempts.items():
        with pytest.raises(IntegrityError) as refusal, raw(store) as db:
            db.exec_driver_sql(statement)
        assert constraint_of(refusal.value) == name, statement
        assert members(store) == (2, 1, 0)


def test_a_group_is_of_the_session_of_its_members(each_store: Store) -> None:
    store = each_store
    its = split(store)
    last = its.people[3]
    attempts = {
        PUT.format(its.session, last, its.c): "group_of_session",
        f"UPDATE group_members SET group_id = {its.c} WHERE group_id = {its.b}": "group_of_session",
        f"UPDATE group_members SET session_id = {its.other} WHERE group_id = {its.b}": "group_of_session",
        f"UPDATE groups SET session_id = {its.other}{BUMP} WHERE id = {its.b}": "groups_stay",
    }
    for statement, name in attempts.items():
        with pytest.raises(IntegrityError) as refusal, raw(store) as db:
            db.exec_driver_sql(statement)
        assert constraint_of(refusal.value) == name, statement
        assert members(store) == (2, 1, 0)


def test_a_group_that_is_gone_takes_nobody_and_frees_its_name(each_store: Store) -> None:
    store = each_store
    its = split(store)
    with raw(store) as db:
        db.exec_driver_sql(f"UPDATE groups SET deleted_at = {UNTIL_TEXT}{BUMP} WHERE id = {its.b}")
        db.exec_driver_sql(f"UPDATE groups SET name = 'B'{BUMP} WHERE id = {its.a}")
    with pytest.raises(IntegrityError) as refusal, raw(store) as db:
        db.exec_driver_sql(PUT.format(its.session, its.people[3], its.b))
    assert constraint_of(refusal.value) == "group_of_session"
    with raw(store) as db:
        db.exec_driver_sql(f"DELETE FROM group_members WHERE group_id = {its.b}")
    assert miscounted(store) == []


@pytest.mark.parametrize("careless", CARELESS)
def test_a_client_of_a_file_cannot_wave_the_limit_through(sqlite_store: Store, careless: str) -> None:
    its = split(sqlite_store)
    for statement in (
        PUT.format(its.session, its.people[3], its.a),
        f"UPDATE group_members SET group_id = {its.a} WHERE group_id = {its.b}",
    ):
        verb = statement.split()[0]
        with connected(sqlite_store) as client:
            told = until_told(client, [statement.replace(verb, f"{verb} {careless}", 1)])
        assert told == "ck_groups_members"
        assert members(sqlite_store) == (2, 1, 0)
