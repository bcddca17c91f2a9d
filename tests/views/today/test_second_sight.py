"""What needs a decision, against a second, plain computation over all rows of a busy organisation (D1)."""

import datetime as dt
import random
from collections import Counter
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    at,
    make_compliance,
    make_course,
    make_draft,
    make_enrollment,
    make_people,
    make_request,
    make_scheduled,
    make_session_checklist_item,
    make_trainer,
    make_venue,
    prepared,
)
from tests.views.schedule import boards
from trainer_desk.models.enums import ComplianceStatus, EnrollmentState, SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.dashboard.needs import load_needs
from trainer_desk.services.dashboard.today import load_today
from trainer_desk.services.rules.emptiness import is_nearly_empty
from trainer_desk.services.store.engine import Store
from trainer_desk.views.today.decisions import decisions, need_lines
from trainer_desk.views.today.lines import Kind

NOW = at("2026-07-08 12:00")
ZONE = ZoneInfo("Europe/Berlin")
TODAY = dt.date(2026, 7, 8)
DAY = dt.timedelta(days=1)
Row = dict[str, Any]
Found = set[tuple[Kind, int]]


@pytest.fixture
def store(store_factory: StoreFactory) -> Store:
    return store_factory(FixedClock(NOW))


def fill(store: Store) -> None:
    """Make six weeks of sessions around today, each hour with another trainer and room, and what goes wrong there."""
    dice = random.Random(48)
    with prepared(store) as db:
        courses = [make_course(db, f"K{number}") for number in range(5)]
        trainers = [make_trainer(db, f"T{number}", courses=courses[: 3 + number % 3]) for number in range(6)]
        venues = [make_venue(db, f"V{number}", capacity=2 + number) for number in range(6)]
        people = make_people(db, 40)
        for person in people:
            for course in courses:
                status = dice.choice(list(ComplianceStatus))
                ends = TODAY + dice.randint(-40, 200) * DAY if status is ComplianceStatus.COMPLIANT else None
                make_compliance(db, person, course, status, ends)
        for day in range(-8, 30):
            for hour in (9, 11, 14):
                _make_session(db, dice, (courses, trainers, venues, people), day, hour)
        for age in (3, 20, 40):
            make_draft(db, course=courses[0], created_at=NOW - age * DAY)
        for age in (0, 5):
            make_request(db, courses[1], requested_at=NOW - age * DAY)


def _make_session(db: Any, dice: random.Random, known: tuple[list[int], ...], day: int, hour: int) -> None:
    courses, trainers, venues, people = known
    place = dice.randrange(6)
    start = at("2026-07-08 00:00") + day * DAY + dt.timedelta(hours=hour)
    plan = {"course": dice.choice(courses), "trainer": trainers[place], "venue": venues[-1 - place], "starts_at": start}
    limits = {"capacity": dice.choice([None, 2, 4, 12]), "minimum": dice.choice([None, None, 2, 4])}
    kind = dice.choice(["held", "held", "held", "draft", "lacking", "cancelled"])
    if kind == "held":
        session = make_scheduled(db, **plan, **limits)
        for lacking in ("trainer", "venue"):
            if dice.random() < 0.25:
                make_draft(db, **(plan | {"trainer": trainers[place - 1], lacking: None}))
        if dice.random() < 0.3:
            make_draft(db, **plan)
    elif kind == "cancelled":
        session = make_scheduled(db, **plan, **limits, status=SessionStatus.CANCELLED, cancel_reason="ill")
    else:
        session = make_draft(db, **(plan | ({"venue": None} if kind == "lacking" else {})), **limits)
    taken = dice.randint(0, min(limits["capacity"] or 6, 6))
    came = dice.sample(people, taken + 1)
    for person in came[:taken]:
        make_enrollment(
            db, session, person, state=dice.choice([EnrollmentState.CONFIRMED] * 4 + [EnrollmentState.WITHDRAWN])
        )
    if dice.random() < 0.3 and kind == "held":
        make_enrollment(db, session, came[-1], state=EnrollmentState.WAITLISTED)
    if dice.random() < 0.3:
        done = {"done_at": NOW, "done_by": "ana"} if dice.random() < 0.3 else {}
        make_session_checklist_item(db, session, days_before=dice.choice([0, 1, 3, 9, 14]), **done)


