"""What waitlists ask for: people who wait, and how many of them would find a seat in another session (D2)."""

import datetime as dt
from collections import defaultdict
from dataclasses import replace

import sqlalchemy as sa

from trainer_desk.models import Session
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.reports.counting import GroupKey, sessions_counted, total, word
from trainer_desk.services.reports.shaping import report_of
from trainer_desk.services.rows.reports import Measure, Report, ReportWish, Split
from trainer_desk.services.rules.periods import periods_of
from trainer_desk.services.store.db import Db

MEASURES = (Measure("waiting"), Measure("queues"), Measure("free"), Measure("elsewhere"), Measure("short"))
HAS_QUEUE, NO_QUEUE = Session.waiting > 0, Session.waiting == 0
SUMS = (
    total(HAS_QUEUE, Session.waiting),
    total(HAS_QUEUE),
    total(sa.and_(NO_QUEUE, Session.capacity.is_not(None)), Session.capacity - Session.seats_taken),
    total(sa.and_(NO_QUEUE, Session.capacity.is_(None))),
)


def waitlist(db: Db, wish: ReportWish, *, now: dt.datetime) -> Report:
    """Return who waits in scheduled sessions that start in each period and after `now` (UTC).

    `free` are seats in sessions of the same course and period without a queue; one without a limit has a seat for
    everybody (`elsewhere`), and is not among them. Who finds none is `short`.
    """
    directory = load_directory(db, with_qualifications=False)
    periods = periods_of(wish.first, wish.last, wish.step)
    is_ahead = sa.and_(Session.status == word(SessionStatus.SCHEDULED), Session.starts_at > now)
    by_course = replace(wish, split=Split.COURSE)
    counted = sessions_counted(db, by_course, periods, directory.settings.zone, SUMS, is_ahead)
    found: dict[tuple[int, GroupKey], list[int]] = defaultdict(lambda: [0] * len(MEASURES))
    for (place, course), (waiting, queues, free, unlimited) in counted.items():
        elsewhere = waiting if unlimited else min(waiting, free)
        line = found[place, course if wish.split is Split.COURSE else None]
        for number, value in enumerate((waiting, queues, free, elsewhere, waiting - elsewhere)):
            line[number] += value
    whole = {key: tuple(line) for key, line in found.items()}
    return report_of("waitlist", wish, directory, periods, MEASURES, whole, tuple, sums=len(MEASURES))
