"""The demo's calendar: weeks full of sessions around today, with everything that a planner meets in one of them."""

import datetime as dt
import random
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.demo.organisation import SEED, Catalogue, Row
from trainer_desk.demo.seats import CAPACITY, CONFIRMED, FullSession, choose_full, crowd, put_on_run
from trainer_desk.models import Enrollment, Session
from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus, WaitlistMode
from trainer_desk.services.directory import load_directory
from trainer_desk.services.planning import board, claims
from trainer_desk.services.planning.blocks import add_block
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rules.times import day_bounds, to_instant

WEEKS_BEFORE, WEEKS_AFTER = 3, 9
PER_DAY = (7, 9, 8, 8, 5)
STARTS = ((8, 0), (8, 0), (8, 30), (9, 0), (9, 30), (10, 0), (10, 30), (13, 0), (13, 30), (14, 0), (14, 30), (15, 30))
LATEST = dt.time(17)
TRIES = 40
CLASSROOM = 20
"""Seats of the room in which too many people sit."""

SIDE_BY_SIDE = 3
"""More at once would make a week that nobody can read at a glance."""

UNDATED = (("CSE", "IS", None, 9), ("FW", None, None, 0), ("FLT", "DA", "YARD-2", 6), ("FAW", None, "AID", 12),
           ("HWP", None, None, 4))  # fmt: skip


