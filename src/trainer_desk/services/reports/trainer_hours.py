"""How many hours trainers teach: the leading and the helping ones, what was held and what is booked (D2)."""

import datetime as dt
from collections import defaultdict

import sqlalchemy as sa

from trainer_desk.models import Session
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.reports.counting import GroupKey, minutes, sessions_counted, total, word
from trainer_desk.services.reports.shaping import report_of
from trainer_desk.services.rows.reports import Measure, Report, ReportWish, Unit
from trainer_desk.services.rules.periods import periods_of
from trainer_desk.services.store.db import Db, dialect_of

MEASURES = (
    Measure("taught", Unit.MINUTES), Measure("delivered", Unit.MINUTES), Measure("booked", Unit.MINUTES),
    Measure("sessions"),
)  # fmt: skip
IS_DONE = Session.status == word(SessionStatus.COMPLETED)


def trainer_hours(db: Db, wish: ReportWish, *, now: dt.datetime) -> Report:
    """Return minutes taught in the sessions that start in each period; `now` has no part in it.

    Whoever helps counts in full, so that two trainers in an hour teach two hours; a session counts once for each.
    """
    directory = load_directory(db, with_qualifications=False)
    periods = periods_of(wish.first, wish.last, wish.step)
    length = minutes(dialect_of(db))
    sums = (total(sa.true(), length), total(IS_DONE, length), total(~IS_DONE, length), sa.func.count())
    found: dict[tuple[int, GroupKey], tuple[int, ...]] = defaultdict(lambda: (0,) * len(sums))
    for helping in (False, True):
        counted = sessions_counted(db, wish, periods, directory.settings.zone, sums, helping=helping)
        for key, values in counted.items():
            found[key] = tuple(one + other for one, other in zip(found[key], values, strict=True))
    return report_of("trainer-hours", wish, directory, periods, MEASURES, dict(found), tuple, sums=len(sums))
