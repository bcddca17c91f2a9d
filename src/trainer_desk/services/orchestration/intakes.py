"""Records an intake and takes it back, and looks again at every queue in which that person waits (K5, K12)."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Intake
from trainer_desk.services.people import intakes
from trainer_desk.services.rows.seats import Settled
from trainer_desk.services.seats.scope import Scope, lock_scope
from trainer_desk.services.seats.settling import settle


def record_intake(
    db: DbSession, person_id: int, held_on: dt.date, note: str | None = None, *, actor: str, now: dt.datetime
) -> tuple[int, Settled]:
    """Put an intake on file; return its id and what came of the queues. Raises as `people.intakes.record_intake`."""
    ids, settled = record_intakes(db, [person_id], held_on, note, actor=actor, now=now)
    return ids[0], settled


def record_intakes(
    db: DbSession,
    person_ids: Collection[int],
    held_on: dt.date,
    note: str | None = None,
    *,
    actor: str,
    now: dt.datetime,
) -> tuple[list[int], Settled]:
    """Put an intake of each of these people on file, of one day; otherwise as `record_intake`."""
    scope = _lock(db, person_ids, now)
    ids = [intakes.record_intake(db, person, held_on, note, actor=actor, now=now) for person in person_ids]
    return ids, settle(db, scope, actor=actor, now=now)


def take_back_intake(db: DbSession, intake_id: int, *, actor: str, now: dt.datetime) -> Settled:
    """Take an intake off the file; a seat that was given stays, a waiter is passed over. Raises NotFound."""
    person_id = db.execute(sa.select(Intake.person_id).where(Intake.id == intake_id)).scalar_one_or_none()
    scope = _lock(db, [person_id or 0], now)
    intakes.take_back_intake(db, intake_id, actor=actor, now=now)
    return settle(db, scope, actor=actor, now=now)


def _lock(db: DbSession, person_ids: Collection[int], now: dt.datetime) -> Scope:
    """Lock the sessions in which people wait before the people, as everybody does."""
    return lock_scope(db, [], people=person_ids, freed=person_ids, now=now)
