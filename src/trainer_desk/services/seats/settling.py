"""Settles queues: what ended is swept, and freed seats go to whoever comes next, in the same transaction (K5, K8).

Called after every change that can free a seat or a person, over everything that the change concerns.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Session, Setting
from trainer_desk.models.enums import SessionStatus, WaitlistMode
from trainer_desk.services.rows.seats import Settled, Skip
from trainer_desk.services.rules import queue
from trainer_desk.services.rules.queue import Fate, Seeker
from trainer_desk.services.seats.lapsing import load_lapses, sessions_due, shorten_offers, sweep
from trainer_desk.services.seats.scope import Scope, lock_scope
from trainer_desk.services.seats.seekers import (
    load_rooms,
    load_seats_elsewhere,
    load_waiting,
    place_of,
    queue_moves,
    zone_of,
)
from trainer_desk.services.seats.writing import Hand, note_skips, promote
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.gate import goes_through_gate, through_gate

STUCK = sa.select(Session.id).where(
    Session.waiting > 0,
    sa.or_(Session.capacity.is_(None), Session.seats_taken < Session.capacity),
    Session.status == SessionStatus.SCHEDULED.value,
    Session.starts_at > sa.bindparam("now", type_=Session.__table__.c.starts_at.type),
    Session.waitlist != WaitlistMode.OFF.value,
    Session.deleted_at.is_(None),
)
OFFER_HOURS = 48
"""How long an offer stands, unless the setting `offer_hours` says otherwise; never longer than to the start."""


def settle(db: DbSession, scope: Scope, *, actor: str, now: dt.datetime) -> Settled:
    """Sweep what ended and promote in a locked scope at `now` (UTC); return who got a seat or an offer, who could not.

    Promotion never happens after the start (K5). Who cannot be seated keeps the place, costs no seat, and the reason
    is recorded. The scope shows afterwards what was written.
    """
    shorten_offers(db, scope, now)
    sweep_lapsed(db, scope, actor=actor, now=now)
    settled, _newcomers = settle_with(db, scope, [], actor=actor, now=now)
    return settled


def sweep_lapsed(db: DbSession, scope: Scope, *, actor: str, now: dt.datetime) -> None:
    """End the holds and offers of a locked scope whose time has come by `now` (UTC); nobody is promoted yet."""
    lapses = load_lapses(db, scope, now)
    if lapses.seats:
        sweep(db, lapses, actor=actor, now=now)
        scope.refresh(db)


def settle_with(
    db: DbSession, scope: Scope, newcomers: Sequence[Seeker], *, actor: str, now: dt.datetime
) -> tuple[Settled, list[Fate]]:
    """Settle a swept scope with newcomers standing behind the waiting; their fates are for the caller to write."""
    fates = look(db, scope, newcomers, now)
    waiting = [fate for fate in fates if fate.seeker.position is not None]
    _write(db, scope, waiting, Hand(actor, now))
    if any(fate.seated for fate in waiting):
        scope.refresh(db)
    return _report(waiting), [fate for fate in fates if fate.seeker.position is None]


def settle_sessions(db: DbSession, session_ids: Sequence[int], *, actor: str, now: dt.datetime) -> Settled:
    """Lock sessions with all that they concern, and settle them (K5)."""
    return settle(db, lock_scope(db, session_ids, now=now), actor=actor, now=now)


def settle_due(db: DbSession, *, actor: str, now: dt.datetime) -> Settled:
    """Settle every session in which a hold or an offer ended and nobody has looked since."""
    if goes_through_gate(db):
        through_gate(db, "settle_due_now")
        return Settled()
    due = sessions_due(db, now)
    return settle_sessions(db, due, actor=actor, now=now) if due else Settled()


def settle_stuck(db: DbSession, *, actor: str, now: dt.datetime) -> Settled:
    """Look again at everybody who waits although a seat is free: what was in the way may have gone (K5).

    For changes of people and courses: an intake is on file, somebody is back, a course no longer blocks.
    """
    stuck = list(db.execute(STUCK, {"now": now}).scalars())
    return settle_sessions(db, stuck, actor=actor, now=now) if stuck else Settled()


def look(
    db: Db, scope: Scope, newcomers: Sequence[Seeker], now: dt.datetime, *, swept_at: dt.datetime | None = None
) -> list[Fate]:
    """Return what would become at `now` (UTC) of all who wait where queues move, and of newcomers; nothing is written.

    Offers elsewhere that ended by `swept_at` (otherwise by `now`) keep nobody busy.
    """
    moving = [key for key, session in scope.sessions.items() if session.waiting and queue_moves(session, now)]
    seekers = [*load_waiting(db, moving), *newcomers]
    if not seekers:
        return []
    concerned = [scope.sessions[key] for key in {seeker.session_id for seeker in seekers}]
    people = {seeker.sitter.person_id for seeker in seekers}
    zone = zone_of(db, concerned)
    return queue.settle(
        [place_of(session, zone) for session in concerned],
        seekers,
        load_seats_elsewhere(db, [session.occasion for session in concerned], people, swept_at or now, scope.known),
        load_rooms(db, scope, people),
    )


def _write(db: DbSession, scope: Scope, fates: Sequence[Fate], hand: Hand) -> None:
    chosen: dict[int, list[int]] = defaultdict(list)
    skips = {}
    for fate in fates:
        seeker = fate.seeker
        if fate.seated:
            chosen[seeker.session_id].append(seeker.sitter.person_id)
        elif fate.skip != seeker.skip:
            skips[seeker.session_id, seeker.sitter.person_id] = fate.skip
    for session_id, people in chosen.items():
        session = scope.sessions[session_id]
        until = None
        if session.waitlist is WaitlistMode.OFFER:
            until = _offer_end(db, hand.now, session.occasion.starts_at)
        promote(db, session_id, people, hand, offer_until=until)
    note_skips(db, skips)


def _offer_end(db: Db, now: dt.datetime, starts_at: dt.datetime | None) -> dt.datetime:
    stored = db.execute(sa.select(Setting.value).where(Setting.key == "offer_hours")).scalar()
    ends = now + dt.timedelta(hours=int(stored or OFFER_HOURS))
    return ends if starts_at is None else min(ends, starts_at)


def _report(fates: Sequence[Fate]) -> Settled:
    promoted: dict[int, tuple[str, ...]] = {}
    skipped: dict[int, tuple[Skip, ...]] = {}
    for fate in fates:
        session_id, sitter, reason = fate.seeker.session_id, fate.seeker.sitter, fate.reason
        if fate.seated:
            promoted[session_id] = (*promoted.get(session_id, ()), sitter.employee_no)
        elif reason is not None:
            skip = Skip(sitter.person_id, sitter.employee_no, reason)
            skipped[session_id] = (*skipped.get(session_id, ()), skip)
    return Settled(promoted, skipped)


def merged(first: Settled, second: Settled) -> Settled:
    """Return two reports of one change as one; the later look at a waiter counts."""
    promoted: dict[int, tuple[str, ...]] = dict(first.promoted)
    for session_id, numbers in second.promoted.items():
        promoted[session_id] = (*promoted.get(session_id, ()), *numbers)
    skipped: Mapping[int, tuple[Skip, ...]] = {**first.skipped, **second.skipped}
    return Settled(promoted, skipped)
