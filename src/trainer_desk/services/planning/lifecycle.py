"""Moves a session on, back or out, with its claims; every enrollment stays where it is (S4).

Publishing, which has more to check, stands in `planning.publishing`.
"""

import datetime as dt

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.errors import BadValue
from trainer_desk.services.findings import Finding
from trainer_desk.services.planning import claims
from trainer_desk.services.planning.checking import secure
from trainer_desk.services.planning.locking import lock_session, write_session
from trainer_desk.services.rules.names import LINE_LIMIT, clean_text
from trainer_desk.services.rules.transitions import require


def unpublish(db: DbSession, session_id: int, *, actor: str, now: dt.datetime, version: int | None = None) -> None:
    """Make a scheduled session a draft again and free its resources. Raises WrongState, Stale, NotFound."""
    _move(db, session_id, "unpublish", now, version)


def reinstate(db: DbSession, session_id: int, *, actor: str, now: dt.datetime, version: int | None = None) -> None:
    """Make a cancelled session a draft again, which has not begun. Raises WrongState, Stale, NotFound."""
    _move(db, session_id, "reinstate", now, version, cancel_reason=None, began_at=None)


def start(db: DbSession, session_id: int, *, actor: str, now: dt.datetime, version: int | None = None) -> None:
    """Let a scheduled session begin at `now` (UTC), early or late; it keeps what it claims.

    Raises WrongState, Stale, NotFound.
    """
    card = lock_session(db, session_id, version=version)
    move = require("start", card.status, ref=card.ref)
    write_session(db, card, now, status=move.target.value, began_at=now)


def complete(db: DbSession, session_id: int, *, actor: str, now: dt.datetime, version: int | None = None) -> None:
    """End a session that runs, or one whose end has passed by `now` (UTC), and free its resources.

    Raises WrongState, also for a scheduled session that is not over yet (fact `ends_at`), Stale, NotFound.
    """
    card = lock_session(db, session_id, version=version)
    move = require("complete", card.status, ref=card.ref, ends_at=card.ends_at, now=now)
    claims.drop(db, [session_id])
    write_session(db, card, now, status=move.target.value, finished_at=now)


def reopen(
    db: DbSession, session_id: int, *, actor: str, now: dt.datetime, version: int | None = None
) -> tuple[Finding, ...]:
    """Let a completed session run again and take its resources again; return the orange findings (S6).

    Raises Refused with all problems, for instance when its room was given away, WrongState, Stale, NotFound.
    """
    card = lock_session(db, session_id, version=version)
    move = require("reopen", card.status, ref=card.ref)
    found = secure(db, card, now)
    write_session(db, card, now, status=move.target.value, finished_at=None)
    return tuple(found)


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
