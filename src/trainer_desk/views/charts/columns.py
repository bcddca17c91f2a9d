"""Paints a column for each period: its parts on each other, and above it its number where there is room."""

from PySide6.QtCore import QRectF

from trainer_desk.views.charts.brush import CENTRE, MIDDLE, ChartBrush
from trainer_desk.views.charts.field import centre_of, paint_field
from trainer_desk.views.theme import look

SHARE, WIDEST = 0.62, 56
"""How much of its period a column takes, and its width in pixels at 100 % text size at most."""


def paint_columns(brush: ChartBrush, box: QRectF) -> None:
    """Paint the field and its columns."""
    figure = brush.figure
    field, top = paint_field(brush, box)
    slot = field.width() / len(figure.labels)
    wide = min(slot * SHARE, float(look().px(WIDEST)))
    is_roomy = all(brush.width(_above(brush, place), brush.strong) <= slot for place in range(len(figure.labels)))
    for place in range(len(figure.labels)):
        left = centre_of(field, place, len(figure.labels)) - wide / 2
        y = _paint_column(brush, QRectF(left, field.top(), wide, field.height()), place, top)
        if is_roomy:
            over = QRectF(left + wide / 2 - slot / 2, y - brush.height - 1, slot, brush.height)
            brush.words(over, _above(brush, place), int(CENTRE | MIDDLE), "text", brush.strong)


def _paint_column(brush: ChartBrush, box: QRectF, place: int, top: float) -> float:
    """Paint one column and return where its top lies."""
    bottom = box.bottom()
    for number, one in enumerate(brush.figure.series):
        high = (one.values[place] or 0) / top * box.height()
        if not high:
            continue
        part = QRectF(box.left(), bottom - high, box.width(), high)
        brush.bar(part.adjusted(0, 0, 0, 0 if number == 0 else -1), one, number)
        brush.spot(part, brush.figure.labels[place], one, place)
        bottom -= high
    return bottom


def _above(brush: ChartBrush, place: int) -> str:
    """Return the number above a column; nothing where there is none."""
    whole = brush.figure.sum_at(place)
    return brush.number(whole) if whole else ""