class Rows:
    """All rows of the tables, as plain values."""

    def __init__(self, store: Store) -> None:
        with store.reading() as db:
            for name in ("sessions", "enrollments", "venues", "qualifications", "compliance_items", "courses",
                         "session_checklist_items", "booking_requests", "claims"):  # fmt: skip
                setattr(self, name, _rows(db, name))


def _rows(db: Any, name: str) -> list[Row]:
    from trainer_desk.models import Base  # noqa: PLC0415

    table = Base.metadata.tables[name]
    return [dict(row._mapping) for row in db.execute(sa.select(table))]


def plain(rows: Any) -> Found:
    """Compute by hand what the page should say, line by line of D1."""
    seats = Counter(one["session_id"] for one in rows.enrollments if one["state"] == "confirmed")
    queue = Counter(one["session_id"] for one in rows.enrollments if one["state"] == "waitlisted")
    dated = [one for one in rows.sessions if one["starts_at"] and one["status"] in ("DRAFT", "SCHEDULED")]
    found = {(Kind.UNMARKED, one["id"]) for one in dated if one["status"] == "SCHEDULED" and one["ends_at"] <= NOW}
    begin, horizon = at("2026-07-08 00:00"), at("2026-07-23 00:00")
    for one in dated:
        if begin <= one["starts_at"] < horizon and one["ends_at"] > NOW:
            found |= {(kind, one["id"]) for kind in (*_wrong(one, rows, seats), *_thin(one, seats[one["id"]]))}
    return found | _waiting(rows, seats, queue) | _errands(rows) | _needs(rows) | _counts(rows)


def _wrong(one: Row, rows: Any, seats: Counter[int]) -> list[Kind]:
    """Return whether it clashes or nobody may teach it, is too full, or lacks a part."""
    trainer, venue = one["trainer_id"], one["venue_id"]
    room = {row["id"]: row["capacity"] for row in rows.venues}
    may = {(row["trainer_id"], row["course_id"]) for row in rows.qualifications}
    others = [claim for claim in rows.claims if claim["session_id"] != one["id"] and _meet(claim, one)]
    taken = any(claim["resource_id"] in (trainer, venue) for claim in others)
    is_draft = one["status"] == "DRAFT"
    found = []
    if taken or (trainer is not None and (trainer, one["course_id"]) not in may):
        found.append(Kind.CLASH if is_draft else Kind.INVALID)
    if venue is not None and seats[one["id"]] > room[venue]:
        found.append(Kind.OVER_CAPACITY)
    if is_draft and one["starts_at"] > NOW and None in (trainer, venue):
        found.append(Kind.MISSING)
    return found


def _meet(claim: Row, one: Row) -> bool:
    return bool(claim["starts_at"] < one["ends_at"] and claim["ends_at"] > one["starts_at"])


def _thin(one: Row, people: int) -> list[Kind]:
    """Return whether a scheduled session may not fill, or is nearly empty soon."""
    start, minimum, capacity = one["starts_at"], one["minimum"], one["capacity"]
    if one["status"] != "SCHEDULED" or start <= NOW:
        return []
    if minimum:
        return [Kind.SHORT] if people < minimum and start.astimezone(ZONE).date() <= TODAY + 14 * DAY else []
    few = people <= 1 if capacity is None else people <= capacity / 4
    return [Kind.NEARLY_EMPTY] if few and start <= NOW + 7 * DAY else []


def _waiting(rows: Any, seats: Counter[int], queue: Counter[int]) -> Found:
    coming = [one for one in rows.sessions if one["status"] == "SCHEDULED" and one["starts_at"] > NOW]
    free = {
        one["id"]: one["course_id"]
        for one in coming
        if not queue[one["id"]] and (one["capacity"] is None or seats[one["id"]] < one["capacity"])
    }
    return {
        (Kind.ELSEWHERE, one["id"])
        for one in coming
        if queue[one["id"]] and any(course == one["course_id"] and key != one["id"] for key, course in free.items())
    }


