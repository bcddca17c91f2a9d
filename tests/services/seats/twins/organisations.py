"""Random small organisations: a few people, courses, runs and sessions that overlap, with seats, queues and holds."""

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session as DbSession

from tests.factories import (
    MADE,
    at,
    make_account,
    make_course,
    make_draft,
    make_enrollment,
    make_group,
    make_hold,
    make_item,
    make_person,
    make_run,
    make_run_member,
    make_scheduled,
    make_trainer,
    make_venue,
)
from trainer_desk import models
from trainer_desk.models.enums import (
    CLAIMING,
    ComplianceStatus,
    EnrollmentState,
    OverlapPolicy,
    PrerequisitePolicy,
    Role,
    SessionStatus,
    WaitlistMode,
    WaitlistOrder,
)

NOW = at("2026-07-01 12:00")
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
NINE = at("2026-07-03 09:00")
COURSES, RUNS, SESSIONS, PEOPLE = 3, 2, 5, 6
TRAINER = "twin_trainer"
LOGINS = tuple(f"twin_{number}" for number in range(PEOPLE))
"""The logins of the people, who are requesters; one of a trainer comes after them."""

OPEN = [SessionStatus.SCHEDULED] * 14 + list(SessionStatus)
OFTEN, SELDOM = [True, True, True, True, False], [False] * 5 + [True]
STATES = ["confirmed"] * 4 + ["waitlisted"] * 5 + ["offered"] * 3 + ["withdrawn"]
Plan = dict[str, Any]


def planned(rnd: Random) -> Plan:
    """Draw an organisation; places are where, who, how, and the hours that an offer still stands."""
    return {
        "courses": [_planned_course(rnd) for _ in range(COURSES)],
        "runs": [{"max_people": rnd.choice([None, 1, 2, 3]), "members_only": rnd.choice(SELDOM)} for _ in range(RUNS)],
        "sessions": [_planned_session(rnd) for _ in range(SESSIONS)],
        "people": [{"active": rnd.choice(OFTEN), "has_intake": rnd.choice(OFTEN)} for _ in range(PEOPLE)],
        "items": [
            (person, course, rnd.choice(list(ComplianceStatus)), *(_day(rnd) for _ in range(3)))
            for person, course in rnd.sample([(p, c) for p in range(PEOPLE) for c in range(COURSES)], 9)
        ],
        "members": rnd.sample([(run, person) for run in range(RUNS) for person in range(PEOPLE)], 6),
        "places": [
            (session, person, rnd.choice(STATES), rnd.randint(-3, 40))
            for session, person in rnd.sample([(s, p) for s in range(SESSIONS) for p in range(PEOPLE)], 17)
        ],
        "holds": [(rnd.randrange(SESSIONS), 1, rnd.randint(-3, 30)) for _ in range(2)],
        "offer_hours": rnd.choice([None, 1, 24]),
    }


def _planned_course(rnd: Random) -> Plan:
    return {
        "overlap_policy": rnd.choice(list(OverlapPolicy)),
        "sign_up": rnd.choice([True] * 6 + [False]),
        "requires_intake": rnd.choice(SELDOM),
        "expiring_days": rnd.choice([0, 30, 60]),
        "needs_first": rnd.choice([None, None, None, *PrerequisitePolicy]),
    }


def _planned_session(rnd: Random) -> Plan:
    starts_at = NINE + rnd.randint(0, 1) * DAY + rnd.choice([0, 30, 60]) * HOUR / 60
    return {
        "course": rnd.randrange(COURSES),
        "starts_at": starts_at,
        "status": rnd.choice(OPEN),
        "capacity": rnd.choice([None, 1, 2, 2, 3]),
        "waitlist": rnd.choice([*WaitlistMode, WaitlistMode.ENROL, WaitlistMode.OFFER]),
        "waitlist_order": rnd.choice(list(WaitlistOrder)),
        "run": rnd.choice([None, 0, 0, *range(RUNS)]),
        "is_deleted": rnd.choice(SELDOM),
    }


def _day(rnd: Random) -> dt.date | None:
    return rnd.choice([None, NINE.date() + dt.timedelta(days=rnd.randint(-30, 90))])


