"""Marks everybody who is not marked yet as no-show, when a session is completed (S5)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Enrollment
from trainer_desk.models.enums import Attendance, EnrollmentState


def mark_rest_no_show(db: DbSession, session_id: int, *, actor: str, now: dt.datetime) -> None:
    """Mark the confirmed people of a locked session who have no mark; a mark that is there stays as it is."""
    unmarked = sa.and_(
        Enrollment.session_id == session_id,
        Enrollment.state == EnrollmentState.CONFIRMED.value,
        Enrollment.attendance == Attendance.REGISTERED.value,
    )
    marked = {"attendance": Attendance.NO_SHOW.value, "marked_at": now, "marked_by": actor}
    db.execute(sa.update(Enrollment).where(unmarked).values(marked | _newer(now)))


def _newer(now: dt.datetime) -> dict[str, object]:
    return {"version": Enrollment.version + 1, "updated_at": now}
