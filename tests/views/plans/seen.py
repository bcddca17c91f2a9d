"""Every text that a plan paints, and where: what lies outside of the page or over another text would not be read."""

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from trainer_desk.views.plans.document import Plan
from trainer_desk.views.printing.document import area_of
from trainer_desk.views.printing.text import Paragraph

Seen = list[tuple[str, QRectF]]
TOUCH = 4.0
"""Tenths of a point by which the boxes of two texts may meet."""


def painted(plan: Plan, page: int) -> Seen:
    """Return the texts of a page in the order in which they are painted, in tenths of a point."""
    found: Seen = []
    once = Paragraph.paint

    def watch(one: Paragraph, painter: QPainter, x: float, y: float) -> None:
        lines = [one._layout.lineAt(line).naturalTextRect() for line in range(one._layout.lineCount())]
        box = QRectF()
        for line in lines:
            box = box.united(line)
        found.append((one.text, painter.transform().mapRect(box.translated(QPointF(x, y)))))
        once(one, painter, x, y)

    picture = QImage(10, 10, QImage.Format.Format_RGB32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Paragraph, "paint", watch)
        painter = QPainter(picture)
        plan.paint(painter, page, area_of(plan.layout))
        painter.end()
    return found


def whole(plan: Plan) -> list[list[str]]:
    """Return the texts of each page, having seen that all lie on the page, and none over another."""
    area = area_of(plan.layout).adjusted(-TOUCH, -TOUCH, TOUCH, TOUCH)
    pages = []
    for page in range(plan.pages):
        seen = painted(plan, page)
        for text, box in seen:
            assert area.contains(box), (text, box, area)
        for place, (text, box) in enumerate(seen):
            inner = box.adjusted(TOUCH, TOUCH, -TOUCH, -TOUCH)
            over = [other for other, its in seen[place + 1 :] if text and other and its.intersects(inner)]
            assert not over, (text, over)
        pages.append([text for text, _box in seen])
    return pages
