"""The floating label of a drag and of the hover card: beside what it belongs to, never outside of the view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from trainer_desk.views.parts.row_model import Mark
from trainer_desk.views.schedule.ink import CAPTION, TITLE, Ink
from trainer_desk.views.schedule.verdict import Level

WIDEST = 380
GAP = 10
MOST_LINES = 3
SIGN, BESIDE = 13, 18
"""Sizes at 100 % of the icon of a line, and of the room that it takes with the gap after it."""
NO_MARKS: Mapping[str, Mark | None] = {}
ICONS = {Level.WARN: ("triangle-alert", "warn"), Level.BLOCK: ("octagon-alert", "danger")}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of text with an icon before it or none; `indent` is where its text begins."""

    text: str
    icon: str
    token: str
    indent: float


def draw_bubble(
    painter: QPainter,
    anchor: QRectF,
    lines: Sequence[str],
    bounds: QRectF,
    ink: Ink,
    level: Level = Level.OK,
    *,
    below: bool = False,
    marks: Mapping[str, Mark | None] = NO_MARKS,
) -> QRectF:
    """Draw the lines, the first one bold, and return the box; long reasons go on for up to three lines.

    `marks` gives the icon and tone of a line by its text.
    """
    icon = ICONS.get(level)
    most = ink.px(WIDEST)
    rows = [row for line in lines[1:] for row in _rows(line, marks.get(line), ink, most)]
    head = ink.px(20) if icon else 0.0
    width = max([ink.width(lines[0], TITLE), *(ink.width(row.text, CAPTION) + row.indent for row in rows)])
    width = min(width, most) + head + ink.px(26)
    height = ink.px(32 + 16 * len(rows))
    box = place_beside(anchor, width, height, bounds, below=below)
    _draw_sheet(painter, box, ink, icon[1] if icon else "line")
    x = box.left() + ink.px(13)
    if icon:
        ink.icon(painter, icon[0], icon[1], x, box.top() + ink.px(8), 15)
        x += head
    ink.write(painter, x, box.top() + ink.px(20), ink.elide(lines[0], TITLE, most), TITLE, ink.colour("text"))
    for index, row in enumerate(rows):
        _draw_row(painter, x, box.top() + ink.px(37 + 16 * index), row, ink)
    return box


def _rows(line: str, mark: Mark | None, ink: Ink, most: float) -> list[_Row]:
    """Return a line on as many rows as it takes: the icon before the first, the text of all in line and in its tone."""
    icon, token = mark or ("", "text2")
    indent = ink.px(BESIDE) if mark else 0.0
    texts = [text for text in ink.wrap(line, CAPTION, most - indent, MOST_LINES) if text]
    return [_Row(text, icon if place == 0 else "", token, indent) for place, text in enumerate(texts)]


def _draw_row(painter: QPainter, x: float, baseline: float, row: _Row, ink: Ink) -> None:
    if row.icon:
        ink.icon(painter, row.icon, row.token, x, baseline - ink.px(10.5), SIGN)
    ink.write(painter, x + row.indent, baseline, row.text, CAPTION, ink.colour(row.token))


def place_beside(anchor: QRectF, width: float, height: float, bounds: QRectF, *, below: bool) -> QRectF:
    """Return a box of that size right, left or (with `below`) under or over the anchor, inside of the bounds."""
    if below:
        fits = anchor.bottom() + GAP + height < bounds.bottom()
        top = anchor.bottom() + GAP if fits else anchor.top() - height - GAP
        box = QRectF(anchor.left(), top, width, height)
    else:
        left = anchor.right() + GAP
        fits = left + width < bounds.right() - 6
        box = QRectF(left if fits else anchor.left() - width - GAP, anchor.top(), width, height)
        if not fits and box.left() < bounds.left() + 6:
            return place_beside(anchor, width, height, bounds, below=True)
    box.moveLeft(round(max(min(box.left(), bounds.right() - width - 6), bounds.left() + 6)))
    box.moveTop(round(max(min(box.top(), bounds.bottom() - height - 6), bounds.top() + 6)))
    return box


def _draw_sheet(painter: QPainter, box: QRectF, ink: Ink, edge: str) -> None:
    """Three soft rings, stronger in the dark, then the sheet itself."""
    strength = 3 if ink.look.dark else 1
    for ring, alpha in ((6, 8), (3, 14), (1, 26)):
        shade = QColor(0, 0, 0, alpha * strength)
        ink.rounded(painter, box.adjusted(-ring, 2 - ring, ring, 2 + ring), 8 + ring, shade)
    ink.rounded(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), 8, ink.colour("surface"), QPen(ink.colour(edge), 1))
