"""An organisation with two years of sessions of every state, and plain rows of it to add numbers up from again."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tests.factories import (
    BERLIN,
    at,
    make_course,
    make_draft,
    make_enrollment,
    make_person,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk import models
from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus, WithdrawnWhy
from trainer_desk.services.rows.reports import Report
from trainer_desk.services.store.engine import Store

STATES = (
    SessionStatus.COMPLETED, SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS, SessionStatus.CANCELLED,
    SessionStatus.DRAFT, SessionStatus.COMPLETED, SessionStatus.COMPLETED,
)  # fmt: skip
STARTS = (
    "2026-01-01 00:00", "2025-12-31 23:45", "2026-03-29 01:30", "2026-03-29 03:00", "2026-03-31 23:59",
    "2026-04-01 00:00", "2026-06-30 08:00", "2026-10-25 00:30", "2026-10-31 23:30", "2026-11-01 00:15",
    "2026-12-31 22:00", "2027-01-01 00:00",
)  # fmt: skip
"""Around the ends of months, of years and of summer time, where a day of the zone is not one of UTC."""


def build(store: Store) -> None:
    """Make sessions in all states at all those starts, with people in every state."""
    with prepared(store) as db:
        courses = [make_course(db, code) for code in ("FIRE", "GAS", "CRANE")]
        venues = [make_venue(db, f"V{n}", site=site) for n, site in enumerate(("North", "South", ""))]
        trainers = [make_trainer(db, f"T{n}", courses=courses) for n in range(4)]
        people = [
            make_person(db, department=("Press", "Stores", "")[n % 3], site=("North", "South")[n % 2]) for n in range(7)
        ]
        number = 0
        for start in STARTS:
            for step, status in enumerate(STATES):
                number += 1
                where = {
                    "course": courses[number % 3],
                    "trainer": trainers[number % 4],
                    "venue": venues[number % 3],
                    "starts_at": at(start) + dt.timedelta(hours=step * 3 if step > 1 else 0, days=step * 2),
                    "minutes": 45 + number % 4 * 30,
                    "capacity": None if number % 5 == 0 else 8 + number % 3,
                    "status": status,
                    "cancel_reason": "ill" if status is SessionStatus.CANCELLED else None,
                    "co_trainers": [trainers[(number + 1) % 4]] if number % 6 == 0 else [],
                }
                _enroll(db, make_draft(db, **where), people, number)


def _enroll(db: Any, session: int, people: list[int], number: int) -> None:
    for place, person in enumerate(people[: 2 + number % 6]):
        turn = (number + place) % 7
        if turn == 0:
            why = (None, WithdrawnWhy.DECLINED, None, WithdrawnWhy.LAPSED)[number % 4]
            make_enrollment(db, session, person, EnrollmentState.WITHDRAWN, withdrawn_why=why)
        elif turn == 1:
            make_enrollment(db, session, person, EnrollmentState.WAITLISTED)
        elif turn == 2 and number % 2:
            make_enrollment(db, session, person, EnrollmentState.OFFERED)
        else:
            mark = (Attendance.ATTENDED, Attendance.NO_SHOW, Attendance.REGISTERED)[(number + 2 * place) % 3]
            make_enrollment(db, session, person, attendance=mark)


def sessions_of(store: Store) -> list[dict[str, Any]]:
    """Return every session with its codes as a plain dictionary; `day` is that of its start in the zone."""
    venue, trainer = aliased(models.Resource), aliased(models.Resource)
    query = (
        sa.select(
            models.Session.id, models.Session.status, models.Session.starts_at, models.Session.ends_at,
            models.Session.capacity, models.Session.seats_taken, models.Session.waiting, models.Course.code,
            venue.code, trainer.code, models.Venue.site,
        )
        .join(models.Course, models.Course.id == models.Session.course_id)
        .outerjoin(venue, venue.id == models.Session.venue_id)
        .outerjoin(models.Venue, models.Venue.id == models.Session.venue_id)
        .outerjoin(trainer, trainer.id == models.Session.trainer_id)
    )  # fmt: skip
    names = (
        "id", "status", "starts_at", "ends_at", "capacity", "taken", "waiting", "course", "venue", "trainer", "site",
    )  # fmt: skip
    rows = [dict(zip(names, row, strict=True)) for row in store.read(lambda db: db.execute(query).all())]
    for row in rows:
        row["day"] = row["starts_at"].astimezone(BERLIN).date()
    return rows


def places_of(store: Store) -> list[dict[str, Any]]:
    """Return every enrollment as a plain dictionary, with its session's and its person's values."""
    query = sa.select(
        models.Enrollment.session_id, models.Enrollment.state, models.Enrollment.attendance,
        models.Enrollment.withdrawn_why, models.Person.department, models.Person.site,
    ).join(models.Person, models.Person.id == models.Enrollment.person_id)  # fmt: skip
    known = {row["id"]: row for row in sessions_of(store)}
    names = ("session", "state", "attendance", "why", "department", "site")
    rows = [dict(zip(names, row, strict=True)) for row in store.read(lambda db: db.execute(query).all())]
    return [{key: known[row["session"]][key] for key in ("status", "day", "course")} | row for row in rows]


def grouped(
    rows: Iterable[dict[str, Any]], period: Callable[[dt.date], str], group: str | None
) -> dict[tuple[str, str], list[Any]]:
    """Gather rows by the name of their period and the value of a group."""
    found = defaultdict(list)
    for row in rows:
        found[period(row["day"]), "" if group is None else row[group] or ""].append(row)
    return dict(found)


def month(day: dt.date) -> str:
    """Return the name of a month."""
    return day.strftime("%Y-%m")


def lines_of(report: Report) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Return the values of a report by the period's name and the group's code."""
    return {(line.period.name, line.group.code): line.values for line in report.lines}
