"""Undo of marks: which changes are nothing but attendance, and what must hold once they are taken back (A3, V4)."""

from collections.abc import Iterable

from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus
from trainer_desk.services.attendance.unmarked import list_unmarked
from trainer_desk.services.errors import Stale
from trainer_desk.services.journal.images import NetRow, net_rows
from trainer_desk.services.planning.board import load_cards
from trainer_desk.services.store.db import Db

MARK_COLUMNS = frozenset({"attendance", "remarks", "result", "score", "marked_at", "marked_by"})
FOLLOWING = frozenset({"certificates"})
"""Tables that follow from marks by themselves."""


def is_attendance(db: Db, change_id: int) -> bool:
    """Whether a change only marked people, or gave walk-ins a seat: what a trainer does, and may take back."""
    rows = [row for row in net_rows(db, change_id) if row.table not in FOLLOWING]
    return bool(rows) and all(row.table == "enrollments" and (_is_mark(row) or _is_walk_in(row)) for row in rows)


def require_marked(db: Db, rows: Iterable[NetRow]) -> None:
    """Once rows were put back, refuse that somebody is unmarked in a completed session (S5).

    Raises Stale when that session was completed since.
    """
    marked = [row for row in rows if row.table == "enrollments" and (_is_mark(row) or _is_walk_in(row))]
    sessions = {int((row.after or row.before or {})["session_id"]) for row in marked}
    for card in load_cards(db, sessions).values() if sessions else ():
        if card.status is SessionStatus.COMPLETED and list_unmarked(db, card.id):
            raise Stale(why="completed_since", ref=card.ref)


def _is_mark(row: NetRow) -> bool:
    return bool(row.columns) and MARK_COLUMNS.issuperset(row.columns)


def _is_walk_in(row: NetRow) -> bool:
    """Whether a seat was given and marked as attended in one change, or the other way round."""
    images = [row.before or {}, row.after or {}]
    seated = [image.get("state") == EnrollmentState.CONFIRMED for image in images]
    here = [image.get("attendance") == Attendance.ATTENDED for image in images]
    return seated[0] != seated[1] and any(one and other for one, other in zip(seated, here, strict=True))
