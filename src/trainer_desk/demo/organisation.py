"""The demo's courses, trainers, venues and people, what each must hold, and what each holds."""

import csv
import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import (
    Attestation,
    ChecklistItem,
    Course,
    Person,
    Qualification,
    Requirement,
    Resource,
    Setting,
    Trainer,
    Venue,
)
from trainer_desk.models.enums import ComplianceStatus, ResourceKind
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.rules.names import person_keys, sort_name
from trainer_desk.shipped import resources

SEED = 48
DEPARTMENTS = (
    ("Warehouse", "Operator"), ("Maintenance", "Technician"), ("Logistics", "Driver"), ("Lab", "Analyst"),
    ("Production", "Operator"), ("Office", "Clerk"), ("Facilities", "Technician"), ("Quality", "Inspector"),
)  # fmt: skip
SITES = ("North", "South", "Harbour")
MANDATORY = ("IND", "FW", "CYB", "MH")
"""Courses that everybody must hold; of the others each person needs a few."""

EXTRA = 4
TOLD_BEFORE = dt.timedelta(weeks=5)
"""So long ago it was told what people hold: what they had since counts beside it."""

CHECKLIST = (("Send the joining note", 7), ("Charge the AED trainers", 1), ("Lay out the handouts", 0))

Row = dict[str, Any]
Table = dict[str, Row]
"""The rows of a shipped table by their codes."""


@dataclass(frozen=True)
class Catalogue:
    """What the calendar is made from: the shipped tables, whose rows hold the ids that they were given."""

    courses: Table
    trainers: Table
    venues: Table
    people: list[int]
    needing: dict[int, list[int]]
    """The people who must hold a course, by its id."""


def make_organisation(db: DbSession, people: int, now: dt.datetime) -> Catalogue:
    """Insert the catalogue and so many people; `now` is UTC, compliance lies around it."""
    stamp = {"created_at": now, "updated_at": now}
    db.execute(sa.insert(Setting).values(key="organisation", value="Northfield Works"))
    courses = _courses(db, stamp)
    trainers = _trainers(db, courses, stamp)
    venues = _venues(db, stamp)
    _equipment(db, stamp)
    _checklist(db, courses, stamp)
    ids = _people(db, people, stamp)
    needing = _compliance(db, courses, now)
    return Catalogue(courses, trainers, venues, ids, needing)


def _table(name: str) -> Table:
    with (resources() / "demo" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: dict(row) for row in csv.DictReader(file)}


def _words(name: str) -> list[str]:
    return (resources() / "demo" / f"{name}.txt").read_text(encoding="utf-8").split()


def _courses(db: DbSession, stamp: Row) -> Table:
    rows = _table("courses")
    for row in rows.values():
        row["validity_months"] = int(row["validity_months"]) if row["validity_months"] else None
        row["duration_minutes"], row["expiring_days"] = int(row["duration_minutes"]), int(row["expiring_days"])
        row["id"] = db.execute(sa.insert(Course).values(**row, **stamp).returning(Course.id)).scalar_one()
    return rows


def _resource(db: DbSession, kind: ResourceKind, row: Row, stamp: Row) -> int:
    own = {"kind": kind.value, "code": row["code"], "name": row["name"], "sort_name": sort_name(row["name"])}
    return int(db.execute(sa.insert(Resource).values(**own, **stamp).returning(Resource.id)).scalar_one())


def _trainers(db: DbSession, courses: Table, stamp: Row) -> Table:
    rows = _table("trainers")
    for row in rows.values():
        row["id"] = _resource(db, ResourceKind.TRAINER, row, stamp)
        db.execute(sa.insert(Trainer).values(id=row["id"], weekly_hours=int(row["weekly_hours"])))
        categories = row["categories"].split("|")
        row["courses"] = {course["id"] for course in courses.values() if course["category"] in categories}
        held = [{"trainer_id": row["id"], "course_id": key, **stamp} for key in sorted(row["courses"])]
        db.execute(sa.insert(Qualification), held)
        lapsed = next(course["id"] for course in courses.values() if course["id"] not in row["courses"])
        ended = stamp["created_at"].date() - dt.timedelta(days=30)
        db.execute(sa.insert(Qualification).values(trainer_id=row["id"], course_id=lapsed, valid_until=ended, **stamp))
    return rows


