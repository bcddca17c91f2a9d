"""The list of what needs attention: an icon, the session and what is the matter, one row each."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from trainer_desk.services.findings import SOFT_CODES
from trainer_desk.services.rows.directory import Directory
from trainer_desk.texts import day_text, finding_text
from trainer_desk.views.parts.plain_label import plain_tip
from trainer_desk.views.schedule import wall, words
from trainer_desk.views.schedule.attention import Concern
from trainer_desk.views.schedule.ink import FontKey, Ink
from trainer_desk.views.theme import look

Index = QModelIndex | QPersistentModelIndex
HEIGHT, LINE, MOST = 42, 17, 5
"""Pixels of a row with one line of reason, of a further line, and how many short rows show without scrolling."""
LEFT, RIGHT = 31, 8
REASON: FontKey = ("small", 400, False)
_NOWHERE = QModelIndex()


def icon_of(concern: Concern) -> tuple[str, str]:
    """Return icon and colour: red only for what cannot stand."""
    if concern.finding.code.startswith("missing_"):
        return "circle-dashed", "text2"
    if concern.finding.code in SOFT_CODES:
        return "triangle-alert", "warn"
    return "octagon-alert", "danger"


def headline(concern: Concern, directory: Directory) -> str:
    """Return `Lockout–Tagout · Thu 26 Nov`."""
    title = words.title_of(concern.card, directory)
    if concern.card.starts_at is None:
        return title
    return f"{title} · {day_text(wall.to_wall(concern.card.starts_at, directory.settings.zone).date())}"


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.concerns: tuple[Concern, ...] = ()
        self.directory: Directory | None = None

    def fill(self, concerns: Sequence[Concern], directory: Directory) -> None:
        self.beginResetModel()
        self.concerns, self.directory = tuple(concerns), directory
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.concerns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.directory is None or not index.isValid():
            return None
        concern = self.concerns[index.row()]
        said = finding_text(concern.finding, self.directory.settings.zone)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{headline(concern, self.directory)}: {said}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(said)
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, model: _Model, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._ink = model, Ink(look())
        look().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._ink.reset()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = 1 if self._model.directory is None else len(self._reason(index.row(), option.rect.width()))
        return QSize(look().px(200), look().px(HEIGHT + LINE * (lines - 1)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        directory = self._model.directory
        if directory is None:
            return
        concern = self._model.concerns[index.row()]
        state: Any = option.state
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if focused or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(look().colour("accent"), 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("hover"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        name, token = icon_of(concern)
        icon = look().pixmap(name, token, 15, painter.device().devicePixelRatio())
        painter.drawPixmap(QPointF(box.x() + look().px(8), box.y() + look().px(6)), icon)
        left = look().px(LEFT)
        line = QRectF(box.x() + left, box.y() + look().px(4), box.width() - left - look().px(RIGHT), look().px(LINE))
        self._write(painter, line, headline(concern, directory), 500, "text")
        for place, said in enumerate(self._reason(index.row(), int(box.width())), start=1):
            self._write(painter, line.translated(0, look().px(LINE) * place), said, 400, "text2")
        painter.restore()

    def _reason(self, row: int, width: int) -> tuple[str, ...]:
        """Return what is the matter on one line, or on two where it takes them."""
        directory = self._model.directory
        assert directory is not None
        said = finding_text(self._model.concerns[row].finding, directory.settings.zone)
        return self._ink.wrap(said, REASON, width - look().px(LEFT + RIGHT), 2)

    def _write(self, painter: QPainter, box: QRectF, text: str, weight: int, token: str) -> None:
        painter.setFont(look().font("small", weight))
        painter.setPen(look().colour(token))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)


class AttentionList(QListView):
    """Shows the first rows without scrolling; a click or Enter goes to the session."""

    chosen = Signal(int)
    """The place of the concern in the list."""

    def __init__(self) -> None:
        super().__init__()
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self._model, self))
        self.setAccessibleName("Needs attention")
        self.setObjectName("Cards")
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))
        look().changed.connect(self._fit)

    def show_concerns(self, concerns: Sequence[Concern], directory: Directory) -> None:
        """Show these instead."""
        self._model.fill(concerns, directory)
        self._fit()

    def stand_on(self, place: int) -> None:
        """Put the cursor on a row."""
        self.setCurrentIndex(self._model.index(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the reasons anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the session of the row with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        self.scheduleDelayedItemsLayout()
        needed = sum(self.sizeHintForRow(row) for row in range(self._model.rowCount()))
        self.setFixedHeight(min(needed, look().px(HEIGHT) * MOST) + 2)
