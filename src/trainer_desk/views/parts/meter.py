"""The capacity meter: who is in, held, offered or to be added, and what goes beyond the limit (K1, K2, P4, ux 8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_desk.texts import people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.meter_paint import ADDED, HELD, INSIDE, OFFERED, OVER, paint_stretch
from trainer_desk.views.theme import look

BAR, PATTERNED, TICK = 6, 10, 16
"""Heights at 100 % of the bar, of one with patterns in it, and of the tick at the limit."""

Amount = tuple[str, int]
"""A kind of stretch (meter_paint) and how many seats it has."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The stretches of the bar as parts of its width (0–1): in, added, beyond; `tick` is the limit's place."""

    inside: float
    added: float
    over: float
    tick: float | None


def stretches(amounts: Sequence[Amount], limit: int | None) -> list[tuple[str, float]]:
    """Return the stretches of the bar from the left as kind and part of its width (0–1); beyond the limit is `over`."""
    total = sum(amount for _kind, amount in amounts)
    whole = max(total, limit or 0, 1)
    left = total if limit is None else min(total, limit)
    beyond, found = total - left, []
    for kind, amount in amounts:
        found.append((kind, min(amount, left) / whole))
        left -= min(amount, left)
    return [(kind, share) for kind, share in (*found, (OVER, beyond / whole)) if share > 0]


def shares(inside: int, added: int, limit: int | None) -> Shares:
    """Split the bar for `inside` people already in, `added` to be added and a limit (None: unlimited)."""
    parts = dict(stretches([(INSIDE, inside), (ADDED, added)], limit))
    over = parts.get(OVER, 0.0)
    tick = None if limit is None or not over else limit / (inside + added)
    return Shares(parts.get(INSIDE, 0.0), parts.get(ADDED, 0.0), over, tick)


class Meter(QWidget):
    """A bar with its figure (`14/20`): people in, held and offered seats, people to be added, amber beyond.

    Held and offered seats have a pattern of their own, so that colour does not speak alone. Without `with_figure` the
    words beside it tell the numbers.
    """

    def __init__(self, inside: int = 0, limit: int | None = None, added: int = 0, *, with_figure: bool = True) -> None:
        super().__init__()
        self._with_figure = with_figure
        self._amounts: tuple[Amount, ...] = ()
        self._limit: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.updateGeometry)
        self.show_people(inside, limit, added)

    def show_people(self, inside: int, limit: int | None, added: int = 0) -> None:
        """Show `inside` people in, `added` to be added, against `limit` (None: unlimited)."""
        self._show([(INSIDE, inside), (ADDED, added)], limit)

    def show_seats(self, enrolled: int, held: int, offered: int, limit: int | None, *, added: int = 0) -> None:
        """Show what is taken of `limit` seats (None: unlimited) and by what, and how many are to be `added`."""
        self._show([(INSIDE, enrolled), (HELD, held), (OFFERED, offered), (ADDED, added)], limit)

    @property
    def total(self) -> int:
        """How many seats are taken, with those to be added."""
        return sum(amount for _kind, amount in self._amounts)

    @property
    def over(self) -> bool:
        """Whether the people go beyond the limit."""
        return self._limit is not None and self.total > self._limit

    @property
    def figure(self) -> str:
        """The figure beside the bar: `25/20`, or `25` if unlimited."""
        return str(self.total) if self._limit is None else f"{self.total}/{self._limit}"

    def amount(self, kind: str) -> int:
        """Return how many seats a kind of stretch stands for."""
        return dict(self._amounts).get(kind, 0)

    def sizeHint(self) -> QSize:
        """Return the size at the current text size."""
        return QSize(look().px(180), look().px(22 if self._with_figure else 12))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size that still shows the figure."""
        return QSize(look().px(90), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bar, tick and figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = 0
        if self._with_figure:
            font = look().font("body", 600, tabular=True)
            room = max(QFontMetrics(font).horizontalAdvance(self.figure), look().px(44)) + look().px(12)
            painter.setFont(font)
            painter.setPen(look().colour("warn" if self.over else "text"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.figure)
        if self._limit is not None:
            self._paint_bar(painter, self.width() - room)
        painter.end()

    def _show(self, amounts: Sequence[Amount], limit: int | None) -> None:
        self._amounts, self._limit = tuple(amounts), limit
        self.setAccessibleName(self._spoken())
        self.update()

    def _paint_bar(self, painter: QPainter, width: int) -> None:
        has_pattern = bool(self.amount(HELD) or self.amount(OFFERED))
        height = look().px(PATTERNED if has_pattern else BAR)
        top = (self.height() - height) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("hover"))
        painter.drawRoundedRect(QRectF(0, top, width, height), height / 2, height / 2)
        left = 0.0
        for kind, share in stretches(self._amounts, self._limit):
            paint_stretch(painter, QRectF(left, top, share * width, height), kind)
            left += share * width
        if self.over and self._limit is not None:
            place, tick = self._limit / self.total * width, look().px(TICK)
            painter.fillRect(QRectF(place - 1, (self.height() - tick) / 2, 2, tick), look().colour("text"))

    def _spoken(self) -> str:
        if self._limit is None:
            return _("{people}, no limit").format(people=people_text(self.total))
        parts = [_("{taken} of {limit} seats").format(taken=self.total, limit=self._limit)]
        words = ((HELD, _("{n} held")), (OFFERED, _("{n} offered")), (ADDED, _("{n} to be added")))
        parts += [text.format(n=self.amount(kind)) for kind, text in words if self.amount(kind)]
        return ", ".join([*parts, _("capacity exceeded")] if self.over else parts)
