"""A session's breakout groups and how its people stand in them, read and locked in the one order (K10)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Enrollment, GroupMember, Person
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.seats import GroupRow
from trainer_desk.services.seats.scope import lock_scope
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

GROUPS, MEMBERS = Base.metadata.tables["groups"], Base.metadata.tables["group_members"]
CONFIRMED = EnrollmentState.CONFIRMED.value
LIVE = (GROUPS.c.session_id == sa.bindparam("session_id"), GROUPS.c.deleted_at.is_(None))
SESSION_OF = sa.select(GROUPS.c.session_id).where(
    GROUPS.c.id == sa.bindparam("group_id"), GROUPS.c.deleted_at.is_(None)
)
LOCK = (
    sa.select(GROUPS.c.id, GROUPS.c.name, GROUPS.c.capacity, GROUPS.c.members_taken)
    .where(*LIVE)
    .order_by(GROUPS.c.id)
    .with_for_update(key_share=True)
)
IN_GROUPS = (
    sa.select(GROUPS.c.id, GROUPS.c.name, GROUPS.c.capacity, MEMBERS.c.person_id)
    .outerjoin(MEMBERS, MEMBERS.c.group_id == GROUPS.c.id)
    .outerjoin(Person, Person.id == MEMBERS.c.person_id)
    .where(*LIVE)
    .order_by(GROUPS.c.id, Person.sort_name, Person.id)
)
STANDING = (
    sa.select(Person.id, Person.employee_no, Enrollment.state, GroupMember.group_id)
    .outerjoin(
        Enrollment, sa.and_(Enrollment.person_id == Person.id, Enrollment.session_id == sa.bindparam("session_id"))
    )
    .outerjoin(
        GroupMember, sa.and_(GroupMember.person_id == Person.id, GroupMember.session_id == sa.bindparam("session_id"))
    )
)
NAMED = STANDING.where(Among(Person.id, "ids"))
WITHOUT_GROUP = STANDING.where(Enrollment.state == CONFIRMED, GroupMember.group_id.is_(None)).order_by(
    Person.sort_name, Person.id
)


@dataclass(slots=True)
class Room:
    """A locked group; `taken` follows what is planned for it. `capacity` None is unlimited."""

    id: int
    name: str
    capacity: int | None
    taken: int

    @property
    def is_full(self) -> bool:
        """Whether no place is left."""
        return self.capacity is not None and self.taken >= self.capacity


@dataclass(slots=True)
class Member:
    """How a person stands in a session: confirmed or not, and in which group (None: in none)."""

    employee_no: str
    state: str | None
    group_id: int | None

    @property
    def is_confirmed(self) -> bool:
        """Whether the person has a place for certain; only then can there be a group for them."""
        return self.state == CONFIRMED


def load_groups(db: Db, session_id: int) -> list[GroupRow]:
    """Return a session's groups in the order in which they were made, their members by name; one question."""
    names: dict[int, tuple[str, int | None]] = {}
    members: dict[int, list[int]] = {}
    for group_id, name, capacity, person_id in db.execute(IN_GROUPS, {"session_id": session_id}):
        names[group_id] = (name, capacity)
        members.setdefault(group_id, []).extend([] if person_id is None else [person_id])
    return [
        GroupRow(group_id, session_id, name, capacity, tuple(members[group_id]))
        for group_id, (name, capacity) in names.items()
    ]


def lock_groups(db: DbSession, session_id: int, now: dt.datetime) -> dict[int, Room]:
    """Lock a session whose people may still change at `now` (UTC), then its groups; return these by id, in that order.

    Raises NotFound also for the trash, and WrongState.
    """
    lock_scope(db, [session_id], now=now).require(session_id, "group")
    return lock_rooms(db, session_id)


def lock_rooms(db: DbSession, session_id: int) -> dict[int, Room]:
    """Lock the groups of a session that is locked already, and return them by id, in that order."""
    rows = db.execute(LOCK, {"session_id": session_id})
    return {row.id: Room(row.id, row.name, row.capacity, row.members_taken) for row in rows}


def lock_group(db: DbSession, group_id: int, now: dt.datetime) -> tuple[int, dict[int, Room]]:
    """Lock the session of a group and all its groups; return its id and them. Raises NotFound, WrongState."""
    session_id = db.execute(SESSION_OF, {"group_id": group_id}).scalar_one_or_none()
    if session_id is None:
        raise NotFound(kind="group", key=group_id)
    rooms = lock_groups(db, session_id, now)
    if group_id not in rooms:  # removed while we waited for the lock
        raise NotFound(kind="group", key=group_id)
    return int(session_id), rooms


def members_named(db: Db, session_id: int, person_ids: Sequence[int]) -> dict[int, Member]:
    """Return how those people stand in a session who exist, by id."""
    rows = db.execute(NAMED, {"session_id": session_id, "ids": list(person_ids)})
    return {key: Member(number, state, group_id) for key, number, state, group_id in rows}


def without_group(db: Db, session_id: int) -> dict[int, Member]:
    """Return who is confirmed in a session and in none of its groups, by id, in the order of names."""
    rows = db.execute(WITHOUT_GROUP, {"session_id": session_id})
    return {key: Member(number, state, group_id) for key, number, state, group_id in rows}
