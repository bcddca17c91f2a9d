"""The list of the sheet: taps on answers, keys that mark and go down, letters that jump to a name (ux 9)."""

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScroller

from trainer_desk.models.enums import Attendance, Result
from trainer_desk.services.rows.attendance import PendingPerson
from trainer_desk.texts.translate import _
from trainer_desk.views.attendance.lines import Line
from trainer_desk.views.attendance.model import AttendeeModel, Index
from trainer_desk.views.attendance.painting import LineDelegate
from trainer_desk.views.attendance.places import Choice
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.theme import look

KEYS: dict[Qt.Key, Choice] = {
    Qt.Key.Key_1: Attendance.REGISTERED,
    Qt.Key.Key_2: Attendance.ATTENDED,
    Qt.Key.Key_3: Attendance.NO_SHOW,
    Qt.Key.Key_4: Result.PASSED,
    Qt.Key.Key_5: Result.FAILED,
}
TYPING_MS = 1000
"""Letters that follow one another within this time are one name."""


class AttendeeList(QListView):
    """A tap or a key of an answer is told, and so is whose details are wanted."""

    chosen = Signal(int, object, bool)
    """A row, the answer or result, and whether it was tapped (then a chosen one is taken back) or typed."""
    opened = Signal(int)
    """Details of the person in this row are wanted."""

    def __init__(self, model: AttendeeModel) -> None:
        super().__init__()
        self._model, self._typed, self._since = model, "", QElapsedTimer()
        self._released = QPointF()
        self.delegate = LineDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(_("People of the session"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.clicked.connect(self._tap)
        look().changed.connect(self.scheduleDelayedItemsLayout)

    def go_to(self, row: int) -> None:
        """Make a row the current one and bring it into sight."""
        if 0 <= row < self._model.rowCount():
            self.setCurrentIndex(self._model.index(row))

    def choice_box(self, row: int, choice: Choice) -> QRectF:
        """Return where an answer of a row stands in the viewport."""
        where = self.delegate.places_in(QRectF(self.visualRect(self._model.index(row))))
        boxes = [*where.answers, *where.results]
        return next(box for box in boxes if where.choice_at(box.center()) is choice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark with 1 to 5 and go down, open with Enter, jump with letters; the rest walks."""
        key, row = Qt.Key(event.key()), self.currentIndex().row()
        if key in KEYS or not event.text().strip():
            self._typed = ""  # a name ends with whatever is no letter
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in KEYS and not held and row >= 0:
            self.chosen.emit(row, KEYS[key], False)
            self.go_to(row + 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.opened.emit(row)
        elif event.text().strip() and event.text().isprintable() and not held & ~Qt.KeyboardModifier.ShiftModifier:
            self._jump(event.text())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remember where the finger left, before the row under it is told."""
        self._released = event.position()
        super().mouseReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in sight when something comes to stand above the list."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Say who is current now."""
        super().currentChanged(current, previous)
        if self.hasFocus() and current.isValid():
            announce(self, str(current.data(Qt.ItemDataRole.AccessibleTextRole)))

    def _jump(self, text: str) -> None:
        is_going_on = bool(self._typed) and self._since.elapsed() < TYPING_MS
        self._typed = self._typed + text if is_going_on else text
        self._since.start()
        after = self.currentIndex().row() + (0 if is_going_on else 1)
        found = self._model.named(self._typed, after)
        if found is not None:
            self.go_to(found)

    def _tap(self, index: Index) -> None:
        where = self.delegate.places_in(QRectF(self.visualRect(self._model.index(index.row()))))
        choice = where.choice_at(self._released)
        row = self._model.line_at(index.row()) or self._model.pending_at(index.row())
        if isinstance(row, PendingPerson) and isinstance(choice, Attendance):
            self.chosen.emit(index.row(), Attendance.ATTENDED, True)
        elif isinstance(row, Line):
            if choice is None:
                self.opened.emit(index.row())
            elif isinstance(choice, Attendance) or row.mark.attendance is Attendance.ATTENDED:
                self.chosen.emit(index.row(), choice, True)
