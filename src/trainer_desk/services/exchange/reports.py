"""Lists that are saved as CSV from the command line: runs, courses with places, sessions with places (R6)."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from trainer_desk.services.directory import load_directory
from trainer_desk.services.planning.bookable import load_bookable
from trainer_desk.services.planning.runs import list_runs
from trainer_desk.services.reports.demand import load_demand
from trainer_desk.services.rows.demand import Demand
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.bookable import next_start
from trainer_desk.services.rules.capacity import available
from trainer_desk.services.rules.times import wall_text
from trainer_desk.services.store.db import Db


@dataclass(frozen=True, slots=True)
class ReportScope:
    """What narrows a report: instants (UTC) between which sessions start, and a course; None: all."""

    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    course_id: int | None = None

    def holds(self, card: SessionCard) -> bool:
        """Whether a session is within; one without a date only where no days are asked for."""
        if self.course_id is not None and card.course_id != self.course_id:
            return False
        if card.starts_at is None:
            return self.starts_at is None and self.ends_at is None
        is_late_enough = self.starts_at is None or card.starts_at >= self.starts_at
        return is_late_enough and (self.ends_at is None or card.starts_at < self.ends_at)


Table = tuple[Sequence[str], list[list[str]]]
"""The names of the columns, and a text for each of them in every row."""


def runs_report(db: Db, scope: ReportScope, *, now: dt.datetime) -> Table:
    """Return every run with its days, people, fill rate and attendance as of `now` (UTC); rates are 0 to 1."""
    directory = load_directory(db)
    head = (
        "code", "name", "course", "start_date", "end_date", "status", "sessions", "people", "max_people", "on_run",
        "fill_rate", "attendance",
    )  # fmt: skip
    rows = []
    for one in list_runs(db, now=now):
        run = one.run
        if scope.course_id is not None and run.course_id != scope.course_id:
            continue
        if not _is_between(one.starts_at, one.ends_at, scope):
            continue
        cells = [
            run.code, run.name, directory.courses[run.course_id].code, _day(run.start_date), _day(run.end_date),
            one.status.value, str(one.sessions), str(run.people_taken), _text(run.max_people), str(one.members),
            _rate(one.fill_rate), _rate(one.attendance),
        ]  # fmt: skip
        rows.append(cells)
    return head, rows


def courses_report(db: Db, scope: ReportScope, *, now: dt.datetime) -> Table:
    """Return every course in use with how many sessions of it have a place at `now` (UTC), and the next date."""
    directory = load_directory(db)
    bookable, zone = load_bookable(db, now), directory.settings.zone
    rows = []
    for course in directory.courses.values():
        if not course.active or scope.course_id not in (None, course.id):
            continue
        cards = [card for card in bookable.get(course.id, ()) if scope.holds(card)]
        start = _moment(next_start(cards), zone)
        rows.append([course.code, course.title, course.category, str(len(cards)), start])
    return ("code", "title", "category", "available_sessions", "next_start"), rows


def sessions_report(db: Db, scope: ReportScope, *, now: dt.datetime) -> Table:
    """Return the sessions with a place at `now` (UTC) by date and time, those without a date last."""
    directory = load_directory(db)
    cards = [card for found in load_bookable(db, now).values() for card in found if scope.holds(card)]
    cards.sort(key=lambda card: (card.starts_at is None, card.starts_at or now, card.id))
    head = ("ref", "course", "title", "start", "end", "venue", "trainer", "status", "capacity", "enrolled", "available")
    return head, [_session(card, directory) for card in cards]


def demand_report(db: Db, scope: ReportScope, *, now: dt.datetime) -> Table:
    """Return what training is needed, a row for each course, site and month in which anybody needs a place (D4)."""
    head, rows = demand_rows(load_demand(db, now=now), scope.course_id)
    return head, [[str(cell) for cell in row] for row in rows]


def demand_rows(demand: Demand, course_id: int | None = None) -> tuple[Sequence[str], list[Sequence[str | int]]]:
    """Return demand as names of columns and rows, of one course or of all."""
    head = ("course", "title", "site", "month", "people", "planned_places", "sessions_needed", "seats_of_a_session")
    rows: list[Sequence[str | int]] = [
        (
            line.course_code, line.title, line.site, f"{month:%Y-%m}", cell.people, cell.planned, cell.sessions,
            line.size,
        )
        for line in demand.lines
        if course_id in (None, line.course_id)
        for month, cell in zip(demand.months, line.cells, strict=True)
        if cell.people
    ]  # fmt: skip
    return head, rows


REPORTS: Mapping[str, Callable[..., Table]] = {
    "runs": runs_report,
    "courses": courses_report,
    "available": sessions_report,
    "demand": demand_report,
}
"""What can be saved, by name."""


def _session(card: SessionCard, directory: Directory) -> list[str]:
    course, zone = directory.courses[card.course_id], directory.settings.zone
    venue, trainer = directory.venues.get(card.venue_id or 0), directory.trainers.get(card.trainer_id or 0)
    return [
        card.ref, course.code, card.title or course.title, _moment(card.starts_at, zone), _moment(card.ends_at, zone),
        venue.name if venue else "", trainer.name if trainer else "", card.status.value, _text(card.capacity),
        str(card.enrolled), _text(available(card.capacity, card.seats_taken)),
    ]  # fmt: skip


def _is_between(starts_at: dt.datetime | None, ends_at: dt.datetime | None, scope: ReportScope) -> bool:
    """Whether a run has a day in the range that was asked for."""
    if scope.starts_at is None and scope.ends_at is None:
        return True
    if starts_at is None:
        return False
    is_late_enough = scope.starts_at is None or (ends_at or starts_at) > scope.starts_at
    return is_late_enough and (scope.ends_at is None or starts_at < scope.ends_at)


def _moment(instant: dt.datetime | None, zone: ZoneInfo) -> str:
    return "" if instant is None else wall_text(instant, zone)


def _day(day: dt.date | None) -> str:
    return "" if day is None else day.isoformat()


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _rate(part: float | None) -> str:
    return "" if part is None else f"{part:.3f}"