def _venues(db: DbSession, stamp: Row) -> Table:
    rows = _table("venues")
    for row in rows.values():
        row["id"] = _resource(db, ResourceKind.VENUE, row, stamp)
        row["capacity"] = int(row["capacity"])
        own = {"kind": row["kind"], "capacity": row["capacity"], "site": row["site"]}
        after = int(row["turnaround_minutes"])
        part_of = rows[row["part_of"]]["id"] if row["part_of"] else None
        db.execute(sa.insert(Venue).values(id=row["id"], **own, part_of_id=part_of, turnaround_minutes=after))
    return rows


def _checklist(db: DbSession, courses: Table, stamp: Row) -> None:
    """Give the course that comes first in the list something to see to before its sessions (S12)."""
    first = min(courses.values(), key=lambda row: str(row["title"]))
    items = [{"words": words, "days_before": days} for words, days in CHECKLIST]
    rows = [{"course_id": first["id"], "place": place, **item, **stamp} for place, item in enumerate(items, 1)]
    db.execute(sa.insert(ChecklistItem), rows)


def _equipment(db: DbSession, stamp: Row) -> None:
    for row in _table("equipment").values():
        _resource(db, ResourceKind.EQUIPMENT, row, stamp)


def _people(db: DbSession, count: int, stamp: Row) -> list[int]:
    chance = random.Random(SEED)
    first, last = _words("first_names"), _words("last_names")
    rows = []
    for number in range(count):
        name = f"{chance.choice(first)} {chance.choice(last)}"
        department, job_role = chance.choice(DEPARTMENTS)
        employee_no = f"P{10001 + number}"
        search, sorted_by = person_keys(employee_no, name, department)
        rows.append(
            {
                "employee_no": employee_no,
                "name": name,
                "department": department,
                "job_role": job_role,
                "site": chance.choice(SITES),
                "search": search,
                "sort_name": sorted_by,
                **stamp,
            }
        )
    db.execute(sa.insert(Person), rows)
    return list(db.scalars(sa.select(Person.id).order_by(Person.id)))


def _compliance(db: DbSession, courses: Table, now: dt.datetime) -> dict[int, list[int]]:
    """Ask everybody for the mandatory courses, attest what is held, and let compliance follow."""
    chance = random.Random(SEED + 1)
    mandatory = [row for code, row in courses.items() if code in MANDATORY]
    others = [row for code, row in courses.items() if code not in MANDATORY]
    stamp = {"created_at": now, "updated_at": now}
    asked = [{"course_id": course["id"], "since": (now - TOLD_BEFORE).date(), **stamp} for course in mandatory]
    db.execute(sa.insert(Requirement), asked)
    rows = []
    needing: dict[int, list[int]] = defaultdict(list)
    for person_id in db.scalars(sa.select(Person.id).order_by(Person.id)):
        for course in mandatory + chance.sample(others, EXTRA):
            status, expires_on = _held(chance, course["validity_months"], now.date())
            said = {"person_id": person_id, "course_id": course["id"], "stated_at": now - TOLD_BEFORE, **stamp}
            rows.append(said | {"status": status.value, "expires_on": expires_on})
            needing[course["id"]].append(person_id)
    db.execute(sa.insert(Attestation), rows)
    recompute(db)
    return needing


def _held(
    chance: random.Random, validity_months: int | None, today: dt.date
) -> tuple[ComplianceStatus, dt.date | None]:
    """Most hold what they need; some never did, some ran out, some wait for a result."""
    draw = chance.random()
    if draw < 0.04:
        return ComplianceStatus.NON_COMPLIANT, None
    if draw < 0.07:
        return ComplianceStatus.PENDING, None
    if validity_months is None:
        return ComplianceStatus.COMPLIANT, None
    if draw < 0.12:
        return ComplianceStatus.NON_COMPLIANT, today - dt.timedelta(days=chance.randint(1, 120))
    return ComplianceStatus.COMPLIANT, today + dt.timedelta(days=chance.randint(5, validity_months * 30))
