"""Keeps intakes on file: somebody was talked to before a training, on a day; people carry the newest day (K12)."""

import datetime as dt
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.rows.people import IntakeRow
from trainer_desk.services.rules.names import clean_text
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.db import Db, plain
from trainer_desk.services.store.lists import Among

NOTE_LIMIT = 4_000
"""Characters of a note."""

INTAKES, PEOPLE = (Base.metadata.tables[name] for name in ("intakes", "people"))
LIVE = INTAKES.c.deleted_at.is_(None)
ON_FILE: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        INTAKES.c.id, PEOPLE.c.employee_no, PEOPLE.c.name, INTAKES.c.held_on, INTAKES.c.note, INTAKES.c.recorded_at,
        INTAKES.c.recorded_by,
    )
    .join(PEOPLE, PEOPLE.c.id == INTAKES.c.person_id)
    .where(LIVE)
)  # fmt: skip
ONE = ON_FILE.where(INTAKES.c.id == sa.bindparam("intake_id"))
LIST = ON_FILE.where(INTAKES.c.person_id == sa.bindparam("person_id")).order_by(
    INTAKES.c.held_on.desc(), INTAKES.c.id.desc()
)
UNTOLD = (
    sa.select(PEOPLE.c.id, PEOPLE.c.intake_on, sa.bindparam("at", type_=INTAKES.c.recorded_at.type), sa.bindparam("by"))
    .where(
        Among(PEOPLE.c.id, "people"),
        PEOPLE.c.intake_on.is_not(None),
        ~sa.exists().where(LIVE, INTAKES.c.person_id == PEOPLE.c.id, INTAKES.c.held_on == PEOPLE.c.intake_on),
    )
    .order_by(PEOPLE.c.id)
)
"""People whose day of an intake is known by no intake: from a file, or from before there were any."""

TOO_LATE = sa.exists().where(
    PEOPLE.c.id == INTAKES.c.person_id,
    sa.or_(PEOPLE.c.intake_on.is_(None), PEOPLE.c.intake_on < INTAKES.c.held_on),
)


def record_intake(
    db: DbSession, person_id: int, held_on: dt.date, note: str | None = None, *, actor: str, now: dt.datetime
) -> int:
    """Put an intake of a person on file and return its id; whoever waits is settled by `orchestration.intakes` (K12).

    Raises NotFound, and BadValue for a day still to come in the organisation's zone and for a note that is blank
    (without one it is None) or too long.
    """
    if held_on > local(now, load_settings(db).zone).date():
        raise BadValue(field="day", value=held_on, why="still_to_come")
    said = note if note is None else clean_text(note, field="note", limit=NOTE_LIMIT, required=True, lines=True)
    _lock(db, person_id)
    follow_people(db, [person_id], actor=actor, now=now)
    values = {"person_id": person_id, "held_on": held_on, "note": said, "recorded_at": now, "recorded_by": actor}
    made = db.execute(
        sa.insert(INTAKES).values(values | {"created_at": now, "updated_at": now}).returning(INTAKES.c.id)
    )
    intake_id = int(made.scalar_one())
    _keep_newest(db, person_id, now)
    return intake_id


def take_back_intake(db: DbSession, intake_id: int, *, actor: str, now: dt.datetime) -> int:
    """Take an intake off the file, which was recorded by mistake; return the person's id. Raises NotFound."""
    found = db.execute(sa.select(INTAKES.c.person_id).where(INTAKES.c.id == intake_id, LIVE)).scalar_one_or_none()
    if found is None:
        raise NotFound(kind="intake", key=f"#{intake_id}")
    person_id = int(found)
    _lock(db, person_id)
    follow_people(db, [person_id], actor=actor, now=now)
    db.execute(_gone(now).where(INTAKES.c.id == intake_id))
    _keep_newest(db, person_id, now)
    return person_id


def load_intake(db: Db, intake_id: int) -> IntakeRow:
    """Return an intake on file. Raises NotFound."""
    row = db.execute(ONE, {"intake_id": intake_id}).one_or_none()
    if row is None:
        raise NotFound(kind="intake", key=f"#{intake_id}")
    return IntakeRow(*row)


def intakes_of(db: Db, person_id: int) -> list[IntakeRow]:
    """Return a person's intakes, the newest first; without those taken back."""
    return [IntakeRow(*row) for row in db.execute(LIST, {"person_id": person_id})]


def follow_people(db: DbSession, person_ids: Collection[int], *, actor: str, now: dt.datetime) -> None:
    """Make the intakes of these people agree with the day that a file or an earlier version told of them.

    An intake on that day is made where there is none, and later ones are taken back.
    """
    people = {"people": list(person_ids)}
    db.connection().execute(_gone(now).where(Among(INTAKES.c.person_id, "people"), TOO_LATE), people)
    columns = ("person_id", "held_on", "recorded_at", "recorded_by")
    untold = [
        dict(zip(columns, row, strict=True)) for row in plain(db).execute(UNTOLD, people | {"at": now, "by": actor})
    ]
    if untold:
        stamped = [row | {"created_at": now, "updated_at": now} for row in untold]
        db.connection().execute(sa.insert(INTAKES), stamped)


def _gone(now: dt.datetime) -> sa.Update:
    values = {"deleted_at": now, "version": INTAKES.c.version + 1, "updated_at": now}
    return sa.update(INTAKES).where(LIVE).values(values)


def _lock(db: DbSession, person_id: int) -> None:
    query = sa.select(PEOPLE.c.id).where(PEOPLE.c.id == person_id).with_for_update(key_share=True)
    if db.execute(query).scalar_one_or_none() is None:
        raise NotFound(kind="person", key=f"#{person_id}")


def _keep_newest(db: DbSession, person_id: int, now: dt.datetime) -> None:
    newest = sa.select(sa.func.max(INTAKES.c.held_on)).where(LIVE, INTAKES.c.person_id == person_id)
    day = db.execute(newest).scalar()
    values = {"intake_on": day, "version": PEOPLE.c.version + 1, "updated_at": now}
    differs = PEOPLE.c.intake_on.is_distinct_from(day)
    db.execute(sa.update(PEOPLE).where(PEOPLE.c.id == person_id, differs).values(values))
