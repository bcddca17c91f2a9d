"""The words inside a block: how much of title, time, place, people and seats its width and height can hold."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from trainer_desk.models.enums import SessionStatus
from trainer_desk.views.parts.avatar import paint_avatar
from trainer_desk.views.schedule import words
from trainer_desk.views.schedule.faces import Face
from trainer_desk.views.schedule.ink import COUNT, TIME, TITLE, FontKey, Ink
from trainer_desk.views.schedule.verdict import Level

WIDE = 64
"""Width from which a block in a column shows its title; below it the code stands."""
CODE_FROM = 34
"""Width from which a block in a column shows its start; below it bar and code only."""
FOOT_FROM = 74
"""Height from which a block shows trainer and seats at its foot."""
LINE_HEIGHT = 15
FOOT = 24
SMALLER: tuple[FontKey, ...] = (TITLE, (11, 600, False), (10, 700, False), (9, 700, False))
SMALLER_COUNTS: tuple[FontKey, ...] = (COUNT, (10, 600, True), (9, 700, True))
SMALLER_TIMES: tuple[FontKey, ...] = (TIME, (10, 500, True))


class Manner(StrEnum):
    """How a block is written: in a day column, on one line of a month, or along a lane by trainer or venue."""

    COLUMN = "column"
    LINE = "line"
    BY_TRAINER = "by_trainer"
    BY_VENUE = "by_venue"

    @property
    def along(self) -> bool:
        """Whether the label may run on past the block."""
        return self in (Manner.BY_TRAINER, Manner.BY_VENUE)


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
        return self.box.left() + (9 if self.box.width() < WIDE else 11)

    def icon(self, x: float, y: float, size: int = 13) -> None:
        """Draw the state's icon, if it has one."""
        found = state_icon(self.face, self.style.ghost)
        if found is not None:
            self.ink.icon(self.painter, found[0], found[1], x, y, size)

    @property
    def has_icon(self) -> bool:
        """Whether the state has an icon."""
        return state_icon(self.face, self.style.ghost) is not None

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


def write(writing: Writing) -> None:
    """Write a block in its manner."""
    if writing.style.manner.along:
        _along(writing)
    elif writing.style.manner is Manner.LINE:
        _line(writing)
    elif writing.box.width() >= writing.ink.px(WIDE):
        _wide(writing)
    else:
        _narrow(writing)


def fitting(ink: Ink, text: str, keys: tuple[FontKey, ...], width: float) -> FontKey | None:
    """Return the largest of the fonts in which the text fits the width, None when none does."""
    return next((key for key in keys if ink.width(text, key) <= width), None)


