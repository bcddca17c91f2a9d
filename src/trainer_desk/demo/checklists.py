"""Gives the invented sessions the checklists of their courses, with most of what is due already seen to."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import ChecklistItem, Course, Session, SessionChecklistItem
from trainer_desk.models.enums import SessionStatus

LISTS = {
    "LOTO": (("Reserve the training locks", 5), ("Tell the shift lead which machines stand still", 1)),
    "WAH": (("Inspect the harnesses", 3), ("Ask for the weather at the tower", 0)),
    "FIRE": (("Fill the extinguishers", 2), ("Book the fire ground", 10)),
}
"""What courses need before each session and how many days before, by code, beside the list that the catalogue has."""
AHEAD = dt.timedelta(days=35)
LEFT = 3
"""Every third item that is due is still open."""


def make_checklists(db: DbSession, now: dt.datetime) -> None:
    """Give these courses their checklists."""
    ids = {row.code: row.id for row in db.execute(sa.select(Course.code, Course.id))}
    rows = [
        {
            "course_id": ids[code],
            "place": place,
            "words": words,
            "days_before": days,
            "created_at": now,
            "updated_at": now,
        }
        for code, items in LISTS.items()
        if code in ids
        for place, (words, days) in enumerate(items, 1)
    ]
    db.execute(sa.insert(ChecklistItem), rows)


def prepare_sessions(db: DbSession, now: dt.datetime, *, actor: str) -> None:
    """Copy the checklists to the sessions of the weeks around `now` (UTC), and tick what was due, but for a few."""
    found = db.execute(
        sa.select(
            Session.id, Session.starts_at, Session.status, ChecklistItem.id.label("item_id"), ChecklistItem.place,
            ChecklistItem.words, ChecklistItem.days_before,
        )
        .join(ChecklistItem, ChecklistItem.course_id == Session.course_id)
        .where(sa.or_(Session.starts_at.is_(None), Session.starts_at.between(now - AHEAD, now + AHEAD)))
        .order_by(Session.id, ChecklistItem.place)
    ).all()  # fmt: skip
    rows = []
    for number, row in enumerate(found):
        is_due = row.starts_at is not None and row.starts_at - dt.timedelta(days=row.days_before) < now
        is_done = row.status == SessionStatus.COMPLETED.value or (is_due and number % LEFT > 0)
        rows.append(
            {
                "session_id": row.id,
                "item_id": row.item_id,
                "place": row.place,
                "words": row.words,
                "days_before": row.days_before,
                "done_at": now - dt.timedelta(days=1) if is_done else None,
                "done_by": actor if is_done else None,
                "created_at": now,
                "updated_at": now,
            }
        )
    if rows:
        db.execute(sa.insert(SessionChecklistItem), rows)
