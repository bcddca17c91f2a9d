"""Paints a chart into any box, on the screen and into a picture that is saved (D2, ADR 24)."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from trainer_desk.views.charts.bars import height_of_bars, paint_bars
from trainer_desk.views.charts.brush import LEFT, MIDDLE, WRAP, ChartBrush, Painted
from trainer_desk.views.charts.columns import paint_columns
from trainer_desk.views.charts.figure import Figure, Form
from trainer_desk.views.charts.lines import paint_lines
from trainer_desk.views.theme import look
from trainer_desk.views.tokens import LIGHT, Theme

PICTURE = (1280, 720)
"""The size of a picture in pixels at 100 %; it is saved twice as fine."""

FINE, MARGIN = 2, 32
PAINTERS = {Form.BARS: paint_bars, Form.COLUMNS: paint_columns, Form.LINES: paint_lines}


def paint_figure(painter: QPainter, box: QRectF, figure: Figure, theme: Theme) -> Painted:
    """Paint a chart that is not empty, with its legend, and return what lies where."""
    brush = ChartBrush(painter, figure, theme)
    if _has_legend(figure):
        box = box.adjusted(0, brush.legend(box), 0, 0)
    PAINTERS[figure.form](brush, box)
    return brush.painted


def height_of(figure: Figure, width: float) -> float:
    """Return how high a chart must be at least to be read at a width."""
    if figure.form is not Form.BARS:
        return float(look().px(280))
    canvas = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(canvas)
    brush = ChartBrush(painter, figure, LIGHT)
    legend = brush.legend(QRectF(0, 0, width, 100)) if _has_legend(figure) else 0
    found = legend + height_of_bars(brush, width)
    painter.end()
    return found


def picture_of(figure: Figure, title: str, lines: tuple[str, ...]) -> QImage:
    """Return a chart with its title and some lines of words as a picture, always light, as high as it needs to be."""
    wide = PICTURE[0] - 2 * MARGIN
    high = max(float(PICTURE[1]), height_of(figure, wide) + 4 * MARGIN + 24 * len(lines))
    image = QImage(QSize(PICTURE[0], round(high)) * FINE, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(FINE)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    brush = ChartBrush(painter, figure, LIGHT)
    y = float(MARGIN)
    for text, font, tone in (
        (title, look().font("title2", 600), "text"),
        *((one, brush.font, "text2") for one in lines),
    ):
        tall = max(look().px(24), brush.wrapped(text, wide))
        brush.words(QRectF(MARGIN, y, wide, tall), text, int(LEFT | MIDDLE | WRAP), tone, font)
        y += tall + 4
    if not figure.is_empty:
        paint_figure(painter, QRectF(MARGIN, y + 16, wide, high - MARGIN - y - 16), figure, LIGHT)
    painter.end()
    return image


def _has_legend(figure: Figure) -> bool:
    return len(figure.series) > 1 and figure.form is not Form.LINES
