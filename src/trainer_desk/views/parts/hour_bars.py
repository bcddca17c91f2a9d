"""Hours of a trainer week by week as bars, amber over the norm: words for whoever hears them, paint for who looks."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from trainer_desk.services.rows.load import Week
from trainer_desk.services.rules.load import hours_text, is_over
from trainer_desk.texts.load import over_words, weeks_words
from trainer_desk.views.theme import look

FULL = 40
"""Hours that fill a bar where there is no norm; else a quarter more than it does, and a fuller week stretches all."""
SLOT, BAR, TICK = 48, 4, 8
"""Pixels at 100 % text size: the width of a week, the height of its bar and of the tick at the norm."""
GAP, WORDS = 8, 150


class HourBars(str):
    """The hours of some weeks: a text to Qt, search and paper, and the weeks themselves to what paints them."""

    __slots__ = ("full", "norm", "weeks")

    def __new__(cls, words: str, weeks: Iterable[Week], norm: int | None, full: float) -> "HourBars":
        """Keep the weeks, their norm (hours, None: none is set) and the hours of a full bar with the words for them."""
        made = super().__new__(cls, words)
        made.weeks, made.norm, made.full = tuple(weeks), norm, full
        return made

    weeks: tuple[Week, ...]
    norm: int | None
    full: float


def row_of_weeks(weeks: Sequence[Week], norm: int | None) -> HourBars:
    """Return the cell of several weeks side by side."""
    return HourBars(weeks_words(weeks, norm), weeks, norm, _full(weeks, norm))


def one_week(week: Week, norm: int | None, among: Sequence[Week]) -> HourBars:
    """Return the cell of one week, whose bar is on the same scale as those of the weeks `among` which it stands."""
    words = over_words(week.booked) if is_over(week.booked, norm) else hours_text(week.booked)
    return HourBars(words, (week,), norm, _full(among, norm))


def width_of_weeks(count: int) -> int:
    """Return how wide so many weeks are, in pixels at 100 % text size."""
    return count * SLOT + 24


def paint_weeks(painter: QPainter, box: QRectF, text: str) -> None:
    """Paint one slot per week: the hours, and under them the bar with a tick at the norm."""
    if not isinstance(text, HourBars):
        return
    show = look()
    font = show.font("small", 500, tabular=True)
    height = QFontMetricsF(font).height()
    top = box.center().y() - (height + show.px(2) + show.px(BAR)) / 2
    for place, week in enumerate(text.weeks):
        slot = QRectF(box.left() + place * show.px(SLOT), top, show.px(SLOT) - show.px(GAP), height)
        painter.setFont(font)
        painter.setPen(show.colour(_tone(week, text.norm)))
        painter.drawText(slot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, hours_text(week.booked))
        bar = QRectF(slot.left(), slot.bottom() + show.px(2), slot.width(), show.px(BAR))
        paint_bar(painter, bar, week.booked, text.norm, text.full)


def paint_week(painter: QPainter, box: QRectF, text: str) -> None:
    """Paint the words, and beside them a long bar with a tick at the norm."""
    if not isinstance(text, HourBars):
        return
    show, week = look(), text.weeks[0]
    painter.setFont(show.font("body", 500 if is_over(week.booked, text.norm) else 400, tabular=True))
    painter.setPen(show.colour("warn" if is_over(week.booked, text.norm) else "text"))
    words = QRectF(box.left(), box.top(), show.px(WORDS), box.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(text))
    thick = show.px(BAR) * 2
    bar = QRectF(words.right() + show.px(GAP), box.center().y() - thick / 2, 0, thick)
    bar.setRight(box.right())
    paint_bar(painter, bar, week.booked, text.norm, text.full)


def paint_bar(painter: QPainter, box: QRectF, booked: int, norm: int | None, full: float) -> None:
    """Paint booked minutes as a part of `full` hours on a track; amber over the norm (hours), which a tick shows."""
    show, round_off = look(), box.height() / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(show.colour("hover"))
    painter.drawRoundedRect(box, round_off, round_off)
    if booked:
        length = max(box.height(), box.width() * min(1.0, booked / 60 / full))
        painter.setBrush(show.colour("warn_fill" if is_over(booked, norm) else "accent"))
        painter.drawRoundedRect(QRectF(box.left(), box.top(), length, box.height()), round_off, round_off)
    if norm is not None:
        tick, over = round(box.left() + box.width() * norm / full), (show.px(TICK) - show.px(BAR)) / 2
        painter.setPen(QPen(show.colour("text2"), 1))
        painter.drawLine(QPointF(tick + 0.5, box.top() - over), QPointF(tick + 0.5, box.bottom() + over))


def _tone(week: Week, norm: int | None) -> str:
    if is_over(week.booked, norm):
        return "warn"
    return "text" if week.booked else "text3"


def _full(weeks: Sequence[Week], norm: int | None) -> float:
    return max([norm * 1.25 if norm else FULL, *(week.booked / 60 for week in weeks)])
