"""How resource lanes look: days and folded hours, and the lanes' heads with load and target."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import BlockRow
from trainer_desk.services.rules.load import hours_text, is_over
from trainer_desk.services.rules.times import local
from trainer_desk.texts.formats import weekday_name
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.avatar import paint_avatar
from trainer_desk.views.parts.hour_bars import FULL, paint_bar
from trainer_desk.views.schedule import words
from trainer_desk.views.schedule.ink import BODY_BOLD, CAPTION, CAPTION_BOLD, CENTRE, LEFT, TIME, FontKey
from trainer_desk.views.schedule.lane_layout import FOLDED, Lane, LaneDay
from trainer_desk.views.schedule.layout import Box, block_spans

if TYPE_CHECKING:
    from trainer_desk.views.schedule.lane_view import LaneView

HATCH = 9
ICONS = {"venue": "map-pin", "equipment": "package"}
FOLDED_NAME: FontKey = (10, 600, False)
HOUR_STEPS = ((42, 1), (17, 2), (0, 4))
"""From so many pixels per hour on, every so many hours are named."""


def draw_grid(view: "LaneView", painter: QPainter, clip: Box) -> None:
    """Paint days off and leave, then the lines of hours, days and lanes."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for day in view.lanes.days:
        if Box(day.x, clip.y, day.width, clip.h).meets(clip):
            _draw_day_ground(view, painter, day, clip)
    for lane in view.lanes.lanes:
        if lane.y < clip.bottom and clip.y < lane.bottom:
            _draw_leave(view, painter, lane)
    _draw_hour_lines(view, painter, clip)
    for lane in view.lanes.lanes:
        painter.fillRect(QRectF(clip.x, round(lane.bottom) - 1, clip.w, 1), view.ink.colour("line"))


def _draw_day_ground(view: "LaneView", painter: QPainter, day: LaneDay, clip: Box) -> None:
    ink, box = view.ink, QRectF(day.x, clip.y, day.width, clip.h)
    if day.day.holiday:
        painter.fillRect(box, ink.colour("holiday"))
        ink.hatch(painter, box, ink.mixed("holiday", "text3", 0.14), HATCH)
    elif not day.day.working:
        painter.fillRect(box, ink.colour("offhours"))


def _draw_leave(view: "LaneView", painter: QPainter, lane: Lane) -> None:
    """Hatch and name the time in which the lane's trainer is away, or its venue closed."""
    shown, ink = view.shown, view.ink
    assert shown is not None
    for block in shown.board.blocks:
        if not _takes_away(block, lane, shown.directory):
            continue
        for span in block_spans(block, shown.dates, shown.directory.settings):
            left, right = view.lanes.x_of(span.day, span.start), view.lanes.x_of(span.day, span.end)
            box = QRectF(left, lane.y, right - left, lane.height - 1)
            painter.fillRect(box, ink.colour("sunken"))
            ink.hatch(painter, box, ink.mixed("sunken", "text3", 0.25), HATCH)
            draw_pill(view, painter, box, block.reason)


def _takes_away(block: BlockRow, lane: Lane, directory: Directory) -> bool:
    """Whether a block is of the lane's own resource, of a part of it or of what it is a part of (C3)."""
    if block.resource_id is None or lane.resource_id is None:
        return False
    return not set(directory.leaves_of(block.resource_id)).isdisjoint(directory.leaves_of(lane.resource_id))


