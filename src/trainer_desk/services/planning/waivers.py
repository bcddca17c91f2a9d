"""Accepts a soft finding of a session for a reason, and takes that back; the facts it was given for are kept (S9)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Waiver
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.planning import board
from trainer_desk.services.planning.locking import lock_session
from trainer_desk.services.planning.publishing import session_findings
from trainer_desk.services.planning.waiver_rows import waivers_of
from trainer_desk.services.rows.schedule import WaiverRow
from trainer_desk.services.rules.names import LINE_LIMIT, clean_text
from trainer_desk.services.rules.waiving import finding_id, headcount, is_waivable


def waive(
    db: DbSession, session_id: int, code: str, subject: str | None, reason: str, *, actor: str, now: dt.datetime
) -> WaiverRow:
    """Accept a finding that the session has at `now` (UTC); an older waiver of it ends.

    Raises NotFound when the session is not there or has no such finding, BadValue when the finding refuses (only soft
    ones can be waived) and without a reason.
    """
    ref = lock_session(db, session_id).ref
    same = [
        finding
        for finding in session_findings(db, session_id, now=now)
        if (finding.code, finding.subject or "") == (code, subject or "")
    ]
    if not same:
        raise NotFound(kind="finding", key=finding_id(ref, code, subject), session=ref, why="no_finding")
    if not all(is_waivable(finding) for finding in same):
        raise BadValue(field="finding", value=code, why="cannot_be_waived")
    words = clean_text(reason, field="reason", limit=LINE_LIMIT)
    if not words:
        raise BadValue(field="reason", value=reason, why="missing")
    _end(db, session_id, code, subject, now)
    return _insert(db, session_id, code, subject, words, actor, now)


def take_back(db: DbSession, session_id: int, code: str, subject: str | None, *, actor: str, now: dt.datetime) -> None:
    """End the waiver of a finding, so that it counts again. Raises NotFound where there is none."""
    ref = lock_session(db, session_id).ref
    if not _end(db, session_id, code, subject, now):
        raise NotFound(kind="waiver", key=finding_id(ref, code, subject), session=ref, why="not_waived")


def _end(db: DbSession, session_id: int, code: str, subject: str | None, now: dt.datetime) -> int:
    ended = (
        sa.update(Waiver)
        .where(
            Waiver.session_id == session_id,
            Waiver.code == code,
            Waiver.subject == (subject or ""),
            Waiver.ended_at.is_(None),
        )
        .values(ended_at=now, version=Waiver.version + 1, updated_at=now)
    )
    return db.connection().execute(ended).rowcount


def _insert(
    db: DbSession, session_id: int, code: str, subject: str | None, reason: str, actor: str, now: dt.datetime
) -> WaiverRow:
    card = board.load_card(db, session_id, now=now)
    row = {
        "session_id": session_id,
        "code": code,
        "subject": subject or "",
        "reason": reason,
        "starts_at": card.starts_at,
        "ends_at": card.ends_at,
        "trainer_id": card.trainer_id,
        "venue_id": card.venue_id,
        "headcount": headcount(card, code),
        "waived_at": now,
        "waived_by": actor,
        "created_at": now,
        "updated_at": now,
    }
    db.execute(sa.insert(Waiver).values(**row))
    return waivers_of(db, session_id)[-1]
