"""Records a session that was held already: drafted, scheduled, filled, marked and completed in one change (R8).

Each step is the verb that the window offers one by one, so whatever refuses there refuses here, and nothing is left.
"""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import Attendance
from trainer_desk.services.attendance.marking import mark
from trainer_desk.services.errors import BadValue, Refused
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration import completing, scheduling
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.planning.drafts import create_draft
from trainer_desk.services.rows.past import PastPerson, PastSession, Recorded
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.seats.enrolling import enroll

EXPECTED = "in_the_past"
"""What scheduling finds in every past session, and nobody needs to be told."""


def record_past(db: DbSession, past: PastSession, *, actor: str, now: dt.datetime) -> Recorded:
    """Make the session, give everybody on the list their place, mark them and complete it; certificates follow (R8).

    Its number of seats is not limited: whoever is on the paper was there. Raises BadValue for an end after `now`
    (UTC), for somebody who is neither attended nor no-show and for results out of place, Refused with all problems of
    scheduling, or with one finding for everybody who cannot have a place; nothing is recorded then.
    """
    _require_past(past, now)
    people = _once(past.people)
    fields = {
        "course_id": past.course_id,
        "trainer_id": past.trainer_id,
        "co_trainer_ids": past.co_trainer_ids,
        "venue_id": past.venue_id,
        "starts_at": past.starts_at,
        "ends_at": past.ends_at,
        "title": past.title,
        "notes": past.notes,
    }
    session_id = create_draft(db, fields, actor=actor, now=now)
    ids = [one.person_id for one in people]
    # People before resources, which scheduling locks: the one order that all keep.
    scheduling.lock_people_of(db, [session_id], now, people=ids)
    found = scheduling.publish(db, session_id, actor=actor, now=now)
    _require_seated(enroll(db, session_id, ids, actor=actor, now=now), load_card(db, session_id).ref)
    for one in people:
        mark(
            db, session_id, one.person_id, actor=actor, now=now,
            attendance=one.attendance, remarks=one.remarks, result=one.result, score=one.score,
        )  # fmt: skip
    completing.complete(db, session_id, actor=actor, now=now)
    came = sum(one.attendance is Attendance.ATTENDED for one in people)
    return Recorded(session_id, came, tuple(one for one in found if one.code != EXPECTED))


def _require_past(past: PastSession, now: dt.datetime) -> None:
    for field, instant in (("start", past.starts_at), ("end", past.ends_at)):
        if instant is not None and instant > now:
            raise BadValue(field=field, value=instant, why="in_the_future")


def _once(people: Iterable[PastPerson]) -> list[PastPerson]:
    """Return the people in their order, each once; who is named twice stands as first said."""
    found: dict[int, PastPerson] = {}
    for one in people:
        if one.attendance is Attendance.REGISTERED:
            raise BadValue(field="attendance", value=str(one.attendance), why="stays_marked")
        found.setdefault(one.person_id, one)
    return list(found.values())


def _require_seated(outcomes: Iterable[Outcome], ref: str) -> None:
    """Refuse the whole list where somebody on it cannot have been seated, naming each."""
    refused = [_finding(one) for one in outcomes if one.outcome != "enrolled"]
    if refused:
        raise Refused(refused, ref=ref)


def _finding(outcome: Outcome) -> Finding:
    own = next((one for one in outcome.findings if one.refuses), None)
    return own or Finding(outcome.code or "not_found", subject=outcome.employee_no)
