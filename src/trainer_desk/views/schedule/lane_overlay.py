"""What lives on resource lanes: what a drag would run into, offers, the now-line and the marks on the hours."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts.translate import _
from trainer_desk.views.schedule import verdict, wall, words
from trainer_desk.views.schedule.blocks import RADIUS
from trainer_desk.views.schedule.drag import Drag, Target
from trainer_desk.views.schedule.ink import CENTRE, COUNT
from trainer_desk.views.schedule.lane_paint import HATCH, draw_pill, zone_of
from trainer_desk.views.schedule.layout import Box, Piece
from trainer_desk.views.schedule.requests import Keep
from trainer_desk.views.schedule.verdict import Level

if TYPE_CHECKING:
    from trainer_desk.views.schedule.lane_view import LaneView


def draw_shading(view: "LaneView", painter: QPainter) -> None:
    """Hatch unqualified lanes, tint the dragged time and lane, and hatch what would clash."""
    drag = view.gestures.drag
    target = drag.target if drag is not None else None
    if view.shown is None or drag is None or target is None:
        return
    if view.kind == "trainer" and target.card is not None:
        _shade_unqualified(view, painter, target.card, target)
    body = view.body()
    for span in view.target_spans(target):
        left, right = view.lanes.x_of(span.day, span.start), view.lanes.x_of(span.day, span.end)
        box = view.to_view(Box(left, 0, right - left, 1))
        band = QRectF(box.left(), body.top(), box.width(), body.height())
        painter.fillRect(band, view.ink.colour("accent", 34 if view.look.dark else 22))
    lane = None if isinstance(target.lane, Keep) else view.lanes.lane_of(target.lane)
    if lane is not None:
        row = view.lanes.lanes[lane]
        box = view.to_view(Box(0, row.y, 1, row.height - 1))
        strip = QRectF(body.left(), box.top(), body.width(), box.height())
        painter.fillRect(strip, view.ink.colour("accent", 26 if view.look.dark else 18))
    _shade_clashes(view, painter, drag, target)


def _shade_unqualified(view: "LaneView", painter: QPainter, card: SessionCard, target: Target) -> None:
    shown, ink, body = view.shown, view.ink, view.body()
    assert shown is not None
    unfit = verdict.unqualified_lanes(card, target.start, shown.directory)
    course = shown.directory.courses.get(card.course_id)
    title = course.title if course else words.title_of(card, shown.directory)
    text = _("Not qualified for {course}").format(course=title)
    for lane in view.lanes.lanes:
        if lane.resource_id not in unfit:
            continue
        box = view.to_view(Box(0, lane.y, 1, lane.height - 1))
        strip = QRectF(body.left(), box.top(), body.width(), box.height())
        if not strip.intersects(body):
            continue
        painter.fillRect(strip, ink.colour("sunken", 205))
        ink.hatch(painter, strip, ink.colour("text3", 60), HATCH)
        draw_pill(view, painter, strip, text)


def _shade_clashes(view: "LaneView", painter: QPainter, drag: Drag, target: Target) -> None:
    ink = view.ink
    ground = ink.colour("danger_fill", 70 if view.look.dark else 46)
    lines = ink.colour("danger_fill", 130)
    for piece in _clashing_pieces(view, drag, target):
        box = view.to_view(piece.box)
        ink.rounded(painter, box, RADIUS, ground)
        ink.hatch(painter, box, lines, 7)


def _clashing_pieces(view: "LaneView", drag: Drag, target: Target) -> Iterator[Piece]:
    if target.card is None:
        return
    for finding in target.verdict.findings:
        session_id = finding.facts.get("session_id")
        if isinstance(session_id, int) and (drag.card is None or session_id != drag.card.id or drag.copy):
            yield from view.laid.by_session.get(session_id, ())


def draw_offers(view: "LaneView", painter: QPainter) -> None:
    """Paint a small + where the chosen session could be given to somebody else."""
    ink = view.ink
    for offer in view.offers():
        disc = offer.rect(view)
        if not disc.intersects(view.body()):
            continue
        size = round(disc.width() * 0.58 * 100 / view.look.percent)
        pen = QPen(ink.colour("accent"), 1)
        ink.rounded(painter, disc.adjusted(0.5, 0.5, -0.5, -0.5), disc.width() / 2, ink.colour("accent_tint"), pen)
        inset = (disc.width() - ink.px(size)) / 2
        ink.icon(painter, "plus", "accent", disc.left() + inset, disc.top() + inset, size)


def draw_now(view: "LaneView", painter: QPainter) -> None:
    """Draw the present through all lanes, unless its hour is folded away."""
    x = _now_x(view)
    if x is None:
        return
    body = view.body()
    painter.setPen(QPen(view.ink.colour("accent"), 2))
    painter.drawLine(QPointF(x, body.top()), QPointF(x, body.bottom()))
    painter.setBrush(view.ink.colour("accent"))
    painter.setPen(QPen(view.ink.colour("surface"), 2))
    painter.drawEllipse(QPointF(x, body.top() + 5), 5.5, 5.5)


def _now_x(view: "LaneView") -> float | None:
    now = view.now
    if now is None or view.shown is None:
        return None
    moment = wall.to_wall(now, zone_of(view))
    index = next((i for i, day in enumerate(view.lanes.days) if day.day.date == moment.date()), None)
    minute = wall.minute_of(moment, moment.date())
    hours = view.lanes.hours
    if index is None or view.lanes.days[index].folded or not hours.opens <= minute < hours.closes:
        return None
    return view.to_view(Box(view.lanes.x_of(index, minute), 0, 1, 1)).left()


def draw_marks(view: "LaneView", painter: QPainter) -> None:
    """Mark the start and end of a drag on the axis of hours."""
    drag = view.gestures.drag
    target = drag.target if drag is not None and drag.live else None
    if target is None:
        return
    token = {Level.OK: "accent", Level.WARN: "warn", Level.BLOCK: "danger"}[target.verdict.level]
    found = view.target_spans(target)
    ends: list[tuple[datetime, float]] = []
    if found:
        ends.append((target.start, view.lanes.x_of(found[0].day, found[0].start)))
        ends.append((target.end, view.lanes.x_of(found[-1].day, found[-1].end)))
    ink, body = view.ink, view.body()
    width = ink.px(40)
    painter.save()
    painter.setClipRect(QRectF(body.left(), 0, body.width(), body.top()))
    for position, (moment, x) in enumerate(ends):
        middle = view.to_view(Box(x, 0, 1, 1)).left()
        near = abs(ends[0][1] - ends[1][1]) < width + 2
        left = middle - width / 2 if not near else middle - width - 1 if position == 0 else middle + 1
        chip = QRectF(left, view.head_height() - ink.px(25), width, ink.px(18))
        ink.rounded(painter, chip, 5, ink.colour(token))
        ink.write_in(painter, chip, words.clock(moment), COUNT, ink.colour("surface"), CENTRE)
    painter.restore()
