"""Gathers what the page Today shows, by a handful of statements however large the organisation is (D1)."""

import datetime as dt

import sqlalchemy as sa

from trainer_desk.models import Account, BookingRequest, Person
from trainer_desk.models.enums import RequestStatus
from trainer_desk.services.dashboard.errands import open_errands
from trainer_desk.services.dashboard.needs import people_not_compliant
from trainer_desk.services.dashboard.sessions import awaiting_attendance, forgotten_drafts, waiting_elsewhere
from trainer_desk.services.directory import load_directory, load_settings
from trainer_desk.services.notices.counting import count_to_tell
from trainer_desk.services.planning.board import load_board
from trainer_desk.services.planning.workload import trainer_minutes
from trainer_desk.services.rows.dashboard import Asked, Overload, Today, Waiting
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rules.load import is_over
from trainer_desk.services.rules.times import day_bounds, iso_week_bounds, local
from trainer_desk.services.store.db import Db

AHEAD = dt.timedelta(days=14)
"""So many days ahead sessions are looked through for what they lack."""

ASKED: sa.Select[int, dt.datetime] = sa.select(sa.func.count(), sa.func.min(BookingRequest.requested_at)).where(
    BookingRequest.status == RequestStatus.DRAFT.value
)

NAME = (
    sa.select(Person.name)
    .join(Account, Account.person_id == Person.id)
    .where(Account.login == sa.bindparam("login"), Account.disabled_at.is_(None))
)


def load_today(db: Db, actor: str, *, now: dt.datetime) -> Today:
    """Return what waits for a decision as of `now` (UTC), with the sessions of the next 14 days, for the login `actor`.

    How people stand with their courses takes longer where there are many, and comes by `needs.load_needs`.
    """
    directory = load_directory(db)
    zone = directory.settings.zone
    day = local(now, zone).date()
    begins, _ends = day_bounds(day, zone)
    _begins, ends = day_bounds(day + AHEAD, zone)
    return Today(
        now=now,
        day=day,
        zone=zone,
        directory=directory,
        board=load_board(db, begins, ends, now=now),
        name=own_name(db, actor),
        unmarked=awaiting_attendance(db, now),
        elsewhere=waiting_elsewhere(db, now),
        errands=open_errands(db, now, zone),
        overloads=overloads(db, directory, now),
        asked=requests_to_decide(db),
        undated=forgotten_drafts(db, now),
        to_tell=count_to_tell(db, now),
    )


def count_waiting(db: Db, *, now: dt.datetime) -> Waiting:
    """Return what the badges of the sidebar count as of `now` (UTC)."""
    day = local(now, load_settings(db).zone).date()
    return Waiting(people_not_compliant(db, day), requests_to_decide(db).count)


def own_name(db: Db, actor: str) -> str:
    """Return the name of the person for whom a login stands, empty if it stands for nobody."""
    found = db.execute(NAME, {"login": actor}).scalar_one_or_none()
    return str(found or "")


def requests_to_decide(db: Db) -> Asked:
    """Return how many booking requests nobody has decided, and since when the oldest waits (UTC) (Q3)."""
    count, oldest = db.execute(ASKED).one()
    return Asked(int(count), oldest)


def overloads(db: Db, directory: Directory, now: dt.datetime) -> tuple[Overload, ...]:
    """Return the trainers booked above their weekly norm in the ISO week of `now` (UTC), most over first (L2)."""
    found = []
    for trainer_id, load in trainer_minutes(db, *iso_week_bounds(now, directory.settings.zone)).items():
        trainer = directory.trainers.get(trainer_id)
        norm = directory.norm_of(trainer_id) if trainer is not None and trainer.active else None
        if norm is not None and is_over(load.booked, norm):
            found.append(Overload(trainer_id, load.booked, norm * 60))
    return tuple(sorted(found, key=lambda one: (one.norm_minutes - one.minutes, one.trainer_id)))
