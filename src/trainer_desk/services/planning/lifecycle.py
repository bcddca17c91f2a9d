"""Moves a session back or out: unpublish, cancel and reinstate; every enrollment stays where it is (S4)."""

import datetime as dt

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.errors import BadValue
from trainer_desk.services.planning import claims
from trainer_desk.services.planning.locking import lock_session, write_session
from trainer_desk.services.rules.names import LINE_LIMIT, clean_text
from trainer_desk.services.rules.transitions import require


def unpublish(db: DbSession, session_id: int, *, actor: str, now: dt.datetime, version: int | None = None) -> None:
    """Make a scheduled session a draft again and free its resources. Raises WrongState, Stale, NotFound."""
    _move(db, session_id, "unpublish", now, version)


def reinstate(db: DbSession, session_id: int, *, actor: str, now: dt.datetime, version: int | None = None) -> None:
    """Make a cancelled session a draft again. Raises WrongState, Stale, NotFound."""
    _move(db, session_id, "reinstate", now, version, cancel_reason=None)


def cancel(
    db: DbSession,
    session_id: int,
    reason: str,
    *,
    actor: str,
    now: dt.datetime,
    version: int | None = None,
) -> None:
    """Cancel a session for a reason that is kept, and free its resources.

    Raises BadValue without a reason, WrongState, Stale, NotFound.
    """
    words = clean_text(reason, field="reason", limit=LINE_LIMIT)
    if not words:
        raise BadValue(field="reason", value=reason, why="missing")
    _move(db, session_id, "cancel", now, version, cancel_reason=words)


def _move(
    db: DbSession,
    session_id: int,
    verb: str,
    now: dt.datetime,
    version: int | None,
    **columns: object,
) -> None:
    card = lock_session(db, session_id, version=version)
    move = require(verb, card.status, ref=card.ref)
    claims.drop(db, [session_id])
    write_session(db, card, now, status=move.target.value, **columns)
