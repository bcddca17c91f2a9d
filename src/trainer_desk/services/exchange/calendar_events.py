"""Which sessions a calendar is told of, and what of them (X3)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models import Base
from trainer_desk.models.enums import SEATED, EnrollmentState, SessionRole, SessionStatus
from trainer_desk.services.exchange.selection import (
    COURSES,
    ENROLLMENTS,
    LINKS,
    PEOPLE,
    RESOURCES,
    SESSIONS,
    Selection,
    check_selection,
    conditions,
)
from trainer_desk.services.rows.calendars import CalendarEvent, Standing
from trainer_desk.services.store.lists import Among

LEAD, PLACE, VENUES = RESOURCES.alias("lead"), RESOURCES.alias("place"), Base.metadata.tables["venues"]

EVENTS = (
    sa.select(
        SESSIONS.c.id, SESSIONS.c.uuid, SESSIONS.c.version, SESSIONS.c.status, SESSIONS.c.title, SESSIONS.c.description,
        SESSIONS.c.cancel_reason, SESSIONS.c.starts_at, SESSIONS.c.ends_at, SESSIONS.c.created_at,
        SESSIONS.c.updated_at, COURSES.c.title.label("course"), COURSES.c.code, COURSES.c.category,
        LEAD.c.name.label("trainer"), PLACE.c.name.label("venue"), VENUES.c.site,
        COURSES.c.updated_at.label("course_at"), LEAD.c.updated_at.label("trainer_at"),
        PLACE.c.updated_at.label("venue_at"),
    )
    .join(COURSES, COURSES.c.id == SESSIONS.c.course_id)
    .outerjoin(LEAD, LEAD.c.id == SESSIONS.c.trainer_id)
    .outerjoin(PLACE, PLACE.c.id == SESSIONS.c.venue_id)
    .outerjoin(VENUES, VENUES.c.id == SESSIONS.c.venue_id)
    .where(SESSIONS.c.starts_at.is_not(None), SESSIONS.c.ends_at.is_not(None))
    .order_by(SESSIONS.c.starts_at, SESSIONS.c.id)
)  # fmt: skip
HELPERS = (
    sa.select(LINKS.c.session_id, RESOURCES.c.name)
    .join(RESOURCES, RESOURCES.c.id == LINKS.c.resource_id)
    .where(LINKS.c.role == SessionRole.CO_TRAINER.value, Among(LINKS.c.session_id, "sessions"))
    .order_by(LINKS.c.session_id, RESOURCES.c.name)
)
NAMES = (
    sa.select(ENROLLMENTS.c.session_id, PEOPLE.c.name)
    .join(PEOPLE, PEOPLE.c.id == ENROLLMENTS.c.person_id)
    .where(ENROLLMENTS.c.state.in_(sorted(SEATED)), Among(ENROLLMENTS.c.session_id, "sessions"))
    .order_by(ENROLLMENTS.c.session_id, PEOPLE.c.sort_name, PEOPLE.c.id)
)
PLACES = (
    sa.select(ENROLLMENTS.c.session_id, ENROLLMENTS.c.state, ENROLLMENTS.c.updated_at)
    .join(PEOPLE, PEOPLE.c.id == ENROLLMENTS.c.person_id)
    .where(PEOPLE.c.employee_no == sa.bindparam("number"), Among(ENROLLMENTS.c.session_id, "sessions"))
)
OF_STATUS: Mapping[str, Standing] = {
    SessionStatus.DRAFT: Standing.TENTATIVE,
    SessionStatus.CANCELLED: Standing.CANCELLED,
}
OF_STATE: Mapping[str, Standing] = {
    EnrollmentState.CONFIRMED: Standing.CONFIRMED,
    EnrollmentState.WITHDRAWN: Standing.CANCELLED,
}
"""How a session stands for somebody who waits, is asked, or gave up the place: neither fixed nor gone without these."""


@dataclass(frozen=True, slots=True)
class _Place:
    standing: Standing
    changed_at: dt.datetime


def load_events(
    db: Connection, selection: Selection, *, drafts: bool = False, names: bool = False
) -> list[CalendarEvent]:
    """Return the sessions of a selection that have a time, by start; cancelled ones too, so that calendars drop them.

    `drafts` adds those that are not scheduled yet, `names` who has a seat, but never in a person's own calendar. There,
    a session in which they wait or are asked is tentative, and one whose place they gave up is cancelled. Raises
    NotFound as `check_selection`.
    """
    check_selection(db, selection)
    query = EVENTS.where(*conditions(selection, withdrawn=True, cancelled=True))
    if not drafts:
        query = query.where(SESSIONS.c.status != SessionStatus.DRAFT.value)
    rows = db.execute(query).all()
    asked = {"sessions": [row.id for row in rows]}
    helpers = _by_session(db.execute(HELPERS, asked))
    people = _by_session(db.execute(NAMES, asked)) if names and selection.person is None else {}
    places = _places(db, selection.person, asked) if selection.person else None
    return [_event(row, helpers, people, places) for row in rows]


def _event(
    row: Any, helpers: Mapping[int, list[str]], people: Mapping[int, list[str]], places: Mapping[int, _Place] | None
) -> CalendarEvent:
    standing = OF_STATUS.get(row.status, Standing.CONFIRMED)
    changed_at = max(filter(None, (row.updated_at, row.course_at, row.trainer_at, row.venue_at)))
    if places is not None and standing is not Standing.CANCELLED:
        place = places[row.id]
        standing = place.standing if standing is Standing.CONFIRMED else max(standing, place.standing, key=_gravity)
        changed_at = max(changed_at, place.changed_at)
    return CalendarEvent(
        uuid=row.uuid,
        version=row.version,
        title=row.title or row.course,
        course_code=row.code,
        category=row.category or "",
        standing=standing,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        made_at=row.created_at,
        changed_at=changed_at,
        trainers=tuple(filter(None, [row.trainer, *helpers.get(row.id, ())])),
        venue=row.venue or "",
        site=row.site or "",
        description=row.description or "",
        cancel_reason=row.cancel_reason or "" if standing is Standing.CANCELLED else "",
        people=tuple(people.get(row.id, ())),
    )


def _gravity(standing: Standing) -> int:
    return list(Standing).index(standing)


def _places(db: Connection, number: str, asked: Mapping[str, Any]) -> dict[int, _Place]:
    return {
        session: _Place(OF_STATE.get(state, Standing.TENTATIVE), changed_at)
        for session, state, changed_at in db.execute(PLACES, {"number": number, **asked})
    }


def _by_session(rows: Iterable[Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for session, name in rows:
        found[session].append(name)
    return found
