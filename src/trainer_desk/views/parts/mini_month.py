"""A small month: week numbers, today, the range on show, dots on busy days; jumps by mouse and keys, takes drops."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import IconButton
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.theme import look

ROWS, HEAD, GUTTER, ROW = 6, 20, 22, 25
_DAY_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


def month_start(day: date) -> date:
    """Return the first day of its month."""
    return day.replace(day=1)


def shifted(month: date, months: int) -> date:
    """Return the first day of the month that many months later."""
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


class MiniMonth(QWidget):
    """A title with two arrows over a painted grid of six weeks."""

    day_chosen = Signal(object)
    """The date that was clicked or on which Enter was pressed."""
    month_shown = Signal(object, object)
    """First and last date of the grid, whenever another month shows: the page then loads `set_busy`."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setAccessibleName("Small month")
        self._title = PlainLabel("", "strong")
        back = self._back = IconButton("chevron-left", "Previous month", "tiny")
        on = self._on = IconButton("chevron-right", "Next month", "tiny")
        back.clicked.connect(lambda: self._turn(-1))
        on.clicked.connect(lambda: self._turn(1))
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addWidget(back)
        head.addWidget(on)
        self.grid = MonthGrid(today)
        self.grid.chosen.connect(self.day_chosen)
        self.grid.turned.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.grid)
        self._tell()

    def stops(self) -> tuple[QWidget, ...]:
        """Return what Tab reaches, in order."""
        return self._back, self._on, self.grid

    def show_day(self, day: date) -> None:
        """Show one day as the range on show, and its month."""
        self.show_range(day, day)

    def show_range(self, first: date, last: date) -> None:
        """Show the band of a range (both ends included) and the month of its middle."""
        self.grid.first, self.grid.last = first, last
        self.grid.cursor_day = first
        self.grid.turn_to(month_start(first + (last - first) / 2))
        self.grid.update()

    def set_today(self, today: date) -> None:
        """Mark another day as today (midnight has passed)."""
        self.grid.today = today
        self.grid.update()

    def set_busy(self, sessions: Mapping[date, int]) -> None:
        """Put dots under days with sessions; the number makes the dot stronger."""
        self.grid.busy = dict(sessions)
        self.grid.update()

    def grid_range(self) -> tuple[date, date]:
        """Return the first and the last date that the grid shows."""
        return self.grid.start(), self.grid.start() + timedelta(days=ROWS * 7 - 1)

    def day_at(self, screen_point: QPoint) -> date | None:
        """Return the day at a place of the screen: the target of a session that is dropped there."""
        if not self.grid.isVisible():
            return None
        return self.grid.day_at(QPointF(self.grid.mapFromGlobal(screen_point)))

    def set_drop_day(self, day: date | None) -> None:
        """Outline the day over which a session is held, or none."""
        if self.grid.drop_day != day:
            self.grid.drop_day = day
            self.grid.update()

    def _turn(self, months: int) -> None:
        self.grid.turn_to(shifted(self.grid.month, months))

    def _tell(self) -> None:
        self._title.setText(f"{self.grid.month:%B %Y}")
        self.month_shown.emit(*self.grid_range())


