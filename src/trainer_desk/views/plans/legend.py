"""The legend at the foot of a plan: colours of categories, codes with what they stand for, dashes and hatching."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.avatar import initials
from trainer_desk.views.plans.facts import PlanFacts, Shape, Wanted, plain
from trainer_desk.views.plans.items import venue_code
from trainer_desk.views.plans.measures import LEGEND, LEGEND_CODE, THIN, Texts, hatch
from trainer_desk.views.printing.text import UNIT, Paragraph, width_of
from trainer_desk.views.schedule import words
from trainer_desk.views.tokens import LIGHT

COLUMN = 118 * UNIT
SIGN, AIR = 11 * UNIT, 4 * UNIT
SHARE = 0.3
"""More of a page than this it does not take: then it has pages of its own."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One entry: what it looks like (`colour`, `code`, `draft`, `hatch`), the code if it is one, and its meaning."""

    kind: str
    words: str
    code: str = ""
    hue: int = 0


class Legend:
    """Laid out in rows for a width."""

    def __init__(self, signs: Sequence[Sign], width: float, texts: Texts) -> None:
        columns = max(1, int(width // COLUMN))
        self._column = width / columns
        cells = [self._cell(sign, texts) for sign in signs]
        self.rows = [cells[place : place + columns] for place in range(0, len(cells), columns)]

    @property
    def height(self) -> float:
        """How high all of it is."""
        return sum(map(row_height, self.rows)) + (AIR if self.rows else 0)

    def pages(self, room: float) -> list[list[int]]:
        """Return which rows go on each page where it has pages of its own."""
        found: list[list[int]] = [[]]
        used = 0.0
        for place, row in enumerate(self.rows):
            if found[-1] and used + row_height(row) > room:
                found.append([])
                used = 0.0
            found[-1].append(place)
            used += row_height(row)
        return found

    def paint(self, painter: QPainter, left: float, top: float, rows: Iterable[int] | None = None) -> None:
        """Paint it, or only some of its rows, from there on."""
        for place in range(len(self.rows)) if rows is None else rows:
            row = self.rows[place]
            for column, (sign, parts) in enumerate(row):
                x = left + column * self._column
                _paint_sign(painter, QRectF(x, top + 1.2 * UNIT, 8 * UNIT, 6 * UNIT), sign)
                for part in parts:
                    part.paint(painter, x + SIGN, top)
                    x += width_of(part.text, LEGEND_CODE) + 3 * UNIT if len(parts) > 1 else 0
            top += row_height(row)

    def texts(self, rows: Iterable[int] | None = None) -> list[str]:
        """Return its words."""
        chosen = self.rows if rows is None else [self.rows[place] for place in rows]
        return [part.text for row in chosen for _sign, parts in row for part in parts]

    def _cell(self, sign: Sign, texts: Texts) -> tuple[Sign, tuple[Paragraph, ...]]:
        room = self._column - SIGN - AIR
        if not sign.code:
            return sign, (texts.of(sign.words, LEGEND, room),)
        wide = width_of(sign.code, LEGEND_CODE)
        if wide > room / 2:
            return sign, (texts.of(f"{sign.code} {sign.words}", LEGEND, room),)
        return sign, (
            texts.of(sign.code, LEGEND_CODE, wide + UNIT),
            texts.of(sign.words, LEGEND, room - wide - 3 * UNIT),
        )


def row_height(row: Sequence[tuple[Sign, tuple[Paragraph, ...]]]) -> float:
    """Return how high a row is."""
    return max(part.height for _sign, parts in row for part in parts) + 0.8 * UNIT


def signs_of(facts: PlanFacts, wanted: Wanted, cards: Sequence[SessionCard], *, brief: bool, away: bool) -> list[Sign]:
    """Return what a plan of these sessions must explain: codes only where blocks show them (`brief`)."""
    directory = facts.directory
    courses = [directory.courses[key] for key in {card.course_id for card in cards} if key in directory.courses]
    found = [
        Sign("colour", plain(name), hue=hue)
        for name, hue in sorted({(course.category, course.hue) for course in courses if course.category})
    ]
    if any(card.status is SessionStatus.DRAFT for card in cards):
        found.append(Sign("draft", _("Draft")))
    if away:
        found.append(Sign("hatch", _("Holiday or away")))
    if brief:
        codes = {(course.short_code or course.code, course.title, course.hue) for course in courses}
        found += [Sign("code", plain(title), plain(code), hue) for code, title, hue in sorted(codes)]
        found += [Sign("plain", plain(name), plain(code)) for code, name in _around(facts, wanted, cards)]
    return found


def _around(facts: PlanFacts, wanted: Wanted, cards: Sequence[SessionCard]) -> list[tuple[str, str]]:
    """Return codes and names of the venues, or initials and names of the trainers, that blocks show."""
    directory = facts.directory
    if wanted.shape is Shape.VENUES:
        names = {words.trainer_name(key, directory) for card in cards for key in card.trainer_ids}
        return sorted((initials(name), name) for name in names)
    venues = {card.venue_id for card in cards if card.venue_id is not None}
    return sorted((venue_code(key, directory), words.venue_name(key, directory)) for key in venues)


def _paint_sign(painter: QPainter, box: QRectF, sign: Sign) -> None:
    if sign.kind == "hatch":
        hatch(painter, box)
    elif sign.kind == "draft":
        painter.setPen(QPen(QColor(LIGHT["text2"]), THIN, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, UNIT, UNIT)
    elif sign.kind in ("colour", "code"):
        colours = LIGHT.category(sign.hue)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.bar if sign.kind == "colour" else colours.edge))
        painter.drawRoundedRect(box, UNIT, UNIT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
