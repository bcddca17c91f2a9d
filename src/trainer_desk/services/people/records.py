"""Records training that people had elsewhere or before, corrects it, takes it back; it renews what they hold (N2)."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import BadValue, NotFound, Stale
from trainer_desk.services.journal.history import last_change, of_row
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.rows.records import Recorded, RecordRow, Training
from trainer_desk.services.rules.records import checked
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

RECORDS = Base.metadata.tables["training_records"]
_PEOPLE, _COURSES, _FILES = (Base.metadata.tables[name] for name in ("people", "courses", "attachments"))
_BY_ID = RECORDS.c.id == sa.bindparam("record_id")


def load_record(db: Db, record_id: int) -> RecordRow:
    """Return a record that was not taken back. Raises NotFound."""
    found = db.execute(sa.select(RECORDS).where(_BY_ID, RECORDS.c.deleted_at.is_(None)), {"record_id": record_id})
    row = found.mappings().one_or_none()
    if row is None:
        raise NotFound(kind="record", key=f"#{record_id}")
    return _row(row)


def records_of(db: Db, person_id: int) -> tuple[RecordRow, ...]:
    """Return a person's records, the newest training first."""
    query = sa.select(RECORDS).where(RECORDS.c.person_id == person_id, RECORDS.c.deleted_at.is_(None))
    query = query.order_by(RECORDS.c.held_on.desc(), RECORDS.c.id.desc())
    return tuple(_row(found) for found in db.execute(query).mappings())


def record(
    db: DbSession, people: Collection[int], course_id: int, training: Training, *, actor: str, now: dt.datetime
) -> Recorded:
    """Record the same training for people, and renew what they hold; a retired course is fine for the past.

    Who has it on record already keeps that record and is told; a record that was taken back is there again. Raises
    NotFound and BadValue, as `rules.records.checked`.
    """
    training = checked(training, _today(db, now))
    names = _lock_people(db, people)
    _require_course(db, course_id)
    stored = _stored(db, list(names), course_id, training.held_on)
    made, already = [], []
    for person_id, name in names.items():
        known = stored.get(person_id)
        if known is not None and known["deleted_at"] is None:
            already.append(name)
            continue
        made.append(
            _write(db, None if known is None else known["id"], person_id, course_id, training, actor=actor, now=now)
        )
    recompute(db, people=set(names), courses={course_id})
    return Recorded(tuple(made), tuple(already))


def correct(db: DbSession, record_id: int, training: Training, *, version: int, actor: str, now: dt.datetime) -> int:
    """Say something else of a training; return the id of the record that says it now.

    A record that is moved to the day of one that was taken back goes on as that one, with its files. Raises NotFound,
    Stale, and BadValue as `record`, also for a day that is on record already (recorded_already).
    """
    training = checked(training, _today(db, now))
    known = _lock(db, record_id)
    if known["version"] != version:
        last = last_change(db, of_row("training_records", str(record_id)))
        raise Stale(by=last and last.by, at=last and last.at, version=known["version"])
    key = record_id
    person_id, course_id = known["person_id"], known["course_id"]
    other = _stored(db, [person_id], course_id, training.held_on).get(person_id)
    if other is not None and other["id"] != record_id:
        if other["deleted_at"] is None:
            raise BadValue(field="held_on", value=training.held_on, why="recorded_already")
        _end(db, record_id, now)
        _move_files(db, record_id, other["id"], now)
        key = other["id"]
    before = (known["held_on"], known["expires_on"])
    told = {"recorded_at": known["recorded_at"], "recorded_by": known["recorded_by"]}
    if before != (training.held_on, training.expires_on):
        told = {"recorded_at": now, "recorded_by": actor}  # what it says of validity is news
    _update(db, key, _columns(training) | told | {"deleted_at": None}, now)
    recompute(db, people={person_id}, courses={course_id})
    return key