class MonthGrid(QWidget):
    """The painted part of the small month."""

    chosen = Signal(object)
    turned = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = self.first = self.last = self.cursor_day = today
        self.month = month_start(today)
        self.busy: dict[date, int] = {}
        self.drop_day: date | None = None
        self._hovered: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.updateGeometry)
        self._name()

    def start(self) -> date:
        """Return the first date of the grid, a Monday."""
        return self.month - timedelta(days=self.month.weekday())

    def turn_to(self, month: date) -> None:
        """Show another month (its first day)."""
        if month == self.month:
            return
        self.month = month
        self.turned.emit()
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size at the current text size."""
        return QSize(look().px(196), look().px(HEAD + ROWS * ROW))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size in which two digits fit."""
        return QSize(look().px(176), look().px(HEAD + ROWS * ROW))

    def day_at(self, point: QPointF) -> date | None:
        """Return the day at a point of the grid."""
        column = int((point.x() - look().px(GUTTER)) // self._column_width())
        row = int((point.y() - look().px(HEAD)) // look().px(ROW))
        if not (0 <= column < 7 and 0 <= row < ROWS) or point.x() < look().px(GUTTER):
            return None
        return self.start() + timedelta(days=row * 7 + column)

    def cell(self, day: date) -> QRectF:
        """Return the cell of a day that the grid shows."""
        row, column = divmod((day - self.start()).days, 7)
        width, height = self._column_width(), look().px(ROW)
        return QRectF(look().px(GUTTER) + column * width, look().px(HEAD) + row * height, width, height)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn to another month, with Ctrl to another year."""
        steps = -1 if event.angleDelta().y() > 0 else 1
        by_year = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        self.turn_to(shifted(self.month, steps * (12 if by_year else 1)))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day under the pointer."""
        day = self.day_at(event.position())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.cursor_day = day
            self.chosen.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Shade the day under the pointer."""
        self._hover(self.day_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Shade nothing."""
        self._hover(None)

    def event(self, event: QEvent) -> bool:
        """Tell how many sessions a day has when the pointer rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(QPointF(event.pos()))
            if day is not None:
                QToolTip.showText(event.globalPos(), self._spoken(day), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, turn with Page Up and Down, with Ctrl by years, choose with Enter or Space."""
        key, day = Qt.Key(event.key()), self.cursor_day
        if key in _DAY_KEYS:
            self._walk(day + timedelta(days=_DAY_KEYS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            by_year = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            step = timedelta(weeks=52 if by_year else 4)
            self._walk(day + step if key == Qt.Key.Key_PageDown else day - step)
        elif key == Qt.Key.Key_Home:
            self._walk(self.today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(day)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at a day that can be seen."""
        super().focusInEvent(event)
        if not self.start() <= self.cursor_day < self.start() + timedelta(days=ROWS * 7):
            self.cursor_day = self.month
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Repaint for the new width."""
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint names of days, week numbers, the band, the days and their dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_head(painter)
        for row in range(ROWS):
            monday = self.start() + timedelta(days=7 * row)
            self._paint_band(painter, monday)
            self._paint_week_number(painter, monday)
            for column in range(7):
                self._paint_day(painter, monday + timedelta(days=column))
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        painter.setFont(look().font(10, 600))
        painter.setPen(look().colour("text3"))
        for column, letter in enumerate("MTWTFSS"):
            left = look().px(GUTTER) + column * self._column_width()
            box = QRectF(left, 0, self._column_width(), look().px(HEAD - 2))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_band(self, painter: QPainter, monday: date) -> None:
        first, last = max(self.first, monday), min(self.last, monday + timedelta(days=6))
        if first > last:
            return
        box = self.cell(first).united(self.cell(last)).adjusted(-1, 1, 1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("accent_tint"))
        painter.drawRoundedRect(box, 6, 6)

    def _paint_week_number(self, painter: QPainter, monday: date) -> None:
        painter.setFont(look().font(9, 500, tabular=True))
        painter.setPen(look().colour("text3"))
        cell = self.cell(monday)
        box = QRectF(0, cell.top(), look().px(GUTTER - 4), cell.height() - look().px(2))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(monday.isocalendar().week))

    def _paint_day(self, painter: QPainter, day: date) -> None:
        cell, is_today = self.cell(day), day == self.today
        middle, half = cell.center(), look().px(11)
        square = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_today or day == self._hovered:
            painter.setBrush(look().colour("accent" if is_today else "hover"))
            painter.drawRoundedRect(square, 7, 7)
        if day == self.drop_day or (day == self.cursor_day and self.hasFocus()):
            painter.setPen(QPen(look().colour("text" if is_today else "accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(square, 7, 7)
        faint = day.month != self.month.month or day.weekday() > 4
        painter.setFont(look().font("caption", 600 if is_today else 500, tabular=True))
        painter.setPen(look().colour("on_accent" if is_today else "text3" if faint else "text"))
        painter.drawText(cell.adjusted(0, 0, 0, -look().px(2)), Qt.AlignmentFlag.AlignCenter, str(day.day))
        self._paint_dot(painter, day, QPointF(middle.x(), cell.bottom() - look().px(4.5)), is_today)

    def _paint_dot(self, painter: QPainter, day: date, at: QPointF, is_today: bool) -> None:
        sessions = self.busy.get(day, 0)
        if not sessions:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("on_accent" if is_today else "accent"))
        painter.setOpacity(min(1.0, 0.35 + sessions / 9))
        painter.drawEllipse(at, look().px(160) / 100, look().px(160) / 100)
        painter.setOpacity(1.0)

    def _column_width(self) -> float:
        return (self.width() - look().px(GUTTER)) / 7

    def _hover(self, day: date | None) -> None:
        if day != self._hovered:
            self._hovered = day
            self.update()

    def _walk(self, day: date) -> None:
        self.cursor_day = day
        self.turn_to(month_start(day))
        self.update()
        announce(self, self._spoken(day))

    def _spoken(self, day: date) -> str:
        sessions = self.busy.get(day, 0)
        counted = f", {sessions} session{'' if sessions == 1 else 's'}" if sessions else ""
        return f"{day:%A} {day.day} {day:%B %Y}{counted}"

    def _name(self) -> None:
        self.setAccessibleName(f"Days of {self.month:%B %Y}")
