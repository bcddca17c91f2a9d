"""Locks in the one order that keeps deadlocks away, and takes a session for a write: current, not in the trash."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Resource, Session
from trainer_desk.services.errors import NotFound, Stale
from trainer_desk.services.journal.history import last_change, of_session
from trainer_desk.services.planning import board
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.store.lists import Among


def _lock(model: type[Session | Resource]) -> sa.Select[int]:
    return sa.select(model.id).where(Among(model.id, "ids")).order_by(model.id).with_for_update(key_share=True)


LOCK_SESSIONS, LOCK_RESOURCES = _lock(Session), _lock(Resource)


def lock_sessions(db: DbSession, session_ids: Collection[int]) -> None:
    """Take the rows of sessions in id order; on SQLite the transaction already holds the whole file."""
    if session_ids:
        db.execute(LOCK_SESSIONS, {"ids": sorted(session_ids)}).all()


def lock_resources(db: DbSession, resource_ids: Collection[int]) -> None:
    """Take the rows of resources in id order, after those of sessions; the order is what keeps deadlocks away."""
    if resource_ids:
        db.execute(LOCK_RESOURCES, {"ids": sorted(resource_ids)}).all()


def lock_session(db: DbSession, session_id: int, *, version: int | None = None) -> SessionCard:
    """Lock a session that is not in the trash and return it as it is now.

    Raises NotFound, or Stale when `version` is given and somebody saved since (U5).
    """
    lock_sessions(db, [session_id])
    card = board.load_card(db, session_id)
    if db.scalar(sa.select(Session.deleted_at).where(Session.id == session_id)) is not None:
        raise NotFound(kind="session", key=card.ref, why="in_trash")
    if version is not None and version != card.version:
        raise stale(db, card)
    return card


def stale(db: DbSession, card: SessionCard) -> Stale:
    """Return the refusal that names who saved last, and when (UTC)."""
    last = last_change(db, of_session(card.id))
    return Stale(ref=card.ref, by=last and last.by, at=last and last.at, version=card.version)


def write_session(db: DbSession, card: SessionCard, now: dt.datetime, **columns: object) -> None:
    """Write columns of a locked session and raise its version by one."""
    statement = (
        sa.update(Session)
        .where(Session.id == card.id, Session.version == card.version)
        .values(**columns, version=card.version + 1, updated_at=now)
    )
    if db.connection().execute(statement).rowcount != 1:
        raise stale(db, card)
