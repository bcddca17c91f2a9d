"""The large counter of a door: how many are in the room, a bar, and in words how many still fit in (K9)."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_desk.services.rows.door import DoorRow, Occupancy
from trainer_desk.services.rules.occupancy import gauge, places_left
from trainer_desk.texts.door import places_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.meter import shares
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.theme import look

LARGEST, SMALLEST = 76, 32
"""Pixels of the figure at 100 % text size; it shrinks until it fits."""
HEIGHT, BAR, GAP = 96, 14, 10


class Figure(QWidget):
    """`17 / 20 in the room` with a bar below it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._occupancy = Occupancy(0, None, 0, None)
        look().changed.connect(self.updateGeometry)

    @property
    def words(self) -> str:
        """The figure: `17 / 20`, or `17` without a limit."""
        people, limit = gauge(self._occupancy)
        return str(people) if limit is None else f"{people} / {limit}"

    def show_people(self, occupancy: Occupancy) -> None:
        """Show how many are in the room."""
        self._occupancy = occupancy
        people, limit = gauge(occupancy)
        self.updateGeometry()
        spoken = _("{people} of {limit} in the room") if limit is not None else _("{people} in the room")
        self.setAccessibleName(spoken.format(people=people, limit=limit))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size at the current text size."""
        return QSize(look().px(280), self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size in which a shrunken figure fits."""
        return QSize(look().px(160), self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint figure, words and bar."""
        show, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_full = places_left(self._occupancy) == 0
        words, small = _("in the room"), show.font("title2", 500)
        beside = QFontMetricsF(small).horizontalAdvance(words) + show.px(GAP)
        size = LARGEST
        while size > SMALLEST and self._width(size) + beside > self.width():
            size -= 2
        base = show.px(HEIGHT) - show.px(18)
        painter.setFont(show.font(size, 600, tabular=True))
        painter.setPen(show.colour("danger" if is_full else "text"))
        painter.drawText(QPointF(0, base), self.words)
        painter.setFont(small)
        painter.setPen(show.colour("text2"))
        painter.drawText(QPointF(self._width(size) + show.px(GAP), base), words)
        self._paint_bar(painter, is_full)
        painter.end()

    def _height(self) -> int:
        has_bar = gauge(self._occupancy)[1] is not None
        return look().px(HEIGHT + BAR + GAP if has_bar else HEIGHT)

    def _width(self, size: int) -> float:
        return QFontMetricsF(look().font(size, 600, tabular=True)).horizontalAdvance(self.words)

    def _paint_bar(self, painter: QPainter, is_full: bool) -> None:
        people, limit = gauge(self._occupancy)
        if limit is None:
            return
        height, top = look().px(BAR), look().px(HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("hover"))
        painter.drawRoundedRect(QRectF(0, top, self.width(), height), height / 2, height / 2)
        part = 1.0 if is_full else shares(people, 0, limit).inside
        if part > 0:
            painter.setBrush(look().colour("danger_fill" if is_full else "accent"))
            painter.drawRoundedRect(QRectF(0, top, max(height, part * self.width()), height), height / 2, height / 2)


class Gauge(QFrame):
    """The figure, the places that are left with an icon, and what else is to be known of the room."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.figure = Figure()
        self.places = PlainLabel("", "h2")
        self._icon = IconLabel("users", "text2", 22)
        self.more = PlainLabel("", "muted", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._icon)
        line.addWidget(self.places, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 20, 14)
        column.setSpacing(8)
        column.addWidget(self.figure)
        column.addLayout(line)
        column.addWidget(self.more)

    def show_people(self, occupancy: Occupancy) -> None:
        """Show how many are in the room and how many still fit in."""
        self.figure.show_people(occupancy)
        left = places_left(occupancy)
        is_full = left == 0
        few = left is not None and 0 < left <= max(1, (gauge(occupancy)[1] or 0) // 10)
        tone = "danger" if is_full else "warn" if few else "ok" if left is not None else "muted"
        icon = "ban" if is_full else "triangle-alert" if few else "circle-check" if left is not None else "users"
        self.places.setText(places_text(occupancy))
        self.places.set_tone(tone)
        self._icon.show_icon(icon, "text2" if tone == "muted" else tone)

    def show_door(self, row: DoorRow) -> None:
        """Show the room and who is expected in it."""
        self.show_people(row.occupancy)
        others = row.occupancy.present - row.occupancy.session_present
        parts = [plural("{n} expected", "{n} expected", row.expected)]
        if row.free_seats is not None:
            parts.append(plural("{n} seat free for walk-ins", "{n} seats free for walk-ins", row.free_seats))
        if others > 0:
            parts.append(plural("{n} here for another session", "{n} here for other sessions", others))
        self.more.setText(" · ".join(parts))
