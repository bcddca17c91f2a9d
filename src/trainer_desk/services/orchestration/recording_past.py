"""Records a session that was held already: made, scheduled, filled, marked and completed in one change (R8).

It goes the way of every other session, step by step, with the same guards; where a step refuses, nothing has changed.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.models.enums import Attendance, WaitlistMode
from trainer_desk.services.attendance.marking import mark
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import BadValue, Refused
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration import completing, scheduling
from trainer_desk.services.planning import drafts
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.past import PastForm, PastPerson, PastSession
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

_COURSES, _PEOPLE = Base.metadata.tables["courses"], Base.metadata.tables["people"]
_ASKING = sa.select(_COURSES.c.id).where(_COURSES.c.requires_result.is_(sa.true()))
_NAMES = sa.select(_PEOPLE.c.id, _PEOPLE.c.name).where(Among(_PEOPLE.c.id, "ids"))


def load_form(db: Db) -> PastForm:
    """Return what the form chooses from."""
    return PastForm(load_directory(db), frozenset(db.execute(_ASKING).scalars()))


def record_past(
    db: DbSession, fields: Mapping[str, Any], people: Sequence[PastPerson], *, actor: str, now: dt.datetime
) -> PastSession:
    """Record a session that ended by `now` (UTC), with everybody on its list; who is listed twice counts once.

    `fields` are those of a session. Whoever earned a certificate gets it, as by any completion. Raises BadValue for an
    end to come (not_over_yet), an empty list and somebody who is not marked; Refused with every problem of
    scheduling, or with one for each person who cannot be enrolled; NotFound. Nothing is changed then.
    """
    marks = {one.person_id: one.mark for one in people}
    _require(fields, marks, now)
    wanted = dict(fields) | {"waitlist": WaitlistMode.OFF, "decision_on": None}
    session_id = drafts.create_draft(db, wanted, actor=actor, now=now)
    # People before resources, which scheduling locks: the one order that all keep.
    scheduling.lock_people_of(db, [session_id], now, people=marks)
    found = scheduling.publish(db, session_id, actor=actor, now=now)
    _seat(db, session_id, list(marks), actor, now)
    for person_id, wished in marks.items():
        mark(
            db, session_id, person_id, attendance=wished.attendance, remarks=wished.remarks, result=wished.result,
            score=wished.score, actor=actor, now=now,
        )  # fmt: skip
    completing.complete(db, session_id, actor=actor, now=now)
    attended = sum(wished.attendance is Attendance.ATTENDED for wished in marks.values())
    ref = load_card(db, session_id).ref
    return PastSession(session_id, ref, attended, len(marks) - attended, found)


def _require(fields: Mapping[str, Any], marks: Mapping[int, Any], now: dt.datetime) -> None:
    """Refuse what can be told without looking at the database."""
    ends_at = fields.get("ends_at")
    if ends_at is not None and ends_at > now:
        raise BadValue(field="ends_at", value=ends_at, why="not_over_yet")
    if not marks:
        raise BadValue(field="people", value="", why="nobody_listed")
    if any(wished.attendance is Attendance.REGISTERED for wished in marks.values()):
        raise BadValue(field="attendance", value="", why="stays_marked")


def _seat(db: DbSession, session_id: int, person_ids: list[int], actor: str, now: dt.datetime) -> None:
    """Give everybody a seat, or refuse with the reason of each who gets none."""
    outcomes = enroll(db, session_id, person_ids, actor=actor, now=now)
    left_out = [
        (person, outcome) for person, outcome in zip(person_ids, outcomes, strict=True) if outcome.outcome != "enrolled"
    ]
    if left_out:
        names = dict(db.execute(_NAMES, {"ids": [person for person, _outcome in left_out]}).all())
        raise Refused([_why(outcome, names.get(person)) for person, outcome in left_out])


def _why(outcome: Outcome, name: str | None) -> Finding:
    """Return why somebody has no seat, as a finding about them."""
    found = next((one for one in outcome.findings if one.refuses), None)
    if found is not None:
        return found
    facts = {"kind": "person", "key": outcome.employee_no} | ({"name": name, "why": "person_left"} if name else {})
    return Finding(outcome.code or "session_full", field="people", subject=outcome.employee_no, facts=facts)
