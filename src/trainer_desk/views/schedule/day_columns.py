"""Days across and hours down: what the week and the day view share, but for how wide a day is."""

from datetime import date, datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from trainer_desk.services.rules.availability import resources_of
from trainer_desk.services.rules.times import local
from trainer_desk.texts.formats import weekday_name
from trainer_desk.views.schedule import wall, words
from trainer_desk.views.schedule.block_text import SMALLER
from trainer_desk.views.schedule.canvas import ScheduleCanvas
from trainer_desk.views.schedule.drag import Slot, Target
from trainer_desk.views.schedule.ink import CAPTION, CAPTION_BOLD, CENTRE, COUNT, LEFT, RIGHT, TIME, FontKey
from trainer_desk.views.schedule.layout import Box, Layout, block_spans, spans, working_minutes
from trainer_desk.views.schedule.shown import Shown
from trainer_desk.views.schedule.verdict import Level
from trainer_desk.views.schedule.week_layout import Column, WeekLayout, week_layout

HEAD, SIDE, HOUR = 60, 56, 52
NUMBER: FontKey = ("title2", 600, True)
HALF_HOURS_FROM = 44
HATCH = 9


class DayColumns(ScheduleCanvas):
    """A grid of days and hours; `limit` is how many sessions stand side by side before "+n" begins."""

    limit: int | None = None
    zooms = (0.5, 2.4)

    def __init__(self) -> None:
        super().__init__()
        self.week = WeekLayout((), Layout(0, 0), HOUR)
        # A bar that came and went with the zoom would lay the days out twice.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    @property
    def hour(self) -> float:
        """The height of an hour in pixels."""
        return self.ink.px(HOUR) * self.zoom

    def head_height(self) -> int:
        """Return the height of the day names."""
        return round(self.ink.px(HEAD))

    def side_width(self) -> int:
        """Return the width of the hours' names."""
        return round(self.ink.px(SIDE))

    def build(self, shown: Shown) -> Layout:
        """Lay the days out."""
        self.week = week_layout(shown.entries, shown.days, self.body().width(), self.hour, self.limit)
        return self.week.layout

    def first_shown(self) -> None:
        """Begin an hour before work does."""
        assert self.shown is not None
        opens = working_minutes(self.shown.directory.settings)[0]
        self.verticalScrollBar().setValue(round(self.week.y_of(max(0, opens - 75))))

    # Places

    def column_at(self, x: float, y: float) -> int:
        """Return the day at a content point."""
        return self.week.column_at(x)

    def slot_at(self, x: float, y: float) -> Slot:
        """Return day and minute at a content point."""
        column = self.week.columns[self.week.column_at(x)]
        minute = min(max(y / self.week.hour * 60, 0.0), wall.MINUTES_OF_DAY - 1.0)
        return Slot(column.day.date, minute)

    def ghost_boxes(self, target: Target) -> list[Box]:
        """Return a box as wide as the day for every day that the session would touch."""
        dates = [column.day.date for column in self.week.columns]
        return self.week.boxes(spans(target.start, target.end, dates))

    def day_link_at(self, point: QPointF) -> date | None:
        """Return the day whose head, or whose tile "+n", is clicked."""
        if self.limit is not None and self.shown is not None and point.y() < self.head_height():
            x = point.x() - self.side_width()
            return self.week.columns[self.week.column_at(x)].day.date if x >= 0 else None
        return super().day_link_at(point)

    # The still picture

    def draw_grid(self, painter: QPainter, clip: Box) -> None:
        """Paint hours outside of work, holidays and closures, then the lines."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for column in self.week.columns:
            if Box(column.x, clip.y, column.width, clip.h).meets(clip):
                self._draw_day_ground(painter, column, clip)
        self._draw_lines(painter, clip)
        for column in self.week.columns:
            if column.day.holiday and Box(column.x, 0, column.width, self.week.layout.height).meets(clip):
                self._draw_holiday_name(painter, column)

    def _draw_day_ground(self, painter: QPainter, column: Column, clip: Box) -> None:
        assert self.shown is not None
        ink, height = self.ink, self.week.layout.height
        off = ink.colour("offhours")
        if column.day.holiday:
            self._draw_closed(painter, QRectF(column.x, clip.y, column.width, clip.h))
        elif not column.day.working:
            painter.fillRect(QRectF(column.x, clip.y, column.width, clip.h), off)
        else:
            opens, closes = (self.week.y_of(minute) for minute in working_minutes(self.shown.directory.settings))
            painter.fillRect(QRectF(column.x, 0, column.width, opens), off)
            painter.fillRect(QRectF(column.x, closes, column.width, height - closes), off)
        if column.day.holiday is None:
            for block in self.shown.board.blocks:
                if block.resource_id is None:
                    for span in block_spans(block, [column.day.date], self.shown.directory.settings):
                        top, bottom = self.week.y_of(span.start), self.week.y_of(span.end)
                        self._draw_closed(painter, QRectF(column.x, top, column.width, bottom - top))

    def _draw_closed(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, self.ink.colour("holiday"))
        self.ink.hatch(painter, box, self.ink.mixed("holiday", "text3", 0.14), HATCH)

    def _draw_lines(self, painter: QPainter, clip: Box) -> None:
        ink = self.ink
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        line, half = ink.colour("line"), ink.mixed("line", "surface", 0.55)
        first, last = int(clip.y // self.week.hour), int(clip.bottom // self.week.hour) + 1
        for hour in range(max(0, first), min(24, last) + 1):
            y = round(hour * self.week.hour)
            painter.fillRect(QRectF(clip.x, y, clip.w, 1), line)
            if self.week.hour >= HALF_HOURS_FROM:
                painter.fillRect(QRectF(clip.x, y + round(self.week.hour / 2), clip.w, 1), half)
        for column in self.week.columns:
            painter.fillRect(QRectF(column.x, clip.y, 1, clip.h), line)

    def _draw_holiday_name(self, painter: QPainter, column: Column) -> None:
        """The name stands upright at the top of the working hours, on as many lines as it takes."""
        assert self.shown is not None
        ink = self.ink
        top = self.week.y_of(max(0, working_minutes(self.shown.directory.settings)[0] - 60)) + 8
        name, width = column.day.holiday or "", column.width - 10
        key = next((key for key in SMALLER if ink.longest_word(name, key) <= width), SMALLER[-1])
        rows = ink.wrap(name, key, width, 4)
        widest = max(ink.width(row, key) for row in rows)
        left = column.x + max(5, min(12, column.width - widest - 5))
        sheet = QRectF(left - 4, top, widest + 8, ink.px(15) * len(rows) + 8)
        ink.rounded(painter, sheet, 6, ink.colour("holiday"))
        for index, row in enumerate(rows):
            ink.write(painter, left, top + ink.px(15.5 + 15 * index), row, key, ink.colour("text2"))

    def draw_side(self, painter: QPainter, clip: Box) -> None:
        """Paint the names of the hours."""
        ink = self.ink
        for hour in range(1, 24):
            y = hour * self.week.hour
            box = QRectF(0, y - 8, self.side_width() - 12, 16)
            if Box(0, box.top(), 1, 16).meets(Box(0, clip.y, 1, clip.h)):
                ink.write_in(painter, box, f"{hour:02}:00", TIME, ink.colour("text3"), RIGHT)
                painter.fillRect(QRectF(self.side_width() - 6, round(y), 6, 1), ink.colour("line"))

    def draw_head(self, painter: QPainter, width: int) -> None:
        """Paint weekday, day of the month and how many sessions."""
        ink, side, height = self.ink, self.side_width(), self.head_height()
        for column in self.week.columns:
            x = side + column.x
            self._draw_day_head(painter, column, x, min(column.width, width - x))
        if self.shown is not None and wall.differs_here(self.shown.board.starts_at, self.shown.directory.settings.zone):
            zone = self.shown.board.starts_at.astimezone(self.shown.directory.settings.zone).tzname() or ""
            corner = QRectF(0, height - ink.px(24), side - 12, ink.px(16))
            ink.write_in(painter, corner, zone, CAPTION, ink.colour("text3"), RIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for column in self.week.columns:
            painter.fillRect(QRectF(side + column.x, height - 12, 1, 12), ink.colour("line"))
        painter.fillRect(QRectF(0, height - 1, width, 1), ink.colour("line"))

    def _draw_day_head(self, painter: QPainter, column: Column, x: float, width: float) -> None:
        ink, day = self.ink, column.day
        now = self.now
        today = local(now, self.shown.directory.settings.zone).date() if now and self.shown else None
        name = weekday_name(day.date.weekday()).upper()
        is_today = day.date == today
        faint = day.off or (today is not None and day.date < today)
        box = QRectF(x + 10, ink.px(9), width - 12, ink.px(14))
        ink.write_in(painter, box, name, CAPTION_BOLD, ink.colour("accent" if is_today else "text3"), LEFT)
        number, top = str(day.date.day), ink.px(26)
        wide = ink.width(number, NUMBER)
        if is_today:
            pill = QRectF(x + 7, top, max(ink.px(26), wide + 12), ink.px(26))
            ink.rounded(painter, pill, 8, ink.colour("accent"))
            ink.write_in(painter, pill, number, NUMBER, ink.colour("on_accent"), CENTRE)
            wide = pill.width() - 3
        else:
            colour = ink.colour("text3" if faint else "text")
            ink.write_in(painter, QRectF(x + 10, top, wide + 4, ink.px(26)), number, NUMBER, colour, LEFT)
        self._draw_count(painter, column, QRectF(x + 20 + wide, top, width - wide - 28, ink.px(26)))

    def _draw_count(self, painter: QPainter, column: Column, box: QRectF) -> None:
        ink, day = self.ink, column.day
        text = day.holiday or (words.sessions(day.sessions) if day.sessions else "")
        if ink.width(text, CAPTION) > box.width():
            text = str(day.sessions) if day.sessions and not day.holiday and column.width > ink.px(64) else ""
        ink.write_in(painter, box, text, CAPTION, ink.colour("text2" if day.holiday else "text3"), RIGHT)

    # What lives

    def draw_shading(self, painter: QPainter) -> None:
        """Shade every stretch in which the dragged session's trainer or venue is taken."""
        drag = self.gestures.drag
        if self.shown is None or drag is None or drag.target is None or drag.target.card is None:
            return
        ink, zone = self.ink, self.shown.directory.settings.zone
        ground = ink.colour("danger_fill", 46 if self.look.dark else 30)
        lines = ink.colour("danger_fill", 80)
        dates = self.shown.dates
        needs = resources_of(drag.target.card, self.shown.directory)
        for starts_at, ends_at in self.shown.occupancy.taken(needs, without=drag.card.id if drag.card else None):
            for span in spans(wall.to_wall(starts_at, zone), wall.to_wall(ends_at, zone), dates):
                column = self.week.columns[span.day]
                top, bottom = self.week.y_of(span.start), self.week.y_of(span.end)
                box = self.to_view(Box(column.x + 1, top, column.width - 1, bottom - top))
                painter.fillRect(box, ground)
                ink.hatch(painter, box, lines)

    def draw_now(self, painter: QPainter) -> None:
        """Paint the present: faint over all days, strong with a knob in today's column."""
        place = self._now_place()
        if place is None:
            return
        column, y = place
        body = self.body()
        painter.setPen(QPen(self.ink.colour("accent", 70), 1))
        painter.drawLine(QPointF(body.left(), y), QPointF(body.right(), y))
        box = self.to_view(Box(column.x, 0, column.width, 1))
        painter.setPen(QPen(self.ink.colour("accent"), 2))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setBrush(self.ink.colour("accent"))
        painter.setPen(QPen(self.ink.colour("surface"), 2))
        painter.drawEllipse(QPointF(max(box.left(), body.left() + 6), y), 5.5, 5.5)

    def draw_marks(self, painter: QPainter) -> None:
        """Paint the time of the present, or of a drag's start and end, over the hours."""
        place = self._now_place()
        drag = self.gestures.drag
        target = drag.target if drag is not None and drag.live else None
        if place is not None and place[1] > self.body().top() - 2:
            now = self.now
            assert now is not None
            assert self.shown is not None
            moment = wall.to_wall(now, self.shown.directory.settings.zone)
            self._draw_chip(painter, place[1], words.clock(moment), "accent", "on_accent")
        if target is None:
            return
        token = {Level.OK: "accent", Level.WARN: "warn", Level.BLOCK: "danger"}[target.verdict.level]
        for moment in (target.start, target.end):
            y = self.body().top() + self.week.y_of(wall.minute_of(moment, moment.date())) - self.offset().y()
            if moment == target.end and moment.date() != target.start.date() and moment.hour == moment.minute == 0:
                y = self.body().top() + self.week.layout.height - self.offset().y()
            if self.body().top() <= y <= self.body().bottom():
                self._draw_chip(painter, y, words.clock(moment), token, "surface")

    def _draw_chip(self, painter: QPainter, y: float, text: str, token: str, on: str) -> None:
        ink = self.ink
        chip = QRectF(6, y - ink.px(9), self.side_width() - 14, ink.px(18))
        ink.rounded(painter, chip, 5, ink.colour(token))
        ink.write_in(painter, chip, text, COUNT, ink.colour(on), CENTRE)

    def _now_place(self) -> tuple[Column, float] | None:
        now: datetime | None = self.now
        if now is None or self.shown is None:
            return None
        moment = wall.to_wall(now, self.shown.directory.settings.zone)
        index = self.week.column_of(moment.date())
        if index is None:
            return None
        y = self.week.y_of(wall.minute_of(moment, moment.date())) - self.offset().y()
        return self.week.columns[index], self.body().top() + y
