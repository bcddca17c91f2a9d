"""The words inside a block of a day column: wide with title and foot, narrow with code and start."""

from PySide6.QtCore import QRectF

from trainer_desk.views.parts.avatar import paint_avatar
from trainer_desk.views.schedule.block_text import (
    CODE_FROM,
    FOOT,
    FOOT_FROM,
    LINE_HEIGHT,
    SMALLER,
    SMALLER_COUNTS,
    SMALLER_TIMES,
    Writing,
    clipped,
    fitting,
    over_pill,
    waiting_mark,
    waiting_room,
)
from trainer_desk.views.schedule.ink import COUNT, TIME, TITLE, FontKey

WAITING_FROM = 66
"""Height of a narrow block beyond which it tells over its seats how many wait."""
SAYS_ENOUGH = 0.6
"""The share of a title that must show on its line, so that it is known at a glance."""


def write_wide(at: Writing) -> None:
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
    if not at.face.named and (longest > title_width or (lines == 1 and _says_too_little(at, title_width))):
        title, key, lines = at.face.code, fitting(ink, at.face.code, SMALLER, title_width) or SMALLER[-1], 1
    baseline = top + ink.px(11.5)
    for text in ink.wrap(title, key, title_width, lines):
        at.title(at.left, baseline, text, key)
        baseline += line
        available -= 1
    if beside_time:
        at.icon(box.right() - ink.px(18), baseline - ink.px(11))
    time_width = width - icon_room if beside_time else width
    lesser = lesser_lines(at, time_width, available, has_foot=bool(foot))
    if lesser and not foot:
        _seats_beside(at, baseline, at.left + ink.width(lesser[0], TIME), at.left + time_width)
    for text in lesser:
        at.second(at.left, baseline, ink.elide(text, TIME, width))
        baseline += line
    if foot:
        _foot(at)


def lesser_lines(at: Writing, width: float, lines: int, *, has_foot: bool) -> tuple[str, ...]:
    """Return time, place and trainer on at most so many lines; where there is but one, the place beside the time."""
    face, ink = at.face, at.ink
    span = face.span if ink.width(face.span, TIME) <= width else face.start
    if lines == 1:
        joined = f"{span} · {face.venue}"
        return (joined if face.venue and ink.width(joined, TIME) <= width else span,)
    trainer = () if has_foot and face.initials else (face.trainer,)
    return (span, face.venue, *trainer)[: max(0, lines)]


def _says_too_little(at: Writing, width: float) -> bool:
    """Whether so little of the title would be left on its one line that the code says more."""
    shown = at.ink.elide(at.face.title, TITLE, width)
    return len(shown) - 1 < SAYS_ENOUGH * len(at.face.title) and shown != at.face.title


def _seats_beside(at: Writing, baseline: float, left: float, right: float) -> None:
    """Write the seats at the end of the line of the time, for blocks without a foot."""
    width = at.ink.width(at.face.seats, COUNT)
    if right - width >= left + at.ink.px(14):
        colour = at.ink.colour("warn") if at.face.over else at.paints.text
        at.ink.write(at.painter, right - width, baseline, at.face.seats, COUNT, colour)
        waiting_mark(at, left + at.ink.px(14), right - width - at.ink.px(8), baseline)


def _one_line(at: Writing, width: float) -> None:
    """Title and, where it fits, the start beside it; for blocks of half an hour."""
    ink, box = at.ink, at.box
    baseline = box.top() + min(4.0, (box.height() - ink.px(LINE_HEIGHT)) / 2) + ink.px(11.5)
    if at.has_icon and width > ink.px(60):
        at.icon(box.right() - ink.px(17), baseline - ink.px(11), 13)
        width -= ink.px(17)
    title = at.face.title
    if ink.width(title, TITLE) > width < ink.px(110) and not at.face.named:
        title = at.face.code
    shown = ink.elide(title, TITLE, width)
    at.title(at.left, baseline, shown)
    used = ink.width(shown, TITLE) + 6
    if shown == title and used + ink.width(at.face.start, TIME) <= width:
        at.second(at.left + used, baseline, at.face.start)


def write_narrow(at: Writing) -> None:
    """Code and start, upright; very narrow blocks show only the code, or nothing."""
    ink, box = at.ink, at.box
    width = box.right() - at.left - 1
    key = fitting(ink, at.face.code, SMALLER, width) or SMALLER[-1]
    code = clipped(ink, at.face.code, key, width)
    line = ink.px(LINE_HEIGHT)
    baseline = box.top() + min(4.0, (box.height() - line) / 2) + ink.px(11.5)
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
    above = ink.px(34 if at.face.over else 18)
    if at.box.height() >= ink.px(WAITING_FROM) + above:
        short = waiting_room(ink, f"+{at.face.waiting}")
        waiting_mark(at, at.left - 1, at.left + min(width + 1, short), bottom - above)


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


def _foot_height(at: Writing) -> float:
    return at.ink.px(FOOT) if at.box.height() >= at.ink.px(FOOT_FROM) else 0.0


def _foot(at: Writing) -> None:
    """Trainer's initials left, seats right; over capacity as an amber pill, which goes before the initials."""
    ink, box = at.ink, at.box
    top = box.bottom() - ink.px(22)
    size = ink.px(17)
    right = box.right() - 6
    width = ink.width(at.face.seats, COUNT)
    needed = width + (ink.px(26) if at.face.over else 0)
    if at.face.initials and (not at.face.over or right - at.left - size - 4 >= needed):
        paint_avatar(at.painter, QRectF(at.left, top, size, size), at.face.trainer, at.face.hue)
        right_of_avatar = at.left + size + 4
    else:
        right_of_avatar = at.left
    if at.face.over and right - right_of_avatar >= needed:
        over_pill(at, right + 1, top - ink.px(0.5))
    elif at.face.over:
        needed = ink.px(13)
        ink.icon(at.painter, "triangle-alert", "warn", right - needed, top + ink.px(2), 13)
    elif right - right_of_avatar >= width:
        ink.write(at.painter, right - width, top + ink.px(12.5), at.face.seats, COUNT, at.paints.text)
    waiting_mark(at, right_of_avatar + ink.px(2), right - needed - ink.px(7), top + ink.px(12.5))
