"""Attendance as the pictures show it: half of the people are marked, and somebody is looked at closely."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint

from trainer_desk.models.enums import CLAIMING, Attendance
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.assembly import Assembly
from trainer_desk.views.attendance.view import AttendanceView

Wait = Callable[[Callable[[], object]], object]
SIZE = (1024, 768)
MARKED = 8
"""So many people are marked, from the top."""


def half_marked(parts: Assembly, wait: Wait) -> None:
    """Most of the first rows attended, one is a no-show, one left early."""
    view = _open(parts, wait)
    for row in range(MARKED):
        line = view.model.line_at(row)
        if line is not None and line.mark.attendance is Attendance.REGISTERED:
            fields: dict[str, Any] = {"attendance": Attendance.NO_SHOW if row == 3 else Attendance.ATTENDED}
            view.mark(row, **fields, **({"remarks": "Left early"} if row == 5 else {}))
    wait(lambda: not view.is_saving)
    view.parts.people.go_to(MARKED)


def one_person(parts: Assembly, wait: Wait) -> None:
    """The same, with everything about one person over it."""
    half_marked(parts, wait)
    view = view_of(parts)
    view.open_person(5)
    wait(lambda: not view.is_saving)


def view_of(parts: Assembly) -> AttendanceView:
    """Return the sheet that is open."""
    return list(parts.attendance.views.values())[-1]


def _open(parts: Assembly, wait: Wait) -> AttendanceView:
    def wanted(card: SessionCard) -> bool:
        return card.status in CLAIMING and card.enrolled > MARKED

    parts.window.show_page("schedule")
    wait(lambda: parts.schedule.source.cards)
    cards = list(parts.schedule.source.cards.values())
    chosen = next((card for card in cards if wanted(card)), cards[0])
    parts.open_attendance(chosen.id)
    view = view_of(parts)
    view.resize(*SIZE)
    view.move(QPoint(0, 0))
    wait(lambda: view.sheet is not None)
    return view
