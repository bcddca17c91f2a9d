"""Writes presences: opened, ended, swept, kept alive; one open presence per person, wherever it is (K9)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession
from sqlalchemy.orm import aliased

from trainer_desk.models import Base, ChangeRow, Enrollment, Presence, Resource, Session, Setting, Venue
from trainer_desk.models.enums import EnrollmentState, PresenceEnd, VenueKind
from trainer_desk.services.rules.occupancy import is_alive, lapses_at, presence_seconds
from trainer_desk.services.seats.writing import Hand
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.gate import goes_through_gate, through_gate
from trainer_desk.services.store.lists import Among

PRESENCES = Base.metadata.tables["presences"]
NOW = sa.bindparam("now", type_=Session.starts_at.type)
USUAL = (
    sa.select(sa.cast(sa.func.nullif(Setting.value, ""), sa.Integer))
    .where(Setting.key == "presence_seconds")
    .scalar_subquery()
    .label("usual")
)
"""How long a presence in a virtual room lives where its venue says nothing, if the organisation says so (K9)."""
ROOM = (
    sa.select(Venue.id, Resource.code, Resource.name, Venue.kind, Venue.presence_seconds, USUAL)
    .join(Resource, Resource.id == Venue.id)
    .join(Session, Session.venue_id == Venue.id)
    .where(Session.id == sa.bindparam("session_id"))
)
LOCK_ROOMS = sa.select(Resource.id).where(Among(Resource.id, "ids")).order_by(Resource.id)
LOCK_ROOMS = LOCK_ROOMS.with_for_update(key_share=True)
STAY = sa.select(Presence.id, Presence.session_id, Presence.venue_id, Presence.lapses_at).where(
    Presence.person_id == sa.bindparam("person_id"), Presence.ended_at.is_(None)
)
VISITS = (
    sa.select(Presence.id, Presence.venue_id, Presence.entered_at, Presence.ended_at)
    .where(Presence.session_id == sa.bindparam("session_id"), Presence.person_id == sa.bindparam("person_id"))
    .order_by(Presence.id)
)
ENTRY = aliased(ChangeRow)
SEAT_IMAGES = (
    sa.select(ChangeRow.before, ChangeRow.after)
    .join(ENTRY, ENTRY.change_id == ChangeRow.change_id)
    .join(Enrollment, sa.cast(Enrollment.id, sa.Text) == ChangeRow.pk)
    .where(
        ENTRY.tbl == "presences",
        ENTRY.pk == sa.bindparam("presence"),
        ENTRY.before.is_(None),
        ChangeRow.tbl == "enrollments",
        Enrollment.session_id == sa.bindparam("session_id"),
        Enrollment.person_id == sa.bindparam("person_id"),
    )
    .order_by(ChangeRow.id)
    .limit(1)
)
CLOSE = sa.update(PRESENCES).where(PRESENCES.c.ended_at.is_(None)).values(version=PRESENCES.c.version + 1)
END = CLOSE.where(PRESENCES.c.id == sa.bindparam("of_presence"))
SWEEP = CLOSE.where(PRESENCES.c.venue_id == sa.bindparam("of_venue"), PRESENCES.c.lapses_at <= NOW)
SWEEP = SWEEP.values(ended_at=PRESENCES.c.lapses_at, ended_why=PresenceEnd.LOST.value)
ALIVE = (
    sa.select(Presence.id, Venue.kind, Venue.presence_seconds, USUAL)
    .join(Venue, Venue.id == Presence.venue_id)
    .where(Among(Presence.id, "ids"), Presence.ended_at.is_(None), Presence.lapses_at > NOW)
)
SIGN = sa.update(PRESENCES).where(Among(PRESENCES.c.id, "ids"), PRESENCES.c.ended_at.is_(None))


@dataclass(frozen=True, slots=True)
class Room:
    """The venue of a session; `seconds` is how long a presence in it lives without a sign (None: for ever)."""

    id: int
    code: str
    name: str
    seconds: int | None


@dataclass(frozen=True, slots=True)
class Stay:
    """The open presence of somebody, in this session or in another one; `lapses_at` is UTC."""

    id: int
    session_id: int
    venue_id: int
    lapses_at: dt.datetime | None

    def is_in(self, session_id: int, room: Room, now: dt.datetime) -> bool:
        """Whether it is one of this session in this room, and not overdue at `now` (UTC)."""
        is_here = (self.session_id, self.venue_id) == (session_id, room.id)
        return is_here and is_alive(self.lapses_at, now)


@dataclass(frozen=True, slots=True)
class Visit:
    """One coming and going of a person (UTC); `left_at` is None while they are in the room."""

    id: int
    venue_id: int
    entered_at: dt.datetime
    left_at: dt.datetime | None


def room_of(db: Db, session_id: int) -> Room:
    """Return the venue of a session that has one."""
    row = db.execute(ROOM, {"session_id": session_id}).one()
    return Room(row.id, row.code, row.name, presence_seconds(VenueKind(row.kind), row.presence_seconds, row.usual))


def lock_rooms(db: DbSession, venue_ids: Collection[int]) -> None:
    """Take the rows of venues in id order, after those of sessions and people; SQLite holds the whole file already."""
    db.execute(LOCK_ROOMS, {"ids": sorted(venue_ids)}).all()


def sweep_room(db: DbSession, venue_id: int, now: dt.datetime) -> None:
    """End the presences of a venue whose sign of life is overdue, at the instant at which it was due (K9)."""
    db.execute(SWEEP.values(updated_at=NOW), {"of_venue": venue_id, "now": now})


def stay_of(db: Db, person_id: int) -> Stay | None:
    """Return the open presence of a person, overdue or not."""
    row = db.execute(STAY, {"person_id": person_id}).one_or_none()
    return None if row is None else Stay(*row)


def visits_of(db: Db, session_id: int, person_id: int) -> list[Visit]:
    """Return how often a person came to a session, the first visit first."""
    return [Visit(*row) for row in db.execute(VISITS, {"session_id": session_id, "person_id": person_id})]


def is_walk_in(db: Db, session_id: int, person_id: int, first: Visit) -> bool:
    """Whether the change that let a person in for the first time gave them their seat, too, says the journal."""
    row = db.execute(SEAT_IMAGES, {"presence": str(first.id), "session_id": session_id, "person_id": person_id}).first()
    if row is None:
        return False
    states = tuple(None if image is None else image["state"] for image in row)
    return states != (EnrollmentState.OFFERED, EnrollmentState.CONFIRMED)  # which is only an accepted offer


def enter(db: DbSession, session_id: int, person_id: int, room: Room, hand: Hand) -> None:
    """Open a presence of somebody who has no other one."""
    row = {
        "session_id": session_id,
        "venue_id": room.id,
        "person_id": person_id,
        "entered_at": hand.now,
        "entered_by": hand.actor,
        "lapses_at": lapses_at(hand.now, room.seconds),
        "created_at": hand.now,
        "updated_at": hand.now,
    }
    db.execute(sa.insert(PRESENCES), row)


def end(db: DbSession, stay: Stay, now: dt.datetime) -> bool:
    """End a presence at `now`, or as lost when its sign of life is overdue; returns whether the person walked out."""
    alive = is_alive(stay.lapses_at, now)
    ended = {
        "ended_at": now if alive else stay.lapses_at,
        "ended_why": (PresenceEnd.OUT if alive else PresenceEnd.LOST).value,
        "updated_at": now,
    }
    done = cast("sa.CursorResult[object]", db.execute(END.values(ended), {"of_presence": stay.id}))
    return alive and done.rowcount == 1


def keep_alive(db: DbSession, presence_ids: Collection[int], *, now: dt.datetime, actor: str = "") -> tuple[int, ...]:
    """Write down a sign of life of presences and return those that are still there; what is over stays so (K9).

    For `Store.signal`: nothing of it is kept in the journal.
    """
    if goes_through_gate(db):
        return tuple(through_gate(db, "keep_alive", list(presence_ids)))
    alive: dict[int, list[int]] = {}
    for key, kind, own, usual in db.execute(ALIVE, {"ids": sorted(presence_ids), "now": now}) if presence_ids else ():
        seconds = presence_seconds(VenueKind(kind), own, usual)
        if seconds is not None:
            alive.setdefault(seconds, []).append(key)
    for seconds, ids in alive.items():
        db.execute(SIGN.values(lapses_at=lapses_at(now, seconds)), {"ids": sorted(ids)})
    return tuple(sorted(key for ids in alive.values() for key in ids))
