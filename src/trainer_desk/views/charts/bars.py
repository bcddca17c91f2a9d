"""Paints bars that lie, one row for each group: its name, which wraps, the bar, and the number at its end."""

from PySide6.QtCore import QPointF, QRectF

from trainer_desk.views.charts.brush import GAP, LEFT, MIDDLE, RIGHT, WRAP, ChartBrush
from trainer_desk.views.charts.figure import Figure
from trainer_desk.views.theme import look

THICK, ROW = 16, 30
"""Pixels at 100 % text size: a bar, and its row at least."""

SHARE = 0.36
"""How much of the width the names may take before they wrap."""


def paint_bars(brush: ChartBrush, box: QRectF) -> None:
    """Paint the rows from the top of the box on."""
    figure, gap = brush.figure, look().px(GAP)
    names = _names(brush, box.width())
    ends = max((brush.width(_end(brush, place), brush.strong) for place in range(len(figure.labels))), default=0)
    field = box.adjusted(names + gap, 0, -ends - gap, 0)
    top = max(figure.top, 1e-9)
    y = box.top()
    rows = []
    for place, label in enumerate(figure.labels):
        high = _row(brush, label, names)
        brush.words(QRectF(box.left(), y, names, high), label, int(RIGHT | MIDDLE | WRAP), "text")
        rows.append((place, QRectF(field.left(), y, field.width(), high)))
        y += high
    brush.line(QPointF(field.left(), box.top()), QPointF(field.left(), y), "line_strong")
    for place, row in rows:
        _paint_row(brush, row, place, top)


def height_of_bars(brush: ChartBrush, width: float) -> float:
    """Return how high the rows of a width are."""
    names = _names(brush, width)
    return sum(_row(brush, label, names) for label in brush.figure.labels)


def _paint_row(brush: ChartBrush, row: QRectF, place: int, top: float) -> None:
    left, thick = row.left(), look().px(THICK)
    for number, one in enumerate(brush.figure.series):
        wide = (one.values[place] or 0) / top * row.width()
        if not wide:
            continue
        bar = QRectF(left, row.center().y() - thick / 2, wide, thick)
        brush.bar(bar.adjusted(0 if number == 0 else 1, 0, 0, 0), one, number)
        brush.spot(bar.adjusted(0, -4, 0, 4), brush.figure.labels[place], one, place)
        left += wide
    end = _end(brush, place)
    after = QRectF(left + look().px(GAP), row.top(), brush.width(end, brush.strong), row.height())
    brush.words(after, end, int(LEFT | MIDDLE), "text", brush.strong)


def _names(brush: ChartBrush, width: float) -> float:
    natural = max((brush.width(label) for label in brush.figure.labels), default=0.0)
    return min(natural, width * SHARE)


def _row(brush: ChartBrush, label: str, width: float) -> float:
    return max(float(look().px(ROW)), brush.wrapped(label, width) + look().px(GAP))


def _end(brush: ChartBrush, place: int) -> str:
    """Return the number at the end of a bar: its whole length."""
    figure: Figure = brush.figure
    return brush.number(figure.sum_at(place))
