"""The field of a chart over time: an axis of values at the left, and periods under it, as many as can be read."""

from PySide6.QtCore import QPointF, QRectF

from trainer_desk.views.charts.brush import CENTRE, GAP, MIDDLE, RIGHT, TOP, ChartBrush
from trainer_desk.views.charts.scale import every
from trainer_desk.views.theme import look

MOST_TICKS = 5


def paint_field(brush: ChartBrush, box: QRectF, *, right: float = 0) -> tuple[QRectF, float]:
    """Paint lines and labels; return the field itself and the value at its top. `right` is kept free beside it."""
    gap, values = look().px(GAP), brush.ticks(MOST_TICKS)
    wide = max(brush.width(brush.number(value)) for value in values)
    half = max(brush.width(label) for label in brush.figure.labels) / 2
    field = box.adjusted(max(wide + gap, half), brush.height, -max(right, half), -brush.height - gap)
    for value in values:
        y = field.bottom() - value / values[-1] * field.height()
        brush.line(QPointF(field.left(), y), QPointF(field.right(), y), "line" if value else "line_strong")
        label = QRectF(box.left(), y - brush.height / 2, wide, brush.height)
        brush.words(label, brush.number(value), int(RIGHT | MIDDLE), "text3")
    _paint_periods(brush, field, gap)
    return field, values[-1]


def centre_of(field: QRectF, place: int, count: int) -> float:
    """Return where the middle of a period lies."""
    return field.left() + (place + 0.5) * field.width() / count


def _paint_periods(brush: ChartBrush, field: QRectF, gap: float) -> None:
    """Show every label, or every second and so on, where all of them would touch; none is cut."""
    labels = brush.figure.labels
    widest = max(brush.width(label) for label in labels)
    step = every(field.width(), len(labels), widest + gap)
    for place in range(0, len(labels), step):
        middle = centre_of(field, place, len(labels))
        box = QRectF(middle - widest / 2, field.bottom() + gap, widest, brush.height)
        brush.words(box, labels[place], int(CENTRE | TOP), "text2")
