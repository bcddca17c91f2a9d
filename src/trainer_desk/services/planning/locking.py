"""Takes one session for a write: locked, current, in a state that allows it."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Change, ChangeRow, Session
from trainer_desk.services.errors import NotFound, Stale
from trainer_desk.services.planning import board, claims
from trainer_desk.services.rows.schedule import SessionCard

LAST_WRITER = (
    sa.select(Change.actor, Change.at)
    .join(ChangeRow, ChangeRow.change_id == Change.id)
    .where(
        sa.or_(
            sa.and_(ChangeRow.tbl == "sessions", ChangeRow.pk == sa.bindparam("key")),
            sa.and_(ChangeRow.tbl == "session_resources", ChangeRow.pk.like(sa.bindparam("links"))),
        )
    )
    .order_by(ChangeRow.id.desc())
    .limit(1)
)


def lock_session(db: DbSession, session_id: int, *, version: int | None = None) -> SessionCard:
    """Lock a session that is not in the trash and return it as it is now.

    Raises NotFound, or Stale when `version` is given and somebody saved since (U5).
    """
    claims.lock_sessions(db, [session_id])
    card = board.load_card(db, session_id)
    if db.scalar(sa.select(Session.deleted_at).where(Session.id == session_id)) is not None:
        raise NotFound(kind="session", key=card.ref, why="in_trash")
    if version is not None and version != card.version:
        raise stale(db, card)
    return card


def stale(db: DbSession, card: SessionCard) -> Stale:
    """Return the refusal that names who saved last, and when (UTC)."""
    last = db.execute(LAST_WRITER, {"key": str(card.id), "links": f"{card.id},%"}).one_or_none()
    by, at = (last.actor, last.at) if last else (None, None)
    return Stale(ref=card.ref, by=by, at=at, version=card.version)


def write_session(db: DbSession, card: SessionCard, now: dt.datetime, **columns: object) -> None:
    """Write columns of a locked session and raise its version by one."""
    statement = (
        sa.update(Session)
        .where(Session.id == card.id, Session.version == card.version)
        .values(**columns, version=card.version + 1, updated_at=now)
    )
    if db.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        raise stale(db, card)
