"""One page of a plan, whatever its shape: what stands between head and foot."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from trainer_desk.views.plans.legend import SHARE, Legend


class PlanSheet(Protocol):
    """The body of a page."""

    def paint(self, painter: QPainter) -> None:
        """Paint it where its body lies."""

    def texts(self) -> list[str]:
        """Return its words."""


class LegendSheet:
    """Rows of a legend that is too long to stand at the foot."""

    def __init__(self, legend: Legend, rows: Sequence[int], body: QRectF) -> None:
        self._legend, self._rows, self._body = legend, rows, body

    def paint(self, painter: QPainter) -> None:
        """Paint it where its body lies."""
        self._legend.paint(painter, self._body.left(), self._body.top(), self._rows)

    def texts(self) -> list[str]:
        """Return its words."""
        return self._legend.texts(self._rows)


def stands_at_foot(legend: Legend, body: QRectF) -> bool:
    """Whether a legend is short enough to stand at the foot of every page."""
    return legend.height <= body.height() * SHARE


def own_sheets(legend: Legend, body: QRectF) -> list[PlanSheet]:
    """Return the pages of a legend that is too long for the foot."""
    return [LegendSheet(legend, rows, body) for rows in legend.pages(body.height())]
