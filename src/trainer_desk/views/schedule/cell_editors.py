"""What stands in a cell of a list while its day or its times are edited, and what all such editors share (ux 4.8)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.load import LoadMinutes
from trainer_desk.services.rules.times import local
from trainer_desk.services.rules.transitions import is_editable
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.date_field import DateField, mark
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.time_field import TimeField
from trainer_desk.views.parts.wall_clock import Unreadable
from trainer_desk.views.schedule import words
from trainer_desk.views.session.when_typed import Frame, Typed, completed, shown, to_fields
from trainer_desk.views.theme import look

KEPT_FROM_SHORTCUTS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
"""Keys that mean a week to the page and a step to the field that stands in it."""
DAY_WIDTH, CLOCK_WIDTH = 170, 65


@dataclass(frozen=True, slots=True)
class Cell:
    """The session that is edited, as it stood when that began; `loads` are None until they are known."""

    card: SessionCard
    directory: Directory
    now: dt.datetime
    loads: Mapping[int, LoadMinutes] = field(default_factory=dict)

    @property
    def judged_on(self) -> dt.date:
        """The day on which trainers are judged: of the start, today while undated."""
        return local(self.card.starts_at or self.now, self.directory.settings.zone).date()

    @property
    def today(self) -> dt.date:
        """Today on the organisation's clock."""
        return local(self.now, self.directory.settings.zone).date()

    @property
    def frame(self) -> Frame:
        """What typed days and times are judged against."""
        settings, course = self.directory.settings, self.directory.courses.get(self.card.course_id)
        minutes = course.duration_minutes if course else 60
        return Frame(self.card.starts_at, self.card.ends_at, settings.zone, settings.day_starts, minutes)

    @property
    def typed(self) -> Typed:
        """Day and times as the clock shows them."""
        return shown(self.card.starts_at, self.card.ends_at, self.directory.settings.zone)

    def name(self, what: str) -> str:
        """Return what a screen reader calls the editor: `Trainer of Fire Warden, Tue 24 Nov · 13:30–16:30`."""
        facts = {"title": words.title_of(self.card, self.directory), "when": words.when(self.card, self.directory)}
        return _("{what} of {title}, {when}").format(what=what, **facts)


class CellEditor(QFrame):
    """Lies over its cell. Enter and Tab end it with `entered`, Esc with `left`; whoever listens takes `fields()`."""

    entered = Signal(int)
    """+1 for Tab, -1 for Shift+Tab, 0 for Enter."""
    left = Signal()
    width_wanted = 0
    """Pixels at 100 % text size."""

    def __init__(self, viewport: QWidget, cell: Cell) -> None:
        super().__init__(viewport)
        self.cell = cell
        self.setObjectName("Cell")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(2, 2, 2, 2)
        self.row.setSpacing(5)

    def stops(self) -> list[QWidget]:
        """Return the fields in the order of Tab."""
        raise NotImplementedError

    def fields(self) -> Mapping[str, object]:
        """Return the fields of the session to be written. Raises Unreadable with a sentence that says why not."""
        raise NotImplementedError

    def width_needed(self) -> int:
        """Return how wide it wants to be, in pixels at the current text size."""
        return max(look().px(self.width_wanted), self.sizeHint().width())

    def begin(self) -> None:
        """Put the focus into the first field, its text selected."""
        first = next((stop for stop in self.stops() if stop.isEnabled()), self.stops()[0])
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(first, QLineEdit):
            first.selectAll()

    def learn(self, loads: Mapping[int, LoadMinutes]) -> None:
        """Hear how many hours the trainers have in the session's week."""

    def watch(self, stop: QWidget) -> None:
        """Add a field and keep its keys from the page."""
        stop.installEventFilter(self)
        self.row.addWidget(stop)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep keys that the page would take for itself."""
        kept = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if kept and event.key() in KEPT_FROM_SHORTCUTS:  # type: ignore[attr-defined]
            event.accept()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End with Enter or Esc, which the fields pass on once they have read them; keep the rest from the table."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(0)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next field, and from the last one on to the next cell."""
        stops = [stop for stop in self.stops() if stop.isEnabled()]
        step = 1 if forward else -1
        place = next((place for place, stop in enumerate(stops) if stop.hasFocus()), 0) + step
        if 0 <= place < len(stops):
            stops[place].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit(step)
        return True


