"""Reads the waivers that nobody took back, session by session; whether one still holds is told by `rules.waiving`."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Session, Waiver
from trainer_desk.services.rows.schedule import WaiverRow
from trainer_desk.services.store.db import Db

COLUMNS = (
    Waiver.id,
    Waiver.session_id,
    Waiver.code,
    Waiver.subject,
    Waiver.reason,
    Waiver.waived_by,
    Waiver.waived_at,
    Waiver.starts_at,
    Waiver.ends_at,
    Waiver.trainer_id,
    Waiver.venue_id,
    Waiver.headcount,
)
"""What a WaiverRow holds, in that order."""

STANDING: sa.Select[*tuple[Any, ...]] = sa.select(*COLUMNS).where(Waiver.ended_at.is_(None)).order_by(Waiver.id)
OF_SESSION = STANDING.where(Waiver.session_id == sa.bindparam("session_id"))


def waivers_of(db: Db, session_id: int) -> tuple[WaiverRow, ...]:
    """Return the waivers of one session, the oldest first."""
    return tuple(WaiverRow(*row) for row in db.execute(OF_SESSION, {"session_id": session_id}))


def of_sessions(condition: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    """Return the question for the waivers of the sessions that a condition on them names."""
    return STANDING.join(Session, Session.id == Waiver.session_id).where(condition)


def by_session(
    db: Db, question: sa.Select[*tuple[Any, ...]], values: Mapping[str, Any]
) -> dict[int, tuple[WaiverRow, ...]]:
    """Return the answer to `of_sessions`, by the id of the session."""
    found: dict[int, list[WaiverRow]] = defaultdict(list)
    for row in db.execute(question, values):
        found[row.session_id].append(WaiverRow(*row))
    return {session_id: tuple(rows) for session_id, rows in found.items()}
