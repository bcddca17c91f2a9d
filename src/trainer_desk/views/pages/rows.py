"""The sections that more than one page has: history, coming sessions; and days and times as their cells say them."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import ChangeKind, SessionStatus
from trainer_desk.services.rows.dossiers import PastChange, Teaching
from trainer_desk.texts import date_text, day_text, moment_text, seats_text, span_text, state_word
from trainer_desk.texts.translate import _
from trainer_desk.views.pages.content import SESSIONS, Line, Link, Marks, Section
from trainer_desk.views.parts.row_model import Column, Mark

STATES: dict[SessionStatus, Mark] = {
    SessionStatus.DRAFT: ("pencil-line", "text2"),
    SessionStatus.SCHEDULED: ("calendar-check", "text2"),
    SessionStatus.IN_PROGRESS: ("circle-dashed", "ok"),
    SessionStatus.COMPLETED: ("circle-check", "ok"),
    SessionStatus.CANCELLED: ("ban", "text2"),
}
UNDONE = {ChangeKind.UNDO: "Undone: ", ChangeKind.REDO: "Done again: "}


def history(changes: Iterable[PastChange], zone: ZoneInfo) -> Section:
    """Return who changed what and when, newest first."""
    lines = []
    for change in changes:
        label = _(UNDONE.get(ChangeKind(change.kind), "")) if change.kind != ChangeKind.DO else ""
        when = moment_text(change.at.replace(second=0), zone, year=True)
        lines.append(Line((when, change.by, label + change.label)))
    columns = (
        Column("when", _("When"), 150, fits=True),
        Column("who", _("Who"), 110, fits=True),
        Column("what", _("What was changed"), 200, wide=True),
    )
    return Section("history", _("History"), columns, tuple(lines), _("Nothing was changed."))


def sessions(title: str, teachings: Iterable[Teaching], zone: ZoneInfo, *, people: str, empty: str) -> Section:
    """Return coming sessions with their seats; `people` heads the column of trainers, empty: there is none."""
    marks = Marks()
    lines = []
    for one in teachings:
        state = marks.add(state_word(one.status), STATES[one.status])
        seats = seats_text(one.seats_taken, one.capacity)
        waiting = _("{seats}, {n} waiting").format(seats=seats, n=one.waiting) if one.waiting else seats
        who = (one.trainer or _("No trainer"),) if people else ()
        cells = (*when_cells(one.starts_at, one.ends_at, zone), one.title, *who, one.venue or _("No venue"))
        lines.append(Line((*cells, waiting, state), Link(SESSIONS, one.session_id)))
    columns = (
        *when_columns(),
        Column("title", _("Session"), 150, wide=True),
        *((Column("trainer", people, 120, fits=True),) if people else ()),
        Column("venue", _("Venue"), 130, fits=True),
        Column("seats", _("Seats"), 80, fits=True),
        Column("state", _("State"), 110, fits=True, mark=marks.known.get),
    )
    return Section("coming", title, columns, tuple(lines), empty, weight=3)


def when_columns() -> tuple[Column, Column]:
    """Return the columns of a day and a time."""
    return Column("day", _("Day"), 130, fits=True), Column("time", _("Time"), 104, fits=True)


def when_cells(starts_at: datetime | None, ends_at: datetime | None, zone: ZoneInfo) -> tuple[str, str]:
    """Return the cells of a day and a time."""
    if starts_at is None or ends_at is None:
        return _("No date yet"), ""
    return day_text(starts_at.astimezone(zone).date(), year=True), span_text(starts_at, ends_at, zone)


def day_cell(day: date | None, empty: str = "") -> str:
    """Return the cell of a day."""
    return empty if day is None else date_text(day)
