"""Makes and edits runs; that a limit was raised is told, because queues of the sessions may move then (K8)."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Course, Enrollment, Session
from trainer_desk.models.enums import SEATED, SessionStatus
from trainer_desk.services.errors import BadValue, DeskError, NotFound, Refused, Stale
from trainer_desk.services.journal.history import last_change, of_row
from trainer_desk.services.membership import add_members
from trainer_desk.services.rules.capacity import capacity_value
from trainer_desk.services.rules.names import clean_code, clean_name
from trainer_desk.services.rules.runs import is_raised, limit_below_people, require_days_in_order
from trainer_desk.services.store.lists import Among


@dataclass(frozen=True, slots=True)
class RunSaved:
    """What came of an edit; where `has_risen`, the sessions of the run are to be settled in the same transaction.

    That is where its limit was raised, or where it is open to everybody again: more people may take its days.
    """

    is_changed: bool
    has_risen: bool


def _day(field: str) -> Callable[[Any], Any]:
    def clean(value: Any) -> Any:
        if value is not None and (not isinstance(value, dt.date) or isinstance(value, dt.datetime)):
            raise BadValue(field=field, value=str(value), why="not_a_day")
        return value

    return clean


CLEAN: Mapping[str, Callable[[Any], Any]] = {
    "course_id": lambda value: value,
    "name": lambda value: clean_name(value or "", field="name"),
    "start_date": _day("start_date"),
    "end_date": _day("end_date"),
    "max_people": lambda value: capacity_value(value, field="max_people"),
    "members_only": bool,
    "one_course": bool,
}
"""Every field of a run that can be written, with what makes its value sound."""

EMPTY = {"start_date": None, "end_date": None, "max_people": None, "members_only": False, "one_course": False}
"""What a new run is without being told."""

TABLE = Base.metadata.tables["runs"]
LOCK = sa.select(TABLE.c.id).where(Among(TABLE.c.id, "ids")).order_by(TABLE.c.id).with_for_update(key_share=True)


def lock_runs(db: DbSession, ids: Collection[int]) -> None:
    """Take the rows of runs in id order, before any session's; on SQLite the transaction holds the whole file."""
    if ids:
        db.execute(LOCK, {"ids": sorted(ids)}).all()


def create_run(db: DbSession, code: str, fields: Mapping[str, Any], *, actor: str, now: dt.datetime) -> int:
    """Make a run, which needs a course; without a name it is called by its code. Return its id.

    A run whose making was undone comes back under its code, with these fields only. Raises BadValue, NotFound, and
    `duplicate_ref` for a code that is taken.
    """
    clean_key = clean_code(code, field="code")
    values = EMPTY | _cleaned(db, {"course_id": None, "name": clean_key} | dict(fields))
    require_days_in_order(values["start_date"], values["end_date"])
    known = db.execute(sa.select(TABLE.c.id, TABLE.c.deleted_at).where(TABLE.c.code == clean_key)).one_or_none()
    if known is None:
        row = values | {"code": clean_key, "created_at": now, "updated_at": now}
        return int(db.execute(sa.insert(TABLE).values(**row).returning(TABLE.c.id)).scalar_one())
    if known.deleted_at is None:
        raise DeskError("duplicate_ref", kind="run", key=clean_key)
    _write(db, known.id, values | {"deleted_at": None}, now)
    return int(known.id)


def edit_run(
    db: DbSession,
    run_id: int,
    fields: Mapping[str, Any],
    *,
    actor: str,
    now: dt.datetime,
    version: int | None = None,
) -> RunSaved:
    """Change fields of a run; equal values change nothing.

    Raises BadValue, also for another course, or days that become one course or none, once one was completed (A5),
    NotFound, Stale for an old `version`, and Refused (capacity_below_people) for a limit below the number of people on
    the run. Where only people on the run may take its days from now on, everybody who has a place is put on it (R1).
    """
    lock_runs(db, [run_id])
    stored = db.execute(sa.select(TABLE).where(TABLE.c.id == run_id)).mappings().one_or_none()
    if stored is None or stored["deleted_at"] is not None:
        raise NotFound(kind="run", key=stored["code"] if stored else run_id)
    if version is not None and version != stored["version"]:
        last = last_change(db, of_row("runs", str(run_id)))
        raise Stale(ref=stored["code"], by=last and last.by, at=last and last.at, version=stored["version"])
    clean = _cleaned(db, fields)
    changed = {name: value for name, value in clean.items() if stored[name] != value}
    if not changed:
        return RunSaved(is_changed=False, has_risen=False)
    if {"one_course", "course_id"} & changed.keys():
        _require_nothing_held(db, run_id, stored["code"])
    wanted = dict(stored) | changed
    require_days_in_order(wanted["start_date"], wanted["end_date"])
    if "max_people" in changed:
        below = limit_below_people(stored["code"], wanted["max_people"], stored["people_taken"])
        if below is not None:
            raise Refused([below], ref=stored["code"])
    if changed.get("members_only"):
        _take_in_the_seated(db, run_id, actor, now)
    _write(db, run_id, changed, now)
    opens = stored["members_only"] and not wanted["members_only"]
    return RunSaved(is_changed=True, has_risen=opens or is_raised(stored["max_people"], wanted["max_people"]))


def _take_in_the_seated(db: DbSession, run_id: int, actor: str, now: dt.datetime) -> None:
    """Put everybody on a run who has a place on one of its days, whatever became of the day."""
    seated = (
        sa.select(Enrollment.person_id)
        .join(Session, Session.id == Enrollment.session_id)
        .where(Session.run_id == run_id, Enrollment.state.in_(sorted(SEATED)))
        .distinct()
    )
    add_members(db, run_id, db.execute(seated).scalars().all(), actor=actor, now=now)


def _require_nothing_held(db: DbSession, run_id: int, code: str) -> None:
    held = sa.select(Session.id).where(Session.run_id == run_id, Session.status == SessionStatus.COMPLETED.value)
    if db.scalar(held.limit(1)) is not None:
        raise BadValue(field="one_course", value=code, why="run_was_held")


def require_no_sessions(db: DbSession, ids: Collection[int]) -> None:
    """Refuse that one of these runs stays undone while sessions are in it. Raises Stale."""
    held = (
        sa.select(TABLE.c.code)
        .join(Session, Session.run_id == TABLE.c.id)
        .where(Among(TABLE.c.id, "ids"), TABLE.c.deleted_at.is_not(None), Session.deleted_at.is_(None))
        .limit(1)
    )
    code = db.scalar(held, {"ids": sorted(ids)}) if ids else None
    if code is not None:
        raise Stale(why="run_has_sessions", key=code)


def _cleaned(db: DbSession, fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(fields) - set(CLEAN))
    if unknown:
        raise BadValue(field=unknown[0], value=None, why="unknown_field")
    clean = {name: CLEAN[name](value) for name, value in fields.items()}
    if "course_id" in clean:
        _require_course(db, clean["course_id"])
    return clean


def _require_course(db: DbSession, course_id: int | None) -> None:
    if course_id is None:
        raise BadValue(field="course", value=None, why="missing")
    if db.scalar(sa.select(Course.id).where(Course.id == course_id)) is None:
        raise NotFound(kind="course", key=course_id)


def _write(db: DbSession, run_id: int, values: Mapping[str, Any], now: dt.datetime) -> None:
    statement = sa.update(TABLE).where(TABLE.c.id == run_id)
    db.execute(statement.values(**values, version=TABLE.c.version + 1, updated_at=now))