def _wide(at: Writing) -> None:
    """Title on up to three lines, time, place, and the foot, as far as the height goes."""
    ink, box = at.ink, at.box
    line = ink.px(LINE_HEIGHT)
    foot = _foot_height(at)
    available = int((box.height() - 6 - foot) // line)
    width = box.right() - at.left - 5
    if available <= 1 and not foot:
        _one_line(at, width)
        return
    top = box.top() + 4
    icon_room = ink.px(17) if at.has_icon else 0.0
    title, key, lines = at.face.title, TITLE, max(1, min(3, available - 1))
    longest = ink.longest_word(title, key)
    beside_time = bool(icon_room) and width - icon_room < longest <= width and available > lines
    if icon_room and not beside_time:
        at.icon(box.right() - ink.px(18), top + 1)
    title_width = width if beside_time else width - icon_room
    if longest > title_width:
        title, key, lines = at.face.code, fitting(ink, at.face.code, SMALLER, title_width) or SMALLER[-1], 1
    baseline = top + ink.px(11.5)
    for text in ink.wrap(title, key, title_width, lines):
        at.title(at.left, baseline, text, key)
        baseline += line
        available -= 1
    if beside_time:
        at.icon(box.right() - ink.px(18), baseline - ink.px(11))
    time_width = width - icon_room if beside_time else width
    span = at.face.span if ink.width(at.face.span, TIME) <= time_width else at.face.start
    trainer = () if foot and at.face.initials else (at.face.trainer,)
    for text in (span, at.face.venue, *trainer)[: max(0, available)]:
        at.second(at.left, baseline, ink.elide(text, TIME, width))
        baseline += line
    if foot:
        _foot(at, avatar=True)


def _one_line(at: Writing, width: float) -> None:
    """Title and, where it fits, the start beside it; for blocks of half an hour."""
    ink, box = at.ink, at.box
    baseline = box.top() + min(4.0, (box.height() - ink.px(LINE_HEIGHT)) / 2) + ink.px(11.5)
    if at.has_icon and width > ink.px(60):
        at.icon(box.right() - ink.px(17), baseline - ink.px(11), 13)
        width -= ink.px(17)
    title = at.face.title
    if ink.width(title, TITLE) > width and ink.width(at.face.code, TITLE) <= width < ink.px(110):
        title = at.face.code
    shown = ink.elide(title, TITLE, width)
    at.title(at.left, baseline, shown)
    used = ink.width(shown, TITLE) + 6
    if shown == title and used + ink.width(at.face.start, TIME) <= width:
        at.second(at.left + used, baseline, at.face.start)


def _narrow(at: Writing) -> None:
    """Code and start, upright; very narrow blocks show only the code, or nothing."""
    ink, box = at.ink, at.box
    width = box.right() - at.left - 2
    key = fitting(ink, at.face.code, SMALLER, width) or SMALLER[-1]
    code = ink.elide(at.face.code, key, width)
    line = ink.px(LINE_HEIGHT)
    baseline = box.top() + min(4.0, (box.height() - line) / 2) + ink.px(11.5)
    if len(code) > 1 or code == at.face.code:
        at.title(at.left, baseline, code, key)
    bottom = box.bottom() - 4
    icon = at.has_icon and box.height() > ink.px(44) and width >= ink.px(12)
    if icon:
        at.icon(at.left, bottom - ink.px(13), 13)
        bottom -= ink.px(15)
    if box.width() < ink.px(CODE_FROM):
        return
    time_key = fitting(ink, at.face.start, SMALLER_TIMES, width + 1)
    if time_key is not None and baseline + line <= bottom:
        at.second(at.left, baseline + line, at.face.start, time_key)
        baseline += line
    if box.height() >= ink.px(FOOT_FROM) and baseline + line + 4 <= bottom:
        _narrow_seats(at, width, bottom)


def _narrow_seats(at: Writing, width: float, bottom: float) -> None:
    ink = at.ink
    key = fitting(ink, at.face.seats, SMALLER_COUNTS, width + (1 if not at.face.over else -3))
    if at.face.over:
        _narrow_pill(at, key, bottom)
    elif key is not None:
        ink.write(at.painter, at.left, bottom - ink.px(2), at.face.seats, key, at.paints.text)


def _narrow_pill(at: Writing, key: FontKey | None, bottom: float) -> None:
    """Over capacity without room beside each other: the triangle, and the numbers on amber under it."""
    ink = at.ink
    if key is None:
        ink.icon(at.painter, "triangle-alert", "warn", at.left, bottom - ink.px(13), 12)
        return
    pill = QRectF(at.left - 2, bottom - ink.px(15), ink.width(at.face.seats, key) + 6, ink.px(16))
    ink.rounded(at.painter, pill, 5, ink.colour("warn_tint"))
    ink.write(at.painter, pill.left() + 3, pill.top() + ink.px(12), at.face.seats, key, ink.colour("warn"))
    if at.box.height() > ink.px(92):
        ink.icon(at.painter, "triangle-alert", "warn", at.left, pill.top() - ink.px(15), 12)


def _along(at: Writing) -> None:
    """Title and time along a lane; they may run past the block as far as the label's room goes."""
    ink, box, face = at.ink, at.box, at.face
    room = max(box.width(), at.style.room) - (at.left - box.left()) - 4
    if room < ink.px(13):
        return
    baseline = box.top() + ink.px(16)
    title, key = face.title, TITLE
    if ink.width(title, TITLE) > room:
        smaller = fitting(ink, face.code, SMALLER, room)
        title, key = (face.code, smaller) if smaller else ("", TITLE)
    at.title(at.left, baseline, title, key)
    x, below = at.left, baseline + ink.px(LINE_HEIGHT)
    if at.has_icon:
        at.icon(x, below - ink.px(10.5), 12)
        x += ink.px(16)
        room -= ink.px(16)
    where = face.venue if at.style.manner is Manner.BY_TRAINER else face.trainer
    for text in (f"{face.span} · {where}", f"{face.start} · {where}", face.span, face.start):
        if text and ink.width(text, TIME) <= room:
            at.second(x, below, text)
            break
    if face.over and box.width() > ink.px(110):
        _over_pill(at, box.right() - 5, box.top() + ink.px(4))


def _line(at: Writing) -> None:
    """Time, code or title, and seats on the one line of a month's day."""
    ink, box, face = at.ink, at.box, at.face
    baseline = box.top() + box.height() / 2 + ink.px(4)
    right = box.right() - 5
    if at.has_icon and box.width() > ink.px(96):
        at.icon(right - ink.px(12), box.top() + (box.height() - ink.px(12)) / 2, 12)
        right -= ink.px(16)
    seats = ink.width(face.seats, COUNT)
    if face.seats and right - at.left - seats > ink.px(88):
        colour = ink.colour("warn") if face.over else at.paints.second
        ink.write(at.painter, right - seats, baseline, face.seats, COUNT, colour)
        right -= seats + 6
        if face.over:
            ink.icon(at.painter, "triangle-alert", "warn", right - ink.px(10), box.top() + ink.px(4), 11)
            right -= ink.px(14)
    x = at.left
    start = ink.width(face.start, TIME)
    if right - x - start > ink.px(34):
        at.second(x, baseline, face.start)
        x += start + 6
    title = face.title if ink.width(face.title, TITLE) <= right - x else face.code
    at.title(x, baseline, ink.elide(title, TITLE, right - x))


def _foot_height(at: Writing) -> float:
    return at.ink.px(FOOT) if at.box.height() >= at.ink.px(FOOT_FROM) else 0.0


def _foot(at: Writing, *, avatar: bool) -> None:
    """Trainer's initials left, seats right; over capacity as an amber pill with a triangle."""
    ink, box = at.ink, at.box
    top = box.bottom() - ink.px(22)
    size = ink.px(17)
    if avatar and at.face.initials:
        paint_avatar(at.painter, QRectF(at.left, top, size, size), at.face.trainer, at.face.hue)
    right = box.right() - 6
    room = right - at.left - (size + 4 if at.face.initials else 0)
    width = ink.width(at.face.seats, COUNT)
    if at.face.over:
        if room >= width + ink.px(24):
            _over_pill(at, right + 1, top - ink.px(0.5))
        else:
            ink.icon(at.painter, "triangle-alert", "warn", right - ink.px(13), top + ink.px(2), 13)
    elif room >= width:
        ink.write(at.painter, right - width, top + ink.px(12.5), at.face.seats, COUNT, at.paints.text)


def _over_pill(at: Writing, right: float, top: float) -> None:
    ink = at.ink
    width = ink.width(at.face.seats, COUNT)
    pill = QRectF(right - width - ink.px(26), top, width + ink.px(26), ink.px(18))
    ink.rounded(at.painter, pill, pill.height() / 2, ink.colour("warn_tint"))
    ink.icon(at.painter, "triangle-alert", "warn", pill.left() + ink.px(6), pill.top() + ink.px(3.5), 11)
    baseline = pill.top() + ink.px(13)
    ink.write(at.painter, pill.left() + ink.px(20), baseline, at.face.seats, COUNT, ink.colour("warn"))
