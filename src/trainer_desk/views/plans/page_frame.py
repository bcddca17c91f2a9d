"""What every page of a plan says around it: what it is, of which days, and when it was printed in which zone."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from trainer_desk.texts.translate import _
from trainer_desk.views.plans.facts import PlanFacts, days_text, plain
from trainer_desk.views.plans.measures import ABOUT, FOOT, TITLE, Texts
from trainer_desk.views.printing.stamp import printed
from trainer_desk.views.printing.text import UNIT, Paragraph, width_of

SPACE = 5 * UNIT
PAGES = 999
"""So many pages have room for their number."""


class PageFrame:
    """Head and foot of all pages; `body` is what they leave of the printable area."""

    def __init__(self, title: str, facts: PlanFacts, area: QRectF, texts: Texts) -> None:
        self._texts, self._area = texts, area
        half = area.width() / 2 - SPACE
        name = plain(facts.directory.settings.organisation)
        self._title = texts.of(title, TITLE, half)
        self._about = texts.of(days_text(facts.days), ABOUT, half)
        self._organisation = texts.of(name, ABOUT, min(half, width_of(name, ABOUT) + UNIT))
        self._numbers = width_of(_page(PAGES, PAGES), FOOT) + UNIT
        self._foot = texts.of(printed_text(facts), FOOT, area.width() - self._numbers - SPACE)
        top = max(self._title.height + self._about.height, self._organisation.height) + SPACE
        bottom = self._foot.height + SPACE
        self.body = QRectF(area.left(), area.top() + top, area.width(), area.height() - top - bottom)

    def paint(self, painter: QPainter, page: int, pages: int) -> None:
        """Paint it for a page, counted from 0."""
        area = self._area
        self._title.paint(painter, area.left(), area.top())
        self._about.paint(painter, area.left(), area.top() + self._title.height)
        name = self._organisation
        name.paint(painter, area.right() - min(area.width() / 2 - SPACE, width_of(name.text, ABOUT) + UNIT), area.top())
        top = area.bottom() - self._foot.height
        self._foot.paint(painter, area.left(), top)
        number = self._number(page, pages)
        number.paint(painter, area.right() - width_of(number.text, FOOT) - UNIT, top)

    def texts(self, page: int, pages: int) -> list[str]:
        """Return its words on a page."""
        parts = (self._title, self._about, self._organisation, self._foot, self._number(page, pages))
        return [part.text for part in parts]

    def _number(self, page: int, pages: int) -> Paragraph:
        return self._texts.of(_page(page + 1, pages), FOOT, self._numbers)


def printed_text(facts: PlanFacts) -> str:
    """Return `Printed Mon 30 Nov 2026 09:12 (Europe/London) · marta · as of change 1234`."""
    said = _("{printed} · {who} · as of change {n}")
    return said.format(printed=printed(facts.now, facts.directory.settings.zone), who=facts.who, n=facts.change)


def _page(page: int, pages: int) -> str:
    return _("Page {n} of {all}").format(n=page, all=pages)
