"""The cards of undated drafts: one painted list whose cards can be walked, opened and dragged onto the calendar."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts import length_text, people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.schedule import words
from trainer_desk.views.schedule.placing import length_of
from trainer_desk.views.theme import look

Index = QModelIndex | QPersistentModelIndex
HEIGHT, GAP = 84, 9
CHIPS = {"trainer": "user", "venue": "map-pin", "time": "clock"}
_NOWHERE = QModelIndex()


def missing_of(card: SessionCard) -> list[str]:
    """Return which of trainer, venue and time a card still lacks."""
    known = {"trainer": card.trainer_id, "venue": card.venue_id, "time": card.starts_at}
    return [part for part, value in known.items() if value is None]


def missing_word(part: str) -> str:
    """Return the word of a dashed chip."""
    return {"trainer": _("Trainer"), "venue": _("Venue"), "time": _("Time")}[part]


def details_of(card: SessionCard, directory: Directory) -> str:
    """Return `5 h · 9 people · Ingrid Solberg`."""
    known = [length_text(int(length_of(card, directory).total_seconds() // 60)), people_text(card.enrolled)]
    if card.waiting:
        known.append(_("{n} waiting").format(n=card.waiting))
    if card.trainer_id is not None:
        known.append(words.trainers_of(card, directory))
    elif card.venue_id is not None:
        known.append(words.venue_name(card.venue_id, directory))
    return " · ".join(known)


class CardModel(QAbstractListModel):
    """Cards as a list; the accessible text says all that a card shows."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: tuple[SessionCard, ...] = ()
        self.directory: Directory | None = None

    def show_cards(self, cards: Sequence[SessionCard], directory: Directory) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.cards, self.directory = tuple(cards), directory
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many cards there are."""
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title, or the whole sentence for a screen reader."""
        if self.directory is None or not index.isValid():
            return None
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words.title_of(card, self.directory)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            lacking = ", ".join(missing_word(part).lower() for part in missing_of(card))
            said = f"{words.title_of(card, self.directory)}, {details_of(card, self.directory)}"
            return said + ". " + _("Missing: {parts}").format(parts=lacking)
        return None