class DayEditor(CellEditor):
    """The day alone: the times go with it; a draft that had none gets usual ones, an emptied day leaves it undated."""

    width_wanted = DAY_WIDTH

    def __init__(self, viewport: QWidget, cell: Cell) -> None:
        super().__init__(viewport, cell)
        self.day = DateField(cell.name(_("Day")), lambda: cell.today)
        self.day.set_value(cell.typed.day)
        self.watch(self.day)

    def stops(self) -> list[QWidget]:
        """Return the one field."""
        return [self.day]

    def fields(self) -> Mapping[str, object]:
        """Return start and end on the new day."""
        _take(self.day)
        typed, before = replace(self.cell.typed, day=self.day.value), self.cell.typed
        return _instants(completed(typed, before, "day", self.cell.frame), self.cell, self.day)


class TimeEditor(CellEditor):
    """Start and end; another start keeps the length, a running session keeps its start (S3)."""

    def __init__(self, viewport: QWidget, cell: Cell) -> None:
        super().__init__(viewport, cell)
        self.start, self.end = TimeField(cell.name(_("Start"))), TimeField(cell.name(_("End")))
        self.late = PlainLabel(_("+1 day"), "small")
        self._before = cell.typed
        self._is_late = cell.typed.next_day
        self.start.set_value(cell.typed.start)
        self.end.set_value(cell.typed.end)
        self.start.setEnabled(is_editable(cell.card.status, "starts_at"))
        self.watch(self.start)
        self.row.addWidget(PlainLabel("–", "muted"))
        self.watch(self.end)
        self.row.addWidget(self.late)
        self.late.setVisible(self._is_late)
        for clock in (self.start, self.end):
            clock.setFixedWidth(look().px(CLOCK_WIDTH))
        self.start.changed.connect(lambda _time: self._follow())
        self.end.changed.connect(lambda _time: self._show_late())

    def stops(self) -> list[QWidget]:
        """Return start and end."""
        return [self.start, self.end]

    def fields(self) -> Mapping[str, object]:
        """Return start and end on the same day, or over the midnight that the session already crosses."""
        _take(self.start)
        _take(self.end)
        start, end = self.start.value, self.end.value
        if start is not None and end is not None and end <= start and not self._is_late:
            span = f"{self.start.text()}–{self.end.text()}"
            said = _("The end must be after the start. It is {span} now.").format(span=span)
            mark(self.end, said)
            raise Unreadable(said)
        return _instants(self._typed(), self.cell, self.start)

    def _typed(self) -> Typed:
        return Typed(self.cell.typed.day, self.start.value, self.end.value, self._is_late)

    def _follow(self) -> None:
        done = completed(self._typed(), self._before, "start", self.cell.frame)
        self.end.set_value(done.end)
        self._before, self._is_late = done, done.next_day
        self.late.setVisible(self._is_late)

    def _show_late(self) -> None:
        start, end = self.start.value, self.end.value
        crosses = start is not None and end is not None and end <= start
        self._is_late = self._is_late and crosses
        self._before = self._typed()
        self.late.setVisible(self._is_late)


def _take(edited: DateField | TimeField) -> None:
    """Have a field read what is typed; raise Unreadable if it cannot."""
    if edited.isModified():
        edited.editingFinished.emit()
    if edited.problem:
        raise Unreadable(edited.problem)


def _instants(typed: Typed, cell: Cell, at: QWidget) -> Mapping[str, object]:
    try:
        return to_fields(typed, cell.frame)
    except DeskError as error:
        said = error_text(error, cell.directory.settings.zone)
        mark(at, said)
        raise Unreadable(said) from error
