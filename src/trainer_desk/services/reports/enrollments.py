"""How many people were enrolled, withdrew, came and did not come, by the day of their session (D2)."""

import datetime as dt

import sqlalchemy as sa

from trainer_desk.models import Enrollment
from trainer_desk.models.enums import SEATED, Attendance, EnrollmentState
from trainer_desk.services.directory import load_directory
from trainer_desk.services.reports.counting import Sums, places_counted, total, word
from trainer_desk.services.reports.shaping import report_of, share
from trainer_desk.services.rows.reports import Measure, Number, Report, ReportWish, Unit
from trainer_desk.services.rules.periods import periods_of
from trainer_desk.services.store.db import Db

MEASURES = (
    Measure("enrolled"), Measure("withdrawn"), Measure("attended"), Measure("no_shows"), Measure("not_marked"),
    Measure("no_show_rate", Unit.SHARE),
)  # fmt: skip


def _marked(mark: Attendance) -> sa.ColumnElement[int]:
    return total(sa.and_(Enrollment.state == word(EnrollmentState.CONFIRMED), Enrollment.attendance == word(mark)))


SUMS = (
    total(Enrollment.state.in_([word(state) for state in sorted(SEATED)])),
    total(sa.and_(Enrollment.state == word(EnrollmentState.WITHDRAWN), Enrollment.withdrawn_why.is_(None))),
    _marked(Attendance.ATTENDED),
    _marked(Attendance.NO_SHOW),
    _marked(Attendance.REGISTERED),
)


def enrollments(db: Db, wish: ReportWish, *, now: dt.datetime) -> Report:
    """Return the places of the sessions that start in each period; `now` has no part in it.

    Offers that were declined or ran out are no withdrawals. `no_show_rate` is of those who were marked.
    """
    directory = load_directory(db, with_qualifications=False)
    periods = periods_of(wish.first, wish.last, wish.step)
    counted = places_counted(db, wish, periods, directory.settings.zone, SUMS)
    return report_of("enrollments", wish, directory, periods, MEASURES, counted, _worked, sums=len(SUMS))


def _worked(sums: Sums) -> tuple[Number, ...]:
    return (*sums, share(sums[3], sums[2] + sums[3]))
