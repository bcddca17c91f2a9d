"""Paints a line for each group over the periods, with a shape of its own at each value and its name at its end."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen, QPolygonF

from trainer_desk.views.charts.brush import GAP, LEFT, MIDDLE, WRAP, ChartBrush
from trainer_desk.views.charts.field import centre_of, paint_field
from trainer_desk.views.charts.figure import Series
from trainer_desk.views.charts.scale import spread
from trainer_desk.views.theme import look

SHARE = 0.3
"""How much of the width the names at the ends may take before they wrap."""

MARK = 4
"""Half the size of a mark, in pixels at 100 % text size."""

SHAPES: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    ((0, -1.2), (1.2, 1), (-1.2, 1)),
    ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
    ((-1.2, -1), (1.2, -1), (0, 1.2)),
    ((-1.4, -0.5), (1.4, -0.5), (1.4, 0.5), (-1.4, 0.5)),
)
"""The corners of marks about their middle; the first is a disc."""


def paint_lines(brush: ChartBrush, box: QRectF) -> None:
    """Paint the field, the lines, and the names at the right, each in the colour of its line."""
    figure, gap = brush.figure, look().px(GAP)
    natural = max(brush.width(one.name, brush.strong) for one in figure.series)
    names = min(natural, box.width() * SHARE)
    field, top = paint_field(brush, box, right=names + gap * 2)
    ends = [_paint_line(brush, field, one, place, top) for place, one in enumerate(figure.series)]
    high = max(brush.wrapped(one.name, names * 0.94) for one in figure.series)
    tops = spread([y - high / 2 for y in ends], high + 2, box.top(), box.bottom() - high)
    for place, one in enumerate(figure.series):
        name = QRectF(field.right() + gap * 2, tops[place], names, high)
        brush.words(name, one.name, int(LEFT | MIDDLE | WRAP), one.tone, brush.strong)


def _paint_line(brush: ChartBrush, field: QRectF, series: Series, number: int, top: float) -> float:
    """Paint one line, broken where there is nothing to tell, and return how high it ends."""
    painter, count = brush.painter, len(series.values)
    pen = QPen(brush.colour(series.tone), look().px(2))
    before: QPointF | None = None
    last = field.bottom()
    is_roomy = field.width() / count > look().px(MARK) * 4
    for place, value in enumerate(series.values):
        if value is None:
            before = None
            continue
        at = QPointF(centre_of(field, place, count), field.bottom() - value / top * field.height())
        if before is not None:
            painter.setPen(pen)
            painter.drawLine(before, at)
        is_alone = before is None and (place + 1 == count or series.values[place + 1] is None)
        if is_roomy or is_alone or place + 1 == count:
            _mark(brush, at, series.tone, number)
        reach = look().px(MARK) * 2
        brush.spot(QRectF(at.x() - reach, at.y() - reach, reach * 2, reach * 2), _label(brush, place), series, place)
        before, last = at, at.y()
    return last


def _mark(brush: ChartBrush, at: QPointF, tone: str, number: int) -> None:
    painter, size = brush.painter, look().px(MARK)
    painter.setPen(QPen(brush.colour("surface"), 1))
    painter.setBrush(brush.colour(tone))
    corners = SHAPES[number % len(SHAPES)]
    if corners:
        painter.drawPolygon(QPolygonF([QPointF(at.x() + x * size, at.y() + y * size) for x, y in corners]))
    else:
        painter.drawEllipse(at, size, size)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _label(brush: ChartBrush, place: int) -> str:
    return brush.figure.labels[place]
