"""How full sessions were and will be: seats taken of the seats that there were (D2)."""

import datetime as dt

import sqlalchemy as sa

from trainer_desk.models import Session
from trainer_desk.services.directory import load_directory
from trainer_desk.services.reports.counting import Sums, sessions_counted, total
from trainer_desk.services.reports.shaping import report_of, share
from trainer_desk.services.rows.reports import Measure, Number, Report, ReportWish, Unit
from trainer_desk.services.rules.periods import periods_of
from trainer_desk.services.store.db import Db

MEASURES = (
    Measure("sessions"), Measure("unlimited"), Measure("seats"), Measure("taken"), Measure("fill_rate", Unit.SHARE),
)  # fmt: skip
LIMITED = Session.capacity.is_not(None)
SUMS = (
    sa.func.count(),
    total(Session.capacity.is_(None)),
    total(LIMITED, Session.capacity),
    total(LIMITED, Session.seats_taken),
)


def fill_rate(db: Db, wish: ReportWish, *, now: dt.datetime) -> Report:
    """Return seats and those taken in the sessions that start in each period; `now` has no part in it.

    Seats taken are people, open offers and held seats. Sessions without a limit are counted apart (`unlimited`).
    """
    directory = load_directory(db, with_qualifications=False)
    periods = periods_of(wish.first, wish.last, wish.step)
    counted = sessions_counted(db, wish, periods, directory.settings.zone, SUMS)
    return report_of("fill-rate", wish, directory, periods, MEASURES, counted, _worked, sums=len(SUMS))


def _worked(sums: Sums) -> tuple[Number, ...]:
    return (*sums, share(sums[3], sums[2]))
