"""The demo's booking requests: some wait for a decision, two of them for one room, and one was declined (Q1)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.demo.organisation import Catalogue
from trainer_desk.models import Account, Person
from trainer_desk.models.enums import Role
from trainer_desk.services.directory import load_settings
from trainer_desk.services.requests.deciding import decline
from trainer_desk.services.requests.filing import file_request
from trainer_desk.services.rows.requests import Wish
from trainer_desk.services.rules.times import local, to_instant

WEEKS_AHEAD = dt.timedelta(days=70)
ASKING = (("line1", 40), ("line2", 77))
"""Logins of those who ask, and which of the people each is."""

REASONS = ("Three new colleagues start on the first.", "The audit asked for it.", "Refresher before the winter shift.")


def make_requests(db: DbSession, catalogue: Catalogue, now: dt.datetime) -> None:
    """File a handful of requests in the days before `now` (UTC)."""
    people = catalogue.people
    for login, place in ASKING:
        values = {"login": login, "role": Role.REQUESTER.value, "person_id": people[place]}
        db.execute(sa.insert(Account).values(values | {"created_at": now, "updated_at": now}))
    _let_report(db, people[ASKING[0][1]], people[100:104])
    courses = [row["id"] for row in catalogue.courses.values()]
    trainers = [row["id"] for row in catalogue.trainers.values()]
    rooms = [row["id"] for row in catalogue.venues.values()]
    nine = _monday_nine(db, now)
    hours = dt.timedelta(hours=3)
    (first, _a), (second, _b) = ASKING
    filed = (
        (
            first,
            6,
            Wish(courses[0], None, rooms[0], None, nine, nine + hours, None, tuple(people[100:104]), REASONS[0]),
        ),
        (second, 3, Wish(courses[1], trainers[1], rooms[0], None, nine + hours / 3, nine + hours, 8, (), REASONS[1])),
        (second, 1, Wish(courses[2], None, None, None, None, None, 12, (), REASONS[2])),
        (first, 9, Wish(courses[3], trainers[0], None, None, nine - hours, nine, 4)),
    )
    for login, days, wish in filed:
        made = file_request(db, wish, actor=login, now=now - dt.timedelta(days=days))
    decline(db, made, "The trainer is away that week. Ask again for the week after.", actor="Demo", now=now)


def _let_report(db: DbSession, manager: int, people: list[int]) -> None:
    number = sa.select(Person.employee_no).where(Person.id == manager).scalar_subquery()
    report = sa.update(Person).where(Person.id.in_(people))
    db.execute(report.values(manager_no=number, version=Person.version + 1))


def _monday_nine(db: DbSession, now: dt.datetime) -> dt.datetime:
    """Return nine o'clock of a Monday ten weeks ahead, where the calendar is still empty (UTC)."""
    zone = load_settings(db).zone
    day = local(now + WEEKS_AHEAD, zone).date()
    monday = day - dt.timedelta(days=day.weekday())
    return to_instant(dt.datetime.combine(monday, dt.time(9)), zone, field="start", prefer="earlier")
