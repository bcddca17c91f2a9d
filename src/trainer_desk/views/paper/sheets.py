"""A document of sessions one after the other, each on pages of its own with a foot of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPainter

from trainer_desk.services.rows.on_paper import OnPaper, PaperSession
from trainer_desk.texts.translate import _
from trainer_desk.views.paper.head import leading, running
from trainer_desk.views.printing.blocks import Block
from trainer_desk.views.printing.document import area_of
from trainer_desk.views.printing.flow import Foot, Stack, flow
from trainer_desk.views.printing.stamp import printed
from trainer_desk.views.printing.text import UNIT

FOOT_ROOM = 24 * UNIT
"""What is kept free for the foot; it may take two lines."""


@dataclass(frozen=True, slots=True)
class Table:
    """What stands below the head of a session: the row of titles, and the rows."""

    head: Block
    rows: Sequence[Block]


class SessionSheets:
    """Lays out every session as it is made; `kind` is what sheet it is, `name` what the whole is called."""

    def __init__(self, name: str, kind: str, found: OnPaper, layout: QPageLayout, *, code: bool = True) -> None:
        self.title, self.layout = name, layout
        self._found, self._kind, self._code = found, kind, code
        area = area_of(layout)
        self.width, self.room = area.width(), area.height() - FOOT_ROOM
        self._pages: list[tuple[Sequence[Block], Foot]] = []
        for session in found.sessions:
            self._add(session)

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self._pages)

    def paint(self, painter: QPainter, page: int, area: QRectF) -> None:
        """Paint a page."""
        blocks, foot = self._pages[page]
        Stack(blocks).paint(painter, 0)
        foot.paint(painter, area.height())

    def texts(self) -> list[str]:
        """Return all words on all pages."""
        return [text for blocks, foot in self._pages for part in (*blocks, foot) for text in part.texts()]

    def heights(self) -> list[float]:
        """Return how much of each page is taken, in tenths of a point."""
        return [sum(block.height for block in blocks) for blocks, _foot in self._pages]

    def table(self, session: PaperSession) -> Table:
        """Return what stands below the head; each kind of sheet has its own."""
        raise NotImplementedError

    def _add(self, session: PaperSession) -> None:
        zone, organisation = self._found.zone, self._found.organisation
        table = self.table(session)
        top = leading(session, zone, self._kind, self.width, code=self._code)
        pages = flow(top, table.head, table.rows, running(session, zone, self.width), self.room)
        left = printed(self._found.read_at, zone, session.version)
        for number, blocks in enumerate(pages, start=1):
            right = _("{organisation} · page {n} of {all}").format(organisation=organisation, n=number, all=len(pages))
            self._pages.append((blocks, Foot(left, right, self.width)))
