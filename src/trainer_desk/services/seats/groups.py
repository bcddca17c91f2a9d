"""Breakout groups inside a session: made, filled, evened out and taken away, under the guard of its seats (K10)."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import EllipsisType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Enrollment
from trainer_desk.services.errors import DeskError, NotFound, Refused, Stale
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rows.groups import GroupOutcome
from trainer_desk.services.rules.capacity import capacity_value
from trainer_desk.services.rules.groups import Breakout
from trainer_desk.services.rules.groups import spread as even_out
from trainer_desk.services.rules.names import clean_name, search_key
from trainer_desk.services.seats.breakouts import (
    CONFIRMED,
    GROUPS,
    MEMBERS,
    Member,
    Room,
    load_groups,
    lock_group,
    lock_groups,
    lock_rooms,
    members_named,
    without_group,
)
from trainer_desk.services.seats.leaving import leave_groups
from trainer_desk.services.store.lists import Among

__all__ = [
    "assign", "clear_strays", "edit_group", "load_groups", "make_group", "remove_group", "require_way_back",
    "spread", "unassign",
]  # fmt: skip

OF_PEOPLE = (MEMBERS.c.session_id == sa.bindparam("of_session"), Among(MEMBERS.c.person_id, "ids"))
MOVE = sa.update(MEMBERS).where(*OF_PEOPLE)
HAS_SEAT = sa.exists().where(
    Enrollment.session_id == MEMBERS.c.session_id,
    Enrollment.person_id == MEMBERS.c.person_id,
    Enrollment.state == CONFIRMED,
)
GONE = sa.exists().where(GROUPS.c.id == MEMBERS.c.group_id, GROUPS.c.deleted_at.is_not(None))
STRAYS = sa.delete(MEMBERS).where(Among(MEMBERS.c.session_id, "ids"), sa.or_(~HAS_SEAT, GONE))


@dataclass(slots=True)
class _Plan:
    """Who is going to be put into one group: people who were in none, and people who come from another."""

    new: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)


def make_group(
    db: DbSession, session_id: int, name: str, capacity: int | str | None = None, *, actor: str, now: dt.datetime
) -> int:
    """Make a group and return its id; without a `capacity` it takes any number of people.

    Raises BadValue, `duplicate_ref` for a name that the session has already, NotFound, WrongState.
    """
    title, places = clean_name(name, field="name"), capacity_value(capacity)
    rooms = lock_groups(db, session_id, now)
    _require_new_name(title, rooms.values())
    values = {"session_id": session_id, "name": title, "capacity": places, "created_at": now, "updated_at": now}
    return int(db.execute(sa.insert(GROUPS).values(values).returning(GROUPS.c.id)).scalar_one())


def edit_group(
    db: DbSession,
    group_id: int,
    *,
    name: str | None = None,
    capacity: int | str | EllipsisType | None = ...,
    actor: str,
    now: dt.datetime,
) -> None:
    """Give a group another name or capacity; what is left out stays, a capacity of None is unlimited.

    Raises as `make_group`, and `capacity_below_people` with the way out when more people are in it already.
    """
    changes: dict[str, Any] = {}
    if name is not None:
        changes["name"] = clean_name(name, field="name")
    if not isinstance(capacity, EllipsisType):
        changes["capacity"] = capacity_value(capacity)
    _session_id, rooms = lock_group(db, group_id, now)
    room = rooms[group_id]
    if "name" in changes:
        _require_new_name(changes["name"], (other for other in rooms.values() if other is not room))
    _require_space(room, changes.get("capacity"))
    if any(getattr(room, field_name) != value for field_name, value in changes.items()):
        _write_group(db, group_id, now, **changes)


def remove_group(db: DbSession, group_id: int, *, actor: str, now: dt.datetime) -> None:
    """Take a group away; the people in it are in none then, and one undo brings group and people back.

    Raises NotFound, WrongState.
    """
    lock_group(db, group_id, now)
    db.execute(sa.delete(MEMBERS).where(MEMBERS.c.group_id == group_id))
    _write_group(db, group_id, now, deleted_at=now)


def assign(
    db: DbSession, group_id: int, person_ids: Sequence[int], *, actor: str, now: dt.datetime
) -> list[GroupOutcome]:
    """Put confirmed people of the session into a group, in the order given, and say what became of each.

    Outcomes: `assigned`; `moved` for who leaves another group; `already`; `refused` with `group_full` for those beyond
    the capacity and `not_found` for who has no confirmed place. Raises NotFound for the group, WrongState.
    """
    session_id, rooms = lock_group(db, group_id, now)
    people, plan = members_named(db, session_id, person_ids), _Plan()
    outcomes = [_put(person_id, people.get(person_id), rooms[group_id], plan) for person_id in person_ids]
    _insert(db, session_id, dict.fromkeys(plan.new, group_id))
    if plan.moved:
        db.execute(MOVE.values(group_id=group_id), {"of_session": session_id, "ids": plan.moved})
    return outcomes


def unassign(
    db: DbSession, session_id: int, person_ids: Sequence[int], *, actor: str, now: dt.datetime
) -> list[GroupOutcome]:
    """Take people out of their groups; they keep their seats. Outcomes: `unassigned`, `in_none`, `refused`.

    `not_found` is who has no confirmed place in the session. Raises NotFound, WrongState.
    """
    rooms = lock_groups(db, session_id, now)
    people = members_named(db, session_id, person_ids)
    outcomes = []
    for person_id in dict.fromkeys(person_ids):
        person = people.get(person_id)
        if person is None or not person.is_confirmed:
            outcomes.append(_not_there(person_id, person))
        elif person.group_id is None:
            outcomes.append(GroupOutcome(person_id, person.employee_no, "in_none"))
        else:
            outcomes.append(GroupOutcome(person_id, person.employee_no, "unassigned", rooms[person.group_id].name))
    leave_groups(db, session_id, [outcome.person_id for outcome in outcomes if outcome.outcome == "unassigned"])
    return outcomes


def spread(db: DbSession, session_id: int, *, actor: str, now: dt.datetime) -> list[GroupOutcome]:
    """Put everybody who is confirmed and in no group into the groups, evenly; return who went where, by name.

    The emptiest group is filled first and no capacity is passed: who is left over is `refused` with `group_full`.
    Who is in a group stays there. Raises NotFound also when there are no groups, WrongState.
    """
    rooms = lock_groups(db, session_id, now)
    if not rooms:
        raise NotFound(kind="group", why="no_groups")
    people = without_group(db, session_id)
    breakouts = [Breakout(room.id, room.taken, room.capacity) for room in rooms.values()]
    chosen, left = even_out(list(people), breakouts)
    _insert(db, session_id, chosen)
    full = _all_full(rooms, len(chosen)) if left else {}
    placed = [
        GroupOutcome(key, people[key].employee_no, "assigned", rooms[group_id].name) for key, group_id in chosen.items()
    ]
    over = [GroupOutcome(key, people[key].employee_no, "refused", code="group_full", facts=full) for key in left]
    return placed + over


def clear_strays(db: DbSession, session_ids: Collection[int]) -> None:
    """Take out of the groups of locked sessions who has no confirmed seat any more, and who is in a group that went."""
    if session_ids:
        db.execute(STRAYS, {"ids": list(session_ids)})


def require_way_back(db: DbSession, *, session_id: int, person_id: int, group_id: int) -> None:
    """Refuse to put a person back into a group of a locked session that they cannot be in any more.

    Raises Stale when the group or the person's seat is gone, `group_full` when others took the place.
    """
    member = members_named(db, session_id, [person_id]).get(person_id)
    room = lock_rooms(db, session_id).get(group_id)
    if room is None or member is None or not member.is_confirmed:
        raise Stale(why="changed_since")
    if room.is_full:
        raise DeskError("group_full", people=room.taken, capacity=room.capacity, name=room.name)


def _require_new_name(name: str, rooms: Iterable[Room]) -> None:
    if search_key(name) in {search_key(room.name) for room in rooms}:
        raise DeskError("duplicate_ref", kind="group", key=name)


def _require_space(room: Room, capacity: int | None) -> None:
    if capacity is None or capacity >= room.taken:
        return
    facts = {"capacity": capacity, "people": room.taken, "group": room.name}
    way_out = Fix("set_capacity", {"capacity": room.taken})
    raise Refused([Finding("capacity_below_people", field="capacity", fixes=(way_out,), facts=facts)])


def _write_group(db: DbSession, group_id: int, now: dt.datetime, **columns: Any) -> None:
    change = sa.update(GROUPS).where(GROUPS.c.id == group_id)
    db.execute(change.values(**columns, version=GROUPS.c.version + 1, updated_at=now))


def _put(person_id: int, person: Member | None, room: Room, plan: _Plan) -> GroupOutcome:
    """Plan one person's place in a group, if there is one."""
    if person is None or not person.is_confirmed:
        return _not_there(person_id, person)
    if person.group_id == room.id:
        return GroupOutcome(person_id, person.employee_no, "already", room.name)
    if room.is_full:
        facts = {"people": room.taken, "capacity": room.capacity, "name": room.name}
        return GroupOutcome(person_id, person.employee_no, "refused", code="group_full", facts=facts)
    moves = person.group_id is not None
    (plan.moved if moves else plan.new).append(person_id)
    person.group_id = room.id
    room.taken += 1
    return GroupOutcome(person_id, person.employee_no, "moved" if moves else "assigned", room.name)


def _all_full(rooms: Mapping[int, Room], added: int) -> dict[str, Any]:
    """Return the facts of the sentence for who is left over: of all groups together."""
    facts: dict[str, Any] = {
        "people": sum(room.taken for room in rooms.values()) + added,
        "capacity": sum(room.capacity or 0 for room in rooms.values()),
    }
    return facts | {"groups": len(rooms)} if len(rooms) > 1 else facts


def _not_there(person_id: int, person: Member | None) -> GroupOutcome:
    if person is None:
        facts: dict[str, Any] = {"kind": "person", "key": person_id}
        return GroupOutcome(person_id, str(person_id), "refused", code="not_found", facts=facts)
    facts = {"kind": "person", "key": person.employee_no, "why": "not_confirmed"}
    return GroupOutcome(person_id, person.employee_no, "refused", code="not_found", facts=facts)


def _insert(db: DbSession, session_id: int, group_of: Mapping[int, int]) -> None:
    if group_of:
        rows = [
            {"session_id": session_id, "person_id": person_id, "group_id": group_id}
            for person_id, group_id in group_of.items()
        ]
        db.execute(sa.insert(MEMBERS), rows)