def take_back(db: DbSession, record_id: int, *, actor: str, now: dt.datetime) -> None:
    """Take a record back; it stays in the database, and renews nothing any more. Raises NotFound."""
    known = _lock(db, record_id)
    _end(db, record_id, now)
    recompute(db, people={known["person_id"]}, courses={known["course_id"]})


def _row(found: Mapping[Any, Any]) -> RecordRow:
    training = Training(found["held_on"], found["provider"], found["expires_on"], found["number"])
    told = (found["recorded_at"], found["recorded_by"], found["version"])
    return RecordRow(found["id"], found["person_id"], found["course_id"], training, *told)


def _today(db: DbSession, now: dt.datetime) -> dt.date:
    return local(now, load_settings(db).zone).date()


def _lock_people(db: DbSession, people: Collection[int]) -> dict[int, str]:
    """Return the names by id, in the order of ids. Raises NotFound."""
    query = sa.select(_PEOPLE.c.id, _PEOPLE.c.name).where(Among(_PEOPLE.c.id, "ids")).order_by(_PEOPLE.c.id)
    found: dict[int, str] = dict(db.execute(query.with_for_update(key_share=True), {"ids": sorted(people)}).all())
    for person_id in people:
        if person_id not in found:
            raise NotFound(kind="person", key=f"#{person_id}")
    return found


def _require_course(db: DbSession, course_id: int) -> None:
    if db.execute(sa.select(_COURSES.c.id).where(_COURSES.c.id == course_id)).scalar_one_or_none() is None:
        raise NotFound(kind="course", key=f"#{course_id}")


def _stored(db: DbSession, people: Collection[int], course_id: int, held_on: dt.date) -> dict[int, dict[str, Any]]:
    query = sa.select(RECORDS.c.person_id, RECORDS.c.id, RECORDS.c.deleted_at).where(
        Among(RECORDS.c.person_id, "ids"), RECORDS.c.course_id == course_id, RECORDS.c.held_on == held_on
    )
    return {row["person_id"]: dict(row) for row in db.execute(query, {"ids": sorted(people)}).mappings()}


def _lock(db: DbSession, record_id: int) -> dict[str, Any]:
    query = sa.select(RECORDS).where(RECORDS.c.id == record_id, RECORDS.c.deleted_at.is_(None))
    found = db.execute(query.with_for_update()).mappings().one_or_none()
    if found is None:
        raise NotFound(kind="record", key=f"#{record_id}")
    return dict(found)


def _write(
    db: DbSession,
    known: int | None,
    person_id: int,
    course_id: int,
    training: Training,
    *,
    actor: str,
    now: dt.datetime,
) -> int:
    values = _columns(training) | {"recorded_at": now, "recorded_by": actor}
    if known is not None:
        _update(db, known, values | {"deleted_at": None}, now)
        return known
    values |= {"person_id": person_id, "course_id": course_id, "created_at": now, "updated_at": now}
    return int(db.execute(sa.insert(RECORDS).values(values).returning(RECORDS.c.id)).scalar_one())


def _columns(training: Training) -> dict[str, Any]:
    return {name: getattr(training, name) for name in ("held_on", "provider", "expires_on", "number")}


def _update(db: DbSession, record_id: int, values: dict[str, Any], now: dt.datetime) -> None:
    changes = values | {"version": RECORDS.c.version + 1, "updated_at": now}
    db.execute(sa.update(RECORDS).where(RECORDS.c.id == record_id).values(changes))


def _end(db: DbSession, record_id: int, now: dt.datetime) -> None:
    _update(db, record_id, {"deleted_at": now}, now)


def _move_files(db: DbSession, record_id: int, to: int, now: dt.datetime) -> None:
    moved = sa.update(_FILES).where(_FILES.c.record_id == record_id, _FILES.c.deleted_at.is_(None))
    db.execute(moved.values(record_id=to, version=_FILES.c.version + 1, updated_at=now))
