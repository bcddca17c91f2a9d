"""The picture of one certificate: a sheet across, laid out in points of A4 and painted at any size (A5)."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.texts.certificates import (
    checksum_text,
    code_text,
    day_line,
    expiry_text,
    held_text,
    issued_text,
    length_text,
    number_text,
    outcome_text,
)
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.printing.code import paint_code
from trainer_desk.views.printing.text import UNIT, Paragraph, Style, width_of
from trainer_desk.views.tokens import LIGHT

SHEET = QSizeF(842 * UNIT, 595 * UNIT)
"""A4 across, in tenths of a point."""

EDGE, FRAME = 26 * UNIT, 60 * UNIT
"""How far the frame and the words keep from the edge of the sheet."""
WIDTH = SHEET.width() - 2 * FRAME
FOOT = SHEET.height() - FRAME - 96 * UNIT
CODE = 84 * UNIT
SIDE = 170 * UNIT
GAP = 6 * UNIT
COLUMNS = 3
"""Of the list of days, where there were several."""

KIND, ORGANISATION = Style(20, 600, "accent"), Style(12, 600, "text2")
SAID, NUMBER = Style(12, 400, "text2"), Style(10, 400, "text2")
LABEL, VALUE = Style(8, 600, "text3"), Style(12, 500)
SMALL, MARK = Style(8, 400, "text2"), Style(10, 600, "danger")
NAME, COURSE = (38, 600, 18), (24, 600, 13)
"""Size and weight of the two large lines, and down to which size a long one shrinks before it breaks."""


class Picture:
    """One certificate; its words are known before it is painted."""

    def __init__(self, row: CertificateRow, zone: ZoneInfo) -> None:
        self.row, self._zone = row, zone
        self._placed: list[tuple[float, float, Paragraph]] = []
        self._lay_out_head()
        self._lay_out_facts()
        self._lay_out_foot()

    def texts(self) -> list[str]:
        """Return all words on the sheet, from top to bottom."""
        return [paragraph.text for _x, _y, paragraph in self._placed]

    def bottom(self) -> float:
        """Return where the words above the foot end, in tenths of a point from the top."""
        return max(y + paragraph.height for _x, y, paragraph in self._placed[: self._above])

    def paint(self, painter: QPainter, area: QRectF) -> None:
        """Paint the sheet into an area, as large as it fits, in its middle."""
        scale = min(area.width() / SHEET.width(), area.height() / SHEET.height())
        spare = area.size() - SHEET * scale
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(area.topLeft() + QPointF(spare.width() / 2, spare.height() / 2))
        painter.scale(scale, scale)
        self._paint_frame(painter)
        for x, y, paragraph in self._placed:
            paragraph.paint(painter, x, y)
        painter.setPen(QPen(QColor(LIGHT["line_strong"]), 0.8 * UNIT))
        painter.drawLine(QLineF(FRAME, self._line, FRAME + 2 * SIDE, self._line))
        paint_code(painter, code_text(self.row), QPointF(SHEET.width() - FRAME, SHEET.height() - FRAME), CODE)
        painter.restore()

    def _paint_frame(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(LIGHT["accent"]), 1.4 * UNIT))
        painter.drawRect(QRectF(EDGE, EDGE, SHEET.width() - 2 * EDGE, SHEET.height() - 2 * EDGE))
        inner = EDGE + 5 * UNIT
        painter.setPen(QPen(QColor(LIGHT["accent"]), 0.4 * UNIT))
        painter.drawRect(QRectF(inner, inner, SHEET.width() - 2 * inner, SHEET.height() - 2 * inner))

    def _lay_out_head(self) -> None:
        row = self.row
        y = self._put(row.organisation, ORGANISATION, FRAME)
        y = self._put(_("Certificate of training"), KIND, y + GAP / 2) + 34 * UNIT
        y = self._put(row.person_name, _fitting(row.person_name, *NAME), y)
        y = self._put(row.employee_no, NUMBER, y) + 16 * UNIT
        y = self._put(_("has completed the training"), SAID, y) + GAP
        y = self._put(row.course_title, _fitting(row.course_title, *COURSE), y)
        self._y = self._put(row.course_code, NUMBER, y) + 26 * UNIT

    def _lay_out_facts(self) -> None:
        row = self.row
        facts = [
            (_("Held on"), held_text(row)),
            (_("Length"), length_text(row)),
            (_("Valid until"), expiry_text(row)),
        ]
        if row.result is not None:
            facts.append((_("Result"), outcome_text(row)))
        column = WIDTH / 4
        ends = []
        for place, (label, words) in enumerate(facts):
            x = FRAME + place * column
            below = self._put(label, LABEL, self._y, x=x, width=column - 2 * GAP)
            ends.append(self._put(words, VALUE, below + 2 * UNIT, x=x, width=column - 2 * GAP))
        self._lay_out_days(max(ends) + 14 * UNIT)
        self._above = len(self._placed)

    def _lay_out_days(self, top: float) -> None:
        """Name each of several days, in columns of as many as there is room for; the last line counts the rest."""
        lines = [day_line(day) for day in self.row.days]
        if len(lines) < 2:
            return
        top = self._put(_("Days"), LABEL, top)
        step = Paragraph("0", SMALL, SIDE).height + UNIT
        high = max(1, int((FOOT - GAP - top) // step))
        columns = _columns_for(lines)
        room = high * columns
        if len(lines) > room:
            hidden = len(lines) - room + 1
            lines = [*lines[: room - 1], plural("and {n} more day", "and {n} more days", hidden)]
        width = WIDTH / columns
        for place, line in enumerate(lines):
            column, row = divmod(place, high)
            self._put(line, SMALL, top + row * step, x=FRAME + column * width, width=width - 2 * GAP)

    def _lay_out_foot(self) -> None:
        row = self.row
        self._line = FOOT + 66 * UNIT
        below = self._put(row.trainer_name, Style(11, 500), self._line + 4 * UNIT, width=2 * SIDE)
        several = len({day.trainer for day in row.days}) > 1
        self._put(_("Trainers") if several else _("Trainer"), SMALL, below, width=2 * SIDE)
        x, width = SHEET.width() - FRAME - CODE - SIDE - 2 * GAP, SIDE
        lines = [
            (_("Number"), LABEL),
            (number_text(row), VALUE),
            (issued_text(row, self._zone), SMALL),
            (_("Checksum {checksum}").format(checksum=checksum_text(row)), SMALL),
        ]
        if not row.is_live:
            lines.append((_("Withdrawn: this certificate counts no more."), MARK))
        height = sum(Paragraph(words, style, width).height for words, style in lines)
        y = SHEET.height() - FRAME - height
        for words, style in lines:
            y = self._put(words, style, y, x=x, width=width)

    def _put(self, words: str, style: Style, y: float, *, x: float = FRAME, width: float = WIDTH) -> float:
        """Place words with their upper left corner there; return where they end."""
        paragraph = Paragraph(words, style, width)
        self._placed.append((x, y, paragraph))
        return y + paragraph.height


def _columns_for(lines: Sequence[str]) -> int:
    """Return how many columns there are room for, so that no line breaks."""
    widest = max(width_of(line, SMALL) for line in lines)
    return next((count for count in range(COLUMNS, 1, -1) if widest <= WIDTH / count - 2 * GAP), 1)


def _fitting(words: str, size: float, weight: int, least: float) -> Style:
    """Return the largest style in which words stay on one line; the least breaks them."""
    while size > least and width_of(words, Style(size, weight)) > WIDTH:
        size -= 1
    return Style(size, weight)
