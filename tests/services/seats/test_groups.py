"""Breakout groups on both databases: only confirmed people, never one too many, each refusal with its reason (K10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.factories import make_draft, make_enrollment, make_group, make_person, make_scheduled, prepared
from tests.services.store.raw import raw
from trainer_desk.models import Group, GroupMember, Session
from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.errors import BadValue, DeskError, NotFound, Refused, WrongState
from trainer_desk.services.rows.groups import GroupOutcome
from trainer_desk.services.seats.groups import (
    assign,
    clear_strays,
    edit_group,
    load_groups,
    remove_group,
    spread,
    unassign,
)
from trainer_desk.services.seats.groups import (
    make_group as new_group,
)
from trainer_desk.services.seats.leaving import leave_groups
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.trouble import constraint_of
from trainer_desk.texts import error_text, fix_text, outcome_word

UTC = ZoneInfo("UTC")
NAMES = ("Ann", "Bo", "Cy", "Di", "Eve", "Fay", "Gus")


@dataclass
class Room:
    """A draft with seven confirmed people, somebody waiting, somebody offered a seat, somebody gone; no groups yet."""

    store: Store
    session: int
    people: list[int]
    waiting: int
    offered: int
    gone: int

    def make(self, name: str, capacity: int | str | None = None) -> int:
        return self.store.write("Make", new_group, self.session, name, capacity).value

    def put(self, group: int, *people: int) -> list[GroupOutcome]:
        return self.store.write("Put", assign, group, people).value

    def members(self) -> dict[str, str]:
        """Give the first letters of who is in each group, in the order in which they are shown."""
        letters = dict(zip(self.people, (name[0] for name in NAMES), strict=True))
        found = self.store.read(load_groups, self.session)
        return {group.name: "".join(letters[person] for person in group.members) for group in found}

    def counted(self) -> dict[str, int]:
        query = sa.select(Group.name, Group.members_taken).where(Group.deleted_at.is_(None))
        with self.store.reading() as db:
            return dict(db.execute(query).all())

    def version(self) -> int:
        with self.store.reading() as db:
            return int(db.scalar(sa.select(Session.version).where(Session.id == self.session)) or 0)


@pytest.fixture
def room(store: Store) -> Room:
    with prepared(store) as db:
        session = make_draft(db, ref="S-1")
        people = [make_person(db, name, employee_no=str(place)) for place, name in enumerate(NAMES, 1)]
        for person in people:
            make_enrollment(db, session, person)
        others = [make_person(db, name, employee_no=name) for name in ("Wes", "Opa", "Gon")]
        states = (EnrollmentState.WAITLISTED, EnrollmentState.OFFERED, EnrollmentState.WITHDRAWN)
        for person, state in zip(others, states, strict=True):
            make_enrollment(db, session, person, state)
    return Room(store, session, people, *others)


def said(outcomes: Sequence[GroupOutcome]) -> list[tuple[str, str | None, str | None]]:
    return [(outcome.outcome, outcome.group, outcome.code) for outcome in outcomes]


def told(outcome: GroupOutcome) -> str:
    assert outcome.code is not None
    return error_text(DeskError(outcome.code, **outcome.facts))


def test_groups_are_listed_as_they_were_made_with_their_members_by_name(room: Room) -> None:
    red, blue = room.make("Red", 6), room.make(" Blue ")
    room.put(red, *reversed(room.people[:3]))
    groups = room.store.read(load_groups, room.session)
    assert [(group.id, group.name, group.capacity) for group in groups] == [(red, "Red", 6), (blue, "Blue", None)]
    assert groups[0].members == tuple(room.people[:3])
    assert groups[1].members == ()
    assert room.store.read(load_groups, 99) == []


def test_one_question_lists_all_groups(room: Room) -> None:
    for name in ("Red", "Blue", "Green"):
        room.put(room.make(name), *room.people[:2])
    asked: list[str] = []
    with room.store.reading() as db:
        sa.event.listen(db, "before_cursor_execute", lambda _c, _k, statement, *_: asked.append(statement))
        load_groups(db, room.session)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("name", "capacity", "code", "why"),
    [
        ("", None, "bad_value", "empty"),
        ("x" * 201, None, "bad_value", "too_long"),
        ("Red", 0, "bad_value", "zero"),
        ("Red", "six", "bad_value", "not_a_number"),
        ("RED", None, "duplicate_ref", None),
    ],
)
def test_a_group_needs_a_name_of_its_own_and_a_sound_capacity(
    room: Room, name: str, capacity: int | str | None, code: str, why: str | None
) -> None:
    if code == "duplicate_ref":
        room.make("Red")
    with pytest.raises(DeskError) as refusal:
        room.make(name, capacity)
    assert (refusal.value.code, refusal.value.facts.get("why")) == (code, why)
    if code == "duplicate_ref":
        assert error_text(refusal.value) == 'There is a group "RED" already. Choose another one.'


def test_people_are_put_into_a_group_moved_and_left_where_they_are(room: Room) -> None:
    red, blue = room.make("Red"), room.make("Blue", 2)
    ann, bo, *_ = room.people
    assert said(room.put(red, ann, bo)) == [("assigned", "Red", None)] * 2
    assert said(room.put(blue, bo)) == [("moved", "Blue", None)]
    again = room.store.write("Again", assign, blue, [bo, bo])
    assert said(again.value) == [("already", "Blue", None)] * 2
    assert not again.changes.keys
    assert room.members() == {"Red": "A", "Blue": "B"}
    assert room.counted() == {"Red": 1, "Blue": 1}
    assert said(room.put(red, bo, bo)) == [("moved", "Red", None), ("already", "Red", None)]


def test_a_full_group_refuses_with_its_figures(room: Room) -> None:
    red, blue = room.make("Red", 2), room.make("Blue")
    ann, bo, cy, di, *_ = room.people
    room.put(blue, cy)
    outcomes = room.put(red, ann, bo, cy, di, ann)
    assert said(outcomes) == [
        ("assigned", "Red", None),
        ("assigned", "Red", None),
        ("refused", None, "group_full"),
        ("refused", None, "group_full"),
        ("already", "Red", None),
    ]
    assert outcomes[2].facts == {"people": 2, "capacity": 2, "name": "Red"}
    assert told(outcomes[2]) == "Group full (2/2)."
    assert room.members() == {"Red": "AB", "Blue": "C"}


def test_only_who_is_confirmed_can_be_in_a_group(room: Room) -> None:
    red = room.make("Red")
    outcomes = room.put(red, room.waiting, room.offered, room.gone, 999)
    assert said(outcomes) == [("refused", None, "not_found")] * 4
    assert told(outcomes[0]) == (
        "Wes has no confirmed place in this session, so there is no group for them. Look at its people."
    )
    assert told(outcomes[3]) == 'There is no person "999". Check the spelling, or add it first.'
    assert room.members() == {"Red": ""}


def test_people_are_taken_out_again(room: Room) -> None:
    red = room.make("Red", 1)
    ann, bo, *_ = room.people
    room.put(red, ann)
    outcomes = room.store.write("Out", unassign, room.session, [ann, bo, room.waiting, 999, ann]).value
    assert said(outcomes) == [
        ("unassigned", "Red", None),
        ("in_none", None, None),
        ("refused", None, "not_found"),
        ("refused", None, "not_found"),
    ]
    assert room.members() == {"Red": ""}
    assert said(room.put(red, bo)) == [("assigned", "Red", None)]


def test_spreading_fills_the_emptiest_first_by_name_and_tells_who_is_left(room: Room) -> None:
    red, blue = room.make("Red", 4), room.make("Blue", 2)
    room.put(red, room.people[6])
    outcomes = room.store.write("Spread", spread, room.session).value
    assert room.members() == {"Red": "BDEG", "Blue": "AC"}
    assert said(outcomes) == [
        ("assigned", "Blue", None),
        ("assigned", "Red", None),
        ("assigned", "Blue", None),
        ("assigned", "Red", None),
        ("assigned", "Red", None),
        ("refused", None, "group_full"),
    ]
    assert (outcomes[-1].employee_no, outcomes[-1].facts) == ("6", {"groups": 2, "people": 6, "capacity": 6})
    assert told(outcomes[-1]) == "All 2 groups are full (6/6). Add a group, or raise a capacity."
    assert blue
    again = room.store.write("Spread", spread, room.session)
    assert (said(again.value), again.changes.keys) == ([("refused", None, "group_full")], {})


def test_one_full_group_is_told_as_one(room: Room) -> None:
    room.make("Red", 6)
    [over] = [one for one in room.store.write("Spread", spread, room.session).value if one.is_refused]
    assert told(over) == "Group full (6/6)."


def test_without_groups_there_is_nothing_to_spread_over(room: Room) -> None:
    with pytest.raises(NotFound) as refusal:
        room.store.write("Spread", spread, room.session)
    assert error_text(refusal.value) == "This session has no groups yet. Add one first."


def test_a_group_is_renamed_and_resized(room: Room) -> None:
    red, _blue = room.make("Red", 6), room.make("Blue")
    room.store.write("Edit", edit_group, red, name="Crimson", capacity="8")
    room.store.write("Edit", edit_group, red, name="crimson")
    assert [(group.name, group.capacity) for group in room.store.read(load_groups, room.session)] == [
        ("crimson", 8),
        ("Blue", None),
    ]
    room.store.write("Edit", edit_group, red, capacity=None)
    assert room.store.read(load_groups, room.session)[0].capacity is None
    assert not room.store.write("Edit", edit_group, red, name="crimson", capacity=None).changes.keys
    with pytest.raises(DeskError) as refusal:
        room.store.write("Edit", edit_group, red, name="blue")
    assert refusal.value.code == "duplicate_ref"


def test_a_capacity_below_the_members_is_refused_with_the_way_out(room: Room) -> None:
    red = room.make("Red", 6)
    room.put(red, *room.people[:3])
    with pytest.raises(Refused) as refusal:
        room.store.write("Edit", edit_group, red, capacity=2)
    assert refusal.value.code == "capacity_below_people"
    sentence = "The capacity cannot be 2: 3 people are in Red. Take some out first, or set 3."
    assert error_text(refusal.value) == sentence
    assert [fix_text(fix, UTC) for fix in refusal.value.findings[0].fixes] == ["Set the capacity to 3."]
    room.store.write("Edit", edit_group, red, capacity=3)


def test_removing_a_group_leaves_its_people_without_one(room: Room) -> None:
    red = room.make("Red")
    room.put(red, *room.people[:2])
    room.store.write("Remove", remove_group, red)
    assert room.members() == {}
    with room.store.reading() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(GroupMember)) == 0
    for verb, arguments in ((assign, ([room.people[0]],)), (remove_group, ()), (edit_group, ())):
        with pytest.raises(NotFound):
            room.store.write("After", verb, red, *arguments)
    again = room.make("Red")
    assert said(room.put(again, room.people[0])) == [("assigned", "Red", None)]


@pytest.mark.parametrize(
    "state", [{"status": SessionStatus.COMPLETED}, {"status": SessionStatus.CANCELLED, "cancel_reason": "Snow"}]
)
def test_groups_are_changed_only_while_people_may_change(store: Store, state: dict[str, Any]) -> None:
    with prepared(store) as db:
        person, session = make_person(db), make_scheduled(db, **state)
        make_enrollment(db, session, person)
        group = make_group(db, session, "Red")
    attempts: tuple[tuple[Any, ...], ...] = (
        (new_group, session, "Blue"),
        (edit_group, group),
        (remove_group, group),
        (assign, group, [person]),
        (unassign, session, [person]),
        (spread, session),
    )
    for verb, *arguments in attempts:
        with pytest.raises(WrongState) as refusal:
            store.write("Change", verb, *arguments)
        assert "It must be draft, scheduled or in progress to be split into groups." in error_text(refusal.value)
    assert [row.name for row in store.read(load_groups, session)] == ["Red"]


def test_a_session_in_the_trash_is_left_alone(room: Room) -> None:
    red = room.make("Red")
    with raw(room.store) as db:
        db.exec_driver_sql("UPDATE sessions SET deleted_at = created_at, version = version + 1")
    with pytest.raises(NotFound) as refusal:
        room.put(red, room.people[0])
    assert error_text(refusal.value) == "S-1 is in the trash. Restore it there first."


def test_who_loses_the_seat_leaves_the_group(room: Room) -> None:
    red, blue = room.make("Red"), room.make("Blue")
    room.put(red, *room.people[:3])
    room.put(blue, room.people[3])
    with prepared(room.store) as db:
        leave_groups(db, room.session, [room.people[0], room.waiting])
        leave_groups(db, room.session, [])
    assert room.members() == {"Red": "BC", "Blue": "D"}
    with raw(room.store) as db:
        db.exec_driver_sql(
            f"UPDATE enrollments SET state = 'withdrawn', version = version + 1 WHERE person_id = {room.people[1]}"
        )
        db.exec_driver_sql(f"UPDATE groups SET deleted_at = created_at, version = version + 1 WHERE id = {blue}")
    with prepared(room.store) as db:
        clear_strays(db, [room.session])
        clear_strays(db, [])
    assert room.members() == {"Red": "C"}
    with room.store.reading() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(GroupMember)) == 1


def test_groups_are_no_part_of_the_sessions_version(room: Room) -> None:
    before = room.version()
    red = room.make("Red")
    room.put(red, *room.people)
    room.store.write("Remove", remove_group, red)
    assert room.version() == before


def test_whoever_writes_past_the_program_cannot_overfill_a_group(room: Room) -> None:
    red = room.make("Red", 1)
    room.put(red, room.people[0])
    values = f"({room.session}, {room.people[1]}, {red})"
    insert = f"INSERT INTO group_members (session_id, person_id, group_id) VALUES {values}"
    with pytest.raises(IntegrityError) as refusal, raw(room.store) as db:
        db.exec_driver_sql(insert)
    assert constraint_of(refusal.value) == "ck_groups_members"
    assert room.counted() == {"Red": 1}


@pytest.mark.parametrize("outcome", ["assigned", "moved", "already", "unassigned", "in_none"])
def test_every_outcome_has_a_word(outcome: str) -> None:
    assert outcome_word(outcome)


def test_bad_values_are_told_before_anything_is_locked(room: Room) -> None:
    with pytest.raises(BadValue):
        room.store.write("Make", new_group, 99, "")
