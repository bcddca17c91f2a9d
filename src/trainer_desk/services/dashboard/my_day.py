"""Gathers what the page My day shows a trainer: own sessions of these two weeks, and what is to be marked (A1)."""

import datetime as dt

from trainer_desk.services.accounts.identity import who_is
from trainer_desk.services.dashboard.sessions import awaiting_of_trainer, sessions_of_trainer
from trainer_desk.services.dashboard.today import own_name
from trainer_desk.services.directory import load_directory
from trainer_desk.services.rows.dashboard import MyDay
from trainer_desk.services.rules.times import day_bounds, local
from trainer_desk.services.store.db import Db

WEEKS = 2
"""How many weeks are shown, the one of today first."""


def load_my_day(db: Db, actor: str, *, now: dt.datetime) -> MyDay:
    """Return what the trainer for whom the login `actor` stands teaches from today to the end of next week.

    `now` is UTC. A login that stands for no trainer teaches nothing.
    """
    directory = load_directory(db)
    zone = directory.settings.zone
    day = local(now, zone).date()
    trainer = who_is(db, actor).trainer_id
    mine = None if trainer is None else directory.trainers.get(trainer)
    name = own_name(db, actor) or (mine.name if mine is not None else "")
    if trainer is None:
        return MyDay(now, day, zone, directory, name, None)
    begins, _ends = day_bounds(day, zone)
    after, _ends = day_bounds(day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=WEEKS), zone)
    sessions = sessions_of_trainer(db, trainer, begins, after, now)
    return MyDay(now, day, zone, directory, name, trainer, sessions, awaiting_of_trainer(db, trainer, now))
