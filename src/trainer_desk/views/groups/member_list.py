"""The people of one column: chosen by mouse or keys, and put into a group by its number."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from trainer_desk.texts.translate import _
from trainer_desk.views.groups.facts import GroupPerson
from trainer_desk.views.parts.avatar import paint_avatar
from trainer_desk.views.parts.plain_label import plain_tip
from trainer_desk.views.theme import look

PERSON = Qt.ItemDataRole.UserRole
HEIGHT, AVATAR, GAP = 32, 22, 8
WITH_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OUT = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
Index = QModelIndex | QPersistentModelIndex


class MemberModel(QAbstractListModel):
    """People by name."""

    def __init__(self) -> None:
        super().__init__()
        self.people: tuple[GroupPerson, ...] = ()

    def show_people(self, people: Sequence[GroupPerson]) -> None:
        """Show these people."""
        self.beginResetModel()
        self.people = tuple(people)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.people)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, tooltip, spoken words, or the person."""
        person = self.people[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return person.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            said = f"{person.name}, {person.details}" if person.details else person.name
            return said if role == Qt.ItemDataRole.AccessibleTextRole else plain_tip(said)
        return person if role == PERSON else None


class MemberDelegate(QStyledItemDelegate):
    """Paints initials and name."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(0, look().px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one person."""
        person: GroupPerson = index.data(PERSON)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, option.state)
        side, gap = look().px(AVATAR), look().px(GAP)
        paint_avatar(painter, QRectF(box.left() + gap, box.center().y() - side / 2, side, side), person.name)
        words = box.adjusted(2 * gap + side, 0, -gap, 0)
        font = look().font("body", 500)
        painter.setFont(font)
        painter.setPen(look().colour("text"))
        shown = QFontMetrics(font).elidedText(person.name, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("accent_tint" if state & QStyle.StateFlag.State_Selected else "hover"))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 5, 5)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, box)


def paint_focus(painter: QPainter, box: QRectF) -> None:
    """Paint the frame of the row that the keys go to."""
    painter.setPen(QPen(look().colour("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 2, -1, -2), 5, 5)


class MemberList(QListView):
    """Digits put the chosen into that group, 0 and Del take them out, ← and → go to the next column."""

    chosen = Signal()
    number_typed = Signal(int)
    step_wanted = Signal(int)
    menu_wanted = Signal(QPoint)
    """Where on the screen the menu of the chosen people is to open."""
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.members = MemberModel()
        self.goes_on = False
        """Whether the person after those who leave is chosen next: a list is then worked off key by key."""
        self.setModel(self.members)
        self.setItemDelegate(MemberDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setProperty("kind", "bare")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(look().px(2 * HEIGHT))
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        look().changed.connect(self.scheduleDelayedItemsLayout)

    def show_people(self, people: Sequence[GroupPerson]) -> None:
        """Show people; those chosen before stay chosen, or whoever took the place of those who left is."""
        before, row = set(self.chosen_ids()), self.currentIndex().row()
        self.members.show_people(people)
        model, flag = self.selectionModel(), self.selectionModel().SelectionFlag
        kept = [place for place, person in enumerate(people) if person.id in before]
        goes_on, self.goes_on = self.goes_on, False
        if before and not kept and goes_on and people:
            kept = [min(max(row, 0), len(people) - 1)]
        for place in kept:
            model.select(self.members.index(place), flag.Select)
        if people and (kept or row >= 0):
            place = kept[0] if kept else min(row, len(people) - 1)
            model.setCurrentIndex(self.members.index(place), flag.NoUpdate)
        self.chosen.emit()

    def chosen_ids(self) -> list[int]:
        """Return the people who are chosen, by name."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.members.people[row].id for row in rows if row < len(self.members.people)]

    def take_focus(self) -> None:
        """Come here by an arrow: the current person, or the first, is chosen."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.members.people:
            row = min(max(self.currentIndex().row(), 0), len(self.members.people) - 1)
            self.setCurrentIndex(self.members.index(row))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say that nobody is here, and show the focus then, too."""
        super().paintEvent(event)
        if self.members.people:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(0, 0, self.viewport().width(), look().px(HEIGHT))
        painter.setFont(look().font("small"))
        painter.setPen(look().colour("text3"))
        painter.drawText(row.adjusted(look().px(GAP), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, _("Nobody"))
        if self.hasFocus():
            paint_focus(painter, row)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the column is entered, so that it scrolls into sight."""
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, Del, arrows to the side and Enter."""
        key = Qt.Key(event.key())
        is_plain = not event.modifiers() & WITH_KEYS
        if is_plain and event.text().isdecimal() and event.text().isascii():
            self.number_typed.emit(int(event.text()))
        elif key in OUT:
            self.number_typed.emit(0)
        elif key in STEPS and is_plain:
            self.step_wanted.emit(STEPS[key])
        elif key in ENTER and self.chosen_ids():
            self.menu_wanted.emit(self._place_of_current())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu on the people who are chosen, by mouse or by key."""
        if self.chosen_ids():
            by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
            self.menu_wanted.emit(self._place_of_current() if by_key else event.globalPos())

    def _place_of_current(self) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
