"""Ends holds and offers whose time has come, whenever somebody looks: no server has to be running (K5, K7)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Enrollment, SeatHold, Session
from trainer_desk.models.enums import EnrollmentState, HoldEnd, WithdrawnWhy
from trainer_desk.services.seats.leaving import leave
from trainer_desk.services.seats.scope import Scope
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

ENROLLMENTS, HOLDS = Base.metadata.tables["enrollments"], Base.metadata.tables["seat_holds"]
NOW = sa.bindparam("now", type_=Session.starts_at.type)
OVER_HOLDS = sa.and_(SeatHold.ended_at.is_(None), SeatHold.until_at <= NOW)
OVER_OFFERS = sa.and_(Enrollment.state == EnrollmentState.OFFERED.value, Enrollment.offer_until <= NOW)
LAPSED: sa.CompoundSelect[Any] = sa.union_all(
    sa.select(SeatHold.session_id, SeatHold.seats, sa.null().label("person_id")).where(
        OVER_HOLDS, Among(SeatHold.session_id, "ids")
    ),
    sa.select(Enrollment.session_id, sa.literal(1), Enrollment.person_id).where(
        OVER_OFFERS, Among(Enrollment.session_id, "ids")
    ),
)
DUE = sa.union(sa.select(SeatHold.session_id).where(OVER_HOLDS), sa.select(Enrollment.session_id).where(OVER_OFFERS))

START = sa.select(Session.starts_at).where(Session.id == ENROLLMENTS.c.session_id).scalar_subquery()
SHORTEN = (
    sa.update(ENROLLMENTS)
    .where(
        Among(ENROLLMENTS.c.session_id, "ids"),
        ENROLLMENTS.c.state == EnrollmentState.OFFERED.value,
        ENROLLMENTS.c.offer_until > START,
    )
    .values(offer_until=START, version=ENROLLMENTS.c.version + 1)
)
"""Ends offers with the start of a session that was moved forward since they were made."""


@dataclass(frozen=True, slots=True)
class Lapses:
    """What ended by now: seats by session, and whose offers ended where."""

    seats: Counter[int]
    people: tuple[tuple[int, int], ...]
    """Pairs of session and person."""


def load_lapses(db: Db, scope: Scope, now: dt.datetime) -> Lapses:
    """Return what ended in the sessions of a scope by `now` (UTC) and was not swept yet."""
    ids = [key for key, session in scope.sessions.items() if session.held or session.offered]
    seats: Counter[int] = Counter()
    people = []
    for session_id, count, person_id in db.execute(LAPSED, {"ids": ids, "now": now}) if ids else ():
        seats[session_id] += count
        if person_id is not None:
            people.append((session_id, person_id))
    return Lapses(seats, tuple(people))


def shorten_offers(db: DbSession, scope: Scope, now: dt.datetime) -> None:
    """Let no offer of a scope stand longer than to the start, wherever that was moved to (K5)."""
    ids = [key for key, session in scope.sessions.items() if session.offered]
    if ids:
        db.execute(SHORTEN.values(updated_at=now), {"ids": ids})


def sweep(db: DbSession, lapses: Lapses, *, actor: str, now: dt.datetime) -> None:
    """Give back the seats of what ended; whoever did not answer an offer is out (K5)."""
    if not lapses.seats:
        return
    values = {"ids": sorted(lapses.seats), "now": now}
    ended = {"ended_at": now, "ended_why": HoldEnd.EXPIRED.value, "version": HOLDS.c.version + 1, "updated_at": now}
    db.execute(sa.update(HOLDS).where(OVER_HOLDS, Among(HOLDS.c.session_id, "ids")).values(ended), values)
    if not lapses.people:
        return
    gone = {
        "state": EnrollmentState.WITHDRAWN.value,
        "position": None,
        "offer_until": None,
        "withdrawn_at": now,
        "withdrawn_by": actor,
        "withdrawn_why": WithdrawnWhy.LAPSED.value,
        "version": ENROLLMENTS.c.version + 1,
        "updated_at": now,
    }
    db.execute(sa.update(ENROLLMENTS).where(OVER_OFFERS, Among(ENROLLMENTS.c.session_id, "ids")).values(gone), values)
    for session_id, person_id in lapses.people:
        leave(db, session_id, [person_id], now)


def sessions_due(db: Db, now: dt.datetime) -> list[int]:
    """Return the sessions in which a hold or an offer ended by `now` (UTC) and nobody has looked since."""
    return sorted(db.execute(DUE, {"now": now}).scalars())