@dataclass(frozen=True)
class Ids:
    """The ids of what was made, in the order in which it was planned."""

    sessions: list[int]
    people: list[int]
    trainers: list[int]
    account: int


def furnish(db: DbSession, plan: Plan) -> Ids:
    """Write an organisation; what a database refuses of it, like one seat too many, is left out."""
    first = make_course(db)
    made = [_course(db, one, first) for one in plan["courses"]]
    people = [_person(db, one) for one in plan["people"]]
    runs = [make_run(db, **one) for one in plan["runs"]]
    for run, person in plan["members"]:
        make_run_member(db, runs[run], people[person])
    for person, course, status, expires_on, due_on, counts_from in plan["items"]:
        for of in (made[course], *([first] if course == 0 else [])):
            make_item(db, people[person], of, status, expires_on, due_on=due_on, counts_from=counts_from)
    trainers = [make_trainer(db, courses=[*made]) for _ in plan["sessions"]]
    held = [_session(db, one, made, runs, trainer) for one, trainer in zip(plan["sessions"], trainers, strict=True)]
    for session, person, state, hours in plan["places"]:
        _place(db, held[session], people[person], EnrollmentState(state), NOW + hours * HOUR)
    for session, seats, hours in plan["holds"]:
        _or_not(db, lambda: make_hold(db, held[session], seats, until_at=NOW + hours * HOUR))  # noqa: B023
    for session, one in zip(held, plan["sessions"], strict=True):
        if one["is_deleted"] and one["status"] in (SessionStatus.DRAFT, SessionStatus.CANCELLED):
            db.execute(sa.text(f"UPDATE sessions SET deleted_at = now(), version = version + 1 WHERE id = {session}"))
    if plan["offer_hours"]:
        db.execute(sa.insert(models.Setting).values(key="offer_hours", value=str(plan["offer_hours"])))
    for login, person in zip(LOGINS, people, strict=True):
        make_account(db, login, Role.REQUESTER, person_id=person)
    return Ids(held, people, trainers, make_account(db, TRAINER, Role.TRAINER, trainer_id=trainers[0]))


def _course(db: DbSession, plan: Plan, first: int) -> int:
    columns = {name: value for name, value in plan.items() if name != "needs_first"}
    if plan["needs_first"] is not None:
        columns |= {"prerequisite_id": first, "prerequisite_policy": plan["needs_first"]}
    return make_course(db, **columns)


def _person(db: DbSession, plan: Plan) -> int:
    return make_person(db, active=plan["active"], intake_on=NOW.date() if plan["has_intake"] else None)


def _session(db: DbSession, plan: Plan, made: list[int], runs: list[int], trainer: int) -> int:
    columns = {name: value for name, value in plan.items() if name not in ("course", "run", "is_deleted")}
    columns |= {"course": made[plan["course"]], "trainer": trainer, "venue": make_venue(db)}
    columns |= {"run_id": None if plan["run"] is None else runs[plan["run"]]}
    if plan["status"] is SessionStatus.CANCELLED:
        columns["cancel_reason"] = "Storm"
    if plan["status"] in CLAIMING:
        return make_scheduled(db, **columns)
    return make_draft(db, **columns)


def _place(db: DbSession, session: int, person: int, state: EnrollmentState, until: dt.datetime) -> None:
    """Give a place; who is confirmed is in a group and, in some sessions, in the room."""
    of: dict[str, Any] = {}
    if state is EnrollmentState.OFFERED:
        of = {"offer_until": until, "position": 0, "promoted_at": MADE, "promoted_by": "jo"}
    if state is EnrollmentState.WAITLISTED and person % 3 == 0:
        of = {"position": -person}  # as whoever was put back when a capacity was lowered (K6)

    def give() -> None:
        make_enrollment(db, session, person, state, **of)
        if state is EnrollmentState.CONFIRMED:
            group = make_group(db, session)
            values = {"group_id": group, "session_id": session, "person_id": person}
            db.execute(sa.insert(models.GroupMember).values(values))

    _or_not(db, give)


def _or_not(db: DbSession, make: Any) -> None:
    try:
        with db.begin_nested():
            make()
    except DBAPIError:
        pass
