"""What writing a block's words needs: its manner and colours, where its text begins, and which font fits."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from trainer_desk.models.enums import SessionStatus
from trainer_desk.views.schedule import spots, words
from trainer_desk.views.schedule.faces import Face
from trainer_desk.views.schedule.ink import COUNT, TIME, TITLE, FontKey, Ink
from trainer_desk.views.schedule.verdict import Level

WIDE = 64
"""Width from which a block in a column shows its title; below it the code stands."""
CODE_FROM = 34
"""Width from which a block in a column shows its start; below it bar and code only."""
FOOT_FROM = 74
"""Height from which a block shows trainer and seats at its foot."""
PILL_FROM = 110
"""Width above which a block along a lane shows its people over its seats."""
LINE_HEIGHT = 15
FOOT = 24
SMALLER: tuple[FontKey, ...] = (TITLE, (11, 600, False), (10, 700, False), (9, 700, False))
SMALLER_COUNTS: tuple[FontKey, ...] = (COUNT, (10, 600, True), (9, 700, True))
SMALLER_TIMES: tuple[FontKey, ...] = (TIME, (10, 500, True), (9, 600, True))


class Manner(StrEnum):
    """How a block is written: in a day column, on one line of a month, or along a lane of a resource."""

    COLUMN = "column"
    LINE = "line"
    BY_TRAINER = "by_trainer"
    BY_VENUE = "by_venue"
    BY_EQUIPMENT = "by_equipment"

    @property
    def along(self) -> bool:
        """Whether the label may run on past the block."""
        return self in (Manner.BY_TRAINER, Manner.BY_VENUE, Manner.BY_EQUIPMENT)


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """What a block's picture depends on besides its face; `room` is the reach of its label in pixels."""

    manner: Manner
    room: float = 0.0
    hover: bool = False
    ghost: Level | None = None


@dataclass(frozen=True, slots=True)
class Paints:
    """The colours of one block; `second` is the ink of times and places."""

    bar: QColor
    fill: QColor
    text: QColor
    second: QColor
    edge: QPen | None
    struck: bool


@dataclass(frozen=True, slots=True)
class Writing:
    """Everything that the writers below need for one block."""

    painter: QPainter
    box: QRectF
    face: Face
    style: BlockStyle
    paints: Paints
    ink: Ink

    @property
    def left(self) -> float:
        """Where text begins, right of the bar."""
        if self.paints.struck:
            return self.box.left() + (5 if self.box.width() < WIDE else 8)
        return self.box.left() + (8 if self.box.width() < WIDE else 11)

    @property
    def sign(self) -> tuple[str, str] | None:
        """The state's icon; a triangle where more people than seats could not be written otherwise."""
        found = state_icon(self.face, self.style.ghost)
        if found is not None or not self.face.over:
            return found
        manner, ink = self.style.manner, self.ink
        low = manner is Manner.COLUMN and self.box.height() < ink.px(FOOT_FROM)
        short = manner.along and self.box.width() <= ink.px(PILL_FROM)
        return ("triangle-alert", "warn") if low or short else None

    def icon(self, x: float, y: float, size: int = 13) -> None:
        """Draw the sign, if there is one."""
        if self.sign is not None:
            self.ink.icon(self.painter, self.sign[0], self.sign[1], x, y, size)

    @property
    def has_icon(self) -> bool:
        """Whether there is a sign."""
        return self.sign is not None

    def title(self, x: float, baseline: float, text: str, key: FontKey = TITLE) -> None:
        """Write a line of the title, struck out when cancelled."""
        self.ink.write(self.painter, x, baseline, text, key, self.paints.text)
        if self.paints.struck and text:
            middle = round(baseline - self.ink.px(4)) + 0.5
            self.painter.setPen(QPen(self.paints.text, 1))
            self.painter.drawLine(round(x), round(middle), round(x + self.ink.width(text, key)), round(middle))

    def second(self, x: float, baseline: float, text: str, key: FontKey = TIME) -> None:
        """Write a line of the lesser ink."""
        self.ink.write(self.painter, x, baseline, text, key, self.paints.second)


def state_icon(face: Face, ghost: Level | None) -> tuple[str, str] | None:
    """Return the icon and its colour token: trouble first, then the state."""
    if face.clash or ghost is Level.BLOCK:
        return "octagon-alert", "danger"
    if ghost is Level.WARN:
        return "triangle-alert", "warn"
    name = words.ICONS.get(face.status)
    if name is None:
        return None
    return name, {SessionStatus.COMPLETED: "ok", SessionStatus.CANCELLED: "text3"}.get(face.status, "text2")


def fitting(ink: Ink, text: str, keys: tuple[FontKey, ...], width: float) -> FontKey | None:
    """Return the largest of the fonts in which the text fits the width, None when none does."""
    return next((key for key in keys if ink.width(text, key) <= width), None)


def clipped(ink: Ink, code: str, key: FontKey, width: float) -> str:
    """Return as much of a code as fits: its first letters say more than an ellipsis; nothing below two."""
    while code and ink.width(code, key) > width:
        code = code[:-1].rstrip("-./ ")
    return code if len(code) > 1 else ""


def waiting_mark(at: Writing, left: float, right: float, baseline: float, *, short: bool = False) -> float:
    """Write how many people wait, ending at `right`, and unless `short` the word too; return where it begins.

    Without room for the word the number stands alone; where not even that fits after `left`, nothing is written and
    `right` is returned.
    """
    ink, number = at.ink, at.face.waiting
    texts = [f"+{number}"] if short else [spots.waiting_words(number), f"+{number}"]
    for text in texts if number else ():
        needed = waiting_room(ink, text)
        if left + needed <= right:
            ink.icon(at.painter, *spots.WAITING, right - needed, baseline - ink.px(9.5), 11)
            ink.write(at.painter, right - needed + ink.px(14), baseline, text, COUNT, at.paints.second)
            return right - needed
    return right


def waiting_room(ink: Ink, text: str) -> float:
    """Return how wide the icon is with such words after it."""
    return ink.width(text, COUNT) + ink.px(14)


def over_pill(at: Writing, right: float, top: float) -> None:
    """Write the seats on amber with a triangle: more people than the room seats."""
    ink = at.ink
    width = ink.width(at.face.seats, COUNT)
    pill = QRectF(right - width - ink.px(26), top, width + ink.px(26), ink.px(18))
    ink.rounded(at.painter, pill, pill.height() / 2, ink.colour("warn_tint"))
    ink.icon(at.painter, "triangle-alert", "warn", pill.left() + ink.px(6), pill.top() + ink.px(3.5), 11)
    baseline = pill.top() + ink.px(13)
    ink.write(at.painter, pill.left() + ink.px(20), baseline, at.face.seats, COUNT, ink.colour("warn"))
