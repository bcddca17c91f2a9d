"""What a run says in the list and in its panel; pure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from trainer_desk.models.enums import Attendance, EnrollmentState, RunStatus
from trainer_desk.services.rows.directory import Directory, RunRow
from trainer_desk.services.rows.runs import RunPage, RunPerson, RunSummary
from trainer_desk.services.rows.schedule import SessionDetail
from trainer_desk.services.rules.times import local
from trainer_desk.texts import enrollment_word, people_text, range_text, run_status_word, seats_text, span_text
from trainer_desk.texts.formats import day_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.row_model import Column

TONES: Mapping[RunStatus, tuple[str, str]] = {
    RunStatus.PLANNED: ("circle-dashed", "muted"),
    RunStatus.OPEN: ("circle-check", "ok"),
    RunStatus.FULL: ("users", "warn"),
    RunStatus.RUNNING: ("clock", "accent"),
    RunStatus.OVER: ("check", "muted"),
    RunStatus.CANCELLED: ("ban", "danger"),
}
"""Icon and tone of each status: never colour alone."""

INK = {"muted": "text2"}
OLD = frozenset({RunStatus.OVER, RunStatus.CANCELLED})


def columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (
        Column("code", _("Run"), 84, fixed=True, fits=True),
        Column("name", _("Name"), 120, fixed=True, wide=True),
        Column("course", _("Course"), 132),
        Column("dates", _("Dates"), 110, fits=True),
        Column("status", _("Status"), 112, fixed=True, mark=mark_of),
        Column("sessions", _("Days"), 54, right=True),
        Column("people", _("People"), 72, right=True),
        Column("members", _("On the run"), 84, right=True, shown=False),
        Column("fill", _("Filled"), 62, right=True),
        Column("attendance", _("Attended"), 80, right=True),
    )


def row_of(summary: RunSummary, directory: Directory) -> tuple[Any, ...]:
    """Return the row of the list: the id, then a text for each column."""
    run = summary.run
    return (
        run.id,
        run.code,
        run.name,
        course_of(run, directory),
        dates_of(summary, directory),
        run_status_word(summary.status),
        str(summary.sessions),
        seats_text(run.people_taken, run.max_people),
        str(summary.members),
        percent(summary.fill_rate),
        percent(summary.attendance),
    )


SORTED: Mapping[str, Callable[[RunSummary, Directory], Any]] = {
    "code": lambda one, _directory: one.run.code.casefold(),
    "name": lambda one, _directory: one.run.name.casefold(),
    "course": lambda one, directory: course_of(one.run, directory).casefold(),
    "dates": lambda one, directory: span_of(one, directory),
    "status": lambda one, _directory: list(RunStatus).index(one.status),
    "sessions": lambda one, _directory: one.sessions,
    "people": lambda one, _directory: one.run.people_taken,
    "members": lambda one, _directory: one.members,
    "fill": lambda one, _directory: -1.0 if one.fill_rate is None else one.fill_rate,
    "attendance": lambda one, _directory: -1.0 if one.attendance is None else one.attendance,
}
"""By what a column of the list is sorted."""


def mark_of(word: str) -> tuple[str, str] | None:
    """Return icon and colour of a status by its word, as the list marks it."""
    found = next((TONES[status] for status in RunStatus if run_status_word(status) == word), None)
    return None if found is None else (found[0], INK.get(found[1], found[1]))


def span_of(summary: RunSummary, directory: Directory) -> tuple[date, date]:
    """Return the days between which a run is given: its own, else those of its sessions; without any the far future."""
    run, zone = summary.run, directory.settings.zone
    starts = None if summary.starts_at is None else local(summary.starts_at, zone).date()
    ends = None if summary.ends_at is None else local(summary.ends_at, zone).date()
    first = run.start_date or starts or run.end_date or date.max
    return first, run.end_date or ends or first


def dates_of(summary: RunSummary, directory: Directory) -> str:
    """Return the days between which a run is given, like `23 – 25 Nov 2026`; empty where none is known."""
    first, last = span_of(summary, directory)
    return "" if first == date.max else range_text(min(first, last), max(first, last))


def course_of(run: RunRow, directory: Directory) -> str:
    """Return the title of a run's course."""
    course = directory.courses.get(run.course_id)
    return course.title if course else f"#{run.course_id}"


def percent(part: float | None) -> str:
    """Return a part of the whole as `75 %`, a dash where there is nothing to divide."""
    return "–" if part is None else _("{n} %").format(n=round(part * 100))


def options_of(run: RunRow) -> str:
    """Return in a sentence who may take the days and what they are together; empty for neither."""
    said = []
    if run.members_only:
        said.append(_("Only people on the run may take its days."))
    if run.one_course:
        said.append(_("All its days are one course."))
    return " ".join(said)


def figures_of(summary: RunSummary) -> list[tuple[str, str]]:
    """Return the figures of the panel: what is counted, and the number."""
    return [
        (_("On the run"), people_text(summary.members)),
        (_("Seats filled"), _ratio(summary.fill_rate, summary.seated, summary.seats, _("no limited session"))),
        (_("Attended"), _ratio(summary.attendance, summary.attended, summary.marked, _("nobody marked yet"))),
    ]


def day_name(detail: SessionDetail) -> str:
    """Return `Day 1`, or the ref of a session that has no day yet."""
    return _("Day {n}").format(n=detail.day) if detail.day else detail.card.ref


def day_when(detail: SessionDetail, directory: Directory) -> str:
    """Return when a day of a run is: `Tue 24 Nov, 09:00–12:00`."""
    card, zone = detail.card, directory.settings.zone
    if card.starts_at is None:
        return _("No date yet")
    day = day_text(local(card.starts_at, zone).date())
    return day if card.ends_at is None else f"{day}, {span_text(card.starts_at, card.ends_at, zone)}"


def places_of(person: RunPerson, page: RunPage) -> str:
    """Return on which days somebody has a place: `Day 1, Day 2 (waiting)`, or that they have none yet."""
    coming = [one for one in page.detail.sessions if one.card.id in person.places]
    if not coming:
        return _("No day yet")
    numbered = [one for one in page.detail.sessions if one.day]
    plain = EnrollmentState.CONFIRMED
    has_all = len(numbered) > 1 and all(
        one.card.id in person.places and person.places[one.card.id].state is plain for one in numbered
    )
    if has_all and not any(person.places[one.card.id].attendance is Attendance.NO_SHOW for one in numbered):
        return plural("The one day", "All {n} days", len(numbered))
    return ", ".join(_place_of(one, person) for one in coming)


def _place_of(detail: SessionDetail, person: RunPerson) -> str:
    place = person.places[detail.card.id]
    if place.state is not EnrollmentState.CONFIRMED:
        return f"{day_name(detail)} ({enrollment_word(place.state).lower()})"
    if place.attendance is Attendance.NO_SHOW:
        return _("{day} (no-show)").format(day=day_name(detail))
    return day_name(detail)


def _ratio(part: float | None, some: int, whole: int, nothing: str) -> str:
    return nothing if part is None else f"{percent(part)} ({some}/{whole})"
