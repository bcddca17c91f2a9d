"""The capacity meter: who is in, who is to be added, and what goes beyond the limit (K1, P4, ux 8)."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_desk.views.theme import look

BAR, TICK = 6, 16


@dataclass(frozen=True, slots=True)
class Shares:
    """The stretches of the bar as parts of its width (0–1): in, added, beyond; `tick` is the limit's place."""

    inside: float
    added: float
    over: float
    tick: float | None


def shares(inside: int, added: int, limit: int | None) -> Shares:
    """Split the bar for `inside` people already in, `added` to be added and a limit (None: unlimited)."""
    total = inside + added
    whole = max(total, limit or 0, 1)
    if limit is None or total <= limit:
        return Shares(inside / whole, added / whole, 0.0, None)
    kept = min(inside, limit)
    return Shares(kept / whole, max(0, limit - kept) / whole, (total - limit) / whole, limit / whole)


class Meter(QWidget):
    """A bar with its figure (`14/20`); grey for people in, accent for people to be added, amber beyond."""

    def __init__(self, inside: int = 0, limit: int | None = None, added: int = 0) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.updateGeometry)
        self.show_people(inside, limit, added)

    def show_people(self, inside: int, limit: int | None, added: int = 0) -> None:
        """Show `inside` people in, `added` to be added, against `limit` (None: unlimited)."""
        self._inside, self._limit, self._added = inside, limit, added
        self.setAccessibleName(self._spoken())
        self.update()

    @property
    def over(self) -> bool:
        """Whether the people go beyond the limit."""
        return self._limit is not None and self._inside + self._added > self._limit

    @property
    def figure(self) -> str:
        """The figure beside the bar: `25/20`, or `25` if unlimited."""
        total = self._inside + self._added
        return str(total) if self._limit is None else f"{total}/{self._limit}"

    def sizeHint(self) -> QSize:
        """Return the size at the current text size."""
        return QSize(look().px(180), look().px(22))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size that still shows the figure."""
        return QSize(look().px(90), look().px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bar, tick and figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = look().font("body", 600, tabular=True)
        figure_width = max(QFontMetrics(font).horizontalAdvance(self.figure), look().px(44))
        painter.setFont(font)
        painter.setPen(look().colour("warn" if self.over else "text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.figure)
        if self._limit is not None:
            self._paint_bar(painter, self.width() - figure_width - look().px(12))
        painter.end()

    def _paint_bar(self, painter: QPainter, width: int) -> None:
        part, height = shares(self._inside, self._added, self._limit), look().px(BAR)
        top = (self.height() - height) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("hover"))
        painter.drawRoundedRect(QRectF(0, top, width, height), height / 2, height / 2)
        left = 0.0
        for share, token in ((part.inside, "text3"), (part.added, "accent"), (part.over, "warn_fill")):
            if share <= 0:
                continue
            painter.setBrush(QColor(look().colour(token)))
            painter.drawRoundedRect(QRectF(left, top, share * width, height), height / 2, height / 2)
            left += share * width
        if part.tick is not None:
            tick = look().px(TICK)
            painter.fillRect(QRectF(part.tick * width - 1, (self.height() - tick) / 2, 2, tick), look().colour("text"))

    def _spoken(self) -> str:
        if self._limit is None:
            return f"{self._inside + self._added} people, no limit"
        spoken = f"{self._inside + self._added} of {self._limit} seats"
        added = f", {self._added} to be added" if self._added else ""
        return spoken + added + (", capacity exceeded" if self.over else "")
