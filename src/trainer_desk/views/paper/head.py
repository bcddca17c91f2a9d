"""The top of a sheet about a session: title, when and where, who teaches, what it says to those who come."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.on_paper import PaperSession
from trainer_desk.services.rules.times import local
from trainer_desk.texts import range_text, span_text
from trainer_desk.texts.formats import full_day_text
from trainer_desk.texts.translate import _
from trainer_desk.texts.words import STATES
from trainer_desk.views.printing.blocks import LABEL, SUBTITLE, TITLE, VALUE, Block
from trainer_desk.views.printing.code import paint_code
from trainer_desk.views.printing.flow import TextBlock
from trainer_desk.views.printing.text import UNIT, Paragraph, Style, lines_of

CODE = 56 * UNIT
GAP = 10 * UNIT
KIND, STATE = Style(9, 600, "accent"), Style(9, 600, "warn")
QUIET = 8 * UNIT
"""White around the code."""
FACTS = (0.44, 0.26, 0.3)
"""Shares of the width of when, where and who."""


class SessionHead:
    """`kind` is what sheet it is; with `code` the session's ref stands there for a scanner, too."""

    def __init__(self, session: PaperSession, zone: ZoneInfo, kind: str, width: float, *, code: bool = True) -> None:
        self._code = session.ref if code else ""
        self._corner = width
        room = width - (CODE + 2 * QUIET if code else 0)
        lines = [
            Paragraph(kind, KIND, room),
            Paragraph(session.title, TITLE, room),
            Paragraph(f"{session.course} · {session.ref}", SUBTITLE, room),
        ]
        if session.status in (SessionStatus.DRAFT, SessionStatus.CANCELLED):
            lines.append(Paragraph(_(STATES[session.status]), STATE, room))
        self._lines = lines
        self._top = sum(line.height for line in lines) + GAP
        self._facts = _facts(session, zone, room)
        below = max(label.height + value.height for _x, label, value in self._facts)
        self.height = max(self._top + below, CODE + QUIET if code else 0) + GAP

    def paint(self, painter: QPainter, top: float) -> None:
        """Paint it from there on."""
        y = top
        for line in self._lines:
            line.paint(painter, 0, y)
            y += line.height
        if self._code:
            paint_code(painter, self._code, QPointF(self._corner, top + CODE), CODE)
        for x, label, value in self._facts:
            label.paint(painter, x, top + self._top)
            value.paint(painter, x, top + self._top + label.height)

    def texts(self) -> list[str]:
        """Return all words of it."""
        facts = [part.text for _x, label, value in self._facts for part in (label, value)]
        return [*(line.text for line in self._lines), *facts]


def leading(session: PaperSession, zone: ZoneInfo, kind: str, width: float, *, code: bool = True) -> list[Block]:
    """Return the head, and the description line by line, so that a long one goes on over the page."""
    blocks: list[Block] = [SessionHead(session, zone, kind, width, code=code)]
    lines = lines_of(session.description, VALUE, width) if session.description.strip() else []
    blocks += [TextBlock(Paragraph(line, VALUE, width)) for line in lines]
    return [*blocks, TextBlock(Paragraph("", Style(4), width))]


def running(session: PaperSession, zone: ZoneInfo, width: float) -> TextBlock:
    """Return the line at the top of the pages after the first."""
    words = " · ".join(part for part in (session.title, when(session, zone), session.ref) if part)
    return TextBlock(Paragraph(words, Style(9, 600), width), GAP)


def when(session: PaperSession, zone: ZoneInfo) -> str:
    """Return day and times in words; `no date yet` for a draft without."""
    if session.starts_at is None:
        return _("no date yet")
    first = local(session.starts_at, zone).date()
    if session.ends_at is None:
        return full_day_text(first, year=True)
    last = local(session.ends_at, zone).date()
    times = span_text(session.starts_at, session.ends_at, zone)
    return f"{full_day_text(first, year=True)}, {times}" if first == last else f"{range_text(first, last)}, {times}"


def _facts(session: PaperSession, zone: ZoneInfo, width: float) -> Sequence[tuple[float, Paragraph, Paragraph]]:
    trainer = _("Trainers") if len(session.trainers) > 1 else _("Trainer")
    told = (
        (_("When"), when(session, zone)),
        (_("Where"), session.venue or _("not said yet")),
        (trainer, ", ".join(session.trainers) or _("not said yet")),
    )
    found, x = [], 0.0
    for (label, words), share in zip(told, FACTS, strict=True):
        wide = width * share - GAP
        found.append((x, Paragraph(label, LABEL, wide), Paragraph(words, VALUE, wide)))
        x += width * share
    return found