def _errands(rows: Any) -> Found:
    sessions = {one["id"]: one for one in rows.sessions}
    found = set()
    for item in rows.session_checklist_items:
        of = sessions[item["session_id"]]
        if (
            item["done_at"]
            or of["status"] not in ("DRAFT", "SCHEDULED")
            or not of["starts_at"]
            or of["starts_at"] <= NOW
        ):
            continue
        due = of["starts_at"].astimezone(ZONE).date() - item["days_before"] * DAY
        if due <= TODAY + 2 * DAY:
            found.add((Kind.ERRANDS, of["id"]))
    return found


def _needs(rows: Any) -> Found:
    """Return the courses that somebody lacks, or will within their days, without a place that is still to come."""
    days = {one["id"]: one["expiring_days"] for one in rows.courses}
    placed = {
        (of["course_id"], place["person_id"])
        for place in rows.enrollments
        for of in rows.sessions
        if of["id"] == place["session_id"] and place["state"] != "withdrawn"
        and of["status"] in ("DRAFT", "SCHEDULED", "IN_PROGRESS") and (of["ends_at"] is None or of["ends_at"] > NOW)
    }  # fmt: skip
    found = set()
    for item in rows.compliance_items:
        is_red = item["status"] == "NON_COMPLIANT"
        ends = item["expires_on"]
        soon = item["status"] == "COMPLIANT" and ends is not None and ends <= TODAY + days[item["course_id"]] * DAY
        if (is_red or soon) and (item["course_id"], item["person_id"]) not in placed:
            found.add((Kind.NEED, item["course_id"]))
    return found


def _counts(rows: Any) -> Found:
    old = [one for one in rows.sessions if one["status"] == "DRAFT" and one["starts_at"] is None]
    found: Found = {(Kind.UNDATED, 0)} if any(one["created_at"] < NOW - 14 * DAY for one in old) else set()
    return found | ({(Kind.REQUESTS, 0)} if any(one["status"] == "DRAFT" for one in rows.booking_requests) else set())


def test_every_line_of_the_day_is_what_a_plain_look_at_all_rows_finds(store: Store) -> None:
    fill(store)
    today = store.read(load_today, store.actor, now=NOW)
    needs = store.read(load_needs, now=NOW)
    told = [*decisions(today), *need_lines(needs, today)]
    found = {(line.kind, line.key) for line in told if line.kind not in (Kind.TO_TELL, Kind.OVERLOAD)}
    expected = plain(Rows(store))
    assert found == expected, (sorted(found - expected), sorted(expected - found))
    kinds = {kind for kind, _key in expected}
    assert kinds >= set(Kind) - {Kind.TO_TELL, Kind.OVERLOAD}, "every clause of D1 comes up"
    assert all(line.verb and line.title and line.cause for line in told)
    assert len(told) == len({(line.kind, line.key) for line in told}), "nothing is told twice"


@pytest.mark.parametrize(
    ("card", "told"),
    [
        ({"capacity": 8, "seats_taken": 2}, True),
        ({"capacity": 8, "seats_taken": 3}, False),
        ({"capacity": 8, "seats_taken": 3, "offered": 1}, True),  # an offer is nobody yet
        ({"capacity": None, "seats_taken": 1}, True),
        ({"capacity": None, "seats_taken": 2}, False),
        ({"capacity": 8, "seats_taken": 0, "minimum": 4}, False),  # the minimum says what is enough
        ({"capacity": 8, "seats_taken": 0, "status": SessionStatus.DRAFT}, False),
        ({"capacity": 8, "seats_taken": 0, "starts_at": NOW}, False),
        ({"capacity": 8, "seats_taken": 0, "starts_at": NOW + 7 * DAY}, True),
        ({"capacity": 8, "seats_taken": 0, "starts_at": NOW + 7 * DAY + dt.timedelta(minutes=1)}, False),
        ({"capacity": 8, "seats_taken": 0, "starts_at": None}, False),
    ],
)
def test_a_session_is_nearly_empty_in_the_week_before_it(card: dict[str, Any], told: bool) -> None:
    one = boards.card(1, "Fire Warden", NOW + DAY, NOW + 2 * DAY)
    assert is_nearly_empty(replace(one, **card), NOW) is told
