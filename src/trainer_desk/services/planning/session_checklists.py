"""What is to be seen to before one session: copied from its course, ticked, added to and taken from (S12)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, ChecklistItem, Session
from trainer_desk.services.errors import NotFound, Stale
from trainer_desk.services.journal.history import last_change, of_row
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.planning.checklists import checked
from trainer_desk.services.planning.locking import lock_session
from trainer_desk.services.rows.checklists import SessionItem
from trainer_desk.services.rules.preparing import due_on
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE, require_state
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.gate import goes_through_gate, through_gate

ITEMS = Base.metadata.tables["session_checklist_items"]
OF_SESSION = (
    sa.select(
        ITEMS.c.id, ITEMS.c.words, ITEMS.c.days_before, ITEMS.c.done_at, ITEMS.c.done_by, ITEMS.c.item_id,
        Session.starts_at,
    )
    .join(Session, Session.id == ITEMS.c.session_id)
    .where(ITEMS.c.session_id == sa.bindparam("session_id"), ITEMS.c.deleted_at.is_(None))
    .order_by(ITEMS.c.place, ITEMS.c.id)
)  # fmt: skip
COPIED = ("session_id", "item_id", "place", "words", "days_before", "created_at", "updated_at")
COPY = sa.insert(ITEMS).from_select(
    COPIED,
    sa.select(
        sa.bindparam("session_id", type_=sa.Integer),
        ChecklistItem.id,
        ChecklistItem.place,
        ChecklistItem.words,
        ChecklistItem.days_before,
        sa.bindparam("now", type_=ITEMS.c.created_at.type),
        sa.bindparam("now", type_=ITEMS.c.created_at.type),
    )
    .where(ChecklistItem.course_id == sa.bindparam("course_id"), ChecklistItem.deleted_at.is_(None))
    .order_by(ChecklistItem.place, ChecklistItem.id),
)


def checklist_of_session(db: Db, session_id: int, *, zone: ZoneInfo) -> tuple[SessionItem, ...]:
    """Return the checklist of a session in its order, what was added here last; due days are days of `zone`."""
    return tuple(
        SessionItem(
            id=row.id,
            session_id=session_id,
            words=row.words,
            days_before=row.days_before,
            due_on=due_on(row.starts_at, row.days_before, zone),
            done_at=row.done_at,
            done_by=row.done_by,
            is_own=row.item_id is None,
        )
        for row in db.execute(OF_SESSION, {"session_id": session_id})
    )


def copy_checklist(db: DbSession, session_id: int, course_id: int, now: dt.datetime) -> None:
    """Give a new session what its course's checklist holds now (UTC); later changes there leave it as it is."""
    db.execute(COPY, {"session_id": session_id, "course_id": course_id, "now": now})


def exchange_checklist(db: DbSession, session_id: int, course_id: int, now: dt.datetime) -> None:
    """Put another course's checklist in place of the former one's; what is done or was added here stays."""
    left = (ITEMS.c.session_id == session_id, ITEMS.c.item_id.is_not(None), ITEMS.c.done_at.is_(None))
    _update(db, sa.and_(*left, ITEMS.c.deleted_at.is_(None)), {"deleted_at": now}, now)
    copy_checklist(db, session_id, course_id, now)


def revive_checklist(db: DbSession, session_id: int, gone_at: dt.datetime, now: dt.datetime) -> None:
    """Give a session that comes back from the trash the items that went there with it, at `gone_at` (UTC)."""
    _update(db, sa.and_(ITEMS.c.session_id == session_id, ITEMS.c.deleted_at == gone_at), {"deleted_at": None}, now)


def set_done(db: DbSession, item_id: int, done: bool, *, actor: str, now: dt.datetime) -> None:
    """Tick something as seen to, or take the tick back; what is so already stays as it is.

    Raises NotFound, and WrongState for a session that is over or cancelled.
    """
    item = _lock(db, item_id)
    if (item.done_at is not None) is not done:
        values = {"done_at": now, "done_by": actor} if done else {"done_at": None, "done_by": None}
        _update(db, ITEMS.c.id == item_id, values, now)


def add_item(db: DbSession, session_id: int, words: str, days_before: int, *, actor: str, now: dt.datetime) -> int:
    """Put something on the checklist of this session alone and return its id.

    Raises NotFound, WrongState for a session that is over or cancelled, BadValue for empty words or days out of range.
    """
    own = checked(words, days_before)
    _lock_open(db, session_id)
    last = sa.select(sa.func.coalesce(sa.func.max(ITEMS.c.place), 0)).where(ITEMS.c.session_id == session_id)
    place = int(db.execute(last).scalar_one()) + 1
    made = sa.insert(ITEMS).values(session_id=session_id, place=place, **own, created_at=now, updated_at=now)
    return int(db.execute(made.returning(ITEMS.c.id)).scalar_one())


def remove_item(db: DbSession, item_id: int, *, was_done: bool | None = None, actor: str, now: dt.datetime) -> None:
    """Take something off the checklist of its session; the course keeps it. Raises NotFound, WrongState.

    With `was_done`, whether it was ticked when it was shown: raises Stale where somebody changed that since (U5).
    """
    item = _lock(db, item_id)
    if was_done is not None and was_done is not (item.done_at is not None):
        last = last_change(db, of_row("session_checklist_items", str(item_id)))
        raise Stale(ref=item.words, by=last and last.by, at=last and last.at)
    _update(db, ITEMS.c.id == item_id, {"deleted_at": now}, now)


def session_of(db: Db, item_id: int) -> int:
    """Return the session on whose checklist something stands. Raises NotFound."""
    query = sa.select(ITEMS.c.session_id).where(ITEMS.c.id == item_id, ITEMS.c.deleted_at.is_(None))
    found = db.execute(query).scalar_one_or_none()
    if found is None:
        raise NotFound(kind="checklist_item", key=f"#{item_id}")
    return int(found)


def _lock(db: DbSession, item_id: int) -> Any:
    """Lock the session of something on its checklist, and return the item as it is now."""
    _lock_open(db, session_of(db, item_id))
    query = sa.select(ITEMS).where(ITEMS.c.id == item_id, ITEMS.c.deleted_at.is_(None)).with_for_update()
    found = db.execute(query).one_or_none()
    if found is None:  # taken off while one waited for the session
        raise NotFound(kind="checklist_item", key=f"#{item_id}")
    return found


def _lock_open(db: DbSession, session_id: int) -> None:
    if goes_through_gate(db):
        through_gate(db, "lock_own_session", session_id, False)
        card = load_card(db, session_id)
    else:
        card = lock_session(db, session_id)
    require_state("prepare", card.status, OPEN_FOR_PEOPLE, ref=card.ref)


def _update(db: DbSession, which: sa.ColumnElement[bool], values: Mapping[str, Any], now: dt.datetime) -> None:
    statement = sa.update(ITEMS).where(which)
    db.execute(statement.values(**values, version=ITEMS.c.version + 1, updated_at=now))
