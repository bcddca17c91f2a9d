"""The picker's list: rows of people under headers that stay on top while their group scrolls by."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from trainer_desk.texts.translate import _
from trainer_desk.views.picker.delegate import HEADER, PickDelegate
from trainer_desk.views.picker.model import PickModel
from trainer_desk.views.theme import look


class PeopleList(QListView):
    """`person_clicked` carries a row, `group_clicked` a group; the keys belong to the search field."""

    person_clicked = Signal(int)
    group_clicked = Signal(int)

    def __init__(self, model: PickModel, zone: ZoneInfo) -> None:
        super().__init__()
        self._model = model
        self._delegate = PickDelegate(model, zone)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("Suggested people"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._click)
        look().changed.connect(self.scheduleDelayedItemsLayout)

    def pinned(self) -> tuple[QRect, int] | None:
        """Return where the header of the topmost group stays and which group that is; None in an empty list."""
        top = self.indexAt(QPoint(look().px(20), 1)).row()
        header = self._model.header_of(top)
        if header is None:
            return None
        height, shift = look().px(HEADER), 0
        below = self._model.header_below(top)
        if below is not None:
            shift = min(0, self.visualRect(self._model.index(below)).top() - height)
        group = self._model.row_at(header)
        assert isinstance(group, int)
        return QRect(0, shift, self.viewport().width(), height), group

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and the topmost group's header over them."""
        super().paintEvent(event)
        pinned = self.pinned()
        if pinned is None:
            return
        painter = QPainter(self.viewport())
        self._delegate.paint_header(painter, *pinned)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current person in sight when an alert takes some of the room."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint all of it anew: the header on top does not scroll along."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into sight, below the header that stays on top."""
        super().scrollTo(index, hint)
        hidden = look().px(HEADER) - self.visualRect(index).top()
        if hidden > 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - hidden)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the header on top belongs to it and not to the row behind."""
        pinned = self.pinned()
        if pinned is not None and pinned[0].contains(event.position().toPoint()):
            self.group_clicked.emit(pinned[1])
            event.accept()
            return
        super().mousePressEvent(event)

    def _click(self, index: QModelIndex) -> None:
        row = self._model.row_at(index.row())
        if isinstance(row, int):
            self.group_clicked.emit(row)
        elif row is not None:
            self.person_clicked.emit(index.row())
