"""Schedules a draft: every problem is named together, or the session and its claims stand (S2, C2)."""

import datetime as dt

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.directory import load_directory
from trainer_desk.services.findings import Finding
from trainer_desk.services.planning import board
from trainer_desk.services.planning.checking import Question, hints, secure
from trainer_desk.services.planning.locking import lock_session, write_session
from trainer_desk.services.rules.transitions import require
from trainer_desk.services.store.db import Db


def publish(
    db: DbSession, session_id: int, *, actor: str, now: dt.datetime, version: int | None = None
) -> tuple[Finding, ...]:
    """Move a draft to SCHEDULED and take its resources; return the orange findings (S2).

    Locks are taken in one order everywhere: the session, then its resources by id. Raises Refused with all
    problems, WrongState when it is no draft, Stale for an old `version`, NotFound.
    """
    card = lock_session(db, session_id, version=version)
    move = require("publish", card.status, ref=card.ref)
    found = secure(db, card, now)
    write_session(db, card, now, status=move.target.value)
    return tuple(found)


def session_findings(db: Db, session_id: int, *, now: dt.datetime) -> tuple[Finding, ...]:
    """Return what the session's panel says about it now (UTC); hints only while it is a draft. Raises NotFound."""
    card = board.load_card(db, session_id, now=now)
    directory = load_directory(db, course_ids=[card.course_id])
    return hints(db, Question(card, directory, now))
