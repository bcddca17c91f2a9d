"""Writes the marks of people: attended or not, remarks and results, with who marked and when (A2, A3, A7).

Whether that may be done in a session, and what follows from it, stands in `orchestration.attending`, which locks it.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.models.enums import Attendance, EnrollmentState, Result
from trainer_desk.services.attendance.unmarked import list_unmarked
from trainer_desk.services.errors import NotFound, Stale
from trainer_desk.services.journal.history import last_change, of_row
from trainer_desk.services.rows.attendance import KEEP, Kept, Mark, UnmarkedPerson
from trainer_desk.services.rules.marking import clashes, marked
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

_ENROLLMENTS, _PEOPLE = Base.metadata.tables["enrollments"], Base.metadata.tables["people"]
_PERSON = sa.select(_PEOPLE.c.name).where(_PEOPLE.c.id == sa.bindparam("person_id"))
_PLACE = sa.select(
    _ENROLLMENTS.c.id,
    _ENROLLMENTS.c.attendance,
    _ENROLLMENTS.c.remarks,
    _ENROLLMENTS.c.result,
    _ENROLLMENTS.c.score,
    _ENROLLMENTS.c.marked_by,
    _ENROLLMENTS.c.marked_at,
).where(
    _ENROLLMENTS.c.session_id == sa.bindparam("session_id"),
    _ENROLLMENTS.c.person_id == sa.bindparam("person_id"),
    _ENROLLMENTS.c.state == EnrollmentState.CONFIRMED.value,
)
_WRITE = sa.update(_ENROLLMENTS).where(Among(_ENROLLMENTS.c.id, "ids")).values(version=_ENROLLMENTS.c.version + 1)


@dataclass(frozen=True, slots=True)
class _Place:
    """A confirmed place and what is marked there."""

    enrollment_id: int
    name: str
    mark: Mark
    marked_by: str | None
    marked_at: dt.datetime | None


def mark(
    db: DbSession,
    session_id: int,
    person_id: int,
    *,
    actor: str,
    now: dt.datetime,
    attendance: Attendance | Kept = KEEP,
    remarks: str | Kept | None = KEEP,
    result: Result | Kept | None = KEEP,
    score: int | Kept | None = KEEP,
    seen: Mark | None = None,
) -> Mark:
    """Mark a person of a locked session; what is left out stays. Returns the mark as it is now.

    With `seen`, what stood there when it was decided, nobody's newer decision is overwritten. What is so already is
    not written again. Raises NotFound for who has no confirmed place, Stale (facts name, by, at, mark), BadValue.
    """
    place = _place_of(db, session_id, person_id)
    wanted = marked(place.mark, attendance=attendance, remarks=remarks, result=result, score=score)
    if seen is not None and clashes(seen, place.mark, wanted):
        by, at = _who_marked(db, place)
        raise Stale(why="marked_since", name=place.name, by=by, at=at, mark=place.mark)
    if wanted != place.mark:
        _write(db, [place.enrollment_id], wanted, actor, now)
    return wanted


def mark_rest(
    db: DbSession,
    session_id: int,
    attendance: Attendance,
    *,
    actor: str,
    now: dt.datetime,
    only: Collection[int] | None = None,
) -> list[UnmarkedPerson]:
    """Mark everybody of a locked session who is not marked yet, or those of them whom `only` (person ids) names.

    Nobody's mark is overwritten, and remarks stay. Returns who was marked, by name.
    """
    rest = [one for one in list_unmarked(db, session_id) if only is None or one.person_id in only]
    if rest and attendance is not Attendance.REGISTERED:
        values = {"attendance": attendance.value, "marked_at": now, "marked_by": actor, "updated_at": now}
        db.connection().execute(_WRITE.values(values), {"ids": [one.enrollment_id for one in rest]})
    return rest


def load_mark(db: Db, session_id: int, person_id: int) -> Mark:
    """Return what is marked for a person. Raises NotFound for who has no confirmed place."""
    return _place_of(db, session_id, person_id).mark


def _place_of(db: Db, session_id: int, person_id: int) -> _Place:
    facts = {"session_id": session_id, "person_id": person_id}
    name = db.execute(_PERSON, {"person_id": person_id}).scalar_one_or_none()
    if name is None:
        raise NotFound(kind="person", key=f"#{person_id}")
    row = db.execute(_PLACE, facts).one_or_none()
    if row is None:
        raise NotFound(kind="enrollment", key=name, why="not_on_list")
    key, attendance, remarks, result, score, by, at = row
    mark = Mark(Attendance(attendance), remarks, None if result is None else Result(result), score)
    return _Place(key, name, mark, by, at)


def _who_marked(db: Db, place: _Place) -> tuple[str | None, dt.datetime | None]:
    """Return who changed a place last, and when (UTC); for who may not read others' changes, who marked last."""
    last = last_change(db, of_row("enrollments", str(place.enrollment_id)))
    return (place.marked_by, place.marked_at) if last is None else (last.by, last.at)


def _write(db: DbSession, ids: list[int], wanted: Mark, actor: str, now: dt.datetime) -> None:
    values = {
        "attendance": wanted.attendance.value,
        "remarks": wanted.remarks,
        "result": wanted.result and wanted.result.value,
        "score": wanted.score,
        "marked_at": now,
        "marked_by": actor,
        "updated_at": now,
    }
    db.connection().execute(_WRITE.values(values), {"ids": ids})