def draw_pill(view: "LaneView", painter: QPainter, strip: QRectF, text: str) -> None:
    """Write on a hatched strip, at its left end where it can be seen; not at all where it does not fit."""
    ink = view.ink
    width = ink.width(text, CAPTION_BOLD) + 20
    if width > strip.width() - 12:
        return
    pill = QRectF(strip.left() + 10, strip.center().y() - ink.px(11), width, ink.px(22))
    ink.rounded(painter, pill, pill.height() / 2, ink.colour("surface"))
    ink.write_in(painter, pill.adjusted(10, 0, -8, 0), text, CAPTION_BOLD, ink.colour("text2"), LEFT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _draw_hour_lines(view: "LaneView", painter: QPainter, clip: Box) -> None:
    ink, hours = view.ink, view.lanes.hours
    soft, strong = ink.mixed("line", "surface", 0.5), ink.mixed("line", "line_strong", 0.45)
    for day in view.lanes.days:
        if day.x:
            painter.fillRect(QRectF(day.x, clip.y, 1, clip.h), strong)
        if not day.folded:
            for hour in named_hours(view):
                x = round(day.x + (hour * 60 - hours.opens) / hours.minutes * day.width)
                painter.fillRect(QRectF(x, clip.y, 1, clip.h), soft)


def named_hours(view: "LaneView") -> Iterator[int]:
    """Yield the hours that are named and lined, at a distance that leaves room for their names."""
    pixels = view.lanes.hour / view.ink.scale
    step = next(step for least, step in HOUR_STEPS if pixels > least)
    hours = view.lanes.hours
    for hour in range(hours.opens // 60 + 1, -(-hours.closes // 60)):
        if hour % step == 0:
            yield hour


def draw_head(view: "LaneView", painter: QPainter, width: int) -> None:
    """Paint the days, whose names stay in sight, and their hours."""
    ink, side, height = view.ink, view.side_width(), view.head_height()
    painter.save()
    painter.setClipRect(QRectF(side, 0, width - side, height))
    for day in view.lanes.days:
        x = side + day.x - view.offset().x()
        if x < width and x + day.width > side:
            _draw_day_head(view, painter, day, x)
    painter.restore()
    painter.fillRect(QRectF(0, height - 1, width, 1), ink.colour("line"))
    painter.fillRect(QRectF(side - 1, 0, 1, height), ink.colour("line"))
    title = QRectF(16, height - ink.px(24), side - 24, ink.px(16))
    ink.write_in(painter, title, view.title(), CAPTION_BOLD, ink.colour("text3"), LEFT)


def _draw_day_head(view: "LaneView", painter: QPainter, day: LaneDay, x: float) -> None:
    ink, date = view.ink, day.day.date
    if day.folded:
        short = weekday_name(date.weekday())[:2]
        colour = ink.colour("text3")
        ink.write_in(painter, QRectF(x, ink.px(9), FOLDED, ink.px(14)), short, FOLDED_NAME, colour, CENTRE)
        ink.write_in(painter, QRectF(x, ink.px(23), FOLDED, ink.px(14)), str(date.day), FOLDED_NAME, colour, CENTRE)
        return
    now = view.now
    is_today = now is not None and view.shown is not None and date == local(now, zone_of(view)).date()
    left = max(x, view.side_width()) + 10
    room = x + day.width - left - 6
    label = words.short_day(date)
    if ink.width(label, BODY_BOLD) > room:
        label = label.rsplit(" ", 1)[0]
    wide = ink.width(label, BODY_BOLD)
    colour = ink.colour("text3" if day.day.off else "text")
    if is_today:
        ink.rounded(painter, QRectF(left - 4, ink.px(7), wide + 16, ink.px(22)), 7, ink.colour("accent"))
        colour = ink.colour("on_accent")
        left += 4
    ink.write(painter, left, ink.px(22.5), ink.elide(label, BODY_BOLD, room + 2), BODY_BOLD, colour)
    if day.day.holiday and room - wide > 40:
        name = ink.elide(day.day.holiday, CAPTION, room - wide - 14)
        ink.write(painter, left + wide + 12, ink.px(22.5), name, CAPTION, ink.colour("text2"))
    hours = view.lanes.hours
    for hour in named_hours(view):
        middle = x + (hour * 60 - hours.opens) / hours.minutes * day.width
        box = QRectF(middle - ink.px(12), view.head_height() - ink.px(24), ink.px(24), ink.px(16))
        ink.write_in(painter, box, f"{hour:02}", TIME, ink.colour("text3"), CENTRE)


def draw_side(view: "LaneView", painter: QPainter, clip: Box) -> None:
    """Paint the lanes' heads: initials, name, load or seats."""
    ink = view.ink
    names = view.names()
    for index, lane in enumerate(view.lanes.lanes):
        box = view.head_box(index)
        if lane.y >= clip.bottom or clip.y >= lane.bottom:
            continue
        if lane.resource_id is None:
            _draw_nobody(view, painter, box)
        else:
            _draw_lane_head(view, painter, box, lane.resource_id, names[lane.resource_id][0])
        painter.fillRect(QRectF(0, round(lane.bottom) - 1, box.width(), 1), ink.colour("line"))
    painter.fillRect(QRectF(view.side_width() - 1, clip.y, 1, clip.h), ink.colour("line"))


def _draw_nobody(view: "LaneView", painter: QPainter, box: QRectF) -> None:
    ink = view.ink
    painter.fillRect(box, ink.colour("sunken"))
    icon = "user-x" if view.kind == "trainer" else ICONS[view.kind]
    ink.icon(painter, icon, "text2", ink.px(20), box.top() + ink.px(18), 18)
    name = QRectF(ink.px(54), box.top() + ink.px(10), box.width() - ink.px(62), ink.px(34))
    ink.write_in(painter, name, view.nobody(), BODY_BOLD, ink.colour("text"), LEFT)


def _draw_lane_head(view: "LaneView", painter: QPainter, box: QRectF, resource_id: int, name: str) -> None:
    ink, top = view.ink, box.top() + view.ink.px(9)
    left = ink.px(54)
    width = box.width() - left - ink.px(16)
    if view.kind == "trainer":
        paint_avatar(painter, QRectF(ink.px(14), top + ink.px(3), ink.px(30), ink.px(30)), name)
    else:
        disc = QRectF(ink.px(14), top + ink.px(3), ink.px(30), ink.px(30))
        ink.rounded(painter, disc, 8, ink.colour("sunken"))
        ink.icon(painter, ICONS[view.kind], "text2", disc.left() + ink.px(7), disc.top() + ink.px(7), 16)
    ink.write(painter, left, top + ink.px(12.5), ink.elide(name, BODY_BOLD, width), BODY_BOLD, ink.colour("text"))
    over = False
    if view.kind == "trainer":
        over = _draw_load_bar(view, painter, QRectF(left, top + ink.px(34), width, 4), resource_id)
    text = ink.elide(view.lane_text(resource_id), TIME, width)
    ink.write(painter, left, top + ink.px(27.5), text, TIME, ink.colour("warn" if over else "text2"))


def _draw_load_bar(view: "LaneView", painter: QPainter, bar: QRectF, trainer_id: int) -> bool:
    """Draw the hours booked against the weekly norm (a tick); tells whether they are above it."""
    shown = view.shown
    if shown is None or shown.booked is None:
        return False
    norm, booked = shown.directory.norm_of(trainer_id), shown.booked.get(trainer_id, 0)
    paint_bar(painter, bar, booked, norm, max(FULL, (norm or 0) * 1.25))
    return is_over(booked, norm)


def booked_text(view: "LaneView", trainer_id: int) -> str:
    """Return `12h booked this week`, empty where no whole week is known (L1)."""
    if view.shown is None or view.shown.booked is None:
        return ""
    return _("{hours} booked this week").format(hours=hours_text(view.shown.booked.get(trainer_id, 0)))


def seats_text(view: "LaneView", venue_id: int) -> str:
    """Return `20 seats`, or that nothing limits the venue."""
    venue = view.shown.directory.venues.get(venue_id) if view.shown else None
    if venue is None or venue.capacity is None:
        return _("No limit")
    return plural("{n} seat", "{n} seats", venue.capacity)


def used_text(view: "LaneView", equipment_id: int) -> str:
    """Return in how many sessions on show a piece of equipment is used."""
    cards = view.shown.cards.values() if view.shown else ()
    used = sum(equipment_id in card.equipment_ids for card in cards if card.status is not SessionStatus.CANCELLED)
    return words.sessions(used) if used else _("Not used")


def zone_of(view: "LaneView") -> ZoneInfo:
    """Return the organisation's zone; a board must be shown."""
    assert view.shown is not None
    return view.shown.directory.settings.zone
