"""The words of a block on one line: along a lane, where they may run past it, or in a month's day."""

from PySide6.QtCore import QRectF

from trainer_desk.views.schedule.block_text import (
    LINE_HEIGHT,
    PILL_FROM,
    SMALLER,
    Manner,
    Writing,
    fitting,
    over_pill,
    waiting_mark,
)
from trainer_desk.views.schedule.ink import COUNT, TIME, TITLE


def write_along(at: Writing) -> None:
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
        if face.named and room > ink.px(56):
            title, key = ink.elide(face.title, TITLE, room), TITLE
    _open_edge(at, baseline, at.left + ink.width(title, key))
    at.title(at.left, baseline, title, key)
    x, below = at.left, baseline + ink.px(LINE_HEIGHT)
    if at.has_icon and (title or box.width() >= ink.px(22)):
        at.icon(x, below - ink.px(10.5), 12)
        x += ink.px(16)
        room -= ink.px(16)
    where = face.trainer if at.style.manner is Manner.BY_VENUE else face.venue
    for text in (f"{face.span} · {where}", f"{face.start} · {where}", face.span, face.start):
        if text and ink.width(text, TIME) <= room:
            _open_edge(at, below, x + ink.width(text, TIME))
            at.second(x, below, text)
            x += ink.width(text, TIME)
            break
    if box.width() > ink.px(PILL_FROM):
        _seats_at_end(at, at.left + ink.width(title, key), x)


def _seats_at_end(at: Writing, title_ends: float, time_ends: float) -> None:
    """Write the seats at the end of the title's line and who waits under them, where the words leave room inside."""
    ink, box, face = at.ink, at.box, at.face
    right, baseline = box.right() - 5, box.top() + ink.px(16)
    if face.over:
        over_pill(at, right, box.top() + ink.px(4))
    elif face.seats and title_ends + ink.width(face.seats, COUNT) + ink.px(10) <= right:
        ink.write(at.painter, right - ink.width(face.seats, COUNT), baseline, face.seats, COUNT, at.paints.second)
    waiting_mark(at, time_ends + ink.px(8), right, baseline + ink.px(LINE_HEIGHT))


def _open_edge(at: Writing, baseline: float, end: float) -> None:
    """Leave a gap in the edge of a block where a text runs past it, so that no line goes through the letters."""
    right = at.box.right()
    if not at.left < right - 3 < end or not (at.paints.edge or at.face.clash or at.style.ghost):
        return
    ink = at.ink
    gap = QRectF(right - 3, baseline - ink.px(11), 4, ink.px(14))
    at.painter.fillRect(gap, at.paints.fill if at.paints.edge else ink.colour("surface"))


def write_line(at: Writing) -> None:
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
        if face.waiting:
            right = waiting_mark(at, at.left + ink.px(88), right, baseline, short=True) - 4
    x = at.left
    start = ink.width(face.start, TIME)
    if right - x - start > ink.px(34):
        at.second(x, baseline, face.start)
        x += start + 6
    title = face.title if face.named or ink.width(face.title, TITLE) <= right - x else face.code
    at.title(x, baseline, ink.elide(title, TITLE, right - x))
