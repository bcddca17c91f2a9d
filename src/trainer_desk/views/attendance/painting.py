"""Paints one row of the sheet: initials, name, details and the answers, each with icon and word (ux 9)."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from trainer_desk.models.enums import Attendance, Result
from trainer_desk.services.rows.attendance import PendingPerson
from trainer_desk.texts import attendance_word
from trainer_desk.texts.attendance import result_word
from trainer_desk.texts.translate import _
from trainer_desk.views.attendance.lines import Line
from trainer_desk.views.attendance.model import ROW as ROW_OF
from trainer_desk.views.attendance.model import Index
from trainer_desk.views.attendance.places import ANSWERS, RESULTS, ROW, Choice, Places, places
from trainer_desk.views.attendance.words import details_of, pending_details
from trainer_desk.views.parts.avatar import initials
from trainer_desk.views.theme import look

LOOKS: dict[Choice, tuple[str, str, str]] = {
    Attendance.REGISTERED: ("circle-dashed", "text", "surface"),
    Attendance.ATTENDED: ("check", "ok", "ok_tint"),
    Attendance.NO_SHOW: ("user-x", "danger", "danger_tint"),
    Result.PASSED: ("circle-check", "ok", "ok_tint"),
    Result.FAILED: ("ban", "danger", "danger_tint"),
}
"""Icon, ink and ground of an answer once it is chosen."""

FACES = {Attendance.REGISTERED: ("text2", "sunken"), Attendance.ATTENDED: ("ok", "ok_tint"),
         Attendance.NO_SHOW: ("danger", "danger_tint")}  # fmt: skip
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class LineDelegate(QStyledItemDelegate):
    """Paints people and those without a seat; `asks_result` shows passed and failed for who attended."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self.asks_result = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row at the current text size."""
        return QSize(look().px(560), look().px(ROW))

    def places_in(self, box: QRectF) -> Places:
        """Return where things stand in the row that fills `box`."""
        return places(box, look().px, results=self.asks_result)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row; the current one has an edge."""
        row, box, show = index.data(ROW_OF), QRectF(option.rect), look()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(box.left() + 4, box.bottom() - 1, box.width() - 8, 1), show.colour("line"))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(show.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -3), 8, 8)
        where = self.places_in(box)
        if isinstance(row, Line):
            self._paint_line(painter, where, row)
        elif isinstance(row, PendingPerson):
            _paint_pending(painter, where, row)
        painter.restore()

    def _paint_line(self, painter: QPainter, where: Places, line: Line) -> None:
        mark = line.mark
        _paint_face(painter, where.face, line.person.name, *FACES[mark.attendance])
        details, token = details_of(line), "text2"
        if line.aside:
            details, token = _("Somebody else marked otherwise. Choose one."), "danger"
        _paint_words(painter, where.words, line.person.name, details, token, waits=line.is_waiting)
        _paint_ground(painter, where.answers)
        for box, choice in zip(where.answers, ANSWERS, strict=True):
            _paint_choice(painter, box, choice, attendance_word(choice), is_chosen=mark.attendance is choice)
        if where.results and mark.attendance is Attendance.ATTENDED:
            _paint_ground(painter, where.results)
            for box, result in zip(where.results, RESULTS, strict=True):
                words = result_word(result) if where.has_words else ""
                _paint_choice(painter, box, result, words, is_chosen=mark.result is result)


def _paint_pending(painter: QPainter, where: Places, person: PendingPerson) -> None:
    """Paint somebody without a seat, with the one button that gives them one and marks them."""
    _paint_face(painter, where.face, person.name, "text2", "sunken")
    _paint_words(painter, where.words, person.name, pending_details(person), "text2", waits=False)
    show, box = look(), where.answers[0].united(where.answers[-1]).adjusted(2, 2, -2, -2)
    painter.setPen(QPen(show.colour("line_strong"), 1))
    painter.setBrush(show.colour("surface"))
    painter.drawRoundedRect(box, 8, 8)
    _paint_label(painter, box, "user-plus", _("Seat and mark as attended"), "text")


def _paint_face(painter: QPainter, box: QRectF, name: str, ink: str, ground: str) -> None:
    show = look()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(show.colour(ground))
    painter.drawEllipse(box)
    painter.setPen(show.colour(ink))
    painter.setFont(show.font("small", 600))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initials(name))


def _paint_words(painter: QPainter, box: QRectF, name: str, details: str, token: str, *, waits: bool) -> None:
    show, middle = look(), box.center().y()
    font = show.font(16, 600)
    metrics = QFontMetricsF(font)
    sign = show.px(20) if waits else 0
    written = metrics.elidedText(name, Qt.TextElideMode.ElideRight, box.width() - sign)
    painter.setFont(font)
    painter.setPen(show.colour("text"))
    painter.drawText(QPointF(box.left(), middle - show.px(3)), written)
    if waits:
        pixmap = show.pixmap("clock", "text2", 14, painter.device().devicePixelRatio())
        left = box.left() + metrics.horizontalAdvance(written) + show.px(6)
        painter.drawPixmap(QPointF(left, middle - show.px(16)), pixmap)
    font = show.font("body")
    painter.setFont(font)
    painter.setPen(show.colour(token))
    shortened = QFontMetricsF(font).elidedText(details, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(QPointF(box.left(), middle + show.px(17)), shortened)


def _paint_ground(painter: QPainter, boxes: tuple[QRectF, ...]) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look().colour("sunken"))
    painter.drawRoundedRect(boxes[0].united(boxes[-1]), 9, 9)


def _paint_choice(painter: QPainter, box: QRectF, choice: Choice, words: str, *, is_chosen: bool) -> None:
    icon, ink, ground = LOOKS[choice]
    if is_chosen:
        show, is_plain = look(), choice is Attendance.REGISTERED
        painter.setPen(QPen(show.colour("line_strong" if is_plain else ink), 1 if is_plain else 2))
        painter.setBrush(show.colour(ground))
        painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 8, 8)
    _paint_label(painter, box, icon, words, ink if is_chosen else "text2")


def _paint_label(painter: QPainter, box: QRectF, icon: str, words: str, ink: str) -> None:
    """Paint icon and word in the middle of a box; without a word the icon alone."""
    show = look()
    font, size, gap = show.font("body", 600), show.px(16), show.px(6)
    width = QFontMetricsF(font).horizontalAdvance(words) if words else -gap
    left = box.center().x() - (size + gap + width) / 2
    pixmap = show.pixmap(icon, ink, 16, painter.device().devicePixelRatio())
    painter.drawPixmap(QPointF(left, box.center().y() - size / 2), pixmap)
    painter.setFont(font)
    painter.setPen(show.colour(ink))
    painter.drawText(QRectF(left + size + gap, box.top(), width + 4, box.height()), _MIDDLE, words)