class CardDelegate(QStyledItemDelegate):
    """Paints one card as in ux picture 01."""

    def __init__(self, model: CardModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a card with the gap under it."""
        return QSize(look().px(200), look().px(HEIGHT + GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint frame, bar, title, details and what is missing."""
        directory = self._model.directory
        if directory is None:
            return
        card = self._model.cards[index.row()]
        rect: Any = option.rect
        state: Any = option.state
        box = QRectF(rect).adjusted(1, 1, -1, -look().px(GAP))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, box, state)
        course = directory.courses.get(card.course_id)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().category(course.hue if course else 0)[0])
        painter.drawRoundedRect(QRectF(box.x() + 8, box.y() + 9, 3, box.height() - 18), 1.5, 1.5)
        ratio = painter.device().devicePixelRatio()
        grip = look().pixmap("grip-vertical", "text3", 15, ratio)
        painter.drawPixmap(QPointF(box.right() - look().px(22), box.y() + look().px(8)), grip)
        inner = box.adjusted(look().px(20), look().px(8), -look().px(28), 0)
        title, details = words.title_of(card, directory), details_of(card, directory)
        self._write(painter, inner, title, "body", 600, "text")
        below = inner.translated(0, look().px(21)).adjusted(0, 0, look().px(18), 0)
        self._write(painter, below, details, "caption", 500, "text2")
        self._paint_chips(painter, QPointF(inner.x(), box.y() + look().px(51)), missing_of(card))
        painter.restore()

    def _paint_frame(self, painter: QPainter, box: QRectF, state: Any) -> None:
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        token = "accent" if focused else "line_strong" if hovered else "line"
        painter.setPen(QPen(look().colour(token), 2 if focused else 1))
        painter.setBrush(look().colour("surface"))
        painter.drawRoundedRect(box, 8, 8)

    def _write(self, painter: QPainter, box: QRectF, text: str, size: str, weight: int, token: str) -> None:
        font = look().font(size, weight, tabular=weight == 500)
        painter.setFont(font)
        painter.setPen(look().colour(token))
        line = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(QRectF(box.x(), box.y(), box.width(), look().px(20)), Qt.AlignmentFlag.AlignVCenter, line)

    def _paint_chips(self, painter: QPainter, at: QPointF, parts: Sequence[str]) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.setFont(look().font("caption", 600))
        x = at.x()
        for part in parts:
            width = painter.fontMetrics().horizontalAdvance(missing_word(part)) + look().px(31)
            chip = QRectF(x, at.y(), width, look().px(21))
            painter.setPen(QPen(look().colour("line_strong"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
            icon = look().pixmap(CHIPS[part], "text2", 12, ratio)
            painter.drawPixmap(QPointF(x + look().px(8), chip.y() + look().px(4.5)), icon)
            painter.setPen(look().colour("text2"))
            words_box = chip.adjusted(look().px(23), 0, 0, 0)
            painter.drawText(words_box, Qt.AlignmentFlag.AlignVCenter, missing_word(part))
            x += width + look().px(5)


class CardList(QListView):
    """The list; it keeps the mouse itself during a drag, so that nothing depends on the platform's drag and drop."""

    opened = Signal(int)
    entered_on = Signal(int)
    """Enter on the card of this session."""
    menu_wanted = Signal(int, QPoint)
    drag_began = Signal(object)
    """The SessionCard that is being dragged."""
    drag_moved = Signal(QPoint)
    drag_dropped = Signal(QPoint)
    drag_cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards = CardModel()
        self.plans = True
        """Whether cards can be carried away."""
        self._press: QPoint | None = None
        self._dragged: SessionCard | None = None
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(self.cards, self))
        self.setAccessibleName(_("Drafts to place"))
        self.setObjectName("Cards")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        look().changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def is_dragging(self) -> bool:
        """Whether a card is on its way to the calendar."""
        return self._dragged is not None

    def current_id(self) -> int | None:
        """Return the session of the card with the cursor."""
        index = self.currentIndex()
        return self.cards.cards[index.row()].id if index.isValid() else None

    def show_cards(self, cards: Sequence[SessionCard], directory: Directory) -> None:
        """Show these; the cursor stays on its card."""
        current = self.current_id()
        self.cards.show_cards(cards, directory)
        ids = [card.id for card in cards]
        if current in ids:
            self.setCurrentIndex(self.cards.index(ids.index(current)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a card; the right button drops what is held."""
        if event.button() == Qt.MouseButton.RightButton and self.is_dragging:
            self._end(None)
            return
        super().mousePressEvent(event)
        is_card = self.indexAt(event.position().toPoint()).isValid()
        if event.button() == Qt.MouseButton.LeftButton and is_card and self.plans:
            self._press = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag after the platform's distance, then report where the pointer is."""
        point = event.position().toPoint()
        if self._dragged is not None:
            self.drag_moved.emit(event.globalPosition().toPoint())
            return
        if self._press is None:
            super().mouseMoveEvent(event)
            return
        if (point - self._press).manhattanLength() >= QApplication.startDragDistance():
            self._dragged = self.cards.cards[self.indexAt(self._press).row()]
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.setFocus()
            self.drag_began.emit(self._dragged)
            self.drag_moved.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop it."""
        if self._dragged is not None:
            self._end(event.globalPosition().toPoint())
            return
        self._press = None
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a card."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(self.cards.cards[index.row()].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lets go of the card, Enter is for the one with the cursor."""
        if event.key() == Qt.Key.Key_Escape and self.is_dragging:
            self._end(None)
            return
        current = self.current_id()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.entered_on.emit(current)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on the first card at least."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.cards.rowCount():
            self.setCurrentIndex(self.cards.index(0))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a card, by mouse or by key."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wanted.emit(self.cards.cards[index.row()].id, self.viewport().mapToGlobal(place))

    def event(self, event: QEvent) -> bool:
        """Let go of the card when the window loses the mouse."""
        if event.type() == QEvent.Type.WindowDeactivate and self.is_dragging:
            self._end(None)
        return super().event(event)

    def _end(self, at: QPoint | None) -> None:
        self._dragged = self._press = None
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        if at is None:
            self.drag_cancelled.emit()
        else:
            self.drag_dropped.emit(at)
