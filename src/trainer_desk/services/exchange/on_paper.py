"""Reads what is printed of sessions: who is in them, where and when, in as many questions for one as for many (X4)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from trainer_desk.models.enums import Attendance, EnrollmentState, Role, SessionRole, SessionStatus
from trainer_desk.services.accounts.identity import who_is
from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import NotAllowed, NotFound
from trainer_desk.services.exchange.selection import (
    COURSES,
    ENROLLMENTS,
    LINKS,
    PEOPLE,
    PRESENT,
    RESOURCES,
    SESSIONS,
    Selection,
    check_selection,
    conditions,
)
from trainer_desk.services.orchestration.own import require_own_session
from trainer_desk.services.rights import AT_THE_DOOR
from trainer_desk.services.rows.on_paper import OnPaper, PaperPerson, PaperSession
from trainer_desk.services.store.db import Db, plain
from trainer_desk.services.store.lists import Among

Where = list[sa.ColumnElement[bool]]
LEAD, PLACE = RESOURCES.alias("lead"), RESOURCES.alias("place")
SESSION: sa.Select[Any] = (
    sa.select(
        SESSIONS.c.id,
        SESSIONS.c.ref,
        SESSIONS.c.version,
        COURSES.c.code,
        sa.func.coalesce(SESSIONS.c.title, COURSES.c.title),
        sa.func.coalesce(SESSIONS.c.description, ""),
        SESSIONS.c.status,
        SESSIONS.c.starts_at,
        SESSIONS.c.ends_at,
        LEAD.c.name,
        sa.func.coalesce(PLACE.c.name, ""),
        SESSIONS.c.capacity,
    )
    .select_from(SESSIONS)
    .join(COURSES, COURSES.c.id == SESSIONS.c.course_id)
    .outerjoin(LEAD, LEAD.c.id == SESSIONS.c.trainer_id)
    .outerjoin(PLACE, PLACE.c.id == SESSIONS.c.venue_id)
    .order_by(sa.nulls_last(SESSIONS.c.starts_at), SESSIONS.c.ref)
)
PERSON: sa.Select[Any] = (
    sa.select(
        ENROLLMENTS.c.session_id,
        PEOPLE.c.id,
        PEOPLE.c.employee_no,
        PEOPLE.c.name,
        PEOPLE.c.department,
        PEOPLE.c.site,
        PEOPLE.c.job_role,
        ENROLLMENTS.c.state,
        ENROLLMENTS.c.attendance,
        ENROLLMENTS.c.remarks,
    )
    .select_from(ENROLLMENTS)
    .join(SESSIONS, SESSIONS.c.id == ENROLLMENTS.c.session_id)
    .join(PEOPLE, PEOPLE.c.id == ENROLLMENTS.c.person_id)
    .where(
        ENROLLMENTS.c.state.in_(PRESENT),
        sa.or_(
            ENROLLMENTS.c.state != EnrollmentState.OFFERED.value,
            ENROLLMENTS.c.offer_until > sa.bindparam("now", type_=SESSIONS.c.starts_at.type),
        ),
    )
    .order_by(PEOPLE.c.sort_name, PEOPLE.c.id)
)
HELPER: sa.Select[Any] = (
    sa.select(LINKS.c.session_id, RESOURCES.c.name)
    .select_from(LINKS)
    .join(SESSIONS, SESSIONS.c.id == LINKS.c.session_id)
    .join(RESOURCES, RESOURCES.c.id == LINKS.c.resource_id)
    .where(LINKS.c.role == SessionRole.CO_TRAINER.value)
    .order_by(RESOURCES.c.name)
)
CHOSEN: Where = [Among(SESSIONS.c.id, "ids"), SESSIONS.c.deleted_at.is_(None)]


def load_sessions_on_paper(db: Db, session_ids: Collection[int], actor: str, *, now: dt.datetime) -> OnPaper:
    """Return these sessions as they stand at `now` (UTC), by start.

    Raises NotAllowed for a requester and for a session that a trainer does not teach, NotFound if none is left.
    """
    found = _load(db, CHOSEN, {"ids": list(session_ids)}, now)
    _require_own(db, found, actor)
    if not found.sessions:
        raise NotFound(kind="session", key=next(iter(session_ids), ""))
    return found


def load_selection_on_paper(db: Db, selection: Selection, actor: str, *, now: dt.datetime) -> OnPaper:
    """Return the sessions of a selection; with a person they show that person alone.

    Raises NotAllowed like `load_sessions_on_paper`, NotFound for a ref, code or number that does not exist.
    """
    check_selection(plain(db), selection)
    found = _load(db, conditions(selection), {}, now, selection.person)
    _require_own(db, found, actor)
    return found


def _load(db: Db, where: Where, asked: dict[str, Any], now: dt.datetime, only: str | None = None) -> OnPaper:
    people: dict[int, list[PaperPerson]] = defaultdict(list)
    narrowed = PERSON if only is None else PERSON.where(PEOPLE.c.employee_no == only)
    for session_id, *facts in db.execute(narrowed.where(*where), asked | {"now": now}):
        people[session_id].append(_person(*facts))
    helpers: dict[int, list[str]] = defaultdict(list)
    for session_id, name in db.execute(HELPER.where(*where), asked):
        helpers[session_id].append(name)
    sessions = []
    for key, *facts, lead, venue, capacity in db.execute(SESSION.where(*where), asked):
        ref, version, course, title, description, status, starts_at, ends_at = facts
        trainers = (*([lead] if lead else []), *helpers[key])
        sessions.append(
            PaperSession(
                key, ref, version, course, title, description, SessionStatus(status), starts_at, ends_at,
                trainers, venue, capacity, tuple(people[key]),
            )
        )  # fmt: skip
    settings = load_settings(db)
    return OnPaper(settings.organisation, settings.zone, now, tuple(sessions))


def _person(
    key: int, number: str, name: str, department: str, site: str, role: str, state: str, mark: str, remarks: str | None
) -> PaperPerson:
    standing, marked = EnrollmentState(state), Attendance(mark)
    return PaperPerson(key, number, name, department or "", site or "", role or "", standing, marked, remarks or "")


def _require_own(db: Db, found: OnPaper, actor: str) -> None:
    """Refuse whoever may not take the attendance of all of them: names belong to those who work with them."""
    role = who_is(db, actor).role
    if role not in AT_THE_DOOR:
        raise NotAllowed(role=role, roles=tuple(sorted(AT_THE_DOOR)))
    if role is Role.TRAINER:
        for session in found.sessions:
            require_own_session(db, session.session_id, actor)
