"""A plan as a document that can be printed: its shape, its days, its sheet of paper."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPainter

from trainer_desk.texts.translate import _
from trainer_desk.views.plans.facts import LANES, PlanFacts, Shape, Wanted, days_text, title_of
from trainer_desk.views.plans.measures import Texts
from trainer_desk.views.plans.page_frame import PageFrame
from trainer_desk.views.plans.session_list import list_sheets
from trainer_desk.views.plans.wall_chart import chart_sheets
from trainer_desk.views.plans.week_plan import week_sheets
from trainer_desk.views.printing.document import area_of


class Plan:
    """Laid out when it is made."""

    def __init__(self, facts: PlanFacts, wanted: Wanted, layout: QPageLayout) -> None:
        facts = facts.over(wanted.stretch)
        self.layout = layout
        self.title = _("{plan} {days}").format(plan=title_of(wanted.shape), days=days_text(facts.days))
        texts = Texts()
        self._frame = PageFrame(title_of(wanted.shape), facts, area_of(layout), texts)
        lay_out = chart_sheets if wanted.shape in LANES else list_sheets if wanted.shape is Shape.LIST else week_sheets
        self.sheets = lay_out(facts, wanted, self._frame.body, texts)

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.sheets)

    def paint(self, painter: QPainter, page: int, area: QRectF) -> None:
        """Paint a page, counted from 0, into the printable area."""
        painter.save()
        painter.translate(area.topLeft())
        self._frame.paint(painter, page, self.pages)
        self.sheets[page].paint(painter)
        painter.restore()

    def texts(self) -> list[str]:
        """Return all words on all pages."""
        found = []
        for page, sheet in enumerate(self.sheets):
            found += [*self._frame.texts(page, self.pages), *sheet.texts()]
        return found
