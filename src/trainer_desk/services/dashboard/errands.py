"""What of the checklists is due soon or late, session by session (S12)."""

import datetime as dt
from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from trainer_desk.models import Session, SessionChecklistItem
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.planning.board import load_cards
from trainer_desk.services.rows.checklists import SessionItem
from trainer_desk.services.rows.dashboard import Errands
from trainer_desk.services.rules.preparing import due_on
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.db import Db

SOON = dt.timedelta(days=2)
"""What is due within so many days is told; what is due later has its time."""
NEAR = 28
"""Up to so many days before, what is due can only be of a session in the next weeks: most rows are not looked at."""

INSTANT = Session.__table__.c.starts_at.type
OPEN: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        SessionChecklistItem.id,
        SessionChecklistItem.session_id,
        SessionChecklistItem.words,
        SessionChecklistItem.days_before,
        SessionChecklistItem.item_id,
        Session.starts_at,
    )
    .join(Session, Session.id == SessionChecklistItem.session_id)
    .where(
        Session.status.in_([SessionStatus.DRAFT.value, SessionStatus.SCHEDULED.value]),
        Session.starts_at > sa.bindparam("now", type_=INSTANT),
        Session.deleted_at.is_(None),
        SessionChecklistItem.done_at.is_(None),
        SessionChecklistItem.deleted_at.is_(None),
        sa.or_(
            Session.starts_at < sa.bindparam("near", type_=INSTANT),
            SessionChecklistItem.days_before > NEAR,
        ),
    )
    .order_by(Session.starts_at, Session.id, SessionChecklistItem.place, SessionChecklistItem.id)
)


def open_errands(db: Db, now: dt.datetime, zone: ZoneInfo) -> tuple[Errands, ...]:
    """Return what is to be seen to before coming sessions, due by the day after tomorrow or late; by start.

    `now` is UTC, days are those of `zone`. Before a session that has begun nothing can be seen to any more.
    """
    last = local(now, zone).date() + SOON
    near = now + SOON + dt.timedelta(days=NEAR + 2)
    due: dict[int, list[SessionItem]] = defaultdict(list)
    for row in db.execute(OPEN, {"now": now, "near": near}):
        day = due_on(row.starts_at, row.days_before, zone)
        if day is not None and day <= last:
            item = SessionItem(row.id, row.session_id, row.words, row.days_before, day, None, None, row.item_id is None)
            due[row.session_id].append(item)
    cards = load_cards(db, sorted(due), now=now) if due else {}
    return tuple(Errands(cards[session], tuple(items)) for session, items in due.items())
