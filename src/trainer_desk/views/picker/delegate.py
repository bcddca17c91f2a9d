"""Paints the picker's rows: headers with tint, icon, word and count; people with box, name, details and pill."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from trainer_desk.services.rows.seats import Candidate
from trainer_desk.texts import group_word
from trainer_desk.views.parts.pill import paint_pill, pill_width
from trainer_desk.views.picker.match import spans
from trainer_desk.views.picker.model import PickModel
from trainer_desk.views.picker.words import SHAPES, details_of, notes_of, pill_of, shape_of
from trainer_desk.views.theme import look

HEADER, PERSON = 38, 48
EDGE = 8
BOX = 18
_LEFT = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class PickDelegate(QStyledItemDelegate):
    """Knows the zone for "already booked on" and reads everything else from the model."""

    def __init__(self, model: PickModel, zone: ZoneInfo) -> None:
        super().__init__()
        self._model, self._zone = model, zone

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a header or a person at the current text size."""
        is_header = isinstance(self._model.row_at(index.row()), int)
        return QSize(look().px(300), look().px(HEADER if is_header else PERSON))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row."""
        row = self._model.row_at(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(option.rect)
        if isinstance(row, Candidate):
            state = option.state
            is_current = bool(state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus))
            self._paint_person(painter, rect, row, is_current, bool(state & QStyle.StateFlag.State_MouseOver))
        elif row is not None:
            self.paint_header(painter, rect, row)
        painter.restore()

    def paint_header(self, painter: QPainter, rect: QRect, group: int) -> None:
        """Paint a group's header into `rect`, over whatever is there: it also stays on top of the list."""
        show, (tone, icon) = look(), SHAPES[group]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, show.colour("surface"))
        box = QRectF(rect).adjusted(EDGE, show.px(6), -EDGE, -show.px(2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(show.colour(f"{tone}_tint"))
        painter.drawRoundedRect(box, 6, 6)
        left = box.left() + show.px(10)
        _draw_icon(painter, icon, tone, QPointF(left, box.center().y()), 16)
        left += show.px(24)
        word, font = group_word(group), show.font("body", 600)
        painter.setPen(show.colour(tone))
        painter.setFont(font)
        painter.drawText(QRectF(left, box.top(), box.width(), box.height()), _LEFT, word)
        left += QFontMetricsF(font).horizontalAdvance(word) + show.px(10)
        counts = self._model.counts
        painter.setFont(show.font("small", 500, tabular=True))
        if counts is not None:
            painter.drawText(QRectF(left, box.top(), show.px(120), box.height()), _LEFT, str(counts.get(group, 0)))
        painter.setFont(show.font("small", 600, tabular=True))
        painter.drawText(box.adjusted(0, 0, -show.px(12), 0), _RIGHT, self._model.select_text(group))

    def _paint_person(
        self, painter: QPainter, rect: QRect, person: Candidate, is_current: bool, is_under_mouse: bool
    ) -> None:
        show, is_chosen = look(), person.person_id in self._model.chosen
        if is_chosen or is_current or is_under_mouse:
            painter.setPen(QPen(show.colour("accent"), 2) if is_current else Qt.PenStyle.NoPen)
            ground = "accent_tint" if is_chosen else "sunken" if is_under_mouse else ""
            painter.setBrush(show.colour(ground) if ground else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(EDGE, 2, -EDGE, -2), 8, 8)
        box = QRectF(rect.left() + show.px(20), rect.center().y() + 0.5 - show.px(BOX) / 2, show.px(BOX), show.px(BOX))
        _draw_box(painter, box, is_chosen)
        words, (tone, icon) = pill_of(person, self._model.day), shape_of(person)
        right = rect.right() - show.px(20) - pill_width(words, icon)
        paint_pill(painter, QPointF(right, rect.center().y() + 0.5), words, tone, icon)
        left = box.right() + show.px(14)
        room = right - left - show.px(12)
        base = QPointF(left, rect.top() + show.px(21))
        names_match = self._draw_text(painter, base, person.name, font_role=("body", 600), token="text", room=room)
        line = QPointF(left, rect.top() + show.px(38))
        self._draw_details(painter, line, person, room, underline=not names_match)

    def _draw_details(
        self, painter: QPainter, base: QPointF, person: Candidate, room: float, *, underline: bool
    ) -> None:
        show = look()
        details = details_of(person)
        self._draw_text(painter, base, details, font_role=("small", 400), token="text2", room=room, mark=underline)
        metrics = QFontMetricsF(show.font("small", 400))
        used = metrics.horizontalAdvance(details) + show.px(10)
        for icon, tone, words in notes_of(person, self._model.day, self._zone):
            size = show.px(13)
            left = room - used - size - show.px(4)
            if left < show.px(40):
                return
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, left)
            middle = base.y() - metrics.capHeight() / 2
            _draw_icon(painter, icon, tone, QPointF(base.x() + used, middle), 13)
            painter.setFont(show.font("small", 400))
            painter.setPen(show.colour(tone))
            painter.drawText(QPointF(base.x() + used + size + show.px(4), base.y()), shown)
            used += size + show.px(14) + metrics.horizontalAdvance(shown)

    def _draw_text(
        self,
        painter: QPainter,
        base: QPointF,
        text: str,
        *,
        font_role: tuple[str, int],
        token: str,
        room: float,
        mark: bool = True,
    ) -> bool:
        """Draw one line and underline what was searched; returns whether there was anything to underline."""
        font = look().font(*font_role)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(look().colour(token))
        painter.drawText(base, shown)
        found = spans(shown, self._model.words) if mark and self._model.words else []
        painter.setPen(QPen(look().colour("accent"), 2))
        for start, end in found:
            first, last = (base.x() + metrics.horizontalAdvance(shown[:place]) for place in (start, end))
            painter.drawLine(QPointF(first, base.y() + 3), QPointF(last, base.y() + 3))
        return bool(found)


def _draw_box(painter: QPainter, box: QRectF, is_chosen: bool) -> None:
    show = look()
    if is_chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(show.colour("accent"))
        painter.drawRoundedRect(box, 5, 5)
        _draw_icon(painter, "check", "on_accent", QPointF(box.left() + show.px(3), box.center().y()), 12)
        return
    painter.setPen(QPen(show.colour("line_strong"), 1.5))
    painter.setBrush(show.colour("surface"))
    painter.drawRoundedRect(box, 5, 5)


def _draw_icon(painter: QPainter, name: str, token: str, left_middle: QPointF, size: int) -> None:
    pixmap = look().pixmap(name, token, size, painter.device().devicePixelRatio())
    painter.drawPixmap(QPointF(left_middle.x(), left_middle.y() - look().px(size) / 2), pixmap)
