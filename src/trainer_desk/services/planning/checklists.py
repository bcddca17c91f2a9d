"""What is to be seen to before each session of a course: added, reworded, put in order and removed (S12)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, ChecklistItem, Course
from trainer_desk.services.errors import BadValue, NotFound, Stale
from trainer_desk.services.journal.history import last_change, of_row
from trainer_desk.services.rows.catalogue import ToSee
from trainer_desk.services.rules.names import clean_name
from trainer_desk.services.store.db import Db

ITEMS = Base.metadata.tables["checklist_items"]
LONGEST = 365
"""How many days before a session something can be due."""


def checklist_of(db: Db, course_id: int) -> tuple[ToSee, ...]:
    """Return the checklist of a course in its order."""
    query = (
        sa.select(ChecklistItem.id, ChecklistItem.words, ChecklistItem.days_before)
        .where(ChecklistItem.course_id == course_id, ChecklistItem.deleted_at.is_(None))
        .order_by(ChecklistItem.place, ChecklistItem.id)
    )
    return tuple(ToSee(*row) for row in db.execute(query))


def checked(words: str, days_before: int) -> dict[str, Any]:
    """Return the columns of something to see to. Raises BadValue for empty words or days out of range."""
    if not 0 <= days_before <= LONGEST:
        raise BadValue(field="days_before", value=days_before, why="out_of_range", least=0, most=LONGEST)
    return {"words": clean_name(words, field="words"), "days_before": days_before}


def add_item(db: DbSession, course_id: int, words: str, days_before: int, *, actor: str, now: dt.datetime) -> int:
    """Put something at the end of a course's checklist and return its id; due `days_before` each session's start.

    Raises NotFound, and BadValue for empty words or days out of range.
    """
    own = checked(words, days_before)
    course = sa.select(Course.id).where(Course.id == course_id).with_for_update()
    if db.execute(course).one_or_none() is None:
        raise NotFound(kind="course", key=f"#{course_id}")
    last = sa.select(sa.func.coalesce(sa.func.max(ITEMS.c.place), 0)).where(ITEMS.c.course_id == course_id)
    place = int(db.execute(last).scalar_one()) + 1
    made = sa.insert(ITEMS).values(course_id=course_id, place=place, **own, created_at=now, updated_at=now)
    return int(db.execute(made.returning(ITEMS.c.id)).scalar_one())


def change_item(
    db: DbSession,
    item_id: int,
    words: str,
    days_before: int,
    *,
    seen: ToSee | None = None,
    actor: str,
    now: dt.datetime,
) -> None:
    """Reword something, or set other days. Raises as `add_item`.

    With `seen`, what stood there when the change was begun, only what differs from that is written; raises Stale where
    somebody else has changed the same since (U5).
    """
    mine = checked(words, days_before)
    item = _lock(db, item_id)
    if seen is not None:
        mine = {name: value for name, value in mine.items() if value != getattr(seen, name)}
        if any(getattr(item, name) not in (value, getattr(seen, name)) for name, value in mine.items()):
            raise _stale(db, item)
    if mine:
        _update(db, item_id, mine, now)


def raise_item(db: DbSession, item_id: int, *, actor: str, now: dt.datetime) -> None:
    """Move something one place up; the first stays where it is. Raises NotFound."""
    item = _lock(db, item_id)
    above = (
        sa.select(ITEMS.c.id, ITEMS.c.place)
        .where(ITEMS.c.course_id == item.course_id, ITEMS.c.place < item.place, ITEMS.c.deleted_at.is_(None))
        .order_by(ITEMS.c.place.desc())
        .limit(1)
    )
    other = db.execute(above).one_or_none()
    if other is not None:
        _update(db, item_id, {"place": other.place}, now)
        _update(db, other.id, {"place": item.place}, now)


def remove_item(db: DbSession, item_id: int, *, seen: ToSee | None = None, actor: str, now: dt.datetime) -> None:
    """Take something off the checklist. Raises NotFound; with `seen`, Stale where it is another by now (U5)."""
    item = _lock(db, item_id)
    if seen is not None and (item.words, item.days_before) != (seen.words, seen.days_before):
        raise _stale(db, item)
    _update(db, item_id, {"deleted_at": now}, now)


def _stale(db: DbSession, item: Any) -> Stale:
    last = last_change(db, of_row("checklist_items", str(item.id)))
    return Stale(ref=item.words, by=last and last.by, at=last and last.at)


def _lock(db: DbSession, item_id: int) -> Any:
    query = sa.select(ITEMS).where(ITEMS.c.id == item_id, ITEMS.c.deleted_at.is_(None)).with_for_update()
    found = db.execute(query).one_or_none()
    if found is None:
        raise NotFound(kind="checklist_item", key=f"#{item_id}")
    return found


def _update(db: DbSession, item_id: int, values: Mapping[str, Any], now: dt.datetime) -> None:
    statement = sa.update(ITEMS).where(ITEMS.c.id == item_id)
    db.execute(statement.values(**values, version=ITEMS.c.version + 1, updated_at=now))
