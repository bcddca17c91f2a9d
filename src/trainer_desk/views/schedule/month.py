"""The month: weeks down, one line per session; a drag changes nothing but the day (ux 4.8)."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from trainer_desk.services.rules.times import local
from trainer_desk.texts.formats import MONTHS, weekday_name
from trainer_desk.texts.translate import _
from trainer_desk.views.schedule.block_text import Manner
from trainer_desk.views.schedule.canvas import ScheduleCanvas
from trainer_desk.views.schedule.drag import Slot, Target
from trainer_desk.views.schedule.ink import BODY_BOLD, CAPTION, CAPTION_BOLD, CENTRE, COUNT, LEFT, RIGHT
from trainer_desk.views.schedule.layout import Box, Layout
from trainer_desk.views.schedule.month_layout import DAYS_OF_WEEK, HEAD_OF_CELL, LINE, Cell, MonthLayout, month_layout
from trainer_desk.views.schedule.shown import Shown
from trainer_desk.views.schedule.walk import Direction

HEAD, SIDE = 36, 44


class MonthView(ScheduleCanvas):
    """Whole weeks of the board; the month meant is that of its middle day."""

    manner = Manner.LINE
    days_only = True

    def __init__(self) -> None:
        super().__init__()
        self.month = MonthLayout((), Layout(0, 0))
        self.setObjectName("month")
        self.setAccessibleName(_("Month"))

    def head_height(self) -> int:
        """Return the height of the weekdays' names."""
        return round(self.ink.px(HEAD))

    def side_width(self) -> int:
        """Return the width of the week numbers."""
        return round(self.ink.px(SIDE))

    def build(self, shown: Shown) -> Layout:
        """Lay the weeks out."""
        body = self.body()
        dates = shown.dates
        month = dates[len(dates) // 2].month
        self.month = month_layout(shown.entries, shown.days, month, body.width(), body.height(), self.ink.scale)
        return self.month.layout

    # Places

    def column_at(self, x: float, y: float) -> int:
        """Return the cell at a content point."""
        return self.month.cell_at(x, y)

    def slot_at(self, x: float, y: float) -> Slot:
        """Return the day at a content point."""
        return Slot(self.month.cells[self.month.cell_at(x, y)].day.date, 0)

    def ghost_boxes(self, target: Target) -> list[Box]:
        """Return a line at the top of the target's day."""
        index = self.month.cell_of(target.start.date())
        if index is None:
            return []
        box, scale = self.month.cells[index].box, self.ink.scale
        return [Box(box.x + 4, box.y + HEAD_OF_CELL * scale, box.w - 9, LINE * scale)]

    def carry_step(self, direction: Direction, minutes: int) -> tuple[int, int, int]:
        """Left and right move by a day, up and down by a week."""
        x, y = direction.value
        return x + DAYS_OF_WEEK * y, 0, 0

    def day_link_at(self, point: QPointF) -> date | None:
        """Return the day whose number, or whose tile "+n", is clicked."""
        if self.shown is None or not self.body().contains(point):
            return None
        x, y = self.to_content(point)
        cell = self.month.cells[self.month.cell_at(x, y)]
        inside = x - cell.box.x < self.ink.px(48) and y - cell.box.y < HEAD_OF_CELL * self.ink.scale
        return cell.day.date if inside else super().day_link_at(point)

    # Painting

    def draw_grid(self, painter: QPainter, clip: Box) -> None:
        """Paint the cells with their numbers and holidays."""
        for cell in self.month.cells:
            if cell.box.meets(clip):
                self._draw_cell(painter, cell)

    def _draw_cell(self, painter: QPainter, cell: Cell) -> None:
        ink, box, day = self.ink, QRectF(*cell.box), cell.day
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if day.holiday:
            painter.fillRect(box, ink.colour("holiday"))
            ink.hatch(painter, box, ink.mixed("holiday", "text3", 0.14), 9)
        elif not day.working:
            painter.fillRect(box, ink.colour("offhours"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), ink.colour("line"))
        painter.fillRect(QRectF(box.left(), box.top(), 1, box.height()), ink.colour("line"))
        number = str(day.date.day)
        if day.date.day == 1:
            number = f"1 {_(MONTHS[day.date.month - 1])}"
        wide = ink.width(number, BODY_BOLD)
        label = QRectF(box.left() + 6, box.top() + ink.px(5), max(ink.px(24), wide + 12), ink.px(21))
        if self._is_today(day.date):
            ink.rounded(painter, label, 7, ink.colour("accent"))
            ink.write_in(painter, label, number, BODY_BOLD, ink.colour("on_accent"), CENTRE)
        else:
            colour = ink.colour("text" if cell.inside and not day.off else "text3")
            ink.write_in(painter, label.adjusted(4, 0, 0, 0), number, BODY_BOLD, colour, LEFT)
        if day.holiday:
            rest = QRectF(label.right() + 4, label.top(), box.right() - label.right() - 12, label.height())
            ink.write_in(painter, rest, day.holiday, CAPTION, ink.colour("text2"), RIGHT)

    def _is_today(self, day: date) -> bool:
        if self.now is None or self.shown is None:
            return False
        return day == local(self.now, self.shown.directory.settings.zone).date()

    def draw_side(self, painter: QPainter, clip: Box) -> None:
        """Paint the numbers of the weeks."""
        ink = self.ink
        for cell in self.month.cells[::DAYS_OF_WEEK]:
            box = QRectF(0, cell.box.y + ink.px(5), self.side_width() - 10, ink.px(21))
            week = str(cell.day.date.isocalendar().week)
            ink.write_in(painter, box, week, COUNT, ink.colour("text3"), RIGHT)
            bottom = round(cell.box.bottom) - 1
            painter.fillRect(QRectF(0, bottom, self.side_width(), 1), ink.colour("line"))

    def draw_head(self, painter: QPainter, width: int) -> None:
        """Paint the weekdays' names."""
        ink, side, height = self.ink, self.side_width(), self.head_height()
        for cell in self.month.cells[:DAYS_OF_WEEK]:
            box = QRectF(side + cell.box.x + 10, 0, cell.box.w - 12, height - 2)
            name = weekday_name(cell.day.date.weekday()).upper()
            ink.write_in(painter, box, name, CAPTION_BOLD, ink.colour("text3"), LEFT)
        ink.write_in(painter, QRectF(0, 0, side - 10, height - 2), _("Wk"), CAPTION, ink.colour("text3"), RIGHT)
        painter.fillRect(QRectF(0, height - 1, width, 1), ink.colour("line"))

    def draw_shading(self, painter: QPainter) -> None:
        """Tint the day under a drag."""
        drag = self.gestures.drag
        if drag is None or drag.target is None:
            return
        index = self.month.cell_of(drag.target.start.date())
        if index is not None:
            box = self.to_view(self.month.cells[index].box)
            painter.fillRect(box, self.ink.colour("accent", 34 if self.look.dark else 22))

    def draw_more(self, painter: QPainter, box: QRectF, count: int, *, hover: bool = False) -> None:
        """Write "+n" as a quiet line."""
        text = _("+{n} more").format(n=count)
        key = CAPTION_BOLD
        if self.ink.width(text, key) > box.width() - 12:
            text = f"+{count}"
        self.ink.write_in(painter, box.adjusted(10, 0, -2, 0), text, key, self.ink.colour("text2"), LEFT)
