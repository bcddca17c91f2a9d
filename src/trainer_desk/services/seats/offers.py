"""Answers to an offered seat: taken, or given to whoever comes next (K5)."""

import datetime as dt

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import EnrollmentState, WithdrawnWhy
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.seats import Settled
from trainer_desk.services.seats.enrolling import number_of
from trainer_desk.services.seats.scope import Scope, lock_scope
from trainer_desk.services.seats.settling import settle, sweep_lapsed
from trainer_desk.services.seats.writing import Hand, confirm, standings, take_out


def accept_offer(db: DbSession, session_id: int, person_id: int, *, actor: str, now: dt.datetime) -> Settled:
    """Take an offered seat. Raises NotFound when there is no offer, or it ended by `now` (UTC); WrongState."""
    scope = lock_scope(db, [session_id], people=[person_id], now=now)
    settled = settle(db, scope, actor=actor, now=now)  # what ended first: an offer that came too late is none
    _require_offer(db, scope, session_id, person_id, "accept_offer")
    confirm(db, session_id, [person_id], Hand(actor, now))
    return settled


def decline_offer(db: DbSession, session_id: int, person_id: int, *, actor: str, now: dt.datetime) -> Settled:
    """Give an offered seat back; it is offered to whoever comes next. Raises as `accept_offer`."""
    scope = lock_scope(db, [session_id], people=[person_id], freed=[person_id], now=now)
    sweep_lapsed(db, scope, actor=actor, now=now)
    _require_offer(db, scope, session_id, person_id, "decline_offer")
    take_out(db, session_id, [person_id], Hand(actor, now), why=WithdrawnWhy.DECLINED)
    scope.refresh(db)
    return settle(db, scope, actor=actor, now=now)


def _require_offer(db: DbSession, scope: Scope, session_id: int, person_id: int, verb: str) -> None:
    session = scope.require(session_id, verb)
    state = standings(db, session_id, [person_id])[person_id]
    if state is not EnrollmentState.OFFERED:
        raise NotFound(kind="offer", key=number_of(db, person_id), session=session.occasion.ref, why="no_offer")
