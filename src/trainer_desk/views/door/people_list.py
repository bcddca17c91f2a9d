"""The painted list of expected people: rows for fingers, each with In or Out as icon and word (ux 9, K9)."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from trainer_desk.services.rows.door import ExpectedPerson
from trainer_desk.texts import time_text
from trainer_desk.texts.translate import _
from trainer_desk.views.door.model import PERSON, SAVING, ExpectedModel, Index, state_word
from trainer_desk.views.parts.avatar import initials
from trainer_desk.views.theme import look

ROW, FACE = 64, 40
CHIP = (104, 44)
EDGE, GAP = 12, 14
_LEFT = Qt.AlignmentFlag.AlignVCenter


class ExpectedDelegate(QStyledItemDelegate):
    """Paints one person; clock times are those of `zone`."""

    def __init__(self, zone: ZoneInfo, parent: QListView) -> None:
        super().__init__(parent)
        self._zone = zone

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row at the current text size."""
        return QSize(look().px(240), look().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, initials, name, details and state."""
        person: ExpectedPerson = index.data(PERSON)
        show, box, state = look(), QRectF(option.rect), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), show.colour("line"))
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        if is_current or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(show.colour("accent"), 2) if is_current else Qt.PenStyle.NoPen)
            painter.setBrush(show.colour("surface" if is_current else "sunken"))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -3), 8, 8)
        chip = self._chip(box)
        _paint_state(painter, chip, person, bool(index.data(SAVING)))
        size = show.px(FACE)
        face = QRectF(box.left() + show.px(EDGE), box.center().y() - size / 2, size, size)
        _paint_face(painter, face, person)
        left = face.right() + show.px(GAP)
        self._paint_words(painter, QRectF(left, box.top(), chip.left() - show.px(GAP) - left, box.height()), person)
        painter.restore()

    def details_of(self, person: ExpectedPerson) -> str:
        """Return department, number and since when they are in."""
        since = ""
        if person.is_in and person.entered_at is not None:
            since = _("since {clock}").format(clock=time_text(person.entered_at.replace(second=0), self._zone))
        offer = _("offer open") if person.offered else ""
        return " · ".join(part for part in (offer, person.department, person.employee_no, since) if part)

    def _chip(self, box: QRectF) -> QRectF:
        width, height = (look().px(length) for length in CHIP)
        return QRectF(box.right() - look().px(EDGE) - width, box.center().y() - height / 2, width, height)

    def _paint_words(self, painter: QPainter, box: QRectF, person: ExpectedPerson) -> None:
        show, middle = look(), box.center().y()
        for text, font, token, base in (
            (person.name, show.font("title3", 600), "text", middle - show.px(3)),
            (self.details_of(person), show.font("body"), "text2", middle + show.px(17)),
        ):
            painter.setFont(font)
            painter.setPen(show.colour(token))
            room = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(QPointF(box.left(), base), room)


class ExpectedList(QListView):
    """`tapped` carries a person; the keys belong to the field in which badges and names are typed."""

    tapped = Signal(object)

    def __init__(self, model: ExpectedModel, zone: ZoneInfo) -> None:
        super().__init__()
        self._model = model
        self.delegate = ExpectedDelegate(zone, self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(_("Expected people"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.clicked.connect(self._tap)
        model.modelReset.connect(self.leave)
        look().changed.connect(self.scheduleDelayedItemsLayout)

    def walk(self, step: int) -> ExpectedPerson | None:
        """Make the next (+1) or previous (-1) person the current one and return them; None in an empty list."""
        last = self._model.rowCount() - 1
        if last < 0:
            return None
        before = self.currentIndex().row()
        row = (0 if step > 0 else last) if before < 0 else max(0, min(last, before + step))
        self.setCurrentIndex(self._model.index(row))
        return self._model.person_at(row)

    def leave(self) -> None:
        """Have no current person."""
        self.setCurrentIndex(self._model.index(-1))
        self.clearSelection()

    def current(self) -> ExpectedPerson | None:
        """Return the person to whom the arrows led."""
        return self._model.person_at(self.currentIndex().row())

    def _tap(self, index: Index) -> None:
        person = self._model.person_at(index.row())
        self.leave()
        if person is not None:
            self.tapped.emit(person)


def _paint_face(painter: QPainter, box: QRectF, person: ExpectedPerson) -> None:
    show = look()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(show.colour("ok_tint" if person.is_in else "sunken"))
    painter.drawEllipse(box)
    painter.setPen(show.colour("ok" if person.is_in else "text2"))
    painter.setFont(show.font("body", 600))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initials(person.name))


def _paint_state(painter: QPainter, box: QRectF, person: ExpectedPerson, is_saving: bool) -> None:
    show = look()
    if is_saving:
        words, icon, ink, ground, edge = _("Saving…"), "clock", "text2", "sunken", "line"
    elif person.is_in:
        words, icon, ink, ground, edge = state_word(person), "check", "ok", "ok_tint", "ok"
    else:
        words, icon, ink, ground, edge = state_word(person), "circle-dashed", "text2", "surface", "line_strong"
    painter.setPen(QPen(show.colour(edge), 2 if person.is_in and not is_saving else 1))
    painter.setBrush(show.colour(ground))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 8, 8)
    font, size, gap = show.font("title3", 600), show.px(18), show.px(8)
    width = QFontMetricsF(font).horizontalAdvance(words)
    left = box.center().x() - (size + gap + width) / 2
    pixmap = show.pixmap(icon, ink, 18, painter.device().devicePixelRatio())
    painter.drawPixmap(QPointF(left, box.center().y() - size / 2), pixmap)
    painter.setFont(font)
    painter.setPen(show.colour(ink))
    painter.drawText(QRectF(left + size + gap, box.top(), width + 4, box.height()), _LEFT, words)
