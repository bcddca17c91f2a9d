"""Takes people who leave a session out of its groups and out of the room (K9, K10)."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.models.enums import PresenceEnd
from trainer_desk.services.store.lists import Among

MEMBERS, PRESENCES = Base.metadata.tables["group_members"], Base.metadata.tables["presences"]
OUT_OF_GROUPS = sa.delete(MEMBERS).where(
    MEMBERS.c.session_id == sa.bindparam("session_id"), Among(MEMBERS.c.person_id, "people")
)
OUT_OF_ROOM = sa.update(PRESENCES).where(
    PRESENCES.c.session_id == sa.bindparam("of_session"),
    Among(PRESENCES.c.person_id, "people"),
    PRESENCES.c.ended_at.is_(None),
)


def leave_room(db: DbSession, session_id: int, now: dt.datetime, why: PresenceEnd = PresenceEnd.WITHDRAWN) -> None:
    """End every presence in a session that is not held after all, or that is over."""
    here = PRESENCES.c.session_id == session_id
    db.execute(sa.update(PRESENCES).where(here, PRESENCES.c.ended_at.is_(None)).values(_ended(now, why)))


def leave(db: DbSession, session_id: int, people: Collection[int], now: dt.datetime) -> None:
    """Take people out of the groups of a session and end their presence there."""
    if not people:
        return
    leave_groups(db, session_id, people)
    db.execute(OUT_OF_ROOM.values(_ended(now)), {"of_session": session_id, "people": sorted(people)})


def leave_groups(db: DbSession, session_id: int, people: Collection[int]) -> None:
    """Take people out of the groups of a locked session."""
    if people:
        db.execute(OUT_OF_GROUPS, {"session_id": session_id, "people": sorted(people)})


def _ended(now: dt.datetime, why: PresenceEnd = PresenceEnd.WITHDRAWN) -> dict[str, object]:
    return {
        "ended_at": now,
        "ended_why": why.value,
        "version": PRESENCES.c.version + 1,
        "updated_at": now,
    }
