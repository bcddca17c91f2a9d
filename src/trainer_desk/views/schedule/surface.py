"""The layers under every schedule view: scrolled tiles of the still picture, a fixed head and side, and coordinates."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.schedule.block_cache import BlockCache
from trainer_desk.views.schedule.block_text import BlockStyle, Manner
from trainer_desk.views.schedule.drag import LaneKey, Slot, Target
from trainer_desk.views.schedule.ink import CENTRE, Ink
from trainer_desk.views.schedule.layout import Box, Layout, Piece
from trainer_desk.views.schedule.requests import NOTHING, UNCHANGED, Taken
from trainer_desk.views.schedule.shown import Shown
from trainer_desk.views.schedule.tiles import Tiles
from trainer_desk.views.schedule.walk import Direction
from trainer_desk.views.theme import look

DIMMED = 0.32
"""Opacity of the original while it is dragged."""
REVEAL_MARGIN = 24


class Surface(QAbstractScrollArea):
    """What views lay out and paint; content coordinates begin at the grid's corner and do not scroll."""

    manner = Manner.COLUMN
    vertical = True
    """Whether time runs down."""
    days_only = False
    """Whether a drag changes nothing but the day."""
    head_scrolls = False
    """Whether the head depends on how far the view is scrolled sideways."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look()
        self.ink = Ink(self.look)
        self.blocks = BlockCache(self.ink)
        self.shown: Shown | None = None
        self.laid = Layout(0, 0)
        self.dimmed: int | None = None
        self.body_tiles = Tiles(self._draw_body)
        self.side_tiles = Tiles(self._draw_side, width=256)
        self._stale = True
        self._head: tuple[tuple[object, ...], QPixmap] | None = None

    # What views provide

    def head_height(self) -> int:
        """Return the height of the fixed head in pixels."""
        raise NotImplementedError

    def side_width(self) -> int:
        """Return the width of the fixed left side in pixels."""
        raise NotImplementedError

    def pinned_height(self) -> float:
        """Return the height of the rows under the head that do not scroll."""
        return 0.0

    def build(self, shown: Shown) -> Layout:
        """Lay out the board for the present size and zoom."""
        raise NotImplementedError

    def column_at(self, x: float, y: float) -> int:
        """Return the column (day or lane) at a content point, for hit testing."""
        raise NotImplementedError

    def slot_at(self, x: float, y: float) -> Slot:
        """Return the place of the grid at a content point."""
        raise NotImplementedError

    def ghost_boxes(self, target: Target) -> list[Box]:
        """Return the content boxes of a session that would stand at the target."""
        raise NotImplementedError

    def resources(self, card: SessionCard, lane: LaneKey, piece: Piece | None) -> Taken:
        """Return whom and what a drop on `lane` gives the session."""
        return NOTHING

    def lane_of(self, piece: Piece) -> LaneKey:
        """Return the lane in which a piece stands."""
        return UNCHANGED

    def lane_beside(self, lane: LaneKey, step: int) -> LaneKey:
        """Return the lane `step` rows further down, the last one at the end."""
        return lane

    def carry_step(self, direction: Direction, minutes: int) -> tuple[int, int, int]:
        """Return what an arrow key moves a session by: days, minutes, lanes."""
        x, y = direction.value
        return x, y * minutes, 0

    def draw_grid(self, painter: QPainter, clip: Box) -> None:
        """Paint the still background, in content coordinates."""
        raise NotImplementedError

    def draw_side(self, painter: QPainter, clip: Box) -> None:
        """Paint the left side, in content coordinates."""
        raise NotImplementedError

    def draw_head(self, painter: QPainter, width: int) -> None:
        """Paint the head over the whole width, in viewport coordinates."""
        raise NotImplementedError

    def draw_shading(self, painter: QPainter) -> None:
        """Paint what the gesture under way shades, in viewport coordinates, clipped to the grid."""

    def draw_offers(self, painter: QPainter) -> None:
        """Paint the places on which the chosen session would fit as well, in viewport coordinates."""

    def draw_now(self, painter: QPainter) -> None:
        """Paint the now-line, in viewport coordinates, clipped to the grid."""

    def draw_marks(self, painter: QPainter) -> None:
        """Paint what stands over head and side: the now-chip and the marks of a gesture."""

    # Coordinates

    def body(self) -> QRectF:
        """Return the viewport area of the grid."""
        view, side, head = self.viewport().size(), self.side_width(), self.head_height()
        return QRectF(side, head, max(1, view.width() - side), max(1, view.height() - head))

    def offset(self) -> QPointF:
        """Return how far the content is scrolled."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def to_view(self, box: Box) -> QRectF:
        """Return the viewport rectangle of a content box; pinned rows do not scroll."""
        body, offset = self.body(), self.offset()
        top = box.y if box.y < self.pinned_height() else box.y - offset.y()
        return QRectF(body.left() + box.x - offset.x(), body.top() + top, box.w, box.h)

    def to_content(self, point: QPointF) -> tuple[float, float]:
        """Return the content coordinates of a viewport point."""
        body, offset = self.body(), self.offset()
        y = point.y() - body.top()
        return point.x() - body.left() + offset.x(), y if y < self.pinned_height() else y + offset.y()

    def zoom_mark(self, x: float, y: float) -> tuple[float, ...]:
        """Return what stands at a content point in a form that zooming does not change."""
        return x / max(1.0, self.laid.width), y / max(1.0, self.laid.height)

    def zoom_point(self, mark: tuple[float, ...]) -> tuple[float, float]:
        """Return the content point of a mark."""
        return mark[0] * self.laid.width, mark[1] * self.laid.height

    def clip_of(self, box: Box) -> QRectF:
        """Return the viewport area in which a content box may show: below the pinned rows, unless it is one."""
        body = self.body()
        pinned = self.pinned_height()
        return body if box.y < pinned else body.adjusted(0, pinned, 0, 0)

    def scroll_to(self, box: Box) -> None:
        """Scroll just so far that the box can be seen whole."""
        body, bar, across = self.body(), self.verticalScrollBar(), self.horizontalScrollBar()
        top = bar.value() + self.pinned_height()
        if box.y >= self.pinned_height():
            if box.y < top or box.h > body.height():
                bar.setValue(int(box.y - self.pinned_height() - REVEAL_MARGIN))
            elif box.bottom > bar.value() + body.height():
                bar.setValue(int(box.bottom - body.height() + REVEAL_MARGIN))
        if box.x < across.value():
            across.setValue(int(box.x - REVEAL_MARGIN))
        elif box.right > across.value() + body.width():
            across.setValue(int(box.right - body.width() + REVEAL_MARGIN))

    # Layers

    def invalidate(self) -> None:
        """Lay out and paint everything anew at the next occasion."""
        self._stale = True
        self.redraw()

    def redraw(self, session_id: int | None = None) -> None:
        """Paint the still layers anew, or only the tiles of one session."""
        if session_id is None:
            self.body_tiles.drop()
            self.side_tiles.drop()
            self._head = None
        for piece in self.laid.by_session.get(session_id or 0, ()):
            box = piece.box
            self.body_tiles.drop(Box(box.x - 2, box.y - 2, max(box.w, piece.room) + 4, box.h + 4))
        self.viewport().update()

    def ensure_layout(self) -> None:
        """Lay out if anything changed since."""
        if not self._stale or self.shown is None:
            return
        self._stale = False
        self.laid = self.build(self.shown)
        self.redraw()
        body = self.body()
        _set_range(self.horizontalScrollBar(), self.laid.width, body.width())
        _set_range(self.verticalScrollBar(), self.laid.height, body.height())

    def style_of(self, piece: Piece, *, hover: bool = False) -> BlockStyle:
        """Return how a piece is written."""
        return BlockStyle(self.manner, round(piece.room), hover)

    def draw_layers(self, painter: QPainter) -> None:
        """Copy the still layers into the viewport."""
        body, offset, pinned = self.body(), self.offset(), self.pinned_height()
        below = body.adjusted(0, pinned, 0, 0)
        self.body_tiles.blit(painter, below, offset.x(), offset.y() + pinned)
        side = QRectF(0, below.top(), body.left(), below.height())
        self.side_tiles.blit(painter, side, 0, offset.y() + pinned)
        if pinned:
            self.body_tiles.blit(painter, QRectF(body.left(), body.top(), body.width(), pinned), offset.x(), 0)
            self.side_tiles.blit(painter, QRectF(0, body.top(), body.left(), pinned), 0, 0)
        painter.drawPixmap(0, 0, self._head_picture(painter.device().devicePixelRatio()))

    def _head_picture(self, dpr: float) -> QPixmap:
        size = QSize(self.viewport().width(), self.head_height())
        key = (size.width(), size.height(), dpr, self.offset().x() if self.head_scrolls else 0)
        if self._head is not None and self._head[0] == key:
            return self._head[1]
        picture = QPixmap(size * dpr)
        picture.setDevicePixelRatio(dpr)
        picture.fill(self.ink.colour("surface"))
        painter = QPainter(picture)
        self.draw_head(painter, size.width())
        painter.end()
        self._head = (key, picture)
        return picture

    def _draw_body(self, painter: QPainter, clip: Box) -> None:
        painter.fillRect(QRectF(*clip), self.ink.colour("surface"))
        if self.shown is None:
            return
        self.draw_grid(painter, clip)
        for piece in self.laid.pieces:
            reach = max(piece.box.w, piece.room)
            if Box(piece.box.x - 2, piece.box.y - 2, reach + 4, piece.box.h + 4).meets(clip):
                painter.setOpacity(DIMMED if piece.session_id == self.dimmed else 1.0)
                face = self.shown.faces[piece.session_id]
                self.blocks.paint(painter, QRectF(*piece.box), face, self.style_of(piece))
        painter.setOpacity(1.0)
        for tile in self.laid.more:
            if tile.box.meets(clip):
                self.draw_more(painter, QRectF(*tile.box), len(tile.session_ids))

    def draw_more(self, painter: QPainter, box: QRectF, count: int, *, hover: bool = False) -> None:
        """Paint a tile "+n"."""
        ink = self.ink
        ink.rounded(painter, box, 6, ink.colour("hover" if hover else "sunken"))
        label = QRectF(box.left(), box.top(), box.width(), min(box.height(), ink.px(28)))
        ink.write_in(painter, label, f"+{count}", ("small", 600, True), ink.colour("text2"), CENTRE)

    def _draw_side(self, painter: QPainter, clip: Box) -> None:
        painter.fillRect(QRectF(*clip), self.ink.colour("surface"))
        if self.shown is not None:
            self.draw_side(painter, clip)


def _set_range(bar: QScrollBar, content: float, visible: float) -> None:
    bar.setRange(0, max(0, round(content - visible)))
    bar.setPageStep(int(visible))
    bar.setSingleStep(26)