@dataclass
class Plan:
    """What is being laid out: who is taken when, the rows made so far, and who sits where."""

    directory: Directory
    catalogue: Catalogue
    now: dt.datetime
    chance: random.Random
    taken: dict[int, list[tuple[dt.datetime, dt.datetime]]] = field(default_factory=lambda: defaultdict(list))
    rows: list[Row] = field(default_factory=list)
    people: dict[str, list[int]] = field(default_factory=dict)

    def is_free(self, resource_ids: set[int], starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
        """Whether nothing of the plan takes one of these resources then."""
        return not any(a < ends_at and starts_at < b for key in resource_ids for a, b in self.taken[key])

    def is_crowded(self, starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
        """Whether as many sessions as a day should show side by side overlap this time already."""
        dated = (row for row in self.rows if row["starts_at"] is not None)
        crowd = [row for row in dated if row["starts_at"] < ends_at and starts_at < row["ends_at"]]
        return len(crowd) >= SIDE_BY_SIDE

    def claims(self, trainer_id: int, venue_id: int) -> set[int]:
        """Return what a session with this trainer and venue would take."""
        return {trainer_id, *self.directory.venues[venue_id].leaf_ids}


def fill_calendar(db: DbSession, catalogue: Catalogue, now: dt.datetime, *, actor: str) -> None:
    """Insert the sessions of the weeks around `now` (UTC) with claims and people, a holiday and a trainer's leave."""
    plan = Plan(load_directory(db), catalogue, now, random.Random(SEED))
    monday = now.astimezone(plan.directory.settings.zone).date()
    monday -= dt.timedelta(days=monday.weekday())
    holiday = monday + dt.timedelta(days=11)
    for week in range(-WEEKS_BEFORE, WEEKS_AFTER + 1):
        for weekday, count in enumerate(PER_DAY):
            day = monday + dt.timedelta(weeks=week, days=weekday)
            if day != holiday:
                _plan_day(plan, day, count)
    _plan_day(plan, monday + dt.timedelta(days=5), 1)
    coming = _coming(plan)
    _fill_over(plan, coming)
    _cancel_one(coming[6])
    _leave_short(plan, coming[8])
    _clashing_draft(plan, coming[4])
    for course, trainer, venue, people in UNDATED:
        _undated(plan, course, trainer, venue, people)
    full = _fill_up(db, plan, coming[9:], actor)
    _write(db, plan, actor)
    crowd(db, full, now, actor=actor)
    _block(db, plan, None, holiday, "Founders’ Day", actor)
    _block(db, plan, catalogue.trainers["SW"]["id"], monday + dt.timedelta(days=2), "Leave", actor)


def _plan_day(plan: Plan, day: dt.date, count: int) -> None:
    for _ in range(count):
        for _ in range(TRIES):
            if _place_one(plan, day):
                break


def _place_one(plan: Plan, day: dt.date) -> bool:
    chance, zone = plan.chance, plan.directory.settings.zone
    course = chance.choice(list(plan.catalogue.courses.values()))
    wall = dt.datetime.combine(day, dt.time(*chance.choice(STARTS)))
    length = dt.timedelta(minutes=course["duration_minutes"])
    if (wall + length).time() > LATEST or (wall + length).date() != day:
        return False
    trainers = [row for code, row in plan.catalogue.trainers.items() if course["id"] in row["courses"] and code != "SW"]
    if not trainers:
        return False
    trainer = chance.choice(trainers)
    venue = chance.choice([row for code, row in plan.catalogue.venues.items() if code != "CENTRE"])
    starts_at = to_instant(wall, zone, field="start")
    ends_at = to_instant(wall + length, zone, field="end")
    resources = plan.claims(trainer["id"], venue["id"])
    after = dt.timedelta(minutes=plan.directory.venues[venue["id"]].turnaround_minutes)
    if plan.is_crowded(starts_at, ends_at) or not plan.is_free(resources, starts_at, ends_at + after):
        return False
    draft = starts_at > plan.now and chance.random() < 0.12
    if not draft:
        for key in resources:
            plan.taken[key].append((starts_at, ends_at + after))
    _add(plan, course, trainer, venue, starts_at, ends_at, _status(plan, draft, ends_at))
    return True


def _status(plan: Plan, draft: bool, ends_at: dt.datetime) -> SessionStatus:
    if draft:
        return SessionStatus.DRAFT
    is_marked = ends_at < plan.now - dt.timedelta(days=1) or plan.chance.random() < 0.6
    return SessionStatus.COMPLETED if ends_at < plan.now and is_marked else SessionStatus.SCHEDULED


def _add(
    plan: Plan,
    course: Row,
    trainer: Row | None,
    venue: Row | None,
    starts_at: dt.datetime | None,
    ends_at: dt.datetime | None,
    status: SessionStatus,
) -> Row:
    seats = venue["capacity"] if venue else 20
    capacity = seats if plan.chance.random() < 0.5 else None
    is_done = status is SessionStatus.COMPLETED
    row = {
        "ref": f"S-{len(plan.rows) + 1:05d}",
        "uuid": str(uuid.UUID(int=plan.chance.getrandbits(128), version=4)),
        "course_id": course["id"],
        "trainer_id": trainer["id"] if trainer else None,
        "venue_id": venue["id"] if venue else None,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "status": status.value,
        "began_at": starts_at if is_done else None,
        "finished_at": ends_at if is_done else None,
        "capacity": capacity,
        "waitlist": WaitlistMode.OFF.value,
        "run_id": None,
        "minimum": 4,
        "decision_on": _decided(plan, starts_at),
        "cancel_reason": None,
        "created_at": plan.now,
        "updated_at": plan.now,
    }
    plan.rows.append(row)
    plan.people[row["ref"]] = _who_needs(plan, course["id"], plan.chance.randint(seats // 3, seats))
    return row


def _decided(plan: Plan, starts_at: dt.datetime | None) -> dt.date | None:
    """Return the day, a week before the start, on which is decided whether a session takes place."""
    if starts_at is None:
        return None
    return starts_at.astimezone(plan.directory.settings.zone).date() - dt.timedelta(days=7)


def _coming(plan: Plan) -> list[Row]:
    """Return the scheduled sessions from now on, the next one first."""
    ahead = (row for row in plan.rows if row["status"] == SessionStatus.SCHEDULED and row["starts_at"] > plan.now)
    return sorted(ahead, key=lambda row: (row["starts_at"], row["ref"]))


def _fill_up(db: DbSession, plan: Plan, coming: list[Row], actor: str) -> FullSession:
    """One of the next sessions is full, with people who wait: three who could come, and one who sits elsewhere then."""
    rooms = [row["id"] for row in plan.catalogue.venues.values() if (row["capacity"] or 0) >= CAPACITY]
    row = choose_full(coming, rooms, plan.now)
    put_on_run(db, row, plan.now, actor=actor)
    people = _who_needs(plan, row["course_id"], CONFIRMED + 8)
    elsewhere = [
        key
        for other in plan.rows
        if other is not row and other["status"] == SessionStatus.SCHEDULED and _overlap(row, other)
        for key in plan.people[other["ref"]]
    ]
    free = [key for key in people if key not in elsewhere]
    plan.people[row["ref"]] = free[:CONFIRMED]
    busy = [key for key in elsewhere if key not in people]
    return FullSession(row["ref"], tuple(free[CONFIRMED : CONFIRMED + 3]), tuple(busy[:1]))


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["starts_at"] < other["ends_at"] and other["starts_at"] < one["ends_at"])


def _cancel_one(row: Row) -> None:
    row |= {"status": SessionStatus.CANCELLED.value, "cancel_reason": "Trainer ill"}


def _clashing_draft(plan: Plan, busy: Row) -> None:
    """A draft that wants a room which somebody else has: the picture of every planner's week."""
    venue = next(row for row in plan.catalogue.venues.values() if row["id"] == busy["venue_id"])
    course = plan.catalogue.courses["LOTO"]
    ends_at = busy["starts_at"] + dt.timedelta(minutes=course["duration_minutes"])
    _add(plan, course, plan.catalogue.trainers["JS"], venue, busy["starts_at"], ends_at, SessionStatus.DRAFT)


def _fill_over(plan: Plan, coming: list[Row]) -> None:
    """One of the next sessions has more people than its room seats: allowed, and shown in amber."""
    seats = {venue["id"]: venue["capacity"] for venue in plan.catalogue.venues.values()}
    row = next(row for row in coming if seats[row["venue_id"]] == CLASSROOM)
    row["capacity"] = None
    plan.people[row["ref"]] = _who_needs(plan, row["course_id"], CLASSROOM + 5)


def _leave_short(plan: Plan, row: Row) -> None:
    """One of the next sessions has fewer people than it needs, and the day of the decision is near."""
    plan.people[row["ref"]] = plan.people[row["ref"]][: row["minimum"] - 2]


def _who_needs(plan: Plan, course_id: int, count: int) -> list[int]:
    """Choose people who must hold the course, and others when there are not enough of them."""
    needing = plan.catalogue.needing.get(course_id, [])
    chosen = plan.chance.sample(needing, min(count, len(needing)))
    others = [key for key in plan.chance.sample(plan.catalogue.people, count) if key not in chosen]
    return chosen + others[: count - len(chosen)]


def _undated(plan: Plan, course: str, trainer: str | None, venue: str | None, people: int) -> None:
    taught = plan.catalogue.courses[course]
    teaches = plan.catalogue.trainers[trainer] if trainer else None
    where = plan.catalogue.venues[venue] if venue else None
    row = _add(plan, taught, teaches, where, None, None, SessionStatus.DRAFT)
    plan.people[row["ref"]] = _who_needs(plan, taught["id"], people)


def _write(db: DbSession, plan: Plan, actor: str) -> None:
    db.execute(sa.insert(Session), plan.rows)
    ids = {row.ref: row.id for row in db.execute(sa.select(Session.ref, Session.id))}
    cards = board.load_cards(db, list(ids.values()))
    for card in cards.values():
        if card.status is SessionStatus.SCHEDULED:
            claims.take(db, card, plan.directory)
    seats = []
    for row in plan.rows:
        done = row["status"] == SessionStatus.COMPLETED
        for person_id in plan.people[row["ref"]]:
            attended = Attendance.NO_SHOW if plan.chance.random() < 0.06 else Attendance.ATTENDED
            seats.append(
                {
                    "session_id": ids[row["ref"]],
                    "person_id": person_id,
                    "state": EnrollmentState.CONFIRMED.value,
                    "attendance": (attended if done else Attendance.REGISTERED).value,
                    "enrolled_at": plan.now,
                    "enrolled_by": actor,
                    "created_at": plan.now,
                    "updated_at": plan.now,
                }
            )
    db.execute(sa.insert(Enrollment), seats)


def _block(db: DbSession, plan: Plan, resource_id: int | None, day: dt.date, reason: str, actor: str) -> None:
    starts_at, ends_at = day_bounds(day, plan.directory.settings.zone)
    add_block(db, resource_id, starts_at, ends_at, reason, actor=actor, now=plan.now)
